"""Corners of areas and lines as people list them: a table of a spreadsheet, a survey's text file, lines of a document.

A line is a corner only where its numbers can be nothing else; titles, lengths between the rows and sums are passed over
and counted, a line that looks like half a corner is refused. One table may hold several shapes, parted by a name, an
empty line, the first corner written again, or numbers that begin anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import Said, said_in
from geohazard_desktop.domain.written_degrees import marked_pair
from geohazard_desktop.exchange.coordinate_text import (
    Axis,
    Place,
    axis_columns,
    coordinate_columns,
    ordered,
    parse_degrees,
)
from geohazard_desktop.exchange.mapping import base_and_unit, key
from geohazard_desktop.exchange.units import plain
from geohazard_desktop.exchange.values import text_of

_METRES = 100_000.0  # a number from here on is one of a corner's, not a length, an area in mu or a number of order
_FEWEST = 3  # corners that make an area
_NAMES = (
    "危险区名称",
    "危险区",
    "名称",
    "区名",
    "区域",
    "区域名称",
    "地块",
    "地块名称",
    "区块",
    "区块名称",
    "图形名称",
    "name",
    "mc",
)
_NUMBERS = (
    "点号",
    "界址点号",
    "界址点",
    "拐点号",
    "拐点编号",
    "拐点",
    "点名",
    "点编号",
    "序号",
    "编号",
    "号",
    "no",
    "id",
)
_POINT = re.compile(
    r"(?:[A-Za-z]{0,4}[-_]?\d{1,5}(?:[-_.]\d{1,4})*|[A-Za-z]|(?:界址|拐|控制|角|边界|测)?点\s*[A-Za-z]?\d+|\d+[号#]点?|[①-⑳])"
)
_LEADING_POINT = re.compile(rf"^\s*{_POINT.pattern}\s*[:：、,，;；\t ]\s*")
_UNIT_WORDS = re.compile(r"[XYNSEWxynsewLBlb东西南北经纬度分秒坐标高斯米mM]")
_SUMS = re.compile(r"面积|周长|边长|合计|总计|小计|距离|亩|平方|公顷|km2|m2|㎡")
_NO_CORNERS = re.compile(r"中心点?(?:坐标|位置|[:：])|重心|质心|形心|平移|坐标原点")  # places, but none of an outline
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_TITLE_ENDS = re.compile(
    r"[（(].*$|(?:拐点|界址点|控制点|边界)?(?:坐标)(?:成果|一览)?(?:表)?$|[:：]$|^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*"
)
_BRACKETS = str.maketrans("【】", "[]")  # some programs write the survey file of the state with them
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Corner:
    """`line` counts from 1; `text` are its two numbers as written (north first where a heading says so), `place` the
    same as numbers, east first; `number` is the point's name, `ring` 1 for the outline, from 2 on for holes."""

    line: int
    text: str
    place: Place
    number: str = ""
    ring: int = 1


@dataclass(slots=True)
class Part:
    """One shape. A ring that was written closed still holds its first corner twice."""

    name: str = ""
    rings: list[list[Corner]] = field(default_factory=list)

    @property
    def corners(self) -> list[Corner]:
        return [one for ring in self.rings for one in ring]


@dataclass(slots=True)
class CornerList:
    """`said` is what titles and headings say of the coordinates; `passed` the lines (from 1) that hold no corner."""

    parts: list[Part] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    passed: list[int] = field(default_factory=list)

    @property
    def corners(self) -> list[Corner]:
        return [one for part in self.parts for one in part.corners]


def corner_list(lines: Sequence[str] | Sequence[Sequence[Any]], *, closed: bool = True, words: str = "") -> CornerList:
    """The shapes of a list; `lines` of text, or rows of cells. `closed`: areas are listed, so a first corner that comes
    again ends one. `words` are others about the coordinates, such as the file's name.

    Raises EditRefused naming the line that is half a corner, or that holds two.
    """
    reading = _Reading(closed)
    for number, line in enumerate(lines, 1):
        cells = line if isinstance(line, str) else [text_of(one) for one in line]
        if not isinstance(cells, str) and sum(map(bool, cells)) == 1:
            cells = next(filter(None, cells))  # parted by blanks within one cell
        reading.take(number, cells)
    reading.end()
    return CornerList(reading.parts, said_in("\n".join([words, *reading.words])), reading.passed)


