"""The arrows of a household's papers point where their words say, read from the printed page: an old man follows the
arrow. A dial (a ring with 北 at its top) shows a direction of the compass; without a ring it is a turn as one walks.
"""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from geohazard_desktop.publishing.typeset.typesetting import typeset_pictures

_SIDE = 24  # mm of the page, which the arrow fills: its own units
_MIDDLE = (0.0, -1.9)  # of a dial's ring, from the page's middle
_RING = 9.5

_PAGE = """#import "parts/base.typ": *
#import "parts/way_arrows.typ": way-arrow
#set page(width: 24mm, height: 24mm, margin: 0mm)
#way-arrow(json("/data.json").step, 24mm)
"""


def inked(folder: Path, *, turn: int | None, heading: int | None) -> NDArray[np.float64]:
    """(N, 2): the inked places of the arrow in its units, from the page's middle; x to the right, y upwards."""
    (folder / "arrow.typ").write_text(_PAGE, encoding="utf-8")
    data = {"step": {"turn": turn, "heading": heading}}
    (page,) = typeset_pictures("arrow", data, title="箭头", dpi=254.0, folder=folder)
    grey = np.asarray(Image.open(BytesIO(page)).convert("L"))
    rows, columns = np.nonzero(grey < 128)
    across = (columns + 0.5) * _SIDE / grey.shape[1] - _SIDE / 2
    return np.column_stack([across, _SIDE / 2 - (rows + 0.5) * _SIDE / grey.shape[0]])


def hand_of(ink: NDArray[np.float64]) -> NDArray[np.float64]:
    """The arrow of a dial, seen from the ring's middle, without ring and 北."""
    seen = ink - _MIDDLE
    within = np.hypot(*seen.T) < _RING - 0.7
    north_sign = (np.abs(ink[:, 0]) < 5.0) & (ink[:, 1] > 6.8)
    return seen[within & ~north_sign]


def bearing_of(places: NDArray[np.float64]) -> float:
    x, y = places.mean(axis=0)
    return float(np.degrees(np.arctan2(x, y)))


def apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heading=st.one_of(st.sampled_from(range(0, 360, 45)), st.integers(0, 359)))
def test_the_hand_of_a_dial_points_where_its_word_says(tmp_path: Path, heading: int) -> None:
    hand = hand_of(inked(tmp_path, turn=None, heading=heading))
    far = hand[np.hypot(*hand.T) > 4.5]  # the head: the shaft's short tail lies on the other side
    assert apart(bearing_of(far), heading) < 4
    assert np.ptp(hand @ [np.sin(np.radians(heading)), np.cos(np.radians(heading))]) > 9  # an arrow, not a dot


def test_a_dial_is_a_ring_with_north_at_its_top(tmp_path: Path) -> None:
    """It can't be taken for a turn: the ring is closed but for where 北 stands, and nothing comes in from below."""
    ink = inked(tmp_path, turn=None, heading=180)
    seen = ink - _MIDDLE
    ring = seen[np.abs(np.hypot(*seen.T) - _RING) < 0.4]
    round_about = np.unique(np.degrees(np.arctan2(ring[:, 0], ring[:, 1])).round() // 5)
    assert len(round_about) >= 60  # of 72 pieces of five degrees
    sign = ink[(np.abs(ink[:, 0]) < 4) & (ink[:, 1] > 6.5)]
    assert np.ptp(sign[:, 0]) > 4.5
    assert np.ptp(sign[:, 1]) > 4.5


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turn=st.integers(35, 134).flatmap(lambda one: st.sampled_from((one, -one))))
def test_a_turn_is_walked_from_below_and_leaves_by_its_angle(tmp_path: Path, turn: int) -> None:
    ink = inked(tmp_path, turn=turn, heading=None)
    lowest = ink[ink[:, 1] < ink[:, 1].min() + 0.5]
    assert np.ptp(lowest[:, 0]) < 4.5  # the foot of one stroke: whoever walks comes in from there
    foot = lowest[:, 0].mean()
    right, left = ink[:, 0].max() - foot, foot - ink[:, 0].min()
    assert (right > 1.5 * left) if turn > 0 else (left > 1.5 * right)
    along = np.array([np.sin(np.radians(turn)), np.cos(np.radians(turn))])
    beside = ink[np.sign(turn) * (ink[:, 0] - foot) > 2.5]
    tip = beside[np.argmax(beside @ along)]
    # The stroke leaves the stem by the turn's angle: from the bend to the tip.
    bend = (tip[0] - foot) / along[0]
    assert 8 < bend < 12.5
    stem_top = tip[1] - bend * along[1]
    stem = ink[(np.abs(ink[:, 0] - foot) < 0.3) & (ink[:, 1] < stem_top - 1.5)]
    assert np.ptp(stem[:, 1]) > 4
    assert np.abs(ink).max() <= 12


@pytest.mark.parametrize("turn", [-179, -150, 150, 179])
def test_a_turn_about_goes_up_over_and_down_on_its_side(tmp_path: Path, turn: int) -> None:
    ink = inked(tmp_path, turn=turn, heading=None)
    foot = ink[ink[:, 1] < ink[:, 1].min() + 0.5][:, 0].mean()
    head = ink[np.sign(turn) * ink[:, 0] > 0]
    widest = head[np.argmax(np.abs(head[:, 0]))]
    tip = head[np.argmin(head[:, 1])]
    assert np.sign(foot) == -np.sign(turn)
    assert tip[1] < widest[1] - 3  # it points down


def test_a_step_without_a_direction_has_no_arrow(tmp_path: Path) -> None:
    assert len(inked(tmp_path, turn=None, heading=None)) == 0
