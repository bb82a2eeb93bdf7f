"""A box drawn over the map is what the map shows next: with the tool 拉框放大, or with Shift while the hand is out."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.maps.canvas_marks import paint_box
from geohazard_desktop.editing.tool import DRAG_PIXELS

_CLOSER = 2.0  # of a click without a box; with Alt as much farther
_CLOSEST = 50.0  # scale denominator: a box of a few pixels must not end in a stair of decimetres


class ZoomBox(QObject):
    """Takes the mouse before the hand that moves the map does; so a stroke in the hand stays as it is."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.always = False  # the tool is chosen; else only with Shift
        self._start: QPointF | None = None
        self._end = QPointF()
        canvas.installEventFilter(self)
        canvas.overlays.append(self._paint)

    @property
    def drawing(self) -> bool:
        return self._start is not None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        if self._start is None:
            return False
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            return True
        if kind == QEvent.Type.FocusOut:
            self._let_go()
        return False

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if kind in presses and event.button() == Qt.MouseButton.LeftButton and self._wanted(event):
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
            self._start = self._end = event.position()
            return True
        if self._start is None:
            return False
        if kind == QEvent.Type.MouseMove:
            self._end = event.position()
            self._canvas.pointed.emit(*self._canvas.viewport.to_map(self._end.x(), self._end.y()))
            self._canvas.update()
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._end = event.position()
            self._zoom(farther=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return True
        return False

    def _wanted(self, event: QMouseEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self._canvas.map_shown and self._canvas.panning_tool and (self.always or shift)

    def _zoom(self, *, farther: bool) -> None:
        canvas, start, end = self._canvas, self._start, self._end
        assert start is not None
        self._let_go()
        if (end - start).manhattanLength() <= DRAG_PIXELS:
            factor = 1 / _CLOSER if farther else _CLOSER
            canvas.look(canvas.viewport.zoomed(factor, end.x(), end.y()), settle=True)
            return
        west, south, east, north = self._bounds(start, end)
        view = canvas.viewport
        if farther:
            # What is in sight now comes to lie in the box.
            share = max((east - west) / (view.width * view.pixel), (north - south) / (view.height * view.pixel))
            middle = view.centred((west + east) / 2, (south + north) / 2)
            canvas.look(middle.at_scale(view.denominator / share), settle=True)
            return
        canvas.look(view.fitted((west, south, east, north), margin=0.0, closest=_CLOSEST), settle=True)

    def _bounds(self, start: QPointF, end: QPointF) -> tuple[float, float, float, float]:
        view, box = self._canvas.viewport, QRectF(start, end).normalized()
        west, south = view.to_map(box.left(), box.bottom())
        east, north = view.to_map(box.right(), box.top())
        return west, south, east, north

    def _let_go(self) -> None:
        self._start = None
        self._canvas.update()

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self._start is not None:
            paint_box(painter, viewport, self._bounds(self._start, self._end))
