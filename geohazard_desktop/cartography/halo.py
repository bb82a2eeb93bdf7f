"""The white halo around a name as an area: the outline of its characters grown by the halo's width.

A stroked copy of the text looks the same, but whoever sets the page shapes and outlines it anew for every name,
which took a fifth of the time of a household's card. Characters come back on every map, so their halos are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby
from math import cos, radians, sin

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.label_text import Glyphs
from geohazard_desktop.cartography.strips import Floats

_ARC = 4  # segments of a quarter circle: off by a fiftieth of the halo
# Its edge is white on a map and needs no finer line than a printer's dot; nor does it follow each nook between strokes.
# Half the corners, in what is the longest path of a household's map.
_TOLERANCE_MM, _NOOK_MM = 0.05, 0.3
_STRAIGHT_DEGREES, _STRAIGHT_MM = 0.2, 0.08  # less than what anybody sees of a character out of line
_SIGNS = "·—、。，：；（）《》“”〔〕．…－～"


@lru_cache(maxsize=8192)
def _known(character: str, family: str, bold: bool) -> bool:
    """A sign that stands by itself, whatever its neighbours are, and that the map's own font has."""
    code = ord(character)
    alone = 0x20 <= code < 0x7F or _han(character) or character in _SIGNS
    return alone and fonts.has(character, family, bold)


def _han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF


def has_halo(glyphs: Glyphs) -> bool:
    """Whether the outline of this line is known beforehand: one level run of signs that are not shaped together."""
    return not glyphs.curved and not glyphs.slant and _all_known(glyphs.text, glyphs.family, glyphs.bold)


@lru_cache(maxsize=8192)
def _all_known(text: str, family: str, bold: bool) -> bool:
    return all(_known(one, family, bold) for one in text)


def stands_alone(glyphs: Glyphs) -> bool:
    """Whether any page setter puts each character where the map has it: full-width signs are squeezed by some."""
    return has_halo(glyphs) and not any(one in _SIGNS for one in glyphs.text) and glyphs.text == glyphs.text.strip()


@dataclass(frozen=True, slots=True)
class Turned:
    """How a page sets a name along a straight line as one piece: turned by `angle` degrees clockwise about the start of
    its baseline, with `tracking` ems between its characters."""

    angle: float
    tracking: float


@lru_cache(maxsize=512)
def turned(glyphs: Glyphs) -> Turned | None:
    """The characters of a name along a line as one piece of text; None where the line bends, where they stand upright
    below each other, or where their outlines are not known beforehand."""
    runs = glyphs.runs
    if len(runs) < 2 or glyphs.slant or glyphs.text != glyphs.text.strip():
        return None
    start, angle = runs[0], runs[0].angle
    if any(abs(one.angle - angle) > _STRAIGHT_DEGREES for one in runs):
        return None
    if not all(_known(one.text, glyphs.family, glyphs.bold) and one.text not in _SIGNS for one in runs):
        return None
    across, down = cos(radians(angle)), sin(radians(angle))
    natural, places = 0.0, []
    for one in runs:
        right, below = one.x - start.x, one.y - start.y
        if abs(below * across - right * down) > _STRAIGHT_MM:
            return None
        places.append((natural, right * across + below * down))
        natural += fonts.width_em(one.text, glyphs.family, glyphs.bold) * glyphs.size
    tracking = (places[-1][1] - places[-1][0]) / (len(runs) - 1)
    if any(abs(along - wanted - number * tracking) > _STRAIGHT_MM for number, (wanted, along) in enumerate(places)):
        return None
    return Turned(angle, tracking / glyphs.size)


@lru_cache(maxsize=512)
def turned_halo_data(glyphs: Glyphs, halo: float) -> str:
    """As `halo_data`, of a line that `turned` takes as one piece."""
    parts: list[str] = []
    for run in glyphs.runs:
        across, down = cos(radians(run.angle)), sin(radians(run.angle))
        turn = np.array([(across, down), (-down, across)])
        for ring in _ring_points(run.text, glyphs.family, glyphs.bold, round(glyphs.size, 4), round(halo, 3)):
            whole = np.rint(ring @ turn + (run.x * 100, run.y * 100)).astype(np.int64)
            x, y = whole[0].tolist()
            parts.append(f"M{x} {y}{_steps(whole)}")
    return "".join(parts)


