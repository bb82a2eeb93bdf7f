"""Invented people: households with members, persons responsible. No name or number is a real one."""

# ruff: noqa: E501 - tables of data keep a row on a line

from collections.abc import Iterator
from itertools import count

import numpy as np
from shapely import unary_union
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from authoring.build_sites import Built
from authoring.frames import House, curve
from authoring.output import Drawing

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
# What a household has to mind beside what its kind of hazard asks of everybody (card_notes.toml).
NOTES = (
    "夜里睡前把鞋和手电放在床边。", "院门不上锁，夜里好出门。", "后墙有旧裂缝，变宽就打电话告诉监测人。",
    "院里不堆柴，门前的路留通。", "手电和药放在门边，出门就拿得到。",
)  # fmt: skip


def phones() -> Iterator[str]:
    """139 0000 0001, 139 0000 0002 …: numbers of the invented form."""
    return (f"139 0000 {number:04d}" for number in count(1))


PERSONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("孙范例", "值班员", "乌达区应急管理局", "值班员", ""),
    ("赵范例", "地质灾害防治股负责人", "乌达区自然资源分局", "监测负责人、包联领导", ""),
    ("钱范例", "办事处副主任", "五虎山街道办事处", "疏散命令发布人、包联领导", "五虎山街道"),
    ("冯范例", "办事处副主任", "苏海图街道办事处", "疏散命令发布人、包联领导", "苏海图街道"),
    ("卫范例", "办事处副主任", "三道坎街道办事处", "疏散命令发布人、包联领导", "三道坎街道"),
    ("褚范例", "办事处副主任", "梁家沟街道办事处", "疏散命令发布人、包联领导", "梁家沟街道"),
    ("蒋范例", "社区主任", "五虎山社区居委会", "监测负责人", "五虎山街道"),
    ("沈范例", "社区主任", "黄白茨社区居委会", "监测负责人", "苏海图街道"),
    ("韩范例", "社区主任", "富强社区居委会", "监测负责人", "三道坎街道"),
    ("杨范例", "社区主任", "兴华社区居委会", "监测负责人", "苏海图街道"),
    ("朱范例", "社区主任", "胡杨社区居委会", "监测负责人", "三道坎街道"),
    ("秦范例", "社区主任", "振华社区居委会", "监测负责人", "苏海图街道"),
    ("尤范例", "社区主任", "梁家沟社区居委会", "监测负责人", "梁家沟街道"),
    ("许范例", "群测群防员", "五虎山社区居委会", "监测人、巡查责任人", "五虎山街道"),
    ("何范例", "群测群防员", "黄白茨社区居委会", "监测人、巡查责任人", "苏海图街道"),
    ("吕范例", "群测群防员", "富强社区居委会", "监测人、巡查责任人", "三道坎街道"),
    ("施范例", "群测群防员", "兴华社区居委会", "监测人、巡查责任人", "苏海图街道"),
    ("张范例", "群测群防员", "胡杨社区居委会", "监测人、巡查责任人", "三道坎街道"),
    ("孔范例", "安全员", "建安煤矿", "监测人、巡查责任人", "五虎山街道"),
    ("曹范例", "群测群防员", "振华社区居委会", "监测人、巡查责任人", "苏海图街道"),
    ("严范例", "群测群防员", "梁家沟社区居委会", "监测人、巡查责任人", "梁家沟街道"),
    ("华范例", "大队长", "乌达区消防救援大队", "抢险排险负责人", ""),
    ("金范例", "副局长", "乌海市公安局乌达分局", "治安保卫负责人", ""),
    ("魏范例", "副主任", "乌达区卫生健康委员会", "医疗救护负责人", ""),
    ("陶范例", "管理员", "五虎山社区居委会", "安置点联系人", "五虎山街道"),
    ("姜范例", "管理员", "五虎山街道文化站", "安置点联系人", "五虎山街道"),
    ("戚范例", "管理员", "黄白茨社区活动中心", "安置点联系人", "苏海图街道"),
    ("谢范例", "管理员", "产业园综合服务中心", "安置点联系人", "三道坎街道"),
    ("邹范例", "管理员", "富强社区居委会", "安置点联系人", "三道坎街道"),
    ("喻范例", "管理员", "苏海图街道办事处", "安置点联系人", "苏海图街道"),
    ("柏范例", "后勤主任", "三道坎小学", "安置点联系人", "三道坎街道"),
    ("水范例", "调度员", "建安煤矿", "安置点联系人", "五虎山街道"),
    ("窦范例", "后勤主任", "苏海图煤矿", "安置点联系人", "苏海图街道"),
)


