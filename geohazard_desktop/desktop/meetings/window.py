"""会议模式: the map over the whole screen for a room full of people, one 街道 after the other.

It is a window of its own with a map of its own, so that nothing personal can be in it: no form, no table, no household,
no label with a person's field. The office's window is put away meanwhile.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.street_meeting import StreetPage, street_pages
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.meetings.hand import AREA, LIGHT, LOOK, PEN, PIN
from geohazard_desktop.desktop.meetings.map import MeetingMap
from geohazard_desktop.desktop.meetings.objections import MeetingObjections
from geohazard_desktop.desktop.meetings.panel import MeetingPanel
from geohazard_desktop.desktop.papers.publisher import Order
from geohazard_desktop.desktop.parts import FlowLayout, button
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.sheets.meeting_sheet import objections_in, serial_of
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits.objections import OBJECTIONS
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


_FLASH_MS = 4000
# What the pages of a meeting are made from.
_PAGED = frozenset(
    ("danger_zone", "evacuation_route", "shelter", "subdistrict", "zone_event", "district", "hazard_point", "household")
)
_HINTS = {
    LOOK: _("PageDown 下一个街道，PageUp 上一个；拖动和滚轮看图；P 记意见，A 圈范围，D 画，S 聚光，B 黑屏，Esc 离开"),
    PIN: _("在图上点一下，记下那里的意见；Esc 不记了"),
    AREA: _("逐点圈出范围，Enter 或双击收口，Backspace 退一点；Esc 不圈了"),
    PEN: _("按住画；画的只在屏幕上，离开会议模式就没有了，不会保存。Delete 擦掉，Esc 收笔"),
    LIGHT: _("移动鼠标，只亮指着的地方；Esc 关灯"),
}


class MeetingWindow(QWidget):
    closed = Signal()

    def __init__(self, office: "MainWindow") -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.office = office
        self.session = office.session
        self.setObjectName("central")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ws = self.session.workspace
        self.setWindowTitle(_("会议模式 — {district}").format(district=ws.setting("district.name")))
        self.pages: list[StreetPage] = street_pages(ws)
        self.number = 0
        self.map = MeetingMap(office)
        self.canvas, self.hand = self.map.canvas, self.map.hand
        roles = read_definitions()[OBJECTIONS].by_name["role"].values
        self.panel = MeetingPanel(roles)
        self.objections = MeetingObjections(self)
        self._build()
        self._bind()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(lambda: self._show_flashed(None))
        self.map.open()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.canvas, 1)
        left.addWidget(self._buttons())
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self.blank = QFrame(self)
        self.blank.setObjectName("blackout")
        self.blank.hide()
        big, title = theme().points("body") * 1.35, theme().points("heading") * 1.35
        # The room reads from far away; the sizes of the desk would not do.
        self.setStyleSheet(
            f"QWidget {{ font-size: {big:.1f}pt; }} QLabel[role=title] {{ font-size: {title:.1f}pt; }}"
            f"QLabel[role=figure] {{ font-size: {title:.1f}pt; }}"
            f"QLabel[role=note] {{ font-size: {theme().points('body') * 1.1:.1f}pt; }}"
            f"QPushButton {{ font-size: {theme().points('body') * 1.1:.1f}pt; }}"
            "QFrame#blackout { background: black; }"
        )

    def _buttons(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = whole = QHBoxLayout(bar)
        whole.setContentsMargins(theme().px(2), theme().px(2), theme().px(12), theme().px(2))
        whole.setSpacing(theme().px(8))
        steps = QWidget()  # on a narrow screen or with large type they go on to a second row
        row = FlowLayout(steps, theme().px(8), theme().px(6))
        whole.addWidget(steps, 1)
        self.tools: dict[str, QPushButton] = {}
        row.addWidget(button(_("上一个"), lambda: self.go(self.number - 1)))
        row.addWidget(button(_("下一个"), lambda: self.go(self.number + 1)))
        for mode, words in ((PIN, _("记意见")), (AREA, _("圈范围")), (PEN, _("画")), (LIGHT, _("聚光"))):
            made = button(words, lambda mode=mode: self.take(mode))
            made.setCheckable(True)
            self.tools[mode] = made
            row.addWidget(made)
        row.addWidget(button(_("擦掉笔画"), self.hand.wipe))
        self.shown = button(_("意见上图"), self.toggle_pins)
        self.shown.setCheckable(True)
        self.shown.setChecked(True)
        row.addWidget(self.shown)
        ends = QWidget()
        last = QHBoxLayout(ends)
        last.setContentsMargins(theme().px(6), 0, 0, theme().px(4))
        self.print_button = button(_("出这一街道的图"), self.print, primary=True)
        last.addWidget(self.print_button)
        last.addWidget(button(_("离开"), self.close))
        whole.addWidget(ends)
        for one in bar.findChildren(QPushButton):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the clicker's keys belong to the map
        return bar

    def _bind(self) -> None:
        turning: dict[str, Callable[[], object]] = {
            "PgDown": lambda: self.go(self.number + 1),
            "Right": lambda: self.go(self.number + 1),
            "PgUp": lambda: self.go(self.number - 1),
            "Left": lambda: self.go(self.number - 1),
            "Home": lambda: self.go(0),
            "End": lambda: self.go(len(self.pages) - 1),
        }
        self._turning = set(turning.values())
        steps: dict[str, Callable[[], object]] = {
            **turning,
            "P": lambda: self.take(PIN),
            "A": lambda: self.take(AREA),
            "D": lambda: self.take(PEN),
            "S": lambda: self.take(LIGHT),
            "O": self.toggle_pins,
            "B": self.black_out,
            ".": self.black_out,  # what clickers send for a dark screen
            "Del": self.hand.wipe,
            "Ctrl+P": self.print,
            "Ctrl+Return": self.objections.pin_typed,
            "Ctrl+Enter": self.objections.pin_typed,
            "Ctrl+Z": self.session.undo,
            "Esc": self.leave_step,
            "F10": self.close,
        }
        for keys, do in steps.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda do=do: self._do(do))
        self.hand.changed.connect(self._mode_changed)
        self.panel.looked.connect(self.look_at)
        self.session.changed.connect(self._changed)
        self.session.closing.connect(self.close)
        reporter().shown.connect(self.tell)
        self.office.publisher.finished.connect(self._printed)
        self.canvas.problem.connect(self.panel.told.setText)

    def _do(self, step: Callable[[], object]) -> None:
        typing = isinstance(QApplication.focusWidget(), QPlainTextEdit | QLineEdit)
        if typing and step in self._turning:
            return  # who types does not turn the page
        with reporter().guard():
            step()

    def _changed(self, deltas: list[Delta]) -> None:
        self.map.follow(deltas)
        touched = {one.layer for one in deltas}
        if touched & _PAGED:
            name = self.page.name
            self.pages = street_pages(self.session.workspace)
            # A 街道 that only a register names may come or go; the meeting stays with the one it is about.
            names = [one.name for one in self.pages]
            self.number = names.index(name) if name in names else min(self.number, len(self.pages) - 1)
        self.show_page()
        self.canvas.redraw()

    # -- steps -----------------------------------------------------------------------------------------------------

    @property
    def page(self) -> StreetPage:
        return self.pages[self.number]

    @property
    def page_name(self) -> str:
        return self.page.name or self.session.workspace.setting("district.name") or _("全区")

    def go(self, number: int) -> None:
        """To a step; before the first and behind the last there is none."""
        self.number = max(0, min(len(self.pages) - 1, number))
        self.panel.ask_answer(None)
        self._show_flashed(None)
        self.show_page()
        self.look()

    def look(self) -> None:
        self.canvas.look(self.canvas.viewport.fitted(self.page.bounds, margin=0.05))
        self.canvas.redraw()

    def show_page(self) -> None:
        found = [(serial_of(one), one) for one in objections_in(self.session.workspace, self.page)]
        self.hand.pins = found if self.map.pins_shown else []
        self.map.ground = self.page.ground
        step = _("第 {number} 个，共 {count} 个").format(number=self.number, count=len(self.pages) - 1)
        self.panel.show_page(
            self.page, self.page_name, step if self.page.name else _("全区"), found, hidden=not self.map.pins_shown
        )
        self.canvas.update()

    def take(self, mode: str) -> None:
        self.hand.take(LOOK if self.hand.mode == mode else mode)

    def _mode_changed(self, mode: str) -> None:
        for key, one in self.tools.items():
            one.setChecked(key == mode)
        self.panel.told.setText(_HINTS[mode])

    def toggle_pins(self) -> None:
        self.map.pins_shown = not self.map.pins_shown
        self.shown.setChecked(self.map.pins_shown)
        self.show_page()
        self.canvas.redraw()

    def black_out(self) -> None:
        self.blank.setGeometry(self.rect())
        self.blank.setVisible(self.blank.isHidden())
        self.blank.raise_()

    def leave_step(self) -> None:
        """Esc: first what is under way, then the meeting."""
        if not self.blank.isHidden():
            self.blank.hide()
        elif not self.panel.writing.isHidden():
            self.objections.put_off()
        elif not self.panel.answering.isHidden():
            self.panel.ask_answer(None)
            self._show_flashed(None)
        elif self.hand.mode != LOOK:
            self.hand.take(LOOK)
        else:
            self.close()

    def look_at(self, layer: str, uid: str) -> None:
        feature = self.session.workspace.feature(layer, uid)
        if feature is None or feature.geometry is None:
            return
        self._show_flashed(feature.geometry)
        bounds = feature.geometry.bounds
        view = self.canvas.viewport
        if layer == OBJECTIONS:
            self.panel.ask_answer(feature, serial_of(feature))
            self.canvas.look(view.centred((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2))
        else:
            self.panel.ask_answer(None)
            self.canvas.look(view.fitted(bounds, margin=0.25, closest=4_000))

    def _show_flashed(self, shape: BaseGeometry | None) -> None:
        self.hand.flashed = shape
        self.canvas.update()
        if shape is not None:
            self._flash.start(_FLASH_MS)

    # -- printing and leaving --------------------------------------------------------------------------------------

    def print(self) -> None:
        view = Ground(self.canvas.viewport.bounds, tuple(self.map.scene.layers()))
        name = file_name(_("意见图"), self.page_name, f"{datetime.now():%Y-%m-%d_%H%M}")
        out = self.office.publish.folder() / f"{name}.pdf"
        options = {"ground": view.text(), "street": self.page.name}
        if self.office.publisher.busy:
            self.tell("info", _("正在出别的，等它出完再出。"), "")
            return
        self.tell("info", _("正在出{name}……").format(name=name), "")
        self.office.handlers.results.order(Order("meeting_sheet", _("会议意见图"), out, options))

    def _printed(self, result: object) -> None:
        files: list[Path] = getattr(result, "files", [])
        if getattr(getattr(result, "order", None), "what", "") == "meeting_sheet" and files:
            from geohazard_desktop.desktop import files as system

            self.tell("done", _("图出好了，在打开的程序里打印：{name}").format(name=files[0].name), "")
            system.show_in_system(files[0])

    def tell(self, _severity: str, sentence: str, remedy: str = "", _code: str = "") -> None:
        """What the program has to say stands where the room can read it."""
        self.panel.told.setText(f"{sentence}{remedy}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(max(theme().px(380), round(self.width() * 0.27)))
        narrow = self.width() - self.panel.width() < theme().px(760)
        self._bar.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.blank.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hand.wipe()
        self.canvas.map_shown = False
        self.canvas.maker.close()
        reporter().shown.disconnect(self.tell)
        self.session.changed.disconnect(self._changed)
        self.session.closing.disconnect(self.close)
        self.office.publisher.finished.disconnect(self._printed)
        super().closeEvent(event)
        self.closed.emit()


def begin(office: "MainWindow") -> MeetingWindow | None:
    """The window, not yet in sight; None where there is nothing to look at, which is said."""
    try:
        made = MeetingWindow(office)
    except GeohazardError as error:
        reporter().error(error)
        return None
    if not made.pages:
        made.close()
        reporter().say("info", _("工作文件里还没有可以看的图层。"), _("请先导入区界或画危险区。"))
        return None
    return made
