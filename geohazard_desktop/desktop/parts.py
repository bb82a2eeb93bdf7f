"""Small building blocks that every panel uses: labels by role, lines, buttons, a row that wraps."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from geohazard_desktop.desktop.icons import icon, severity_pixmap
from geohazard_desktop.desktop.theme import theme


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label in a type role of the style sheet: label, note, small, heading, title, figure, strong, error, chip …"""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def line(*, vertical: bool = False) -> QFrame:
    made = QFrame()
    made.setProperty("role", "vline" if vertical else "line")
    return made


class _Button(QPushButton):
    """Its icon follows the theme: one tinted for the light palette can't be seen on the dark one."""

    def __init__(self, text: str, icon_name: str, role: str) -> None:
        super().__init__(text)
        self._icon, self._role = icon_name, role
        self._tint()
        theme().changed.connect(self._tint)

    def _tint(self) -> None:
        self.setIcon(icon(self._icon, self._role))
        self.setIconSize(QSize(theme().px(16), theme().px(16)))


class _IconButton(QToolButton):
    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon = icon_name
        self._tint()
        theme().changed.connect(self._tint)

    def _tint(self) -> None:
        self.setIcon(icon(self._icon, "text2"))
        self.setIconSize(QSize(theme().px(16), theme().px(16)))


def button(
    text: str,
    do: Callable[[], object] | None = None,
    *,
    primary: bool = False,
    size: str = "",
    flat: bool = False,
    icon_name: str = "",
) -> QPushButton:
    made = _Button(text, icon_name, "on_accent" if primary else "text") if icon_name else QPushButton(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor if flat else Qt.CursorShape.ArrowCursor)
    if primary:
        made.setProperty("primary", True)
    if size:
        made.setProperty("size", size)
    if flat:
        made.setProperty("flat", True)
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def icon_button(name: str, words: str, do: Callable[[], object] | None = None) -> QToolButton:
    """A button with an icon alone: its words are tooltip and accessible name."""
    made = _IconButton(name)
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setMinimumSize(theme().px(26), theme().px(26))
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def scrolled(body: QWidget) -> QScrollArea:
    """As wide as there is room for, and scrolled up and down where it is higher."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(body)
    return made


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are out of sight at once and end with the next turn of the loop."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            emptied(inner)
            inner.deleteLater()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def severity_label(severity: str, size: int = 16) -> QLabel:
    made = QLabel()
    made.setPixmap(severity_pixmap(severity, theme().px(size), made.devicePixelRatioF()))
    made.setFixedSize(theme().px(size), theme().px(size))
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet selects by, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


_BOLD = ("heading", "title", "figure")


class Elided(QWidget):
    """One line of text cut with … where the room ends; the whole text is the tooltip."""

    def __init__(self, text: str = "", role: str = "body", colour: str = "text") -> None:
        super().__init__()
        self._text, self._role, self._colour = text, role, colour
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()

    def _font(self) -> QFont:
        return theme().font(self._role, bold=self._role in _BOLD)

    def _dress(self) -> None:
        self.setFixedHeight(QFontMetrics(self._font()).height() + 2)
        self.setToolTip(self._text)
        self.setAccessibleName(self._text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, colour: str | None = None) -> None:
        self._text = text
        self._colour = colour or self._colour
        self._dress()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(30), self.height())

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._font()).horizontalAdvance(self._text) + 4, self.height())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        font = self._font()
        painter.setFont(font)
        painter.setPen(theme().colour(self._colour))
        text = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Link(QPushButton):
    """A flat button whose words end in … where the room ends, so that a long name never pushes a panel wide."""

    def __init__(self, text: str, do: Callable[[], object], *, bold: bool = False) -> None:
        super().__init__(text)
        self._whole = text
        self.setProperty("flat", True)
        self.setProperty("size", "small")
        self.setProperty("row", True)
        self.setProperty("current", bold)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.clicked.connect(lambda _checked=False: do())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(30), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(theme().px(60), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - theme().px(12)
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class FlowLayout(QLayout):
    """Left to right, on to the next row where the width ends: a toolbar that is never cut."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 4, margin: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self._heights: dict[int, int] = {}  # by width: asked for a hundred times while a window finds its sizes
        self.setContentsMargins(margin, margin, margin, margin)

    def spacing(self) -> int:
        return self._gap

    def setSpacing(self, gap: int) -> None:
        self._gap = gap
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, row = inner.x(), inner.y(), 0
        placed: list[tuple[QLayoutItem, QPoint, QSize]] = []

        def end_row() -> None:
            """Low ones stand in the middle of the row."""
            for item, at, size in placed if move else ():
                item.setGeometry(QRect(at + QPoint(0, (row - size.height()) // 2), size))
            placed.clear()

        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if x + hint.width() > inner.right() + 1 and row > 0:
                end_row()
                x, y, row = inner.x(), y + row + self._gap, 0
            placed.append((item, QPoint(x, y), hint))
            x += hint.width() + self._gap
            row = max(row, hint.height())
        end_row()
        return y + row - rect.y() + margins.bottom()
