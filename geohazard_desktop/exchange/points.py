"""Points from the columns of a list: 经纬度 or 高斯 X/Y (X is north), with or without 带号, or both.

The size of the numbers says which is which, so columns written the wrong way round are put right and told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import dms
from geohazard_desktop.exchange import coordinate_text as texts
from geohazard_desktop.exchange import crs as systems
from geohazard_desktop.exchange.area import FAR, NEAR, Area, Floats
from geohazard_desktop.exchange.coordinate_text import Axis, Place
from geohazard_desktop.exchange.report import Evidence, Problem, ProblemKind, refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.stated_datum import stated_of
from geohazard_desktop.exchange.values import is_blank, text_of

_SAME_PLACE = 20.0  # metres between a row's degrees and its X/Y before they count as two places


@dataclass(slots=True)
class Located:
    """`points` are Shapely MultiPoints in the workspace's CRS, None where a problem says why."""

    points: NDArray[np.object_]
    label: str = ""
    mark: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def locate(
    table: SourceTable,
    names: Sequence[str],
    target: CRS,
    area: Area,
    *,
    shift: str | None,
    columns: Mapping[Axis, str],
    keep: Collection[int] = (),
) -> Located:
    """Points for each row of a list, in `target`. `columns` as coordinate_columns gave them. Rows of `keep` come in
    without a place rather than not at all; each is told.

    Raises ImportRefused where there are no coordinate columns and nobody to keep, or X/Y whose zone can't be told.
    """
    if not has_places(columns):
        if keep:
            return _without_places(table, names, columns, keep)
        raise refused(
            _("{name} 里没有坐标列。").format(name=table.name),
            _("请加上“经度”“纬度”两列，或“X”（北）“Y”（东）两列。"),
        )
    return _Locating(table, names, target, area, shift, columns, frozenset(keep)).run()


def has_places(columns: Mapping[Axis, str]) -> bool:
    """Whether these columns can say where something is."""
    return bool({"longitude", "latitude"} <= set(columns) or "pair" in columns or {"north", "east"} <= set(columns))


def _without_places(
    table: SourceTable, names: Sequence[str], columns: Mapping[Axis, str], keep: Collection[int]
) -> Located:
    """A list of people that says of nobody where they live: they come in all the same, which is said once."""
    found = Located(np.full(len(table), None, dtype=object))
    half = _("（只有“{column}”，不够）").format(column="、".join(columns.values())) if columns else ""
    words = _("名单里没有坐标列{half}：{count} 户没有位置，新来的导入后在属性里按“放到地图上”，或补上坐标再导入一次。")
    found.evidence.append(Evidence("geometry", words.format(half=half, count=len(keep)), doubt=True))
    for row, name in enumerate(names):
        if row not in keep:
            words = _("{file} {name}：没有坐标，户主、电话、人数、住址也没有写出两样，没有导入。请补全再导入。")
            found.problems.append(Problem(name, words.format(file=table.name, name=name), "skipped", row))
    return found


