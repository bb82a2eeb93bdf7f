"""The style a layer is really drawn in: the workspace's own, or the definition's where the own one can't be read.

A row of the `style` layer may have been written by hand or by another program. A layer must not vanish from a warning
map because of it, so it is drawn in its default look, and whoever shows it says so.
"""

from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.workspace import Workspace


def layer_style(ws: Workspace, layer: str) -> tuple[Style, DefinitionInvalid | None]:
    """The layer's style, and the fault of its own one where that had to give way. Raises DefinitionInvalid when the
    definition's style is faulty too."""
    definition = ws.definition(layer)
    try:
        return Style.parse(ws.style(layer), layer, definition.title), None
    except DefinitionInvalid as error:
        default = Style.parse(definition.style, layer)
        return default, DefinitionInvalid(
            _("{title}在这个工作文件里的样式读不懂，先按默认样式画。{reason}").format(
                title=definition.title, reason=error.sentence
            ),
            _("请在图层树里右键选“样式……”，在“文本”页改正，或恢复默认。"),
        )
