"""Copies of features: what a copy may take along and what begins anew. A copy has a uid and a number of its own, and
where a layer has states of a life, it begins at the first one: only its register may say more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.defaults import first_values
from geohazard_desktop.editing.hanging import copied_words, hanging_of, hung_on
from geohazard_desktop.workspace.definition import FieldDefinition, GeometryKind, LayerDefinition
from geohazard_desktop.workspace.edits import create_features, value_fault
from geohazard_desktop.workspace.edits.nodes import ON_EDGE_M
from geohazard_desktop.workspace.edits.wording import called, called_all, kind_word, led
from geohazard_desktop.workspace.feature import Edit, Feature, Value, new_uid
from geohazard_desktop.workspace.workspace import Workspace

# Fields that name one thing alone (编号, 统一编号, 路线编号), or that only a register may change (状态).
OF_ONE_ALONE = ("id", "unified_code", "number")
STATE = "state"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A feature to be pasted: its shape in the workspace's CRS, its kind, its values by field name, and the layer and
    workspace it comes from ("" when it comes from elsewhere). `called` is its name in sentences, `hanging` what goes
    along with a copy (`hanging.py`), `origin` the feature itself, both of this very workspace."""

    kind: GeometryKind
    geometry: BaseGeometry
    values: Mapping[str, Value]
    called: str
    layer: str = ""
    here: bool = False  # from this very workspace: references hold
    hanging: tuple[Feature, ...] = ()
    origin: Feature | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """The edit that makes copies, the copies themselves without what hangs on them, and what is to be said."""

    edit: Edit
    made: list[Feature]
    told: str


def copied(ws: Workspace, features: Sequence[Feature], east: float, north: float) -> Copies:
    """Copies of `features` in their own layers, moved by metres."""
    made: list[Feature] = []
    sources: list[Foreign] = []
    for layer in dict.fromkeys(one.layer for one in features):
        own = foreign_all(ws, [one for one in features if one.layer == layer])
        sources += own
        made += [one for one, _lost in new_features(ws, layer, own, east, north)]
    words = _("复制{names}").format(names=led(called_all(ws.definitions, list(features))))
    return with_hanging(ws, sources, made, words)


def with_hanging(ws: Workspace, sources: Sequence[Foreign], made: Sequence[Feature], words: str) -> Copies:
    """The edit that makes `made`, copies of `sources` one by one, and with them what hangs on the sources."""
    same = [(one, copy) for one, copy in zip(sources, made, strict=True) if one.layer == copy.layer]
    hung = [row for one, copy in same for row in hung_on(ws, one.hanging, copy)]
    if hung:
        words = _("{words}，连同{rows}").format(words=words, rows=led(called_all(ws.definitions, hung)))
    told = copied_words(ws, [one.origin for one in sources if one.origin is not None], hung)
    return Copies(create_features(ws.definitions, [*made, *hung], words=words), list(made), told)


def foreign_all(ws: Workspace, features: Sequence[Feature]) -> list[Foreign]:
    """Features ready to be copied, with what hangs on them. Raises EditRefused for one without a shape."""
    hanging = hanging_of(ws, features)
    return [replace(foreign_of(ws, one), hanging=tuple(hanging.get(one.uid, ())), origin=one) for one in features]


def foreign_of(ws: Workspace, feature: Feature) -> Foreign:
    definition = ws.definitions[feature.layer]
    if feature.geometry is None or definition.geometry == "none":
        raise EditRefused(
            _("{name}没有图形，不能复制到图上。").format(name=called(ws.definitions, feature)), _("请选图上的要素。")
        )
    name = called(ws.definitions, feature)
    return Foreign(definition.geometry, feature.geometry, feature.values, name, feature.layer, here=True)


def new_features(
    ws: Workspace, layer: str, sources: Sequence[Foreign], east: float = 0.0, north: float = 0.0
) -> list[tuple[Feature, list[str]]]:
    """Features of `layer` made of `sources`, and the titles of the fields that could not be taken along.

    Raises EditRefused where a shape can't be one of the layer's kind.
    """
    definition = ws.definition(layer)
    if definition.reference:
        raise EditRefused(definition.why_fixed, _("请在左边换一个图层，再粘贴。"))
    if definition.append_only or definition.geometry == "none":
        raise EditRefused(
            _("{title}不是图上的图层，不能往里粘贴。").format(title=definition.title), _("请在左边换一个图层。")
        )
    numbers = ws.next_numbers(layer, len(sources))
    found = []
    for index, source in enumerate(sources):
        shape = converted(ws, layer, source)
        moved = affinity.translate(shape, east, north) if east or north else shape
        values, lost = _values(ws, definition, source)
        by_place = {name: value for name, value in first_values(ws, layer, moved).items() if value is not None}
        values |= by_place
        if "number" in by_place and str(by_place["number"]).isdecimal():
            values["number"] = str(int(str(by_place["number"])) + index)
        if definition.letter:
            values["id"] = numbers[index]
        found.append((Feature(layer, new_uid(), moved, values), lost))
    return found


def converted(ws: Workspace, layer: str, source: Foreign) -> BaseGeometry:
    """The shape as the layer needs it: an area's border as a line, a closed line as an area. Raises EditRefused."""
    wanted = ws.definition(layer).geometry
    if source.kind == wanted:
        return source.geometry
    if source.kind == "polygon" and wanted == "line":
        return shapely.MultiLineString(
            [ring for part in shapely.get_parts(source.geometry) for ring in shapely.get_rings(part)]
        )
    title, kind = ws.definition(layer).title, kind_word(ws.definitions, layer)
    if source.kind == "line" and wanted == "polygon":
        lines = shapely.get_parts(source.geometry)
        if all(_closed(one) for one in lines):
            return shapely.MultiPolygon([shapely.Polygon(shapely.get_coordinates(one)) for one in lines])
        raise EditRefused(
            _("{name}没有首尾相接，围不成{title}的面，没有粘贴。").format(name=source.called, title=title),
            _("请先把线的终点接到起点，或选一个线图层再粘贴。"),
        )
    raise EditRefused(
        _("{name}不能变成{title}的{kind}，没有粘贴。").format(name=source.called, title=title, kind=kind),
        _("请在左边选同一种图形的图层再粘贴。"),
    )


def _closed(line: BaseGeometry) -> bool:
    corners = shapely.get_coordinates(line)
    return len(corners) >= 4 and float(abs(corners[0] - corners[-1]).max()) <= ON_EDGE_M


def _values(ws: Workspace, definition: LayerDefinition, source: Foreign) -> tuple[dict[str, Value], list[str]]:
    """Values of the fields of the same name, and the titles of those that stay behind."""
    values: dict[str, Value] = {}
    lost: list[str] = []
    theirs = ws.definitions.get(source.layer)
    for field in definition.fields:
        value = source.values.get(field.name)
        if value is None or value == "" or field.name in OF_ONE_ALONE or field.name == STATE:
            continue
        personal = definition.is_personal(field.name) or (
            theirs is not None and field.name in theirs.by_name and theirs.is_personal(field.name)
        )
        if personal and source.layer != definition.table:
            lost.append(field.title)
        elif _holds(ws, field, value, here=source.here):
            values[field.name] = value
        else:
            lost.append(field.title)
    return values, lost


def _holds(ws: Workspace, field: FieldDefinition, value: Value, *, here: bool) -> bool:
    if field.type == "reference":
        return here and isinstance(value, str) and ws.feature(field.target, value) is not None
    return value_fault(field, value) is None
