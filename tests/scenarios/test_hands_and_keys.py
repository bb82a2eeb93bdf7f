"""Without a mouse, and with both hands: the keys of QGIS and CAD, space and right click in the middle of a stroke."""

import pytest
from hands import CONTROL, LEFT, Hands, on_disk
from office import NEW_ZONE, at
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QWidget,
)

from geohazard_desktop.desktop.commands import COMMANDS
from geohazard_desktop.desktop.help_dialogs import KeysDialog

pytestmark = pytest.mark.window
Key, SHIFT, ALT = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def right_click(hands: Hands, place: tuple[float, float]) -> None:
    spot = hands.pixel(place)
    QTest.mouseClick(hands.canvas, Qt.MouseButton.RightButton, pos=spot)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, hands.canvas.mapToGlobal(spot))
    QApplication.sendEvent(hands.canvas, asked)


def to(hands: Hands, place: tuple[float, float]) -> None:
    """Bring the cross to a place with the arrow keys, in large steps, then in small ones."""
    cross = hands.window.map.desk.cross
    hands.key(Key.Key_Right, CONTROL)
    for modifier, step in ((CONTROL | SHIFT, 40.0), (CONTROL, 2.0)):
        for _press in range(200):
            x, y = hands.canvas.viewport.to_screen(*place)
            away = QPointF(x, y) - cross.place
            if max(abs(away.x()), abs(away.y())) < step:
                break
            along = abs(away.x()) >= abs(away.y())
            key = (
                (Key.Key_Right if away.x() > 0 else Key.Key_Left)
                if along
                else (Key.Key_Down if away.y() > 0 else Key.Key_Up)
            )
            hands.key(key, modifier)


def test_a_zone_is_drawn_with_the_keyboard_alone(hands: Hands, work):
    hands.key(Key.Key_P)
    for place in NEW_ZONE:
        to(hands, place)
        hands.key(Key.Key_Return)
    assert len(hands.window.map.desk.tool.places) == 4
    hands.key(Key.Key_Return)  # once more at the same place
    (_old, new) = on_disk(work, "danger_zone")
    assert new.geometry.area == pytest.approx(1_040_000, rel=0.05)
    hands.key(Key.Key_V)
    to(hands, at(1000, 1000))
    hands.key(Key.Key_Return)
    assert [layer for layer, _uid in hands.window.session.selection] == ["danger_zone"]
    # While the cross is out, arrows move it and nothing else; Esc puts it away, and they nudge what is selected.
    hands.key(Key.Key_Left)
    assert on_disk(work, "danger_zone")[0].geometry.bounds[0] == at(500, 500)[0]
    hands.key(Key.Key_Escape)
    assert hands.window.map.desk.cross.place is None
    hands.key(Key.Key_Left)
    assert on_disk(work, "danger_zone")[0].geometry.bounds[0] < at(500, 500)[0]
    hands.key(Key.Key_Up, CONTROL)
    assert hands.window.map.desk.cross.place is not None
    hands.point_at(at(300, 300))
    assert hands.window.map.desk.cross.place is None


def test_page_keys_pan_and_signs_zoom(hands: Hands):
    before = hands.canvas.viewport
    hands.key(Key.Key_PageUp)
    assert hands.canvas.viewport.to_map(0, 0)[1] > before.to_map(0, 0)[1]
    hands.key(Key.Key_PageDown)
    hands.key(Key.Key_End)
    assert hands.canvas.viewport.to_map(0, 0)[0] > before.to_map(0, 0)[0]
    hands.key(Key.Key_Home)
    scale = hands.canvas.viewport.denominator
    QTest.keyClicks(hands.canvas, "+")
    assert hands.canvas.viewport.denominator < scale
    QTest.keyClicks(hands.canvas, "-")
    assert hands.canvas.viewport.denominator == pytest.approx(scale)