class _Reading:
    def __init__(self, closed: bool) -> None:
        self.parts: list[Part] = []
        self.words: list[str] = []
        self.passed: list[int] = []
        self._closed = closed
        self._axes: dict[Axis, int] = {}
        self._name_column: int | None = None
        self._number_column: int | None = None
        self._part = Part()
        self._name = ""
        self._gap = False  # a line that is no corner stood since the last one

    def take(self, number: int, line: str | list[str]) -> None:
        text = line if isinstance(line, str) else "\t".join(line)
        cells = _cells(line) if isinstance(line, str) else [one.strip() for one in line]
        if not text.strip():
            self._gap = True
            return
        found = None if self._closed and _NO_CORNERS.search(text) else _corner(number, text, cells, self._axes)
        if found is None:
            self._pass(number, text, cells)
            return
        place, words, used = found
        name = self._cell(cells, self._name_column)
        own = cells[0] if self._bracketed else self._cell(cells, self._number_column) or _point_name(cells, used)
        if not name and self._name_column is None and used:
            name = next(
                (one for at, one in enumerate(cells[: min(used)]) if _HAN.search(one) and not _is_point(one)), ""
            )
        ring = 1
        if len(used) == 2 and min(used) == 2 and cells[1].isdigit() and self._bracketed:
            ring = max(1, int(cells[1]))
        self._add(Corner(number, words, place, own, ring), name)

    _bracketed = False  # the state's form of survey files: [地块坐标]
    _parcel = False  # its shapes begin with a line that ends with @: whatever stands below it belongs to one

    def _pass(self, number: int, text: str, cells: list[str]) -> None:
        stripped = text.strip().translate(_BRACKETS)
        if stripped.startswith("["):
            self._bracketed = self._bracketed or "坐标" in stripped
            self.words.append(stripped)
            return
        if self._bracketed and stripped.rstrip(",，").endswith("@"):
            self._close()
            self._parcel = True
            self._name = cells[3] if len(cells) > 3 else ""
            return
        axes = axis_columns(cells)
        if axes:
            self._head(number, cells, axes)
        elif _is_half(text, cells):
            raise EditRefused(
                _("第 {number} 行“{line}”不是坐标，一个点都没有取。").format(number=number, line=_short(text)),
                _("请每行写一个点，如“4372020.00 36388840.00”（X 北 Y 东），前面可以有点号。"),
            )
        else:
            name = _name_of(text)
            if name:
                self._name = name
                self._gap = True
        if _HAN.search(stripped) or re.search(r"[A-Za-z]{2}|[XYxy]\s*\(", stripped):
            self.words.append(stripped)
        self.passed.append(number)

    def _head(self, number: int, cells: list[str], axes: dict[Axis, int]) -> None:
        """A heading: where the coordinates stand. Below a further one a new shape begins."""
        headings = [(key(one), base_and_unit(one)[0]) for one in cells]
        if any(sum(axis in coordinate_columns([one]) for one in cells) > 1 for axis in axes):
            raise EditRefused(
                _("第 {number} 行的表头里有两套坐标，不知道读哪一套。").format(number=number),
                _("请只留一套坐标的列再来。"),
            )
        if self._part.rings:
            self._close()
        self._axes = axes

        def column(words: Sequence[str]) -> int | None:
            order = [at for word in words for at, one in enumerate(headings) if word in one]
            return next((at for at in order if at not in axes.values()), None)

        self._name_column, self._number_column = column(_NAMES), column(_NUMBERS)

    def _cell(self, cells: list[str], column: int | None) -> str:
        return cells[column] if column is not None and column < len(cells) else ""

    def _add(self, corner: Corner, name: str) -> None:
        last = self._part.corners[-1] if self._part.rings else None
        parted = last is not None and self._parts_here(last, corner, name)
        if parted and not self._parcel:
            self._close()
            last = None
        if last is None:
            self._part = Part(name or self._name)
        if name:
            self._part.name = name
        rings = self._part.rings
        if not rings or parted or corner.ring != rings[-1][-1].ring:
            rings.append([])
        rings[-1].append(corner)
        self._gap = False
        self._name = name

    def _parts_here(self, last: Corner, corner: Corner, name: str) -> bool:
        if name and self._part.name and name != self._part.name:
            return True
        if corner.ring != last.ring:
            return False  # a hole, or the next ring, of the same shape
        ring = self._part.rings[-1]
        if self._closed and len(ring) > _FEWEST and _same(ring[0].place, last.place):
            return True
        own, before = _order(corner.number), _order(last.number)
        if own is not None and before is not None and corner.number != last.number:  # else it numbers no points
            begins_anew = corner.number == ring[0].number and not _same(corner.place, ring[0].place)
            return (
                (begins_anew or own <= before)
                and len(ring) >= (_FEWEST if self._closed else 2)
                and (not _same(corner.place, ring[0].place))
            )
        return self._gap and len(ring) >= (_FEWEST if self._closed else 2) and not _same(corner.place, ring[0].place)

    def _close(self) -> None:
        if self._part.rings:
            self.parts.append(self._part)
        self._part = Part()

    def end(self) -> None:
        self._close()