class _Locating:
    def __init__(
        self,
        table: SourceTable,
        names: Sequence[str],
        target: CRS,
        area: Area,
        shift: str | None,
        columns: Mapping[Axis, str],
        keep: frozenset[int],
    ) -> None:
        self.keep = keep
        self.table, self.names, self.target, self.area = table, names, target, area
        self.shift, self.columns = shift, columns
        self.found = Located(np.full(len(table), None, dtype=object))
        self.told: set[int | None] = set()  # rows kept without a place

    def run(self) -> Located:
        rows = range(len(self.table))
        written = {row: [one for one in (self._degrees(row), self._metres(row)) if one] for row in rows}
        flat = [(row, place) for row, places in written.items() for place in places]
        moved = self._moved(flat)
        self._tell_swapped(flat)
        there: dict[int, list[tuple[Place, tuple[float, float]]]] = {}
        for (row, place), spot in zip(flat, moved.tolist(), strict=True):
            there.setdefault(row, []).append((place, (spot[0], spot[1])))
        said = {one.row for one in self.found.problems if one.kind == "skipped"} | self.told
        for row in rows:
            if row not in said:
                self._settle(row, there.get(row, []))
        return self.found

    # -- reading ---------------------------------------------------------------------------------------------------

    def _degrees(self, row: int) -> Place | None:
        if "longitude" in self.columns and "latitude" in self.columns:
            return self._pair(row, self._cell("longitude", row), self._cell("latitude", row), _("经纬度"))
        if "pair" not in self.columns or is_blank(self._cell("pair", row)):
            return None
        text = text_of(self._cell("pair", row))
        parts = [one for one in text.replace("，", ",").replace("；", ",").replace(";", ",").split(",") if one.strip()]
        if len(parts) == 1:
            parts = text.split()
        if len(parts) != 2:
            self._say(row, _("坐标“{text}”看不懂，没有导入。请分成经度和纬度两列写。").format(text=text))
            return None
        return self._pair(row, parts[0], parts[1], _("坐标"), any_order=True)

    def _metres(self, row: int) -> Place | None:
        if "north" not in self.columns or "east" not in self.columns:
            return None
        return self._pair(row, self._cell("east", row), self._cell("north", row), _("X/Y 坐标"))

    def _cell(self, axis: Axis, row: int) -> Any:
        return self.table.columns[self.columns[axis]][row]

    def _pair(self, row: int, east: Any, north: Any, what: str, *, any_order: bool = False) -> Place | None:
        if is_blank(east) and is_blank(north):
            return None
        if is_blank(east) or is_blank(north):
            self._say(row, _("{what}只写了一半，没有导入。请补全再导入。").format(what=what))
            return None
        first, second = texts.parse_degrees(east), texts.parse_degrees(north)
        if first is None or second is None:
            text = text_of(east) if first is None else text_of(north)
            self._say(row, _("{what}里的“{text}”不是坐标，没有导入。请改好再导入。").format(what=what, text=text))
            return None
        place = texts.ordered(first, second)
        if place is None:
            words = _("{what}“{east}”和“{north}”合起来不像国内的坐标，没有导入。请核对后再导入。")
            self._say(row, words.format(what=what, east=text_of(east), north=text_of(north)))
            return None
        return place._replace(swapped=False) if any_order else place

    def _say(self, row: int, words: str, kind: ProblemKind = "skipped") -> None:
        if kind == "skipped" and row in self.keep:
            self.told.add(row)
            why = words.partition(_("，没有导入"))[0]
            words = _(
                "{why}，导入了但没有位置，图上和卡上的路线都画不出。请在它的属性里按“放到地图上”，或在名单里改好坐标再导入一次（电话或住址对得上的会补上）。"
            )
            words, kind = words.format(why=why), "repaired"
        sentence = _("{file} {name}：{words}").format(file=self.table.name, name=self.names[row], words=words)
        self.found.problems.append(Problem(self.names[row], sentence, kind, row))

    def _tell_swapped(self, flat: Sequence[tuple[int, Place]]) -> None:
        turned = [(row, one) for row, one in flat if one.swapped]
        if not turned:
            return
        metric = sum(one.metric for _row, one in turned) * 2 > len(turned)
        why = _("X 应是北坐标（7 位）") if metric else _("经度应在 73～136 之间")
        if len(turned) == len(flat):
            words = _("{name} 各行的两个坐标都写反了（{why}），已经对调。请在图上核对位置。")
            sentence = words.format(name=self.table.name, why=why)
            self.found.problems.append(Problem(_("全部 {n} 行").format(n=len(self.table)), sentence, "repaired"))
            return
        for row, _place in turned:
            self._say(row, _("两个坐标写反了（{why}），已经对调。请在图上核对位置。").format(why=why), "repaired")

    # -- moving ----------------------------------------------------------------------------------------------------

    def _moved(self, flat: Sequence[tuple[int, Place]]) -> Floats:
        written = np.array([(one.east, one.north) for _row, one in flat], dtype=float).reshape(-1, 2)
        metric = np.array([one.metric for _row, one in flat], dtype=bool)
        moved = np.full(written.shape, np.nan)
        # One list may hold eastings with and without their zone's number: each kind is judged by itself.
        zones = np.where(metric, written[:, 0] // 1e6, -1)
        for zone in np.unique(zones[metric]):
            these = zones == zone
            moved[these] = self._reference(written[these], metric=True).move(written[these])
        if (~metric).any():
            moved[~metric] = self._reference(written[~metric], metric=False).move(written[~metric])
        return moved

    def _reference(self, written: Floats, *, metric: bool) -> systems.Georeference:
        asked = self.table.asked_epsg
        asked_crs = None if asked is None or self.shift else systems.crs_of_code(asked)
        stated = stated_of(self.table, written, metric=metric, asked=asked is not None or self.shift is not None)
        self.found.evidence += [one for one in stated.evidence if one not in self.found.evidence]
        if stated.crs is not None:
            old = systems.settle(
                self.table.name,
                written,
                len(written),
                self.target,
                self.area,
                stated=stated.crs,
                stated_sentence=_("表里的文字写的是"),
            )
            self._note(old)
            return old
        if asked_crs is not None and asked_crs.is_projected == metric:
            crs, said = asked_crs, _("坐标系按您写的 {label}。")
        elif metric:
            code, why = self._zone(written)
            crs, said = systems.crs_of_code(code), _("X/Y 按 {label} 读：") + why
        else:
            crs, said = systems.crs_of_code(4490), _("经纬度按 {label} 读（与 WGS 84 相差不到 1 米）。")
            if self.shift:
                found = systems.settle(
                    self.table.name, written, len(written), self.target, self.area, stated=None, shift=self.shift
                )
                self._note(found)
                return found
        found = systems.settle(
            self.table.name, written, len(written), self.target, self.area, stated=None, asked_epsg=crs.to_epsg()
        )
        found.evidence[0] = Evidence("crs", said.format(label=systems.label_of(crs)))
        if not metric and asked_crs is None:
            hint = systems.offset_hint(written)
            found.evidence += [Evidence("shift", hint)] if hint else []
        self._note(found)
        return found

    def _note(self, found: systems.Georeference) -> None:
        self.found.label = self.found.label or found.label
        self.found.mark = self.found.mark or found.mark
        self.found.evidence += found.evidence
        self.found.problems += found.problems

    def _zone(self, written: Floats) -> tuple[int, str]:
        """The EPSG code for X/Y (east first, metres) and why; never without a reason that can be said."""
        fitting = [
            one for one in systems.guesses(written, self.target, self.area) if not one.swapped and one.share > 0.5
        ]
        prefixes = set((written[:, 0] // 1e6).astype(int).tolist())
        with_number = len(prefixes) == 1 and prefixes != {0}
        if fitting and (self.area.of_district or with_number) and len({one.epsg for one in fitting}) == 1:
            best = fitting[0]
            words = _("{title}，{share:.0%} 的点落在{area}内。请在图上核对。")
            return best.epsg, words.format(title=best.title, share=best.share, area=self.area.name)
        raise refused(
            _("{name} 的 X/Y 没有说是哪个坐标系。").format(name=self.table.name)
            + systems.guess_words(fitting, self.area),
            _("请写明后再导入（命令行写 --crs 代码），或改写成经纬度。"),
        )

    # -- judging ---------------------------------------------------------------------------------------------------

    def _settle(self, row: int, spots: Sequence[tuple[Place, tuple[float, float]]]) -> None:
        if not spots:
            self._say(row, _("没有坐标，没有导入。请补上经纬度或 X/Y 再导入。"))
            return
        east, north = spots[0][1]
        if len(spots) == 2:
            apart = float(np.hypot(east - spots[1][1][0], north - spots[1][1][1]))
            if not apart <= _SAME_PLACE:
                words = _("经纬度和 X/Y 相差 {apart:.0f} 米，不知道哪一个对，没有导入。请核对，只留对的一个。")
                self._say(row, words.format(apart=apart))
                return
        if not np.isfinite((east, north)).all():
            self._say(row, _("坐标换算不到本区的坐标系，没有导入。请核对坐标。"))
            return
        if self._far(row, spots[0][0], east, north):
            return
        self.found.points[row] = shapely.MultiPoint([(east, north)])

    def _far(self, row: int, place: Place, east: float, north: float) -> bool:
        """Whether a point is too far off to be believed; tells about those a little outside."""
        here = np.array([[east, north]])
        if self.area.share(here, NEAR) == 1:
            return False
        packed = None if place.metric else (texts.from_packed(place.east), texts.from_packed(place.north))
        if packed and packed[0] is not None and packed[1] is not None and self.area.of_district:
            spot = systems.mover(CRS.from_epsg(4490), self.target)(np.array([packed], dtype=float))
            if self.area.share(spot, NEAR) == 1:
                words = _("坐标 {lon:g}，{lat:g} 按度读在{area}外，按度分秒读（{dms}）才在区内，没有导入。请改写。")
                told = f"{dms(packed[0])}，{dms(packed[1])}"
                self._say(row, words.format(lon=place.east, lat=place.north, area=self.area.name, dms=told))
                return True
        if self.area.share(here, FAR) == 1:
            self._say(row, _("坐标在{area}外 5 公里以上，请核对。").format(area=self.area.name), "note")
            return False
        if self.table.asked_epsg is None or self.shift:
            self._say(row, _("坐标离{area}太远，多半写错了，没有导入。请核对坐标。").format(area=self.area.name))
            return True
        return False
