"""Selecting: a click, or a box. Shift adds, Ctrl takes out or in. Clicking the same place again goes one deeper."""

from collections.abc import Sequence

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.hits import Deeper, hits_in_box, hits_under
from geohazard_desktop.editing.tool import (
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


class SelectTool(Tool):
    """As in CAD: a box drawn to the right takes what is wholly inside, one to the left all that it touches."""

    title = _("选择")
    cursor = "arrow"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._start: Place | None = None
        self._end: Place | None = None
        self._deeper = Deeper()
        self._met = ""  # what the last click found: locked, or several

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self._start, self._end = event.place, event.place

    def move(self, event: ToolEvent) -> None:
        if self._start is not None:
            self._end = event.place

    def release(self, event: ToolEvent) -> None:
        start, self._start = self._start, None
        if event.button is not Button.LEFT or start is None:
            return
        if planar_distance(start, event.place) > DRAG_PIXELS * event.pixel_size:
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

    def preview(self) -> Preview:
        if self._start is None or self._end is None or self._start == self._end:
            return Preview()
        return Preview(rectangle=box_of(self._start, self._end))

    def hint(self) -> str:
        return self._met or _("单击选一个；拖动框选（向左碰到就算）；Shift 添加，Ctrl 增减。")

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
