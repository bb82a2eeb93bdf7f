"""Previews, which leave nothing behind, and the order list, which outlives a stop, a crash and the window."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.scratch import scratch
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.apart import run_apart
from geohazard_desktop.desktop.background import Jobs, Progress
from geohazard_desktop.desktop.papers.publish_process import PREVIEW
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.papers.queue_words import line_words, sheets_in_queue
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.publishing.batch import Batch, BatchLine, line_of
from geohazard_desktop.publishing.paper_subjects import subject_count
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.report import MadeRow

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


_MOST_FOLDERS = 6  # that are remembered of a workspace
_RECOUNT_MS = 1500  # after the last change of data
_LEFT = "geohazard_desktop.publishing.batch:papers_left"


class BatchDesk:
    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs
        self._preview: Path | None = None
        self._counting = 0
        self._recount = QTimer(window)
        self._recount.setSingleShot(True)
        self._recount.setInterval(_RECOUNT_MS)

    def connect(self) -> None:
        window = self._window
        window.publish.asked_for.connect(window.handlers.go_to_feature)
        window.publish.subject_table.import_asked.connect(window.files.import_into)
        window.publish.subject_table.setting_asked.connect(window.files.fill_setting)
        window.publish.made.print_asked.connect(lambda: window.center.run("publish.print"))
        window.publish.queue.left_asked.connect(self.count_left)
        window.publish.queue.emptied.connect(self._drop_kept)
        self._recount.timeout.connect(window.publish.queue.count_anew)
        window.session.changed.connect(lambda _deltas: self._recount.start())
        window.publish.made.list_asked.connect(self.keep_list)
        window.session.when_opened(self.take_up)

    # -- preview ---------------------------------------------------------------------------------------------------

    def preview(self, order: Order) -> None:
        """Make it in a folder of its own that is gone when the page is shown."""
        window = self._window
        if window.publisher.busy:
            reporter().say("info", _("正在出别的，等它出完再预览。"))
            return
        title = _("{title}（预览）").format(title=order.title)
        window.publisher.start(self.unissued(replace(order, title=title)), window.session.workspace.path)

    def unissued(self, order: Order) -> Order:
        """The same order, made in a folder of its own and entered nowhere."""
        self._forget()
        self._preview = Path(tempfile.mkdtemp(dir=scratch()))
        return replace(order, out=self._preview / order.out.name, options={**order.options, PREVIEW: True})

    def show_preview(self, result: Result) -> None:
        window = self._window
        page = next((one for one in result.files if one.suffix == ".pdf"), None)
        if result.files and page is None:
            reporter().say("info", _("这样选没有页面可以预览。"), _("请在“文件”里选带 PDF 的，再按“预览”。"))
        if page is not None:
            window.preview.show_file(page, mark=_("预览"))
            window.preview.set_place_among(-1, 0)
            window.pages.setCurrentWidget(window.preview)
            window.preview.appear()
            window.status.set_hint(_("这是预览，没有存成文件，也没有登记；按“出图”才正式出。"))
        for sentence in result.problems[:3]:
            reporter().say("warning", sentence)
        self._forget()

    def let_go(self, order: Order) -> None:
        if self._preview is not None and self._preview in order.out.parents:
            self._forget()

    def _forget(self) -> None:
        if self._preview is not None:
            shutil.rmtree(self._preview, ignore_errors=True)
            self._preview = None

    # -- order list ------------------------------------------------------------------------------------------------

    def _kept(self) -> Path:
        """Beside the workspace, wherever the papers go: a stick may not be there the next time."""
        home = self._window.publish.home()
        return home.with_name(_("{name}.出图队列.json").format(name=home.name))

    def begun(self, order: Order) -> None:
        """The order list lies beside the workspace until everything is made, so that a crash doesn't lose it; 已出
        knows the folder on other days."""
        batch = order.what == "batch"
        folder = order.out if batch else order.out.parent
        if batch:
            self._keep(folder, order.options["batch"])
        liked, own = self._window.liked, str(self._window.session.workspace.path)
        known = [one for one in liked.print_folders.get(own, ()) if one != str(folder)]
        liked.print_folders[own] = [str(folder), *known][:_MOST_FOLDERS]
        liked.store()

    def put_off(self, order: Order) -> None:
        """It is stopped: it stands in the queue, behind what stood there, now and when the workspace is opened anew."""
        panel = self._window.publish
        lines = order.options["batch"].lines if order.what == "batch" else (line_of(order.what, order.options),)
        for line in lines:
            self._enqueue(line)
        self._keep(panel.folder(), panel.queue.batch())

    def stopped(self, order: Order) -> None:
        """By hand. A single paper is left: who stops it does not want it so."""
        if order.options.get(PREVIEW) or self._window.session.ws is None:
            return
        if order.what == "batch" or self._papers(line_of(order.what, order.options)) > 1:
            self.put_off(order)
        self._window.publish.stopped(order, self._window.publisher.since)

    def _papers(self, line: BatchLine) -> int:
        layer = PRODUCTS[line.product].subjects
        if not layer:
            return 1
        return subject_count(self._window.session.workspace, layer) if line.uids is None else len(line.uids)

    def _enqueue(self, line: BatchLine) -> None:
        """Of what waits there for the same paper nothing gives way: both are one line."""
        ws, queue = self._window.session.workspace, self._window.publish.queue
        for other, _papers in queue.lines:
            if (other.product, other.options) == (line.product, line.options):
                both = None if None in (other.uids, line.uids) else (*(other.uids or ()), *(line.uids or ()))
                line = replace(line, uids=None if both is None else tuple(dict.fromkeys(both)))
        count = self._papers(line)
        queue.add(line, count, line_words(ws, line, count, sheets_in_queue(ws, line, count)))

    def _keep(self, folder: Path, batch: Batch) -> None:
        text = json.dumps({**asdict(batch), "folder": str(folder)}, ensure_ascii=False)
        try:
            self._kept().write_text(text, encoding="utf-8")
        except OSError as error:
            words = _("队列没有记下来（{reason}）：程序要是意外关掉，要再排一次。").format(reason=reason_of(error))
            reporter().say("warning", words)

    def done(self, result: Result) -> None:
        if result.order.what == "batch":
            self._drop_kept()
        else:
            queue = self._window.publish.queue
            queue.drop(line_of(result.order.what, result.order.options))
            if not queue.lines:
                self._drop_kept()

    def _drop_kept(self) -> None:
        with suppress(OSError):  # one that stays is offered again, and everything in it is skipped
            self._kept().unlink(missing_ok=True)

    def take_up(self) -> None:
        """After a crash or a stop: the list that was not finished stands in the queue again."""
        panel = self._window.publish
        self._tell_earlier()
        try:
            found = json.loads(self._kept().read_text(encoding="utf-8"))
            lines = [BatchLine(**one) for one in found["lines"]]
            folders, folder = str(found["folders"]), Path(found.get("folder", panel.home()))
        except (OSError, ValueError, KeyError, TypeError):
            return  # none was left, or it was left by another version
        for line in lines:
            if line.product in PRODUCTS:
                self._enqueue(replace(line, uids=None if line.uids is None else tuple(line.uids)))
        if panel.queue.lines and folder != panel.home():
            panel.print_to(folder)
        if panel.queue.lines:
            panel.queue.folders.setCurrentIndex(max(0, panel.queue.folders.findData(folders)))
            panel.queue.was_stopped()
            self._window.banner.say(
                "info",
                _("上次的出图队列没有出完，一共 {count} 份。").format(count=panel.queue.papers),
                "",
                "",
                [(_("去看队列"), self._show_queue)],
            )

    def _tell_earlier(self) -> None:
        """Of the other folders that were printed into, apart: a share that is gone may answer after a minute."""
        window = self._window
        path = window.session.workspace.path
        home = window.publish.home()
        folders = [Path(one) for one in window.liked.print_folders.get(str(path), ()) if Path(one) != home]

        def show(found: Sequence[Path]) -> None:
            if window.session.ws is not None and window.session.ws.path == path:
                window.publish.tell_earlier(found)

        if folders:
            self._jobs.start(lambda _progress: [one for one in folders if one.is_dir()], show)

    def count_left(self) -> None:
        """How many papers of the queue are to be made, counted apart: each finished file is looked at, and each paper
        of which only what changed is wanted."""
        window = self._window
        if window.session.ws is None or window.publisher.busy:
            return
        self._counting += 1
        number = self._counting  # data may change meanwhile: only the last count is shown
        path, panel = window.session.ws.path, window.publish
        folder, batch = panel.folder(), panel.queue.batch()

        def work(progress: Progress) -> int:
            return int(run_apart(_LEFT, path, folder, batch, progress=progress))

        def show(papers: int) -> None:
            if number == self._counting and panel.queue.batch() == batch:
                panel.queue.know_left(papers)

        self._jobs.start(work, show)

    def _show_queue(self) -> None:
        from geohazard_desktop.desktop.papers.publish_panel import QUEUE

        self._window.show_stage("publish")
        self._window.publish.turn_to(QUEUE)

    # -- 出图清单 --------------------------------------------------------------------------------------------------

    def keep_list(self, rows: Sequence[MadeRow]) -> None:
        from geohazard_desktop.publishing.batch_list import write_batch_list

        window = self._window
        kinds = _("Excel 表格 (*.xlsx);;PDF 文件 (*.pdf)")
        found = files.ask_save_any(window, _("存出图清单"), _("出图清单"), kinds, (".xlsx", ".pdf"))
        if found is None:
            return
        try:
            write_batch_list(window.session.workspace, found, rows)
        except GeohazardError as error:
            reporter().error(error)
            return
        window.banner.say(
            "done", _("已存好 {name}。").format(name=found.name), "", "",
            [(_("打开"), lambda: files.show_in_system(found))],
        )  # fmt: skip
