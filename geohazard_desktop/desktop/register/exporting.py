"""Exporting a register: asked, written off the window's path, told, and entered into the register of exports."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job, Progress
from geohazard_desktop.desktop.export_entry import enter_export_of
from geohazard_desktop.desktop.files import ask_save
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.register.export_dialog import ALL, SHOWN, ExportDialog
from geohazard_desktop.desktop.register.filter_words import condition_words
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.exchange.layer_order import personal_words
from geohazard_desktop.exchange.register_export import ExportOrder, ExportReport, export_register
from geohazard_desktop.workspace.edits.export_entry import digest_of, enter_export
from geohazard_desktop.workspace.feature import Edit
from geohazard_desktop.workspace.identity import this_identity
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel


class RegisterExporting(QObject):
    """`exported` and `ended` as of LayerExportDesk."""

    exported = Signal()
    ended = Signal()

    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._job: Job | None = None
        panel.export_button.clicked.connect(lambda _on=False: self.ask())
        panel.stop_button.clicked.connect(lambda _on=False: self.stop())

    @property
    def busy(self) -> bool:
        return self._job is not None

    def ask(self) -> None:
        """The dialog, the place, then the work."""
        panel = self._panel
        definition = panel.model.definition
        if definition is None or not panel.model.total:
            panel.tell_passing(_("表里没有内容可以导出。"))
            return
        if self.busy:
            panel.tell_passing(_("上一个导出还没有完。"))
            return
        counts = {ALL: panel.model.total, SHOWN: len(panel.model.order), "chosen": int(panel.model.chosen.sum())}
        dialog = ExportDialog(
            definition.title,
            counts,
            self._columns(every=False),
            self._columns(every=True),
            personal_layer=definition.personal,
            parent=panel.window(),
        )
        agreed = bool(dialog.exec())
        dialog.deleteLater()
        if not agreed:
            return
        suffix = ".xlsx" if dialog.kind == "xlsx" else ".csv"
        use = _("公开") if dialog.profile == "public" else _("内部")
        name = f"{definition.title}_{use}_{date.today():%Y%m%d}{suffix}"
        path = ask_save(panel.window(), _("导出登记表"), name, self._kinds(suffix), suffix)
        if path is not None:
            self.begin(self.order(dialog), path)

    def _kinds(self, suffix: str) -> str:
        return _("Excel 工作簿 (*.xlsx)") if suffix == ".xlsx" else _("CSV 文件 (*.csv)")

    def _columns(self, *, every: bool) -> list[RegisterColumn]:
        """The number first, which the table shows below the name; measures only where they are shown."""
        panel = self._panel
        shown = [panel.model.columns[one] for one in panel.view.shown_columns()]
        rest = [one for one in panel.model.columns if one not in shown and one.field is not None] if every else []
        found = [*shown, *rest]
        number = next((one for one in panel.model.columns if one.key == "id"), None)
        return found if number is None else [number, *(one for one in found if one is not number)]

    def order(self, dialog: ExportDialog) -> ExportOrder:
        """What the dialog asks for, of the table as it stands."""
        panel = self._panel
        model = panel.model
        states = model.true_states
        return ExportOrder(
            model.layer,
            self._ids(dialog.scope),
            [one.key for one in self._columns(every=dialog.every_column)],
            dialog.kind,
            dialog.profile,
            dict(model.measured),
            {} if states is None else {"state": dict(states)},
            self._about(dialog),
            model.lateness.by_uid(),
        )

    def _ids(self, scope: str) -> RowIds:
        model = self._panel.model
        if scope == ALL:
            return model.fids
        if scope == SHOWN:
            return model.shown_ids()
        shown = model.order[model.chosen[model.order]]  # in the table's order, those that are filtered out behind
        hidden = [place for place in model.chosen.nonzero()[0].tolist() if place not in set(shown.tolist())]
        return model.fids[[*shown.tolist(), *hidden]]

    def _about(self, dialog: ExportDialog) -> list[str]:
        """Where the table comes from, for whoever gets it."""
        panel = self._panel
        assert panel.model.definition is not None
        ws = panel.session.workspace
        lines = [
            _("{office}　{title}登记表").format(office=ws.setting("office.name"), title=panel.model.definition.title),
            _("导出时间 {moment:%Y-%m-%d %H:%M}，用途：{use}").format(
                moment=datetime.now(), use=_("公开") if dialog.profile == "public" else _("内部")
            ),
            _("工作文件 {name}").format(name=ws.path.name),
        ]
        if dialog.scope == SHOWN:
            place = {one.key: one for one in panel.model.columns}
            told = [
                condition_words(place[one.field], one, panel.filters.name)
                for one in panel.state.conditions
                if one.field in place and not (dialog.profile == "public" and place[one.field].personal)
            ]
            if panel.state.only_late:
                told.append(_("逾期的"))
            if panel.state.text.strip():
                told.append(_("含“{text}”").format(text=panel.state.text.strip()))
            lines.append(_("只有筛选出的行：{filters}").format(filters="；".join(told) or _("图上所见或所选")))
        return lines

    # -- work ------------------------------------------------------------------------------------------------------

    def begin(self, order: ExportOrder, path: Path) -> None:
        """Write the file; the window stays usable, the data are those of this moment on."""
        panel = self._panel
        source = panel.session.workspace.path
        assert panel.arranging.jobs is not None

        def work(progress: Progress) -> object:
            with Workspace.open(source, read_only=True) as own:
                report = export_register(own, order, path, progress)
            return report, digest_of([path])

        panel.tell_work(_("正在导出……"))
        self._job = panel.arranging.jobs.start(
            work,
            lambda found: self._done(source, order, *found),
            told=self._progressed,
            stopped=lambda: panel.tell_passing(_("导出停下了，没有留下文件。")),
            ended=self._ended,
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.requestInterruption()

    def _progressed(self, done: int, total: int, _words: str) -> None:
        self._panel.tell_work(_("正在导出：{done} / {total} 行").format(done=grouped(done), total=grouped(total)))

    def _ended(self) -> None:
        self._job = None
        self._panel.tell_work("")
        self.ended.emit()

    def _done(self, source: Path, order: ExportOrder, report: ExportReport, digest: str) -> None:
        told = _("已导出 {count} 行、{columns} 列到 {name}。").format(
            count=grouped(report.rows), columns=len(report.columns), name=report.path.name
        )
        more = [*report.notes, *personal_words(report.left_out, report.personal)]
        entered = enter_export_of(self._panel.session, source, lambda ws: self._entry(ws, order, report, digest))
        if entered:
            more.append(entered)
        reporter().say("done", told, "".join(more))
        self.exported.emit()

    def _entry(self, ws: Workspace, order: ExportOrder, report: ExportReport, digest: str) -> Edit | None:
        return enter_export(
            ws.definitions,
            actor=this_identity().actor,
            public=order.profile == "public",
            file_name=report.path.name,
            layer=order.layer,
            features=report.rows,
            personal=bool(report.personal) or ws.definitions[order.layer].personal,
            coordinates=False,
            digest=digest,
        )
