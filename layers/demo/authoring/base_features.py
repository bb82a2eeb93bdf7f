"""Base map and ground as features with their values."""

# ruff: noqa: E501 - tables of data keep a row on a line

import itertools
from collections.abc import Sequence

from shapely import get_parts, unary_union
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from authoring import base
from authoring.build_sites import Built
from authoring.curves import Pair, at, blob
from authoring.frames import houses, path
from authoring.ground import Coverage, Ground, outline
from authoring.lines import Lines
from authoring.output import Drawing

FROM_FACTS = "示意：按公开文字资料的地名、坐标和面积勾绘，非实测"
UNKNOWN_WIDTH = "示意：没有公布的划定成果，按图面取值"
CODES = {
    "三道坎街道": "150304002", "五虎山街道": "150304003", "新达街道": "150304008", "巴音赛街道": "150304009",
    "梁家沟街道": "150304010", "苏海图街道": "150304011", "滨海街道": "150304012", "乌兰淖尔镇": "150304101",
}  # fmt: skip


def add_divisions(drawing: Drawing, district: Polygon, units: dict[str, Polygon], around: dict[str, Polygon]) -> None:
    drawing.add("district", "乌达区", district, FROM_FACTS, name="乌达区", code="150304", pinyin="Wuda Qu")
    for name, shape in units.items():
        kind = "镇" if name.endswith("镇") else "街道"
        drawing.add("subdistrict", name, shape, FROM_FACTS, name=name, code=CODES[name], kind=kind)
    codes = {"海勃湾区": "150302", "海南区": "150303", "阿拉善左旗": "152921"}
    for name, shape in around.items():
        drawing.add("neighbour", name, shape, FROM_FACTS, name=name, code=codes[name])


def add_coverage(drawing: Drawing, coverage: Coverage) -> None:
    types = {"中易发区": "崩塌、滑坡、泥石流、地面塌陷、地裂缝", "低易发区": "崩塌、泥石流", "不发育区": None}
    counts: dict[str, int] = {}
    for name, face in coverage.faces:
        counts[name] = counts.get(name, 0) + 1
        values = {"name": f"{name}{counts[name]}", "class": name, "hazard_types": types[name]}
        drawing.add(
            "susceptibility_zone", f"{name}{counts[name]}", face, "示意：按应急预案的面积比例勾绘，边界非实测", **values
        )


def add_waters(drawing: Drawing, lines: Lines, ground: Ground) -> None:
    drawing.add("water", "黄河", lines.water, FROM_FACTS, name="黄河", **{"class": "河流"}, pinyin="Huang He")
    pond = blob((-7870, 985), 95, 62, 70, 141, 0.18)
    drawing.add("water", "建安采坑积水", pond, "示意：位置和范围虚构", name="建安采坑积水", **{"class": "坑塘"})
    drawing.add(
        "river", "黄河", lines.river, FROM_FACTS, name="黄河", seasonal=False, width_m=480.0, width_source=UNKNOWN_WIDTH
    )
    for name, line in lines.gullies.items():
        values = {
            "name": name,
            "seasonal": True,
            "width_m": 20.0 if name == "乌尔特河" else 14.0,
            "width_source": UNKNOWN_WIDTH,
        }
        drawing.add("river", name, line, FROM_FACTS, **values)
    widths = {"黄河": 640.0, "乌尔特河": 144.0, "苏海图河": 116.0}
    for name, shape in ground.corridors.items():
        values = {
            "name": f"{name}走廊", "width_m": widths.get(name, 96.0), "width_source": UNKNOWN_WIDTH, "derived_from": name,
        }  # fmt: skip
        drawing.add("river_corridor", name, shape, FROM_FACTS, **values)


