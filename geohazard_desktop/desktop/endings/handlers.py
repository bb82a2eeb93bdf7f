"""迁出, 迁回, 停用, 重新启用 of what is selected: the day and why are asked, what follows is told, each is one step."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.feature import Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

# By layer the commands that its menus offer: the end, and the way back.
COMMANDS_OF: Mapping[str, tuple[str, str]] = {
    "household": ("edit.move_out", "edit.move_in"),
    "shelter": ("edit.close_shelter", "edit.reopen_shelter"),
}


class EndingHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            command: (self.resume if back else self.end)
            for commands in COMMANDS_OF.values()
            for back, command in enumerate(commands)
        }

    def end(self) -> None:
        """The question, then the step. A locked layer says so, as for every change by hand."""
        window = self._window
        features = self._features()
        if not features:
            return
        from datetime import date

        from geohazard_desktop.desktop.endings.dialog import EndingDialog
        from geohazard_desktop.workspace.edits.endings import end

        with reporter().guard():
            dialog = EndingDialog(window, window.session.workspace, features, date.today())
            try:
                if not dialog.exec():
                    return
                day = dialog.day
                edit = end(window.session.workspace.definitions, features, day, dialog.reason)
            finally:
                dialog.deleteLater()
            if edit.deltas and window.session.apply(edit):
                self._told(features, edit.words.strip(), come=day <= date.today())

    def resume(self) -> None:
        window = self._window
        features = self._features()
        if not features:
            return
        from geohazard_desktop.workspace.edits.endings import resume

        with reporter().guard():
            edit = resume(window.session.workspace.definitions, features)
            if window.session.apply(edit):
                words = _("{done}。请看看它的卡要不要重印。").format(done=edit.words.strip())
                offers: list[tuple[str, Callable[[], object]]] = [(_("撤销"), window.handlers.undoing.undo)]
                window.banner.say("done", words, "", "", [*offers, (_("看要重印的"), window.handlers.issues.show_due)])

    def _features(self) -> list[Feature]:
        window = self._window
        features = window.session.selected_features()
        locked = sorted({one.layer for one in features if window.map.locks.locked(one.layer)})
        if locked:
            window.map.locks.told(locked)
            return []
        return features

    def _told(self, features: Sequence[Feature], done: str, *, come: bool) -> None:
        """What is done, and what of it is left to do by hand; `come`: the day is not one that lies ahead."""
        window = self._window
        offers: list[tuple[str, Callable[[], object]]] = [(_("撤销"), window.handlers.undoing.undo)]
        words = _("{done}。").format(done=done)
        if features[0].layer == "household":
            from geohazard_desktop.publishing.issues.issue_register import read_register
            from geohazard_desktop.publishing.issues.moved_papers import moved_standings

            ws = window.session.workspace
            papers = moved_standings(ws, read_register(ws), uids={one.uid for one in features})
            if papers:
                words += _("发过的 {count} 张纸要收回，收回后在发卡登记里登记作废。").format(count=len(papers))
                offers.append((_("看要收回的"), window.handlers.issues.show_withdrawn))
        elif not come:
            words += _("到那天起，通往这里的路线不再印。请赶在前面给那里的住户改选路线。")
        else:
            words += _("通往这里的路线不再印。请按 F9 看哪些路线和住户要改，改完再重印。")
            offers.append((_("看要重印的"), window.handlers.issues.show_due))
        window.banner.say("done", words, "", "", offers)