class People:
    """The register of persons, and the counter of invented phones."""

    def __init__(self) -> None:
        self.numbers = phones()
        self.by_name: dict[str, tuple[str, str]] = {}

    def add_persons(self, drawing: Drawing) -> None:
        for name, post, unit, roles, subdistrict in PERSONS:
            phone = next(self.numbers)
            self.by_name[name] = (unit, phone)
            values = {"post": post, "unit": unit, "phone": phone, "roles": roles, "subdistrict": subdistrict}
            drawing.add("person", name, None, "示意：人物和号码都是虚构的", name=name, **values)

    def who(self, role: str, subdistrict: str, unit: str = "") -> tuple[str, str]:
        """Name and phone of the one with a role in a 街道 (or a unit whose name holds `unit`)."""
        for name, _post, own_unit, roles, place in PERSONS:
            if role in roles and place in ("", subdistrict) and unit in own_unit:
                return name, self.by_name[name][1]
        raise ValueError(f"nobody for {role} {subdistrict} {unit}")


def choose_homes(all_built: list[Built], streams: dict[str, LineString]) -> None:
    """Which houses are the 60 households: in each zone, and a few at its edge whose way doesn't lead through it.

    Other houses in the zone are thinned out (rows that were pulled down), so that map and list agree in size.
    """
    chance = np.random.default_rng(77)
    for built in all_built:
        wanted, near = built.site.homes, built.site.near
        if not wanted:
            continue
        inside, outside = _candidates(built, streams)
        if len(inside) < wanted - near or len(outside) < near:
            raise ValueError(f"{built.site.key}: {len(inside)} houses inside, {len(outside)} near; wanted {wanted}")
        built.homes = [inside[i] for i in sorted(chance.choice(len(inside), wanted - near, replace=False))]
        built.homes += [outside[i] for i in sorted(chance.choice(len(outside), near, replace=False))]
        lived_in = {id(house) for house, _route in built.homes}
        others = [one for one in built.houses if id(one) not in lived_in and built.zone.intersects(one.outline)]
        left = chance.choice(len(others), min(len(others), round(0.5 * wanted) + 4), replace=False)
        gone = {id(one) for one in others} - {id(others[i]) for i in left}
        built.houses = [one for one in built.houses if id(one) not in gone]


def add_households(drawing: Drawing, all_built: list[Built]) -> None:
    """The chosen households with their members."""
    surnames = iter(SURNAMES)
    numbers = (f"139 0000 {number:04d}" for number in range(101, 200))
    chance = np.random.default_rng(78)
    for built in all_built:
        for house, route in built.homes:
            _household(drawing, built, house, route, next(surnames), next(numbers), chance)


def _candidates(
    built: Built, streams: dict[str, LineString]
) -> tuple[list[tuple[House, str]], list[tuple[House, str]]]:
    site = built.site
    barriers = [curve(site.frame, one, site.seed + index) for index, one in enumerate(site.fissures)]
    if site.key in streams:
        barriers.append(streams[site.key].buffer(18))
    barrier = unary_union(barriers)
    inside, outside = [], []
    for house in built.houses:
        route = _best_route(built, house.outline.centroid, barrier)
        if route is None:
            continue
        if built.zone.buffer(-4).contains(house.outline):
            inside.append((house, route))
        elif 8 < built.zone.distance(house.outline) < 60:
            outside.append((house, route))
    return inside, outside


