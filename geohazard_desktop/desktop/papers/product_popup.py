"""The list of all that can be made, opened: groups on the left, what a group holds beside them, a line to search above.

One long list of thirty had to be read to its end; a group is at a glance.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.product import GROUPS, Product
from geohazard_desktop.publishing.products import PRODUCTS

_KEY = 0x0100
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TURNS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_WIDE, _GROUPS_WIDE, _ROWS = 500, 142, 9  # pixels at 100 %; as many rows as the largest group has


class ProductPopup(QFrame):
    """`chosen` (key of the product). The keyboard stays in the line: typing searches all groups, ↑ ↓ choose, ← → turn
    to another group as long as nothing is typed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("float")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(10), theme().px(10), theme().px(10), theme().px(8))
        column.setSpacing(theme().px(8))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("键入要出的：名称、其中几个字或拼音首字母"))
        self.edit.setAccessibleName(_("找要出的"))
        self.edit.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.edit.textChanged.connect(self._fill)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.groups = _list(_("类别"))
        self.groups.setFixedWidth(theme().px(_GROUPS_WIDE))
        for group, words in GROUPS.items():
            item = QListWidgetItem(words)
            item.setData(_KEY, group)
            self.groups.addItem(item)
        self.groups.currentRowChanged.connect(lambda _row: self._turned())
        self.list = _list(_("要出什么"))
        self.list.setIconSize(QSize(theme().px(18), theme().px(18)))
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        row.addWidget(self.groups)
        row.addWidget(self.list, 1)
        column.addLayout(row)
        self.note = label("", "note", wrap=True)
        # Room for the longest of them: a popup that changes its height jumps under the hand.
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 2 + theme().px(4))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.note)
        column.addWidget(label(_("↑ ↓ 选，← → 换类别，回车选定，Esc 收起"), "small"))

    def ask(self, key: str, below: QWidget, begun: str = "") -> None:
        """Open under `below` at the product `key`; `begun` is typed already."""
        self.edit.clear()
        product = PRODUCTS[key]
        self.groups.setCurrentRow(list(GROUPS).index(product.group))
        self._turned()
        rows = range(self.list.count())
        self.list.setCurrentRow(next((row for row in rows if self.list.item(row).data(_KEY) == key), 0))
        high = max(self.list.sizeHintForRow(0), theme().px(26)) * _ROWS + 2 * self.list.frameWidth()
        for one in (self.groups, self.list):
            one.setFixedHeight(high)
        self.setFixedWidth(max(theme().px(_WIDE), below.width()))
        self.adjustSize()
        self.move(_place(self.size(), below))
        self.show()
        self.edit.setFocus()
        self.edit.setText(begun)

    def _turned(self) -> None:
        if not self.edit.text().strip():
            self._fill()
        elif self.groups.currentRow() >= 0:
            self.edit.clear()  # a group was clicked: it is shown, not what was found

    def _fill(self) -> None:
        text = self.edit.text().strip()
        if text:
            self.groups.blockSignals(True)
            self.groups.setCurrentRow(-1)  # what is found is of all groups
            self.groups.blockSignals(False)
            found = [one for one in PRODUCTS.values() if matches(one.title, text)]
            found += [one for one in PRODUCTS.values() if one not in found and _told_of(one, text)]
        else:
            if self.groups.currentRow() < 0:
                self.groups.setCurrentRow(0)
            group = self.groups.currentItem().data(_KEY)
            found = [one for one in PRODUCTS.values() if one.group == group]
        self.list.clear()
        for one in found:
            item = QListWidgetItem(icon(one.icon or "file", "text2"), one.title)
            item.setData(_KEY, one.key)
            item.setToolTip(one.note)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)
        self._tell()

    def _tell(self) -> None:
        item = self.list.currentItem()
        if item is None:
            self.note.setText(_("没有找到“{text}”。可以试名称里的几个字。").format(text=self.edit.text().strip()))
        else:
            self.note.setText(PRODUCTS[item.data(_KEY)].note)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(_KEY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                row = self.list.currentRow() + _STEPS[key]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if key in _TURNS and not self.edit.text():
                self.groups.setCurrentRow((self.groups.currentRow() + _TURNS[key]) % self.groups.count())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setUniformItemSizes(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _told_of(product: Product, text: str) -> bool:
    """Whether what is said about it has the words, or its group is called so."""
    return text.casefold() in product.note.casefold() or matches(GROUPS[product.group], text)


def _place(size: QSize, below: QWidget) -> QPoint:
    """Under `below`, its right end in line; over it where the screen ends."""
    screen = below.screen().availableGeometry()
    seat = QRect(below.mapToGlobal(QPoint(0, 0)), below.size())
    top = seat.bottom() + 2
    if top + size.height() > screen.bottom():
        top = max(screen.top(), screen.bottom() - size.height())
    return QPoint(max(screen.left(), seat.right() - size.width() + 1), top)
