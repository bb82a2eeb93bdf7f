"""A household of a list without coordinates is put on the map by hand: from the form, the checks and the register."""

from pathlib import Path

import pytest
import shapely
from hands import LEFT, Hands, corners, on_disk, until
from office import ZONE, at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from geohazard_desktop.workspace.feature import Edit, Feature, inserted
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
HOME = ("household", "d" * 32)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def listed(sit_down, work: Path) -> Hands:
    """The office; a list has brought one household without coordinates."""
    values = {"id": "SL-H-0001", "head": "乙示例", "people": 2, "mobility": None}
    with Workspace.open(work) as ws:
        known = {name: value for name, value in values.items() if name in ws.definition(HOME[0]).by_name}
        ws.apply(Edit("导入名单", [inserted(Feature(*HOME, None, known))]))
    return sit_down(work)


def place(work: Path) -> list[tuple[float, float]]:
    (house,) = on_disk(work, "household")
    return [] if house.geometry is None else corners(house)


def told(hands: Hands) -> list[str]:
    return [one.text() for one in hands.window.form.findChildren(QLabel) if one.isVisible()]


def no_place(hands: Hands) -> list[str]:
    return [one.sentence for one in hands.window.checks.findings if "没有位置" in one.sentence]


def test_a_click_from_its_form_places_it_and_undo_takes_it_away(listed: Hands, work: Path):
    window = listed.window
    assert not window.center.actions["draw.place"].isEnabled(), "nothing is selected"
    window.session.select([HOME])
    QApplication.processEvents()
    assert "还没有位置：图上看不见，卡上画不出路线。" in told(listed)
    listed.press("放到地图上", window.form)
    assert "SL-H-0001 这一户的房子；= 键入坐标；Esc 不放" in window.map.desk.hint()
    listed.key(Qt.Key.Key_Escape)
    assert (window.map.desk.name, place(work)) == ("tool.select", [])

    listed.press("放到地图上", window.form)
    inside = (ZONE[0][0] + 12, ZONE[0][1] + 12)  # near a corner of the zone, to which no house snaps
    listed.click(inside)
    assert place(work) == [pytest.approx(inside, abs=3)]
    assert window.map.desk.name == "tool.select"
    assert window.session.selection == [HOME]
    assert any("SL-H-0001 放到地图上了，按位置填了“危险区”" in one for one in listed.bars()), listed.bars()
    until(lambda: not any("还没有位置" in one for one in told(listed)), "the form shows it as placed")
    listed.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place(work) == []
    until(lambda: any("还没有位置" in one for one in told(listed)), "the form asks again")


def test_the_check_offers_it_and_is_content_afterwards(listed: Hands, work: Path):
    window = listed.window
    listed.key(Qt.Key.Key_F9)
    until(lambda: window.handlers.checks.done and not window.handlers.checks.busy, "checked")
    assert len(no_place(listed)) == 1
    listed.press("放到地图上", window.checks)
    listed.click(at(1200, 1200))
    assert place(work) == [pytest.approx(at(1200, 1200), abs=20)]
    until(lambda: not no_place(listed), "the check is content")
    assert window.side.currentWidget() is window.checks, "the next one waits there"


def test_from_the_register_by_typed_coordinates_and_again_because_they_were_wrong(listed: Hands, work: Path):
    window = listed.window
    window.layers.set_current("household")
    listed.key(Qt.Key.Key_F4)
    view = window.register.view
    spot = view.visualRect(window.register.model.index(0, 1)).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, spot)

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == "放到地图上")
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())

    QTimer.singleShot(0, pick)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, view.viewport().mapToGlobal(spot))
    QApplication.sendEvent(view.viewport(), asked)
    assert window.map.desk.name == "draw.place"
    far = at(30_000, 30_000)
    listed.key(Qt.Key.Key_Equal)
    bar = window.map.keyin
    QTest.keyClicks(bar.place, f"{far[1]} {far[0]}")
    listed.key(Qt.Key.Key_Return, on=bar.place)
    assert place(work) == [far]
    assert any("在本区范围外" in one for one in listed.bars())
    assert listed.canvas.viewport.bounds[0] < far[0] < listed.canvas.viewport.bounds[2], "the map goes there"

    window.map.look_at_layer("danger_zone")
    listed.settle()
    window.side.setCurrentWidget(window.form)
    listed.press("重新放", window.form)
    listed.click(at(1200, 1200))
    assert place(work) == [pytest.approx(at(1200, 1200), abs=20)]
    assert shapely.box(*ZONE[0], *ZONE[2]).covers(on_disk(work, "household")[0].geometry)