def _corner(
    number: int, text: str, cells: list[str], axes: dict[Axis, int]
) -> tuple[Place, str, tuple[int, ...]] | None:
    """The place of a line, its two numbers as written, and in which cells they stand."""
    for first, second in (("north", "east"), ("latitude", "longitude")):
        if first in axes and second in axes:
            at, beside = axes[first], axes[second]
            if max(at, beside) < len(cells):
                found = _placed(cells[at], cells[beside])
                exact = all("." in one or re.search(r"[°度]", one) for one in (cells[at], cells[beside]))
                if found is not None and (found.metric or exact):
                    return found, f"{_bare(cells[at])} {_bare(cells[beside])}", (at, beside)
    values = {at: value for at, one in enumerate(cells) if (value := _number(one)) is not None}
    large = [at for at, value in values.items() if abs(value) >= _METRES and _is_metric(value)]
    pairs = [(a, b) for a, b in pairwise(large) if ordered(values[b], values[a]) is not None]
    if len(pairs) > 1:
        raise EditRefused(
            _("第 {number} 行“{line}”里有两对坐标，不知道读哪一对。").format(number=number, line=_short(text)),
            _("请只留一套坐标的列再来。"),
        )
    marked = [at for at in values if re.search(r"[°度º˚]", cells[at])]
    whole = [] if pairs else [parse_degrees(one.text) for one in marked_pair(plain(text)) or ()]
    if whole and whole == [values[at] for at in marked]:  # else parts of the angles stand in cells of their own
        pairs = [(marked[0], marked[1])]
    for a, b in pairs:
        place = ordered(values[b], values[a])
        if place is not None:
            return place, f"{_bare(cells[a])} {_bare(cells[b])}", (a, b)
    return _of_line(text, cells, values)


def _of_line(text: str, cells: list[str], values: dict[int, float]) -> tuple[Place, str, tuple[int, ...]] | None:
    """Degrees in a line that holds nothing but them and a point's name."""
    if re.search(r"\d\s*[°度º˚]", text) and marked_pair(plain(text)) is None:
        return None
    bodies = [text, _LEADING_POINT.sub("", text, count=1)]
    bodies += [" ".join(cells[at:]) for at in (1, 2) if at < len(cells) and all(map(_is_point, cells[:at]))]
    for body in bodies:
        if re.search(r"[^\W\d_]", _UNIT_WORDS.sub("", plain(body))):
            continue
        halves = _halves(body)
        if halves is not None and (place := _placed(halves[1], halves[0])) is not None:
            return Place(place.east, place.north, place.metric), f"{_bare(halves[0])} {_bare(halves[1])}", ()
    letters = re.search(r"[^\W\d_]", _UNIT_WORDS.sub("", plain(_LEADING_POINT.sub("", text, count=1))))
    for a, b in pairwise(values):
        exact = all("." in cells[at] or re.search(r"[°度]", cells[at]) for at in (a, b))
        if exact and not letters and b == a + 1 and (place := ordered(values[b], values[a])) is not None:
            return place, f"{_bare(cells[a])} {_bare(cells[b])}", (a, b)
    return None


