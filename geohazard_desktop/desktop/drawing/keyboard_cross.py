"""The map without a mouse: keys move a cross over it, Enter clicks there, the Page keys pan, + and - zoom.

Arrow keys nudge what is selected as long as there is no cross; with Ctrl, or with nothing to nudge, they bring it out,
and from then on they move it alone: a zone must not shift under a hand that means the cross. Esc puts it away. A second
Enter at one place finishes the stroke, as a double click does. Shift+Enter takes hold as a pressed button does (for a
box, a lasso, a corner that is dragged), the next Enter lets go; Shift or Ctrl held then count as for the mouse.
The mouse takes over as soon as it moves.
"""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.editing.tool import Button, KeyPress, Modifier, ToolEvent

_ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_PAGES = {"PageUp": (0, 0.5), "PageDown": (0, -0.5), "Home": (0.5, 0), "End": (-0.5, 0)}  # the map moves, in its sizes
_ZOOMS = {"+": 1.5, "-": 1 / 1.5}
_STEP, _FAST, _MOST = 2.0, 40.0, 40.0  # pixels: one press, with Shift, the fastest of a key that is held
_EDGE = 24.0
_ARM = 14.0


class _Desk(Protocol):
    @property
    def drawing(self) -> bool: ...


class KeyboardCross(QObject):
    """`place` is the cross on the canvas in pixels, None while the mouse is used."""

    moved = Signal()

    def __init__(self, canvas: MapCanvas, desk: _Desk) -> None:
        super().__init__(canvas)
        self._canvas, self._desk = canvas, desk
        self.place: QPointF | None = None
        self._pending = False  # it has been moved since it clicked last
        self.holding = False
        self._step = _STEP
        self._mouse: QPointF | None = None
        canvas.overlays.append(self._paint)
        canvas.keyboard_place = self.here
        canvas.installEventFilter(self)

    def first(self, press: KeyPress) -> bool:
        """Keys before the tool: arrows of the cross, Enter where it was moved, Esc with nothing unfinished."""
        if press.key in _ARROWS and (Modifier.CONTROL in press.modifiers or self.place is not None):
            return self._go(press)
        if press.key == "Escape" and self.holding:
            self.holding = False
            return False  # the tool gives up what it held
        if press.key == "Escape" and self.place is not None and not self._desk.drawing:
            self.leave()
            return True
        return press.key == "Enter" and self.place is not None and self._enter(press.modifiers)

    def _enter(self, modifiers: Modifier) -> bool:
        if self.holding:
            self._let_go(modifiers)
        elif Modifier.SHIFT in modifiers:
            self._take_hold()
        elif self._pending:
            self._click(modifiers)
        else:
            return False
        return True

    def then(self, press: KeyPress) -> bool:
        """Keys that neither tool nor selection had a use for."""
        if press.key in _ARROWS and Modifier.ALT not in press.modifiers:
            return self._go(press)
        if press.key in _PAGES:
            right, down = _PAGES[press.key]
            canvas = self._canvas
            canvas.look(canvas.viewport.panned(right * canvas.width(), down * canvas.height()))
            self._tell()
            return True
        if press.key in _ZOOMS:
            at = self.place or self._mouse or QPointF(self._canvas.width() / 2, self._canvas.height() / 2)
            self._canvas.look(self._canvas.viewport.zoomed(_ZOOMS[press.key], at.x(), at.y()))
            return True
        if press.key == "Enter" and self.place is not None and not self._desk.drawing:
            self._click(press.modifiers)
            return True
        return False

    def leave(self) -> None:
        """The mouse is used again."""
        if self.holding:
            self._let_go(Modifier.NONE)
        self.place, self._pending = None, False
        self._canvas.update()

    def here(self) -> QPointF:
        """Where keys act: at the cross, else in the middle."""
        return self.place or QPointF(self._canvas.width() / 2, self._canvas.height() / 2)

    def event_at(self, button: Button = Button.NONE, modifiers: Modifier = Modifier.NONE) -> ToolEvent:
        assert self.place is not None
        viewport = self._canvas.viewport
        east, north = viewport.to_map(self.place.x(), self.place.y())
        return ToolEvent(east, north, button, modifiers, viewport.pixel)

    def _go(self, press: KeyPress) -> bool:
        canvas = self._canvas
        if not canvas.map_shown:
            return False
        if self.place is None:
            seen = self._mouse is not None and canvas.rect().contains(self._mouse.toPoint())
            self.place = self._mouse if seen else QPointF(canvas.width() / 2, canvas.height() / 2)
        assert self.place is not None
        step = _FAST if Modifier.SHIFT in press.modifiers else self._step
        right, down = _ARROWS[press.key]
        wanted = self.place + QPointF(right * step, down * step)
        inside = QPointF(
            min(max(wanted.x(), _EDGE), canvas.width() - _EDGE), min(max(wanted.y(), _EDGE), canvas.height() - _EDGE)
        )
        if inside != wanted:  # the map goes on under the cross
            canvas.look(canvas.viewport.panned(inside.x() - wanted.x(), inside.y() - wanted.y()))
        self.place, self._pending = inside, True
        self._tell()
        return True

    def _tell(self) -> None:
        if self.place is not None:
            event = self.event_at(Button.LEFT if self.holding else Button.NONE)
            self._canvas.pointed.emit(event.east, event.north)
            self._canvas.moved.emit(event)
        self._canvas.update()
        self.moved.emit()

    def _take_hold(self) -> None:
        self._pending, self.holding = False, True
        self._canvas.moved.emit(self.event_at())
        self._canvas.pressed.emit(self.event_at(Button.LEFT))

    def _let_go(self, modifiers: Modifier) -> None:
        self._pending, self.holding = False, False
        self._canvas.released.emit(self.event_at(Button.LEFT, modifiers))

    def _click(self, modifiers: Modifier = Modifier.NONE) -> None:
        self._pending = False
        event = self.event_at(Button.LEFT, modifiers)
        self._canvas.moved.emit(self.event_at())
        self._canvas.pressed.emit(event)
        self._canvas.released.emit(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            held = event.isAutoRepeat()  # type: ignore[attr-defined]
            self._step = min(self._step * 1.25, _MOST) if held else _STEP
        elif kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress) and isinstance(event, QMouseEvent):
            self._mouse = event.position()
            if self.place is not None:
                self.leave()
        return False

    def _paint(self, painter: QPainter, _viewport: Viewport) -> None:
        if self.place is None:
            return
        x, y = self.place.x(), self.place.y()
        for colour, width in ((MARKS.paper, 4.0), (MARKS.selection, 1.6)):
            pen = QPen(QColor(colour), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            for near, far in ((-_ARM, -3.0), (3.0, _ARM)):
                painter.drawLine(QPointF(x + near, y), QPointF(x + far, y))
                painter.drawLine(QPointF(x, y + near), QPointF(x, y + far))
