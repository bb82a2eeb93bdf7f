"""Selecting by a drawn area: corner by corner, freehand, or a circle. Shift adds, Ctrl takes out or in, Alt takes only
what lies wholly inside. What wholly contains the drawn area is not meant: nobody circles a house to mean
the district."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import parse_length
from geohazard_desktop.editing.hits import hits_in_area
from geohazard_desktop.editing.judgement import length_words
from geohazard_desktop.editing.numbers import NumberField, Numbers
from geohazard_desktop.editing.select import combined
from geohazard_desktop.editing.tool import (
    DRAG_PIXELS,
    GRAB_PIXELS,
    Button,
    KeyPress,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
)

_QUARTER = 24  # sides of a quarter of a circle: a hundredth of its radius is no matter for choosing
_EVERY_PIXELS = 3.0  # how far the hand goes between two corners of a freehand line


class AreaSelectTool(Tool):
    """What the three have in common: an area that is being drawn, and what comes of it."""

    cursor = "cross"
    strokes = True

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.places: list[Place] = []
        self._pointer: Place | None = None

    def choose(self, area: BaseGeometry, modifiers: Modifier) -> None:
        """Select what the area meets, and begin anew."""
        ws, layers = self.context.workspace, self.context.click_layers()
        sound = area if area.is_valid else shapely.make_valid(area)
        self.cancel()
        found = hits_in_area(ws, layers, sound, whole=Modifier.ALT in modifiers)
        self.context.on_select(combined(self.context.selection, found, modifiers))
        if not found:
            self.context.on_message(_("圈出的范围里没有可选的要素：关掉的和锁定的图层选不到。"))

    def cancel(self) -> bool:
        had = bool(self.places)
        self.places = []
        return had

    @property
    def busy(self) -> bool:
        return bool(self.places)

    @property
    def offers(self) -> Sequence[str]:
        return ("draw.finish", "draw.back", "draw.cancel") if self.busy else ()


class PolygonSelectTool(AreaSelectTool):
    """Corner by corner; the first corner again, a double click or Enter ends it."""

    title = _("多边形选择")

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self._pointer = event.place
        reach = GRAB_PIXELS * event.pixel_size
        if len(self.places) > 2 and planar_distance(self.places[0], event.place) <= reach:
            self._finish(event.modifiers)
        elif not self.places or planar_distance(self.places[-1], event.place) > event.pixel_size:
            self.places.append(event.place)

    def move(self, event: ToolEvent) -> None:
        self._pointer = event.place

    def double_click(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self._finish(event.modifiers)

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places:
            self._finish(press.modifiers)
            return True
        if press.key == "Backspace" and self.places:
            self.places.pop()
            return True
        return super().key(press)

    def _finish(self, modifiers: Modifier) -> None:
        if len(self.places) < 3:
            self.context.on_message(_("还差 {count} 个点才围成范围。").format(count=3 - len(self.places)))
            return
        self.choose(shapely.Polygon(self.places), modifiers)

    def preview(self) -> Preview:
        if not self.places or self._pointer is None:
            return Preview()
        closing = (self._pointer, self.places[0]) if len(self.places) > 1 else ()
        return Preview(
            kind="measure",
            drawn=tuple(self.places),
            rubber=(self.places[-1], self._pointer),
            closing=closing,
            handles=tuple(self.places),
        )

    def hint(self) -> str:
        if not self.places:
            return _("逐点围出范围，碰到的都选中；结束时按住 Shift 添加、Ctrl 增减、Alt 只选整个在里面的。")
        return _("单击定下一点；单击第一点、双击或回车选取；退格退一点，Esc 取消。")


class FreehandSelectTool(AreaSelectTool):
    """Held and drawn around what is meant, as with a lasso; letting go closes it."""

    title = _("套索选择")

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self.places = [event.place]

    def move(self, event: ToolEvent) -> None:
        if self.places and planar_distance(self.places[-1], event.place) >= _EVERY_PIXELS * event.pixel_size:
            self.places.append(event.place)

    def release(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT or not self.places:
            return
        self.move(event)
        if len(self.places) < 3:
            self.cancel()
            self.context.on_message(_("套索要按住左键绕一圈再松开。"))
            return
        self.choose(shapely.Polygon(self.places), event.modifiers)

    def preview(self) -> Preview:
        if len(self.places) < 2:
            return Preview()
        return Preview(kind="measure", drawn=tuple(self.places), closing=(self.places[-1], self.places[0]))

    def hint(self) -> str:
        return _("按住左键绕一圈，碰到的都选中；松开时按住 Shift 添加、Ctrl 增减、Alt 只选整个在里面的。")


class RadiusSelectTool(AreaSelectTool):
    """A circle: its centre, then how far; dragged, clicked twice, or typed."""

    title = _("半径选择")

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self._pointer = event.place
        if self.places:
            self._finish(event.place, event.modifiers)
        else:
            self.places = [event.place]

    def move(self, event: ToolEvent) -> None:
        self._pointer = event.place

    def release(self, event: ToolEvent) -> None:
        """A drag ends here; a click leaves the centre set, and waits for the second one."""
        dragged = self.places and planar_distance(self.places[0], event.place) > DRAG_PIXELS * event.pixel_size
        if event.button is Button.LEFT and dragged:
            self._finish(event.place, event.modifiers)

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places and self._pointer is not None:
            self._finish(self._pointer, press.modifiers)
            return True
        if press.key == "Backspace" and self.places:
            return self.cancel()
        return super().key(press)

    def numbers(self) -> Numbers | None:
        if not self.places:
            return None
        return Numbers((NumberField("radius", _("半径"), _("200 米")),), _("选取"))

    def take_numbers(self, texts: Mapping[str, str]) -> bool:
        if not self.places:
            raise EditRefused(_("还没有定圆心。"), _("请先在图上单击。"))
        self._around(parse_length(texts["radius"]), Modifier.NONE)
        return True

    def _finish(self, edge: Place, modifiers: Modifier) -> None:
        radius = planar_distance(self.places[0], edge)
        if radius > 0:
            self._around(radius, modifiers)

    def _around(self, radius: float, modifiers: Modifier) -> None:
        self.choose(_circle(self.places[0], radius), modifiers)

    def preview(self) -> Preview:
        if not self.places or self._pointer is None or self._pointer == self.places[0]:
            return Preview()
        radius = planar_distance(self.places[0], self._pointer)
        outline = [(float(e), float(n)) for e, n in shapely.get_coordinates(_circle(self.places[0], radius))]
        return Preview(
            kind="measure",
            drawn=tuple(outline),
            guide=(self.places[0], self._pointer),
            handles=(self.places[0],),
            pointer=self._pointer,
            label=_("半径 {metres}").format(metres=length_words(radius)),
        )

    def hint(self) -> str:
        if not self.places:
            return _("单击圆心（或按住拖到圆周）；碰到的都选中。")
        return _("单击圆周上一点；= 键入半径；按住 Shift 添加、Ctrl 增减、Alt 只选整个在里面的。")


def _circle(centre: Place, radius: float) -> BaseGeometry:
    return shapely.Point(centre).buffer(radius, quad_segs=_QUARTER)
