"""Selecting: a click, or a box. Shift adds, Ctrl takes out or in. Clicking the same place again goes one deeper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.hits import Deeper, hits_in_box, hits_under
from geohazard_desktop.editing.tool import (
    CLICK_PIXELS,
    DRAG_PIXELS,
    Bounds,
    Button,
    Key,
    KeyPress,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
)
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.editing.move import MoveTool


_CARRY_PIXELS = 12.0  # a hand that shakes while it clicks must not move a house


class SelectTool(Tool):
    """As in CAD: a box drawn to the right takes what is wholly inside, one to the left all that it touches.

    The one point that is selected goes with a drag that begins on it, as it would in 移动; the cursor says so before.
    Lines and areas stay: a drag that begins in them is a box.
    """

    title = _("选择")
    cursor = "arrow"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._start: Place | None = None
        self._end: Place | None = None
        self._deeper = Deeper()
        self._met = ""  # what the last click found: locked, or several
        self._over = False  # the pointer is on the point that a drag would move
        self._carry: MoveTool | None = None  # has hold of it
        self._carried = False  # far enough for it to be meant
        self._something = False  # the file holds something to select

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self._start, self._end = event.place, event.place
            if self._point_at(event) is not None:
                from geohazard_desktop.editing.move import MoveTool

                self._carry, self._carried = MoveTool(self.context, unasked=True), False
                self._carry.press(event)

    def move(self, event: ToolEvent) -> None:
        if self._start is None:
            self._over = self._point_at(event) is not None
            self.cursor = "move" if self._over else "arrow"
        elif self._carry is None:
            self._end = event.place
        elif self._carried or planar_distance(self._start, event.place) > _CARRY_PIXELS * event.pixel_size:
            self._carried = True
            self._carry.move(event)

    def release(self, event: ToolEvent) -> None:
        start, self._start = self._start, None
        carry, self._carry = self._carry, None
        if event.button is not Button.LEFT or start is None:
            return
        if carry is not None and self._carried:
            self._met = ""
            self._deeper.forget()
            carry.release(event)
            return
        if carry is None and planar_distance(start, event.place) > DRAG_PIXELS * event.pixel_size:
            found = hits_in_box(
                self.context.workspace,
                self._layers(event),
                box_of(start, event.place),
                whole=event.east >= start[0],
            )
            self._deeper.forget()
            self._met = ""
        else:
            found = self._clicked(event)
        self._choose(found, event.modifiers)

    def cancel(self) -> bool:
        dragging, self._start = self._start is not None, None
        self._carry = None
        return dragging

    def key(self, press: KeyPress) -> bool:
        """Esc lets a box go, then the selection. Another tool taking over (`cancel`) leaves the selection to it."""
        if super().key(press):
            return True
        if press.key == "Escape" and self.context.selection:
            self._deeper.forget()
            self._met = ""
            self.context.on_select([])
            return True
        return False

    def follow(self, deltas: Sequence[Delta]) -> None:
        if self._carry is not None and {(one.layer, one.uid) for one in deltas} & set(self.context.selection):
            self.cancel()  # what is in the hand is no longer what it was

    def preview(self) -> Preview:
        if self._carry is not None:
            return self._carry.preview() if self._carried else Preview()
        if self._start is None or self._end is None or self._start == self._end:
            return Preview()
        return Preview(rectangle=box_of(self._start, self._end))

    def hint(self) -> str:
        if self._carry is not None and self._carried:
            return self._carry.hint()
        if self._over and self.context.selection and not self._met:
            return _("按住拖走就移动选中的这一个；单击换下一个；拖空白处框选。")
        if not self._met and self._nothing_yet():
            return _("还没有数据：按“导入”（Ctrl+I）载入区界、住户，或按 P 画危险区。")
        return self._met or _("单击选一个；拖动框选（向左碰到就算）；Shift 添加，Ctrl 增减。")

    def _nothing_yet(self) -> bool:
        self._something = self._something or self.context.workspace.extent() is not None
        return not self._something

    def _clicked(self, event: ToolEvent) -> list[Key]:
        found = hits_under(self.context, self._layers(event), event)
        meant = self._deeper.take(found, event)
        self._met = ""
        if meant is None:
            below = hits_under(self.context, self.context.seen_layers(), event)
            if below:
                words = _("这里只有锁定的{title}，没有选。按住 Alt 单击可以选它，查看请按 I；解锁请点左边图层上的锁。")
                self._met = words.format(title=self.context.workspace.definition(below[0].layer).title)
            return []
        if len(found) > 1:
            words = _("这里叠着 {count} 个，选的是第 {n} 个{title}：原处再单击换下一个，右键列出来挑。")
            title = self.context.workspace.definition(meant.layer).title
            self._met = words.format(count=len(found), n=found.index(meant) + 1, title=title)
        return [meant.key]

    def _point_at(self, event: ToolEvent) -> Key | None:
        """The selected point under the pointer that a drag may move: alone, not locked, without a key held that means
        selecting."""
        chosen = list(self.context.selection)
        if len(chosen) != 1 or event.modifiers or self.context.workspace.read_only:
            return None
        definition = self.context.workspace.definitions.get(chosen[0][0])
        if definition is None or definition.geometry != "point":
            return None  # asked at each move of the pointer: an outline of many corners is not read for it
        feature = self.context.workspace.feature(*chosen[0])
        shape = feature.geometry if feature is not None else None
        if shape is None or not shape.geom_type.endswith("Point") or shape.is_empty:
            return None
        near = shapely.distance(shape, shapely.Point(event.place)) <= CLICK_PIXELS * event.pixel_size
        return chosen[0] if near and chosen[0][0] in self.context.click_layers() else None

    def _layers(self, event: ToolEvent) -> list[str]:
        """With Alt those too that are locked."""
        every = Modifier.ALT in event.modifiers
        return self.context.seen_layers() if every else self.context.click_layers()

    def _choose(self, found: list[Key], modifiers: Modifier) -> None:
        self.context.on_select(combined(self.context.selection, found, modifiers))


def combined(selection: Sequence[Key], found: Sequence[Key], modifiers: Modifier) -> list[Key]:
    """What is selected after `found` was chosen: instead, in addition (Shift), or each turned on or off (Ctrl)."""
    before, new = set(selection), set(found)
    if Modifier.CONTROL in modifiers:
        return [one for one in selection if one not in new] + [one for one in found if one not in before]
    if Modifier.SHIFT in modifiers:
        return [*selection, *(one for one in found if one not in before)]
    return list(found)


def box_of(start: Place, end: Place) -> Bounds:
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
