"""备份与恢复: when and where backups are made, the list of them, and what differs from now."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files, words
from geohazard_desktop.desktop.background import Progress
from geohazard_desktop.desktop.history.list import day_words
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.read_table import read_table
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.workspace.backup import Backup, BackupFacts, backups_of, look_into

if TYPE_CHECKING:
    from geohazard_desktop.desktop.history.backup_desk import BackupDesk
    from geohazard_desktop.desktop.main_window import MainWindow

_EVERY = (
    (0, _("不自动备份")),
    (15, _("每 15 分钟")),
    (30, _("每半小时")),
    (60, _("每小时")),
    (120, _("每 2 小时")),
)


class BackupsDialog(QDialog):
    """After `exec`: `chosen()` is the backup to restore when it was accepted."""

    def __init__(self, window: "MainWindow", desk: "BackupDesk") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._backups: list[Backup] = []
        self._facts: dict[Path, BackupFacts] = {}
        self.setWindowTitle(_("备份与恢复"))
        open_at(self, 820, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        column.addWidget(label(_("备份与恢复"), "title"))
        told = _("开始改动时备份一份，以后按工作时间定时备份。当天的都留着，以前的每天留一份，留一个月。")
        column.addWidget(label(told, "note", wrap=True))
        column.addLayout(self._settings())
        self.table = self._made_table()
        column.addWidget(self.table, 1)
        self.differs = label("", "note", wrap=True)
        self.differs.setMinimumHeight(theme().px(40))
        column.addWidget(self.differs)
        row = QHBoxLayout()
        row.addWidget(button(_("立即备份"), desk.run))
        row.addWidget(button(_("打开备份文件夹"), lambda: files.show_in_system(desk.folder()), flat=True))
        row.addStretch(1)
        row.addWidget(button(_("关闭"), self.reject))
        self.take = button(_("恢复到选中的这一份"), self._take, primary=True)
        self.take.setEnabled(False)
        row.addWidget(self.take)
        column.addLayout(row)
        desk.made.connect(self.fill)
        self.fill()

    def _settings(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(label(_("多久一次"), "label"))
        self.every = QComboBox()
        self.every.setAccessibleName(_("多久一次"))
        for minutes, text in _EVERY:
            self.every.addItem(text, minutes)
        self.every.setCurrentIndex(max(0, self.every.findData(self._window.liked.backup_minutes)))
        self.every.activated.connect(self._every_chosen)
        row.addWidget(self.every)
        row.addSpacing(theme().px(10))
        row.addWidget(label(_("存放在"), "label"))
        self.place = Elided("", "body")
        row.addWidget(self.place, 1)
        row.addWidget(button(_("换文件夹…"), self._choose_folder, size="small"))
        self.beside = button(_("放回工作文件旁边"), lambda: self._set_folder(""), size="small")
        row.addWidget(self.beside)
        return row

    def _made_table(self) -> QTableWidget:
        table = read_table(_("备份"), [_("时间"), _("大小"), _("步数"), _("最后一步")], 31)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate((200, 84, 70)):
            table.setColumnWidth(place, theme().px(width))
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._selected)
        return table

    # -- what is shown ---------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """The list anew; what each backup holds comes as soon as it was looked into."""
        path = self._window.session.workspace.path
        self.place.set_text(str(self._desk.folder()))
        self.beside.setVisible(bool(self._window.liked.backup_folder))
        try:
            self._backups = backups_of(path, self._desk.folder())
        except GeohazardError as error:
            reporter().error(error)
            self._backups = []
        self.table.setRowCount(len(self._backups))
        for row, one in enumerate(self._backups):
            when = f"{day_words(one.made_at.date())} {one.made_at:%H:%M:%S}"
            if one.note:
                when += f"　{one.note}"
            self._put(row, 0, when)
            self._put(row, 1, _("{size:.1f} MB").format(size=one.size / 1e6))
            self._tell(row)
        if not self._backups:
            self.differs.setText(_("还没有备份。做第一处改动，或按“立即备份”，这里就列出来。"))
        else:
            self.differs.setText(_("选一份，看它和现在差在哪里。"))
        self._look()

    def _put(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if column in (1, 2):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(row, column, item)

    def _look(self) -> None:
        """Look into each backup off the window's path: they may lie on a slow share."""
        path = self._window.session.workspace.path
        wanted = [one for one in self._backups if one.path not in self._facts]

        def work(progress: Progress) -> list[tuple[Path, BackupFacts]]:
            found = []
            for number, one in enumerate(wanted):
                progress(number, len(wanted))
                found.append((one.path, look_into(one, path)))
            return found

        if wanted:
            # A method: a dialog that is gone by then is told nothing.
            job = self._window.handlers.jobs.start(work, self._looked)
            self.finished.connect(job.requestInterruption)

    def _looked(self, found: list[tuple[Path, BackupFacts]]) -> None:
        self._facts |= dict(found)
        for row in range(len(self._backups)):
            self._tell(row)
        self._selected()

    def _tell(self, row: int) -> None:
        facts = self._facts.get(self._backups[row].path)
        self._put(row, 2, "" if facts is None or facts.fault else words.grouped(facts.steps))
        self._put(row, 3, _("正在看……") if facts is None else facts.fault or facts.last_words)

    def chosen(self) -> Backup | None:
        rows = {one.row() for one in self.table.selectedIndexes()}
        return self._backups[rows.pop()] if rows else None

    def _selected(self) -> None:
        backup = self.chosen()
        facts = self._facts.get(backup.path) if backup is not None else None
        reason = self._window.session.read_only_reason()
        self.take.setEnabled(facts is not None and not facts.fault and not reason)
        self.take.setToolTip(reason)
        if backup is not None:
            self.differs.setText(_difference(facts))

    # -- what is asked ---------------------------------------------------------------------------------------------

    def _every_chosen(self, _index: int) -> None:
        self._window.liked.backup_minutes = int(self.every.currentData())
        self._window.liked.store()

    def _choose_folder(self) -> None:
        found = files.ask_folder(self, _("备份存到哪个文件夹"))
        if found is not None:
            self._set_folder(str(found))

    def _set_folder(self, folder: str) -> None:
        self._window.liked.backup_folder = folder
        self._window.liked.store()
        self.fill()

    def _take(self) -> None:
        from geohazard_desktop.desktop.question import Question

        backup = self.chosen()
        if backup is None:
            return
        told = _("现在的文件先存成一份“恢复前”的备份，再换成这一份。\n{differs}").format(
            differs=_difference(self._facts.get(backup.path))
        )
        dialog = Question(self, _("恢复到这一份备份吗？"), told, _("恢复"), _("不动"))
        answer = bool(dialog.exec())
        dialog.deleteLater()
        if answer:
            self.accept()


def _difference(facts: BackupFacts | None) -> str:
    if facts is None:
        return _("正在看它和现在差在哪里……")
    if facts.fault:
        return _("这一份用不了：{fault}").format(fault=facts.fault)
    if facts.since is None:
        told = [_("它和现在的文件不是一路改下来的。")]
    elif facts.since == 0:
        told = [_("它和现在一样，之后没有改动。")]
    else:
        told = [_("之后又做了 {count} 步，不在这一份里。").format(count=facts.since)]
    counts = [
        _("{title} {then} 个，现在 {now} 个").format(title=title, then=then, now=now)
        for title, then, now in facts.counts[:8]
    ]
    if counts:
        told.append("；".join(counts) + "。")
    elif facts.since:
        told.append(_("各图层的个数没有变。"))
    return "".join(told)
