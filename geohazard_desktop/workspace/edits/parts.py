"""Holes and parts: cut a hole out, fill one, add a part, delete one, let every part be a feature of its own."""

from collections.abc import Sequence

import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.precision import corner_set, name_of, refuse_unusable, settled
from geohazard_desktop.workspace.edits.split import Fresh, no_numbers, piece_values
from geohazard_desktop.workspace.edits.validity import refuse_faulty
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, inserted, new_uid

_MULTI = {"polygon": shapely.multipolygons, "line": shapely.multilinestrings, "point": shapely.multipoints}


def cut_hole(definitions: Definitions, feature: Feature, hole: BaseGeometry) -> Edit:
    """Take `hole` (a Polygon; metres) out of a feature. Holes that it touches become one with it.

    Raises EditRefused when it crosses or touches the outline, lies outside, or is faulty.
    """
    name = name_of(definitions, feature)
    whole = _parts(definitions, feature)
    refuse_faulty("polygon", hole, _("要挖的洞"))
    own = next((index for index, part in enumerate(whole) if Polygon(part.exterior).contains(hole)), None)
    if own is None:
        raise EditRefused(
            _("要挖的洞不全在{name}里面。").format(name=name), _("请整个画在面里；要切掉一边，请用“重塑”或“分割”。")
        )
    outline = whole[own].exterior
    if outline.intersects(hole):
        raise EditRefused(
            _("要挖的洞碰到了{name}的外边线。").format(name=name), _("请离开边线一点；要切掉一边，请用“重塑”。")
        )
    rings = list(whole[own].interiors)
    if any(Polygon(ring).intersects(hole) for ring in rings):
        made = settled(whole[own].difference(hole), corner_set([feature.geometry, hole]))
    else:  # the other corners keep their numbers
        made = Polygon(outline, [*rings, hole.exterior])
    if made.is_empty or made.equals(whole[own]):
        raise EditRefused(_("这里本来就是{name}的洞。").format(name=name), _("请画在面里还没有挖空的地方。"))
    if made.geom_type != "Polygon":
        raise EditRefused(_("这个洞会把{name}切成几块。").format(name=name), _("请把洞画小一点，或改用“分割”。"))
    refuse_unusable("polygon", hole, _("要挖的洞"))
    whole[own] = made
    return _changed(definitions, feature, whole, _("在{name}里挖一个洞").format(name=name))


def holes_at(feature: Feature, place: tuple[float, float]) -> tuple[int, int] | None:
    """Part and number of the hole in which `place` (east, north) lies; None where there is none."""
    if feature.geometry is None or not feature.geometry.geom_type.endswith("Polygon"):
        return None
    pointer = Point(place)
    for part, own in enumerate(shapely.get_parts(feature.geometry)):
        for hole, ring in enumerate(own.interiors):
            if Polygon(ring).contains(pointer):
                return part, hole
    return None


def fill_hole(definitions: Definitions, feature: Feature, part: int, hole: int) -> Edit:
    """Close one hole; a part of the feature that lies in it becomes one with the filling."""
    name = name_of(definitions, feature)
    whole = _parts(definitions, feature)
    if not (0 <= part < len(whole) and 0 <= hole < len(whole[part].interiors)):
        raise EditRefused(_("{name}的这个洞已经不在了。").format(name=name), _("请再点一次。"))
    own = whole[part]
    rings = [ring for index, ring in enumerate(own.interiors) if index != hole]
    filled = Polygon(own.exterior, rings)
    inside = Polygon(own.interiors[hole])
    left = [one for index, one in enumerate(whole) if index != part and not inside.covers(one)]
    place = min(part, len(left))
    return _changed(
        definitions, feature, [*left[:place], filled, *left[place:]], _("填上{name}的一个洞").format(name=name)
    )


