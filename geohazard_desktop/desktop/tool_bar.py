"""The toolbar of the present stage: icon over caption, made from the command table; wraps when the font is large."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.commands import BY_ID, COMMANDS, TRAILING, Command, stage_tools
from geohazard_desktop.desktop.parts import FlowLayout, line, restyle
from geohazard_desktop.desktop.theme import theme

_NARROW = 1500
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
        self._narrow = self._low = False
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
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, group in enumerate(stage_tools(stage)):
            if index:
                gap = line(vertical=True)
                gap.setObjectName("gap")
                self._flow.addWidget(gap)
            for commands in group:
                made = self._button(commands[0]) if len(commands) == 1 else self._family(commands)
                self._flow.addWidget(made)
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

    def buttons(self) -> list[QToolButton]:
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        found = (item.widget() for item in items if item is not None)
        return [one for one in (*found, *self._trailing) if isinstance(one, QToolButton)]

    def _dress(self) -> None:
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._narrow else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for made in self.buttons():
            made.setToolButtonStyle(style)
            made.setIconSize(QSize(theme().px(_ICON[self._low]), theme().px(_ICON[self._low])))
        for gap in self._left.findChildren(QFrame, "gap", Qt.FindChildOption.FindDirectChildrenOnly):
            gap.setFixedSize(1, theme().px(_GAP[self._low]))
        if (self._narrow, self._low) != self._styled:
            self._styled = (self._narrow, self._low)
            restyle(self, narrow=self._narrow, low=self._low)
            for made in self.buttons():
                restyle(made)  # what the sheet says of them may depend on the bar being narrow
        # New buttons know their size only after they are shown: measured at once the bar would be too low for a moment,
        # and the map would jump with it.
        QTimer.singleShot(0, self, self._settle)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._settle)

    def settle(self) -> None:
        """Take the right height now, not in the next turn of the event loop."""
        for made in self.buttons():
            made.show()
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
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._dress()
        else:
            self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QToolButton) and event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            action = watched.defaultAction()
            entered = event.type() == QEvent.Type.Enter
            self.hinted.emit(action.statusTip() if entered and not action.isEnabled() else "")
        return super().eventFilter(watched, event)
