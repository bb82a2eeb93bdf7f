"""Ctrl+Z and Ctrl+Y: while something is being drawn they are the pen's, else the history's."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.in_sight import changed_shapes, looking_at, seen
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_SELECTED = 500


class UndoHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._told: tuple[int, int | None] | None = None  # the step of another program that was spoken of last

    def table(self) -> dict[str, Callable[[], object]]:
        return {"edit.undo": self.undo, "edit.redo": self.redo}

    def undo(self) -> None:
        """A corner back while drawing. When the stroke is used up, one press is for saying so, or a held key would run
        on into what is stored."""
        strokes, session = self._window.map.desk.strokes, self._window.session
        if strokes.step_back():
            return
        words = session.ws.undo_words() if session.ws is not None else None
        if strokes.taken_back and strokes.forget_taken_back():
            told = _("这一笔已经退完，按 Ctrl+Z 就要撤销以前存好的“{words}”了。要撤销它，请再按一次。")
            self._window.banner.say("info", told.format(words=words) if words else _("这一笔已经退完。"))
            return
        if not self._of_others(words):
            self._reversed(session.undo, words, _("已撤销：{words}"))

    def _of_others(self, words: str | None) -> bool:
        """Whether the newest step is another program's, and this press was for saying so: who sees it on the map means
        that one, and would lose one of his own."""
        window, ws = self._window, self._window.session.ws
        other = None if ws is None else ws.step_of_others()
        if other is None or (other.key == self._told and words):
            return False
        self._told = other.key
        told = _("最后一步“{step}”是{who}做的，不归这个窗口撤销。").format(step=other.words, who=other.actor)
        remedy = _("要退回它，请在“历史”里选。")
        if words:
            remedy += _("再按一次，撤销这个窗口做的“{words}”。").format(words=words)
        show = window.handlers.history.show_newest
        window.banner.say("info", told, remedy, "", [(_("在历史里看"), show)])
        return True

    def redo(self) -> None:
        strokes, session = self._window.map.desk.strokes, self._window.session
        if not strokes.step_forth():
            words = session.ws.redo_words() if session.ws is not None else None
            self._reversed(session.redo, words, _("已重做：{words}"))

    def _reversed(self, step: Callable[[], bool], words: str | None, told: str) -> None:
        """Undo and redo show what they touched: selected, and in sight."""
        window, session = self._window, self._window.session
        # What only helps (settings, the place of a name) is no feature that could be shown.
        layers = {layer for layer, one in session.workspace.definitions.items() if not one.helper}
        changed: list[Delta] = []
        unsubscribe = session.workspace.subscribe(changed.extend)
        try:
            done = step()
        finally:
            unsubscribe()
        if not done:
            return
        touched = [(one.layer, one.uid) for one in changed if one.after is not None and one.layer in layers]
        session.select(touched[:_MOST_SELECTED])
        canvas, shapes = window.map.canvas, changed_shapes(changed, layers)
        if not seen(canvas.viewport, shapes):
            canvas.look(looking_at(canvas.viewport, shapes))
        window.banner.say("info", told.format(words=words or ""))
