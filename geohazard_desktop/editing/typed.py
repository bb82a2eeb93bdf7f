"""Typed places while drawing, as in CAD: relative, polar, a length along the pointer, a bearing to hold, coordinates.

`94°30′ 120`, `方位90 距离200` and `@120<94.5` are a bearing, clockwise from grid north, and metres; `@30,40` is 30 m
east and 40 m north; `120` along the pointer; `<94.5` holds the bearing of the next side; `<+90` or `@50<右90` counts
from the last side (right is clockwise); `120×80` sides of a rectangle; `8边` sides of a regular polygon; anything else
is read as coordinates (`coordinates.py`). It is shown before it is taken.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import at_bearing, bearing, planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import parse_bearing, parse_length, side_words
from geohazard_desktop.editing.coordinates import Reading, read_coordinates
from geohazard_desktop.editing.far_places import outside_words
from geohazard_desktop.editing.judgement import bearing_words, length_words
from geohazard_desktop.editing.tool import Bounds, Place, rounded

if TYPE_CHECKING:
    from geohazard_desktop.editing.draw import DrawTool
    from geohazard_desktop.editing.measure import MeasureTool

LONGEST_M = 100_000.0  # a single number beyond is half of a pair of coordinates, no side
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_POLAR = re.compile(r"^@?\s*([^<@]+)<(.+)$")
_OFFSET = re.compile(rf"^@\s*({_NUMBER})\s*[,\s]\s*({_NUMBER})$")
_LABELLED = re.compile(rf"^@\s*X\s*=?\s*({_NUMBER})\s*[,\s]*\s*Y\s*=?\s*({_NUMBER})$", re.IGNORECASE)
_SIZE = re.compile(r"^(\d+(?:\.\d+)?)\s*[×xX*]\s*(\d+(?:\.\d+)?)$")
_SIDES = re.compile(r"^(\d+)\s*条?边$")
_LENGTH = r"(?P<length>\d+(?:\.\d+)?\s*(?:m|米|km|千米|公里)?)"
_PAIR = re.compile(rf"^(?P<bearing>\d+(?:\.\d+)?(?:\s*[°度d][^,]*?)?)\s*[,\s]\s*{_LENGTH}$", re.IGNORECASE)
_NAMED = re.compile(
    rf"^方(?:位角?|向角?)\s*[:=]?\s*(?P<bearing>.+?)\s*[,;]?\s*(?:距离?|长度?|边长)\s*[:=]?\s*{_LENGTH}$", re.IGNORECASE
)
_NAMED_BACK = re.compile(
    rf"^(?:距离?|长度?|边长)\s*[:=]?\s*{_LENGTH}\s*[,;]?\s*方(?:位角?|向角?)\s*[:=]?\s*(?P<bearing>.+?)$", re.IGNORECASE
)
_TURN = re.compile(r"^(\+|-|左|右)\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text means now. One of `place` (the next corner), `bearing` (held for the next side), `sides`.

    `words` say how it was read, `warnings` what looks wrong with it.
    """

    words: str
    place: Place | None = None
    bearing: float | None = None
    sides: int | None = None
    warnings: tuple[str, ...] = ()
    measured: bool = False  # the words say bearing and distance already


@dataclass(frozen=True, slots=True)
class Ground:
    """Where typed places are looked at: the CRS, the box of all layers, and the district (None: not known)."""

    epsg: int
    bounds: Bounds | None = None
    district: BaseGeometry | None = None


def read_typed(text: str, ground: Ground, stroke: "DrawTool | MeasureTool | None") -> list[Typed]:
    """All readings of `text`, likeliest first. `stroke` is what is being drawn; without one only coordinates are read.

    Raises EditRefused with what can be typed when nothing fits.
    """
    plain = _plain(text)
    relative = _relative(plain, text, stroke)
    if relative is not None:
        return [_warned(relative, ground, stroke)]
    side = _side(plain, stroke)
    if side is not None:
        side = _warned(side, ground, stroke)
    try:
        readings = read_coordinates(text, ground.epsg, bounds=ground.bounds)
    except EditRefused:
        if side is None:
            raise
        return [side]
    found = [_absolute(one, text, ground, stroke) for one in readings]
    if side is None:
        return found
    # 106.7 39.5 is a place of this district rather than a side; 90 50 is no place anybody works at.
    return [*found, side] if any(_inside(one.place, ground.bounds) for one in found) else [side, *found]


def _inside(place: Place | None, bounds: Bounds | None) -> bool:
    if place is None or bounds is None:
        return True
    return bounds[0] <= place[0] <= bounds[2] and bounds[1] <= place[1] <= bounds[3]


