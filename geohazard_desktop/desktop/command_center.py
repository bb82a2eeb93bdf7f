"""From the command table to QActions: one action a command, its tooltip with key, explanation and reason."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import BY_ID, COMMANDS, MENUS, NEEDS, SECTIONS, Command, Situation
from geohazard_desktop.desktop.icons import icon


class CommandCenter(QObject):
    """Holds the actions; `refused` carries the reason when a command is asked for that can't be used now."""

    refused = Signal(str)

    def __init__(self, window: QWidget, handlers: Callable[[], Mapping[str, Callable[[], object]]]) -> None:
        """`handlers`: what each command does, by id; asked for only when a command runs."""
        super().__init__(window)
        self._handlers = handlers
        self.situation = Situation()
        self.actions: dict[str, QAction] = {}
        self._tools = QActionGroup(self)
        self._tools.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for command in COMMANDS:
            self.actions[command.id] = self._action(command, window)
        self._names = {one.id: _named(one) for one in COMMANDS}
        self._told: dict[str, tuple[str, str | None]] = {}  # by command: why not, and its words, as the action has them
        self.refresh(self.situation)

    def complete(self) -> None:
        """Every command of the table has its handler, else LookupError: asked once when the handlers are there."""
        missing = [command.id for command in COMMANDS if command.id not in self._handlers()]
        if missing:
            raise LookupError(f"commands without a handler: {missing}")

    def _action(self, command: Command, window: QWidget) -> QAction:
        action = QAction(command.text, window)
        action.setIconText(command.label)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if command.shortcut:
            action.setShortcuts([QKeySequence(one) for one in (command.shortcut, *command.more)])
        if command.kind != "do":
            action.setCheckable(True)
        if command.kind == "tool":
            self._tools.addAction(action)
        action.triggered.connect(lambda _checked=False, id=command.id: self.run(id))
        window.addAction(action)
        return action

    def dress(self) -> None:
        """Tint the icons anew after a change of theme."""
        for command in COMMANDS:
            if command.icon:
                self.actions[command.id].setIcon(icon(command.icon))

    def run(self, id: str, handler: Callable[[], object] | None = None) -> None:
        """Do a command, or say why it can't be done now. `handler`: it, begun at a place that is asked for."""
        reason = BY_ID[id].reason(self.situation)
        if reason:
            self.refused.emit(f"{BY_ID[id].label}：{reason}")
            return
        (handler or self._handlers()[id])()

    def check(self, id: str, on: bool) -> None:
        self.actions[id].setChecked(on)

    def refresh(self, situation: Situation) -> None:
        """Only what has become otherwise is told to its action: this runs with every choice and every stroke."""
        self.situation = situation
        reasons = {need: why(situation) for need, why in NEEDS.items()}
        words = {"edit.undo": situation.undo_words, "edit.redo": situation.redo_words}
        for command in COMMANDS:
            reason = reasons[command.needs]
            told = reason, words.get(command.id)
            if self._told.get(command.id) == told:
                continue
            self._told[command.id] = told
            action = self.actions[command.id]
            action.setEnabled(not reason)
            action.setToolTip(self.tooltip(command))
            action.setStatusTip(reason and f"{command.label}：{reason}")
        undo, redo = situation.undo_words, situation.redo_words
        self.actions["edit.undo"].setText(_("撤销：{words}").format(words=undo) if undo else _("撤销"))
        self.actions["edit.redo"].setText(_("重做：{words}").format(words=redo) if redo else _("重做"))

    def tooltip(self, command: Command) -> str:
        """Name and key; the explanation; why it can't be used now."""
        lines = [self._names[command.id]]
        words = {"edit.undo": self.situation.undo_words, "edit.redo": self.situation.redo_words}.get(command.id)
        if words:
            lines.append(words)
        elif command.tip:
            lines.append(command.tip)
        reason = command.reason(self.situation)
        if reason:
            lines.append(_("现在不能用：{reason}").format(reason=reason))
        return "\n".join(lines)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus of the table; returned by key so that the window can add lists of its own."""
        menus: dict[str, QMenu] = {}
        for key, title in MENUS:
            menu = bar.addMenu(title)
            menu.setToolTipsVisible(True)
            menus[key] = menu
            for command in COMMANDS:
                if command.menu != key:
                    continue
                if command.id in SECTIONS and not menu.isEmpty():
                    menu.addSeparator()
                menu.addAction(self.actions[command.id])
        return menus


def _named(command: Command) -> str:
    """Name and key."""
    key = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText) if command.shortcut else ""
    return command.text.rstrip("…") + (f"　{key}" if key else "")
