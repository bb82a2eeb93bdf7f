"""What hands do by themselves that come from QGIS: a double click on a layer, a right click on whatever has a list."""

import pytest
from hands import LEFT, Hands, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from geohazard_desktop.desktop.checking.rows import FindingRow

pytestmark = pytest.mark.window


def right_click(one: QWidget, place: QPoint) -> list[str]:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, one.mapToGlobal(place))
    QApplication.sendEvent(one, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "a menu comes"
    offered = [one.text() for one in menu.actions()]
    menu.close()
    return offered


def test_a_double_click_on_a_layer_opens_its_look(hands: Hands):
    tree = hands.window.layers.tree
    item = hands.window.layers.rows()["danger_zone"]
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()
    before = hands.canvas.viewport
    QTest.mouseClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    until(lambda: hands.window.styles.layer == "danger_zone", "the style editor")
    assert hands.canvas.viewport == before


def test_a_right_click_on_a_finding_offers_what_its_buttons_do(hands: Hands):
    window = hands.window
    window.show_stage("checks")
    until(lambda: window.handlers.checks.done and window.checks.findChildren(FindingRow), "findings")
    row = window.checks.findChildren(FindingRow)[0]
    offered = right_click(row, QPoint(20, 12))
    assert "定位" in offered
    assert window.checks.current is not None
    assert window.checks.current.key == row.finding.key
