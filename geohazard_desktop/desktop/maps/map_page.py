"""The map with everything that floats over it: canvas, tools, live figures, typed numbers; kept true by the session."""

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import FARTHEST_M, measurable
from geohazard_desktop.analysis.near import Near
from geohazard_desktop.cartography.home import first_ground, home_bounds, home_viewport
from geohazard_desktop.cartography.viewport import Bounds, Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.keyin import KeyinBar
from geohazard_desktop.desktop.drawing.measure_desk import MeasureDesk
from geohazard_desktop.desktop.drawing.numbers_bar import NumbersBar
from geohazard_desktop.desktop.drawing.tool_desk import ToolDesk
from geohazard_desktop.desktop.drawing.typing_desk import TypingDesk
from geohazard_desktop.desktop.layers.panel import LayerPanel
from geohazard_desktop.desktop.map_filter import MapFilter
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.maps.hand_labels import HandLabels
from geohazard_desktop.desktop.maps.view_history import ViewHistory
from geohazard_desktop.desktop.scene import Scene
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.domain.drawing_rules import live_rule
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from pyproj import Transformer

    from geohazard_desktop.desktop.drawing.live_panel import LivePanel
    from geohazard_desktop.desktop.drawing.shape_bar import ShapeBar
    from geohazard_desktop.desktop.layers.locks import LayerLocks
    from geohazard_desktop.desktop.lifted_zones import LiftedZones
    from geohazard_desktop.desktop.way_doubts import WayDoubts

_RING_MS = 6000
_FITTED_S = 0.1  # after the first map: until then panels that find their sizes change the scale
_MOST_MARKED = 1500
_STEPS = 12  # points looked at on each side of a stroke, when the live panel keeps clear of it


