"""The base map: 街道（镇）, neighbours, trunk roads, the town, bridges."""

# ruff: noqa: E501 - tables of data keep a row on a line

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely import get_parts, unary_union
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import polygonize

from authoring.curves import Pair, Points, at, spline, thin, wobble
from authoring.frames import Block, Plain
from authoring.lines import Lines

FRAME = box(-21_500, -15_800, 17_500, 22_800)

TRUNK_ROADS: dict[str, tuple[str, Sequence[Pair]]] = {
    "G110 国道": ("国道", ((-150, -9800), (120, -7700), (380, -6400), (390, -5330), (320, -4480), (260, -3500), (190, -2500),
                         (330, -1300), (560, -320), (760, 560), (980, 1500), (1150, 3000), (900, 5000), (760, 6500),
                         (1180, 8500), (2300, 11000), (3150, 13600), (3300, 16500))),
    "G6 京藏高速": ("高速公路", ((-1650, -9500), (-1250, -7200), (-900, -5400), (-560, -4300), (-470, -3250), (-1080, -1750),
                           (-1830, -100), (-2030, 1500), (-1900, 2900), (-1350, 5200), (-500, 8400), (1000, 11500),
                           (2300, 14400), (2900, 17500))),
    "乌兰淖尔路": ("乡道", ((426, 6452), (760, 6500), (1750, 6850), (2800, 7700), (3300, 9000))),
    "园区大道": ("城市道路", ((-1262, -4655), (-700, -4560), (-150, -4700), (326, -4620))),
    "滨河路": ("城市道路", ((196, -2350), (1150, -1500), (1480, -520), (1560, 350), (1980, 1300), (2150, 2500), (1150, 3000))),
}  # fmt: skip

# Boundaries between 街道（镇）: each begins and ends at a named junction or runs out over the district's edge.
JUNCTIONS: dict[str, Pair] = {
    "a": (-3500, -1950), "b": (-4050, 1000), "c": (-4750, 2750), "d": (-1250, 950), "e": (-1350, 3300),
    "f": (-1300, -1350), "g": (80, 330), "h": (-250, -350),
}  # fmt: skip


def subdistricts(lines: Lines) -> dict[str, Polygon]:
    """Eight units that cover the district and share their edges; 三道坎 and 苏海图 have about their published areas."""
    j = JUNCTIONS
    met = {place for name, place in j.items() if name != "h"}
    cuts: list[tuple[Sequence[Pair], int]] = [
        (((2600, -2450), (1500, -2250), (300, -2050), j["f"]), 401),
        ((j["f"], (-2050, -1650), (-2800, -1950), j["a"]), 402),
        ((j["a"], (-3950, -2750), (-4250, -3600), (-4900, -5300)), 403),
        ((j["a"], (-3750, -1000), (-3700, 0), j["b"]), 404),
        ((j["b"], (-4350, 1700), (-4800, 2200), j["c"]), 405),
        ((j["c"], (-5800, 2820), (-6650, 2790), (-7230, 3350), (-7320, 4350), (-7850, 5020), (-8700, 5300), (-10200, 5500)), 406),
        ((j["c"], (-5000, 3600), (-5450, 4700), (-5620, 5700), (-5980, 6700), (-6800, 7300), (-8000, 8500)), 407),
        ((j["c"], (-3800, 3050), (-2500, 3200), j["e"]), 408),
        ((j["e"], (-1450, 2200), j["d"]), 409),
        ((j["e"], (100, 3450), (1500, 3650), (4200, 3750)), 410),
        ((j["d"], (-1500, 300), (-1500, -500), j["f"]), 411),
        ((j["b"], (-3300, 700), (-2300, 420), (-1480, 150)), 412),
        ((j["d"], (-600, 900), (-60, 960), (300, 1350), (420, 2300), (520, 3480)), 413),
        ((j["h"], (-80, 0), j["g"], (-20, 620), (-60, 960)), 414),
        (((-1500, -300), (-800, -330), j["h"], (700, -480), (1500, -420), (2700, -360)), 415),
    ]  # fmt: skip
    drawn: list[LineString] = []
    for corners, seed in cuts:
        points = wobble(spline(corners, 30), [(900, 28), (330, 10)], seed, taper=260)
        drawn.append(_run_over(points, [corners[0] not in met, corners[-1] not in met]))
    work = unary_union([lines.district.exterior, *drawn])
    faces = [one for one in polygonize(work) if lines.district.contains(one.representative_point())]
    seats = seat_places()
    found: dict[str, list[Polygon]] = {name: [] for name in seats}
    for face in sorted(faces, key=lambda one: -one.area):
        owners = [name for name, place in seats.items() if face.contains(Point(place))]
        name = owners[0] if owners else _neighbour(face, found)
        found[name].append(face)
    return {name: _one(parts) for name, parts in found.items()}


