"""A household beyond the zone was given a route on its other side: the officer is told, mends it, and prints."""

from pathlib import Path

import pytest
from hands import Hands, on_disk, until
from office import ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from shapely import LineString, Point

from geohazard_desktop.desktop.papers.publish_panel import RESULTS
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    """A house north of the zone; route 2 leads from the zone's middle to a square in the south, which has 4 places for
    the 2 people of the zone that are sent there; route 3 leads past the zone to a school."""
    with Workspace.open(work) as ws:

        def put(layer, geometry, **values) -> str:
            edit = create_feature(ws.definitions, layer, geometry, values)
            ws.apply(edit)
            return edit.deltas[0].uid

        square = put("shelter", Point(at(1000, 300)), name="示例广场", id="SL-A-0101", capacity=4)
        school = put("shelter", Point(at(1900, 1700)), name="示例学校", id="SL-A-0102", capacity=400)
        through = put("evacuation_route", LineString([at(1000, 1450), at(1000, 300)]), number="2", shelter=square)
        put("evacuation_route", LineString([at(1050, 1600), at(1900, 1700)]), number="3", shelter=school)
        put("household", Point(at(1000, 1580)), id="SL-H-0005", head="钱示例", people=5, evacuation_route=through)
        inside = {"id": "SL-H-0006", "head": "孙示例", "people": 2, "evacuation_route": through}
        put("household", Point(at(980, 1400)), **inside)
        for one in ws.find("setting", "key", "duty.phone"):
            ws.apply(change_values(ws.definitions, [one], {"value": "0000-0000000"}))
    assert ZONE[2] == at(1500, 1500)
    return sit_down(work)


def said(hands: Hands) -> list[str]:
    return [one.text() for one in hands.window.checks.findChildren(QLabel) if one.isVisible()]


def rules(hands: Hands) -> list[str]:
    return [one.rule for one in hands.window.checks.findings]


def test_a_way_through_the_zone_is_an_error_and_mended_with_the_shortest_clear_one(hands: Hands, work: Path):
    checks = hands.window.handlers.checks
    hands.window.session.poll()  # the two routes get their numbers now: that change must not come while a price is read
    hands.key(Qt.Key.Key_F9)
    until(lambda: checks.done and not checks.busy, "checked")
    panel = hands.window.checks
    while panel.current is None or panel.current.rule != "household_crosses_zone":
        hands.key(Qt.Key.Key_F8)
    assert panel.current.severity == "error"
    assert any("住户 SL-H-0005 走路线 2" in words and "要穿过危险区" in words for words in said(hands))
    until(lambda: any("改走路线 3，到避险安置点示例学校" in words for words in said(hands)), "its repair is looked up")
    panel.kinds["error"].click()  # the list is laid out anew
    hands.settle()
    assert any("改走路线 3，到避险安置点示例学校" in words for words in said(hands))
    with Workspace.open(work) as other:  # another window changes what the repair says
        school = other.find("shelter", "name", "示例学校")[0]
        other.apply(change_values(other.definitions, [school], {"name": "示例小学"}))
    hands.window.session.poll()
    assert not [words for words in said(hands) if "改走路线 3" in words]
    until(lambda: any("改走路线 3，到避险安置点示例小学" in words for words in said(hands)), "the price of now")
    hands.press("采用：换成不穿过危险区的路线", panel)
    # Not by `busy`: the look that follows a key has not begun when the key has returned.
    until(lambda: not {"household_crosses_zone", "shelter_capacity"} & set(rules(hands)), "looked again")
    (house,) = [one for one in on_disk(work, "household") if one.text("id") == "SL-H-0005"]
    assert (
        hands.window.session.workspace.feature("evacuation_route", house.text("evacuation_route")).text("number") == "3"
    )
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: "household_crosses_zone" in rules(hands), "looked again")
    assert "shelter_capacity" not in rules(hands)  # whoever is told not to go there takes no place


def test_what_was_printed_says_whose_way_it_is_and_keeps_them_no_place_on_the_square(hands: Hands):
    panel = hands.window.publish
    hands.window.center.run("publish.cards_large")
    until(lambda: panel.subject_table.model.lacking and not panel.subject_table.looker.busy, "what lacks")
    hands.press("全选", panel)
    hands.press(panel.go.text(), panel)
    until(lambda: panel.pages.currentIndex() == RESULTS and not hands.window.publisher.busy, "the results")
    told = panel.made.told.texts()
    assert any("住户 SL-H-0005 在危险区外" in one and "要穿过" in one for one in told), told
    assert not [one for one in told if "坐不下" in one]
