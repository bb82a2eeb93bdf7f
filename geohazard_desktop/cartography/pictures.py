"""A workspace's layers as pictures, in draw order."""

from collections.abc import Collection

from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.workspace.workspace import Workspace


def workspace_pictures(
    ws: Workspace, *, hidden: Collection[str] = (), bounds: Bounds | None = None
) -> list[LayerPicture]:
    """A picture of each layer that has a geometry and a style, painted first first.

    `hidden` names layers left out. `bounds` (metres) reads only what lies near: for one sheet out of a big file. Raises
    DefinitionInvalid for a faulty style.
    """
    drawn = [one for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
    styles = {one.table: Style.parse(ws.style(one.table), one.table) for one in drawn if one.table not in hidden}
    pictures = [
        LayerPicture(one, styles[one.table], ws.table(one.table, bounds=bounds))
        for one in drawn
        if one.table in styles and styles[one.table].rules
    ]
    return sorted(pictures, key=lambda one: one.style.draw_order)
