"""发卡登记: what was issued to whom, who signed, and what is to be printed again, in the order of the walk."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QProgressBar, QTableView, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job
from geohazard_desktop.desktop.button_menu import button_menu
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.papers.issue_filters import IssueFilters
from geohazard_desktop.desktop.papers.issue_rows import (
    INCOMPARABLE,
    TO_PRINT,
    WITHDRAWN,
    IssueModel,
    Row,
    followed,
    rows_of,
)
from geohazard_desktop.desktop.papers.issue_words import (
    compared_words,
    list_words,
    print_words,
    row_words,
    voided_words,
)
from geohazard_desktop.desktop.parts import Elided, button, label, line
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.receipt_products import SIGNED_FOR
from geohazard_desktop.publishing.issues.standing import Standing
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.papers.issue_desk import IssueHandlers

_PRODUCTS = (
    ("", _("全部发过的")),
    *((one.key, one.title) for one in PRODUCTS.values() if one.registers and one.group == "cards"),
    *((one.key, one.title) for one in PRODUCTS.values() if one.registers and one.group != "cards"),
)
# What goes to households is signed for at the door; the rest is handed to whoever hangs it up.
_SIGNED_FOR = {key: "work" if key == "cards_work" else "household" for key in SIGNED_FOR}
_WIDTHS = (112, 146, 92, 214, 44, 96, 88, 88)  # what is left is for how it stands and why


class IssueWindow(QDialog):
    def __init__(self, window: "MainWindow", desk: "IssueHandlers") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._standings: dict[tuple[str, str], Standing] = {}
        self._job: Job | None = None
        self._percent = 0.0  # of the type, as lengths are now
        self._once_more = False  # data changed while they were compared
        self._voided: dict[str, IssuedPaper] = {}  # just now, to be told until another row is chosen
        self.setWindowTitle(_("发卡登记"))
        self.setModal(False)
        open_at(self, 1320, 620)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(16), theme().px(14), theme().px(16), theme().px(14))
        column.setSpacing(theme().px(10))
        column.addLayout(self._head())
        self.filters = IssueFilters()
        self.case, self.zone = self.filters.case, self.filters.zone
        self.filters.changed.connect(self._sift)
        column.addWidget(self.filters)
        self.model = IssueModel()
        self.view = QTableView()
        self.view.setModel(self.model)
        self._dress_view()
        column.addWidget(self.view, 1)
        self.told = label("", "note", wrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        column.addWidget(line())
        column.addLayout(self._foot())
        self._grow()
        theme().changed.connect(self._grow)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        window.session.changed.connect(self._changed)
        window.session.when_opened(self._forget)
        window.session.closing.connect(self.close)
        desk.watch.told.connect(self._watched)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        head.addWidget(label(_("发卡登记"), "title"))
        self.count = label("", "small")
        head.addWidget(self.count)
        head.addStretch(1)
        self.product = CalmCombo()
        self.product.setAccessibleName(_("比较哪一种"))
        self.product.setMaxVisibleItems(20)
        for key, title in _PRODUCTS:
            self.product.addItem(title, key)
        head.addWidget(self.product)
        self.product.currentIndexChanged.connect(lambda _row: self._settle_list())
        self.compare = button(_("看哪些要重印"), self._compare, icon_name="check-code")
        self.compare.setToolTip(_("把最近一次发的和现在的数据逐张比，不改任何东西。"))
        head.addWidget(self.compare)
        self.print = button(_("只出要重印的"), self._print, primary=True)
        head.addWidget(self.print)
        return head

    def _dress_view(self) -> None:
        view = self.view
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setAccessibleName(_("发卡登记"))
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            view.setColumnWidth(column, theme().px(width))
        view.verticalHeader().hide()
        view.selectionModel().selectionChanged.connect(lambda *_changed: self._selected())
        view.doubleClicked.connect(self._look)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._offer)

    def _grow(self) -> None:
        """Lengths at the theme's size. The columns keep the proportions that a hand gave them."""
        px, before = theme().px, self._percent
        self._percent = px(1000) / 10
        self.view.verticalHeader().setDefaultSectionSize(px(30))
        self.told.setMinimumHeight(px(38))
        self.product.setMinimumWidth(px(190))
        self.filters.grow()
        if before:
            share = self._percent / before
            for column in range(len(_WIDTHS)):
                self.view.setColumnWidth(column, round(self.view.columnWidth(column) * share))
            open_at(self, 1320, 620)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.kept = Elided("", "small", "text3")
        row.addWidget(self.kept, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme().px(150))
        self.bar.hide()
        row.addWidget(self.bar)
        self.stop = button(_("停下"), self._stop, size="small")
        self.stop.hide()
        row.addWidget(self.stop)
        self.show_map = button(_("在图上看"), lambda: self._look(QModelIndex()), size="small")
        self.reprint = button(_("照原样重印"), self._reprint, size="small")
        self.receive = button(_("登记签收…"), self._receive, size="small")
        self.void = button(_("作废…"), self._void, size="small")
        self.receipts = button(_("出签收表"), self._receipts, size="small", icon_name="receipts")
        self._settle_list()
        for one in (self.show_map, self.reprint, self.receive, self.void, self.receipts):
            one.setAutoDefault(False)
            row.addWidget(one)
        return row

    # -- rows ------------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._standings = {}
        self.filters.choose_case("")  # of a workspace that was left

    def _changed(self, deltas: Sequence[Delta]) -> None:
        """What was compared is no longer sure once data change; a further row of the register is no such change."""
        if self._standings and any(one.layer != REGISTER for one in deltas):
            self._standings = {}
            self._known()
        if self.isVisible():
            self._later.start()

    def show_all(self) -> None:
        """The register as it was left, with what is known of each paper."""
        self._known()
        self.refresh()

    def show_found(self) -> None:
        """What the window found by itself: what is to be printed again, or to be called back."""
        self.product.setCurrentIndex(0)
        self._known()
        self.show_case(TO_PRINT if self._desk.watch.due else WITHDRAWN if self._desk.watch.withdrawn else "")

    def show_zone(self, uid: str, words: str) -> None:
        """All papers in force of a danger zone; of one that has none, that it has none."""
        self.product.setCurrentIndex(0)
        self.filters.show_zone(uid, words)

    def _known(self) -> None:
        """What the window found by itself, where all kinds are in sight; nothing while that is of other data."""
        watch = self._desk.watch
        if watch.found and not watch.pending and not watch.fault and not self.product.currentData():
            self._standings = {one.key: one for one in watch.found}

    def _watched(self) -> None:
        if self.isVisible() and self._job is None:
            self._known()
            self._later.start()

    def show_case(self, case: str) -> None:
        """Only the rows of one case, of all kinds."""
        self.filters.choose_case(case)
        self.refresh()

    def show_paper(self, key: tuple[str, str]) -> None:
        """The papers in use, one of them chosen and in sight."""
        self.view.clearSelection()
        self.show_case("")
        self._choose({key})
        self.view.scrollTo(next(iter(self.view.selectionModel().selectedRows()), QModelIndex()))

    def refresh(self) -> None:
        """The register anew; the selection stays."""
        ws = self._window.session.ws
        if ws is None:
            return
        chosen = {one.key for one in self.chosen()}
        register = read_register(ws)
        # What was printed since it was compared is no longer to be printed.
        pending = self._desk.watch.pending
        now = {key: followed(one, register.latest(*key), pending=pending) for key, one in self._standings.items()}
        self._standings = {key: one for key, one in now.items() if one is not None}
        self.model.take(rows_of(ws, register, self._standings, pending=pending))
        size = ws.file_sizes([one.kept for one in register.papers if one.kept])
        self.kept.set_text(
            _("留存重印用的内容 {size:.1f} MB，只在这个工作文件里；脱敏副本不带。").format(size=size / 1e6)
            if size
            else ""
        )
        self.filters.take(self.model.all)
        self._sift()
        self._choose(chosen)

    def _sift(self) -> None:
        self.filters.sift(self.model)
        self.count.setText(_("{count} 张").format(count=len(self.model.rows)))
        self._selected()

    def _choose(self, keys: set[tuple[str, str]]) -> None:
        model = self.view.selectionModel()
        for number, one in enumerate(self.model.rows):
            if one.key in keys:
                model.select(self.model.index(number, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)

    def chosen(self) -> list[Row]:
        """The selected rows, in the order of the list."""
        numbers = sorted({one.row() for one in self.view.selectionModel().selectedRows()})
        return [self.model.rows[one] for one in numbers if one < len(self.model.rows)]

    def _papers(self) -> list[IssuedPaper]:
        return [one.paper for one in self.chosen() if one.paper is not None]

    def _selected(self) -> None:
        rows, papers = self.chosen(), self._papers()
        read_only = bool(self._window.session.ws is not None and self._window.session.read_only_reason())
        in_force = [one for one in rows if one.in_force]
        self.show_map.setEnabled(len(rows) == 1)
        self.reprint.setEnabled(len(papers) == 1 and bool(papers[0].kept) and not papers[0].void)
        self.receive.setEnabled(bool(in_force) and not read_only)
        self.void.setEnabled(bool(in_force) and not read_only)
        due = self._due()
        self.print.setText(print_words(len(due), all_of_them=self.case.currentData() == INCOMPARABLE))
        self.print.setEnabled(bool(due) and not read_only)
        self.told.setText(self._words(rows))

    def _words(self, rows: Sequence[Row]) -> str:
        if rows:
            self._voided = {}
        if self._voided:
            return voided_words(list(self._voided.values()))
        if len(rows) == 1:
            return row_words(rows[0])
        return self.filters.hides(self.model) or list_words(
            self.model, self._desk.watch, due=self.case.currentData() == TO_PRINT
        )

    # -- what is asked ---------------------------------------------------------------------------------------------

    def _due(self) -> list[Row]:
        """What was compared, is to be printed and in sight; where they are looked at, also what can't be compared."""
        incomparable = self.case.currentData() == INCOMPARABLE
        return [one for one in self.model.rows if one.to_print or (incomparable and one.incomparable)]

    def _compare(self) -> None:
        if self._job is not None:
            return
        self._once_more = False
        self.compare.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop.show()
        self._job = self._desk.compare(str(self.product.currentData()), self._progressed, self._compared, self._ended)

    def _progressed(self, done: int, total: int, _words: str) -> None:
        if total > 0:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _compared(self, found: list[Standing] | None) -> None:
        self._once_more = found is None
        if found is None:
            return
        self._standings = {one.key: one for one in found}
        due = any(one.state.to_print for one in found)
        self.case.setCurrentIndex(self.case.findData(TO_PRINT if due else ""))
        self.refresh()
        if not due:
            self.told.setText(compared_words(found, self.model.all))

    def _ended(self) -> None:
        self._job = None
        self.compare.setEnabled(True)
        self.bar.hide()
        self.stop.hide()
        if self._once_more and self.isVisible() and self._window.session.ws is not None:
            self._compare()

    def _stop(self) -> None:
        if self._job is not None:
            self._once_more = False
            self._job.requestInterruption()

    def _print(self) -> None:
        lines: dict[tuple[str, str], list[str]] = {}
        options: dict[tuple[str, str], dict[str, Any]] = {}
        for one in self._due():
            given = {} if one.paper is None else one.paper.options
            key = one.product, json.dumps(given, sort_keys=True)
            lines.setdefault(key, []).append(one.uid)
            options[key] = given
        self._desk.print_anew([(key[0], options[key], uids) for key, uids in lines.items()])

    def _offer(self, place: QPoint) -> None:
        """What can be done with the rows chosen, beside the pointer."""
        if self.chosen():
            buttons = (self.show_map, self.reprint, self.receive, self.void)
            button_menu(self, buttons).popup(self.view.viewport().mapToGlobal(place))

    def _look(self, _index: QModelIndex) -> None:
        rows = self.chosen()
        if len(rows) == 1:
            self._desk.look_at(rows[0].layer, rows[0].uid)

    def _reprint(self) -> None:
        papers = self._papers()
        if len(papers) == 1:
            self._desk.reprint(papers[0])

    def _receive(self) -> None:
        self._desk.receive([one.paper for one in self.chosen() if one.in_force and one.paper is not None], self)

    def _void(self) -> None:
        papers = [one.paper for one in self.chosen() if one.in_force and one.paper is not None]
        if self._desk.void(papers, self):
            self._voided = {one.row.uid: one for one in papers}

    def _receipts(self) -> None:
        product = str(self.product.currentData())
        self._desk.receipts(_SIGNED_FOR.get(product, ""), product)

    def _settle_list(self) -> None:
        signed = str(self.product.currentData()) in _SIGNED_FOR
        self.receipts.setText(_("出签收表") if signed else _("出分发表"))
