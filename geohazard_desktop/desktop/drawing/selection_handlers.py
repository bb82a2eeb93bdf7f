"""The commands that choose without a pointer, and the selections that were before."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.editing.select import combined
from geohazard_desktop.editing.select_by import all_of, inside, inverted, meeting
from geohazard_desktop.editing.tool import Key, Modifier
from geohazard_desktop.workspace.edits.wording import called_all
from geohazard_desktop.workspace.feature import Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_KEPT = 30
_MOST_COMPARED = 2000  # selected features whose shapes are put together


class SelectionHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._past: list[list[Key]] = []  # not empty ones, oldest first; the last is or was in sight
        self._place = -1
        self._stepping = False
        window.session.selection_changed.connect(self._remember)
        window.session.closing.connect(self._forget)

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "select.shown": self._all_shown,
            "select.invert": self._invert,
            "select.meeting": lambda: self._by(meeting),
            "select.inside": lambda: self._by(inside),
            "select.previous": lambda: self.step(-1),
            "select.next": lambda: self.step(1),
        }

    # -- what was selected before ----------------------------------------------------------------------------------

    def _remember(self) -> None:
        selection = list(self._window.session.selection)
        if self._stepping or not selection:
            return
        del self._past[self._place + 1 :]
        if not self._past or self._past[-1] != selection:
            self._past.append(selection)
            del self._past[:-_MOST_KEPT]
        self._place = len(self._past) - 1

    def _forget(self) -> None:
        self._past, self._place = [], -1

    def step(self, by: int) -> None:
        """The selection before the present one, or the one after it; features that are gone are left out."""
        session = self._window.session
        # With nothing selected the last one comes first.
        wanted = self._place if by < 0 and not session.selection else self._place + by
        if not 0 <= wanted < len(self._past):
            words = _("前面没有别的选择了。") if by < 0 else _("后面没有别的选择了。")
            self._window.banner.say("info", words)
            return
        self._place = wanted
        there = [(one.layer, one.uid) for one in session.workspace.features(self._past[wanted])]
        self._stepping = True
        try:
            session.select(there)
        finally:
            self._stepping = False
        gone = len(self._past[wanted]) - len(there)
        told = _("其中 {count} 个已经删去。").format(count=gone) if gone else ""
        self._say(there, told)

    # -- choosing --------------------------------------------------------------------------------------------------

    def _all_shown(self) -> None:
        self._choose(all_of(self._window.session.workspace, self._window.map.pickable()))

    def _invert(self) -> None:
        window = self._window
        self._choose(inverted(window.session.workspace, window.session.selection, window.layers.current_layer()))

    def _by(self, relation: Callable[..., list[Key]]) -> None:
        window, modifiers = self._window, _asked()
        with reporter().guard():
            selected: Sequence[Feature] = window.session.selected_features(_MOST_COMPARED)
            self._choose(relation(window.session.workspace, window.map.pickable(), selected), modifiers)

    def _choose(self, found: Sequence[Key], modifiers: Modifier = Modifier.NONE) -> None:
        if not found:
            self._window.banner.say("info", _("没有符合的要素，选择没有变。关掉的和锁定的图层选不到。"))
            return
        session = self._window.session
        session.select(combined(session.selection, found, modifiers))
        self._say(session.selection)

    def _say(self, keys: Sequence[Key], more: str = "") -> None:
        session = self._window.session
        if len(keys) > _MOST_COMPARED:
            words = _("选中了 {count} 个要素。").format(count=len(keys))
        elif keys:
            words = _("选中了 {names}。").format(
                names=called_all(session.workspace.definitions, session.selected_features(_MOST_COMPARED))
            )
        else:
            words = _("那一次选中的都已经删去。")
            more = ""
        self._window.banner.say("info", words + more)


def _asked() -> Modifier:
    """Shift or Ctrl held while a menu's entry is clicked: add to the selection, or take out of it."""
    held = QApplication.keyboardModifiers()
    if held & Qt.KeyboardModifier.ControlModifier:
        return Modifier.CONTROL
    return Modifier.SHIFT if held & Qt.KeyboardModifier.ShiftModifier else Modifier.NONE
