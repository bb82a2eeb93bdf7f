"""Where a source's features lie in the workspace: moved into its CRS, repaired, and what is odd about their place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.area import FAR, NEAR, Area
from geohazard_desktop.exchange.coordinate_text import coordinate_columns
from geohazard_desktop.exchange.crs import offset_hint, offset_metres, settle
from geohazard_desktop.exchange.dead_rings import not_numbers
from geohazard_desktop.exchange.geometry import repair
from geohazard_desktop.exchange.points import locate
from geohazard_desktop.exchange.report import Evidence, Problem
from geohazard_desktop.exchange.source import FIELD_SUFFIXES, SourceTable
from geohazard_desktop.workspace.definition import LayerDefinition

# Columns that the public DataV atlas writes, and nobody else: its boundaries are GCJ-02 though GeoJSON says WGS 84.
_DATAV = {"adcode", "acroutes", "subFeatureIndex"}


@dataclass(slots=True)
class Placed:
    """`geometries` are Multi, 2-D, in the workspace's CRS; None for those left out, None as a whole without geometry.

    `label` is the source's CRS as people name it, `mark` what must stand in 数据来源 when the place is known to be off.
    """

    geometries: NDArray[np.object_] | None = None
    label: str = ""
    mark: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def place(
    source: SourceTable,
    definition: LayerDefinition,
    target: CRS,
    area: Area,
    names: Sequence[str],
    *,
    shift: str | None,
    keep: Collection[int] = (),
) -> Placed:
    """Geometries for each feature of `source` in `target`. `names` call the features in sentences; rows of `keep` of a
    list come in without a place rather than not at all.

    Raises ImportRefused where the CRS is missing or can't be right, or a list has no coordinates.
    """
    if definition.geometry == "none":
        return _without(source, definition)
    if source.geometries is None:
        columns = coordinate_columns(list(source.columns))
        found = locate(source, names, target, area, shift=shift, columns=columns, keep=keep)
        return Placed(found.points, found.label, found.mark, found.evidence, found.problems)
    placed = Placed()
    readable = _with_numbers(source, source.geometries, names, placed)
    moved = _moved(source, readable, target, area, shift, placed)
    _tell_far(moved, area, names, placed)
    if definition.drawn:
        _list_outside(moved, area, names, source.name, placed)
    said = {one.row for one in (*source.problems, *placed.problems) if one.kind == "skipped"}
    for row in np.flatnonzero(shapely.is_missing(moved)).tolist():
        if row not in said:
            words = _("{file} {name}：没有图形，没有导入。请在源文件里补画后再导入。")
            sentence = words.format(file=source.name, name=names[row])
            placed.problems.append(Problem(names[row], sentence, "skipped", row))
    repaired = repair(moved, definition.geometry, names, source.name)
    placed.geometries = repaired.geometries
    placed.problems += repaired.problems
    placed.evidence += repaired.evidence
    return placed


def _with_numbers(
    source: SourceTable, geometries: NDArray[np.object_], names: Sequence[str], placed: Placed
) -> NDArray[np.object_]:
    """Without shapes of which a coordinate is NaN or infinite in the file itself; each is told with its corner."""
    found = geometries.copy()
    for row, corner in not_numbers(geometries):
        words = _("{file} {name}：第 {corner} 个拐点的坐标不是数（NaN 或无穷大），没有导入。请在源文件里改正再导入。")
        if shapely.get_dimensions(geometries[row]) == 0:
            words = _("{file} {name}：坐标不是数（NaN 或无穷大），没有导入。请在源文件里改正再导入。")
        sentence = words.format(file=source.name, name=names[row], corner=corner)
        placed.problems.append(Problem(names[row], sentence, "skipped", row))
        found[row] = None
    return found


def _without(source: SourceTable, definition: LayerDefinition) -> Placed:
    placed = Placed()
    if source.geometries is not None and not shapely.is_missing(source.geometries).all():
        words = _("“{title}”不存图形，{name} 的图形没有导入，只读了属性。")
        sentence = words.format(title=definition.title, name=source.name)
        placed.evidence.append(Evidence("geometry", sentence))
    return placed


def _moved(
    source: SourceTable, geometries: NDArray[np.object_], target: CRS, area: Area, shift: str | None, placed: Placed
) -> NDArray[np.object_]:
    flat = shapely.force_2d(geometries)
    coordinates = shapely.get_coordinates(flat)
    if source.shift is not None and not shift and source.asked_epsg is None:
        shift = source.shift
        words = _(
            "{name} 是奥维导出的，按火星坐标（GCJ-02）换算了，移了约 {metres:.0f} 米。请在图上核对；"
            "奥维 9.3 以前导出、坐标没有偏移的，请把坐标系选成 WGS 84（命令行写 --crs GCJ02 或 --crs 4326）。"
        )
        sentence = words.format(name=source.name, metres=offset_metres(coordinates))
        placed.evidence.append(Evidence("shift", sentence, doubt=True))
    found = settle(
        source.name,
        coordinates,
        len(source),
        target,
        area,
        stated=source.crs,
        stated_sentence=source.crs_sentence,
        asked_epsg=source.asked_epsg,
        shift=shift,
    )
    placed.label, placed.mark = found.label, found.mark
    placed.evidence += found.evidence
    placed.problems += found.problems
    if not shift and source.asked_epsg is None:
        _tell_offset(source, coordinates, placed)
    # Heights are counted on what came in: the moved shapes have none any more.
    high = int(shapely.has_z(geometries).sum())
    if high:
        words = _("{count} 个要素带高程，图层只存平面位置，高程没有导入。")
        placed.evidence.append(Evidence("geometry", words.format(count=high)))
    moved: NDArray[np.object_] = flat
    if len(coordinates):
        moved = shapely.set_coordinates(flat, found.move(coordinates))
    return moved


def _tell_offset(source: SourceTable, coordinates: NDArray[np.float64], placed: Placed) -> None:
    hint = offset_hint(coordinates)
    if set(source.columns) >= _DATAV:
        words = _(
            "{name} 是阿里 DataV 地图的样式，那里的坐标是火星坐标（GCJ-02），不是按标准应有的 WGS 84，"
            "这样读会偏约 {metres:.0f} 米。请改按火星坐标读（--crs GCJ02）再导入。"
        )
        sentence = words.format(name=source.name, metres=offset_metres(coordinates))
        placed.evidence.append(Evidence("shift", sentence, doubt=True))
        placed.problems.append(Problem(_("全部要素"), sentence, "note"))
    elif hint and source.path.suffix.lower() in (".geojson", ".json", *FIELD_SUFFIXES):
        placed.evidence.append(Evidence("shift", hint))


def _list_outside(geometries: NDArray[np.object_], area: Area, names: Sequence[str], file: str, placed: Placed) -> None:
    """A note for each feature that lies wholly outside what the office surveys: a slip in a coordinate, or another
    district's. Layers that the office draws lie in its district; rivers and neighbours go on."""
    if not area.of_district:
        return
    boxes = shapely.bounds(geometries)
    west, south, east, north = area.box
    across = np.maximum(np.maximum(west - boxes[:, 2], boxes[:, 0] - east), 0.0)
    upright = np.maximum(np.maximum(south - boxes[:, 3], boxes[:, 1] - north), 0.0)
    away = np.hypot(across, upright)
    for row in np.flatnonzero(away > NEAR).tolist():
        words = _("{file} {name}：在{area}以外约 {far:.0f} 公里，也导入了。请在图上核对位置和坐标系。")
        sentence = words.format(file=file, name=names[row], area=area.name, far=away[row] / 1000.0)
        placed.problems.append(Problem(names[row], sentence, "note", row))


def _tell_far(geometries: NDArray[np.object_], area: Area, names: Sequence[str], placed: Placed) -> None:
    boxes = shapely.bounds(geometries)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    there = np.isfinite(centres).all(axis=1)
    far = there & ~area.inside(centres[:, 0], centres[:, 1], FAR)
    if far.any():
        words = _("{count} 个要素在{area}{margin}以外，也导入了，例如{name}。请在图上核对。")
        margin = _(" 100 公里") if area.of_district else ""
        first = names[int(np.flatnonzero(far)[0])]
        sentence = words.format(count=int(far.sum()), area=area.name, margin=margin, name=first)
        placed.evidence.append(Evidence("crs", sentence, doubt=True))
