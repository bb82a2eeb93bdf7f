"""What each command of the table does. Every step that can be refused ends in the banner, never in a traceback."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import lifted_zones
from geohazard_desktop.desktop.bookmarks import Bookmarks
from geohazard_desktop.desktop.checking.desk import ChecksDesk
from geohazard_desktop.desktop.checking.shares import SharesDesk
from geohazard_desktop.desktop.commands import BY_ID, COMMANDS, STAGES
from geohazard_desktop.desktop.drawing.clipboard_handlers import ClipboardHandlers
from geohazard_desktop.desktop.drawing.copies_desk import CopiesDesk
from geohazard_desktop.desktop.drawing.corner_handlers import CornerHandlers
from geohazard_desktop.desktop.drawing.laid_strokes import LaidStrokes
from geohazard_desktop.desktop.drawing.placing import PlacingHandlers
from geohazard_desktop.desktop.drawing.selection_handlers import SelectionHandlers
from geohazard_desktop.desktop.drawing.shape_handlers import ShapeHandlers
from geohazard_desktop.desktop.drawing.snap_handlers import SnapHandlers
from geohazard_desktop.desktop.drawing.stroke_menu import StrokeMenu
from geohazard_desktop.desktop.drawing.undo_handlers import UndoHandlers
from geohazard_desktop.desktop.drawing.way_desk import WayHandlers
from geohazard_desktop.desktop.endings.handlers import COMMANDS_OF, EndingHandlers
from geohazard_desktop.desktop.history.backup_desk import BackupDesk
from geohazard_desktop.desktop.history.desk import HistoryDesk
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.layers.export_desk import LayerExportDesk
from geohazard_desktop.desktop.lost_file import LostFileDesk
from geohazard_desktop.desktop.maps.view_handlers import ViewHandlers
from geohazard_desktop.desktop.meetings.desk import MeetingHandlers
from geohazard_desktop.desktop.pages.print_handlers import PrintHandlers
from geohazard_desktop.desktop.panel_keys import PanelKeys
from geohazard_desktop.desktop.papers.font_desk import FontDesk
from geohazard_desktop.desktop.papers.issue_desk import IssueHandlers
from geohazard_desktop.desktop.papers.picture_desk import PictureHandlers
from geohazard_desktop.desktop.papers.results_handlers import ResultHandlers
from geohazard_desktop.desktop.register.room import RegisterRoom
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.second_window import SecondWindow
from geohazard_desktop.desktop.session import Key
from geohazard_desktop.desktop.templates.bilingual_desk import BilingualDesk
from geohazard_desktop.desktop.templates.desk import TemplateDesk
from geohazard_desktop.desktop.zones.announced_gate import AnnouncedGate
from geohazard_desktop.desktop.zones.handlers import ZoneHandlers
from geohazard_desktop.editing.delete import of_the_base
from geohazard_desktop.editing.hits import hits
from geohazard_desktop.editing.tool import CLICK_PIXELS
from geohazard_desktop.workspace.edits.wording import called_all
from geohazard_desktop.workspace.feature import Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Handler = Callable[[], object]
_ASKED = {  # what a button of the form asks for
    "zoom": "view.selection",
    "vertices": "tool.vertices",
    "history": "edit.feature_history",
    "delete": "edit.delete",
}
_DRAWN = ("danger_zone", "evacuation_route", "warning_sign", "shelter", "hazard_point", "household")


class Handlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.jobs, self.files = window.jobs, window.files
        self.results = ResultHandlers(window, self.jobs)
        self.printing = PrintHandlers(window)
        self.checks = ChecksDesk(window, self.jobs, SharesDesk(window, self.jobs))
        self.announced = AnnouncedGate(window)
        self.ways = WayHandlers(window)
        self.view = ViewHandlers(window)
        self.undoing = UndoHandlers(window)
        self.laid = LaidStrokes(window)
        self.placing = PlacingHandlers(window)
        self.selecting = SelectionHandlers(window)
        self.shapes = ShapeHandlers(window)
        self.history = HistoryDesk(window)
        self.snapping = SnapHandlers(window)
        window.session.when_opened(self.snapping.restore)
        self.corners = CornerHandlers(window)
        self.clipboard = ClipboardHandlers(window)
        self.backups = BackupDesk(window)
        self.lost = LostFileDesk(window)
        self.second = SecondWindow(window)
        self.copies = CopiesDesk(window)
        self.issues = IssueHandlers(window, self.jobs)
        self.pictures = PictureHandlers(window)
        window.publish.looked_at = self.pictures.looked_at
        self.templates = TemplateDesk(window)
        self.meeting = MeetingHandlers(window)
        self.fonts = FontDesk(window, self.jobs)
        self.bookmarks = Bookmarks(window)
        self.exporting = LayerExportDesk(window)
        self.room = RegisterRoom(window)
        self._menu: QMenu | None = None
        self.drawing = {f"draw.{layer}": layer for layer in _DRAWN}
        self.commands: Mapping[str, Handler] = self.table()

    def table(self) -> dict[str, Handler]:
        """By command id; the command centre refuses to start when one is missing."""
        window, map_page, desk = self._window, self._window.map, self._window.map.desk
        found: dict[str, Handler] = {
            **self.files.table(),
            **self.results.table(),
            **self.printing.table(),
            **self.checks.table(),
            **self.ways.table(),
            **self.view.table(),
            **self.selecting.table(),
            **self.shapes.table(),
            **self.history.table(),
            **self.snapping.table(),
            **self.corners.table(),
            **self.clipboard.table(),
            **self.backups.table(),
            **self.copies.table(),
            **self.issues.table(),
            **PanelKeys(window).table(),
            **self.pictures.table(),
            **self.templates.table(),
            **BilingualDesk(window).table(),
            **self.bookmarks.table(),
            **self.meeting.table(),
            **ZoneHandlers(window).table(),
            **lifted_zones.handlers(window),
            **self.undoing.table(),
            **self.placing.table(),
            **self.exporting.table(),
            **EndingHandlers(window).table(),
            "edit.delete": self.delete,
            "edit.select_none": lambda: window.session.select([]),
            "layer.lock": lambda: window.map.locks.toggle(window.layers.current_layer()),
            "layer.order": lambda: self.layer_asked("order", window.layers.current_layer()),
            "layer.rename": lambda: window.layer_desk.renaming.ask(window.layers.current_layer()),
            "layer.all": window.layers.show_all,
            "layer.only": lambda: window.layers.show_only(window.layers.current_layer()),
            "layer.table": self._table,
            "layer.style": lambda: window.styles.open(window.layers.current_layer()),
            "layer.base_map": self._base_map,
            "layer.draw": lambda: self.draw("layer.draw", window.layers.current_layer()),
            "draw.keyin": map_page.ask_numbers,
            "draw.resume": self.laid.resume,
            "draw.finish": lambda: desk.press_key("Enter"),
            "draw.back": lambda: desk.press_key("Backspace"),
            "draw.cancel": lambda: desk.press_key("Escape"),
            "tools.palette": lambda: window.finder.ask(window.session.ws),
            "view.go_to": lambda: window.finder.ask(window.session.ws, places_only=True),
            "measure.clear": map_page.desk.board.clear,
            "help.keys": self._keys,
            "help.messages": window.banner.show_said,
            "help.about": self._about,
        }
        for one in COMMANDS:
            if one.id.startswith("tool."):
                found[one.id] = lambda id=one.id: self.take(id)  # type: ignore[misc]
        for command, layer in self.drawing.items():
            found[command] = lambda command=command, layer=layer: self.draw(command, layer)  # type: ignore[misc]
        for stage in STAGES:
            found[f"stage.{stage.key}"] = lambda key=stage.key: window.show_stage(key)  # type: ignore[misc]
        return found

    # -- edit ------------------------------------------------------------------------------------------------------

    def delete(self) -> None:
        """Done at once and offered back: no question that is always answered with yes. Only what the whole map stands
        on is asked about first."""
        window = self._window
        if window.stage == "publish":
            # Paper is in sight there, and what would go may not be.
            window.banner.say("info", _("出图这一步不删要素。要删，请回到画图的一步。"))
            return
        features = window.session.selected_features()
        locked = {one.layer for one in features if window.map.locks.locked(one.layer)}
        if locked:
            window.map.locks.told(sorted(locked))
            return
        words = called_all(window.session.workspace.definitions, features) if features else ""
        if features and not self._meant(features):
            return
        if window.map.desk.delete():
            window.banner.say(
                "done", _("已删除 {words}。").format(words=words), "", "", [(_("撤销"), self.undoing.undo)]
            )

    def _meant(self, features: list[Feature]) -> bool:
        """Whether base features are really to go; True where there are none among `features`."""
        window, ws = self._window, self._window.session.workspace
        base = of_the_base(ws, features)
        if not base or window.session.read_only_reason():
            return True
        from geohazard_desktop.desktop.question import Question

        titles = "、".join(dict.fromkeys(ws.definitions[one.layer].title for one in base))
        words = _("{words} 属于底图（{titles}），每张图都用它；删了以后，界线、地名或水系在图上就缺了。确定要删除吗？")
        told = words.format(words=called_all(ws.definitions, features), titles=titles)
        dialog = Question(window, _("要删除底图要素吗？"), told, _("删除"), _("不删除"))
        answer = bool(dialog.exec())
        dialog.deleteLater()
        return answer

    # -- layers ----------------------------------------------------------------------------------------------------

    def _base_map(self) -> None:
        self._window.base_maps.add()

    def _table(self) -> None:
        self._show_table(self._window.layers.current_layer(), on=self._window.docks["register"].isHidden())

    def hide_table(self) -> None:
        self._show_table("", on=False)

    def _show_table(self, layer: str, *, on: bool = True) -> None:
        window = self._window
        if not on:
            window.map.canvas.setFocus()  # before the table goes: the keyboard would fall to whatever comes next
        window.docks["register"].setVisible(on and bool(layer))
        if on and layer:
            with reporter().guard():
                window.register.show_layer(layer)
        self.room.settle()
        window.refresh()

    def layer_asked(self, what: str, layer: str) -> None:
        window = self._window
        window.layers.set_current(layer)
        steps: dict[str, Handler] = {
            "zoom": lambda: window.map.look_at_layer(layer),
            "table": lambda: self._show_table(layer),
            "only": lambda: window.layers.show_only(layer),
            "style": lambda: window.styles.open(layer),
            "draw": lambda: window.center.run("layer.draw"),
            "import": lambda: window.center.run("file.import"),
            "export": lambda: self.exporting.ask(layer),
            "select": lambda: window.session.select(
                [(layer, uid) for uid in window.session.workspace.table(layer).uids]
            ),
            "findings": lambda: self.checks.show_layer(layer),
            **window.layer_desk.steps(layer),
        }
        with reporter().guard():
            steps[what]()

    # -- tools -----------------------------------------------------------------------------------------------------

    def take(self, name: str) -> None:
        window = self._window
        if (
            name == "tool.labels"
            and window.pages.currentWidget() is window.preview
            and window.preview.hands.take_labels()
        ):
            return
        window.show_map()
        stages = BY_ID[name].stages
        if stages and window.stage not in stages:
            chosen = {layer for layer, _uid in window.session.selection}
            window.show_stage("routes" if "evacuation_route" in chosen else next(iter(stages)))
        window.map.desk.take(name)
        window.refresh()

    def draw(self, command: str, layer: str) -> None:
        window = self._window
        if window.map.locks.locked(layer):
            window.map.locks.told([layer])
            return
        window.show_map()
        window.layers.show_layer(layer)
        stages = BY_ID[command].stages
        if stages and window.stage not in stages:
            window.show_stage(next(iter(stages)))  # the toolbar shows the tool that is in the hand
        window.layers.set_current(layer)
        if not window.map.desk.drawing:
            window.session.select([])  # the form of another feature, and its 删除, are no part of the new one
        window.map.desk.take(command, layer)
        window.refresh()

    def identified(self, keys: list[Key]) -> None:
        window = self._window
        window.form.show_hits(keys)
        window.session.select(keys[:1])
        window.form.show_hits(keys)
        window.side.setCurrentWidget(window.form)

    def drawn(self, key: Key) -> None:
        """What was drawn is on disk; its form stands ready with the first missing field."""
        window = self._window
        window.session.select([window.form_desk.drawn(key) or key])
        window.side.setCurrentWidget(window.form)

    def canvas_menu(self, place: QPoint, east: float, north: float) -> None:
        window = self._window
        offers = window.map.desk.offers()
        if offers:
            self._menu = stroke = StrokeMenu(window, window.center.actions, offers)
            stroke.open(place)
            return
        if (
            window.session.ws is None
            or window.map.desk.drawing
            or (window.map.desk.tool is not None and window.map.desk.tool.takes_right)
        ):
            return
        metres = CLICK_PIXELS * window.map.canvas.viewport.pixel
        meant = window.layers.current_layer()
        found = hits(window.session.workspace, window.map.pickable(), (east, north), metres, meant=meant)
        menu = QMenu(window)
        actions = window.center.actions
        if found:
            if found[0].key not in window.session.selection:
                window.session.select([found[0].key])
            for one in found[:6]:
                feature = window.session.workspace.feature(*one.key)
                if feature is not None:
                    action = menu.addAction(window.session.label(feature))
                    action.triggered.connect(lambda _on=False, key=one.key: window.session.select([key]))
            menu.addSeparator()
            for id in (
                "view.selection",
                "tool.vertices",
                "tool.move",
                "edit.copy",
                "edit.feature_history",
                "edit.delete",
                *COMMANDS_OF.get(found[0].layer, ()),
            ):
                menu.addAction(actions[id])
            if len(window.session.selection) > 1:
                menu.addAction(actions["shape.merge"])
            menu.addSeparator()
        marked = self.checks.marks.at(window.map.canvas.viewport, east, north)
        if marked is not None:
            action = menu.addAction(icon("sign-mark"), _("检查：{sentence}").format(sentence=marked.sentence))
            action.triggered.connect(lambda: self.checks.show(marked))
            menu.addSeparator()
        for id in ("view.full", "tool.identify", "tool.measure", "draw.danger_zone", "draw.evacuation_route"):
            menu.addAction(actions[id])
        menu.addSeparator()
        copied = menu.addAction(icon("locate"), _("复制这里的坐标"))
        copied.triggered.connect(lambda: self._copy_place(east, north))
        self._menu = menu
        menu.popup(place)

    def _copy_place(self, east: float, north: float) -> None:
        from PySide6.QtGui import QGuiApplication

        from geohazard_desktop.desktop import words

        lonlat = self._window.map.lonlat(east, north)
        text = words.gauss(east, north) + (f"  {words.lonlat(*lonlat)}" if lonlat else "")
        QGuiApplication.clipboard().setText(text.replace(words.THIN, ""))
        self._window.banner.say("done", _("已复制：{text}").format(text=text))

    def form_asked(self, what: str) -> None:
        self._window.center.run(_ASKED.get(what, what))

    def go_to_place(self, east: float, north: float) -> None:
        self._window.show_map()
        self._window.map.look_at_place(east, north)

    def go_to_feature(self, layer: str, uid: str) -> None:
        from geohazard_desktop.publishing.paper_subjects import seen_on_map

        window = self._window
        window.layers.show_layer(layer)
        keys = seen_on_map(window.session.workspace, layer, uid)
        window.session.select(keys)
        window.map.look_at_keys(keys)
        window.side.setCurrentWidget(window.form)

    # -- help ------------------------------------------------------------------------------------------------------

    def _keys(self) -> None:
        from geohazard_desktop.desktop.help_dialogs import KeysDialog

        KeysDialog(self._window).exec()

    def _about(self) -> None:
        from geohazard_desktop.desktop.help_dialogs import AboutDialog

        AboutDialog(self._window).exec()
