"""Which tables of a file come in, and into which layer each: one row a table, ticked or not, with what would become of
it. In sight only where the file has several."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.imports.work import Table
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.read_table import read_table
from geohazard_desktop.desktop.theme import theme

_NAME, _COUNT, _LAYER, _STATE = range(4)
_IN_SIGHT = 5  # rows before the list scrolls


class TableList(QWidget):
    """`shown` (row), `ticked` (row, whether), `chosen` (row, layer): what somebody does to a table."""

    shown = Signal(int)
    ticked = Signal(int, bool)
    chosen = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        self.words = label("", "label", wrap=True)
        head.addWidget(self.words, 1)
        self.all_button = button(_("全勾"), lambda: self._tick_all(True), size="small")
        self.none_button = button(_("全不勾"), lambda: self._tick_all(False), size="small")
        head.addWidget(self.all_button)
        head.addWidget(self.none_button)
        column.addLayout(head)
        headings = [_("文件里的图层（表）"), _("个数"), _("写入图层"), _("结果")]
        self.rows = read_table(_("文件里的图层（表）"), headings, 40, boxed=True)
        self.rows.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.rows.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        stretch, content = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents
        for index, mode in enumerate((stretch, content, stretch, stretch)):
            self.rows.horizontalHeader().setSectionResizeMode(index, mode)
        self.rows.itemChanged.connect(self._changed)
        self.rows.currentCellChanged.connect(self._moved)
        column.addWidget(self.rows)
        self.boxes: list[CalmCombo] = []
        self.hide()

    def show_tables(
        self,
        tables: Sequence[Table],
        current: int,
        layers_for: Callable[[Table], Sequence[tuple[str, str]]],
        state_of: Callable[[Table], tuple[str, str]],
    ) -> None:
        """`layers_for` gives (title, layer) to choose from, `state_of` (words, colour) of what becomes of a table."""
        self.setVisible(len(tables) > 1)
        if len(tables) < 2:
            return
        ticked = sum(one.ticked for one in tables)
        words = _("文件里有 {count} 个图层（表），勾了 {ticked} 个，一次导入；点一行看它的内容")
        self.words.setText(words.format(count=len(tables), ticked=ticked))
        self.rows.blockSignals(True)
        if self.rows.rowCount() != len(tables):
            self._build(len(tables))
        for row, one in enumerate(tables):
            name, count, state = (self._item(row, column) for column in (_NAME, _COUNT, _STATE))
            name.setText(one.title)
            name.setToolTip(one.title)
            name.setCheckState(Qt.CheckState.Checked if one.ticked else Qt.CheckState.Unchecked)
            source = one.look.source if one.look is not None else None
            count.setText("" if source is None else str(len(source)))
            told, colour = state_of(one)
            state.setText(told)
            state.setToolTip(told)
            state.setForeground(theme().colour(colour))
            self._offer(self.boxes[row], one, layers_for(one))
        self.rows.setCurrentCell(current, _NAME)
        self.rows.blockSignals(False)

    # -- rows ------------------------------------------------------------------------------------------------------

    def _build(self, count: int) -> None:
        self.rows.setRowCount(0)
        self.rows.setRowCount(count)
        self.boxes = []
        for row in range(count):
            for column in (_NAME, _COUNT, _STATE):
                self.rows.setItem(row, column, QTableWidgetItem())
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            self._item(row, _NAME).setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            self._item(row, _COUNT).setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            box = CalmCombo()
            box.setAccessibleName(_("写入图层"))
            box.setPlaceholderText(_("请选图层"))
            box.activated.connect(lambda _index, row=row: self.chosen.emit(row, str(self.boxes[row].currentData())))
            self.rows.setCellWidget(row, _LAYER, box)
            self.boxes.append(box)
        height = self.rows.verticalHeader().defaultSectionSize() * min(count, _IN_SIGHT)
        self.rows.setFixedHeight(self.rows.horizontalHeader().sizeHint().height() + height + theme().px(4))

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        found = self.rows.item(row, column)
        assert found is not None
        return found

    @staticmethod
    def _offer(box: CalmCombo, table: Table, layers: Sequence[tuple[str, str]]) -> None:
        if [box.itemData(one) for one in range(box.count())] != [layer for _title, layer in layers]:
            box.clear()
            for title, layer in layers:
                box.addItem(title, layer)
        unclear = table.look is None or table.look.unclear
        box.setCurrentIndex(-1 if unclear else box.findData(table.wish.layer))
        box.setEnabled(table.ticked)

    # -- what somebody does ----------------------------------------------------------------------------------------

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == _NAME:
            self.ticked.emit(item.row(), item.checkState() == Qt.CheckState.Checked)

    def _moved(self, row: int, _column: int, before: int, _before_column: int) -> None:
        if row >= 0 and row != before:
            self.shown.emit(row)

    def _tick_all(self, ticked: bool) -> None:
        for row in range(self.rows.rowCount()):
            self._item(row, _NAME).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
