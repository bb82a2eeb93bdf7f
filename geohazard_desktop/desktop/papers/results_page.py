"""已出: what was made, what lacks, whose; each row leads to its object, each file to its page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.messages_box import MessagesBox
from geohazard_desktop.desktop.papers.publisher import Result
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.report import MadeRow

_MOST_ROWS = 5000
_STATES = {"made": _("出好"), "kept": _("没变"), "failed": _("没出成")}


class ResultsPage(QWidget):
    """`shown` (Path), `asked_for` (layer, uid), `print_asked`, `list_asked` (rows of the last batch)."""

    shown = Signal(object)
    asked_for = Signal(str, str)
    print_asked = Signal()
    list_asked = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Path] = []
        self.rows: list[MadeRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
        column.setSpacing(theme().px(7))
        self.title = label(_("还没有出过。"), "strong", wrap=True)
        column.addWidget(self.title)
        self.told = MessagesBox()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.told)
        area.setMaximumHeight(theme().px(130))
        self._area = area
        column.addWidget(area)
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("boxed")
        self.table.setHorizontalHeaderLabels([_("图、卡"), _("结果"), _("缺什么")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 62), (2, 76)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(section, theme().px(width))
        self.table.cellDoubleClicked.connect(self._look_at)
        self.table.cellClicked.connect(self._show_row)
        column.addWidget(self.table, 2)
        self.list_button = button(_("存出图清单……"), lambda: self.list_asked.emit(self.rows), size="small")
        column.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.list = QListWidget()
        # Names of papers begin with their number and end with paper and use: both ends are needed to tell them apart.
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("已经出的文件"))
        self.list.itemClicked.connect(self._look)
        self.list.itemActivated.connect(self._look)
        column.addWidget(self.list, 3)
        row = QHBoxLayout()
        row.setSpacing(theme().px(5))
        self.print_button = button(_("打印……"), self.print_asked.emit, size="small", icon_name="print")
        self.folder_button = button(_("打开文件夹"), self._open_folder, size="small")
        self.open_button = button(_("用系统程序打开"), self._open, size="small")
        for one in (self.print_button, self.folder_button):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._settle()

    def forget(self) -> None:
        self.results, self.rows = [], []
        self.title.setText(_("还没有出过。"))
        self.told.clear()
        self._settle()

    def show_result(self, result: Result) -> None:
        pages = _("，共 {pages} 页").format(pages=result.pages) if result.pages else ""
        self.title.setText(
            _("{title}：{count} 个文件{pages}，用了 {seconds:.1f} 秒。").format(
                title=result.order.title, count=len(result.files), pages=pages, seconds=result.seconds
            )
        )
        self.told.clear()
        self.told.say("warning", result.problems)
        self.told.say("info", result.notes)
        self.rows = list(result.rows)
        self.results = [*result.files, *(one for one in self.results if one not in result.files)]
        self._settle()
        if result.files:
            self.list.setCurrentRow(0)

    def _settle(self) -> None:
        self.list.clear()
        for path in self.results:
            name = "web" if path.suffix == ".html" else "file"
            item = QListWidgetItem(icon(name, "text2"), path.name)
            item.setToolTip(str(path))
            self.list.addItem(item)
        there = bool(self.results)
        for one in (self.open_button, self.folder_button, self.print_button):
            one.setVisible(there)
        self.list.setVisible(there and not self.rows)  # the rows of a batch lead to their files themselves
        self._area.setVisible(bool(self.told.texts()))
        self._fill_table(self.rows)
        self.changed.emit()

    def _fill_table(self, rows: Sequence[MadeRow]) -> None:
        """What needs a look first."""
        order = {"failed": 0, "made": 1, "kept": 1}
        self.rows = sorted(rows, key=lambda one: (order[one.state], not one.problems, not one.lacking))
        shown = self.rows[:_MOST_ROWS]
        self.table.setVisible(bool(shown))
        self.list_button.setVisible(bool(shown))
        self.table.setRowCount(len(shown))
        for number, one in enumerate(shown):
            lacks = _("{count} 项").format(count=len(one.lacking)) if one.lacking else ""
            words = (f"{one.product}　{one.called}".rstrip("　"), _STATES[one.state], lacks)
            tip = "\n".join(
                part
                for part in (
                    words[0],
                    one.street,
                    one.zone,
                    _("没有登记：{labels}").format(labels="、".join(one.lacking)) if one.lacking else "",
                    *one.problems,
                    _("双击到图上看") if one.uid else "",
                )
                if part
            )
            for section, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(tip)
                if section == 1 and (one.state == "failed" or one.problems):
                    item.setIcon(icon("sign-error" if one.state == "failed" else "sign-warning"))
                self.table.setItem(number, section, item)

    # -- the way on ------------------------------------------------------------------------------------------------

    def step(self, way: int) -> None:
        """Look at the next or previous of the finished files."""
        row = self.list.currentRow() + way
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            self.shown.emit(self.results[row])
        elif self.list.count():
            words = _("后面没有了：这是最后一份。") if way > 0 else _("前面没有了：这是第一份。")
            reporter().say("info", words)

    def place(self, path: Path) -> tuple[int, int]:
        """Which of the files this is, from 0 (-1: none of them), and how many there are."""
        return (self.results.index(path) if path in self.results else -1), len(self.results)

    def _current(self) -> Path | None:
        row = self.list.currentRow()
        return self.results[row] if 0 <= row < len(self.results) else None

    def _look(self, _item: QListWidgetItem) -> None:
        path = self._current()
        if path is not None:
            self.shown.emit(path)

    def _show_row(self, number: int, _section: int) -> None:
        """A click on a row shows its page."""
        wanted = [
            one for one in self.results if self.rows[number].files and one.name == Path(self.rows[number].files[0]).name
        ]
        if wanted:
            self.list.setCurrentRow(self.results.index(wanted[0]))
            self.shown.emit(wanted[0])

    def _look_at(self, number: int, _section: int) -> None:
        row = self.rows[number]
        if row.uid:
            self.asked_for.emit(row.layer, row.uid)

    def _open(self) -> None:
        path = self._current()
        if path is not None:
            files.show_in_system(path)

    def _open_folder(self) -> None:
        path = self._current() or (self.results[0] if self.results else None)
        if path is not None:
            files.show_in_system(path.parent)