def _side(plain: str, stroke: "DrawTool | MeasureTool | None") -> Typed | None:
    """A bearing and a length as people write them in a traverse: 90 200; 94°30′ 120; 方位90 距离200."""
    named = _NAMED.match(plain) or _NAMED_BACK.match(plain)
    pair = _PAIR.match(plain)
    found = named or pair
    if found is None or stroke is None or stroke.kind == "point":
        return None
    if not stroke.places:
        if named is None:
            return None
        raise EditRefused(
            _("还没有第一点，“{text}”没有起点。").format(text=plain), _("请先单击定第一点，或键入它的坐标。")
        )
    if named is None and not 0.0 <= float(re.match(r"[\d.]+", plain).group()) <= 360.0:  # type: ignore[union-attr]
        return None
    try:
        degrees, metres = parse_bearing(found["bearing"]), parse_length(found["length"])
    except EditRefused:
        if named is None:
            return None
        raise
    if named is None and metres > LONGEST_M:
        return None
    return _polar_side(stroke.places[-1], degrees, metres)


def _polar_side(start: Place, degrees: float, metres: float) -> Typed:
    towards = (_("正北"), _("东北"), _("正东"), _("东南"), _("正南"), _("西南"), _("正西"), _("西北"))
    words = _("从上一点量：方位角 {bearing}（从正北顺时针，朝{towards}），{length:.2f} 米").format(
        bearing=bearing_words(degrees), towards=towards[round(degrees / 45.0) % 8], length=metres
    )
    return Typed(words, rounded(at_bearing(start, degrees, metres)), measured=True)


def _relative(plain: str, text: str, stroke: "DrawTool | MeasureTool | None") -> Typed | None:
    """The relative forms; None where the text is none of them."""
    sides, size = _SIDES.match(plain), _SIZE.match(plain)
    if sides or size or plain.startswith("@") or "<" in plain or _single(plain):
        if stroke is None or stroke.kind == "point":
            raise EditRefused(
                _("现在没有在画线或面，“{text}”没有起点。").format(text=text.strip()),
                _("请键入坐标，如 106.7079, 39.4745。"),
            )
        if sides:
            return _of_sides(int(sides.group(1)), stroke)
        if not stroke.places:
            raise EditRefused(
                _("还没有第一点，“{text}”没有起点。").format(text=text.strip()),
                _("请先单击定第一点，或键入它的坐标。"),
            )
        if size:
            return _of_size(float(size.group(1)), float(size.group(2)), stroke)
        return _from_last(plain, text, stroke)
    return None


def _from_last(plain: str, text: str, stroke: "DrawTool | MeasureTool") -> Typed:
    start = stroke.places[-1]
    offset, labelled, polar = _OFFSET.match(plain), _LABELLED.match(plain), _POLAR.match(plain)
    if offset or labelled:
        east, north = _offsets(offset, labelled)
        words = _("向{ew} {east:.2f} 米，向{ns} {north:.2f} 米").format(
            ew=_("东") if east >= 0 else _("西"),
            east=abs(east),
            ns=_("北") if north >= 0 else _("南"),
            north=abs(north),
        )
        return Typed(words, rounded((start[0] + east, start[1] + north)))
    if plain.startswith("<"):
        degrees = _direction(plain[1:], stroke.places)
        return Typed(
            _("下一边的方位角定为 {bearing}，单击定长").format(bearing=bearing_words(degrees)), bearing=degrees
        )
    if polar:
        degrees, metres = _direction(polar.group(2), stroke.places), parse_length(polar.group(1))
        return _polar_side(start, degrees, metres)
    if plain.startswith("@"):
        raise EditRefused(
            _("“{text}”看不懂。").format(text=text.strip()),
            _("请写方位角和距离，如 94.5 120 或 @120<94.5；或 @东移,北移，如 @30,40。"),
        )
    metres = parse_length(plain)
    if metres > LONGEST_M:
        raise EditRefused(
            _("“{text}”只有一个数，像半个坐标。").format(text=text.strip()), _("请把 X 和 Y 都写上，中间用逗号或空格。")
        )
    pointer = stroke.pointer or start
    if not stroke.way.whole and pointer == start:
        raise EditRefused(
            _("还不知道往哪边量 {length}。").format(length=length_words(metres)), _("请先把鼠标指向那边。")
        )
    place = stroke.way.at_length(stroke.places, pointer, metres)
    if stroke.way.whole:
        return Typed(_("{way}：{length:.2f} 米").format(way=stroke.way.title, length=metres), place, measured=True)
    words = _("沿鼠标方向 {bearing}，{length:.2f} 米")
    return Typed(words.format(bearing=bearing_words(bearing(start, place)), length=metres), place, measured=True)


