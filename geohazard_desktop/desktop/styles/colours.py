"""Choosing a colour: the project's own colours first, with what a copier makes of each; then any other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.cartography.copier import DARKEST_KEPT, grey, survives
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, restyle
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.style_words import kind_word

_A_ROW = 10
Family = Sequence[tuple[str, str]]  # colour, where it is from


def families(definitions: Mapping[str, LayerDefinition], layer: str) -> tuple[Family, Family]:
    """The colours of the layer's own default style, and those of all the others: each colour once."""
    own = dict(_colours(definitions[layer]))
    others: dict[str, str] = {}
    for one in definitions.values():
        if one.table != layer and one.style:
            for colour, words in _colours(one):
                if colour not in own:
                    others.setdefault(colour, words)
    others.setdefault("#000000", _("黑"))
    return list(own.items()), sorted(others.items(), key=lambda one: _order(one[0]))


def _order(colour: str) -> tuple[int, int]:
    """By hue, each hue from dark to light; greys first: a palette that is read at a glance."""
    made = QColor(colour)
    hue = made.hslHue()
    return (-1 if made.hslSaturation() < 30 or hue < 0 else (hue + 10) % 360 // 30, grey(colour))


def _colours(definition: LayerDefinition) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    for rule in definition.style.get("rule", ()):
        for symbol in rule.get("symbol", ()):
            for key in ("color", "inner"):
                if key in symbol:
                    words = f"{definition.title} {kind_word(symbol['kind'], definition.geometry)}"
                    found.setdefault(symbol[key].upper(), words)
    colour: Any = definition.style.get("label", {}).get("color")
    if colour:
        found.setdefault(colour.upper(), _("{title} 注记").format(title=definition.title))
    yield from found.items()


class ColourTile(QToolButton):
    """A square of one colour."""

    def __init__(self, colour: str, words: str, size: int = 22) -> None:
        super().__init__()
        self.colour = colour
        self.current = False
        self.setFixedSize(theme().px(size), theme().px(size))
        kept = _("复印看得清") if survives(colour) else _("作线和纹理会印没，可作底色")
        self.setToolTip(
            _("{words}　{colour}\n灰度 {grey}，{kept}").format(words=words, colour=colour, grey=grey(colour), kept=kept)
        )
        self.setAccessibleName(f"{words} {colour}")

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.current or self.hasFocus() or self.underMouse()
        painter.setPen(QPen(theme().colour("accent" if marked else "border"), 2 if marked else 1))
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)