def test_space_and_the_wheel_move_the_map_in_the_middle_of_a_stroke_and_of_a_drag(hands: Hands, work):
    hands.key(Key.Key_P)
    for place in NEW_ZONE[:2]:
        hands.click(place)
    before = hands.canvas.viewport.to_map(0, 0)
    QTest.keyPress(hands.canvas, Key.Key_Space)
    QTest.mousePress(hands.canvas, LEFT, pos=QPoint(300, 200))
    hands._move(QPointF(260, 170), LEFT)
    QTest.mouseRelease(hands.canvas, LEFT, pos=QPoint(260, 170))
    QTest.keyRelease(hands.canvas, Key.Key_Space)
    assert hands.canvas.viewport.to_map(0, 0) != before
    spot = QPointF(hands.pixel(NEW_ZONE[1]))
    wheel = QWheelEvent(
        spot,
        hands.canvas.mapToGlobal(spot),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hands.canvas, wheel)
    hands.canvas.look(hands.canvas.viewport.zoomed(1 / 1.3, spot.x(), spot.y()))
    for place in NEW_ZONE[2:]:
        hands.click(place)
    hands.key(Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 2

    hands.key(Key.Key_V)
    hands.click(at(1000, 1000))
    hands.key(Key.Key_N)
    corner = at(1500, 1500)
    QTest.mousePress(hands.canvas, LEFT, pos=hands.pixel(corner))
    hands._move(QPointF(hands.pixel(at(1550, 1550))), LEFT)
    QTest.keyPress(hands.canvas, Key.Key_Space)
    before = hands.canvas.viewport.to_map(0, 0)
    hands._move(QPointF(hands.pixel(at(1600, 1600))), LEFT)
    hands._move(QPointF(hands.pixel(at(1650, 1650))), LEFT)
    QTest.keyRelease(hands.canvas, Key.Key_Space)
    assert hands.canvas.viewport.to_map(0, 0) != before
    end = at(1700, 1700)
    hands._move(QPointF(hands.pixel(end)), LEFT)
    QTest.mouseRelease(hands.canvas, LEFT, pos=hands.pixel(end))
    (zone,) = [one for one in on_disk(work, "danger_zone") if one["id"] == "SL-W-0001"]
    assert zone.geometry.bounds[2:] == pytest.approx(end, abs=2 * hands.canvas.viewport.pixel)


def test_a_right_click_offers_what_the_stroke_can_do_and_twice_finishes(hands: Hands, work):
    hands.key(Key.Key_P)
    for place in NEW_ZONE[:3]:
        hands.click(place)
    right_click(hands, NEW_ZONE[2])
    menu = QApplication.activePopupWidget()
    words = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert words == ["完成", "退一点", "键入坐标或方位距离", "捕捉设置", "取消"]
    assert menu.activeAction().text() == "完成"
    menu.actions()[1].trigger()
    menu.close()
    assert len(hands.window.map.desk.tool.places) == 2
    hands.click(NEW_ZONE[2])
    right_click(hands, NEW_ZONE[2])
    QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 2
    right_click(hands, at(1000, 1000))
    menu = QApplication.activePopupWidget()
    assert any("示例沟" in one.text() or "SL-W-0001" in one.text() for one in menu.actions())
    menu.close()


def test_tab_over_the_map_puts_the_panels_away_and_back(hands: Hands):
    docks = hands.window.docks
    hands.key(Key.Key_Tab)
    assert docks["layers"].isHidden()
    assert docks["side"].isHidden()
    assert not hands.window.tools.isHidden()
    hands.key(Key.Key_Tab)
    assert not docks["layers"].isHidden()
    assert not docks["side"].isHidden()
    assert docks["register"].isHidden()
    hands.key(Key.Key_F11)
    assert hands.window.tools.isHidden()
    hands.key(Key.Key_Tab)
    assert not hands.window.tools.isHidden()
    assert not docks["layers"].isHidden()


def test_f6_goes_round_the_panels_and_back_to_the_map(hands: Hands):
    seen = []
    for _each in range(8):
        hands.key(Key.Key_F6, on=QApplication.focusWidget())
        focus = QApplication.focusWidget()
        seen.append(focus)
        if focus is hands.canvas:
            break
    assert hands.canvas in seen
    assert any(hands.window.docks["layers"].isAncestorOf(one) for one in seen)
    assert any(hands.window.docks["side"].isAncestorOf(one) for one in seen)


def test_all_of_a_layer_none_and_the_form(hands: Hands):
    hands.window.layers.set_current("danger_zone")
    hands.key(Key.Key_A, CONTROL)
    assert len(hands.window.session.selection) == 1
    hands.key(Key.Key_Return, ALT)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit) or hands.window.form.isAncestorOf(focus)
    hands.canvas.setFocus()
    hands.key(Key.Key_A, CONTROL | SHIFT)
    assert not hands.window.session.selection


def test_cad_commands_typed_into_the_search_take_their_tool(hands: Hands):
    finder = hands.window.finder
    for typed, tool in (("pl", "draw.danger_zone"), ("TR", "shape.trim"), ("ro", "tool.rotate")):
        hands.canvas.setFocus()
        hands.key(Key.Key_K, CONTROL)
        QTest.keyClicks(finder.edit, typed)
        QTest.keyClick(finder.edit, Key.Key_Return)
        assert hands.window.map.desk.name == tool
    shown = [one.defaultAction().text() for one in hands.window.tools.buttons()]
    assert "旋转要素" in shown, "the family's button shows what is in the hand"


def test_whatever_takes_the_keyboard_or_is_painted_says_what_it_is(sit_down, demo_path):
    """What a screen reader would speak: words on it, or an accessible name."""
    hands = sit_down(demo_path)
    window = hands.window
    zone = on_disk(demo_path, "danger_zone")[0]
    window.session.select([("danger_zone", zone.uid)])
    silent: set[str] = set()
    window.center.run("layer.table")
    for stage in ("layers", "zones", "routes", "checks", "publish"):
        window.show_stage(stage)
        for panel in range(window.side.count()):
            window.side.setCurrentIndex(panel)
            QApplication.processEvents()
            silent |= {described(one) for one in window.findChildren(QWidget) if one.isVisible() and not speaks(one)}
    assert not silent, "\n".join(sorted(silent))


def speaks(one: QWidget) -> bool:
    # What Qt makes inside a widget speaks through it.
    inner = one.objectName().startswith("qt_") or isinstance(
        one.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit
    )
    takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(one, QScrollArea | QMainWindow)
    if inner or not (takes or isinstance(one, QAbstractButton)):
        return True
    words = [one.accessibleName(), getattr(one, "text", str)() if isinstance(one, QAbstractButton) else ""]
    buddy = any(label.buddy() is one for label in one.window().findChildren(QLabel))
    return any(words) or buddy or isinstance(one, QTabBar)


def described(one: QWidget) -> str:
    chain = [type(each).__name__ for each in (one, one.parentWidget(), one.parentWidget().parentWidget()) if each]
    return f"{'<'.join(chain)} {one.toolTip()}"


def test_f1_lists_every_key_of_the_table(hands: Hands):
    dialog = KeysDialog(hands.window)
    words = {one.text() for one in dialog.findChildren(QLabel)}
    for command in COMMANDS:
        if command.shortcut:
            assert command.text.rstrip("…") in words
            native = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            assert any(native in one for one in words), command.id
    dialog.deleteLater()