def halo_data(glyphs: Glyphs, halo: float) -> str:
    """SVG path data in hundredths of a mm of the halo of a line for which `has_halo`; `halo` is its width in mm. All
    rings of several lines may stand in one path with the fill rule `nonzero`."""
    run = glyphs.runs[0]
    return _halo_at(run.text, run.x, run.y, glyphs.family, glyphs.bold, glyphs.size, halo)


@lru_cache(maxsize=512)
def _halo_at(text: str, left: float, base: float, family: str, bold: bool, em: float, halo: float) -> str:
    """On the maps of one frame a name mostly stands in one place."""
    size = round(em, 4)
    y = round(base * 100)
    parts: list[str] = []
    for piece, before in _pieces(text, family, bold):
        x = round((left + before * em) * 100)
        for dx, dy, steps in _rings(piece, family, bold, size, round(halo, 3)):
            parts.append(f"M{x + dx} {y + dy}{steps}")
    return "".join(parts)


@lru_cache(maxsize=8192)
def _pieces(text: str, family: str, bold: bool) -> Sequence[tuple[str, float]]:
    """Chinese characters one by one, anything else by the run, within which letters are kerned; each with the ems that
    stand before it."""
    found, before = [], 0.0
    for han, run in groupby(text, key=_han):
        for piece in run if han else ("".join(run),):
            found.append((piece, before))
            before += fonts.width_em(piece, family, bold)
    return tuple(found)


@lru_cache(maxsize=8192)
def _rings(text: str, family: str, bold: bool, size: float, halo: float) -> Sequence[tuple[int, int, str]]:
    """Start and steps of each ring, in hundredths of a mm from the start of the baseline."""
    found = []
    for ring in _ring_points(text, family, bold, size, halo):
        whole = np.rint(ring).astype(np.int64)
        x, y = whole[0].tolist()
        found.append((x, y, _steps(whole)))
    return tuple(found)


def _steps(whole: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> str:
    """The rest of a ring whose first corner was written."""
    steps = np.diff(whole, axis=0).ravel().tolist()
    return f"l{' '.join(map(str, steps))}z".replace(" -", "-")


@lru_cache(maxsize=8192)
def _ring_points(text: str, family: str, bold: bool, size: float, halo: float) -> Sequence[Floats]:
    """The corners of each ring, (K, 2) in hundredths of a mm from the start of the baseline, the first not repeated."""
    inked = _inked(text, family, bold)
    if inked.is_empty:
        return ()
    placed = shapely.transform(inked, lambda places: places * size / 100)
    grown = shapely.buffer(shapely.buffer(placed, halo + _NOOK_MM, quad_segs=_ARC), -_NOOK_MM, quad_segs=_ARC)
    simple = shapely.simplify(grown, _TOLERANCE_MM)
    found = []
    for part in shapely.get_parts(simple).tolist():
        # Holes run the other way round, so that they stay open where rings are filled together.
        ordered = orient(part)
        for ring in (ordered.exterior, *ordered.interiors):
            found.append(shapely.get_coordinates(ring)[:-1] * 100)
    return tuple(found)


@lru_cache(maxsize=4096)
def _inked(text: str, family: str, bold: bool) -> BaseGeometry:
    """What ink covers, at 100 units an em."""
    corners = [
        [(polygon.at(number).x(), polygon.at(number).y()) for number in range(polygon.size())]
        for polygon in fonts.outline(text, family, bold).simplified().toSubpathPolygons()
    ]
    rings = [Polygon(one) for one in corners if len(one) > 3]
    rings = [one if one.is_valid else one.buffer(0) for one in rings]
    rings.sort(key=lambda one: -one.area)
    return reduce(shapely.symmetric_difference, rings, Polygon())
