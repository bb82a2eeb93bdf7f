"""已出: what was made, what lacks, whose; each row leads to its object, each file to its page."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.messages_box import MessagesBox
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.parts import button, label, scrolled
from geohazard_desktop.desktop.read_table import read_table
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.whole_rows import WholeRows
from geohazard_desktop.publishing.report import MadeRow
from geohazard_desktop.publishing.typeset.bilingual_option import TYPED_THERE

_MOST_ROWS = 5000
_COARSE_S = 2.0  # as a stick tells times
_STATES = {"made": _("出好"), "kept": _("没变"), "failed": _("没出成")}


def _unnumbered(path: Path) -> str:
    return re.sub(r"[0-9]+", "", str(path))


class ResultsPage(QWidget):
    """`shown` (Path), `asked_for` (layer, uid), `print_asked`, `list_asked` (rows of a batch), `mongolian_asked`:
    to where Mongolian is typed."""

    shown = Signal(object)
    asked_for = Signal(str, str)
    print_asked = Signal()
    list_asked = Signal(object)
    mongolian_asked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Path] = []  # made since the workspace was opened, the last first
        self.earlier: list[Path] = []  # by runs before, as they were written down beside the folder
        self.rows: list[MadeRow] = []
        self.run: list[Path] = []  # what the last run wrote, as one walks with it
        self.again = False  # it was to make anew what had changed
        self._codes: dict[Path, Sequence[str]] = {}  # 核对码 of the papers in each file
        self.replaced: Callable[[Mapping[Path, Sequence[str]]], Mapping[Path, str]] = lambda _codes: {}
        self._folder = Path()  # below which the files of `rows` lie
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        outer.addWidget(scrolled(body))
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
        column.setSpacing(theme().px(7))
        self.title = label(_("还没有出过。"), "strong", wrap=True)
        column.addWidget(self.title)
        self.told = MessagesBox()
        area = scrolled(self.told)
        area.setMinimumHeight(theme().px(96))
        area.setMaximumHeight(theme().px(130))
        self._area = area
        column.addWidget(area)
        self.mongolian_button = button(_("填蒙古文…"), self.mongolian_asked.emit, size="small")
        self.mongolian_button.hide()
        column.addWidget(self.mongolian_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = self._made_table()
        column.addWidget(WholeRows(self.table), 2)
        self.list_button = button(_("存出图清单……"), lambda: self.list_asked.emit(self.rows), size="small")
        column.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.list = QListWidget()
        # Names of papers begin with their number and end with paper and use: both ends are needed to tell them apart.
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("已经出的文件"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._tell_print)
        self.list.itemClicked.connect(self._look)
        self.list.itemActivated.connect(self._look)
        column.addWidget(WholeRows(self.list), 3)
        self._foot(column)
        self._settle()

    def _made_table(self) -> QTableWidget:
        table = read_table(_("这一批出的"), [_("图、卡"), _("结果"), _("缺什么")], boxed=True)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number at the end tells rows apart
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 84), (2, 64)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(section, theme().px(width))
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.itemSelectionChanged.connect(self._tell_print)
        table.cellDoubleClicked.connect(self._look_at)
        table.cellClicked.connect(self._show_row)
        return table

    def _foot(self, column: QVBoxLayout) -> None:
        self.print_button = button(_("打印……"), self.print_asked.emit, size="small", icon_name="print")
        self.print_button.setToolTip(_("按住 Ctrl 或 Shift 点几行，就只打印这几行。"))
        column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(theme().px(5))
        self.folder_button = button(_("打开文件夹"), self._open_folder, size="small")
        self.open_button = button(_("用系统程序打开"), self._open, size="small")
        for one in (self.folder_button, self.open_button):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)

    def forget(self) -> None:
        self.results, self.rows, self.run, self.again, self._codes = [], [], [], False, {}
        self.earlier = []
        self.title.setText(_("还没有出过。"))
        self.told.clear()
        self.mongolian_button.hide()
        self._settle()

    @property
    def listed(self) -> list[Path]:
        return [*self.results, *self.earlier]

    def remember(self, made: Mapping[Path, Sequence[str]]) -> None:
        """What was made before the workspace was opened, with the codes of the papers in it: the newest first,
        but what one order made (names that differ in numbers) as somebody walks with it."""
        there = [path for path in dict.fromkeys([*made, *self.earlier]) if path not in self.results and path.is_file()]
        when = {path: path.stat().st_mtime for path in there}
        newest_first = sorted(when, key=when.__getitem__, reverse=True)
        self.earlier = [path for _name, same in groupby(newest_first, key=_unnumbered) for path in sorted(same)]
        self._codes |= made
        if self.earlier and not self.results:
            newest = date.fromtimestamp(max(when.values()))
            words = _("这次打开以后还没有出过。下面是以前出的 {count} 个文件，最近的是 {day} 出的。")
            self.title.setText(words.format(count=len(self.earlier), day=newest.isoformat()))
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
        self.mongolian_button.setVisible(any(TYPED_THERE in one for one in result.notes))
        self.rows = list(result.rows)
        self.run, self.again = list(result.made_now), result.order.again
        self._folder = result.order.out
        for path in result.made_now:
            self._codes[path] = result.codes.get(path, ())
        old = [
            (path, words)
            for path, words in self.replaced(self._codes).items()
            if path in self.results and path not in self.run
        ]
        self.told.say("warning", [_("以前出的 {name} {words}。").format(name=one.name, words=how) for one, how in old])
        self.results = list(dict.fromkeys([*self.run, *result.files, *self.results]))
        self.earlier = [one for one in self.earlier if one not in set(self.results)]
        self._settle()
        if result.files:
            self.list.setCurrentRow(0)

    def show_stopped(self, order: Order, made: Mapping[Path, Sequence[str]], since: float) -> None:
        """Of an order that was stopped, what it wrote since then (a time of the clock) as its folder's record says."""
        self.run = [one for one in reversed(list(made)) if one.is_file() and one.stat().st_mtime >= since - _COARSE_S]
        self.again, self.rows = False, []
        words = _("“{title}”停下了，停下以前出好 {count} 个文件。").format(title=order.title, count=len(self.run))
        self.title.setText(words)
        self.told.clear()
        self.mongolian_button.hide()
        self._codes |= {path: made[path] for path in self.run}
        self.results = list(dict.fromkeys([*self.run, *self.results]))
        self.earlier = [one for one in self.earlier if one not in set(self.results)]
        self._settle()

    def _settle(self) -> None:
        self.list.clear()
        for path in self.listed:
            name = "web" if path.suffix == ".html" else "file"
            self.list.addItem(QListWidgetItem(icon(name, "text2"), path.name))
        self.mark_replaced()
        there = bool(self.listed)
        for one in (self.open_button, self.folder_button, self.print_button):
            one.setVisible(there)
        several = any(len(one.files) > 1 for one in self.rows)
        self.list.setVisible(there and (several or not self.rows))  # a row of one file leads to it by itself
        self._area.setVisible(bool(self.told.texts()))
        self._fill_table(self.rows)
        self._tell_print()
        self.changed.emit()

    def mark_replaced(self) -> None:
        """What holds papers that were replaced since stays, and says so: it may still be lying by the printer."""
        old = self.replaced(self._codes)
        for number, path in enumerate(self.listed):
            item, words = self.list.item(number), old.get(path)
            item.setText(f"{path.name}\n{words}" if words else path.name)
            item.setToolTip("\n".join([*([words] if words else []), str(path)]))
            if words:
                item.setIcon(icon("sign-warning"))

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

    # -- what is to be printed -------------------------------------------------------------------------------------

    def chosen(self) -> list[Path]:
        """The files of the rows that are marked, in the order of the last run, then of the list."""
        if self.rows:
            marked = {one.row() for one in self.table.selectedIndexes()}
            files = [path for number in sorted(marked) for path in self._files_of(self.rows[number])]
        else:
            files = [self.listed[number] for number in sorted(self.list.row(one) for one in self.list.selectedItems())]
        place = {path: number for number, path in enumerate(self.run)}
        return sorted(dict.fromkeys(files), key=lambda one: place.get(one, len(place)))

    def _tell_print(self) -> None:
        """The button says what it is for."""
        chosen, words = len(self.chosen()), _("打印……")
        if chosen > 1:
            words = _("打印选中的 {count} 个……").format(count=chosen)
        elif self.again and len(self.run) > 1:
            words = _("打印刚重出的 {count} 个……").format(count=len(self.run))
        self.print_button.setText(words)

    def _files_of(self, row: MadeRow) -> list[Path]:
        return [self._folder / one for one in row.files]

    # -- the way on ------------------------------------------------------------------------------------------------

    def step(self, way: int) -> None:
        """Look at the next or previous of the finished files."""
        row = self.list.currentRow() + way
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            self.shown.emit(self.listed[row])
        elif self.list.count():
            words = _("后面没有了：这是最后一份。") if way > 0 else _("前面没有了：这是第一份。")
            reporter().say("info", words)

    def place(self, path: Path) -> tuple[int, int]:
        """Which of the files this is, from 0 (-1: none of them), and how many there are."""
        listed = self.listed
        return (listed.index(path) if path in listed else -1), len(listed)

    def _current(self) -> Path | None:
        row = self.list.currentRow()
        listed = self.listed
        return listed[row] if 0 <= row < len(listed) else None

    def _look(self, _item: QListWidgetItem) -> None:
        path = self._current()
        if path is not None and len(self.list.selectedItems()) < 2:  # who marks several does not mean to read them
            self.shown.emit(path)

    def _show_row(self, number: int, _section: int) -> None:
        """A click on a row shows its page."""
        files = self._files_of(self.rows[number])
        if files and files[0] in self.results and len(self.table.selectionModel().selectedRows()) < 2:
            self.list.setCurrentRow(self.results.index(files[0]))
            self.shown.emit(files[0])

    def _look_at(self, number: int, _section: int) -> None:
        row = self.rows[number]
        if row.uid:
            self.asked_for.emit(row.layer, row.uid)

    def _open(self) -> None:
        path = self._current()
        if path is not None:
            files.show_in_system(path)

    def _open_folder(self) -> None:
        path = self._current() or next(iter(self.listed), None)
        if path is not None:
            files.show_in_system(path.parent)
