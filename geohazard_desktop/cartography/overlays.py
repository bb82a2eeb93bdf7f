"""Marks laid over a paper map as SVG fragments in mm: this house, its way, north, scale. For `map_svg(extra=…)`."""

from collections.abc import Sequence
from html import escape

import numpy as np

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.along import Ruler, places, shortened
from geohazard_desktop.cartography.furniture import scale_bar
from geohazard_desktop.cartography.label_text import text_width
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.svg import path_data
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _

GREEN = "#1B6E45"
CHEVRON_EVERY = 18.0 / 4.2  # spacing over line width (print.md, 6)


def house_mark(view: MapView, east: float, north: float, words: str = "") -> str:
    """A house of its own: black with a white rim, and a black callout with a pointer; below where there is no room."""
    words = words or _("我家")
    x, y = view.to_mm(east, north)
    points = 15.0
    size = points * fonts.MM_PER_POINT
    wide, high = text_width(words, points, "hei", True) + size * 0.9, size * 1.5
    up = y > high + 6
    top = y - high - 4.2 if up else y + 4.2
    left = min(max(x - wide / 2, 1.0), view.width_mm - wide - 1.0)
    base, tip = (top + high - 0.2, y - 1.6) if up else (top + 0.2, y + 1.6)
    return (
        f'<rect x="{x - 2:.2f}" y="{y - 1.3:.2f}" width="4" height="2.6" stroke="#FFFFFF" stroke-width=".4"/>'
        f'<path d="M{x - 1.5:.2f} {base:.2f}L{x + 1.5:.2f} {base:.2f}L{x:.2f} {tip:.2f}z"/>'
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{high:.2f}" rx=".6" stroke="#FFFFFF" '
        f'stroke-width=".5"/><text x="{left + size * 0.45:.2f}" y="{top + size * 1.11:.2f}" '
        f'font-family="{escape(fonts.paper_family("hei"))}" font-size="{size:.4g}" font-weight="700" '
        f'fill="#FFFFFF">{escape(words, quote=False)}</text>'
    )


def way_mark(
    view: MapView, points: Sequence[tuple[float, float]], *, door: bool = False, width: float = 2.6, stop: float = 3.7
) -> str:
    """A way (east, north) in walking direction: thick green with white chevrons, ending `stop` mm before its last point;
    `door`: the straight leg from a door, which nobody surveyed, broken and black."""
    line = Strips(
        np.array([view.to_mm(*one) for one in points]), np.array([0, len(points)]), np.zeros(1, dtype=np.int64)
    )
    if len(points) < 2 or not Ruler.along(line).length[0] > 0:
        return ""
    if door:
        data = path_data(line)
        return (
            f'<g transform="scale(.01)" fill="none"><path stroke="#FFFFFF" stroke-width="{width * 75:g}" '
            f'stroke-linecap="round" d="{data}"/><path stroke="#000000" stroke-width="{width * 40:g}" '
            f'stroke-dasharray="{width * 90:g} {width * 55:g}" d="{data}"/></g>'
        )
    line = shortened(line, np.array([stop]))
    ruler = Ruler.along(line)
    at, _strip = places(ruler, CHEVRON_EVERY * width, least_one=True)
    tip, way = ruler.point(at), ruler.direction(at, width / 2)
    across = np.column_stack([-way[:, 1], way[:, 0]])
    shape = np.array([[-0.28, -0.28], [0.14, 0.0], [-0.28, 0.28]]) * width
    chevrons = tip[:, None, :] + shape[None, :, :1] * way[:, None, :] + shape[None, :, 1:] * across[:, None, :]
    end = ruler.point(ruler.begin + ruler.length)
    last = ruler.direction(ruler.begin + ruler.length - width, width)
    side = np.column_stack([-last[:, 1], last[:, 0]])
    head = np.array([[0.0, 0.0], [-2.6, 1.25], [-1.9, 0.0], [-2.6, -1.25], [0.0, 0.0]]) * width
    heads = end[:, None, :] + head[None, :, :1] * last[:, None, :] + head[None, :, 1:] * side[:, None, :]
    shaft = path_data(shortened(line, np.array([1.6 * width])))
    head_data = path_data(Strips.of_segments(heads), close=True)
    return (
        f'<g transform="scale(.01)" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f'<path stroke="#FFFFFF" stroke-width="{width * 100 + 120:g}" d="{shaft}"/>'
        f'<path fill="{GREEN}" stroke="#FFFFFF" stroke-width="120" d="{head_data}"/>'
        f'<path stroke="{GREEN}" stroke-width="{width * 100:g}" d="{shaft}"/><path fill="{GREEN}" d="{head_data}"/>'
        f'<path stroke="#FFFFFF" stroke-width="{width * 20:g}" stroke-linecap="butt" stroke-linejoin="miter" '
        f'd="{path_data(Strips.of_segments(chevrons))}"/></g>'
    )


def north_arrow(x: float, y: float, north_degrees: float = 0.0, size: float = 10.0) -> str:
    """A north arrow whose middle is at (x, y) mm, turned clockwise by `north_degrees` (see furniture.true_north)."""
    half, family = size / 2, escape(fonts.paper_family("hei"))
    return (
        f'<g transform="translate({x:.2f} {y:.2f}) rotate({north_degrees:.2f})" stroke="#000000" stroke-width=".15" '
        f'stroke-linejoin="round"><path fill="#000000" d="M0 {-half:g}L{-size * 0.2:g} {half:g}L0 {half * 0.6:g}z"/>'
        f'<path fill="#FFFFFF" d="M0 {-half:g}L{size * 0.2:g} {half:g}L0 {half * 0.6:g}z"/>'
        f'<text x="{-size * 0.17:g}" y="{-half - size * 0.08:g}" font-family="{family}" font-weight="700" '
        f'font-size="{size * 0.34:g}" stroke="none">{_("北")}</text></g>'
    )


def scale_bar_mark(view: MapView, x: float, y: float, longest_mm: float = 40.0) -> str:
    """A scale bar whose upper left corner is at (x, y) mm, with round numbers."""
    bar = scale_bar(view, longest_mm)
    size, family = 3.0, escape(fonts.paper_family("hei"))
    parts = []
    for share, words in zip((0.0, 0.5, 1.0), bar.labels, strict=True):
        width = text_width(words, size / fonts.MM_PER_POINT, "hei", False)
        shown = f"{words} {bar.unit}" if share == 1.0 else words
        parts.append(
            f'<text x="{x + share * bar.length - width / 2:.2f}" y="{y + size:.2f}" font-family="{family}" '
            f'font-size="{size:g}">{shown}</text>'
        )
    for number in range(4):
        fill = "#000000" if number % 2 == 0 else "#FFFFFF"
        parts.append(
            f'<rect x="{x + number * bar.length / 4:.2f}" y="{y + size * 1.35:.2f}" width="{bar.length / 4:.2f}" '
            f'height="1.4" fill="{fill}" stroke="#000000" stroke-width=".12"/>'
        )
    return "".join(parts)
