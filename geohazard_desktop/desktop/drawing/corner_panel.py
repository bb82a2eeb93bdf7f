"""拐点表 over the map: the corners of the feature under the vertex tool.

A cell can be typed, a list pasted, all copied; the row that is chosen is the corner that is chosen on the map.
"""

from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.imports.far_question import meant
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.corner_choice import CornerChoice
from geohazard_desktop.editing.corner_table import (
    EAST_COLUMN,
    NORTH_COLUMN,
    CornerRow,
    pasted,
    rows_of,
    text_of,
    typed_corner,
)
from geohazard_desktop.editing.tool import Key
from geohazard_desktop.workspace.feature import Feature

_NORTH, _EAST = NORTH_COLUMN, EAST_COLUMN
_GAP = 14


class CornerModel(QAbstractTableModel):
    """`typed` (row, column, text): a cell was changed by hand."""

    typed = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[CornerRow] = []
        self.editable = False

    def show_rows(self, rows: list[CornerRow], *, editable: bool) -> None:
        self.beginResetModel()
        self.rows, self.editable = rows, editable
        self.endResetModel()

    def rowCount(self, _parent: object = None) -> int:
        return len(self.rows)

    def columnCount(self, _parent: object = None) -> int:
        return 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("点号"), _("X 北（米）"), _("Y 东（米）"), _("边长（米）"), _("方位角"))[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.rows[index.row()].texts()[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable and index.column() in (_NORTH, _EAST):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        self.typed.emit(index.row(), index.column(), str(value))
        return True


class _Owner(Protocol):
    """Who shows such a table."""

    def copy(self) -> None: ...
    def paste(self) -> None: ...
    def leave(self) -> None: ...


class CornerTable(QTableView):
    """Ctrl+C and Ctrl+V are the table's while it has the keyboard."""

    def __init__(self, panel: "_Owner") -> None:
        super().__init__()
        self._panel = panel

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Copy) or event.matches(keys.Paste):
                event.accept()  # else the window's command would copy the feature
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._panel.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._panel.paste()
        elif event.key() == Qt.Key.Key_Escape:
            self._panel.leave()
        else:
            super().keyPressEvent(event)


def dress_corner_table(table: QTableView) -> None:
    """Rows and columns of a 拐点表, once its model is set."""
    table.setAccessibleName(_("拐点表"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme().px(26))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for section, width in enumerate((70, 118, 122, 92, 92)):
        header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(section, theme().px(width))
    header.setStretchLastSection(True)


class CornerPanel(QFrame):
    """`closed`; `left` (back to the map); `said` (sentence, severity); `ringed` (place or None)."""

    closed = Signal()
    left = Signal()
    said = Signal(str, str)
    ringed = Signal(object)

    def __init__(self, canvas: QWidget, session: Session) -> None:
        super().__init__(canvas)
        self.setObjectName("float")
        self._session = session
        self._hand: CornerChoice | None = None
        self._shown: Feature | None = None
        self._key: Key | None = None
        self._following = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(8), theme().px(8), theme().px(10))
        column.setSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addWidget(label(_("拐点表"), "strong"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("哪个要素的拐点"))
        self.which.currentIndexChanged.connect(self._chosen_feature)
        self.name = Elided("", "table", "text2")
        row.addWidget(self.which, 1)
        row.addWidget(self.name, 1)
        row.addWidget(button(_("全部复制"), self.copy_all, size="small"))
        self.paste_button = button(_("粘贴坐标"), self.paste, size="small")
        self.paste_button.setToolTip(_("从选中的一行起，用剪贴板里的坐标换掉拐点的位置；每行一个点。"))
        row.addWidget(self.paste_button)
        row.addWidget(icon_button("close", _("收起拐点表"), self.closed.emit))
        column.addLayout(row)
        self.model = CornerModel()
        self.model.typed.connect(self._typed)
        self.table = CornerTable(self)
        self.table.setModel(self.model)
        dress_corner_table(self.table)
        self.table.selectionModel().selectionChanged.connect(self._row_chosen)
        column.addWidget(self.table, 1)
        self.hide()

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_hand(self, hand: CornerChoice | None) -> None:
        """What the vertex tool holds now; called at each of its steps, so it does nothing where nothing changed."""
        self._hand = hand
        if not self.isVisible():
            return
        features = list(hand.features.values()) if hand is not None else []
        keys = [(one.layer, one.uid) for one in features]
        if self._key not in keys:
            chosen = [key for key, refs in hand.chosen.items() if refs and key in keys] if hand is not None else []
            self._key = next(iter([*chosen, *keys]), None)
        shown = next((one for one in features if (one.layer, one.uid) == self._key), None)
        names = [self._session.label(one) for one in features]
        if names != [self.which.itemText(index) for index in range(self.which.count())]:
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems(names)
            self.which.blockSignals(False)
        self.which.setVisible(len(names) > 1)
        self.name.setVisible(len(names) <= 1)
        self.name.set_text(names[0] if names else _("先点一个面或线"))
        if self._key in keys:
            self.which.setCurrentIndex(keys.index(self._key))
        if shown is not self._shown:
            self._shown = shown
            row = self.table.currentIndex().row()
            editable = not self._session.read_only_reason()
            self._following = True
            self.model.show_rows(rows_of(shown) if shown is not None else [], editable=editable)
            self._following = False
            self.paste_button.setEnabled(editable and shown is not None)
            if 0 <= row < len(self.model.rows):
                self.table.setCurrentIndex(self.model.index(row, _NORTH))
        self._follow_choice()

    def _follow_choice(self) -> None:
        """The rows of the corners that are chosen on the map."""
        if self._hand is None or self._key is None or self.table.hasFocus():
            return
        chosen = self._hand.chosen.get(self._key, set())
        selection = QItemSelection()
        first = None
        for row, one in enumerate(self.model.rows):
            if one.ref in chosen:
                index = self.model.index(row, 0)
                selection.select(index, self.model.index(row, 4))
                first = first or index
        self._following = True
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._following = False
        if first is not None:
            self.table.scrollTo(first)

    def place(self) -> None:
        """In the lower left corner, above the scale."""
        parent = self.parentWidget()
        assert parent is not None
        width = min(theme().px(540), parent.width() - 2 * _GAP)
        height = min(theme().px(270), parent.height() * 2 // 5)
        self.setGeometry(_GAP, parent.height() - height - theme().px(62), width, height)
        self.raise_()

    # -- the user's hand -------------------------------------------------------------------------------------------

    def _chosen_feature(self, index: int) -> None:
        if self._hand is not None and 0 <= index < len(self._hand.features):
            self._key = list(self._hand.features)[index]
            self.show_hand(self._hand)

    def _row_chosen(self, *_selection: object) -> None:
        if self._following or self._hand is None or self._key is None:
            return
        rows = [self.model.rows[one.row()] for one in self.table.selectionModel().selectedRows()]
        self._hand.take_refs(self._key, [one.ref for one in rows])
        self.ringed.emit(rows[-1].place if rows else None)

    def _typed(self, row: int, column: int, text: str) -> None:
        one = self.model.rows[row]
        try:
            place = typed_corner(one.place, column, text)
        except GeohazardError as error:
            self.said.emit(str(error), "warning")
            return
        hand, key = self._hand, self._key
        if hand is not None and key is not None and key in hand.features:

            def put() -> None:
                if hand.put(key, one.ref, place):
                    self.ringed.emit(place)

            meant(self, self._session.workspace, hand.features[key].geometry, {one.ref: place}, put)

    def leave(self) -> None:
        """Back to the map; the table stays."""
        self.left.emit()

    def copy(self) -> None:
        rows = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        self._copy([self.model.rows[row] for row in rows] or self.model.rows)

    def copy_all(self) -> None:
        self._copy(self.model.rows)

    def _copy(self, rows: list[CornerRow]) -> None:
        if rows:
            QGuiApplication.clipboard().setText(text_of(rows))
            self.said.emit(_("已复制 {count} 个拐点，可以粘贴到表格里。").format(count=len(rows)), "done")

    def paste(self) -> None:
        if self._hand is None or self._key is None or not self.model.editable:
            return
        ws = self._session.workspace
        start = max(0, self.table.currentIndex().row())
        try:
            moves, doubts = pasted(self.model.rows, start, QGuiApplication.clipboard().text(), ws.epsg, ws.extent())
        except GeohazardError as error:
            self.said.emit(str(error), "warning")
            return
        if not moves:
            self.said.emit(_("粘贴的坐标和现在一样，没有改。"), "info")
            return
        hand, key = self._hand, self._key
        if key not in hand.features:
            return

        def put() -> None:
            if hand.put_all(key, moves):
                self.said.emit(
                    _("从第 {row} 行起改了 {count} 个拐点。").format(row=start + 1, count=len(moves)), "done"
                )

        meant(self, ws, hand.features[key].geometry, moves, put, doubts)
