"""Asks before an announced danger zone gets another shape, or a shelter goes that people are sent to, whichever tool,
table or repair would do it."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.endings.shelter_question import may_delete_shelters
from geohazard_desktop.editing.announced import announced_by, announced_words
from geohazard_desktop.workspace.feature import Edit

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class AnnouncedGate:
    """Called by the session before each edit: True lets it through. Who was told and asked not to be told again is
    remembered as long as the workspace is open."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._told: set[str] = set()
        window.session.gate = self
        window.session.closing.connect(self._told.clear)

    def __call__(self, edit: Edit) -> bool:
        ws = self._window.session.workspace
        if not may_delete_shelters(self._window, edit):
            return False
        found = [one for one in announced_by(ws, edit) if one.zone.uid not in self._told]
        if not found:
            return True
        from geohazard_desktop.desktop.question import Question

        title = _("这个危险区的界线已经公布") if len(found) == 1 else _("这些危险区的界线已经公布")
        again = _("这次打开文件期间，改它不再提示") if len(found) == 1 else _("这次打开文件期间，改它们不再提示")
        dialog = Question(self._window, title, announced_words(ws, found), _("继续改"), _("取消，不改"), again=again)
        try:
            answer = bool(dialog.exec())
            if answer and dialog.never_again:
                self._told |= {one.zone.uid for one in found}
        finally:
            dialog.deleteLater()
        if not answer:
            self._window.banner.say("info", _("没有改，危险区的界线还是公布的那样。"))
        return answer
