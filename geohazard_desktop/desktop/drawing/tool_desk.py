"""Which tool is in the hand: exactly one. Takes the canvas's events to it and its preview back to the canvas."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.acquiring import Acquiring
from geohazard_desktop.desktop.drawing.keyboard_cross import KeyboardCross
from geohazard_desktop.desktop.drawing.snap_grid import paint_snap_grid
from geohazard_desktop.desktop.drawing.strokes_in_hand import PASSING, ZOOM_BOX, StrokesInHand
from geohazard_desktop.desktop.drawing.way_desk import ChosenWay
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.maps.zoom_box import ZoomBox
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.locks import locked_layers
from geohazard_desktop.editing.measure import MeasureTool
from geohazard_desktop.editing.measurement import MeasureBoard
from geohazard_desktop.editing.select import SelectTool
from geohazard_desktop.editing.snapping import Snapper, SnapSettings
from geohazard_desktop.editing.tool import Button, Key, KeyPress, Place, Tool, ToolContext, ToolEvent
from geohazard_desktop.workspace.edits.wording import called_all, followed
from geohazard_desktop.workspace.feature import Delta, Edit

if TYPE_CHECKING:
    from geohazard_desktop.editing.label_tool import LabelsInSight
    from geohazard_desktop.editing.typed import Typed

_BEGINS = tuple("0123456789@<")  # what a typed place begins with


class ToolDesk(QObject):
    """`changed`: another tool or another state of it (hint, unfinished stroke). `said` (sentence) is for the banner,
    `identified` (keys), `drawn` (key), `edited` (Edit), `typing_asked` (what is
    typed already: nothing after the key `=`, else a sign that only numbers begin with), `met_locked` (layers in which
    an edit was refused because they are locked)."""

    changed = Signal()
    said = Signal(str)
    identified = Signal(list)
    drawn = Signal(object)
    edited = Signal(object)
    typing_asked = Signal(str)
    met_locked = Signal(list)

    def __init__(self, session: Session, canvas: MapCanvas, clickable: Callable[[], Sequence[str]]) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._clickable = session, canvas, clickable
        self.tool: Tool | None = None
        self.board = MeasureBoard()
        self.seen: Callable[[Sequence[Key]], list[Key]] = list  # of features that were hit those that are in sight
        self.name = ""
        self.layer = ""
        self.snapping = True
        self.ways = ChosenWay()
        self.sharing = self.avoiding = False
        self.still: Callable[[], bool] = lambda: False  # papers are in sight: keys move nothing on the map behind them
        self.locked: Callable[[str], bool] = lambda _layer: False
        self.meant: Callable[[], str] = str  # the layer chosen in the tree
        self.strokes = StrokesInHand(self)
        self._snap_settings = SnapSettings()
        self._snapper: Snapper | None = None
        canvas.overlays.append(self._paint_grid)
        self.zoom_box = ZoomBox(canvas)
        canvas.pressed.connect(lambda event: self._event("press", event))
        canvas.moved.connect(lambda event: self._event("move", event))
        canvas.released.connect(lambda event: self._event("release", event))
        canvas.double_clicked.connect(lambda event: self._event("double_click", event))
        canvas.key_pressed.connect(self._keyboard)
        self.cross = KeyboardCross(canvas, self)
        self.acquiring = Acquiring(canvas, lambda: self._snapper if self.snapping else None)
        session.selection_changed.connect(self._selection)
        session.changed.connect(self._follow)
        session.closing.connect(self.put_down)

    def snapper(self) -> Snapper:
        if self._snapper is None:
            self._snapper = Snapper(self._session.workspace, settings=self._snap_settings, in_sight=self._clickable)
        return self._snapper

    def put_down(self) -> None:
        """No tool any more: the workspace closes. Unfinished strokes are told before they go."""
        self.strokes.put_down()
        self.tool, self.name = None, ""
        if self._snapper is not None:
            self._snapper.close()
            self._snapper = None
        self._show()

    def take(self, name: str, layer: str = "") -> None:
        """Take a tool by its command, for a layer where it draws. A stroke that is unfinished goes on where it is the
        same tool or only the map is moved; else it is laid down and kept."""
        if self.strokes.goes_on(name, layer):
            self._show()
            return
        self.strokes.make_way()
        if self._snapper is not None:
            self._snapper.acquired.clear()
        self.name, self.layer = name, layer
        if name in PASSING:
            self.tool = None
            self._show_passing()
        else:
            context = self._context(layer)
            self.tool = SelectTool(context) if name == "tool.select" else self._made(name, context)
        self._show()

    @property
    def hand(self) -> tuple[bool, str, bool]:
        """Whether it draws, with which tool, and whether something was taken back: what commands hang on."""
        return self.drawing, self.name, self.strokes.taken_back > 0

    def _made(self, name: str, context: ToolContext) -> Tool:
        from geohazard_desktop.editing.all_tools import TOOLS  # the window's first map needs none of them

        return TOOLS[name](context) if name in TOOLS else DrawTool(context, way=self.ways.way)

    def take_way(self, key: str) -> bool:
        """Draw in another way from now on. False where an unfinished stroke stands against it, which has been said."""
        if (
            isinstance(self.tool, DrawTool)
            and self.tool.kind != "point"
            and not self.tool.take_way(self.ways.ways[key])
        ):
            return False
        self.ways.key = key
        self._show()
        return True

    def hold(self, name: str, make: Callable[[ToolContext], Tool], layer: str = "") -> None:
        """A tool that no command of the table gives: a form asks to have a feature pointed at, copies hang at the
        pointer to be pasted into `layer`."""
        self.take("tool.select")
        self.name, self.tool = name, make(self._context(layer))
        self._show()

    def context(self, layer: str) -> ToolContext:
        """What a tool for `layer` may see and call."""
        return self._context(layer)

    def _context(self, layer: str) -> ToolContext:
        session = self._session
        return ToolContext(
            session.workspace,
            layer or "danger_zone",
            self.snapper(),
            session.selection,
            self._store,
            self.said.emit,
            on_select=lambda keys: session.select(self.seen(keys)),
            on_identify=self._identify,
            on_drawn=self.drawn.emit,
            clickable=self._clickable,
            locked=self.locked,
            meant=self.meant,
            labels=self._labels,
            measured=self.board,
            snapping=self.snapping,
            sharing=self.sharing,
            avoiding=self.avoiding,
        )

    def _labels(self) -> "LabelsInSight | None":
        from geohazard_desktop.editing.label_tool import LabelsInSight

        frame = self._canvas.frame
        return None if frame is None else LabelsInSight(frame.view, frame.labels)

    def renew(self) -> None:
        """Something the tool hangs on has changed beside the map: show it."""
        self._show()

    def set_switches(self, *, snapping: bool, sharing: bool, avoiding: bool) -> None:
        """捕捉, 共用边 and 避免重叠, for the tool in the hand and all that follow."""
        self.snapping, self.sharing, self.avoiding = snapping, sharing, avoiding
        if self.tool is not None:
            context = self.tool.context
            context.snapping, context.sharing, context.avoiding = snapping, sharing, avoiding
        self._canvas.update()

    @property
    def snap_settings(self) -> SnapSettings:
        return self._snap_settings

    @snap_settings.setter
    def snap_settings(self, settings: SnapSettings) -> None:
        self._snap_settings = settings
        if self._snapper is not None:
            self._snapper.settings = settings
        self._canvas.update()

    def _paint_grid(self, painter: QPainter, viewport: Viewport) -> None:
        if self.snapping and "grid" in self._snap_settings.kinds:
            paint_snap_grid(painter, viewport, self._snap_settings.grid_m)

    def may_change(self, edit: Edit) -> bool:
        """False where a locked layer stands against it, which has been said."""
        found = locked_layers(self._session.workspace.definitions, edit, self.locked)
        if found:
            self.met_locked.emit(found)
        return not found

    def _in_sight(self, edit: Edit) -> bool:
        """False where all that an edit would reshape lies outside the map's view: it is said and shown first."""
        from geohazard_desktop.desktop.maps.in_sight import looking_at, unseen

        definitions = self._session.workspace.definitions
        touched = unseen(self._canvas.viewport, edit, definitions)
        if not touched or (self.tool is not None and self.tool.beyond_sight):
            return True
        words = _("{names}不在图上看得见的地方，没有改。图已经移过去，看清楚了请再做一次。")
        self.said.emit(words.format(names=followed(called_all(definitions, touched))))
        shapes = [one.geometry for one in touched if one.geometry is not None]
        self._canvas.look(looking_at(self._canvas.viewport, shapes))
        return False

    def _store(self, edit: Edit) -> bool:
        if not self.may_change(edit) or not self._in_sight(edit):
            return False
        done = self._session.apply(edit)
        if done:
            self.edited.emit(edit)
        return done

    def _identify(self, keys: Sequence[Key], _place: Place) -> None:
        self.identified.emit(self.seen(keys))

    # -- events ----------------------------------------------------------------------------------------------------

    def _event(self, what: str, event: ToolEvent) -> None:
        if what == "press" and event.button is Button.RIGHT and self.offers():
            return  # the menu of the stroke comes
        if self.tool is not None and self._session.ws is not None:
            getattr(self.tool, what)(event)
            self._show()

    def offers(self) -> Sequence[str]:
        """Commands that a right click offers now, beside those of the map."""
        return self.tool.offers if self.tool is not None else ()

    def _keyboard(self, press: KeyPress) -> None:
        if self._session.ws is None:
            return
        if self.cross.first(press):
            self._canvas.key_taken = True
            return
        self._key(press)
        if not self._canvas.key_taken:
            self._canvas.key_taken = self.cross.then(press)

    def _key(self, press: KeyPress) -> None:
        if self._session.ws is None:
            return
        begins = self.drawing and press.key in _BEGINS
        begins = begins or (self.tool is not None and self.tool.typing_begins(press.key))
        begun = press.key if begins else ""
        if press.key == "=" or begun:
            self._canvas.key_taken = True
            self.typing_asked.emit(begun)
            return
        if self.name in PASSING and self.tool is not None and press.key == "Escape":
            self._canvas.key_taken = True
            self.take(self.name)  # the map has been moved: the stroke goes on
            return
        taken = self.tool.key(press) if self.tool is not None else False
        if not taken and isinstance(self.tool, SelectTool) and not self.still():
            from geohazard_desktop.editing.move import nudge

            taken = not self._session.read_only_reason() and nudge(self.tool.context, press)
        if not taken and press.key == "Escape" and self.name != "tool.select":
            self.take("tool.select")
            taken = True
        self._canvas.key_taken = taken
        self._show()

    def press_key(self, key: str) -> None:
        """A key from a menu or a button instead of the keyboard."""
        self._key(KeyPress(key, pixel_size=self._canvas.viewport.pixel))

    def focus(self) -> None:
        """The keyboard goes to the map."""
        self._canvas.setFocus()

    def refresh(self) -> None:
        """The tool was changed by something other than the mouse: by typed numbers, by a table."""
        self._show()

    def delete(self) -> bool:
        """Delete what is selected."""
        from geohazard_desktop.editing.delete import delete_selection

        return delete_selection(self._context(""))

    def typed(self, typed: "Typed") -> bool:
        """What was typed: the next corner where something is being drawn or measured. False: nobody draws."""
        if not isinstance(self.tool, DrawTool | MeasureTool):
            return False
        self.tool.take_typed(typed)
        self._show()
        return True

    def close_square(self) -> None:
        if isinstance(self.tool, DrawTool):
            self.tool.close_square()
            self._show()

    def constrained(self, bearing: float | None, length: float | None) -> bool:
        """The next side's bearing and length, typed."""
        if not isinstance(self.tool, DrawTool | MeasureTool) or not self.tool.places:
            return False
        self.tool.constrain(bearing=bearing, length=length)
        self._show()
        return True

    def _selection(self) -> None:
        if self.tool is not None:
            self.tool.context.selection = self._session.selection
            self._show()

    def _follow(self, deltas: Sequence[Delta]) -> None:
        if self.tool is not None:
            self.tool.follow(deltas)
            self._show()

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        return self.tool is not None and self.tool.busy

    def hint(self) -> str:
        if self.name == ZOOM_BOX:
            words = _("拖出一个框，图就放大到它；单击放大一倍，按住 Alt 缩小。")
            return words + (_("按 W 或 Esc 接着画。") if self.tool is not None else _("按 V 回到选择。"))
        if self.name in PASSING:
            if self.tool is not None:
                return _("拖动地图，按住 Shift 拉框放大；按 H 或 Esc 接着画。")
            return _("拖动地图，按住 Shift 拉框放大；滚轮放大缩小；按 V 回到选择。")
        return self.tool.hint() if self.tool is not None else ""

    def _show_passing(self) -> None:
        self.zoom_box.always = self.name == ZOOM_BOX
        self._canvas.set_tool_cursor("cross" if self.zoom_box.always else "hand", panning=True)

    def _show(self) -> None:
        self._canvas.wants_delete = self.tool is not None and self.tool.wants_delete
        if self.tool is None:
            self._canvas.preview = type(self._canvas.preview)()
        else:
            if self.name in PASSING:
                self._show_passing()
            else:
                self._canvas.set_tool_cursor(self.tool.cursor)
            self._canvas.preview = self.tool.preview()
        self._canvas.update()
        self.changed.emit()
