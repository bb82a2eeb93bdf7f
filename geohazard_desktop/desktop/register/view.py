"""The grid of a register: the naming column stays in sight, keys are those of a spreadsheet, a tick is the map's
selection.

The column that stays is a second view over the first one's left edge; both share the model, the selection and the
keyboard, which the lower one holds.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.register.columns import TITLE
from geohazard_desktop.desktop.register.delegate import RegisterDelegate
from geohazard_desktop.desktop.register.header import RegisterHeader
from geohazard_desktop.desktop.register.model import RegisterModel
from geohazard_desktop.desktop.theme import theme

Index = QModelIndex | QPersistentModelIndex
Key, Mod = Qt.Key, Qt.KeyboardModifier
ROW_HEIGHT = 42
_LOW_ROW = 36  # in a window that is not high: six rows stay in sight beside a map
_LOW_WINDOW = 900


class _Grid(QTableView):
    """What both views are."""

    ticked = Signal(int, bool)  # row, up to the row ticked before

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("登记表"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.head = RegisterHeader(self)
        self.setHorizontalHeader(self.head)

    def tick_at(self, place: QPoint) -> int:
        """The row whose tick is at `place`, -1 where none is."""
        index = self.indexAt(place)
        if not index.isValid() or index.column() != TITLE:
            return -1
        delegate = self.itemDelegate()
        assert isinstance(delegate, RegisterDelegate)
        return index.row() if delegate.box(self.visualRect(index)).adjusted(-6, -9, 4, 9).contains(place) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.tick_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.ticked.emit(row, bool(event.modifiers() & Mod.ShiftModifier))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tick_at(event.position().toPoint()) >= 0:
            self.mousePressEvent(event)  # two quick ticks are two ticks
            return
        super().mouseDoubleClickEvent(event)


class RegisterView(_Grid):
    """`zoom_asked` (row), `menu_asked` (global place), `copy_asked` (cells alone), `paste_asked`, `fill_asked`,
    `edit_refused` (reason), `filter_key` (column)."""

    zoom_asked = Signal(int)
    menu_asked = Signal(object)
    copy_asked = Signal(bool)
    paste_asked = Signal()
    fill_asked = Signal()
    delete_pressed = Signal()
    filter_key = Signal(int)
    edit_refused = Signal(str)

    def __init__(self, model: RegisterModel) -> None:
        super().__init__(None)
        self.setModel(model)
        self.frozen = _Grid(self)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        self.frozen.setFocusProxy(self)
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setObjectName("frozen")
        self.delegate = RegisterDelegate(self)
        for one in (self, self.frozen):
            one.setItemDelegate(self.delegate)
            one.doubleClicked.connect(self._double_clicked)
        self.frozen.ticked.connect(self.ticked)
        self.frozen.head.setSectionsMovable(False)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.head.sectionResized.connect(self._resized)
        self.frozen.head.sectionResized.connect(self._drawn_wider)
        model.modelReset.connect(self._settle)
        self.may_edit = False
        self.lock: Callable[[int], str] = lambda _column: ""  # why a column can't be edited
        self.frozen.show()
        self.dress()

    def dress(self) -> None:
        """Heights at the theme's font."""
        for one in (self, self.frozen):
            one.verticalHeader().setDefaultSectionSize(self._row_height())
        self.delegate.dress()
        self._settle()

    def _row_height(self) -> int:
        low = self.window().height() < theme().px(_LOW_WINDOW)
        return theme().px(_LOW_ROW if low else ROW_HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.verticalHeader().defaultSectionSize() != self._row_height():
            self.dress()

    # -- the column that stays -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        for column in range(1, self.model().columnCount()):
            self.frozen.setColumnHidden(column, True)
        if self.model().columnCount():
            self.frozen.setColumnWidth(TITLE, self.columnWidth(TITLE))
        self._lay_frozen()

    def _resized(self, column: int, _old: int, new: int) -> None:
        if column == TITLE and self.frozen.columnWidth(TITLE) != new:
            self.frozen.setColumnWidth(TITLE, new)
        self._lay_frozen()

    def _drawn_wider(self, column: int, _old: int, new: int) -> None:
        if column == TITLE and new and self.columnWidth(TITLE) != new:
            self.setColumnWidth(TITLE, new)

    def _lay_frozen(self) -> None:
        model = self.model()
        if model is None:  # at shutdown, when the model goes before the view
            return
        width = self.columnWidth(TITLE) if model.columnCount() else 0
        high = self.viewport().height() + self.head.height()
        self.frozen.setGeometry(QRect(self.frameWidth(), self.frameWidth(), width, high))
        self.frozen.setVisible(width > 0)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "frozen"):
            self._lay_frozen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_frozen()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QTableView.ScrollHint.EnsureVisible) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == TITLE:
            bar.setValue(before)  # it is in sight anyway
            return
        hidden = self.columnWidth(TITLE) - self.visualRect(index).left()
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    # -- the hand --------------------------------------------------------------------------------------------------

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == TITLE or not self.may_edit:
            self.zoom_asked.emit(index.row())
        else:
            self.edit(index)

    def edit(self, index: Index, *more: object) -> object:
        """The editor of a cell, where the column is not locked; the column that stays has it above itself."""
        if not index.isValid():
            return False
        reason = self.lock(index.column())
        if reason:
            self.edit_refused.emit(reason)
            return False
        return self.frozen.edit(index, *more) if index.column() == TITLE else super().edit(index, *more)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        # Keys of the cell come before the window's: Delete must not take a feature from the map, Ctrl+D fills down,
        # a letter begins a cell's text and is no tool.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(Mod.ShiftModifier | Mod.KeypadModifier) == Mod.NoModifier
        if plain and (event.text().isprintable() and event.text()):
            return True
        if plain and event.key() in (Key.Key_Delete, Key.Key_Backspace, Key.Key_F2, Key.Key_Return, Key.Key_Enter):
            return True
        control = event.modifiers() & Mod.ControlModifier
        return bool(control) and event.key() in (Key.Key_C, Key.Key_V, Key.Key_D, Key.Key_A, Key.Key_Home, Key.Key_End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Mod.ControlModifier)
        shift = bool(event.modifiers() & Mod.ShiftModifier)
        key = event.key()
        if control and key == Key.Key_C:
            self.copy_asked.emit(shift)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif control and key == Key.Key_D:
            self.fill_asked.emit()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.delete_pressed.emit()
        elif key == Key.Key_F2:
            self.edit(self.currentIndex())
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.step(-1 if shift else 1, 0)
        elif key == Key.Key_Down and event.modifiers() & Mod.AltModifier:
            self.filter_key.emit(self.currentIndex().column())
        elif key == Key.Key_Space and not control:
            self.ticked.emit(self.currentIndex().row(), shift)
        elif self._begins_text(event):
            self._type_into(event)
        else:
            super().keyPressEvent(event)

    def _type_into(self, event: QKeyEvent) -> None:
        """The first letter replaces what stands in the cell."""
        before = self.delegate.opened
        self.edit(self.currentIndex())
        made = self.delegate.opened
        if made is not None and made is not before:
            made.begin(event)

    def _begins_text(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(Mod.ShiftModifier | Mod.KeypadModifier) == Mod.NoModifier
        return plain and bool(event.text()) and event.text().isprintable() and self.may_edit

    def step(self, down: int, right: int) -> None:
        """To the next cell, as Enter and Tab go."""
        here = self.currentIndex()
        if not here.isValid():
            return
        row = min(max(here.row() + down, 0), self.model().rowCount() - 1)
        place = self.head.visualIndex(here.column())
        while right and 0 <= place + right < self.head.count():
            place += right
            if not self.isColumnHidden(self.head.logicalIndex(place)):
                break
        index = self.model().index(row, self.head.logicalIndex(place))
        if not self.isColumnHidden(index.column()):
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # -- what is under the hand --------------------------------------------------------------------------------------

    def picked_rows(self) -> NDArray[np.intp]:
        """Rows with a selected cell, ascending."""
        parts = [np.arange(one.top(), one.bottom() + 1) for one in self.selectionModel().selection()]
        if len(parts) == 1:
            return parts[0]  # the usual block is in order already
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.intp)

    def shown_columns(self) -> list[int]:
        """The columns in sight, in the order in which they stand."""
        order = [self.head.logicalIndex(place) for place in range(self.head.count())]
        return [one for one in order if not self.isColumnHidden(one)]

    def picked_columns(self) -> list[int]:
        """Columns with a selected cell, in the order in which they stand."""
        found: set[int] = set()
        for one in self.selectionModel().selection():
            found.update(range(one.left(), one.right() + 1))
        return [one for one in self.shown_columns() if one in found]

    def picked_cells(self) -> list[tuple[int, NDArray[np.intp]]]:
        """The selected cells in sight, column by column: (column, rows ascending)."""
        ranges = [one for one in self.selectionModel().selection()]  # noqa: C416 - no sequence to the type checker
        found = []
        for column in self.picked_columns():
            parts = [np.arange(one.top(), one.bottom() + 1) for one in ranges if one.left() <= column <= one.right()]
            found.append((column, parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))))
        return found

    def widths(self, columns: Sequence[int]) -> list[int]:
        return [self.columnWidth(one) for one in columns]
