"""The window: five stages and their tools on top, layers left, form, checks, history, publishing right, map between."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError, WorkspaceBusyOrLost, WorkspaceLocked
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import swatches, window_place
from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.banner import Banner
from geohazard_desktop.desktop.base_maps.desk import BaseMapDesk
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.file_handlers import FileHandlers
from geohazard_desktop.desktop.following import Following
from geohazard_desktop.desktop.furnishing import LATE, Seats, furnish
from geohazard_desktop.desktop.layers.entries import entries_of
from geohazard_desktop.desktop.layers.panel import LayerPanel
from geohazard_desktop.desktop.leaving import may_close, may_end
from geohazard_desktop.desktop.maps.map_page import MapPage
from geohazard_desktop.desktop.preferences import Preferences
from geohazard_desktop.desktop.progress_strip import ProgressStrip
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.shown_page import ShownPage, ShownTab
from geohazard_desktop.desktop.situation import situation_of, tell_checks
from geohazard_desktop.desktop.stage_bar import StageBar
from geohazard_desktop.desktop.status_strip import StatusStrip
from geohazard_desktop.desktop.styles.desk import StyleDesk
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.tool_bar import ToolBar
from geohazard_desktop.desktop.top_row import TopRow
from geohazard_desktop.desktop.window_place import panel_sizes
from geohazard_desktop.desktop.window_wiring import connect
from geohazard_desktop.desktop.window_words import summary

if TYPE_CHECKING:
    from geohazard_desktop.desktop.checking.panel import ChecksPanel
    from geohazard_desktop.desktop.finder import Finder
    from geohazard_desktop.desktop.forms.form_desk import FormDesk
    from geohazard_desktop.desktop.forms.form_panel import FormPanel
    from geohazard_desktop.desktop.handlers import Handlers
    from geohazard_desktop.desktop.history.panel import HistoryPanel
    from geohazard_desktop.desktop.layers.desk import LayerDesk
    from geohazard_desktop.desktop.pages.preview_page import PreviewPage
    from geohazard_desktop.desktop.papers.publish_panel import PublishPanel
    from geohazard_desktop.desktop.papers.publisher import Publisher
    from geohazard_desktop.desktop.papers.web_page import WebPage
    from geohazard_desktop.desktop.register.panel import RegisterPanel
    from geohazard_desktop.desktop.start_page import StartPage

_POLL_MS = 1500
_LOW = 480  # pixels of height at 100 %: below, the map needs the lines of the stages and half of each tool
_LEAST_MAP = 380  # pixels of width that docks leave to the map before they grow with the type

_LOOKING = ("checks", "publish")  # steps whose toolbars change no shape
_HARMLESS = (
    "tool.select",
    "tool.select_polygon",
    "tool.select_freehand",
    "tool.select_radius",
    "tool.pan",
    "tool.zoom_box",
    "tool.identify",
    "tool.measure",
    "tool.measure_area",
    "tool.measure_angle",
    "tool.measure_radius",
)


def fitted(widths: list[int], room: int) -> list[int]:
    """Widths of the docks and the least of the right one, given at 100 %: grown with the type as far as `room`, which
    the first two share, goes; never smaller than at 100 %."""
    grown = [theme().px(one) for one in widths]
    share = min(1.0, room / sum(grown[:2]))
    return [max(one, round(share * larger)) for one, larger in zip(widths, grown, strict=True)]


class MainWindow(QMainWindow):
    """What the first map needs is built at once; the rest (`furnishing.LATE`) after that map, or when it is wanted."""

    form: "FormPanel"
    checks: "ChecksPanel"
    history: "HistoryPanel"
    publish: "PublishPanel"
    register: "RegisterPanel"
    publisher: "Publisher"
    handlers: "Handlers"
    finder: "Finder"
    preview: "PreviewPage"
    web: "WebPage"
    layer_desk: "LayerDesk"
    form_desk: "FormDesk"

    def __init__(self, liked: Preferences, *, opening: bool = False) -> None:
        """`opening`: a workspace is opened at once, so the start page can wait until it is wanted."""
        super().__init__()
        self.liked = liked
        self.session = Session(self)
        self.stage = "layers"
        self.stage_then = ""  # that of the last time, until a workspace is opened
        self.setAcceptDrops(True)
        self.resize(1600, 1000)
        self.setMinimumSize(1024, 640)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)
        self.layers = LayerPanel()
        self.furnished = False
        self.map = MapPage(self.session, self.layers)
        self.jobs = Jobs(self)
        self.files = FileHandlers(self, self.jobs)
        self.center = CommandCenter(self, lambda: self.handlers.commands)
        self._build_top()
        self._build_middle()
        self._build_docks()
        self.status = StatusStrip()
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(0, 0, 0, 0)
        self.statusBar().addWidget(self.status, 1)
        self.following = Following(self)
        self.hand = (False, "", False)  # of the tool desk: what the commands were told last
        connect(self)
        self.base_maps = BaseMapDesk(self)
        self.styles = StyleDesk(self)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self.session.poll)
        self.center.dress()
        if opening:
            self._hide_work()
        else:
            self.furnish()
            self.show_start()

    def furnish(self) -> None:
        """Build what was left for later; nothing happens where that is done."""
        if not self.furnished:
            self.furnished = True
            furnish(self)
            self.refresh()

    def __getattr__(self, name: str) -> object:
        """Whoever wants a part that isn't built yet gets the whole rest built."""
        if name in LATE and not self.furnished:
            self.furnish()
            return getattr(self, name)
        raise AttributeError(name)

    # -- building --------------------------------------------------------------------------------------------------

    def _build_top(self) -> None:
        top = QWidget()
        top.setObjectName("top")
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top_row = TopRow(self.center)
        column.addWidget(self.top_row)
        self.stages = StageBar()
        self.stages.chosen.connect(self.show_stage)
        column.addWidget(self.stages)
        self.tools = ToolBar(self.center)
        column.addWidget(self.tools)
        self._top = top
        self.tools.settled.connect(self.settle_top)
        self.setMenuWidget(top)

    def settle_top(self) -> None:
        """The main window asks its menu widget for its height but once; a toolbar that wraps has to say it again."""
        self._fit_top()
        QTimer.singleShot(0, self, self._fit_top)

    def _fit_top(self) -> None:
        self._top.setFixedHeight(self._top.sizeHint().height())

    def _lay_out(self) -> None:
        """Find all sizes now, not in the turns to come: the first picture is asked for before the window is painted."""
        request = QEvent.Type.LayoutRequest
        QApplication.sendPostedEvents(None, request)
        for _turn in range(2):  # the toolbar wraps when it knows its width, and the rest moves because of it
            self.tools.settle()
            self._fit_top()
            QApplication.sendPostedEvents(None, request)

    def _build_middle(self) -> None:
        middle = QWidget()
        middle.setObjectName("central")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = Banner()
        column.addWidget(self.banner)
        self.pages = ShownPage()
        self.start: StartPage | None = None  # made when it is wanted
        self.pages.addWidget(self.map)
        column.addWidget(self.pages, 1)
        self.banner.float_over(self.pages)
        self.progress = ProgressStrip()
        column.addWidget(self.progress)
        self.setCentralWidget(middle)

    def _build_docks(self) -> None:
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.side = ShownTab()
        self.side.setDocumentMode(True)
        self.side.setAccessibleName(_("右边的面板"))
        self.side.setUsesScrollButtons(False)
        self.seats = Seats(self.side)
        self.side.currentChanged.connect(self._side_changed)
        self.docks: dict[str, QDockWidget] = {}
        for key, widget, place, title in (
            ("layers", self.layers, Qt.DockWidgetArea.LeftDockWidgetArea, _("图层")),
            ("side", self.side, Qt.DockWidgetArea.RightDockWidgetArea, _("属性")),
            ("register", QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea, _("登记表")),
        ):
            dock = QDockWidget(title, self)
            dock.setObjectName(key)
            dock.setTitleBarWidget(QWidget())
            dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
            dock.setWidget(widget)
            self.addDockWidget(place, dock)
            self.docks[key] = dock
        self.docks["register"].hide()

    def size_docks(self) -> None:
        wide, self._percent = self.width() >= 1500, theme().percent
        horizontal = Qt.Orientation.Horizontal
        usual = [276, 352] if wide else [256, 340]
        *sizes, low = panel_sizes(self.liked, [*usual, 324 if self.height() >= 900 else 350])
        *sizes, least = fitted([*sizes, 340], self.width() - _LEAST_MAP)
        self.side.setMinimumWidth(least)  # what its widest tab needs: none makes it wider, which moves the map
        self.resizeDocks([self.docks["layers"], self.docks["side"]], sizes, horizontal)
        self.resizeDocks([self.docks["register"]], [theme().px(low)], Qt.Orientation.Vertical)

    # -- pages -----------------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        if self.start is None:
            self.start = self.files.start_page()
            self.pages.addWidget(self.start)
        self.start.refresh(self.liked.recent, self.files.demo_path())
        self.pages.setCurrentWidget(self.start)
        self._hide_work()

    def _hide_work(self) -> None:
        self.setWindowTitle(_("未打开工作文件"))
        for one in (self.stages, self.tools, self.docks["layers"], self.docks["side"], self.docks["register"]):
            one.hide()
        self.settle_top()
        self.status.show_map(False)
        self.status.set_hint(_("按 1 到 5 从某一步开始，按 Ctrl+O 打开工作文件。"))
        self.refresh()

    def show_map(self) -> None:
        self.pages.setCurrentWidget(self.map)
        self.map.canvas.setFocus()
        self.desk_changed()

    def show_stage(self, key: str) -> None:
        """Another step of the job: its tools, and its panel; the map does not move."""
        if self.session.ws is None:
            return
        if key in _LOOKING and not self.map.desk.drawing and self.map.desk.name not in _HARMLESS and self.map.desk.name:
            # Delete and the arrow keys must not change what no tool in sight seems to hold.
            self.map.desk.take("tool.select")
        self.stage = key
        self.stages.show_stage(key)
        self.tools.show_stage(key)
        if key == "checks":
            self.show_side("checks")
            if not self.handlers.checks.done:
                self.center.run("check.run")
        elif key == "publish":
            self.show_side("publish")
        else:
            if self.shown_side() in ("checks", "publish"):
                self.show_side("form")
            if self.pages.currentWidget() is not self.map:
                self.show_map()
            layer = {"zones": "danger_zone", "routes": "evacuation_route"}.get(key)
            if layer:
                self.layers.set_current(layer)
        if self.furnished:
            self.handlers.fonts.stage_shown(key)
        self.refresh()

    def take_up_stage(self) -> None:
        """The step at which somebody worked the last time, once, where nobody chose another meanwhile."""
        if self.session.ws is not None and self.stage_then:
            stage, self.stage_then = self.stage_then, ""
            if self.stage == "layers" != stage:
                self.show_stage(stage)

    def shown_side(self) -> str:
        """Which panel stands on the right: a key of SIDES, or nothing where another one (the style editor) does."""
        return self.seats.key_of(self.side.currentWidget())

    def show_side(self, key: str) -> None:
        self.side.setCurrentWidget(self.seats.widget(key))

    def _side_changed(self, _index: int) -> None:
        history = self.shown_side() == "history"
        if history:
            self.history.appear()
        elif self.furnished:
            self.history.let_go()
        elif self.shown_side() != "form":
            self.furnish()  # a tab was chosen while its panel was still to come
        self.center.check("edit.history", history)

    # -- workspace -------------------------------------------------------------------------------------------------

    def opened(self) -> None:
        ws = self.session.workspace
        self.banner.clear()
        name = ws.setting("district.name")
        self.setWindowTitle(f"{ws.path.name} — " + _("{name}地质灾害防治工作台").format(name=name))
        self.fill_layers()
        self.map.redraw()  # what is shown, and whether it is 示意数据, is known only now that the tree is filled
        self.layers.set_current("danger_zone")
        reason = self.session.read_only_reason()
        self.status.set_opened(ws.path, reason)
        if reason:
            self.banner.keep(
                "read-only",
                "info",
                _("{name} 只能看和出图，不能改：{reason}。").format(name=ws.path.name, reason=reason.rstrip("。")),
                "",
                [(_("另存一份来改……"), self.files.copy_workspace)],
            )
        for sentence in ws.notices:
            self.banner.say("warning", sentence)
        self.stages.season.set_season(ws.setting("season.start"), ws.setting("season.end"), date.today())
        for one in (self.stages, self.tools, self.docks["layers"], self.docks["side"]):
            one.show()
        self.settle_top()
        self.size_docks()
        self.status.show_map(True)
        self.show_side("form")
        self.pages.setCurrentWidget(self.map)
        self.map.canvas.nets.grid, self.map.canvas.nets.graticule = self.liked.grid, self.liked.graticule
        self.map.desk.take("tool.select")
        self.following.read_undo()
        self.show_stage("layers")
        if self.furnished or self.stage_then not in _LOOKING:  # their panels come after the first map
            self.take_up_stage()
        self.liked.remember(ws.path, ws.path.stem, summary(ws))
        self._lay_out()
        self.map.begin()
        self.map.canvas.setFocus()
        self._poll.start()

    def closing(self) -> None:
        self._poll.stop()
        self.banner.clear()

    def fill_layers(self) -> None:
        """Everything in the tree; a layer with a broken style is said, not hidden."""
        try:
            self.layers.fill(entries_of(self.session.workspace, self.map.scene, self.devicePixelRatioF()))
        except GeohazardError as error:
            reporter().error(error)
        self.styles.tell_faults()
        self.following.tell_stages()

    def stored(self, when: datetime) -> None:
        self.banner.take_down("not-stored")
        self.banner.outdate()
        self.banner.forget(WorkspaceLocked.code, WorkspaceBusyOrLost.code)
        self.status.set_saved(when, self.session.workspace.path)
        self.following.read_undo()

    def not_stored(self, sentence: str) -> None:
        self.status.set_unsaved(sentence)
        self.handlers.lost.not_stored(sentence)

    # -- state -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Tell the commands what the situation is."""
        self.center.refresh(situation_of(self))
        tell_checks(self)

    def selected(self) -> None:
        self.refresh()
        shown = self.shown_side()
        away = shown in ("history", "checks") and self.stage != "checks"
        # What is chosen for its card is told by the panel of cards itself.
        if self.session.selection and (away or (shown == "publish" and not self.publish.subjects())):
            self.show_side("form")

    def desk_changed(self) -> None:
        if self.session.ws is None:
            return
        if self.pages.currentWidget() is self.map:
            self.status.set_hint(self.map.desk.hint())
        hand = self.map.desk.hand
        if hand != self.hand:
            self.hand = hand
            self.following.tell_stages()
            self.refresh()

    def themed(self) -> None:
        self.center.dress()
        self._fit_height()
        swatches.forget()
        self.top_row.dress()
        if self.session.ws is not None:
            self.fill_layers()
            if self.furnished:
                self.form.show_selection()
            if self._percent != theme().percent:  # else the docks stay as wide as the hand made them
                self.size_docks()
                self._lay_out()
        self.settle_top()
        self.map.canvas.update()

    # -- events ----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1600, 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        low = self.height() < theme().px(_LOW)
        self.stages.set_low(low)
        self.tools.set_low(low)
        self.map.canvas.setMinimumHeight(80 if low else 140)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.poll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.dropped([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing to save. Work under way is stopped; an unfinished stroke is the only thing that is not on disk."""
        if not (may_end(self, self.close) and may_close(self, self.close)):
            event.ignore()
            return
        self.jobs.wait()
        window_place.keep(self)
        self.session.close()
        self.web.let_go()
        canvas = self.map.canvas
        self.liked.canvas = float(canvas.width()), float(canvas.height()), canvas.devicePixelRatioF()
        self.liked.store()
        super().closeEvent(event)
