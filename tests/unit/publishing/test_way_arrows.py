"""The arrows of the 大字版 point where their words say, read from the printed page: an old man follows the arrow."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from geohazard_desktop.publishing.typeset.typesetting import typeset_pictures

_SIDE = 24  # mm of the page, which the arrow fills: its own units

_PAGE = """#import "parts/base.typ": *
#import "parts/way_strip.typ": turn-arrow
#set page(width: 24mm, height: 24mm, margin: 0mm)
#turn-arrow(json("/data.json").step, 24mm)
"""


def inked(tmp_path: Path, *, turn: int | None, heading: int | None) -> NDArray[np.float64]:
    """(N, 2): the inked places of the arrow in its units, from the page's middle; x to the right, y upwards."""
    (tmp_path / "arrow.typ").write_text(_PAGE, encoding="utf-8")
    data = {"step": {"turn": turn, "heading": heading}}
    (page,) = typeset_pictures("arrow", data, title="箭头", dpi=254.0, folder=tmp_path)
    grey = np.asarray(Image.open(BytesIO(page)).convert("L"))
    rows, columns = np.nonzero(grey < 128)
    across = (columns + 0.5) * _SIDE / grey.shape[1] - _SIDE / 2
    return np.column_stack([across, _SIDE / 2 - (rows + 0.5) * _SIDE / grey.shape[0]])


def pointed(ink: NDArray[np.float64]) -> int:
    """The compass degrees, by 45, in which the arrow's head lies: where most of the ink is far out."""
    most = {}
    for degrees in range(0, 360, 45):
        along = np.array([np.sin(np.radians(degrees)), np.cos(np.radians(degrees))])
        out = ink @ along
        aside = np.abs(ink @ np.array([along[1], -along[0]]))
        most[degrees] = np.count_nonzero((out > 3.0) & (out < 9.5) & (aside < 5.0))
    return max(most, key=lambda one: most[one])


@pytest.mark.parametrize("heading", range(0, 360, 45))
def test_an_arrow_of_the_compass_points_where_its_word_says(tmp_path: Path, heading: int) -> None:
    assert pointed(inked(tmp_path, turn=None, heading=heading)) == heading


@pytest.mark.parametrize("turn", [-120, -90, -50, 50, 90, 120])
def test_a_turn_is_walked_from_below_and_leaves_to_its_side(tmp_path: Path, turn: int) -> None:
    ink = inked(tmp_path, turn=turn, heading=None)
    lowest = ink[ink[:, 1] < ink[:, 1].min() + 0.5]
    assert np.ptp(lowest[:, 0]) < 4.5  # the foot of one stroke: whoever walks comes in from there
    foot = lowest[:, 0].mean()
    right, left = ink[:, 0].max() - foot, foot - ink[:, 0].min()
    assert (right > 2 * left) if turn > 0 else (left > 2 * right)
