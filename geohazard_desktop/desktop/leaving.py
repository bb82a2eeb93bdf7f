"""Before a workspace is left: what was typed and is on no disk yet is asked about."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.publish_process import PREVIEW
from geohazard_desktop.desktop.save_question import SaveQuestion

if TYPE_CHECKING:
    from geohazard_desktop.desktop.layers.export_desk import LayerExportDesk
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.papers.publisher import Order, Result
    from geohazard_desktop.desktop.register.exporting import RegisterExporting


def may_open(window: "MainWindow", path: Path) -> bool:
    """Whether another workspace may take the present one's place: not while papers of the present one are printed. The
    same file opened anew keeps what was typed."""
    ws = window.session.ws
    if ws is None or ws.path == path:
        return True
    # Its papers, and what they lack, would stand beside another file's.
    if not printed_out(window, _("没有打开 {name}").format(name=path.name)):
        return False
    return window.form_desk.may_leave(closing=False) and window.handlers.templates.may_leave()


def printed_out(window: "MainWindow", left: str) -> bool:
    """Whether no papers are printed; else it is said, with what was left undone (`left`)."""
    order = _issuing(window)
    if order is not None:
        words = _("“{title}”还没有出完，{left}。").format(title=order.title, left=left)
        window.banner.say("info", words, _("请等它出完，或在“出图与发卡”里先停下。"))
    return order is None


def may_end(window: "MainWindow", again: Callable[[], object]) -> bool:
    """Whether the window may go as far as exports are concerned: one under way is asked about. `again` ends it when the
    file is whole; what went wrong has to be seen first."""
    for desk in (window.handlers.exporting, window.register.exporting):
        if not desk.busy:
            continue
        told = _("停下的导出不留下文件，原来的文件不动。选“等它导完”，导完以后自己关闭。")
        buttons = (_("等它导完"), _("停下并关闭"), _("取消"))
        answer = SaveQuestion(window, _("导出还没有完"), told, buttons=buttons).ask()
        if answer == "save" and desk.busy:  # it may have ended while the question stood
            _close_when_whole(window, desk, again)
            window.status.set_hint(_("导完以后自己关闭。"))
            return False
        if answer == "cancel":
            return False
    return True


def _close_when_whole(
    window: "MainWindow", desk: "LayerExportDesk | RegisterExporting", again: Callable[[], object]
) -> None:
    def whole() -> None:
        QTimer.singleShot(0, window, again)

    def let_go() -> None:
        desk.exported.disconnect(whole)
        desk.ended.disconnect(let_go)

    desk.exported.connect(whole)
    desk.ended.connect(let_go)


def may_close(window: "MainWindow", again: Callable[[], object]) -> bool:
    """Whether the workspace may be closed. True: what was not saved is let go, and nobody is asked again; what was
    being issued is stopped, and stands in the queue the next time. `again` closes it when all is printed."""
    if not _may_stop(window, again):
        return False
    if not (window.form_desk.may_leave(closing=True) and window.handlers.templates.may_leave()):
        return False
    window.form.forget()
    window.handlers.templates.drafts.let_go(window.handlers.templates.drafts.unsaved)
    order = _issuing(window)
    if order is not None:
        window.handlers.results.batches.put_off(order)
    window.publisher.stop()
    return True


def _issuing(window: "MainWindow") -> "Order | None":
    order = window.publisher.order
    return None if order is None or order.options.get(PREVIEW) else order


def _may_stop(window: "MainWindow", again: Callable[[], object]) -> bool:
    order = _issuing(window)
    if order is None:
        return True
    title = _("“{title}”还没有出完").format(title=order.title)
    told = _("停下的，下次打开这个文件时在“出图队列”里，可以接着出。选“等它出完”，出完以后自己关闭。")
    buttons = (_("等它出完"), _("停下并关闭"), _("取消"))
    answer = SaveQuestion(window, title, told, buttons=buttons).ask()
    if answer != "save" or window.publisher.order is not order:  # done while the question stood
        return answer != "cancel"
    _close_after(window, again)
    return False


def _close_after(window: "MainWindow", again: Callable[[], object]) -> None:
    """Close when it is done; what went wrong, or was stopped by hand, has to be seen first."""
    publisher = window.publisher
    if publisher.paused:
        window.progress.pause.click()

    def done(result: "Result") -> None:
        let_go()
        if result.problems:
            window.status.set_hint(_("出完了；有要看的，没有自己关闭。"))
        else:
            QTimer.singleShot(0, window, again)

    def let_go(_order: object = None) -> None:
        publisher.finished.disconnect(done)
        publisher.failed.disconnect(let_go)
        publisher.stopped.disconnect(let_go)

    publisher.finished.connect(done)
    publisher.failed.connect(let_go)
    publisher.stopped.connect(let_go)
    window.status.set_hint(_("出完以后自己关闭。"))