def _best_route(built: Built, door: Point, barrier: BaseGeometry) -> str | None:
    """The route with the shortest door leg whose way leaves the zone once and crosses no stream and no fissure."""
    ranked = sorted(built.routes.items(), key=lambda pair: pair[1].distance(door))
    for number, line in ranked:
        join = line.interpolate(line.project(door))
        rest = substring(line, line.project(door), line.length)
        if rest.geom_type != "LineString" or join.distance(door) > 125:
            continue
        way = LineString([(door.x, door.y), *rest.coords])
        if not way.intersects(barrier) and _leaves_once(way, built.zone):
            return number
    return None


def _leaves_once(way: LineString, zone: BaseGeometry) -> bool:
    inner = way.intersection(zone.buffer(-0.4))
    if inner.is_empty:
        return True
    return bool(inner.geom_type == "LineString" and Point(way.coords[0]).distance(inner) < 0.5)


def _household(
    drawing: Drawing, built: Built, house: House, route: str, surname: str, phone: str, chance: np.random.Generator
) -> None:
    site = built.site
    key = f"{surname}示例"
    place = house.outline.centroid
    street = min(built.streets, key=lambda name: built.streets[name].distance(place))
    number = 2 * max(1, round(built.streets[street].project(place) / 16)) - int(house.v > 0)
    taken = {row["properties"]["address"] for row in drawing.features.get("household", [])}
    while _address(built, street, number) in taken:
        number += 2
    total = len(drawing.features.get("household", []))
    members = 12 if total == 5 else int(chance.choice([1, 2, 2, 3, 3, 4, 5]))
    inside = built.zone.contains(place)
    leg = built.routes[route].distance(place)
    # One rare character on purpose: what can't be printed must show before an office meets it.
    head = "𠮷示例" if total == 11 else key
    values = {
        "head": head, "people": members, "house_type": site.house_types[total % len(site.house_types)],
        "address": _address(built, street, number), "phone": phone,
        "subdistrict": site.subdistrict, "community": site.community, "group": f"{1 + total % 3}组",
        "hazard_point": site.key, "danger_zone": site.key if inside else None, "evacuation_route": route,
        "door_note": f"出院门走到{street}" if leg > 45 and total % 3 == 0 else None,
        "property_wan": float(round(4 + 3.1 * members + chance.uniform(0, 9))), "notes": NOTES[total % len(NOTES)],
    }  # fmt: skip
    drawing.add("household", key, place, "示意：人物、住址和号码都是虚构的", **values)
    _members(drawing, key, head, surname, members, total, chance)


def _address(built: Built, street: str, number: int) -> str:
    return f"{built.site.subdistrict}{built.site.community}{street}{number}号（示意）"


def _members(
    drawing: Drawing, key: str, head: str, surname: str, members: int, total: int, chance: np.random.Generator
) -> None:
    old = int(chance.integers(48, 84))
    for index in range(members):
        if index == 0:
            name, age, sex = head, old, "男" if total % 4 else "女"
        elif index == 1:
            name, sex = f"{SURNAMES[(SURNAMES.index(surname) + 17) % 60]}示范", "女" if total % 4 else "男"
            age = max(20, old - int(chance.integers(0, 5)))
        else:
            given = ("小例", "小样", "小范", "小意", "大例", "大样", "大范", "大意", "二例", "二样")[(index - 2) % 10]
            name, sex = f"{surname}{given}", "女" if chance.uniform() < 0.5 else "男"
            age = max(2, old - (27 if index % 2 else 54) + int(chance.integers(-3, 4)))
        mobility = "正常" if age < 70 else ("缓行", "缓行", "需搀扶", "正常", "卧床")[(total + index) % 5]
        values = {"sex": sex, "birth_year": 2026 - age, "age": None, "mobility": mobility}
        source = "示意：人物是虚构的"
        drawing.add("household_member", f"{key}-{index + 1}", None, source, household=key, name=name, **values)
        if mobility == "卧床":  # somebody near by comes to fetch them
            home = drawing.features["household"][-1]["properties"]
            home["helper"] = f"{SURNAMES[(SURNAMES.index(surname) + 31) % 60]}帮例"
            home["helper_phone"] = f"139 0000 {201 + total:04d}"
