"""What a hand does at the style editor, and what the eye sees of it."""

from hands import LEFT, Hands, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from geohazard_desktop.desktop.styles.editor import StyleEditor

RED, BLUE = "#D7000F", "#0033CC"


def editor(hands: Hands) -> StyleEditor:
    found = hands.window.styles.editor
    assert found is not None
    return found


def open_style(hands: Hands, layer: str = "danger_zone") -> StyleEditor:
    hands.window.layers.set_current(layer)
    hands.key(Qt.Key.Key_F7)
    hands.settle()
    return editor(hands)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    assert widget.isVisible()
    if place is None:
        QTest.mouseClick(widget, LEFT)
    else:
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)
    QApplication.processEvents()


def click_rule(hands: Hands, row: int) -> None:
    tree = editor(hands).rules.list
    click(tree.viewport(), tree.visualItemRect(tree.topLevelItem(row)).center())


def click_symbol(hands: Hands, words: str) -> None:
    found = editor(hands).rules.layers.list
    item = found.findItems(words, Qt.MatchFlag.MatchExactly)[0]
    click(found.viewport(), found.visualItemRect(item).center())


def type_colour(hands: Hands, colour: str) -> None:
    """The colour button, its popup, the code by the keyboard."""
    button = editor(hands).rules.layers.form.fields["color"]
    click(button)
    popup = button.popup
    assert popup.isVisible()
    popup.hex.selectAll()
    QTest.keyClicks(popup.hex, colour)
    QTest.keyClick(popup.hex, Qt.Key.Key_Return)
    QApplication.processEvents()


def seen(hands: Hands, colour: str) -> int:
    """How many pixels of the map have just this colour."""
    until(lambda: not editor_waits(hands), "the preview")
    hands.settle()
    image = hands.canvas.grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(0, image.height(), 2))


def editor_waits(hands: Hands) -> bool:
    found = hands.window.styles.editor
    return found is not None and found._wait.isActive()


def make_blue(hands: Hands) -> None:
    """The outline of zones without a document, which is what the map shows here."""
    open_style(hands)
    click_rule(hands, 2)
    click_symbol(hands, "轮廓")
    type_colour(hands, BLUE)
