"""The buttons below the map of a meeting; each that has a key says it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.meetings.hand import AREA, LIGHT, PEN, PIN
from geohazard_desktop.desktop.parts import FlowLayout, button
from geohazard_desktop.desktop.theme import theme

if TYPE_CHECKING:
    from geohazard_desktop.desktop.meetings.window import MeetingWindow


class MeetingBar(QWidget):
    def __init__(self, meeting: "MeetingWindow") -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._whole = whole = QHBoxLayout(self)
        whole.setContentsMargins(theme().px(2), theme().px(2), theme().px(12), theme().px(2))
        whole.setSpacing(theme().px(8))
        steps = QWidget()  # on a narrow screen or with large type they go on to a second row
        row = FlowLayout(steps, theme().px(8), theme().px(6))
        whole.addWidget(steps, 1)
        moves: tuple[tuple[str, Callable[[], object]], ...] = (
            (_("往回"), lambda: meeting.move(meeting.steps.on, -1)),
            (_("往下讲"), lambda: meeting.move(meeting.steps.on, 1)),
            (_("上一危险区 ↑"), lambda: meeting.move(meeting.steps.to_zone, -1)),
            (_("下一危险区 ↓"), lambda: meeting.move(meeting.steps.to_zone, 1)),
        )
        for words, move in moves:
            row.addWidget(button(words, move))
        self.tools: dict[str, QPushButton] = {}
        for mode, words in ((PIN, _("记意见 P")), (AREA, _("圈范围 A")), (PEN, _("画 D")), (LIGHT, _("聚光 S"))):
            made = button(words, lambda mode=mode: meeting.take(mode))
            made.setCheckable(True)
            self.tools[mode] = made
            row.addWidget(made)
        row.addWidget(button(_("擦掉笔画"), meeting.hand.wipe))
        self.shown = button(_("意见上图 O"), meeting.toggle_pins)
        self.shown.setCheckable(True)
        self.shown.setChecked(True)
        row.addWidget(self.shown)
        ends = QWidget()
        last = QHBoxLayout(ends)
        last.setContentsMargins(theme().px(6), 0, 0, theme().px(4))
        self.print_button = button("", meeting.print, primary=True)
        last.addWidget(self.print_button)
        last.addWidget(button(_("离开"), meeting.close))
        whole.addWidget(ends)
        for one in self.findChildren(QPushButton):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the clicker's keys belong to the map

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap = self._whole.spacing()
        narrow = sum(one.sizeHint().width() + gap for one in self.findChildren(QPushButton)) > self.width() - 4 * gap
        self._whole.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
