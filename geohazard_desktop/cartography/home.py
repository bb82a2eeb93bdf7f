"""What a workspace shows when it is opened: the same for the window and for the process that paints ahead."""

from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.domain.district import PLACE, place_in
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

_MARGIN = 0.04  # of the window, on each side


def home_bounds(ws: Workspace) -> Bounds | None:
    """The office's own district (metres), where it is drawn; else everything; None for an empty workspace."""
    return own_district_bounds(ws) or ws.extent()


def first_ground(ws: Workspace) -> tuple[tuple[float, float], int] | None:
    """Where an empty workspace opens: longitude and latitude, and the scale's denominator. Where its district lies, for
    the first base map and the first stroke; where nobody said where that is, on the middle of its zone."""
    place = place_in(ws.setting(PLACE))
    if place is not None:
        return place, 200_000
    area = ws.crs.area_of_use
    return None if area is None else (((area.west + area.east) / 2, (area.south + area.north) / 2), 500_000)


def home_viewport(bounds: Bounds, viewport: Viewport) -> Viewport:
    """`bounds` fitted into a viewport of that size."""
    return viewport.fitted(bounds, margin=_MARGIN)
