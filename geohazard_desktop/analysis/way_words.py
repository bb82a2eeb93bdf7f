"""How routes, zones and shelters are called in sentences about a way, and where they stand."""

import shapely
from shapely.geometry import Point

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

_ZONE = _("危险区")


def route_name(route: Feature) -> str:
    """路线 3 by its number, else 撤离路线 WD-L-0003, else 这条撤离路线."""
    if route.text("number"):
        return _("路线 {number}").format(number=route.text("number"))
    return _("撤离路线 {id}").format(id=route.text("id")) if route.text("id") else _("这条撤离路线")


def zone_name(zone: Feature) -> str:
    """危险区 with its name, else its number."""
    name = zone.text("name")
    if name.endswith(_ZONE):
        return name  # 危险区东沟危险区 is read twice
    return _("危险区{name}").format(name=name) if name else _("危险区 {id}").format(id=zone.text("id"))


def shelter_name(shelter: Feature | None) -> str:
    """避险安置点 with its name or number; plain 避险安置点 when neither is known."""
    if shelter is None:
        return _("路线终点")
    name = shelter.text("name")
    return _("避险安置点{name}").format(name=name) if name else _("避险安置点 {id}").format(id=shelter.text("id"))


def place_of(feature: Feature | None) -> Point | None:
    """Where a point feature stands; None where that is nowhere. Another program may have put an area there: its first
    corner will do."""
    if feature is None or feature.geometry is None or not measurable(feature.geometry):
        return None
    return Point(shapely.get_coordinates(feature.geometry)[0])