def _halves(body: str) -> tuple[str, str] | None:
    body = plain(body).replace("′′", "″")
    marked = marked_pair(body)
    if marked is not None:
        return marked[0].text, marked[1].text
    numbers = re.findall(
        r"(?<![\d.])-?\d+(?:\.\d+)?", re.sub(r"(?<=\d)[ \u2009\u00a0\u202f](?=\d{3}(?:\D|$))", "", body)
    )
    if len(numbers) == 2 and all("." in one or abs(float(one)) >= _METRES for one in numbers):
        return numbers[0], numbers[1]
    if "°" in body or "度" in body:
        return None
    numbers = re.findall(r"\d+(?:\.\d+)?", body)
    if len(numbers) in (4, 6):
        half = len(numbers) // 2
        return " ".join(numbers[:half]), " ".join(numbers[half:])
    return None


def _cells(line: str) -> list[str]:
    # 4,372,020.00: marks of thousands are no separators.
    line = re.sub(r"(?<=\d),(?=\d{3}(?:,\d{3})*\.\d)", "", line)
    for mark in ("\t", ";", "；", ",", "，", "|", None):
        cells = [one.strip() for one in line.split(mark)]
        if len(cells) > 1:
            return cells
    return [line.strip()]


def _bare(cell: str) -> str:
    """The number as `read_coordinates` takes it: without X= and a unit behind."""
    return re.sub(r"^[XYxyBLbl纵横北东]\s*(?:坐标)?\s*[=:：]\s*|\s*(?:m|米)$", "", cell.strip()).replace(",", "")


def _number(cell: str) -> float | None:
    return parse_degrees(_bare(cell)) if cell else None


def _placed(first: str, second: str) -> Place | None:
    north, east = _number(first), _number(second)
    return None if north is None or east is None else ordered(east, north)


def _is_metric(value: float) -> bool:
    return ordered(value, 4_000_000.0) is not None or ordered(500_000.0, value) is not None


def _is_half(text: str, cells: list[str]) -> bool:
    """Whether a line that is no corner seems meant as one: a number as large as a coordinate's, two numbers after a
    point's name, a degree with minutes."""
    if _SUMS.search(text):
        return False
    if _NO_CORNERS.search(text) or re.search(r"\d[°′″度分秒\s]*[～~至]", text):  # an extent is none either
        return False
    worded = _HAN.search(_UNIT_WORDS.sub("", text)) is not None
    for cell in cells:
        value = _number(cell)
        if value is None or abs(value) < _METRES or not _is_metric(value):
            continue
        # Beside words a whole number of six digits is an area's code, one of eight may be a date.
        if not worded or "." in cell or (value >= 1e6 and not _DATE.fullmatch(cell)):
            return True
    # A letter O or l among the digits: still as long as a coordinate.
    if any(re.fullmatch(r"[\dOoIl.,]{7,}", one) and re.search(r"\d{4}", one) and _number(one) is None for one in cells):
        return True
    if worded:
        return False
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    date = re.fullmatch(r"\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*", text)
    lettered = re.search(r"[A-Za-z]{3}", text)
    return not date and not lettered and len(numbers) - bool(_LEADING_POINT.match(text)) >= 2


def _point_name(cells: list[str], used: tuple[int, ...]) -> str:
    before = cells[: min(used)] if used else cells[:1]
    return next((one for one in reversed(before) if one and _is_point(one)), "") if used or len(cells) > 2 else ""


def _is_point(cell: str) -> bool:
    return _POINT.fullmatch(cell) is not None


def _order(name: str) -> int | None:
    found = re.findall(r"\d+", name)
    return int(found[-1]) if found else None


def _name_of(text: str) -> str:
    """What a title calls the shape below it: 甲沟危险区 of 二、甲沟危险区拐点坐标表; "" where it names none."""
    words = list(dict.fromkeys(one for one in re.split(r"[\t,，]+", text.strip()) if one))  # merged cells say it again
    if (
        len(words) != 1
        or _SUMS.search(text)
        or said_in(text) != Said()
        or re.search(r"坐标系|带|中央|基准|单位|日期|比例|年|系统|高程|[=]", text)
    ):
        return ""
    name = words[0]
    for _round in range(3):
        name = _TITLE_ENDS.sub("", name).strip()
    return name if _HAN.search(name) and len(name) <= 40 and not re.search(r"[:：。；;]|\d{4}", name) else ""


def _same(one: Place, other: Place) -> bool:
    return one.east == other.east and one.north == other.north


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 30 else words[:30] + "…"
