"""会议模式: the map over the whole screen for a room full of people, one 街道 after the other, zone after zone.

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
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.meeting_steps import MeetingSteps
from geohazard_desktop.analysis.street_meeting import StreetPage, street_pages
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.meetings.bar import MeetingBar
from geohazard_desktop.desktop.meetings.counted_apart import CountedApart
from geohazard_desktop.desktop.meetings.hand import AREA, LIGHT, LOOK, PEN, PIN
from geohazard_desktop.desktop.meetings.map import MeetingMap
from geohazard_desktop.desktop.meetings.objections import MeetingObjections
from geohazard_desktop.desktop.meetings.panel import MeetingPanel
from geohazard_desktop.desktop.meetings.sizes import magnified, meeting_style
from geohazard_desktop.desktop.papers.publisher import Order
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.files import file_name, free_path
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.sheets.meeting_sheet import objections_in
from geohazard_desktop.publishing.sheets.objection_numbers import serial_of
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits.objections import OBJECTIONS
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


_FLASH_MS = 4000
_CLOSEST = 4_000.0  # 1:… that a meeting goes to by itself: closer, nobody knows where that is
_ZONE_MARGIN = 0.13  # of the picture around a zone and its routes: names and signs stand there
# What the pages of a meeting are made from.
_PAGED = frozenset(("danger_zone", "evacuation_route", "shelter", "subdistrict", "zone_event", "district"))
_COUNTED = frozenset(("household", "facility"))  # who lives and works in a zone has to move: figures alone
_PAGED |= {"hazard_point", *_COUNTED}
_HINTS = {
    LOOK: _("PageDown 往下讲，PageUp 往回；↓ ↑ 下一个、上一个危险区；→ ← 下一个、上一个街道；B 黑屏，Esc 离开"),
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
        self.steps = MeetingSteps(street_pages(ws))
        self.map = MeetingMap(office)
        self.canvas, self.hand = self.map.canvas, self.map.hand
        roles = read_definitions()[OBJECTIONS].by_name["role"].values
        self.panel = MeetingPanel(roles)
        self.objections = MeetingObjections(self)
        self.counted = CountedApart(office.jobs, self._renew)
        self._styled_for = 0
        self._build()
        self._bind()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(lambda: self._show_flashed(None))
        self.map.open()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.panel)
        column.addLayout(row, 1)
        foot = QFrame()
        foot.setObjectName("panel")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QVBoxLayout(foot)
        line.setContentsMargins(theme().px(10), theme().px(4), theme().px(10), theme().px(4))
        line.addWidget(self.panel.told)
        column.addWidget(foot)
        self.bar = MeetingBar(self)
        column.addWidget(self.bar)
        self.blank = QFrame(self)
        self.blank.setObjectName("blackout")
        self.blank.hide()

    def _bind(self) -> None:
        steps_of = self.steps
        turning: dict[str, Callable[[], object]] = {
            "PgDown": lambda: self.move(steps_of.on, 1),
            "PgUp": lambda: self.move(steps_of.on, -1),
            "Right": lambda: self.move(steps_of.to_street, 1),
            "Left": lambda: self.move(steps_of.to_street, -1),
            "Home": lambda: self.go(0),
            "End": lambda: self.go(len(steps_of.pages) - 1),
        }
        self._turning = set(turning.values())
        # Where words are typed or one of a list is chosen, these keys move there.
        for keys, way in (("Down", 1), ("Up", -1)):
            for place in (self.canvas, self.panel.lists):
                arrow = QShortcut(QKeySequence(keys), place, context=Qt.ShortcutContext.WidgetShortcut)
                arrow.activated.connect(lambda way=way: self.move(steps_of.to_zone, way))
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
        touched = {one.layer for one in deltas} & _PAGED
        if touched:
            self.counted.changed()
        if touched and touched <= _COUNTED:
            self.counted.ask(self.session.workspace.path)
        elif touched:
            self._renew(street_pages(self.session.workspace))
            return
        self.show_page()
        self.canvas.redraw()

    def _renew(self, pages: list[StreetPage]) -> None:
        if not pages:
            self.close()  # nothing is left to look at
            return
        self.steps.renew(pages)
        self.show_page()
        self.canvas.redraw()

    # -- steps -----------------------------------------------------------------------------------------------------

    @property
    def pages(self) -> list[StreetPage]:
        return self.steps.pages

    @property
    def page(self) -> StreetPage:
        return self.steps.page

    @property
    def page_name(self) -> str:
        page = self.page
        if page.zone:
            return _zone_name(page) or _("没有名称和编号的危险区")
        return page.name or self.session.workspace.setting("district.name") or _("全区")

    def move(self, step: Callable[[int], bool], way: int) -> None:
        """Do a step on (1) or back; where there is none further the room is told, so that nobody presses on and
        waits."""
        if step(way):
            self._arrive()
            return
        words = _("后面没有了：这是“{name}”。") if way > 0 else _("前面没有了：这是“{name}”。")
        self.tell("info", words.format(name=self.page_name))

    def go(self, number: int) -> None:
        """To a page; before the first and behind the last there is none."""
        self.steps.go(number)
        self._arrive()

    def _arrive(self) -> None:
        self.panel.ask_answer(None)
        self._show_flashed(None)
        self.show_page()
        self.look()
        self.panel.told.setText(_HINTS[self.hand.mode])

    def look(self) -> None:
        page, view = self.page, self.canvas.viewport
        near = view.fitted(page.bounds, margin=_ZONE_MARGIN, closest=_CLOSEST)
        self.canvas.look(near if page.zone else view.fitted(page.bounds, margin=0.05))
        self.canvas.redraw()

    def show_page(self) -> None:
        page = self.page
        found = [(serial_of(one), one) for one in objections_in(self.session.workspace, page)]
        self.hand.pins = found if self.map.pins_shown else []
        self.map.ground = page.ground
        self.map.full.shelters = page.full
        self.bar.print_button.setText(_print_words(page))
        self.panel.show_page(page, self.page_name, self._step_words(), found, hidden=not self.map.pins_shown)
        self.canvas.update()

    def _step_words(self) -> str:
        page, (number, count) = self.page, self.steps.zone_number()
        if page.zone:
            words = _("第 {number} 个危险区，共 {count} 个").format(number=number, count=count)
            return f"{page.name}，{words}" if page.name else words
        if not page.name:
            return _("全区")
        return _("第 {number} 个，共 {count} 个").format(number=self.steps.number, count=len(self.pages) - 1)

    def take(self, mode: str) -> None:
        self.hand.take(LOOK if self.hand.mode == mode else mode)

    def _mode_changed(self, mode: str) -> None:
        for key, one in self.bar.tools.items():
            one.setChecked(key == mode)
        self.panel.told.setText(_HINTS[mode])

    def toggle_pins(self) -> None:
        self.map.pins_shown = not self.map.pins_shown
        self.bar.shown.setChecked(self.map.pins_shown)
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
        if layer == ZONES and self.steps.show(uid):
            self._arrive()
            return
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
            self.canvas.look(view.fitted(bounds, margin=0.25, closest=_CLOSEST))

    def _show_flashed(self, shape: BaseGeometry | None) -> None:
        self.hand.flashed = shape
        self.canvas.update()
        if shape is not None:
            self._flash.start(_FLASH_MS)

    # -- printing and leaving --------------------------------------------------------------------------------------

    def print(self) -> None:
        if not self.objections.store_typed():
            return  # what is lacking has been said; the words stay where they were typed
        view = Ground(self.canvas.viewport.bounds, tuple(self.map.scene.layers()))
        name = file_name(_("意见图"), self.page_name, f"{datetime.now():%Y-%m-%d_%H%M}")
        # Two zones may be called alike, and one is printed again after the next objection: no map replaces another.
        out = free_path(self.office.publish.folder() / f"{name}.pdf")
        options = {"ground": view.text(), "street": self.page.name, "zone": self.page.zone}
        if self.office.publisher.busy:
            self.tell("info", _("正在出别的，等它出完再出。"), "")
            return
        self.tell("info", _("正在出{name}……").format(name=name), "")
        self.office.handlers.results.order(Order("meeting_sheet", _("会议意见图"), out, options))

    def _printed(self, result: object) -> None:
        files: list[Path] = getattr(result, "files", [])
        if getattr(getattr(result, "order", None), "what", "") == "meeting_sheet" and files:
            from geohazard_desktop.desktop import files as system

            self.tell(
                "done", _("图出好了，在打开的程序里打印：{name}").format(name=files[0].name), self.objections.left_out()
            )
            system.show_in_system(files[0])

    def tell(self, _severity: str, sentence: str, remedy: str = "", _code: str = "") -> None:
        """What the program has to say stands where the room can read it."""
        self.panel.told.setText(f"{sentence}{remedy}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(max(theme().px(380), round(self.width() * 0.3)))
        if self._styled_for != self.height():
            self._styled_for = self.height()
            self.setStyleSheet(meeting_style(self.height()))
            self.canvas.maker.magnify = magnified(self.height())
        self.blank.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.counted.leave()
        self.hand.wipe()
        self.canvas.map_shown = False
        self.canvas.maker.close()
        reporter().shown.disconnect(self.tell)
        self.session.changed.disconnect(self._changed)
        self.session.closing.disconnect(self.close)
        self.office.publisher.finished.disconnect(self._printed)
        super().closeEvent(event)
        self.closed.emit()


def _zone_name(page: StreetPage) -> str:
    return next((one.name for one in page.zones), "")


def _print_words(page: StreetPage) -> str:
    if page.zone:
        return _("出危险区意见图")
    return _("出街道意见图") if page.name else _("出全区意见图")


def begin(office: "MainWindow") -> MeetingWindow | None:
    """The window, not yet in sight; None where there is nothing to look at, which is said."""
    try:
        made = MeetingWindow(office)
    except GeohazardError as error:
        reporter().error(error)
        return None
    if not made.steps.pages:
        made.close()
        reporter().say("info", _("工作文件里还没有可以看的图层。"), _("请先导入区界或画危险区。"))
        return None
    return made
