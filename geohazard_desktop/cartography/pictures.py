"""A workspace's layers as pictures, in draw order."""

from collections.abc import Collection

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.measured import measured
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.workspace.workspace import Workspace


def workspace_pictures(
    ws: Workspace, *, hidden: Collection[str] = (), bounds: Bounds | None = None
) -> list[LayerPicture]:
    """A picture of each layer that has a geometry and a style, painted first first.

    `hidden` names layers left out. `bounds` (metres) reads only what lies near: for one sheet out of a big file. A
    layer whose own style can't be read has its default one. Raises DefinitionInvalid for a faulty definition.
    """
    drawn = [one for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
    styles = {one.table: layer_style(ws, one.table)[0] for one in drawn if one.table not in hidden}
    pictures = [
        LayerPicture(
            one,
            styles[one.table],
            measured(ws.table(one.table, bounds=bounds), styles[one.table].measures, ws.epsg),
        )
        for one in drawn
        if one.table in styles and styles[one.table].rules
    ]
    return sorted(pictures, key=lambda one: one.style.draw_order)