def add_part(definitions: Definitions, feature: Feature, part: BaseGeometry) -> Edit:
    """A further part (a single geometry of the layer's kind; metres). Raises EditRefused when it overlaps the rest."""
    kind = definitions[feature.layer].geometry
    name = name_of(definitions, feature)
    refuse_unusable(kind, part, _("新的部分"))
    if kind == "polygon" and feature.geometry is not None and feature.geometry.intersects(part):
        touching = feature.geometry.intersection(part)
        if touching.area > 0 or touching.length > 0:
            raise EditRefused(
                _("新的部分和{name}相接或重叠。").format(name=name),
                _("请画在它外面；要让它长大，请用“重塑”，或画成另一个再合并。"),
            )
    own = list(shapely.get_parts(feature.geometry)) if feature.geometry is not None else []
    words = _("给{name}添加一个部分").format(name=name)
    return _changed(definitions, feature, [*own, part], words)


def part_at(feature: Feature, place: tuple[float, float], tolerance: float) -> int | None:
    """Number of the part under `place` (within `tolerance` metres); the nearest one."""
    if feature.geometry is None:
        return None
    pointer = Point(place)
    distances = [float(one.distance(pointer)) for one in shapely.get_parts(feature.geometry)]
    nearest = min(range(len(distances)), key=distances.__getitem__, default=None)
    return nearest if nearest is not None and distances[nearest] <= tolerance else None


def delete_part(definitions: Definitions, feature: Feature, part: int) -> Edit:
    """Take one of several parts away. Raises EditRefused for the last one."""
    own = list(shapely.get_parts(feature.geometry)) if feature.geometry is not None else []
    name = name_of(definitions, feature)
    if len(own) < 2:
        raise EditRefused(_("{name}只有一个部分。").format(name=name), _("要整个删掉，请选中它再按 Delete。"))
    if not 0 <= part < len(own):
        raise EditRefused(_("{name}的这个部分已经不在了。").format(name=name), _("请再点一次。"))
    left = [one for index, one in enumerate(own) if index != part]
    words = _("删除{name}的一个部分，还有 {count} 个").format(name=name, count=len(left))
    return _changed(definitions, feature, left, words)


def explode(definitions: Definitions, features: Sequence[Feature], *, fresh: Fresh = no_numbers) -> Edit:
    """Each part a feature of its own; the largest stays the feature. Values as in a split."""
    deltas: list[Delta] = []
    taken: list[Feature] = []
    count = 0
    for one in features:
        own = list(shapely.get_parts(one.geometry)) if one.geometry is not None else []
        if len(own) < 2:
            continue
        make = _MULTI[definitions[one.layer].geometry]
        own.sort(key=lambda part: part.area or part.length, reverse=True)
        taken.append(one)
        count += len(own)
        deltas.append(changed(one, one.with_geometry(make([own[0]]))))
        for part, values in zip(own[1:], fresh(one, len(own) - 1), strict=True):
            piece = {**piece_values(definitions[one.layer], one), **values}
            deltas.append(inserted(Feature(one.layer, new_uid(), make([part]), piece)))
    if not taken:
        raise EditRefused(_("选中的要素都只有一个部分，不用拆。"), _("请选由几个分开的部分组成的要素。"))
    names = led(followed(called_all(definitions, taken)))
    return Edit(_("拆开{names}为 {count} 个").format(names=names, count=count), deltas)


def _parts(definitions: Definitions, feature: Feature) -> list[BaseGeometry]:
    if feature.geometry is None or definitions[feature.layer].geometry != "polygon" or feature.geometry.is_empty:
        raise EditRefused(_("{name}不是面。").format(name=name_of(definitions, feature)), _("请选一个面。"))
    return list(shapely.get_parts(feature.geometry))


def _changed(definitions: Definitions, feature: Feature, parts: Sequence[BaseGeometry], words: str) -> Edit:
    kind = definitions[feature.layer].geometry
    after = _MULTI[kind](list(parts))
    refuse_faulty(kind, after, called(definitions, feature))
    return Edit(words, [changed(feature, feature.with_geometry(after))])
