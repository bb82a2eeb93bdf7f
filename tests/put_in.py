"""A feature more in a workspace, or a zone with its way out: what nearly every test begins with."""

from typing import Any, NamedTuple

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


def add(ws: Workspace, layer: str, geometry: BaseGeometry | None = None, **values: Any) -> str:
    """Put it in as one step; its uid."""
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return edit.deltas[0].uid


def added(ws: Workspace, layer: str, geometry: BaseGeometry | None = None, **values: Any) -> Feature:
    """The same; the feature as the workspace has it now."""
    found = ws.feature(layer, add(ws, layer, geometry, **values))
    assert found is not None
    return found


class WayOut(NamedTuple):
    """Identities."""

    zone: str
    shelter: str
    route: str


def way_out(ws: Workspace, *, number: str = "3", by: tuple[tuple[float, float], ...] = ()) -> WayOut:
    """A district with 东坡 in it, 200 m to the north and east of (E, N), and a route from its middle to 广场, 500 m to
    the east; `by`: over these places, in metres from (E, N)."""
    add(ws, "district", box(E - 500, N - 500, E + 1500, N + 1500), name="示例区")
    zone = add(ws, "danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡", hazard_type="崩塌")
    shelter = add(ws, "shelter", Point(E + 600, N + 100), id="SL-A-0001", name="广场")
    line = LineString([(E + east, N + north) for east, north in ((100, 100), *by, (600, 100))])
    route = add(ws, "evacuation_route", line, id="SL-L-0001", number=number, danger_zone=zone, shelter=shelter)
    return WayOut(zone, shelter, route)
