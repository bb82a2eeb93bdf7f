"""Repairing geometry before it goes into a layer: every repair and every refusal is told, feature by feature.

Works on whole arrays; only faulty features are looked at one by one. Coordinates are metres of the workspace's CRS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.dead_rings import dead_rings, not_numbers, without_dead_rings
from geohazard_desktop.exchange.report import Evidence, Problem
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits.validity import geometry_fault, place_words

Geometries = NDArray[np.object_]
SLIVER = 0.01  # m²: below a hand's breadth square a polygon is left over from an overlay, not drawn

_SINGLE = {"polygon": 3, "line": 1, "point": 0}  # Shapely's type numbers
_MULTI = {"polygon": 6, "line": 5, "point": 4}
_JOIN: dict[str, Callable[..., Geometries]] = {
    "polygon": shapely.multipolygons,
    "line": shapely.multilinestrings,
    "point": shapely.multipoints,
}
_LINEAR_RING, _LINE, _COLLECTION = 2, 1, 7


@dataclass(slots=True)
class Repaired:
    """`geometries` are Multi and 2-D, None where the feature is left out."""

    geometries: Geometries
    problems: list[Problem] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def repair(geometries: Geometries, kind: GeometryKind, names: Sequence[str], file: str) -> Repaired:
    """Make `geometries` fit a layer of `kind`. `names` call the features in sentences, `file` is the source's name.

    None stays None without a word: the caller has said why.
    """
    found = Repaired(geometries.copy())
    _Repair(found, kind, names, file).run()
    return found


class _Repair:
    def __init__(self, found: Repaired, kind: GeometryKind, names: Sequence[str], file: str) -> None:
        self.found, self.kind, self.names, self.file = found, kind, names, file
        self.shape = {"polygon": _("面"), "line": _("线"), "point": _("点")}[kind]

    def run(self) -> None:
        self._flatten()
        self._refuse_no_numbers()
        self._fit_types()
        if self.kind == "polygon":
            self._drop_dead_rings()
        self._drop_repeated()
        if self.kind == "polygon":
            self._make_valid()
            self._drop_slivers()
        elif self.kind == "line":
            self._drop_short()
        self._to_multi()

    def _say(self, row: int, words: str, *, skipped: bool = False) -> None:
        sentence = _("{file} {name}：{words}").format(file=self.file, name=self.names[row], words=words)
        self.found.problems.append(Problem(self.names[row], sentence, "skipped" if skipped else "repaired", row))
        if skipped:
            self.found.geometries[row] = None

    def _rows(self, mask: NDArray[np.bool_]) -> list[int]:
        return [int(row) for row in np.flatnonzero(mask)]

    def _flatten(self) -> None:
        there = ~shapely.is_missing(self.found.geometries)
        high = there & shapely.has_z(self.found.geometries)
        if high.any():
            words = _("{count} 个要素带高程，图层只存平面位置，高程没有导入。")
            self.found.evidence.append(Evidence("geometry", words.format(count=int(high.sum()))))
        self.found.geometries[there] = shapely.force_2d(self.found.geometries[there])

    def _fit_types(self) -> None:
        geometries = self.found.geometries
        for row in self._rows(shapely.is_empty(geometries)):
            self._say(row, _("没有图形，没有导入。请在源文件里补画后再导入。"), skipped=True)
        types = shapely.get_type_id(geometries)
        wanted = (_SINGLE[self.kind], _MULTI[self.kind])
        for row in self._rows(~np.isin(types, (-1, *wanted))):
            fitted = self._fitted(geometries[row])
            if fitted is None:
                words = _("图形是{what}，不是{shape}，没有导入。请换一个图层，或在源文件里改好再导入。")
                self._say(row, words.format(what=_type_words(geometries[row]), shape=self.shape), skipped=True)
                continue
            geometries[row] = fitted[0]
            self._say(row, fitted[1])

    def _fitted(self, geometry: BaseGeometry) -> tuple[BaseGeometry, str] | None:
        parts = shapely.get_parts(geometry)
        kinds = shapely.get_type_id(parts)
        if self.kind == "polygon" and np.isin(kinds, (_LINE, _LINEAR_RING)).all():
            rings = [one for one in parts if one.is_ring and one.is_simple and len(one.coords) > 3]
            if rings and len(rings) == len(parts):
                areas = shapely.multipolygons([shapely.polygons(one.coords) for one in rings])
                return areas, _("图形是首尾闭合的线，已转成面。请看看是不是要一个面。")
        if self.kind == "line" and np.isin(kinds, (_LINEAR_RING,)).all():
            return shapely.multilinestrings([shapely.linestrings(one.coords) for one in parts]), _("闭合环已转成线。")
        if shapely.get_type_id(geometry) == _COLLECTION:
            picked = parts[np.isin(kinds, (_SINGLE[self.kind], _MULTI[self.kind]))]
            if len(picked):
                words = _("图形里混有别的种类，只留下{shape}（{kept} 个部分，去掉 {gone} 个）。请核对。")
                joined = _JOIN[self.kind](shapely.get_parts(picked))
                return joined, words.format(shape=self.shape, kept=len(picked), gone=len(parts) - len(picked))
        return None

    def _refuse_no_numbers(self) -> None:
        # GEOS drops such corners without a word in later steps: the shape would be another one than was surveyed.
        for row, corner in not_numbers(self.found.geometries):
            words = _("第 {corner} 个拐点的坐标不是数，或换算不到本区的坐标系，没有导入。请核对坐标。")
            if self.kind == "point":
                words = _("坐标不是数，或换算不到本区的坐标系，没有导入。请核对坐标。")
            self._say(row, words.format(corner=corner), skipped=True)

    def _drop_dead_rings(self) -> None:
        geometries = self.found.geometries
        counts = dead_rings(geometries)
        for row in self._rows(counts > 0):
            left = without_dead_rings(geometries[row])
            if left is None:
                words = _("边线上不同的拐点不到 3 个，围不成面，没有导入。请在源文件里删去或重画。")
                self._say(row, words, skipped=True)
                continue
            geometries[row] = left
            words = _("有 {count} 圈边线上不同的拐点不到 3 个，围不成面，已去掉，其余照样导入。请看看是不是少了一块。")
            self._say(row, words.format(count=int(counts[row])))

    def _drop_repeated(self) -> None:
        geometries = self.found.geometries
        there = np.flatnonzero(~shapely.is_missing(geometries))
        if self.kind == "point" or not len(there):
            return
        before = shapely.get_num_coordinates(geometries[there])
        cleaned = shapely.remove_repeated_points(geometries[there])
        gone = before - shapely.get_num_coordinates(cleaned)
        # A ring or line that would collapse stays as it is: the next steps say what is wrong with it.
        changed = (gone > 0) & ~shapely.is_empty(cleaned)
        geometries[there[changed]] = cleaned[changed]
        for row, count in zip(there[changed], gone[changed], strict=True):
            self._say(int(row), _("有 {count} 个重复的拐点，已去掉，形状不变。无须处理。").format(count=int(count)))

    def _make_valid(self) -> None:
        geometries = self.found.geometries
        for row in self._rows(~shapely.is_missing(geometries) & ~shapely.is_valid(geometries)):
            before = geometries[row]
            fault = geometry_fault("polygon", before)
            why = fault.words if fault else _("图形不成立")
            where = place_words(fault.place) if fault else ""
            after = _polygons_of(shapely.make_valid(before, method="structure", keep_collapsed=False))
            if after is None or not after.is_valid:
                words = _("{why}，修不好，没有导入。请在源文件里重画后再导入。").format(why=why)
                self._say(row, words, skipped=True)
                continue
            geometries[row] = after
            words = _("{why}{where}，已按交叉处拆开修复（{parts} 个部分，{area:.0f} m²）。请看看修得对不对。")
            said = f"（{where}）" if where else ""
            self._say(row, words.format(why=why, where=said, parts=shapely.get_num_geometries(after), area=after.area))

    def _drop_slivers(self) -> None:
        geometries = self.found.geometries
        there = np.flatnonzero(~shapely.is_missing(geometries))
        parts, owners = shapely.get_parts(geometries[there], return_index=True)
        thin = shapely.area(parts) < SLIVER
        for index in np.unique(owners[thin]):
            row = int(there[index])
            kept = parts[(owners == index) & ~thin]
            count = int(thin[owners == index].sum())
            if not len(kept):
                words = _("面积几乎为零（不到 {limit:g} m²），没有导入。请在源文件里删去或重画。")
                self._say(row, words.format(limit=SLIVER), skipped=True)
                continue
            geometries[row] = shapely.multipolygons(kept)
            words = _("有 {count} 个不到 {limit:g} m² 的碎片，已去掉。无须处理。")
            self._say(row, words.format(count=count, limit=SLIVER))

    def _drop_short(self) -> None:
        geometries = self.found.geometries
        there = np.flatnonzero(~shapely.is_missing(geometries))
        parts, owners = shapely.get_parts(geometries[there], return_index=True)
        short = shapely.length(parts) == 0
        for index in np.unique(owners[short]):
            row = int(there[index])
            kept = parts[(owners == index) & ~short]
            if not len(kept):
                self._say(row, _("线的长度为零，没有导入。请在源文件里删去或重画。"), skipped=True)
                continue
            geometries[row] = shapely.multilinestrings(kept)
            self._say(row, _("有长度为零的线段，已去掉。无须处理。"))

    def _to_multi(self) -> None:
        geometries = self.found.geometries
        single = np.flatnonzero(shapely.get_type_id(geometries) == _SINGLE[self.kind])
        if len(single):
            geometries[single] = _JOIN[self.kind](geometries[single], indices=np.arange(len(single)))


def _polygons_of(geometry: BaseGeometry) -> BaseGeometry | None:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    parts = parts[(shapely.get_type_id(parts) == _SINGLE["polygon"]) & (shapely.area(parts) >= SLIVER)]
    return shapely.multipolygons(parts) if len(parts) else None


def _type_words(geometry: BaseGeometry) -> str:
    words = {"Point": _("点"), "LineString": _("线"), "LinearRing": _("线"), "Polygon": _("面")}
    return words.get(geometry.geom_type.removeprefix("Multi"), _("几种图形的混合"))