def _neighbour(face: Polygon, found: dict[str, list[Polygon]]) -> str:
    return max(found, key=lambda name: sum(one.intersection(face.boundary).length for one in found[name]))


def _one(parts: Sequence[Polygon]) -> Polygon:
    return max(get_parts(unary_union(list(parts))), key=lambda one: one.area)


def _run_over(points: Points, over: Sequence[bool]) -> LineString:
    """The line drawn on by 150 m at the ends that are to cross another line; what sticks out falls away later."""
    first, last = points[0], points[-1]
    if over[0]:
        first = points[0] - 150 * (points[1] - points[0]) / np.hypot(*(points[1] - points[0]))
    if over[1]:
        last = points[-1] + 150 * (points[-1] - points[-2]) / np.hypot(*(points[-1] - points[-2]))
    return LineString(np.vstack([first, points, last]))


def seat_places() -> dict[str, Pair]:
    """Office or centre of each unit, from the facts (anchors where nothing better is known)."""
    return {
        "巴音赛街道": (-81, -700), "三道坎街道": at(106.7330, 39.4543), "苏海图街道": at(106.6380, 39.5640),
        "五虎山街道": at(106.6590, 39.4960), "梁家沟街道": at(106.6900, 39.5150), "新达街道": at(106.7120, 39.5060),
        "滨海街道": at(106.7280, 39.5080), "乌兰淖尔镇": at(106.7250, 39.5600),
    }  # fmt: skip


def neighbours(lines: Lines) -> dict[str, Polygon]:
    """邻区 as far as sheets reach, sharing their edges with the district."""
    river = LineString(lines.river.segmentize(400))
    inside = lines.river_inside
    # 海勃湾区 reaches 16.3 km along the river from the north, 海南区 8.3 km from the south.
    parting = inside.interpolate(8300 / (8300 + 16300), normalized=True)
    east = LineString(wobble(spline([(parting.x, parting.y), (parting.x + 4200, parting.y - 900),
                                     (parting.x + 9500, parting.y + 600), (19_000, parting.y - 700)], 120),
                             [(3000, 120), (1100, 40)], 420, taper=600))  # fmt: skip
    coords = list(river.coords)
    first = int(np.argmin([np.hypot(x - inside.coords[0][0], y - inside.coords[0][1]) for x, y in coords]))
    last = int(np.argmin([np.hypot(x - inside.coords[-1][0], y - inside.coords[-1][1]) for x, y in coords]))
    south = LineString([*coords[:first], inside.coords[0]])
    north = LineString([inside.coords[-1], *coords[last + 1 :]])
    ring = lines.district.exterior
    start = LineString([ring.interpolate(ring.project(parting)), *list(east.coords)[1:]])
    faces = list(polygonize(unary_union([FRAME.exterior, ring, south, north, start])))
    found: dict[str, Polygon] = {}
    for name, probe in (("海勃湾区", (9000, 9000)), ("海南区", (7000, -10_000)), ("阿拉善左旗", (-15_000, 2000))):
        found[name] = next(one for one in faces if one.contains(Point(probe)))
    return found


def trunk_roads() -> dict[str, tuple[str, LineString]]:
    return {
        name: (kind, thin(LineString(wobble(spline(points, 30), [(2400, 26), (900, 9)], 430 + i, taper=300)), 0.8))
        for i, (name, (kind, points)) in enumerate(TRUNK_ROADS.items())
    }


TOWN = Plain((-140, 300), -5, 16, 1500)
TOWN_STREETS: Sequence[tuple[str, tuple[Pair, ...]]] = (
    ("胜利街", ((-900, -520), (1500, -520))), ("建设路", ((-880, -210), (1380, -210))), ("人民路", ((-1180, 250), (1640, 250))),
    ("团结路", ((-980, 610), (1880, 610))), ("和平路", ((-560, 960), (1560, 960))), ("新达街", ((-900, -520), (-900, 610))),
    ("文化街", ((-500, -760), (-500, 960))), ("中心街", ((20, -900), (20, 1150))), ("滨海街", ((520, -700), (520, 960))),
    ("东环街", ((1080, -520), (1080, 1120))),
)  # fmt: skip


