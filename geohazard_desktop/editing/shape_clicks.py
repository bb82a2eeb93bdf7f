"""Tools that change shapes by one click: fill a hole, delete a part, extend and trim lines.

What a click would do is seen while the pointer moves; where it can do nothing, the status line says why.
"""

from abc import abstractmethod
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.shape_targets import Targets
from geohazard_desktop.editing.tool import CLICK_PIXELS, Button, Key, KeyPress, Preview, Tool, ToolContext, ToolEvent
from geohazard_desktop.workspace.edits.line_ends import extend, meeting, nearest_end, ray, trim
from geohazard_desktop.workspace.edits.parts import delete_part, fill_hole, holes_at, part_at
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

_REACHES_M = (200.0, 2_000.0, 20_000.0)  # how far ahead an edge is looked for, the nearest first


class ClickTool(Tool):
    """One click, one change. Enter does what the click at the pointer would do."""

    cursor = "cross"
    kinds: Sequence[str] = ("polygon",)

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.targets = Targets(context, self.kinds)
        self._event: ToolEvent | None = None
        self._found: Edit | None = None
        self._refused = ""

    @abstractmethod
    def find(self, event: ToolEvent) -> Edit | None:
        """What a click would do; None where nothing lies there. Raises EditRefused where it can't be."""

    @abstractmethod
    def idle(self) -> str:
        """What to point at."""

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self._look(event)
        if self._refused:
            self.context.on_message(self._refused)
        elif self._found is not None:
            found = self._found
            if self.context.store(lambda: found):
                self._look(event)
        else:
            self.context.on_message(_("这里没有可以改的。") + self.idle())

    def move(self, event: ToolEvent) -> None:
        self._look(event)

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self._event is not None:
            event = self._event
            self.press(ToolEvent(event.east, event.north, Button.LEFT, event.modifiers, event.pixel_size))
            return True
        return super().key(press)

    def cancel(self) -> bool:
        self._event, self._found, self._refused = None, None, ""
        return False

    def follow(self, deltas: Sequence[Delta]) -> None:
        super().follow(deltas)
        self.targets.forget()
        if self._event is not None:
            self._look(self._event)

    def _look(self, event: ToolEvent) -> None:
        self._event, self._found, self._refused = event, None, ""
        try:
            self._found = self.find(event)
        except GeohazardError as error:
            self._refused = str(error)
        if self._found is not None:
            self.targets.warn([one.before for one in self._found.deltas if one.before is not None])

    def preview(self) -> Preview:
        if self._event is None or self._found is None:
            return Preview(pointer=self._event.place if self._event else None)
        shapes = [one.after.geometry for one in self._found.deltas if one.after is not None]
        return Preview(
            kind="shape",
            outlines=tuple(one for one in shapes if one is not None),
            pointer=self._event.place,
            label=self._found.words,
        )

    def hint(self) -> str:
        if self._refused:
            return self._refused
        return _("单击：{words}。").format(words=self._found.words) if self._found is not None else self.idle()


class FillHoleTool(ClickTool):
    """Click into a hole: it is filled."""

    title = _("填洞")

    def find(self, event: ToolEvent) -> Edit | None:
        definitions = self.context.workspace.definitions
        for one in self._around(event):
            found = holes_at(one, event.place)
            if found is not None:
                return fill_hole(definitions, one, *found)
        return None

    def _around(self, event: ToolEvent) -> list[Feature]:
        """A click into a hole does not hit the area: look at every one around the pointer, the selected first."""
        ws = self.context.workspace
        box = (event.east, event.north, event.east, event.north)
        found = list(self.targets.selected())
        for layer in self.context.click_layers():
            if ws.definition(layer).geometry == "polygon" and not ws.definition(layer).why_fixed:
                found += ws.table(layer, bounds=box)
        return found

    def idle(self) -> str:
        return _("请单击面里的一个洞，把它填上。")


class DeletePartTool(ClickTool):
    """Click a part of a feature that has several: it goes."""

    title = _("删除部件")
    kinds = ("polygon", "line")

    def find(self, event: ToolEvent) -> Edit | None:
        one = self.targets.at(event)
        if one is None:
            return None
        part = part_at(one, event.place, CLICK_PIXELS * event.pixel_size)
        return None if part is None else delete_part(self.context.workspace.definitions, one, part)

    def idle(self) -> str:
        return _("请单击要删掉的那个部分；要素要由几个分开的部分组成。")


class ExtendTool(ClickTool):
    """Click near a line's end: it is carried on to the next edge of any layer in sight."""

    title = _("延伸")
    kinds = ("line",)

    def find(self, event: ToolEvent) -> Edit | None:
        one = self.targets.at(event, reach=2 * CLICK_PIXELS)
        if one is None or one.geometry is None:
            return None
        end, _metres_off = nearest_end(one.geometry, event.place)
        for reach in _REACHES_M:
            ahead = ray(one.geometry, end, reach)
            edges = edges_across(self.context, ahead, (one.layer, one.uid))
            if meeting(one.geometry, end, edges, reach) is not None or reach == _REACHES_M[-1]:
                return extend(self.context.workspace.definitions, one, end, edges, reach)
        return None

    def idle(self) -> str:
        return _("请单击线的一头，它会延长到前面最近的边。")


class TrimTool(ClickTool):
    """Click the end of a line that is too long: it goes back to the nearest edge."""

    title = _("修剪")
    kinds = ("line",)

    def find(self, event: ToolEvent) -> Edit | None:
        one = self.targets.at(event, reach=2 * CLICK_PIXELS)
        if one is None or one.geometry is None:
            return None
        edges = edges_across(self.context, one.geometry, (one.layer, one.uid))
        return trim(self.context.workspace.definitions, one, event.place, edges)

    def idle(self) -> str:
        return _("请单击线上多出来的一头，它会剪到最近的边。")


def edges_across(context: ToolContext, line: BaseGeometry, without: Key) -> BaseGeometry:
    """Borders and lines of every layer in sight that meet `line`, as one MultiLineString (metres)."""
    found: list[BaseGeometry] = []
    ws = context.workspace
    shapely.prepare(line)
    for layer in context.click_layers():
        if ws.definition(layer).geometry not in ("polygon", "line"):
            continue
        for one in ws.table(layer, bounds=line.bounds):
            if one.geometry is None or (one.layer, one.uid) == without or not line.intersects(one.geometry):
                continue
            polygon = one.geometry.geom_type.endswith("Polygon")
            found += list(shapely.get_parts(one.geometry.boundary if polygon else one.geometry))
    lines = [shapely.LineString(one.coords) for one in found if not one.is_empty]
    return shapely.multilinestrings(lines) if lines else shapely.MultiLineString()