def add_mines(drawing: Drawing, ground: Ground) -> None:
    states = ("活动", "趋于稳定", "活动", "趋于稳定")
    for (name, shape), state, depth in zip(ground.subsidence.items(), states, (4.5, 2.0, 3.2, 2.6), strict=True):
        mine = name[: name.index("煤矿") + 2]
        values: dict[str, object] = {"name": name, "mine": mine, "depth_m": depth, "state": state, "owner": mine}
        drawing.add("subsidence_area", name, shape, "示意：塌陷范围没有公布，按矿山位置虚构", **values)
    for (name, shape), state, depth in zip(
        ground.pits.items(), ("停采", "停采", "积水"), (60.0, 45.0, 70.0), strict=True
    ):
        mine = name.removesuffix("采坑").removesuffix("煤矿") + ("煤矿" if "建安" in name else "")
        values = {"name": name, "mine": mine, "depth_m": depth, "state": state, "owner": mine}
        drawing.add("open_pit", name, shape, "示意：采坑位置按公开资料，范围虚构", **values)
    for (name, shape), state, high in zip(
        ground.heaps.items(), ("停用", "停用", "自燃", "在用", "停用"), (24.0, 18.0, 32.0, 28.0, 20.0), strict=True
    ):
        mine = name.removesuffix("渣堆").removesuffix("排土场")
        values = {"name": name, "mine": mine, "depth_m": high, "state": state, "owner": mine}
        drawing.add("waste_heap", name, shape, "示意：按矿山位置虚构", **values)


def add_traffic(drawing: Drawing, lines: Lines, ground: Ground) -> None:
    for name, line in lines.rails.items():
        values: dict[str, object] = {"name": name, "class": "干线" if name == "包兰线" else "专用线"}
        drawing.add("railway", name, line, FROM_FACTS, **values)
    for name, line in lines.haul.items():
        short = name.removeprefix("运煤大通道") or name
        values = {"name": short, "class": "矿区道路", "width_m": 24.0, "width_source": UNKNOWN_WIDTH}
        drawing.add("haul_road", name, line, "示意：没有公布的线位，沿运煤铁路专用线一侧勾绘", **values)
    for name, shape in ground.haul_buffers.items():
        values = {"name": f"{name}缓冲区", "width_m": 60.0, "width_source": UNKNOWN_WIDTH, "derived_from": name}
        drawing.add("haul_road_buffer", name, shape, FROM_FACTS, **values)
    for name, (kind, line) in base.trunk_roads().items():
        values = {"name": name, "class": kind, "passable": "车辆" if kind == "高速公路" else "步行、车辆"}
        drawing.add("road", name, line, "示意：走向虚构，公开资料只说明道路存在", **values)


def add_town(drawing: Drawing, lines: Lines) -> None:
    """Streets and larger buildings of the seat's built-up area."""
    streets = {name: path(base.TOWN, corners, 30) for name, corners in base.TOWN_STREETS}
    for name, line in streets.items():
        values = {"name": name, "class": "城市道路", "passable": "步行、车辆"}
        drawing.add("road", f"城区 {name}", line, "示意：街道走向虚构", **values)
    keep_off = unary_union(
        [line.buffer(13) for line in streets.values()]
        + [line.buffer(62) for line in lines.gullies.values()]
        + [shape.buffer(22) for shape in drawing.local["road"].values()]
        + [line.buffer(30) for line in [*lines.rails.values(), *lines.haul.values()]]
    )
    for number, house in enumerate(houses(base.TOWN, base.town_blocks(), keep_off, 601), 1):
        use = ("住宅", "住宅", "住宅", "商业", "公共")[(number * 7) % 5]
        drawing.add(
            "building", f"城区-{number}", house.outline, "示意：建筑虚构", use=use, floors=(3, 5, 6, 2, 4)[number % 5]
        )


def add_villages(drawing: Drawing, lines: Lines) -> None:
    """Settlements without a danger zone: a few streets and rows of houses."""
    for number, village in enumerate(base.VILLAGES):
        streets = [path(village.frame, corners) for _name, corners in village.streets]
        for (name, _corners), line in zip(village.streets, streets, strict=True):
            values = {"name": name, "class": village.street_class, "passable": "步行、车辆"}
            drawing.add("road", f"{village.name} {name}", line, "示意：街道走向虚构", **values)
        keep_off = unary_union(
            [shape.buffer(11) for shape in drawing.local["road"].values()]
            + [line.buffer(30) for line in [*lines.rails.values(), *lines.haul.values()]]
            + [line.buffer(60) for line in lines.gullies.values()]
        )
        for index, house in enumerate(houses(village.frame, village.blocks, keep_off, 700 + number), 1):
            key = f"{village.name}-{index}"
            drawing.add("building", key, house.outline, "示意：建筑虚构", use=village.use, floors=1)