def town_blocks() -> list[Block]:
    """Rows of larger buildings between the town's streets."""
    us, vs = (-1150, -900, -500, 20, 520, 1080, 1560), (-740, -520, -210, 250, 610, 930)
    found = []
    for i in range(len(us) - 1):
        for k in range(len(vs) - 1):
            if (i, k) in {(0, 0), (0, 1), (5, 0), (0, 4), (5, 1), (4, 0)}:
                continue
            found.append(Block(us[i] + 26, vs[k] + 28, us[i + 1] - 26, vs[k + 1] - 24, 46 + 6 * ((i + k) % 3),
                               (24, 58), (10.5, 13.5), (9, 26), 0.3))  # fmt: skip
    return found


Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Village:
    """A settlement without a danger zone."""

    name: str
    kind: str
    frame: Plain
    streets: tuple[tuple[str, tuple[Pair, ...]], ...]
    blocks: tuple[Block, ...]
    street_class: str = "村道"
    use: str = "住宅"


def _farms(*corners: Corners) -> tuple[Block, ...]:
    return tuple(Block(*one, pitch=34, length=(12, 19), gap=(5, 14), left_out=0.2) for one in corners)


def _plants(*corners: Corners) -> tuple[Block, ...]:
    return tuple(Block(*one, 72, (50, 120), (24, 46), (18, 60), 0.25) for one in corners)


VILLAGES: tuple[Village, ...] = (
    Village("梁家沟", "城镇", Plain((-2700, 1430), -16, 8, 600),
            (("梁家沟街", ((-560, 60), (520, 60))), ("南街", ((-420, -170), (440, -170))), ("中街", ((-60, 290), (-60, -330))),
             ("东街口", ((280, 250), (280, -170)))),
            (Block(-480, 80, -75, 260, 25), Block(-45, 80, 265, 270, 25), Block(300, 85, 470, 220, 26),
             Block(-430, -150, -75, 45, 25), Block(-45, -150, 265, 45, 25), Block(-380, -310, -75, -190, 26),
             Block(-45, -300, 360, -190, 26)), "城市道路"),
    Village("乌兰淖尔", "村庄", Plain((400, 6450), 8, 9, 520),
            (("镇街", ((-420, 0), (330, 0))), ("北巷子", ((-330, 170), (260, 170))), ("粮站路", ((-120, 300), (-120, -310))),
             ("南巷子", ((-330, -165), (240, -165)))),
            _farms((-390, 20, -135, 150), (-105, 20, 280, 150), (-330, 190, 240, 290),
             (-390, -150, -135, -20), (-105, -150, 280, -20), (-300, -300, 200, -185))),
    Village("泽园新村", "村庄", Plain((1800, 6860), 20, 5, 480),
            (("新村路", ((-260, 0), (270, 0))), ("泽园巷", ((0, 200), (0, -190)))),
            (Block(-240, 22, -15, 190, 30, left_out=0.05), Block(18, 22, 240, 190, 30, left_out=0.05),
             Block(-240, -180, -15, -20, 30, left_out=0.05), Block(18, -180, 240, -20, 30, left_out=0.05))),
    Village("乌达产业园", "工矿", Plain((-1820, -4980), 14, 12, 1100),
            (("园区一路", ((-640, 180), (620, 180))), ("园区二路", ((-700, -240), (560, -240))), ("园区三路", ((-120, 520), (-120, -560))),
             ("园区四路", ((330, 420), (330, -480)))),
            _plants((-620, 220, -150, 420), (-90, 220, 300, 440), (360, 215, 560, 360),
             (-640, -200, -150, 140), (-90, -200, 300, 140), (360, -200, 560, 140),
             (-580, -480, -150, -280), (-90, -500, 300, -280)), "城市道路", "工业"),
    Village("乌海西站", "工矿", Plain((1090, -4640), 84, 4, 900),
            (("站前路", ((-330, -30), (380, -30))),),
            (Block(-300, -90, 340, -46, 30, (16, 34), (9, 12), (8, 24), 0.2),)),
)  # fmt: skip
