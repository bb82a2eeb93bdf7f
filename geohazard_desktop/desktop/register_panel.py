"""属性表: one layer as a table, sorted and filtered; its selection is the map's selection."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.feature_facts import name_of, reading_order
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Delta, FeatureTable

Index = QModelIndex | QPersistentModelIndex


class RegisterModel(QAbstractTableModel):
    """Rows are an order of indexes into one FeatureTable, so that sorting moves numbers, not rows."""

    def __init__(self) -> None:
        super().__init__()
        self.table: FeatureTable | None = None
        self.fields: list[FieldDefinition] = []
        self.order: list[int] = []
        self._names: dict[str, str] = {}
        self._sort: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._text = ""

    def show(self, table: FeatureTable | None, fields: Sequence[FieldDefinition], names: dict[str, str]) -> None:
        """`names` are words for the uids that reference fields hold."""
        self.beginResetModel()
        self.table, self.fields, self._names = table, list(fields), names
        self._arrange()
        self.endResetModel()

    def sift(self, text: str) -> None:
        self.beginResetModel()
        self._text = text.strip().lower()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        table = self.table
        if table is None:
            self.order = []
            return
        rows = list(range(len(table)))
        if self._text:
            columns = [table.columns.get(one.name) for one in self.fields]
            rows = [
                row
                for row in rows
                if any(
                    c is not None and c[row] is not None and self._text in self._words(c[row]).lower() for c in columns
                )
            ]
        column, order = self._sort
        if 0 <= column < len(self.fields):
            values = table.columns.get(self.fields[column].name) or [None] * len(table)
            down = order == Qt.SortOrder.DescendingOrder
            # Values of one field have one type; a foreign program's exception still has an order among texts.
            filled = sorted(
                (row for row in rows if values[row] is not None),
                key=lambda row: (isinstance(values[row], str), values[row]),
                reverse=down,
            )
            rows = [*filled, *(row for row in rows if values[row] is None)]
        self.order = list(rows)

    def _words(self, value: object) -> str:
        return self._names.get(value, "") or words.shown(value) if isinstance(value, str) else words.shown(value)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.table is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole):
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = field.type in ("integer", "real")
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        column = self.table.columns.get(field.name)
        return self._words(None if column is None else column[self.order[index.row()]])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        field = self.fields[section]
        return field.title + (f"（{field.unit}）" if field.unit else "")

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sort = (column, order)
        self._arrange()
        self.layoutChanged.emit()

    def uid(self, row: int) -> str:
        assert self.table is not None
        return self.table.uids[self.order[row]]


class RegisterPanel(QWidget):
    """`zoom_asked` (key) on a double click, `closed`."""

    zoom_asked = Signal(object)
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.layer = ""
        self._busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(14), theme().px(6), theme().px(8), theme().px(6))
        self.title = label("", "strong")
        head.setSpacing(theme().px(10))
        head.addWidget(self.title)
        self.count = label("", "small")
        head.addWidget(self.count)
        head.addStretch(1)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("筛选"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(theme().px(220))
        self.filter.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        head.addWidget(self.filter)
        head.addWidget(icon_button("close", _("收起属性表"), self.closed.emit))
        column.addLayout(head)
        self.model = RegisterModel()
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSortingEnabled(True)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.verticalHeader().setDefaultSectionSize(theme().px(29))
        self.view.verticalHeader().setHighlightSections(False)
        column.addWidget(self.view, 1)
        self.filter.textChanged.connect(self._sift)
        self.view.selectionModel().selectionChanged.connect(self._chosen)
        self.view.doubleClicked.connect(lambda index: self.zoom_asked.emit((self.layer, self.model.uid(index.row()))))
        session.selection_changed.connect(self._follow)
        session.changed.connect(self._changed)

    def show_layer(self, layer: str) -> None:
        self.layer = layer
        self.filter.clear()
        self.refresh()
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column) + 12, theme().px(260)))

    def refresh(self) -> None:
        ws = self._session.ws
        if ws is None or not self.layer:
            self.model.show(None, [], {})
            return
        definition = ws.definitions[self.layer]
        table = ws.table(self.layer)
        names: dict[str, str] = {}
        for field in definition.fields:
            if field.type == "reference":
                wanted = {str(value) for value in table.columns.get(field.name, ()) if value}
                if wanted:
                    names |= {one.uid: name_of(ws, one) for one in ws.table(field.target, uids=sorted(wanted))}
        self._busy = True
        self.model.show(table, reading_order(definition), names)
        self._busy = False
        self.title.setText(definition.title)
        self._sift(self.filter.text())

    def _sift(self, text: str) -> None:
        self._busy = True
        self.model.sift(text)
        self._busy = False
        total = len(self.model.table) if self.model.table is not None else 0
        shown = len(self.model.order)
        told = _("{count} 个") if shown == total else _("{shown} / {count} 个")
        if total and not shown:
            told = _("{count} 个里没有“{text}”，点 × 清除筛选")
        self.count.setText(told.format(count=total, shown=shown, text=text.strip()))
        self._follow()

    def _chosen(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._busy or not self.layer:
            return
        rows = self.view.selectionModel().selectedRows()
        keys: list[Key] = [(self.layer, self.model.uid(one.row())) for one in rows]
        self._busy = True
        self._session.select(keys)
        self._busy = False

    def show_selected(self) -> None:
        """Bring the first selected row into sight, after the table has opened."""
        self._follow()

    def _follow(self) -> None:
        if self._busy or not self.isVisible() or self.model.table is None:
            return
        wanted = {uid for layer, uid in self._session.selection if layer == self.layer}
        self._busy = True
        chosen = QItemSelection()
        first = None
        for row in range(len(self.model.order)) if wanted else ():
            if self.model.uid(row) in wanted:
                index = self.model.index(row, 0)
                chosen.select(index, index)
                first = first if first is not None else index
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        if first is not None:
            self.view.scrollTo(first)
        self._busy = False

    def _changed(self, deltas: list[Delta]) -> None:
        if self.layer and self.isVisible() and any(one.layer == self.layer for one in deltas):
            self.refresh()
