"""The white halo around a name as an area: the outline of its characters grown by the halo's width.

A stroked copy of the text looks the same, but whoever sets the page shapes and outlines it anew for every name,
which took a fifth of the time of a household's card. Characters come back on every map, so their halos are kept.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.label_text import Glyphs

_ARC = 4  # segments of a quarter circle: off by a fiftieth of the halo
_TOLERANCE_MM = 0.02
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
    level = not glyphs.curved and not glyphs.slant
    return level and all(_known(one, glyphs.family, glyphs.bold) for one in glyphs.text)


def stands_alone(glyphs: Glyphs) -> bool:
    """Whether any page setter puts each character where the map has it: full-width signs are squeezed by some."""
    return has_halo(glyphs) and not any(one in _SIGNS for one in glyphs.text) and glyphs.text == glyphs.text.strip()


def halo_data(glyphs: Glyphs, halo: float) -> str:
    """SVG path data in hundredths of a mm of the halo of a line for which `has_halo`; `halo` is its width in mm. All
    rings of several lines may stand in one path with the fill rule `nonzero`."""
    run = glyphs.runs[0]
    left, base = run.x, run.y
    parts: list[str] = []
    for piece in _pieces(run.text):
        x, y = round(left * 100), round(base * 100)
        for dx, dy, steps in _rings(piece, glyphs.family, glyphs.bold, round(glyphs.size, 4), round(halo, 3)):
            parts.append(f"M{x + dx} {y + dy}{steps}")
        left += fonts.width_em(piece, glyphs.family, glyphs.bold) * glyphs.size
    return "".join(parts)


def _pieces(text: str) -> Iterator[str]:
    """Chinese characters one by one, anything else by the run, within which letters are kerned."""
    for han, run in groupby(text, key=_han):
        if han:
            yield from run
        else:
            yield "".join(run)


@lru_cache(maxsize=8192)
def _rings(text: str, family: str, bold: bool, size: float, halo: float) -> Sequence[tuple[int, int, str]]:
    """Start and steps of each ring, in hundredths of a mm from the start of the baseline."""
    inked = _inked(text, family, bold)
    if inked.is_empty:
        return ()
    grown = shapely.buffer(shapely.transform(inked, lambda places: places * size / 100), halo, quad_segs=_ARC)
    simple = shapely.simplify(grown, _TOLERANCE_MM)
    found = []
    for part in shapely.get_parts(simple).tolist():
        # Holes run the other way round, so that they stay open where rings are filled together.
        turned = orient(part)
        for ring in (turned.exterior, *turned.interiors):
            whole = np.rint(shapely.get_coordinates(ring)[:-1] * 100).astype(np.int64)
            steps = np.diff(whole, axis=0).ravel().tolist()
            first = whole[0].tolist()
            found.append((first[0], first[1], f"l{' '.join(map(str, steps))}z".replace(" -", "-")))
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
