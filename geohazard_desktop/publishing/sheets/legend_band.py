"""The band of a public sheet that holds its legend, north and scale: below the map or at its left, never on it.

How long the legend is decides how much of the block the map keeps; what the map then shows decides how long the legend
is. `WarningSheet` asks until both agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from geohazard_desktop.cartography.label_text import text_width
from geohazard_desktop.publishing.form_fields import Form

if TYPE_CHECKING:
    from geohazard_desktop.publishing.sheets.papers import SheetLayout

Area = tuple[float, float, float, float]  # left, top, width, height

# In mm of the design, as sheet_public.typ draws them.
_SWATCH, _BESIDE_SWATCH = 12.0, 2.5
_LABELS = (30.0, 36.0, 42.0)  # how wide the words of a line may be
_ROW, _ROW_GAP, _FURTHER_LINE = 6.4, 0.8, 4.6
_BETWEEN, _EDGE, _GAP = 5.0, 3.0, 3.0
_ONE_LINE, _WRAPPED = 11.2, 11.5  # points: the least at which a name keeps to one line, those of broken ones
_SIZES = (1.0, 0.9)  # of it all: a little smaller, 10 points at least, where that gives the map a larger scale
# North and scale at the right end of a band below the map: side by side, or one over the other; what they need there.
_SCALES = ((82.0, 18.0, False), (71.0, 22.0, True))
_SCALE_UNDER = 23.0  # the same under the legend of a band at the left
_BAR_BESIDE, _BAR_NEEDS = 50.0, 16.0  # the longest bar; what its numbers and unit take beside it
_MOST_COLUMNS = 8
_LEAST_MAP = 0.4  # of the block: a legend that is longer is made smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendBand(Form):
    """`box` on the page; its legend has `room` (width, height) for `columns` whose words are `label` mm wide; `bar` is
    the longest scale bar. The band lies `below` the map or at its left; north is `stacked` over the scale. The
    template sets the legend `size` times as large, or smaller if it must."""

    box: Area
    room: tuple[float, float]
    columns: int
    label: float
    bar: float
    below: bool
    stacked: bool
    size: float


def banded(layout: "SheetLayout", legend: Sequence[str]) -> Iterator["SheetLayout"]:
    """The layout with each band in which a legend of these lines finds room, below first."""
    left, top, wide, high = layout.map
    shapes = [
        (label, columns, _wide(label, columns) * size, _high(legend, label, columns) * size, size)
        for size in _SIZES
        for label in _LABELS
        for columns in _columns(legend)
    ]
    for wanted in _SIZES:
        found = [
            (max(tall, lowest), columns, -label, scale, stacked)
            for scale, lowest, stacked in _SCALES
            for label, columns, across, tall, size in shapes
            if size == wanted and (columns == 1 or across <= wide - 2 * _EDGE - scale)
        ]
        tall, columns, label, scale, stacked = min(found)
        tall = min(tall + 2 * _EDGE, high * (1 - _LEAST_MAP))
        yield _parted(
            layout,
            (left, top, wide, high - tall - _GAP),
            LegendBand(
                box=(left, top + high - tall, wide, tall), room=(wide - 2 * _EDGE - scale, tall - 2 * _EDGE),
                columns=columns, label=-label, bar=_BAR_BESIDE, below=True, stacked=stacked, size=wanted,
            ),
        )  # fmt: skip
    room = high - 2 * _EDGE - _SCALE_UNDER
    for label, columns, across, tall, size in shapes:
        band = across + 2 * _EDGE
        if tall <= room and band <= wide * (1 - _LEAST_MAP):
            yield _parted(
                layout,
                (left + band + _GAP, top, wide - band - _GAP, high),
                LegendBand(
                    box=(left, top, band, high), room=(across, room), columns=columns, label=label,
                    bar=across - _BAR_NEEDS, below=False, stacked=True, size=size,
                ),
            )  # fmt: skip


def _parted(layout: "SheetLayout", block: Area, band: LegendBand) -> "SheetLayout":
    return replace(layout, map=block, picture=block, band=band)


def _columns(legend: Sequence[str]) -> range:
    return range(1, min(_MOST_COLUMNS, max(1, len(legend))) + 1)


def _wide(label: float, columns: int) -> float:
    return columns * (_SWATCH + _BESIDE_SWATCH + label) + (columns - 1) * _BETWEEN


def _high(legend: Sequence[str], label: float, columns: int) -> float:
    """Of the tallest column; lines fill one column after the other."""
    heights = [_ROW + _FURTHER_LINE * max(0, _lines(one, label) - 1.4) + _ROW_GAP for one in legend]
    each = max(1, ceil(len(heights) / columns))
    return max((sum(heights[first : first + each]) for first in range(0, len(heights), each)), default=0.0)


def _lines(words: str, wide: float) -> int:
    if text_width(words, _ONE_LINE, "hei", bold=False) <= wide:
        return 1
    # Broken by sense, no line is quite full.
    return max(2, ceil(text_width(words, _WRAPPED, "hei", bold=False) * 1.15 / wide))
