"""What a freshly drawn feature can know by its place: its number, the zone it lies in, the shelter at its end.

Only what the map shows without doubt is filled in (exactly one zone, a shelter at the very end); the rest stays empty.
"""

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.parameters import parameter, parameter_list
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.own_district import own_districts
from geohazard_desktop.workspace.workspace import Workspace


def first_values(ws: Workspace, layer: str, geometry: BaseGeometry) -> dict[str, Value]:
    """Values of a new feature of `layer` drawn as `geometry` (metres of the workspace's CRS)."""
    definition = ws.definition(layer)
    values: dict[str, Value] = {}
    if definition.letter:
        values["id"] = ws.next_number(layer)
    if layer == "evacuation_route":
        numbers = [str(one) for one in ws.table("evacuation_route").columns.get("number", []) if one]
        values["number"] = str(1 + max((int(one) for one in numbers if one.isdecimal()), default=0))
    return values | values_by_place(ws, layer, geometry)


def values_by_place(ws: Workspace, layer: str, geometry: BaseGeometry) -> dict[str, Value]:
    """What the place alone says of a feature of `layer`: its 街道, the one zone around it, the shelter at its end."""
    definition = ws.definition(layer)
    values: dict[str, Value] = {}
    fill = {"evacuation_route": _route, "warning_sign": _sign, "household": _household, "hazard_point": _household}
    if layer in fill:
        values |= {name: value for name, value in fill[layer](ws, geometry).items() if name in definition.by_name}
    for name in ("subdistrict",):
        if name in definition.by_name and definition.by_name[name].type == "text":
            found = _single(features_inside(ws, "subdistrict", geometry.representative_point()))
            if found is not None and found.text("name"):
                values[name] = found.text("name")
    return values


def outside_district(ws: Workspace, layer: str, geometry: BaseGeometry) -> str | None:
    """A sentence when a freshly drawn shape leaves the district. No refusal: it is stored, and can be undone."""
    if layer not in parameter_list("inside_district", "layers") or "district" not in ws.definitions:
        return None
    shapes = [one.geometry for one in own_districts(ws) if one.geometry is not None and not one.geometry.is_empty]
    if not shapes:
        return None
    district = shapely.union_all(shapely.make_valid(shapes))
    if district.buffer(parameter("inside_district", "slack_m")).covers(geometry):
        return None
    title = ws.definition(layer).title
    if district.intersects(geometry):
        return _("已存，但这个{title}有一部分在本区范围外。请核对边线，画错了可以撤销。").format(title=title)
    return _("已存，但这个{title}在本区范围外。请核对位置，画错了可以撤销。").format(title=title)


def _route(ws: Workspace, geometry: BaseGeometry) -> dict[str, Value]:
    corners = shapely.get_coordinates(geometry)
    values: dict[str, Value] = {}
    zone = _zone_around(ws, Point(corners[0]))
    if zone is not None:
        values["danger_zone"] = zone.uid
    end = Point(corners[-1]).buffer(parameter("way", "shelter_end_m"))
    shelter = _single(counted(features_inside(ws, "shelter", end)))
    if shelter is not None:
        values["shelter"] = shelter.uid
    return values


def _sign(ws: Workspace, geometry: BaseGeometry) -> dict[str, Value]:
    near = parameter("danger_zone_sign", "sign_distance_m")
    zones = in_force(ws, features_inside(ws, "danger_zone", geometry.buffer(near)))
    zone = _single([one for one in zones if one.geometry and one.geometry.boundary.distance(geometry) <= near])
    return {} if zone is None else {"danger_zone": zone.uid}


def _household(ws: Workspace, geometry: BaseGeometry) -> dict[str, Value]:
    zone = _zone_around(ws, geometry)
    return {} if zone is None else {"danger_zone": zone.uid}


def _zone_around(ws: Workspace, place: BaseGeometry) -> Feature | None:
    return _single(in_force(ws, features_inside(ws, "danger_zone", place)))


def _single(features: list[Feature]) -> Feature | None:
    return features[0] if len(features) == 1 else None
