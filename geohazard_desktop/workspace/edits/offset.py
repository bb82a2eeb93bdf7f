"""Parallel lines, borders moved outward or inward, and buffers that keep what they were made from."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.precision import corner_set, name_of, refuse_unusable, settled
from geohazard_desktop.workspace.edits.split import Fresh, no_numbers, piece_values
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature, Value, changed, inserted, new_uid

_MITRE_LIMIT = 5.0  # beyond it a sharp corner is cut off rather than run far out
_SAGITTA_M = 0.05  # a round corner's chords stay this close to the circle: less than a line's width at 1:500


def offset_shape(kind: str, geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """A Multi geometry `distance` metres away: a line to the left (positive) or right, a border outward or inward.

    May be empty, or have more parts than before.
    """
    if kind == "polygon":
        made = geometry.buffer(distance, join_style="mitre", mitre_limit=_MITRE_LIMIT)
        parts = [one for one in shapely.get_parts(made) if not one.is_empty]
        return shapely.multipolygons(parts) if parts else shapely.MultiPolygon()
    lines = []
    for part in shapely.get_parts(geometry):
        made = shapely.offset_curve(part, distance, join_style="mitre", mitre_limit=_MITRE_LIMIT)
        lines += [one for one in shapely.get_parts(made) if not one.is_empty]
    return shapely.multilinestrings(lines) if lines else shapely.MultiLineString()


def offset(
    definitions: Definitions,
    feature: Feature,
    distance: float,
    *,
    as_new: bool,
    fresh: Fresh = no_numbers,
) -> Edit:
    """Move a line or border by `distance` metres (see `offset_shape`), or put a new feature there.

    Raises EditRefused when nothing is left, or it would fall into more parts.
    """
    kind = definitions[feature.layer].geometry
    name = name_of(definitions, feature)
    if feature.geometry is None or kind not in ("polygon", "line") or abs(distance) < 1e-3:
        raise EditRefused(_("{name}没有偏移。").format(name=name), _("请选一条线或一个面，距离要大于零。"))
    made = settled(offset_shape(kind, feature.geometry, distance), corner_set([feature.geometry]))
    metres = _metres(abs(distance))
    if made.is_empty:
        raise EditRefused(
            _("向里偏移 {metres} 米，{name}就没有了。").format(metres=metres, name=name), _("请把距离改小。")
        )
    if len(shapely.get_parts(made)) > len(shapely.get_parts(feature.geometry)):
        raise EditRefused(
            _("偏移 {metres} 米，{name}会断成几块。").format(metres=metres, name=name), _("请把距离改小。")
        )
    refuse_unusable(kind, made, called(definitions, feature))
    if not as_new:
        words = _("偏移{name}的边线 {metres} 米") if kind == "polygon" else _("偏移{name} {metres} 米")
        return Edit(
            words.format(name=name.strip() if kind == "line" else name, metres=metres),
            [changed(feature, feature.with_geometry(made))],
        )
    values = {**piece_values(definitions[feature.layer], feature), **fresh(feature, 1)[0]}
    new = Feature(feature.layer, new_uid(), made, values)
    words = _("从{name}偏移 {metres} 米，画{new}")
    return Edit(words.format(name=name, metres=metres, new=called(definitions, new)), [inserted(new)])


def buffer_shapes(sources: Sequence[Feature], width: float, *, dissolve: bool) -> list[BaseGeometry]:
    """The area within `width` metres of each source, or (dissolve) of all together; MultiPolygons."""
    steps = _steps(width)
    made = [one.geometry.buffer(width, quad_segs=steps) for one in sources if one.geometry is not None]
    if dissolve:
        made = [shapely.union_all(made)]
    return [shapely.multipolygons([part for part in shapely.get_parts(one) if not part.is_empty]) for one in made]


def buffer(
    definitions: Definitions,
    sources: Sequence[Feature],
    layer: str,
    width: float,
    *,
    dissolve: bool = False,
    width_source: str = "",
    fresh: Sequence[Mapping[str, Value]] = (),
) -> Edit:
    """New features of `layer` around `sources`, `width` metres to every side.

    Where the layer has the fields, width_m, width_source and derived_from keep the parameters; `source` says the same
    in words; what comes of 示意 data is 示意. `fresh` are the numbers. Raises EditRefused for what can't be.
    """
    definition = definitions[layer]
    sources = [one for one in sources if one.geometry is not None and not one.geometry.is_empty]
    if not sources:
        raise EditRefused(_("没有选中有图形的要素。"), _("请先选中要做缓冲区的点、线或面。"))
    if definition.geometry != "polygon":
        raise EditRefused(_("{title}不是面图层，放不下缓冲区。").format(title=definition.title), _("请选一个面图层。"))
    if not width > 0:
        raise EditRefused(_("缓冲宽度要大于零。"), _("请写米数，如 50。"))
    shapes = [settled(one, ()) for one in buffer_shapes(sources, width, dissolve=dissolve)]
    new = []
    for index, shape in enumerate(shapes):
        own = list(sources) if dissolve else [sources[index]]
        given = fresh[index] if index < len(fresh) else {}
        values = {**_parameters(definitions, layer, own, width, width_source), **given}
        made = Feature(layer, new_uid(), shape, values)
        refuse_unusable("polygon", shape, definition.title)
        new.append(made)
    words = _("给{names}做 {metres} 米缓冲区，画{new}").format(
        names=led(followed(called_all(definitions, sources))),
        metres=_metres(width),
        new=led(called_all(definitions, new)),
    )
    return Edit(words, [inserted(one) for one in new])


def _parameters(
    definitions: Definitions, layer: str, sources: Sequence[Feature], width: float, width_source: str
) -> dict[str, Value]:
    definition = definitions[layer]
    values: dict[str, Value] = {one.name: one.default for one in definition.fields if one.default is not None}
    named = "、".join(called(definitions, one) for one in sources[:5])
    if len(sources) > 5:
        named = called_all(definitions, sources)
    found: dict[str, Value] = {
        "source": _("{names}的 {metres} 米缓冲区").format(names=followed(named), metres=_metres(width)),
        "width_m": width,
        "width_source": width_source or None,
        "schematic": True if any(one["schematic"] for one in sources) else None,
        "name": sources[0]["name"] if len(sources) == 1 else None,
    }
    if definition.is_personal("name") or any(definitions[one.layer].is_personal("name") for one in sources):
        found["name"] = None  # a person's name must not become the name of an area on a map
    field = definition.by_name.get("derived_from")
    if field is not None and len(sources) == 1 and field.target == sources[0].layer:
        found["derived_from"] = sources[0].uid
    return values | {name: value for name, value in found.items() if name in definition.by_name and value is not None}


def _steps(width: float) -> int:
    """Chords in a quarter circle, so that none is farther than `_SAGITTA_M` from it."""
    half = math.acos(max(-1.0, 1.0 - _SAGITTA_M / max(width, _SAGITTA_M)))
    return int(np.clip(math.ceil(math.pi / 4.0 / max(half, 1e-6)), 8, 90))


def _metres(width: float) -> str:
    return f"{width:.2f}".rstrip("0").rstrip(".")
