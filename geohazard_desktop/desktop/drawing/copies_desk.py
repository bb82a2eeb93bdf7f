"""What leaves the workspace as a whole: a copy without history and personal data, and the history as a table."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.background import Progress
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.clean_copy import CleanReport, clean_copy
from geohazard_desktop.workspace.history import StepFilter
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.exchange.history_export import HistoryReport

Handler = Callable[[], object]


class CopiesDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Handler]:
        return {"file.copy_clean": self.copy_clean, "file.export_history": self.export_history}

    # -- a clean copy ----------------------------------------------------------------------------------------------

    def copy_clean(self) -> None:
        """For whoever inherits the file or asks for it. The open workspace stays open."""
        window = self._window
        path = window.session.workspace.path
        name = files.free_name(documents_folder(), _("{name} 脱敏副本").format(name=path.stem), ".gpkg").name
        found = files.ask_save(window, _("另存脱敏副本"), name, files.workspaces(), ".gpkg")
        if found is None or found == path:
            return

        def work(_progress: Progress) -> CleanReport:
            return clean_copy(path, found)

        self._start(_("正在写脱敏副本 {name} ……").format(name=found.name), work, lambda done: self._copied(found, done))

    def _copied(self, target: Path, report: CleanReport) -> None:
        words = _("已存成 {name}，不带历史；去掉 {values} 处个人信息、{rows} 条个人记录").format(
            name=target.name, values=report.values, rows=report.rows
        )
        if report.photos:
            words += _("、{count} 份附件").format(count=report.photos)
        if report.covered:
            words += _("，遮住别处写到的 {count} 处").format(count=report.covered)
        told = _("逐一查过 {count} 个姓名、电话等，副本里一个也没有。").format(count=report.searched)
        if report.kept:
            kept = "、".join(report.kept[:5])
            told += _("这些词在别处是公开的，留着：{words}。").format(words=kept)
        self._window.banner.say(
            "done", words + "。", told, "", [(_("打开文件夹"), lambda: files.show_in_system(target.parent))]
        )

    # -- the history as a table ------------------------------------------------------------------------------------

    def export_history(self) -> None:
        window = self._window
        path, wanted = window.session.workspace.path, window.history.wanted()
        dialog = HistoryExportDialog(window, sifted=wanted != StepFilter())
        accepted = bool(dialog.exec())
        personal, listed = dialog.personal.isChecked(), dialog.listed.isChecked()
        suffix, kinds = str(dialog.format.currentData()), dialog.format.currentText()
        dialog.deleteLater()
        if not accepted:
            return
        name = _("{name} 历史").format(name=path.stem) + suffix
        found = files.ask_save(window, _("历史导出到哪里"), name, kinds, suffix)
        if found is None:
            return

        def work(_progress: Progress) -> "HistoryReport":
            from geohazard_desktop.exchange.history_export import export_history

            with Workspace.open(path, read_only=True) as ws:
                return export_history(ws, found, wanted if listed else None, personal=personal)

        self._start(
            _("正在导出历史到 {name} ……").format(name=found.name), work, lambda done: self._exported(found, done)
        )

    def _exported(self, target: Path, report: "HistoryReport") -> None:
        words = _("已导出 {steps} 步历史到 {name}，共 {lines} 行").format(
            steps=report.steps, name=target.name, lines=report.lines
        )
        if report.left_out:
            words += _("；{count} 处个人信息没有导出").format(count=report.left_out)
        self._window.banner.say("done", words + "。", "", "", [(_("打开"), lambda: files.show_in_system(target))])

    def _start(self, words: str, work: Callable[[Progress], object], done: Callable[[object], object]) -> None:
        window = self._window

        def ready(result: object) -> None:
            window.progress.end()
            done(result)

        window.progress.begin(words)
        window.progress.words.set_text(words)
        window.progress.stop.hide()
        window.handlers.jobs.start(work, ready, failed=window.progress.end)


class HistoryExportDialog(QDialog):
    """What of the history goes out. `sifted`: the list shows a part, which can go alone."""

    def __init__(self, parent: QWidget, *, sifted: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导出历史"))
        self.setMinimumWidth(theme().px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        column.addWidget(label(_("导出历史"), "title"))
        told = _("每改一个字段一行：什么时候、谁、哪个要素、原来和后来。可以存成 Excel 或 CSV。")
        column.addWidget(label(told, "note", wrap=True))
        self.format = QComboBox()
        self.format.setAccessibleName(_("格式"))
        for suffix, words in ((".xlsx", _("Excel 工作簿 (*.xlsx)")), (".csv", _("CSV 表格 (*.csv)"))):
            self.format.addItem(words, suffix)
        column.addWidget(self.format)
        self.listed = QCheckBox(_("只导出历史面板里现在列出的"))
        self.listed.setChecked(sifted)
        self.listed.setVisible(sifted)
        column.addWidget(self.listed)
        self.personal = QCheckBox(_("连同个人信息（姓名、电话等）"))
        column.addWidget(self.personal)
        column.addWidget(label(_("不勾时，个人信息只写“（个人信息）”。"), "small"))
        column.addSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        take = button(_("选存到哪里…"), self.accept, primary=True)
        take.setDefault(True)
        row.addWidget(take)
        column.addLayout(row)
