"""An officer opens a workspace in which a route leads to a closed shelter: map and form say so unasked, until it is
mended."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from fresh import fresh_workspace
from hands import Hands, until
from office import at
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from shapely import LineString, Point

from geohazard_desktop.desktop import way_doubts
from geohazard_desktop.domain import dates
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.edits.endings import end, resume
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

CLOSED = "路线 2 通往的避险安置点示例广场已经停用，不要再叫人往那里走。"


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    """Route 2 leads to a square that was closed, route 3 to a school."""
    with Workspace.open(work) as ws:

        def put(layer, geometry, **values) -> str:
            edit = create_feature(ws.definitions, layer, geometry, values)
            ws.apply(edit)
            return edit.deltas[0].uid

        square = put("shelter", Point(at(2600, 900)), name="示例广场", id="SL-A-0101")
        school = put("shelter", Point(at(2600, 2000)), name="示例学校", id="SL-A-0102")
        put("evacuation_route", LineString([at(1400, 900), at(2600, 900)]), number="2", shelter=square)
        put("evacuation_route", LineString([at(1600, 2000), at(2600, 2000)]), number="3", shelter=school)
        ws.apply(end(ws.definitions, [ws.feature("shelter", square)], date.today(), "改作工地"))
    hands = sit_down(work)
    judged(hands)
    return hands


def judged(hands: Hands) -> None:
    until(lambda: not hands.window.map.doubts.busy, "the ways are judged")
    hands.settle()


def route(hands: Hands, number: str):
    (found,) = hands.window.session.workspace.find("evacuation_route", "number", number)
    return found


def breaks(hands: Hands, north: float) -> int:
    """How often a line from west to east is interrupted in the picture in sight."""
    image = hands.canvas.frame.image
    margin, ratio = hands.canvas.frame.margin, image.devicePixelRatio()
    left, y = hands.canvas.viewport.to_screen(*at(1750, north))
    right, _y = hands.canvas.viewport.to_screen(*at(2450, north))
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    row, begin, finish = (round((one + margin) * ratio) for one in (y, left, right))
    dark = rows[row - 1 : row + 2, begin:finish, :3].max(axis=2).min(axis=0) < 150
    return int((np.diff(dark.astype(int)) == -1).sum())


def said(hands: Hands) -> list[str]:
    return [one.text() for one in hands.window.form.findChildren(QLabel) if one.isVisible()]


def test_it_is_drawn_broken_unasked_and_the_form_says_why(hands: Hands):
    assert breaks(hands, 900) > breaks(hands, 2000) + 4
    assert "×路线 1 条不能再用" in hands.canvas.note
    stage = hands.window.stages.buttons["routes"]
    assert (stage.words, stage.severity) == ("3 条 · 1 条先别走", "warning")
    hands.key(Qt.Key.Key_I)
    hands.click(at(2000, 900))
    assert {"不能再用", CLOSED} <= set(said(hands))
    hands.click(at(2000, 2000))
    assert route(hands, "3").uid == hands.window.session.selection[0][1]
    assert not {"不能再用", "没有问清，不能走"} & set(said(hands))


def test_what_is_mended_is_drawn_sound_and_undo_brings_the_doubt_back(hands: Hands):
    window = hands.window
    window.session.select([("evacuation_route", route(hands, "2").uid)])
    ws = window.session.workspace
    (square,) = ws.find("shelter", "name", "示例广场")
    window.session.apply(resume(ws.definitions, [square]))
    judged(hands)
    assert breaks(hands, 900) <= breaks(hands, 2000) + 1
    assert hands.canvas.note == ""
    stage = window.stages.buttons["routes"]
    assert (stage.words, stage.severity) == ("3 条", "")
    assert CLOSED not in said(hands)
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    judged(hands)
    assert breaks(hands, 900) > breaks(hands, 2000) + 4
    window.session.select([("evacuation_route", route(hands, "2").uid)])
    assert CLOSED in said(hands)


def test_a_route_that_becomes_doubtful_is_told_while_its_form_is_open(hands: Hands):
    window = hands.window
    window.session.select([("evacuation_route", route(hands, "3").uid)])
    window.session.apply(change_values(window.session.workspace.definitions, [route(hands, "3")], {"passable": "车辆"}))
    judged(hands)
    assert "没有问清，不能走" in said(hands)
    assert any(one.startswith("路线 3 登记为不能步行。") and "先打电话问清再走" in one for one in said(hands))
    assert "？路线 1 条问清再走" in hands.canvas.note


def test_nothing_is_judged_while_a_stroke_is_in_the_hand(hands: Hands):
    window = hands.window
    hands.key(Qt.Key.Key_P)
    hands.click(at(3000, 300))
    with Workspace.open(window.session.workspace.path) as other:  # another window mends it meanwhile
        (square,) = other.find("shelter", "name", "示例广场")
        other.apply(resume(other.definitions, [square]))
    window.session.poll()
    doubts = window.map.doubts
    assert doubts.busy
    hands.click(at(3200, 300))
    assert doubts.of(("evacuation_route", route(hands, "2").uid)) is not None
    hands.key(Qt.Key.Key_Escape)
    judged(hands)
    assert doubts.of(("evacuation_route", route(hands, "2").uid)) is None


def test_another_workspace_begins_without_the_doubts_of_the_one_before(hands: Hands, tmp_path: Path, district):
    path = tmp_path / "别的.gpkg"
    fresh_workspace(path, district).close()
    hands.open(path)
    assert not hands.window.map.doubts.looks()
    assert hands.canvas.note == ""


def test_a_shelter_that_closes_by_date_closes_on_the_map_while_the_window_stays_open(hands: Hands, monkeypatch):
    ws = hands.window.session.workspace
    school = next(one for one in ws.table("shelter") if one.text("id") == "SL-A-0102")
    tomorrow = date.today() + timedelta(days=1)
    hands.window.session.apply(end(ws.definitions, [school], tomorrow, "改作工地"))
    judged(hands)
    doubts, kept = hands.window.map.doubts, route(hands, "3")
    assert doubts.of(("evacuation_route", kept.uid)) is None

    class Later(date):
        @classmethod
        def today(cls):
            return tomorrow

    monkeypatch.setattr(way_doubts, "date", Later)
    monkeypatch.setattr(dates, "date", Later)
    doubts._midnight.start(20)
    until(lambda: doubts.of(("evacuation_route", kept.uid)) is not None, "the route to the closed school is in doubt")
    assert doubts.of(("evacuation_route", kept.uid)).kind == "over"