class MapPage(QWidget):
    """`pointed` (lonlat or None, east, north) and `crs_loaded` (CRS) for the status line."""

    pointed = Signal(object, float, float)
    crs_loaded = Signal(object)
    lifted: "LiftedZones"
    doubts: "WayDoubts"

    def __init__(self, session: Session, layers: LayerPanel) -> None:
        super().__init__()
        self._session, self._layers = session, layers
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.canvas = MapCanvas()
        column.addWidget(self.canvas)
        self.scene = Scene(session, layers.visible, self.canvas.maker)
        self.hand_labels = HandLabels(session)
        self.canvas.maker.fixed_labels = self.hand_labels.offsets
        self.canvas.title_of = lambda layer: session.workspace.definitions[layer].title
        self.desk = ToolDesk(session, self.canvas, self.clickable)
        self.desk.meant = layers.current_layer
        self.filters = MapFilter(session)
        self._live: LivePanel | None = None
        self.keyin = KeyinBar(self.canvas)
        self.typing = TypingDesk(self, session)
        self.measures = MeasureDesk(self, self.desk.board)
        self.views = ViewHistory(self.canvas)
        self.keyin.closed.connect(self.canvas.setFocus)
        self.numbers = NumbersBar(self.canvas, self.desk.refresh)
        self.desk.changed.connect(lambda: self.numbers.show_tool(self.desk.tool))
        self.canvas.resized.connect(self.numbers.place)
        self._near: Near | None = None
        self._transformer: Transformer | None = None
        self._home: Bounds | None = None
        self._home_view: Viewport | None = None
        self._home_until = 0.0
        self._pointer = QPointF(0, 0)
        self._ring = QTimer(self)
        self._ring.setSingleShot(True)
        self._ring.timeout.connect(lambda: self.mark(None))
        self.canvas.pointed.connect(self._pointed)
        self.canvas.resized.connect(self._resized)
        self.canvas.steady = lambda: time.monotonic() > self._home_until
        self.canvas.maker.ready.connect(lambda _frame: self._framed())
        self.canvas.left.connect(lambda: self.pointed.emit(None, 0.0, 0.0))
        self.desk.changed.connect(self._show_live)
        self.options: ShapeBar | None = None  # comes with the handlers
        self.locks: LayerLocks  # comes with the window
        self.desk.typing_asked.connect(self.ask_numbers)
        layers.visibility_changed.connect(self.redraw)
        session.opened.connect(self._opened)
        session.closing.connect(self._closing)
        session.changed.connect(self._changed)
        session.selection_changed.connect(self._selection)

    # -- workspace -------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        ws = self._session.workspace
        self._near = Near(ws, live_rule().most_counted)
        self.scene.forget()
        self.canvas.maker.open(ws.path)
        self._transformer = None
        self.canvas.map_shown = self.canvas.held = True
        self.canvas.nets.set_crs(None)
        self.canvas.viewport = self.canvas.viewport.sized(self.canvas.width(), self.canvas.height())
        # The district first; 全图 shows the surroundings as well.
        self._home = home_bounds(ws)
        if self._home is not None:
            self.canvas.look(home_viewport(self._home, self.canvas.viewport))
        else:
            self.canvas.look(self._first_ground())
        self._home_view = self.canvas.viewport
        self._home_until = math.inf
        QTimer.singleShot(0, self, self.begin)

    def begin(self) -> None:
        """Ask for the first picture: its size is known. By itself in the next turn of the event loop."""
        if not self.canvas.held:
            return
        self.canvas.held = False
        if self._session.ws is not None:
            self._resized()
            self.canvas.redraw_now()

    def _framed(self) -> None:
        if self._home_until == math.inf and self.canvas.settled:
            self._home_until = time.monotonic() + _FITTED_S
        QTimer.singleShot(30, self, self._load_crs)

    def _load_crs(self) -> None:
        """Once the first map is there: the library of projections takes its time to load."""
        if self._session.ws is not None and self.canvas.nets.crs is None and self.canvas.settled:
            crs = self._session.ws.crs
            self.canvas.nets.set_crs(crs)
            self.canvas.update()
            self.crs_loaded.emit(crs)

    def _resized(self) -> None:
        """The district stays fitted while the panels find their sizes after opening; later a scale is the hand's."""
        now, home = self.canvas.viewport, self._home_view
        if self._home is None or home is None or not self.canvas.map_shown or time.monotonic() > self._home_until:
            return
        # Taking another size moves the view by less than a pixel.
        still = max(abs(now.east - home.east), abs(now.north - home.north)) <= 2 * now.pixel
        if still and now.denominator == home.denominator:
            self.canvas.look(home_viewport(self._home, now))
            self._home_view = self.canvas.viewport

    def _first_ground(self) -> Viewport:
        found = first_ground(self._session.workspace)
        if found is None:
            return self.canvas.viewport
        place, denominator = found
        east, north = self._to_lonlat().transform(*place, direction="INVERSE")
        return self.canvas.viewport.centred(east, north).at_scale(denominator)

    def _closing(self) -> None:
        self.desk.board.clear()
        self.views.forget()
        self.canvas.map_shown = False
        self.canvas.forget()
        self.canvas.maker.close()
        self.scene.forget()
        if self._live is not None:
            self._live.hide()
        if self._near is not None:
            self._near.close()
            self._near = None
        self.keyin.leave()

    def _changed(self, deltas: list[Delta]) -> None:
        self.scene.follow(deltas)
        self.hand_labels.follow(deltas)
        self.redraw()
        self._selection()

    def redraw(self) -> None:
        if self._session.ws is not None:
            self.canvas.redraw()

    def tell_left_out(self) -> None:
        """What of the layers in sight is not shown, beside the scale: also on a copied picture."""
        said = [self.lifted.note(), *map(self.filters.words, self.filters.layers), self.doubts.note()]
        self.canvas.note = "　".join(filter(None, said))

    def refresh(self) -> None:
        """Read everything anew from the file."""
        self.scene.forget()
        self.hand_labels.forget()
        self.canvas.maker.refresh()
        self.redraw()

    def _selection(self) -> None:
        found = self._session.selected_features(_MOST_MARKED)
        self.canvas.selected = [one for one in found if one.geometry is not None and measurable(one.geometry)]
        self.canvas.update()

    def clickable(self) -> list[str]:
        """Layers that a click can hit: those in sight, topmost first."""
        return list(reversed(self.scene.layers()))

    def pickable(self) -> list[str]:
        """Those of them that are not locked."""
        return [one for one in self.clickable() if not self.locks.locked(one)]

    # -- places ----------------------------------------------------------------------------------------------------

    def look_at_all(self) -> None:
        extent = self._session.workspace.extent()
        if extent is not None:
            self.canvas.look(self.canvas.viewport.fitted(extent, margin=0.04))

    def look_at_layer(self, layer: str) -> None:
        self.look_at_layers([layer])

    def look_at_layers(self, layers: Sequence[str]) -> None:
        ws = self._session.workspace
        found = []
        for layer in layers:
            bounds = ws.bounds(layer)
            if bounds is not None and max(map(abs, bounds)) > FARTHEST_M:
                # One broken shape must not take the others out of sight.
                bounds = _bounds_of([one for one in ws.table(layer).geometries if one is not None])
            if bounds is not None:
                found.append(bounds)
        if found:
            west, south, east, north = zip(*found, strict=True)
            self.canvas.look_at((min(west), min(south), max(east), max(north)))

    def look_at_keys(self, keys: list[Key]) -> None:
        found = self._session.workspace.features(keys)
        bounds = _bounds_of([one.geometry for one in found if one.geometry is not None])
        if bounds is not None:
            self.canvas.look(self.canvas.viewport.fitted(bounds, margin=0.2, closest=2_000))

    def look_at_keys_out_of_sight(self, keys: list[Key]) -> None:
        """Look at features only where some of them can't be seen now."""
        ws = self._session.workspace
        found = [feature for feature in (ws.feature(*key) for key in keys) if feature is not None]
        bounds = _bounds_of([one.geometry for one in found if one.geometry is not None])
        west, south, east, north = self.canvas.viewport.bounds
        if bounds is not None and not (
            west <= bounds[0] and south <= bounds[1] and bounds[2] <= east and bounds[3] <= north
        ):
            self.look_at_keys(keys)

    def look_at_place(self, east: float, north: float, *, closest: float = 5_000.0) -> None:
        """Centre on a place and ring it for a while."""
        viewport = self.canvas.viewport
        self.canvas.look(viewport.centred(east, north).at_scale(min(viewport.denominator, closest)))
        self.mark((east, north))

    def mark(self, place: tuple[float, float] | None) -> None:
        self.canvas.ring = place
        self.canvas.update()
        if place is not None:
            self._ring.start(_RING_MS)

    def _to_lonlat(self) -> "Transformer":
        """From the workspace's metres to degrees of its own datum; loaded when the first degree is wanted."""
        if self._transformer is None:
            from pyproj import Transformer

            crs = self._session.workspace.crs
            self._transformer = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
        return self._transformer

    def lonlat(self, east: float, north: float) -> tuple[float, float] | None:
        if self._session.ws is None:
            return None
        longitude, latitude = self._to_lonlat().transform(east, north)
        return float(longitude), float(latitude)

    def _pointed(self, east: float, north: float) -> None:
        if self.canvas.map_shown:
            self.pointed.emit(self.lonlat(east, north), east, north)
        x, y = self.canvas.viewport.to_screen(east, north)
        self._pointer = QPointF(x, y)

    # -- floating --------------------------------------------------------------------------------------------------

    @property
    def live(self) -> "LivePanel":
        """Made with the first figures that it shows."""
        if self._live is None:
            from geohazard_desktop.desktop.drawing.live_panel import LivePanel

            self._live = LivePanel(self.canvas)
            self._live.grown.connect(self._cover)
        return self._live

    def _show_live(self) -> None:
        judgement = self.canvas.preview.judgement
        tool = self.desk.tool
        if judgement is None and self._live is None:
            return
        shape = tool.shape() if isinstance(tool, DrawTool) and judgement is not None else None
        self.live.show_judgement(
            judgement, shape, self._near, layer=self.desk.layer, corners=tool.corners_set if tool else None
        )
        self.live.title.setText(tool.title if tool is not None and tool.title else _("实时研判"))
        if not self.live.isHidden():
            others = self.canvas.findChildren(QFrame, "float", Qt.FindChildOption.FindDirectChildrenOnly)
            floats = [QRectF(one.geometry()) for one in others if not one.isHidden()]
            self.live.place(self._pointer, self._stroke(), floats)
        self._cover()

    def _cover(self) -> None:
        """The label beside the pointer keeps off the panel, and nothing is painted below it."""
        self.canvas.covered = None if self.live.isHidden() else QRectF(self.live.geometry())

    def _stroke(self) -> list[QPointF]:
        """Points along what is being drawn, on the canvas."""
        preview, viewport = self.canvas.preview, self.canvas.viewport
        corners = [QPointF(*viewport.to_screen(*place)) for place in (*preview.drawn, *preview.rubber[1:])]
        ends = zip(corners, [*corners[1:], *corners[:1]], strict=True)
        found = [start + (end - start) * (step / _STEPS) for start, end in ends for step in range(_STEPS)]
        if preview.label or preview.snap is not None:
            from geohazard_desktop.desktop.drawing.live_panel import beside_pointer

            found += beside_pointer(self._pointer, corners[0] if preview.drawn else None)
        return found

    def ask_numbers(self, begun: str = "") -> None:
        """Numbers go to the box of the tool in the hand, where it has one; else to the line for places."""
        if not self.numbers.ask(begun) and not (self.options is not None and self.options.ask(begun)):
            self.typing.ask(begun)


def _bounds_of(geometries: Sequence[BaseGeometry]) -> Bounds | None:
    """The box of all that can be measured."""
    boxes = [one.bounds for one in geometries if measurable(one)]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
