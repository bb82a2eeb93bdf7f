"""Before a workspace is left: what was typed and is on no disk yet is asked about."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def may_open(window: "MainWindow", path: Path) -> bool:
    """Whether another workspace may take the present one's place. The same file opened anew keeps what was typed."""
    ws = window.session.ws
    if ws is None or ws.path == path:
        return True
    return window.form_desk.may_leave(closing=False) and window.handlers.templates.may_leave()


def may_close(window: "MainWindow") -> bool:
    """Whether the workspace may be closed. True: what was not saved is let go, and nobody is asked again."""
    if not (window.form_desk.may_leave(closing=True) and window.handlers.templates.may_leave()):
        return False
    window.form.forget()
    window.handlers.templates.drafts.let_go(window.handlers.templates.drafts.unsaved)
    return True
