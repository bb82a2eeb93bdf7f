"""The toolbar says what its tools are, also where the window is narrow; what has no room is found below 更多."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHoverEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from geohazard_desktop.desktop import tool_bar
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.commands import TRAILING, stage_tools
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.tool_bar import ToolBar

WORDS = Qt.ToolButtonStyle.ToolButtonTextUnderIcon


@pytest.fixture
def bar(application):
    parent = QWidget()
    center = CommandCenter(parent, dict)
    made = ToolBar(center)
    made.setParent(parent)
    theme().apply()
    yield made
    parent.deleteLater()
    theme().set(percent=100)


def shown(bar: ToolBar, width: int, stage: str) -> list[QToolButton]:
    bar.parentWidget().resize(width, 400)
    bar.resize(width, bar.height())
    bar.show_stage(stage)
    bar.parentWidget().show()
    QTest.qWait(1)
    bar.settle()
    return [one for one in bar.buttons() if not one.isHidden()]


@pytest.mark.parametrize("stage", ["layers", "zones", "routes", "checks", "publish"])
def test_on_the_screen_of_a_laptop_every_tool_of_every_step_has_its_words(bar, stage):
    found = shown(bar, 1366, stage)
    assert len(found) == sum(map(len, stage_tools(stage))) + len(TRAILING)
    everywhere = {commands[0].id for commands in stage_tools("zones")[0]}
    assert len(everywhere) == 4
    bare = [one for one in found if one.toolButtonStyle() != WORDS]
    assert len(bare) <= len(everywhere) + len(TRAILING)
    assert bar.height() < theme().px(70), "one row"


def test_what_has_no_room_is_below_more_with_its_words_and_comes_back(bar):
    theme().set(percent=125)
    found = shown(bar, 1024, "zones")
    assert bar.height() < theme().px(70), "one row"
    right = max(one.mapTo(bar, one.rect().topRight()).x() for one in found)
    assert right < 1024
    more = bar.findChild(QToolButton, "more")
    assert not more.isHidden()
    words = [one.text() for one in more.menu().actions() if one.text()]
    assert "移动注记" in "".join(words)
    drawing = [one.defaultAction().iconText() for one in found if one.toolButtonStyle() == WORDS]
    assert "画危险区" in drawing
    held = more.menu().actions()[0]
    held.setCheckable(True)
    held.setChecked(True)
    bar.settle()
    assert held in [one.defaultAction() for one in bar.buttons() if not one.isHidden()], "what is in the hand is seen"
    theme().set(percent=100)
    bar.resize(1920, bar.height())
    assert more.isHidden()
    assert all(one.toolButtonStyle() == WORDS for one in bar.buttons()[: -len(TRAILING)])


def test_a_window_that_is_drawn_larger_dresses_no_button_anew(bar, monkeypatch):
    shown(bar, 1366, "routes")
    dressed: list[object] = []
    monkeypatch.setattr(tool_bar, "restyle", lambda *one, **_more: dressed.append(one))
    for width in (1360, 1372, 1366):
        bar.resize(width, bar.height())
    assert not dressed
    bar.resize(1920, bar.height())
    assert dressed, "there is room to stand apart"


def test_under_the_mouse_a_tool_keeps_its_words_whole(bar):
    """The arrow beside them lies over their last sign: with a ground of its own it hid that."""
    found = shown(bar, 1366, "publish")
    button = [one for one in found if one.menu() is not None and one.toolButtonStyle() == WORDS][
        1
    ]  # 工作明白卡, whose words reach the arrow
    button.defaultAction().setEnabled(True)

    def dark_points() -> int:
        picture = bar.grab(QRect(button.mapTo(bar, QPoint(0, 0)), button.size())).toImage()
        places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return sum(picture.pixelColor(*place).lightness() < 100 for place in places)

    # Without the mouse of the screen, which is still where another test left it, or below a window of that.
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    plain = dark_points()
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    place, before = QPointF(20, 20), QPointF(-1, -1)
    QApplication.sendEvent(button, QHoverEvent(QEvent.Type.HoverEnter, place, place, before))
    assert plain > 50
    assert dark_points() > 0.95 * plain
