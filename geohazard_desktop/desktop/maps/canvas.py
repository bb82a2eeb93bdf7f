"""The native map: a cached frame that follows the hand at once and is refined in slices, the tool's marks on top."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from geohazard_desktop.cartography.viewport import Bounds, Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.history.compare_marks import Pair, paint_comparison
from geohazard_desktop.desktop.maps import canvas_marks, furniture
from geohazard_desktop.desktop.maps.frame import Frame, FrameMaker
from geohazard_desktop.desktop.maps.furniture_picture import FurniturePicture
from geohazard_desktop.desktop.maps.nets import Nets
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.tool import Button, KeyPress, Modifier, Preview, ToolEvent
from geohazard_desktop.workspace.feature import Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.drawing.typed_mark import TypedMark

_NOTCH = 1.3  # closer by this at each notch of the wheel
_SETTLE_MS = 30
_LATE_MS = 1200  # a first picture that takes longer is said to be under way
_BAR = 120  # pixels at 100 %: what takes no more of the map than that is a bar, else a panel
KEYS = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
}
BUTTONS = {
    Qt.MouseButton.LeftButton: Button.LEFT,
    Qt.MouseButton.RightButton: Button.RIGHT,
    Qt.MouseButton.MiddleButton: Button.MIDDLE,
}


def _once(canvas: QWidget, interval: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(canvas)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(then)
    return timer


class MapCanvas(QWidget):
    """Signals: `pointed` (east, north), `left` (the pointer), `viewed` (Viewport), tool events `pressed`, `moved`,
    `released`, `double_clicked` (ToolEvent), `key_pressed` (KeyPress; the receiver sets `key_taken`), `menu_asked`
    (global place, east, north), `docks_asked` (Tab), `problem` (what the map could not draw, once),
    `base_maps_painted` (BaseMapReport)."""

    pointed = Signal(float, float)
    left = Signal()
    viewed = Signal(object)
    pressed = Signal(object)
    moved = Signal(object)
    released = Signal(object)
    double_clicked = Signal(object)
    key_pressed = Signal(object)
    menu_asked = Signal(QPoint, float, float)
    docks_asked = Signal()
    resized = Signal()
    problem = Signal(str)
    base_maps_painted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 140)
        self.setAccessibleName(_("地图"))
        self.viewport = Viewport(0.0, 0.0, 50_000.0, 800.0, 600.0)
        self.maker = FrameMaker(self)
        self.maker.covered = self._covered
        self.maker.ready.connect(self._framed)
        self.maker.refused.connect(self._refused)
        self.maker.reading.connect(self._reading)
        self.title_of: Callable[[str], str] = str
        self._busy_words = ""
        self._late = _once(self, _LATE_MS, self._say_late)
        self.maker.tiles_arrived.connect(self.redraw)
        self._frame: Frame | None = None
        self._furniture = FurniturePicture()
        self._asked = 0.0  # the scale of the last picture asked for
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._remake)
        self.preview = Preview()
        self.overlays: list[
            Callable[[QPainter, Viewport], None]
        ] = []  # painted over each frame, below the tool's marks
        self.selected: Sequence[Feature] = ()
        self.ring: tuple[float, float] | None = None
        self.covered: QRectF | None = None  # by the live panel
        self.typed: TypedMark | None = None  # a typed place, before it is taken
        self.compared: Sequence[Pair] = ()  # shapes before and after a step of the history
        self.schematic = False
        self.note = ""  # what is left out of sight, beside the scale
        self.nets = Nets()
        self.map_shown = False
        self.held = False  # no picture is asked for: the window is still finding its sizes
        self.steady: Callable[[], bool] = lambda: False  # the window has found its sizes: see `_resized`
        self._seat = (QPoint(), QSize())  # where it lay in the window, and how large that was
        self.bright = False
        self.panning_tool = False
        self.keyboard_place: Callable[[], QPointF] = lambda: QPointF(self.rect().center())
        self.key_taken = False
        self.wants_delete = False
        self.tool_cursor = Qt.CursorShape.ArrowCursor
        self._grab: tuple[QPointF, Viewport] | None = None
        self._grab_button = Qt.MouseButton.NoButton
        self._space = False
        self._pointer = QPointF()
        self._told: set[str] = set()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    # -- view ------------------------------------------------------------------------------------------------------

    def look(self, viewport: Viewport, *, settle: bool = False) -> None:
        """Show another part of the ground: the old frame at once, stretched; the new one as soon as it is painted.

        While the map is dragged one picture after the other is asked for, the next one when the last has come.
        `settle` waits until the hand rests: while the window takes another size."""
        viewport = viewport.aligned(self.devicePixelRatioF())
        if viewport == self.viewport:
            return
        self.viewport = viewport
        self.viewed.emit(viewport)
        self.update()
        if settle:
            self._settle.start(_SETTLE_MS)
        elif not self.maker.busy or viewport.denominator != self._asked:
            self._remake()

    def look_at(self, bounds: Bounds, *, closest: float = 1_000.0) -> None:
        self.look(self.viewport.fitted(bounds, closest=closest))

    def zoom(self, factor: float) -> None:
        self.look(self.viewport.zoomed(factor, self.width() / 2, self.height() / 2))

    def redraw(self) -> None:
        """What is shown has changed: paint a new frame; the old one stays until it is there."""
        self._settle.start(0)

    def redraw_now(self) -> None:
        """The same without waiting for the next turn, so that nothing else comes first."""
        self._remake()

    def forget(self) -> None:
        self.maker.stop()
        self._late.stop()
        self._busy_words = ""
        self._frame = None
        self._told.clear()
        self.selected = self.compared = ()
        self.preview = Preview()
        self.ring = None
        self.update()

    def _remake(self) -> None:
        self._settle.stop()
        if self.map_shown and not self.held and self.width() > 1:
            self._asked = self.viewport.denominator
            if self._frame is None:
                self._late.start()
            self.maker.start(self.viewport, self.devicePixelRatioF())

    def _say_late(self) -> None:
        """A first picture that does not come, as on a machine that is busy: an empty map would look broken."""
        if self._frame is None and not self._busy_words:
            self._busy_words = _("正在画图……")
            self.update()

    def _framed(self, frame: Frame) -> None:
        self._frame = frame
        self._late.stop()
        self._busy_words = ""
        if frame.viewport != self.viewport and not self.maker.busy and not self._settle.isActive():
            self._remake()
        self.schematic = frame.schematic
        for sentence in frame.problems:
            if sentence not in self._told:
                self._told.add(sentence)
                self.problem.emit(sentence)
        if frame.base_maps is not None:
            self.base_maps_painted.emit(frame.base_maps)
        self.update()

    def _covered(self, viewport: Viewport) -> list[tuple[float, float, float, float]]:
        report = self._frame.base_maps if self._frame is not None else None
        return furniture.boxes(viewport, report.attributions if report is not None else (), note=self.note)

    def _reading(self, layer: str, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        self._busy_words = _("正在读取{title}　{percent} %").format(title=self.title_of(layer), percent=percent)
        self.update()

    def _refused(self, sentence: str) -> None:
        """No new picture: the old one stays in sight, and people are told each time."""
        self._late.stop()
        self._busy_words = ""
        self.update()
        self.problem.emit(sentence)

    @property
    def frame(self) -> Frame | None:
        """What is in sight, perhaps of the view before."""
        return self._frame

    @property
    def settled(self) -> bool:
        """Whether the frame in sight is the frame of the view."""
        return self._frame is not None and self._frame.viewport == self.viewport and not self._settle.isActive()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look(self._resized(), settle=True)
        self.resized.emit()

    def _resized(self) -> Viewport:
        """The view in the new size. The middle stays in another window and beside another panel; where a bar came or
        went, and in the middle of a stroke always, the ground stays under the hand: the next corner must not fall half
        a bar's height beside its place."""
        before, self._seat = self._seat, (self.mapTo(self.window(), QPoint(0, 0)), self.window().size())
        view = self.viewport.sized(self.width(), self.height())
        wider, higher = self.width() - self.viewport.width, self.height() - self.viewport.height
        bar = abs(wider) + abs(higher) <= theme().px(_BAR)
        if not self.steady() or before[1] != self._seat[1] or not (bar or self.preview.drawn):
            return view
        moved = before[0] - self._seat[0]
        return view.panned(moved.x() - wider / 2, moved.y() - higher / 2)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.covered is not None and self.covered.adjusted(8, 8, -8, -8).contains(QRectF(event.rect())):
            return  # only words of the panel over the map changed: its ground hides all that would be painted here
        painter = QPainter(self)
        if not self.map_shown or not self._frame_fills():
            painter.fillRect(self.rect(), QColor(MARKS.paper))
        if not self.map_shown:
            return
        self._paint_frame(painter)
        dim = theme().palette.dim
        if dim and not self.bright:
            painter.fillRect(self.rect(), QColor(0, 0, 0, dim))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.nets.paint(painter, self.viewport)
        canvas_marks.paint_selection(painter, self.viewport, self.selected)
        paint_comparison(painter, self.viewport, self.compared)
        for paint in self.overlays:
            paint(painter, self.viewport)
        north = self.nets.north(self.viewport)
        self._furniture.paint(painter, self.viewport, schematic=self.schematic, north=north, note=self.note)
        canvas_marks.paint_preview(painter, self.viewport, self.preview, self.covered)
        if self.typed is not None:
            from geohazard_desktop.desktop.drawing.typed_mark import paint_typed

            paint_typed(painter, self.viewport, self.typed)
        if self.ring is not None:
            canvas_marks.paint_ring(painter, self.viewport, self.ring)
        self._paint_credits(painter)
        furniture.paint_busy(painter, self.viewport, self._busy_words)
        if self.hasFocus() and self.property("keyboard"):
            painter.setPen(theme().colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def picture(self) -> QImage:
        """The map as it is in sight, undimmed, with its furniture and without what the hand left on it."""
        ratio = self.devicePixelRatioF()
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(MARKS.paper))
        painter = QPainter(image)
        self._paint_frame(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.nets.paint(painter, self.viewport)
        self._paint_furniture(painter)
        painter.end()
        return image

    def _paint_furniture(self, painter: QPainter) -> None:
        north = self.nets.north(self.viewport)
        furniture.paint(painter, self.viewport, schematic=self.schematic, north=north, note=self.note)
        self._paint_credits(painter)

    def _paint_credits(self, painter: QPainter) -> None:
        if self._frame is not None and self._frame.base_maps is not None:
            furniture.paint_credits(painter, self.viewport, self._frame.base_maps.attributions)

    def _paint_frame(self, painter: QPainter) -> None:
        frame = self._frame
        if frame is None:
            return
        box = self._frame_box(frame)
        if frame.viewport.pixel == self.viewport.pixel:
            painter.drawImage(QPointF(round(box.x()), round(box.y())), frame.image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, frame.image)

    def _frame_box(self, frame: Frame) -> QRectF:
        """Where the picture at hand lies in the view of now."""
        now, then = self.viewport, frame.viewport
        factor = then.pixel / now.pixel
        x, y = now.to_screen(*then.to_map(-frame.margin, -frame.margin))
        return QRectF(x, y, (then.width + 2 * frame.margin) * factor, (then.height + 2 * frame.margin) * factor)

    def _frame_fills(self) -> bool:
        """Whether the picture hides the paper everywhere."""
        frame = self._frame
        return frame is not None and self._frame_box(frame).adjusted(1, 1, -1, -1).contains(QRectF(self.rect()))

    # -- hand ------------------------------------------------------------------------------------------------------

    def _tool_event(self, place: QPointF, button: Button, modifiers: Qt.KeyboardModifier) -> ToolEvent:
        east, north = self.viewport.to_map(place.x(), place.y())
        return ToolEvent(east, north, button, modifiers_of(modifiers), self.viewport.pixel)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setProperty("keyboard", False)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pointer = event.position()
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and (self._space or self.panning_tool)):
            self._take_hold(event.position(), event.button())
            return
        if event.button() in BUTTONS and self.map_shown:
            self.pressed.emit(self._tool_event(event.position(), BUTTONS[event.button()], event.modifiers()))

    def _take_hold(self, place: QPointF, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        """The map goes with the hand from now on; without a button as long as space is held, in the middle of a stroke
        or a drag too."""
        self._grab, self._grab_button = (place, self.viewport), button
        self._show_cursor()

    def _let_go(self, button: Qt.MouseButton) -> bool:
        """True when it was this button that held the map."""
        if self._grab is None or button != self._grab_button:
            return False
        self._grab = None
        if self._space:
            self._take_hold(self._pointer)
        self._show_cursor()
        self.redraw()
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._pointer = event.position()
        self.pointed.emit(*self.viewport.to_map(place.x(), place.y()))
        if self._grab is not None:
            moved = place - self._grab[0]
            self.look(self._grab[1].panned(moved.x(), moved.y()))
            return
        if self.map_shown:
            held = Button.LEFT if event.buttons() & Qt.MouseButton.LeftButton else Button.NONE
            self.moved.emit(self._tool_event(place, held, event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._let_go(event.button()):
            return
        if event.button() in BUTTONS and self.map_shown:
            self.released.emit(self._tool_event(event.position(), BUTTONS[event.button()], event.modifiers()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.panning_tool or self._space:
            self.mousePressEvent(event)
        elif event.button() in BUTTONS and self.map_shown:
            self.double_clicked.emit(self._tool_event(event.position(), BUTTONS[event.button()], event.modifiers()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120.0 or event.pixelDelta().y() / 60.0
        if notches and self.map_shown:
            slow = 0.25 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
            place = event.position()
            self.look(self.viewport.zoomed(_NOTCH ** (notches * slow), place.x(), place.y()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.keyboard_place().toPoint()
        self.menu_asked.emit(self.mapToGlobal(place), *self.viewport.to_map(place.x(), place.y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._space = False
        self._let_go(Qt.MouseButton.NoButton)
        self._show_cursor()

    # -- keys ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # A tool that holds chosen corners takes Delete for them; else it is the command that deletes the feature.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.key() == Qt.Key.Key_Delete and self.wants_delete
            if plain or (event.key() == Qt.Key.Key_Equal and event.modifiers() == Qt.KeyboardModifier.NoModifier):
                event.accept()
                return True
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.map_shown
        ):
            self.docks_asked.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
                self._take_hold(self._pointer)
            return
        name = KEYS.get(Qt.Key(event.key()), event.text())
        if name:
            self.key_taken = False
            self.key_pressed.emit(KeyPress(name, modifiers_of(event.modifiers()), self.viewport.pixel))
            if self.key_taken:
                event.accept()
                return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._let_go(Qt.MouseButton.NoButton)
        super().keyReleaseEvent(event)

    def set_tool_cursor(self, name: str, *, panning: bool = False) -> None:
        shapes = {
            "arrow": Qt.CursorShape.ArrowCursor,
            "cross": Qt.CursorShape.CrossCursor,
            "hand": Qt.CursorShape.OpenHandCursor,
            "move": Qt.CursorShape.SizeAllCursor,
        }
        self.panning_tool = panning
        self.tool_cursor = shapes.get(name, Qt.CursorShape.ArrowCursor)
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self._grab is not None:
            self.setCursor(QCursor(Qt.CursorShape.ClosedHandCursor))
        elif self._space:
            self.setCursor(QCursor(Qt.CursorShape.OpenHandCursor))
        else:
            self.setCursor(QCursor(self.tool_cursor))


def modifiers_of(held: Qt.KeyboardModifier) -> Modifier:
    found = Modifier.NONE
    for qt, ours in (
        (Qt.KeyboardModifier.ShiftModifier, Modifier.SHIFT),
        (Qt.KeyboardModifier.ControlModifier, Modifier.CONTROL),
        (Qt.KeyboardModifier.AltModifier, Modifier.ALT),
    ):
        if held & qt:
            found |= ours
    return found