def add_settlements(drawing: Drawing, sites: Sequence[Built]) -> None:
    town = [shape for key, shape in drawing.local["building"].items() if key.startswith("城区")]
    drawing.add("settlement", "乌达城区", outline(town, 90, 610, 0.25), FROM_FACTS, name="乌达城区", kind="城镇")
    for built in sites:
        shapes = [one.outline for one in built.houses] + [shape for _use, shape in built.halls]
        name = {"W6": "建安矿区", "W7": "苏海图矿区"}.get(built.site.key, built.site.community)
        kind = "工矿" if "矿区" in name else "村庄"
        _grouped(drawing, shapes, name, kind, 640 + built.site.seed)
    for number, village in enumerate(base.VILLAGES):
        shapes = [shape for key, shape in drawing.local["building"].items() if key.startswith(f"{village.name}-")]
        _grouped(drawing, shapes, village.name, village.kind, 620 + number)


def _grouped(drawing: Drawing, shapes: Sequence[BaseGeometry], name: str, kind: str, seed: int) -> None:
    """Outlines around groups of buildings that stand close; the largest group bears the name."""
    reach = 78 if kind == "工矿" and len(shapes) > 40 else 46
    groups = get_parts(unary_union([one.buffer(reach) for one in shapes])) if shapes else []
    members = [[one for one in shapes if group.contains(one)] for group in groups]
    for number, group in enumerate(sorted((one for one in members if len(one) > 4), key=len, reverse=True)):
        shape = outline(group, 0.74 * reach, seed + number, 0.3 if reach < 60 else 0.6)
        key = name if number == 0 else f"{name}（{number + 1}）"
        drawing.add(
            "settlement", key, shape, FROM_FACTS, name=name if number == 0 and name != "乌海西站" else None, kind=kind
        )


def add_bridges(drawing: Drawing, lines: Lines) -> None:
    """A bridge wherever a road or railway crosses a stream: the places come from the drawn lines themselves."""
    streams = dict(lines.gullies.items()) | {"黄河": lines.river}
    ways: list[tuple[str, str, BaseGeometry]] = [
        (row["properties"]["name"], row["properties"]["class"], drawing.local["road"][row["key"]])
        for row in drawing.features["road"]
    ]
    ways += [(name, "铁路", line) for name, line in lines.rails.items()]
    ways += [(name.removeprefix("运煤大通道") or name, "矿区道路", line) for name, line in lines.haul.items()]
    made: dict[str, int] = {}
    for (name, kind, way), (stream, line) in itertools.product(ways, streams.items()):
        for point in get_parts(way.intersection(line)):
            if point.geom_type != "Point" or not lines.district.buffer(30).contains(point):
                continue
            rail = kind == "铁路"
            short = name.removesuffix(" 国道").removesuffix(" 京藏高速")
            title = "三道坎黄河大桥" if rail and stream == "黄河" else f"{short}{stream}{'铁路桥' if rail else '桥'}"
            made[title] = made.get(title, 0) + 1
            key = title if made[title] == 1 else f"{title}{made[title]}"
            low = kind in {"村道", "小路"}
            values = {
                "name": key, "kind": "铁路桥" if rail else "漫水桥" if low else "公路桥",
                "passable": None if rail else "步行、车辆", "flooded": low,
            }  # fmt: skip
            drawing.add("bridge", key, point, "示意：按路线与河沟交点虚构", **values)


def add_places(drawing: Drawing, lines: Lines) -> None:
    """Names that no outline bears: 街道, 社区 and pits are named by theirs, and would stand on the map twice."""
    places: list[tuple[str, str, Pair]] = [
        ("乌海西站", "车站", at(106.7330, 39.4543)), ("五虎山煤矿", "矿山", at(106.6593, 39.4958)),
        ("黄白茨煤矿", "矿山", at(106.6503, 39.5353)), ("苏海图煤矿", "矿山", at(106.640, 39.553)),
        ("胡杨岛", "其他", _middle(lines.islands["胡杨岛"])), ("五虎山", "山峰", (-8000, -1300)),
    ]  # fmt: skip
    for name, kind, place in places:
        drawing.add("place", name, Point(place), FROM_FACTS, name=name, kind=kind)


def _middle(shape: BaseGeometry) -> Pair:
    point = shape.representative_point()
    return (point.x, point.y)
