"""From a site's plan to features: streets, houses, zone, signs, routes, shelters, landmarks, fissures."""

# ruff: noqa: E501 - tables of data keep a row on a line

from dataclasses import dataclass, field

from shapely import unary_union
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from authoring.curves import spline, thin
from authoring.frames import House, curve, houses, path, rectangle, ring
from authoring.output import Drawing
from authoring.site_plans import Site

INVENTED = "示意：按应急预案点名的地段虚构，非实测"
STREET_HALF = {"城市道路": 6.0, "县道": 6.0, "乡道": 5.5, "村道": 4.2, "矿区道路": 6.0, "小路": 2.6}


@dataclass
class Built:
    """What later steps need of a site: geometry in local metres."""

    site: Site
    zone: Polygon
    streets: dict[str, LineString]
    routes: dict[str, LineString]
    houses: list[House]
    halls: list[tuple[str, Polygon]] = field(default_factory=list)
    link_lines: list[LineString] = field(default_factory=list)
    homes: list[tuple[House, str]] = field(default_factory=list)  # chosen households and their route's number


def build(site: Site, channels: BaseGeometry) -> Built:
    """Draw one site. `channels` are river beds that no house stands in."""
    streets = {name: path(site.frame, corners) for name, _kind, corners in site.streets}
    links = [
        thin(LineString(spline([site.frame.at(*start), *points], 25)), 0.5)
        for _name, _kind, start, points in site.links
    ]
    routes = {one.number: path(site.frame, one.corners) for one in site.routes}
    ways = unary_union([line.buffer(7) for line in streets.values()])
    halls: list[tuple[str, Polygon]] = []
    for use, u, v, length, depth in site.halls:
        hall = rectangle(site.frame, (u, v), length, depth)
        # Where a frame bends with its stream, halls crowd: the later one gives way.
        if not ways.intersects(hall) and not any(hall.buffer(4).intersects(one) for _use, one in halls):
            halls.append((use, hall))
    kinds = {name: kind for name, kind, _corners in site.streets}
    squares = [Point(site.frame.at(*one.place)).buffer(19) for one in site.shelters]
    marks = [Point(site.frame.at(*place)).buffer(5) for _name, _kind, place in site.landmarks]
    fissures = [curve(site.frame, one, site.seed + i).buffer(3) for i, one in enumerate(site.fissures)]
    keep_off = unary_union(
        [line.buffer(STREET_HALF[kinds[name]] + 1.5) for name, line in streets.items()]
        + [line.buffer(8) for line in [*routes.values(), *links]]
        + [*squares, *marks, *fissures, *[one.buffer(6) for _use, one in halls], channels]
    )
    stock = houses(site.frame, site.blocks, keep_off, site.seed)
    return Built(site, ring(site.frame, site.zone, site.seed), streets, routes, stock, halls, links)


def add_site(drawing: Drawing, built: Built) -> None:
    """Streets, buildings, shelters, routes, landmarks and fissures of one site."""
    site = built.site
    values: dict[str, object]
    for name, kind, _corners in site.streets:
        on_foot = "步行" if kind == "小路" else "步行、车辆"
        values = {"name": name, "class": kind, "passable": on_foot}
        drawing.add("road", f"{site.key} {name}", built.streets[name], INVENTED, **values)
    for index, (name, kind, _start, _points) in enumerate(site.links):
        values = {"name": name, "class": kind, "passable": "步行、车辆"}
        drawing.add("road", f"{site.key} 连接{index + 1}", built.link_lines[index], INVENTED, **values)
    for index, house in enumerate(built.houses):
        drawing.add("building", f"{site.key}-{index + 1}", house.outline, INVENTED, use=site.houses_use, floors=1)
    for index, (use, hall) in enumerate(built.halls):
        drawing.add("building", f"{site.key}-公{index + 1}", hall, INVENTED, use=use, floors=1 if use == "工业" else 2)
    for name, kind, place in site.landmarks:
        drawing.add("landmark", name, Point(site.frame.at(*place)), INVENTED, name=name, kind=kind)
    for index, corners in enumerate(site.fissures):
        short = {"W1": "五虎山", "W2": "黄白茨", "W7": "苏海图渣堆"}[site.key]
        values = {
            "name": f"{short}地裂缝{index + 1}", "mine": f"{short[:3]}煤矿", "depth_m": (1.8, 0.9, 2.4)[index % 3],
            "state": ("活动", "活动", "趋于稳定")[index % 3], "owner": f"{short[:3]}煤矿",
        }  # fmt: skip
        line = curve(site.frame, corners, site.seed + index)
        drawing.add("ground_fissure", f"{site.key}-裂缝{index + 1}", line, INVENTED, **values)


def add_ways(drawing: Drawing, built: Built, phones: dict[str, tuple[str, str]]) -> None:
    """Danger zone's routes, shelters and signs; `phones` gives each shelter's contact and phone."""
    site = built.site
    for one in site.shelters:
        contact, phone = phones[one.name]
        values = {
            "name": one.name, "kind": one.kind, "area_m2": one.area, "area_per_person": one.each,
            "capacity": int(one.area // one.each), "contact": contact, "phone": phone, "address": f"{one.address}（示意）",
        }  # fmt: skip
        drawing.add("shelter", one.name, Point(site.frame.at(*one.place)), INVENTED, **values)
    for way in site.routes:
        line = built.routes[way.number]
        near = [
            (line.project(place), name)
            for name, place in drawing.local.get("landmark", {}).items()
            if line.distance(place) < 40
        ]
        values = {
            "name": f"{way.shelter}路线", "number": way.number, "danger_zone": site.key, "start": way.start,
            "shelter": way.shelter, "description": way.description, "passable": "步行",
            "landmarks": "、".join(name for _place, name in sorted(near)),
        }  # fmt: skip
        if line.length > LONG_M:
            values["remark"] = "示意：有意留下的一条长路线，老人步行超过建议时间，检查会提醒"
        drawing.add("evacuation_route", way.number, line, INVENTED, **values)
    for index, place in enumerate(sign_places(built)):
        erected = site.state == "已设警示"
        values = {
            "name": f"{site.name}警示牌{index + 1}", "danger_zone": site.key,
            "text": f"地质灾害危险区（{site.hazard}）\n请勿进入、请勿停留\n听到铜锣急敲立即沿箭头撤离", "size": "1500 mm × 1000 mm",
            "erected_on": SIGNED[site.key] if erected else None, "erected_by": "乌达区自然资源分局" if erected else None,
            "remark": None if erected else "拟设位置，尚未立牌",
        }  # fmt: skip
        drawing.add("warning_sign", f"{site.key}-牌{index + 1}", place, INVENTED, **values)


LONG_M = 720  # 15 minutes at the pace of old people
SIGNED = {"W1": "2025-06-24", "W3": "2025-06-26", "W6": "2025-07-03"}


def sign_places(built: Built) -> list[Point]:
    """Places on the zone's edge where routes, then other streets, come in; far apart; along the edge if too few."""
    if built.site.state == "已撤销":
        return []
    edge = LineString(built.zone.exterior)
    ways = [*built.routes.values(), *built.streets.values()]
    found: list[Point] = []
    for way in ways:
        crossing = way.intersection(edge)
        for point in getattr(crossing, "geoms", [crossing]):
            if not point.is_empty and all(point.distance(one) > 70 for one in found):
                found.append(point)
    step = 0
    while len(found) < 3 and step < 12:
        point = edge.interpolate((step * 5 % 12) / 12, normalized=True)
        if all(point.distance(one) > 160 for one in found):
            found.append(point)
        step += 1
    return found[:6]
