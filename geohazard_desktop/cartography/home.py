"""What a workspace shows when it is opened: the same for the window and for the process that paints ahead."""

from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

_MARGIN = 0.04  # of the window, on each side


def home_bounds(ws: Workspace) -> Bounds | None:
    """The office's own district (metres), where it is drawn; else everything; None for an empty workspace."""
    return own_district_bounds(ws) or ws.extent()


def home_viewport(bounds: Bounds, viewport: Viewport) -> Viewport:
    """`bounds` fitted into a viewport of that size."""
    return viewport.fitted(bounds, margin=_MARGIN)
