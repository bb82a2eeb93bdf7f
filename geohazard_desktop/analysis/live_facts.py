"""What an area or a way that is being drawn means for people, counted while the pen moves."""

from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.channels import CORRIDORS, RIVERS, channel_word, channels
from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.analysis.near import Near
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.water_crossings import unbridged
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.drawing_rules import live_rule
from geohazard_desktop.domain.help_needed import help_of
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something about a way: `fine`, or what is wrong with it."""

    fine: bool
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """Inside an area, its edge included. `people` sums the 家庭人数 that are known; `property_wan` is in 万元.

    `elderly` and `unable` (who need help to leave) are known members one by one, at least so many.
    """

    households: int
    people: int
    households_without_people: int
    elderly: int
    unable: int
    buildings: int
    facilities: int
    facility_people: int
    property_wan: float
    road_m: float
    routes: tuple[Sentence, ...]


def area_facts(near: Near, area: BaseGeometry, *, year: int) -> AreaFacts:
    """Counts inside `area`, a valid polygon in metres of the workspace's CRS. `year` makes ages of years of birth.
    Raises TooMany.
    """
    households = counted(near.inside("household", area))
    facilities = near.inside("facility", area)
    counts = [one["people"] for one in households]
    known = [member for one in households for member in near.members(one.uid)]
    roads, road_hit = near.met("road", area)
    cut = [one for one in shapely.intersection(roads.geometries[road_hit], area) if one.length > 0]
    return AreaFacts(
        households=len(households),
        people=sum(int(one) for one in counts if isinstance(one, int | float)),
        households_without_people=sum(one is None for one in counts),
        elderly=sum(_age(one, year) >= live_rule().elderly_age for one in known),
        unable=sum(help_of(one.text("mobility")).helped for one in known),
        buildings=int(near.met("building", area)[1].sum()),
        facilities=len(facilities),
        facility_people=sum(int(one["people"] or 0) for one in facilities),
        property_wan=sum(float(one["property_wan"] or 0) for one in (*households, *facilities)),
        road_m=sum(_lengths(cut, near.ws.epsg)),
        routes=tuple(_route_and_area(one, area) for one in near.inside("evacuation_route", area)),
    )


def way_facts(near: Near, way: LineString) -> list[Sentence]:
    """Where a way begins and ends, and what it goes through, in walking order. Raises TooMany."""
    start, end = Point(way.coords[0]), Point(way.coords[-1])
    found: list[Sentence] = []
    zones = near.zones_in_force(way)
    leaving = [one for one in zones if one.geometry is not None and one.geometry.intersects(start)]
    found.append(
        Sentence(True, _("起点"), _("在{zone}内").format(zone="、".join(_called(one, _("危险区")) for one in leaving)))
        if leaving
        else Sentence(False, _("起点"), _("不在任何危险区内"))
    )
    for one in crossings(way, zones):
        if one.end_m >= way.length - 2 * parameter("crossing", "edge_m"):
            found.append(Sentence(False, _("终点"), _("还在{zone}内").format(zone=_called(one.area, _("危险区")))))
        elif not one.leading:
            words = _("第 {metres:.0f} 米处穿过{zone}").format(metres=one.start_m, zone=_called(one.area, _("危险区")))
            found.append(Sentence(False, _("途中"), words))
    around = way.buffer(near.bank_m)
    water = channels(near.inside(CORRIDORS, around), near.inside(RIVERS, around))
    bridges = near.inside("bridge", way.buffer(parameter("crossing", "bridge_near_m")))
    for one in unbridged(way, water, bridges):
        words = _("第 {metres:.0f} 米处进入{river}，没有桥").format(
            metres=one.start_m, river=_called(one.area, channel_word(one.area))
        )
        found.append(Sentence(False, _("途中"), words))
    reach = parameter("way", "shelter_end_m")
    shelters = counted(near.inside("shelter", end.buffer(reach)))
    shelters.sort(key=lambda one: one.geometry.distance(end) if one.geometry is not None else reach)
    found.append(
        Sentence(True, _("终点"), _("到{shelter}").format(shelter=_called(shelters[0], _("安置点"))))
        if shelters
        else Sentence(False, _("终点"), _("{metres:.0f} 米内没有避险安置点").format(metres=reach))
    )
    return found


def _route_and_area(route: Feature, area: BaseGeometry) -> Sentence:
    """How a stored way stands to an area: it should begin inside, end outside and not come back."""
    name = _("路线 {number}").format(number=route.text("number")) if route.text("number") else _called(route, _("路线"))
    geometry = route.geometry
    ways = [] if geometry is None else [LineString(one.coords) for one in shapely.get_parts(geometry)]
    if not ways:
        return Sentence(False, name, _("没有图形"))
    start, end = Point(ways[0].coords[0]), Point(ways[-1].coords[-1])
    # Not `crossings`: it walks a way edge by edge, too slowly for each move of the pen.
    within = shapely.line_merge(shapely.intersection(geometry, area))
    spans = [one for one in shapely.get_parts(within) if one.length > 2 * parameter("crossing", "edge_m")]
    if area.intersects(end):
        return Sentence(False, name, _("终点还在区内，须改线"))
    if not area.intersects(start):
        return Sentence(False, name, _("从区外穿过，须改线")) if spans else Sentence(True, name, _("从边上经过"))
    if len(spans) > 1:
        return Sentence(False, name, _("出了区又穿回区内，须改线"))
    return Sentence(True, name, _("起点在区内，终点在区外"))


def _called(one: Feature, kind: str) -> str:
    return one.text("name") or " ".join(part for part in (kind, one.text("id")) if part)


def _age(member: Feature, year: int) -> int:
    born, age = member["birth_year"], member["age"]
    if isinstance(born, int | float):
        return year - int(born)
    return int(age) if isinstance(age, int | float) else -1


def _lengths(lines: list[BaseGeometry], epsg: int) -> list[float]:
    found = []
    for one in lines:
        parts = [part for part in shapely.get_parts(one) if part.geom_type == "LineString" and part.length > 0]
        found.append(sum(geodesic_length(part, epsg) for part in parts))
    return found
