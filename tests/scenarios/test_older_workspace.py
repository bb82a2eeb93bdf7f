"""A workspace of an earlier day: made before the program's later fields were known, opened and worked with today."""

from pathlib import Path

import pytest
from earlier_day import take_fields
from hands import Hands, until
from office import at
from shapely import Point

from geohazard_desktop.analysis.counted_today import residence_count
from geohazard_desktop.checks.run import check
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.workspace.clean_copy import clean_copy
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

LATER = {
    "household": ("moved_out_on", "moved_out_reason", "helper", "helper_phone"),
    "shelter": ("closed_on", "closed_reason"),
    "card_issue": ("about_zone",),
}


@pytest.fixture
def earlier(work: Path) -> Path:
    """The small office as a program before today's fields would have left it."""
    with Workspace.open(work) as ws:
        for number in (1, 2):
            values = {"id": f"SL-H-000{number}", "head": f"钱示例{number}"}
            ws.apply(create_feature(ws.definitions, "household", Point(at(600 + 30 * number, 2300)), values))
    for layer, fields in LATER.items():
        take_fields(work, layer, fields)
    return work


def test_it_opens_is_counted_and_drawn_before_anything_is_written(sit_down, earlier: Path):
    before = earlier.read_bytes()
    hands: Hands = sit_down(earlier)
    window = hands.window
    until(lambda: window.furnished and window.map.canvas.settled, "the map and its panels")
    assert residence_count(window.session.workspace) == 2
    assert isinstance(check(window.session.workspace), list)
    assert earlier.read_bytes() == before


def test_its_cards_are_printed_and_a_clean_copy_is_made(earlier: Path, tmp_path: Path):
    with Workspace.open(earlier) as ws:
        report = publish_cards(ws, tmp_path / "卡", kind="household")
        assert len(report.files) == 2
        assert residence_count(ws) == 2
    with Workspace.open(earlier) as ws:
        assert ws.table("household").column("moved_out_on") == [None, None]


def test_a_clean_copy_is_made_before_the_first_step_of_today(earlier: Path, tmp_path: Path):
    clean_copy(earlier, tmp_path / "净.gpkg")
    with Workspace.open(tmp_path / "净.gpkg", read_only=True) as ws:
        assert ws.count("danger_zone") == 1
