"""The toolbar of the present stage: icon over caption, made from the command table.

Where there is less room, captions close up, then the tools that every stage has lose theirs, then what does not fit
stands with its words below 更多. A low window in large type has icons alone, in as many rows as they need.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.commands import BY_ID, COMMANDS, TRAILING, Command, stage_tools
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import FlowLayout, line, restyle
from geohazard_desktop.desktop.theme import theme

_LOOSE, _TIGHT, _FEWER_WORDS = range(3)
_ICON, _GAP = {False: 20, True: 16}, {False: 38, True: 26}  # pixels at 100 %, by whether the window is low


class ToolBar(QFrame):
    """`hinted` carries the reason of a disabled tool under the mouse, for the status bar; "" when it is left.
    `settled`: it takes another height now."""

    hinted = Signal(str)
    settled = Signal()

    def __init__(self, center: CommandCenter) -> None:
        super().__init__()
        self.setObjectName("tools")
        self._center = center
        self._stage = ""
        self._low = False
        self._level = _LOOSE  # how closely it stands
        self._widths: dict[int, int] = {}  # by level, the pixels that one row takes: measured once, not at each resize
        self._styled = (False, False)
        self._last: dict[str, str] = {}  # by family: the command used last, which its button shows
        self._families: dict[str, QToolButton] = {}  # the buttons in sight
        for command in COMMANDS:
            if command.family:
                action = center.actions[command.id]
                action.triggered.connect(lambda _on=False, one=command: self._used(one))
                # Taken by the search or by another panel: the action is not triggered then.
                action.toggled.connect(lambda on, one=command: self._used(one) if on else None)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        self._left = QWidget()
        self._left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._flow = FlowLayout(self._left, spacing=theme().px(5), margin=theme().px(3))
        row.addWidget(self._left, 1)
        self._more = self._menu_of_the_rest()
        # In line with the first row of the flow beside them.
        ends = QHBoxLayout()
        ends.setContentsMargins(0, theme().px(3), 0, 0)
        ends.setSpacing(theme().px(5))
        row.addLayout(ends)
        self._trailing = [self._button(BY_ID[id]) for id in TRAILING]
        for made in self._trailing:
            ends.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        theme().changed.connect(self._dress)

    def show_stage(self, stage: str) -> None:
        self._stage = stage
        self._families.clear()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._more:
                widget.hide()
                widget.deleteLater()
        for index, group in enumerate(stage_tools(stage)):
            if index:
                gap = line(vertical=True)
                gap.setObjectName("gap")
                self._flow.addWidget(gap)
            for commands in group:
                made = self._button(commands[0]) if len(commands) == 1 else self._family(commands)
                made.setProperty("everywhere", index == 0)
                self._flow.addWidget(made)
        self._flow.addWidget(self._more)
        self._dress()

    def set_low(self, low: bool) -> None:
        """`low`: smaller buttons, where a window in large type has no height to give away."""
        if low != self._low:
            self._low = low
            self._dress()

    def _button(self, command: Command) -> QToolButton:
        made = QToolButton(self)
        made.setDefaultAction(self._center.actions[command.id])
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(command.text)
        if command.kind == "switch":
            made.setProperty("switch", True)
        made.installEventFilter(self)
        return made

    def _menu_of_the_rest(self) -> QToolButton:
        made = QToolButton(self._left)
        made.setObjectName("more")
        made.setText(_("更多"))
        made.setIcon(icon("more"))
        made.setToolTip(_("这一步的其余工具"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        made.setMenu(menu)
        made.hide()
        return made

    def _family(self, commands: Sequence[Command]) -> QToolButton:
        """One button for several commands: a click does the one used last, its arrow opens the others."""
        family = commands[0].family
        made = self._button(BY_ID[self._last.get(family, commands[0].id)])
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        menu.addActions([self._center.actions[one.id] for one in commands])
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        made.setProperty("family", family)
        self._families[family] = made
        return made

    def _used(self, command: Command) -> None:
        """By its button, the menu or a key: the family's button shows it from now on, unless it was refused and another
        one is still in use. What only sets up a switch does not take its place."""
        family = [one for one in COMMANDS if one.family == command.family]
        if command.kind != family[0].kind:
            return
        command = next((one for one in family if self._center.actions[one.id].isChecked()), command)
        self._last[command.family] = command.id
        made = self._families.get(command.family)
        if made is not None:
            made.setDefaultAction(self._center.actions[command.id])
            made.setAccessibleName(command.text)
            self._widths.clear()
            self._fit()

    def buttons(self) -> list[QToolButton]:
        return [*self._tools(), *self._trailing]

    def _widgets(self) -> list[QWidget]:
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        found = (item.widget() for item in items if item is not None)
        return [one for one in found if one is not None and one is not self._more]

    def _tools(self) -> list[QToolButton]:
        return [one for one in self._widgets() if isinstance(one, QToolButton)]

    def _dress(self) -> None:
        self._more.setIcon(icon("more"))
        self._widths.clear()
        self._style(_LOOSE)
        if not self._low:
            self._close_up()
        # New buttons know their size only after they are shown: measured at once the bar would be too low for a moment,
        # and the map would jump with it.
        QTimer.singleShot(0, self, self._settle)

    def _close_up(self) -> None:
        """As close as it has to stand, and no closer."""
        for level in (_LOOSE, _TIGHT, _FEWER_WORDS):
            if level not in self._widths:
                self._style(level)
                self._widths[level] = self._width(self._widgets())
            if self._widths[level] <= self._room():
                break
        if level != self._level:
            self._style(level)
        self._fit()

    def _style(self, level: int) -> None:
        self._level = level
        words, alone = Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for made in (*self.buttons(), self._more):
            known = made in self._trailing or (level == _FEWER_WORDS and bool(made.property("everywhere")))
            made.setToolButtonStyle(alone if self._low or known else words)
            made.setIconSize(QSize(theme().px(_ICON[self._low]), theme().px(_ICON[self._low])))
        for gap in self._left.findChildren(QFrame, "gap", Qt.FindChildOption.FindDirectChildrenOnly):
            gap.setFixedSize(1, theme().px(_GAP[self._low]))
        self._flow.setSpacing(theme().px(5 if level == _LOOSE else 2))
        tight = level != _LOOSE
        if (tight, self._low) != self._styled:
            self._styled = (tight, self._low)
            restyle(self, tight=tight, low=self._low)
        for made in (*self.buttons(), self._more):
            restyle(made)  # what the sheet says of them depends on the bar

    def _width(self, widgets: Sequence[QWidget]) -> int:
        """In one row."""
        return (
            sum(one.sizeHint().width() if isinstance(one, QToolButton) else one.width() for one in widgets)
            + (len(widgets) - 1) * self._flow.spacing()
        )

    def _room(self) -> int:
        margins = self._flow.contentsMargins()
        ends = sum(one.sizeHint().width() + theme().px(5) for one in self._trailing)
        return self.width() - ends - 16 - margins.left() - margins.right()

    def _fit(self) -> None:
        """What one row has no room for goes below 更多, the last first; what is in the hand stays in sight."""
        widgets = self._widgets()
        hidden: set[QWidget] = set()
        if not self._low and self._width(widgets) > self._room():
            room = self._room() - self._more.sizeHint().width() - self._flow.spacing()
            for one in reversed(widgets):
                in_hand = isinstance(one, QToolButton) and one.isChecked() and not one.property("switch")
                if not in_hand and not one.property("everywhere"):
                    hidden.add(one)
                    if self._width([left for left in widgets if left not in hidden]) <= room:
                        break
        menu = self._more.menu()
        menu.clear()
        for one in widgets:
            one.setVisible(one not in hidden)
            if one not in hidden:
                continue
            if isinstance(one, QToolButton):
                menu.addActions(one.menu().actions() if one.menu() is not None else [one.defaultAction()])
            elif not menu.isEmpty():
                menu.addSeparator()
        self._more.setVisible(bool(hidden))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._settle)

    def settle(self) -> None:
        """Take the right height now, not in the next turn of the event loop."""
        self._fit()
        self._settle()

    def _settle(self) -> None:
        """Take as many rows as the flow needs; a layout inside a menu widget is not asked for height by width."""
        trailing = sum(one.sizeHint().width() for one in self._trailing)
        width = max(200, self.width() - trailing - 16)
        height = self._flow.heightForWidth(width)
        wanted = max(height, theme().px(44)) + 2
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
            self.settled.emit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if not self._low:
            self._close_up()
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QToolButton) and event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            action = watched.defaultAction()
            entered = event.type() == QEvent.Type.Enter
            self.hinted.emit(action.statusTip() if entered and not action.isEnabled() else "")
        return super().eventFilter(watched, event)
