"""Commands of the last stage: publishing with its results."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.papers.batch_desk import BatchDesk
from geohazard_desktop.desktop.papers.publish_process import PREVIEW
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.publishing.products import PRODUCTS

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.papers.picture_page import PicturePage

Handler = Callable[[], object]
PICTURES = (".png", ".svg", ".tif")  # seen on a page of their own
# What is made to be written on, and by what.
OUTSIDE = {".docx": _("Word 或 WPS"), ".xlsx": _("Excel 或 WPS")}


class ResultHandlers:
    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs
        self._reset: Order | None = None  # the page that is being set anew under the hand
        self._again: Order | None = None
        # To be issued, of which workspace, when the hand is done and what is under way has ended.
        self._then: tuple[Order, Path] | None = None
        self.batches = BatchDesk(window, jobs)
        self._pictures: PicturePage | None = None  # made when the first picture is to be seen
        window.session.closing.connect(self._leave)

    def table(self) -> dict[str, Handler]:
        found: dict[str, Handler] = {}
        for key in PRODUCTS:
            found[f"publish.{key}"] = lambda key=key: self._publish(key)  # type: ignore[misc]
        return found

    # -- publishing ------------------------------------------------------------------------------------------------

    def _publish(self, key: str) -> None:
        self._window.show_stage("publish")
        self._window.publish.choose(key)
        self._window.publish.subject_table.follow_selection()

    def order(self, order: Order, workspace: Path | None = None) -> None:
        """`workspace`: the one that was open when it was ordered, where that is not now."""
        window = self._window
        if order.options.get(PREVIEW):
            self.batches.preview(order)
            return
        if order.what == "batch":
            target = order.out
        else:
            order = window.handlers.pictures.ordered(order)
            target = order.out if PRODUCTS[order.what].folder else order.out.parent
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            words = _("建不了文件夹 {name}（{reason}）。").format(name=target, reason=reason_of(error))
            reporter().say("error", words, _("请换一个文件夹。"))
            return
        if window.publisher.start(order, workspace or window.session.workspace.path):
            self.batches.begun(order)
        else:
            reporter().say("info", _("正在出别的，等它出完再出。"))

    def reset(self, order: Order) -> None:
        """Set a page anew after a name was moved on it, only to be looked at; once more when one is moved meanwhile."""
        if self._window.publisher.busy:
            self._again = order
            return
        self._reset = self.batches.unissued(order)
        self._window.publisher.start(self._reset, self._window.session.workspace.path)

    def issue(self, order: Order) -> None:
        """The hand is done with a page: the sheet is issued as it is now, after what is under way."""
        if self._window.publisher.busy:
            self._again, self._then = None, (order, self._window.session.workspace.path)
            return
        self.order(order)

    def _leave(self) -> None:
        """A page that is only looked at is of no use in another workspace."""
        self._again = None
        if self._reset is not None and self._window.publisher.order is self._reset:
            self._window.publisher.stop()

    def publishing(self, order: Order) -> None:
        self._window.progress.begin(order.title)
        self._window.progress.stop.show()
        self._window.publish.set_busy(True)
        self._window.following.tell_stages()

    def published(self, result: Result) -> None:
        if result.order is self._reset:
            stale = self._again is not None  # set once more already: what would be shown now is no longer so
            content = b"" if stale or not result.files else result.files[0].read_bytes()
            self._after_publishing()
            if content:
                self._window.preview.hands.take_anew(result)
                self._window.preview.show_anew(content)
            return
        ws = self._window.session.ws
        if ws is not None and ws.path == self._window.publisher.workspace:
            self._window.preview.hands.remember(result)  # a sheet of a workspace that was left is not ours to change
        self._after_publishing()
        if result.order.options.get(PREVIEW):
            self.batches.show_preview(result)
            return
        self._window.publish.show_result(result)
        self.batches.done(result)
        first = next(iter([*result.made_now, *result.files]), None)
        if first is not None and self._window.stage == "publish":
            self.show_file(first)
        elif first is not None:
            self._window.banner.say(
                "done", _("{title}已经出好。").format(title=result.order.title), "", "",
                [(_("看一看"), lambda: self.show_file(first))],
            )  # fmt: skip

    def not_published(self, order: Order) -> None:
        if order is self._reset:
            self._window.preview.hands.not_reset()
        self._after_publishing()
        self.batches.let_go(order)

    def _after_publishing(self) -> None:
        self._window.progress.end()
        self._window.publish.set_busy(False)
        if self._window.session.ws is not None:
            self._window.following.tell_stages()
            if self._again is not None:
                again, self._again = self._again, None
                self.reset(again)
            elif self._then is not None:
                then, self._then = self._then, None
                self.order(*then)

    def show_file(self, path: Path) -> None:
        window = self._window
        program = OUTSIDE.get(path.suffix.lower())
        if program is not None:
            words = _("{name} 用 {program} 打开接着写。").format(name=path.name, program=program)
            reporter().say("info", words, _("在“已出”里选中它，按“用系统程序打开”。"))
            return
        try:
            if path.suffix.lower() == ".html":
                window.web.show_file(path)
                window.pages.setCurrentWidget(window.web)
            elif path.suffix.lower() in PICTURES:
                self._show_picture(path)
            else:
                window.preview.show_file(path)
                window.pages.setCurrentWidget(window.preview)
                window.preview.set_place_among(*window.publish.made.place(path))
                window.preview.appear()
        except OSError as error:
            words = _("读不了 {name}（{reason}）。").format(name=path.name, reason=reason_of(error))
            reporter().say("error", words, _("文件可能被移走了，请再出一次。"))
            return
        window.status.set_hint(_("正在看 {name}；按“回到地图”接着画。").format(name=path.name))

    def _show_picture(self, path: Path) -> None:
        from geohazard_desktop.desktop.papers.picture_page import PicturePage

        window = self._window
        if self._pictures is None:
            self._pictures = PicturePage()
            self._pictures.closed.connect(window.show_map)
            window.pages.addWidget(self._pictures)
        self._pictures.show_file(path)
        window.pages.setCurrentWidget(self._pictures)