def _offsets(offset: "re.Match[str] | None", labelled: "re.Match[str] | None") -> tuple[float, float]:
    """East and north. Without letters as in CAD, east first; X and Y are the survey's, X north."""
    if offset is not None:
        return float(offset.group(1)), float(offset.group(2))
    assert labelled is not None
    return float(labelled.group(2)), float(labelled.group(1))


def _direction(text: str, places: Sequence[Place]) -> float:
    """A bearing, or an angle from the last side: + or 右 clockwise, - or 左 counter-clockwise."""
    turn = _TURN.match(text.strip())
    if turn is None:
        return parse_bearing(text)
    if len(places) < 2:
        raise EditRefused(_("还没有上一边，量不出“{text}”。").format(text=text.strip()), _("请写方位角，如 <94.5。"))
    degrees = parse_bearing(turn.group(2))
    sign = -1.0 if turn.group(1) in ("-", "左") else 1.0
    return (bearing(places[-2], places[-1]) + sign * degrees) % 360.0


def _of_sides(sides: int, stroke: "DrawTool | MeasureTool") -> Typed:
    if stroke.way.key != "regular_polygon":
        raise EditRefused(
            _("现在的画法是{way}，没有边数。").format(way=stroke.way.title), _("请先选正多边形（键 B）。")
        )
    return Typed(_("改成正 {sides} 边形").format(sides=sides), sides=sides)


def _of_size(width: float, height: float, stroke: "DrawTool | MeasureTool") -> Typed:
    """A rectangle's sides, east-west first, on the pointer's side of the first corner."""
    if stroke.way.key != "rectangle":
        raise EditRefused(
            _("现在的画法是{way}，不能键入长×宽。").format(way=stroke.way.title), _("请先选矩形（键 R）。")
        )
    start, pointer = stroke.places[0], stroke.pointer or stroke.places[0]
    east = -width if pointer[0] < start[0] else width
    north = -height if pointer[1] < start[1] else height
    words = _("矩形：东西 {width:.2f} 米 × 南北 {height:.2f} 米").format(width=width, height=height)
    return Typed(words, rounded((start[0] + east, start[1] + north)))


def _absolute(reading: Reading, text: str, ground: Ground, stroke: "DrawTool | MeasureTool | None") -> Typed:
    found = Typed(reading.words, (reading.east, reading.north))
    swapped = _order_warning(reading, _plain(text))
    warned = _warned(found, ground, stroke)
    return Typed(warned.words, warned.place, warnings=(*swapped, *warned.warnings))


def _order_warning(reading: Reading, plain: str) -> tuple[str, ...]:
    """Survey coordinates are X north, Y east, north first: said where the text has them the other way round."""
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", plain)]
    if "°" in plain or len(numbers) != 2 or min(numbers) < 1000.0:
        return ()
    labels = [one.upper() for one in re.findall(r"[XYxy]", plain)]
    x = numbers[1] if labels[:1] == ["Y"] else numbers[0]
    y = numbers[0] if x is numbers[1] else numbers[1]
    if abs(x - reading.north) <= abs(y - reading.north):
        return ()
    if labels:
        return (_("X 和 Y 好像写反了：X 是北（七位数），Y 是东。已按对的读，请核对。"),)
    return (_("先写的是东。测量坐标先写 X 北，再写 Y 东；请核对没有写反。"),)


def _warned(typed: Typed, ground: Ground, stroke: "DrawTool | MeasureTool | None") -> Typed:
    if typed.place is None:
        return typed
    words, warnings = typed.words, list(typed.warnings)
    if stroke is not None and stroke.places and not typed.measured:
        words += "\n" + _("距上一点：{side}").format(side=side_words(stroke.places[-1], typed.place))
    outside = outside_words(ground.district, [typed.place])
    if outside:
        warnings.append(outside)
    if stroke is not None and any(planar_distance(one, typed.place) < 1e-3 for one in stroke.places):
        warnings.append(_("这里已经有一个拐点。"))
    return Typed(words, typed.place, warnings=tuple(warnings))


def _single(plain: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?\s*(m|米|km|千米|公里)?", plain, re.IGNORECASE) is not None


def _plain(text: str) -> str:
    """Full-width signs as plain ones, without white space around."""
    return unicodedata.normalize("NFKC", text).replace("、", ",").replace("〈", "<").replace("∠", "<").strip()
