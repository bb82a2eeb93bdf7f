"""What the mouse does on the map of a meeting: look, pin, outline, draw on it, light a spot. Nothing here is stored."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.meetings.sizes import readable
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import FAMILIES, theme
from geohazard_desktop.editing.tool import Button, KeyPress, Preview, ToolEvent
from geohazard_desktop.workspace.edits.objections import DECLINED, TAKEN
from geohazard_desktop.workspace.feature import Feature

LOOK, PIN, AREA, PEN, LIGHT = "look", "pin", "area", "pen", "light"
_PIN, _PEN_WIDE, _LIGHT = 17, 5, 150  # px: radius of a pin, width of the pen, radius of the light
_ARM = 34  # px: arms of the corners around what is looked at
_PIN_EDGE = 4  # px of white around a pin
_DARK = 150  # alpha around the light


class MeetingHand(QObject):
    """`placed` (point, area or None) when a place was given, `changed` when the mode did."""

    placed = Signal(object, object)
    changed = Signal(str)

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.mode = LOOK
        self.strokes: list[list[tuple[float, float]]] = []
        self.pins: Sequence[tuple[str, Feature]] = ()
        self.wanted: BaseGeometry | None = None  # where the words being typed will be pinned
        self.flashed: BaseGeometry | None = None
        self._corners: list[tuple[float, float]] = []
        self._drawing = False
        self._pointer: tuple[float, float] | None = None
        canvas.pressed.connect(self._press)
        canvas.moved.connect(self._move)
        canvas.released.connect(self._release)
        canvas.double_clicked.connect(lambda _event: self._finish())
        canvas.key_pressed.connect(self._key)
        canvas.overlays.append(self._paint)
        self.take(LOOK)

    def take(self, mode: str) -> None:
        self.mode = mode
        self._corners, self._drawing = [], False
        self._canvas.preview = Preview()
        self._canvas.set_tool_cursor("hand" if mode == LOOK else "cross", panning=mode == LOOK)
        self._canvas.update()
        self.changed.emit(mode)

    def wipe(self) -> None:
        self.strokes = []
        self._canvas.update()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def _press(self, event: ToolEvent) -> None:
        place = (event.east, event.north)
        if event.button == Button.RIGHT:
            self._finish()
        elif event.button != Button.LEFT:
            return
        elif self.mode == PIN:
            self.placed.emit(Point(place), None)
        elif self.mode == AREA:
            self._corners.append(place)
            self._show_area(place)
        elif self.mode == PEN:
            self._drawing = True
            self.strokes.append([place])

    def _move(self, event: ToolEvent) -> None:
        place = (event.east, event.north)
        self._pointer = place
        if self.mode == PEN and self._drawing:
            self.strokes[-1].append(place)
        elif self.mode == AREA and self._corners:
            self._show_area(place)
            return
        if self.mode in (PEN, LIGHT):
            self._canvas.update()

    def _release(self, _event: ToolEvent) -> None:
        self._drawing = False

    def _key(self, press: KeyPress) -> None:
        if self.mode == AREA and press.key == "Enter":
            self._canvas.key_taken = True
            self._finish()
        elif self.mode == AREA and press.key == "Backspace" and self._corners:
            self._canvas.key_taken = True
            self._corners.pop()
            self._show_area(self._corners[-1] if self._corners else None)

    def _finish(self) -> None:
        """The outline is closed; a double click has set its last corner twice."""
        corners = list(dict.fromkeys(self._corners))
        if self.mode != AREA or len(corners) < 3:
            return
        area = Polygon(corners)
        self._corners = []
        self._canvas.preview = Preview()
        if not area.is_valid:
            area = area.buffer(0)
        if not area.is_empty:
            self.placed.emit(area.representative_point(), area)

    def _show_area(self, pointer: tuple[float, float] | None) -> None:
        rubber = (self._corners[-1], pointer) if self._corners and pointer else ()
        closing = (pointer, self._corners[0]) if len(self._corners) > 1 and pointer else ()
        self._canvas.preview = Preview(kind="polygon", drawn=tuple(self._corners), rubber=rubber, closing=closing)
        self._canvas.update()

    @property
    def _pin_radius(self) -> int:
        return max(theme().px(_PIN), round(readable(self._canvas.window().height()) * 0.85))

    def pin_boxes(self, viewport: Viewport) -> list[tuple[float, float, float, float]]:
        """What the pins cover in logical pixels of `viewport`: no name of the map belongs there."""
        radius = self._pin_radius + _PIN_EDGE
        shapes = [one.geometry for _number, one in self.pins if one.geometry is not None]
        middles = [viewport.to_screen(one.centroid.x, one.centroid.y) for one in shapes]
        return [(x - radius, y - radius, x + radius, y + radius) for x, y in middles]

    # -- painting --------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self.flashed is not None:
            self._paint_flashed(painter, viewport, self.flashed)
        for number, objection in self.pins:
            if objection.geometry is not None:
                middle = objection.geometry.centroid
                self._paint_pin(painter, viewport, (middle.x, middle.y), number, objection.text("status"))
        if self.wanted is not None:
            middle = self.wanted.centroid
            self._paint_pin(painter, viewport, (middle.x, middle.y), "?", "")
        self._paint_ink(painter, viewport)
        if self.mode == LIGHT and self._pointer is not None:
            x, y = viewport.to_screen(*self._pointer)
            dark = QPainterPath()
            dark.addRect(QRectF(0, 0, viewport.width, viewport.height))
            dark.addEllipse(QPointF(x, y), theme().px(_LIGHT), theme().px(_LIGHT))
            painter.fillPath(dark, QColor(0, 0, 0, _DARK))

    def _paint_ink(self, painter: QPainter, viewport: Viewport) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, more in ((MARKS.casing, 4), (MARKS.selection, 0)):
            round_ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(QColor(colour), theme().px(_PEN_WIDE) + more, Qt.PenStyle.SolidLine, *round_ends))
            for stroke in self.strokes:
                painter.drawPolyline(QPolygonF([QPointF(*viewport.to_screen(*one)) for one in stroke]))

    def _paint_flashed(self, painter: QPainter, viewport: Viewport, shape: BaseGeometry) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        east_min, north_min, east_max, north_max = shape.bounds
        left, top = viewport.to_screen(east_min, north_max)
        right, low = viewport.to_screen(east_max, north_min)
        box = QRectF(QPointF(left, top), QPointF(right, low)).adjusted(-14, -14, 14, 14)
        # Four corners, no frame: a line all around would run through the names.
        arm = min(theme().px(_ARM), box.width() / 3, box.height() / 3)
        corners = QPainterPath()
        for x, across in ((box.left(), arm), (box.right(), -arm)):
            for y, down in ((box.top(), arm), (box.bottom(), -arm)):
                corners.moveTo(x + across, y)
                corners.lineTo(x, y)
                corners.lineTo(x, y + down)
        for colour, wide in ((MARKS.casing, 9), (MARKS.selection, 5)):
            painter.setPen(QPen(QColor(colour), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(corners)

    def _paint_pin(
        self, painter: QPainter, viewport: Viewport, place: tuple[float, float], number: str, status: str
    ) -> None:
        """Open: black; taken: green; declined: white with a black ring, so that a glance in grey tells them apart."""
        centre = QPointF(*viewport.to_screen(*place))
        radius = self._pin_radius
        fill = {TAKEN: MARKS.route, DECLINED: MARKS.casing}.get(status, MARKS.ink)
        words = MARKS.ink if status == DECLINED else MARKS.casing
        painter.setPen(QPen(QColor(MARKS.casing), 7))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QPen(QColor(MARKS.ink), 3))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QColor(words))
        font = QFont(FAMILIES)
        font.setPixelSize(round(radius * (1.2 if len(number) < 3 else 0.85)))
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius),
                         Qt.AlignmentFlag.AlignCenter, number)  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
