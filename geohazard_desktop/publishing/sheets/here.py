"""您在这里 on a public sheet: what its place means for the minutes that the sheet tells, whether it is a bad one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points, substring

from geohazard_desktop.analysis.channels import CORRIDORS, RIVERS, channels
from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.evacuation import route_line, zone_name
from geohazard_desktop.analysis.measures import geodesic_length, measurable
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.relation import inside
from geohazard_desktop.analysis.water_crossings import unbridged
from geohazard_desktop.analysis.way_lengths import printed_metres
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.domain.walking import walking_minutes
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.map_forms import SheetRoute
from geohazard_desktop.workspace.edits.sheet_here import Place, here_of
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

_BOTH_M = 1.0  # two places on a route nearer than this are one


def place_on(view: MapView, row: Feature | None, name: str) -> tuple[Place | None, list[str]]:
    """Where a sheet is to hang, when that is on its map; else a sentence on what to do about it."""
    place = here_of(row)
    if place is None or shapely.box(*view.bounds).covers(Point(place)):
        return place, []
    words = _("“{name}”的“您在这里”不在图的范围里，没有印。请调整范围，或重新标。").format(name=name)
    return None, [words]


def danger_at(ws: Workspace, place: Place) -> str:
    """A sentence where the sheet would hang inside danger zones that hold (a draft warns too); "" elsewhere. It is not
    refused: people who live in a zone are to read it as well."""
    at = Point(place)
    near = (one for one in _around(ws, ZONES, at) if one.geometry is not None and measurable(one.geometry))
    found = [one for one in near if inside(at, shapely.make_valid(one.geometry))]
    names = [followed(zone_name(one)) for one in in_force(ws, found)]
    if not names:
        return ""
    return _(
        "“您在这里”标在{zones}里面，看图的人要站进危险区。请改标到区外；一定要贴在区里的，请先报分局同意。"
    ).format(zones="、".join(names))


def rows_from(
    ws: Workspace, layers: MapLayers, place: Place, routes: Sequence[Feature], rows: Sequence[SheetRoute]
) -> tuple[list[SheetRoute], list[str]]:
    """`rows`, which belong to `routes`, with metres and minutes from `place` on, and sentences on those of which only
    the route's own can be told; every row says from where it counts."""
    shelters = {one.uid: one for one in layers.features("shelter")}
    found, kept = [], []
    for route, row in zip(routes, rows, strict=True):
        line = route_line(route, shelters.get(route.text("shelter")), epsg=ws.epsg)
        if line is None:
            found.append(row)  # its blanks say nothing that could be counted from anywhere
            continue
        far = metres_from(ws, place, line)
        if far is None:
            found.append(replace(row, counted=_("从起点")))
            kept.append(route.text("number") or route.text("id"))
            continue
        minutes = cast("tuple[int | None, int | None, int | None]", tuple(walking_minutes(far[0]).values()))
        found.append(replace(row, counted=_("从这里"), metres=far[1], minutes=minutes))
    if not kept:
        return found, []
    words = _(
        "从“您在这里”直走接不上路线 {routes}（太远，或要穿过危险区、没有桥的河道），"
        "图上写的是从路线起点走的时间。要从这里算，请改标到路线旁边。"
    )
    return found, [words.format(routes="、".join(kept))]


def metres_from(ws: Workspace, place: Place, line: LineString) -> tuple[float, int] | None:
    """Ground metres from `place` straight to a route and along the rest of it, measured and as printed; None where
    nobody can be sent straight there: too far (as for a door), through a danger zone, over a river corridor without a
    bridge."""
    at = Point(place)
    zones = in_force(ws, _along(ws, ZONES, LineString([at, *line.coords])))
    for start in (0.0, _beyond(line, zones)):
        rest = substring(line, start, line.length)
        join = nearest_points(rest, at)[0]
        from_m = max(start, line.project(join))
        way = substring(line, from_m, line.length)
        corners = list(way.coords) if way.geom_type == "LineString" else [(join.x, join.y)]
        leg = LineString([at, join])
        metres = geodesic_length(leg, ws.epsg)
        if metres > parameter("way", "door_leg_far_m"):
            continue
        whole = LineString([at, *corners])
        if not whole.length:
            return 0.0, 0
        if any(not one.leading for one in crossings(whole, zones)):
            continue
        water = channels(_along(ws, CORRIDORS, leg), _along(ws, RIVERS, leg))
        if metres > _BOTH_M and unbridged(leg, water, _along(ws, "bridge", leg)):
            continue
        if len(corners) < 2:
            return metres, way_metres(metres)
        along = geodesic_length(LineString(corners), ws.epsg)
        return metres + along, way_metres(metres) + printed_metres(line, ws.epsg, from_m=from_m)
    return None


def _beyond(line: LineString, zones: Sequence[Feature]) -> float:
    """Metres along a route to where it has left all of `zones`."""
    return max((one.end_m for one in crossings(line, zones)), default=0.0)


def _around(ws: Workspace, layer: str, shape: shapely.Geometry) -> list[Feature]:
    if layer not in ws.definitions:
        return []
    table: FeatureTable = ws.table(layer, bounds=shape.bounds)
    return [one for one in table if one.geometry is not None and measurable(one.geometry)]


def _along(ws: Workspace, layer: str, way: LineString) -> list[Feature]:
    """What may meet a way, a bridge beside it included."""
    return _around(ws, layer, way.envelope.buffer(parameter("way", "door_leg_far_m")))