class ColourPopup(QFrame):
    """Closes when a colour is chosen or the hand clicks elsewhere. `chosen` carries #RRGGBB."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, colour: str, own: Family, others: Family) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._colour = colour
        self._typing = False  # the field holds something that was neither taken nor given up
        self.tiles: list[ColourTile] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10))
        column.setSpacing(theme().px(6))
        for words, family in ((_("这一层的颜色"), own), (_("图上其他图层的颜色"), others)):
            column.addWidget(label(words, "label"))
            column.addLayout(self._grid(family))
        row = QHBoxLayout()
        self.hex = QLineEdit(colour)
        self.hex.setMaxLength(7)
        self.hex.setFixedWidth(theme().px(96))
        self.hex.setAccessibleName(_("颜色代码"))
        self.hex.textEdited.connect(self._typed)
        self.hex.returnPressed.connect(self._take_typed)
        self.hex.editingFinished.connect(self._keep_typed)
        row.addWidget(self.hex)
        row.addWidget(button(_("更多颜色……"), self._more, size="small"))
        row.addStretch(1)
        column.addLayout(row)
        self.told = label("", "note", wrap=True)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().lineSpacing() + theme().px(4))  # words change, it stays
        column.addWidget(self.told)
        self._tell(colour)

    def _grid(self, family: Family) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(3))
        for number, (colour, words) in enumerate(family):
            tile = ColourTile(colour, words)
            tile.current = colour == self._colour.upper()
            tile.clicked.connect(partial(self._take, colour))
            grid.addWidget(tile, number // _A_ROW, number % _A_ROW)
            self.tiles.append(tile)
        grid.setColumnStretch(_A_ROW, 1)
        return grid

    def _tell(self, colour: str) -> None:
        kept = _("复印看得清") if survives(colour) else _("作线和纹理会印没（不大于 {most} 才稳），可作底色")
        self.told.setText(_("灰度 {grey}：").format(grey=grey(colour)) + kept.format(most=DARKEST_KEPT) + "。")

    def _typed(self, text: str) -> None:
        right = _is_colour(text)
        self._typing = True
        restyle(self.hex, wrong=not right)
        if right:
            self._tell(_normal(text))
        else:
            self.told.setText(_("写作 #RRGGBB，如 #D7000F；不改按 Esc。"))

    def _take_typed(self) -> None:
        if _is_colour(self.hex.text()):
            self._take(_normal(self.hex.text()))

    def _keep_typed(self) -> None:
        """The hand goes elsewhere: a colour that was typed is taken, what is none stays marked."""
        if self._typing and _is_colour(self.hex.text()):
            self._typing = False
            self._colour = _normal(self.hex.text())
            self.chosen.emit(self._colour)

    # -- leaving -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press elsewhere closes a popup; not over something typed that is no colour, it would be lost unseen."""
        outside = not self.rect().contains(event.position().toPoint())
        if outside and self._typing and not _is_colour(self.hex.text()):
            self._typed(self.hex.text())
            self.hex.setFocus()
            event.accept()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._typing = False
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_typed()
        super().closeEvent(event)

    def _more(self) -> None:
        owner = self.parentWidget()
        self.hide()
        dialog = QColorDialog(QColor(self._colour), owner)
        dialog.setWindowTitle(_("选颜色"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        if dialog.exec():
            self._take(dialog.currentColor().name().upper())
        else:
            self.close()

    def _take(self, colour: str, _checked: bool = False) -> None:
        self._typing = False
        self.chosen.emit(colour)
        self.close()


def _is_colour(text: str) -> bool:
    bare = text.strip().lstrip("#")
    return len(bare) == 6 and all(one in "0123456789abcdefABCDEF" for one in bare)


def _normal(text: str) -> str:
    return "#" + text.strip().lstrip("#").upper()


class ColourButton(QToolButton):
    """Shows a colour and its code; a click opens the popup. `picked` carries #RRGGBB."""

    picked = Signal(str)

    def __init__(self, own: Family, others: Family, words: str = "") -> None:
        super().__init__()
        self._own, self._others = own, others
        self.colour = "#000000"
        self.popup: ColourPopup | None = None
        self.setAccessibleName(words)
        self.setMinimumHeight(theme().px(32))
        self.setMinimumWidth(theme().px(96))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    def show_colour(self, colour: str) -> None:
        self.colour = colour
        self.setToolTip(_("{colour}，灰度 {grey}").format(colour=colour, grey=grey(colour)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(32))

    def open(self) -> None:
        self.popup = ColourPopup(self, self.colour, self._own, self._others)
        self.popup.chosen.connect(self._chosen)
        self.popup.adjustSize()
        place = self.mapToGlobal(QPoint(0, self.height() + 2))
        screen = self.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.popup.width())))
        if place.y() + self.popup.height() > screen.bottom():
            place.setY(max(screen.top(), self.mapToGlobal(QPoint(0, 0)).y() - self.popup.height() - 2))
        self.popup.move(place)
        self.popup.show()
        self.popup.hex.setFocus()
        self.popup.hex.selectAll()

    def _chosen(self, colour: str) -> None:
        self.show_colour(colour)
        self.picked.emit(colour)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(theme().colour("accent" if focus else "border"), 2 if focus else 1))
        painter.setBrush(theme().colour("hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        side = theme().px(18)
        box = QRectF(theme().px(8), (self.height() - side) / 2, side * 1.4, side)
        painter.setPen(theme().colour("border"))
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(theme().colour("text" if self.isEnabled() else "disabled"))
        painter.setFont(theme().font("table"))
        rest = self.rect().adjusted(round(box.right()) + theme().px(8), 0, -4, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.colour)
