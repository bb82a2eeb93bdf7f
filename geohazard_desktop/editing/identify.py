"""Looking: what lies under the pointer, all of it, best first. Changes nothing, not even the selection."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.hits import hits_under
from geohazard_desktop.editing.tool import Button, Tool, ToolEvent


class IdentifyTool(Tool):
    title = _("查看")
    cursor = "arrow"

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        found = hits_under(self.context, self.context.seen_layers(), event)
        self.context.on_identify([one.key for one in found], event.place)

    def hint(self) -> str:
        return _("单击要素看它的属性；重叠的会一起列出。")
