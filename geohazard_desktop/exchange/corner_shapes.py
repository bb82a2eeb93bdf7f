"""A list of corners as the shapes that it lists: areas for a layer of areas, lines for one of lines."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange import crs as systems
from geohazard_desktop.exchange.area import Area
from geohazard_desktop.exchange.corner_list import CornerList, Part, corner_list
from geohazard_desktop.exchange.layer_guess import LayerGuess
from geohazard_desktop.exchange.report import Evidence, refused
from geohazard_desktop.exchange.rings import area_of_rings
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.stated_datum import stated_of
from geohazard_desktop.exchange.values import text_of
from geohazard_desktop.workspace.definition import LayerDefinition

_FEWEST = {"polygon": 3, "line": 2}
_LINES_TOLD = 8
_ZONES = "danger_zone"
_TITLE_ROWS = 12
_SPEAKS = re.compile(r"拐点|界址|地块坐标|危险区")


def lists_corners(source: SourceTable) -> bool:
    """Whether a list could be the corners of an area: at least three, and nothing in it is half a corner."""
    if source.grid is None:
        return False
    try:
        found = corner_list(source.grid)
    except EditRefused:
        return False
    return any(len(one.corners) >= _FEWEST["polygon"] for one in found.parts)


def zone_guess(definitions: Mapping[str, LayerDefinition], source: SourceTable, current: str) -> LayerGuess | None:
    """危险区 for a list whose words speak of corners, where the layer in hand takes no shapes; else None."""
    in_hand = definitions.get(current)
    if (in_hand is not None and in_hand.geometry in _FEWEST) or _ZONES not in definitions or not source.is_list:
        return None
    words = "".join(text_of(cell) for row in (source.grid or [])[:_TITLE_ROWS] for cell in row) + source.path.stem
    if not _SPEAKS.search(words) or not lists_corners(source):
        return None
    return LayerGuess(_ZONES, definitions[_ZONES].title, _("表里是拐点坐标"))


def as_shapes(source: SourceTable, definition: LayerDefinition, target: CRS, area: Area) -> SourceTable:
    """`source` as shapes where it is a list and the layer takes areas or lines; else as it is. The only column is 名称.

    Raises ImportRefused where it lists no corners, too few, or such of no known system.
    """
    if not source.is_list or source.grid is None or definition.geometry not in _FEWEST:
        return source
    closed = definition.geometry == "polygon"
    try:
        found = corner_list(source.grid, closed=closed)
    except EditRefused as refusal:
        raise refused(_("{name}：{why}").format(name=source.name, why=str(refusal)), _also()) from refusal
    if not found.parts:
        raise refused(
            _("{name} 是表格，里面没有拐点坐标，放不进“{title}”。").format(name=source.name, title=definition.title),
            _("拐点要每行一个点（X、Y 两列，或经度、纬度两列）。") + _also(),
        )
    labels = [one.name or _("第 {number} 个要素").format(number=at) for at, one in enumerate(found.parts, 1)]
    for label, part in zip(labels, found.parts, strict=True):
        short = min(len(_corners(one, closed=closed)) for one in part.rings)
        if short < _FEWEST[definition.geometry]:
            words = _("{name} {label}：只有 {count} 个拐点，{title}至少要 {fewest} 个。")
            raise refused(
                words.format(
                    name=source.name,
                    label=label,
                    count=short,
                    title=definition.title,
                    fewest=_FEWEST[definition.geometry],
                ),
                _("请把坐标补全，每行一个点。"),
            )
    made = [_shape(one, closed=closed) for one in found.parts]
    columns: dict[str, list[Any]] = {_("名称"): [one.name or None for one in found.parts]}
    table = SourceTable(source.path, source.layer, columns, np.array(made, dtype=object), labels, source.encoding)
    table.asked_epsg, table.said = source.asked_epsg, source.said
    table.evidence = [one for one in source.evidence if one.subject != "table"]
    table.evidence.append(Evidence("geometry", _told(found, closed=closed)))
    _place(table, found, target, area)
    return table


def _place(table: SourceTable, found: CornerList, target: CRS, area: Area) -> None:
    """The system: what is asked wins later on; then what the words say; then what the numbers can only be."""
    written = np.array([(one.place.east, one.place.north) for one in found.corners])
    kinds = {(one.place.metric, int(one.place.east // 1e6) if one.place.metric else 0) for one in found.corners}
    if len(kinds) > 1:
        raise refused(
            _("{name} 里的拐点有的是经纬度、有的是米数，或带号不一样，连不成图形。").format(name=table.name),
            _("请改成一种写法再导入。"),
        )
    metric, zone = next(iter(kinds))
    stated = stated_of(table, written, metric=metric, asked=table.asked_epsg is not None)
    table.evidence += stated.evidence
    if stated.crs is not None:
        table.crs, table.crs_sentence = stated.crs, _("表里的文字写的是")
    elif not metric:
        table.crs, table.crs_sentence = CRS.from_epsg(4490), _("经纬度没有另写，按")
    elif table.asked_epsg is None:
        fitting = [one for one in systems.guesses(written, target, area) if not one.swapped and one.share > 0.5]
        if len(fitting) == 1 and (area.of_district or zone):
            table.crs, table.crs_sentence = CRS.from_epsg(fitting[0].epsg), _("按坐标的大小看是")
            words = _("{title}，{share:.0%} 的拐点落在{area}内。请在图上核对。")
            sentence = words.format(title=fitting[0].title, share=fitting[0].share, area=area.name)
            table.evidence.append(Evidence("crs", sentence))


def _shape(part: Part, *, closed: bool) -> shapely.Geometry:
    rings = [_corners(one, closed=closed) for one in part.rings]
    if closed:
        return area_of_rings(rings)
    return shapely.LineString(rings[0]) if len(rings) == 1 else shapely.MultiLineString(rings)


def _corners(ring: list[Any], *, closed: bool) -> list[tuple[float, float]]:
    places = [(one.place.east, one.place.north) for one in ring]
    return places[:-1] if closed and len(places) > 1 and places[0] == places[-1] else places


def _told(found: CornerList, *, closed: bool) -> str:
    words = _("{corners} 个拐点连成 {shapes} 个面。") if closed else _("{corners} 个点连成 {shapes} 条线。")
    told = words.format(corners=len(found.corners), shapes=len(found.parts))
    if found.passed:
        shown = "、".join(map(str, found.passed[:_LINES_TOLD])) + ("…" if len(found.passed) > _LINES_TOLD else "")
        told += _("第 {lines} 行不是点（标题、表头、边长或面积），没有取。").format(lines=shown)
    return told


def _also() -> str:
    return _("也可以复制坐标，在图上按 Ctrl+V，或在“拐点表”里按“粘贴坐标”。")
