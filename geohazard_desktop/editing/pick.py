"""Pointing at one feature of a layer, for a form that wants to name it. Changes nothing, not even the selection."""

from collections.abc import Callable

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.hits import hits
from geohazard_desktop.editing.tool import CLICK_PIXELS, Button, Preview, Tool, ToolContext, ToolEvent

_REACH_PIXELS = 2 * CLICK_PIXELS  # small symbols, and the hand has nothing else to hit


class PickTool(Tool):
    """`picked` is called with the uid of the feature of `layer` that was clicked."""

    title = _("点选")
    cursor = "cross"

    def __init__(self, context: ToolContext, layer: str, picked: Callable[[str], None]) -> None:
        super().__init__(context)
        self.layer, self._picked = layer, picked
        self._under: str | None = None

    def _hit(self, event: ToolEvent) -> str | None:
        found = hits(self.context.workspace, [self.layer], event.place, _REACH_PIXELS * event.pixel_size)
        return found[0].key[1] if found else None

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        uid = self._hit(event)
        if uid is None:
            title = self.context.workspace.definition(self.layer).title
            self.context.on_message(_("这里没有{title}。请点在图上的{title}上，按 Esc 不选了。").format(title=title))
            return
        self._picked(uid)

    def move(self, event: ToolEvent) -> None:
        self._under = self._hit(event)

    def preview(self) -> Preview:
        feature = self.context.workspace.feature(self.layer, self._under) if self._under else None
        if feature is None or feature.geometry is None:
            return Preview()
        return Preview(outlines=(feature.geometry,))

    def hint(self) -> str:
        title = self.context.workspace.definition(self.layer).title
        return _("单击图上的{title}，填到属性里；按 Esc 不选了。").format(title=title)
