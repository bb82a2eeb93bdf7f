"""What the history's commands and buttons do: one feature's history, deleted features, ways back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.history.compare_marks import Pair, bounds_of
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.going_back import Plan
from geohazard_desktop.workspace.history import HistoryEntry
from geohazard_desktop.workspace.history_reading import DeletedFeature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Handler = Callable[[], object]


class HistoryDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._menu: QMenu | None = None

    def table(self) -> dict[str, Handler]:
        return {
            "edit.history": self.turn,
            "edit.feature_history": self.of_selected,
            "edit.deleted": self.deleted,
        }

    def connect(self) -> None:
        panel = self._window.history
        panel.compared.connect(self._compare)
        panel.place_asked.connect(self._window.map.canvas.look_at)
        panel.return_asked.connect(self.go_back)
        panel.version_asked.connect(self.to_version)
        panel.restore_asked.connect(self.restore)
        panel.feature_asked.connect(lambda key: self._window.handlers.go_to_feature(*key))
        panel.more_asked.connect(self._more)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """Show the history, or the panel before it."""
        window = self._window
        window.side.setCurrentWidget(window.form if window.side.currentWidget() is window.history else window.history)
        window.center.check("edit.history", window.side.currentWidget() is window.history)

    def _show(self) -> None:
        self._window.docks["side"].show()
        self._window.side.setCurrentWidget(self._window.history)

    def show_newest(self) -> None:
        """The last step, chosen, with what it changed and the way back from it."""
        self._show()
        self._window.center.check("edit.history", True)
        self._window.history.show_feature(None)
        self._window.history.choose_newest()

    def of_selected(self) -> None:
        """The steps of the one feature that is selected."""
        window = self._window
        if len(window.session.selection) != 1:
            window.banner.say("info", _("要看历史，请只选一个要素。"))
            return
        key = window.session.selection[0]
        feature = window.session.workspace.feature(*key)
        self._show()
        window.history.show_feature(key, window.session.label(feature) if feature is not None else "")

    def deleted(self) -> None:
        self._show()
        self._window.history.show_deleted()

    def _compare(self, pairs: list[Pair]) -> None:
        """Mark shapes; where none of them is in sight, the map goes there."""
        canvas = self._window.map.canvas
        canvas.compared = pairs
        canvas.update()
        box = bounds_of(pairs)
        if box is None or not self._window.map.isVisible():
            return
        west, south, east, north = canvas.viewport.bounds
        if box[2] < west or box[0] > east or box[3] < south or box[1] > north:
            canvas.look_at(box)

    def _more(self, beside: QWidget) -> None:
        menu = QMenu(self._window)
        for id in ("edit.deleted", "edit.feature_history", "file.export_history", "file.backup", "file.backups"):
            menu.addAction(self._window.center.actions[id])
        self._menu = menu
        menu.popup(beside.mapToGlobal(beside.rect().bottomLeft()))

    # -- ways back -------------------------------------------------------------------------------------------------

    def go_back(self, step: HistoryEntry) -> None:
        """All as it was right after a step, when the counts that it would change are agreed to."""
        window = self._window
        if window.map.desk.drawing:
            window.banner.say("info", _("还有没画完的一笔。先画完或按 Esc 放弃，再回到那一步。"))
            return
        with reporter().guard():
            plan = window.session.workspace.plan_return(step)
            if self._agreed(_("回到这一步之后吗？"), self._told(step, plan), _("回到这一步之后")):
                self._take(plan)

    def _told(self, step: HistoryEntry, plan: Plan) -> str:
        def counted(counts: dict[str, int]) -> str:
            definitions = self._window.session.workspace.definitions
            parts = [_("{title} {count} 个").format(title=definitions[one].title, count=n) for one, n in counts.items()]
            return "、".join(parts)

        lines = [_("{moment}　{words}").format(moment=f"{step.made_at:%Y-%m-%d %H:%M:%S}", words=step.words), ""]
        for words, counts in (
            (_("会改回：{what}。"), plan.changed),
            (_("会拿走那以后才有的：{what}。"), plan.removed),
            (_("会放回那以后删掉的：{what}。"), plan.made),
            (_("登记不动：{what}。"), plan.kept),
        ):
            if counts:
                lines.append(words.format(what=counted(counts)))
        lines += plan.remarks
        lines += ["", _("这算一步，记进历史，可以撤销。")]
        return "\n".join(lines)

    def to_version(self, layer: str, uid: str, step: HistoryEntry) -> None:
        with reporter().guard():
            self._take(self._window.session.workspace.plan_version(layer, uid, step))

    def restore(self, gone: Sequence[DeletedFeature]) -> None:
        """Done at once, like deleting; what is special about it is asked first."""
        with reporter().guard():
            ws = self._window.session.workspace
            plan = ws.plan_restore([one.feature for one in gone], [one.entry for one in gone])
            if plan.remarks:
                told = "\n".join(plan.remarks)
                if not self._agreed(_("这样恢复吗？"), told, _("恢复")):
                    return
            self._take(plan)

    def _agreed(self, title: str, words: str, yes: str) -> bool:
        from geohazard_desktop.desktop.question import Question

        dialog = Question(self._window, title, words, yes, _("不动"))
        answer = bool(dialog.exec())
        dialog.deleteLater()
        return answer

    def _take(self, plan: Plan) -> None:
        window = self._window
        try:
            done = window.session.go_back(plan)
        except GeohazardError as error:
            reporter().error(error)
            return
        if not done:
            return
        definitions = window.session.workspace.definitions
        keys = [
            (one.layer, one.uid)
            for one in plan.edit.deltas
            if one.after is not None and not definitions[one.layer].helper
        ]
        shown = window.history.isVisible()
        window.session.select(keys[:500])
        if shown:
            window.side.setCurrentWidget(window.history)
        say_done(window, _("已{words}。").format(words=plan.edit.words))
