"""危险区过程: every entry of every zone in one list, sifted by the state now and by words, sorted, handed on as Excel.

It stays beside the map: a row that is chosen is the selected zone.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from geohazard_desktop.analysis.zone_event_list import HEADINGS, EventRow, zone_event_rows
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.exchange.list_workbook import write_list
from geohazard_desktop.workspace.feature import Delta

_ZONE = int(Qt.ItemDataRole.UserRole)
_STATE = _ZONE + 1
_ORDER = _ZONE + 2
_ALL = ""


class _Sifted(QSortFilterProxyModel):
    """By the state now and by words in any cell."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.words = _ALL, ""

    def sift(self, *, state: str | None = None, words: str | None = None) -> None:
        self.state = self.state if state is None else state
        self.words = self.words if words is None else words.strip().lower()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, _parent: object) -> bool:
        model = self.sourceModel()
        first = model.index(row, 0)
        if self.state and self.state not in str(first.data(_STATE)):
            return False
        cells = (str(model.index(row, column).data() or "").lower() for column in range(model.columnCount()))
        return not self.words or any(self.words in one for one in cells)


class ZoneEventsDialog(QDialog):
    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("危险区过程"))
        self.setModal(False)
        open_at(self, 1080, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(16), theme().px(14), theme().px(16), theme().px(14))
        column.setSpacing(theme().px(10))
        column.addLayout(self._head())
        self.model = QStandardItemModel(0, len(HEADINGS))
        self.model.setHorizontalHeaderLabels([_(one) for one in HEADINGS])
        self.sifted = _Sifted()
        self.sifted.setSourceModel(self.model)
        self.view = QTableView()
        self.view.setModel(self.sifted)
        self._dress_view()
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(label(_("点一行，图上选中那个危险区；更正在它的属性里做。"), "note"))
        row.addStretch(1)
        row.addWidget(button(_("选中列出的危险区"), self.select_listed, size="small"))
        self.export = button(_("导出 Excel……"), self._export, size="small", icon_name="export")
        row.addWidget(self.export)
        column.addLayout(row)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        self.state.activated.connect(lambda _index: self._sift())
        self.words.textChanged.connect(lambda _text: self._sift())
        self.view.selectionModel().currentRowChanged.connect(self._chosen)
        session.changed.connect(self._changed)
        session.closing.connect(self.close)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        head.addWidget(label(_("危险区过程"), "title"))
        self.count = label("", "small")
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(label(_("当前状态"), "label"))
        self.state = CalmCombo()
        self.state.setAccessibleName(_("当前状态"))
        self.state.setMinimumWidth(theme().px(130))
        head.addWidget(self.state)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("找编号、名称、文号、单位"))
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(theme().px(240))
        self.words.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        head.addWidget(self.words)
        return head

    def _dress_view(self) -> None:
        view = self.view
        view.setSortingEnabled(True)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setHighlightSections(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme().px(30))

    # -- rows ------------------------------------------------------------------------------------------------------

    def _changed(self, deltas: Sequence[Delta]) -> None:
        if self.isVisible() and any(one.layer in ("zone_event", "danger_zone") for one in deltas):
            self._later.start()

    def refresh(self) -> None:
        if self._session.ws is None:
            return
        rows = zone_event_rows(self._session.workspace)
        self.view.selectionModel().blockSignals(True)
        self.model.removeRows(0, self.model.rowCount())
        for number, one in enumerate(rows):
            self.model.appendRow(self._items(number, one))
        self.view.selectionModel().blockSignals(False)
        chosen = self.state.currentData() or _ALL
        self.state.clear()
        self.state.addItem(_("全部"), _ALL)
        for state in dict.fromkeys(part for one in rows for part in one.state.split(" · ")):
            self.state.addItem(state, state)
        self.state.setCurrentIndex(max(0, self.state.findData(chosen)))
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            width = min(self.view.columnWidth(column) + theme().px(10), theme().px(240))
            self.view.setColumnWidth(column, width)
        self._sift()

    def _items(self, number: int, row: EventRow) -> list[QStandardItem]:
        made = [QStandardItem(text) for text in row.cells]
        for one in made:
            one.setToolTip(one.text())
            one.setData(row.zone, _ZONE)
            one.setData(row.state, _STATE)
            one.setData(number, _ORDER)
        return made

    def _sift(self) -> None:
        self.sifted.sift(state=str(self.state.currentData() or _ALL), words=self.words.text())
        shown, total = self.sifted.rowCount(), self.model.rowCount()
        told = _("{total} 条") if shown == total else _("{shown} / {total} 条")
        self.count.setText(told.format(shown=shown, total=total))

    def listed(self) -> list[list[str]]:
        """The rows in sight, in their order."""
        model = self.sifted
        columns = range(model.columnCount())
        return [[str(model.index(row, one).data() or "") for one in columns] for row in range(model.rowCount())]

    # -- what is asked ---------------------------------------------------------------------------------------------

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        uid = str(now.data(_ZONE) or "")
        if uid:
            self._session.select([("danger_zone", uid)])

    def select_listed(self) -> None:
        """Every zone in sight becomes the selection: for a step of several at once."""
        model = self.sifted
        uids = dict.fromkeys(str(model.index(row, 0).data(_ZONE)) for row in range(model.rowCount()))
        self.view.selectionModel().select(QModelIndex(), QItemSelectionModel.SelectionFlag.Clear)
        self._session.select([("danger_zone", uid) for uid in uids])

    def _export(self) -> None:
        name = _("危险区过程 {day}.xlsx").format(day=date.today().isoformat())
        path = files.ask_save(self, _("导出危险区过程"), name, _("Excel 表 (*.xlsx)"), ".xlsx")
        if path is None:
            return
        ws = self._session.workspace
        office = ws.setting("office.name")
        note = _("{office}　导出日期 {day}　{count} 条").format(
            office=office, day=date.today().isoformat(), count=self.sifted.rowCount()
        )
        try:
            write_list(path, _("危险区过程"), [_(one) for one in HEADINGS], self.listed(), note.strip())
        except GeohazardError as error:
            reporter().error(error)
            return
        reporter().say("done", _("已导出 {name}，{count} 条。").format(name=path.name, count=self.sifted.rowCount()))
