"""The lines that everything else follows: 黄河, gullies, railways, the haul road, trunk roads."""

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.ops import unary_union

from authoring.curves import Pair, along, at, largest, spline, stream, thin, wobble

# 黄河 by the extremes and the four points of the facts; beyond the district drawn on in its direction.
RIVER_POINTS = (
    (106.7440, 39.3550), (106.7330, 39.3850), (106.7375, 39.4120), (106.7481, 39.4305), (106.7490, 39.4500),
    (106.7435, 39.4660), (106.7470, 39.4850), (106.7462, 39.5000), (106.7545, 39.5150), (106.7590, 39.5400),
    (106.7715, 39.5560), (106.7728, 39.5790), (106.7818, 39.5970), (106.7772, 39.6150), (106.7650, 39.6329),
    (106.7668, 39.6560), (106.7800, 39.6850), (106.7770, 39.7120),
)  # fmt: skip
RIVER_INSIDE = (3, 14)  # index of the district's southern and northern end

# 界: west, north-west and south, along ridges; extremes and widths of the facts.
RIDGE_POINTS = (
    (106.7650, 39.6329), (106.7475, 39.6262), (106.7290, 39.6150), (106.7120, 39.6085), (106.6935, 39.6000),
    (106.6760, 39.5925), (106.6555, 39.5870), (106.6405, 39.5800), (106.6255, 39.5690), (106.6180, 39.5560),
    (106.6070, 39.5404), (106.6085, 39.5270), (106.6090, 39.5160), (106.6125, 39.5035), (106.6190, 39.4935),
    (106.6270, 39.4820), (106.6440, 39.4745), (106.6590, 39.4665), (106.6775, 39.4585), (106.6890, 39.4490),
    (106.7080, 39.4412), (106.7270, 39.4378), (106.7390, 39.4315), (106.7481, 39.4305),
)  # fmt: skip

GULLIES = {
    "乌尔特河": ((106.6290, 39.4925), (106.6450, 39.4870), (106.6620, 39.4838), (106.6800, 39.4780),
             (106.6980, 39.4722), (106.7150, 39.4680), (106.7330, 39.4655), (106.7452, 39.4640)),
    "苏海图河": ((106.6270, 39.5615), (106.6380, 39.5592), (106.6580, 39.5585), (106.6800, 39.5550),
             (106.7060, 39.5535), (106.7330, 39.5490), (106.7640, 39.5478)),
    "巴音赛河": ((106.6735, 39.5125), (106.6880, 39.5082), (106.7040, 39.5062), (106.7200, 39.5030),
             (106.7340, 39.5040), (106.7480, 39.5045)),
    "梁家沟": ((106.6540, 39.5268), (106.6680, 39.5238), (106.6880, 39.5232), (106.7080, 39.5202),
            (106.7310, 39.5212), (106.7560, 39.5190)),
}  # fmt: skip

MAIN_RAIL = (
    (106.7215, 39.3560), (106.7180, 39.3900), (106.7225, 39.4200), (106.7240, 39.4300), (106.7285, 39.4430),
    (106.7330, 39.4543), (106.7330, 39.4640), (106.7335, 39.4760), (106.7370, 39.4885), (106.7430, 39.4960),
    (106.7540, 39.5010), (106.7625, 39.5130), (106.7690, 39.5380), (106.7850, 39.5610), (106.8010, 39.5900),
    (106.8120, 39.6400), (106.8150, 39.7100),
)  # fmt: skip
SPUR_TRUNK = ((106.7330, 39.4580), (106.7315, 39.4650), (106.7225, 39.4745), (106.7090, 39.4830), (106.6985, 39.4940),
              (106.6890, 39.5040))  # fmt: skip
SPUR_SOUTH = ((106.6890, 39.5040), (106.6850, 39.5072), (106.6760, 39.5085), (106.6640, 39.5055), (106.6520, 39.5030))
SPUR_NORTH = ((106.6890, 39.5040), (106.6850, 39.5095), (106.6795, 39.5180), (106.6720, 39.5260), (106.6620, 39.5340),
              (106.6540, 39.5425), (106.6440, 39.5490))  # fmt: skip


@dataclass
class Lines:
    """Lines in local metres."""

    river: LineString
    river_inside: LineString
    district: Polygon
    water: Polygon
    islands: dict[str, Polygon]
    gullies: dict[str, LineString]
    rails: dict[str, LineString]
    haul: dict[str, LineString]


def draw_lines() -> Lines:
    """Draw them all from the facts' points; the same result on each run."""
    points = along(*RIVER_POINTS)
    bends = spline(points, 60)
    first, last = (_nearest(bends, points[i]) for i in RIVER_INSIDE)
    inside = _soft(bends[first : last + 1], 11)
    river = LineString(np.vstack([bends[:first], inside, bends[last + 1 :]]))
    ridge = wobble(spline(along(*RIDGE_POINTS), 40), [(2600, 75), (900, 32), (380, 11)], 7, taper=600)
    ridge[0], ridge[-1] = inside[-1], inside[0]
    district = Polygon(np.vstack([np.asarray(thin(LineString(inside), 4).coords)[:-1],
                                  np.asarray(thin(LineString(ridge), 5).coords)[:-1]]))  # fmt: skip
    water, islands = _water(river)
    rails = {"包兰线": thin(LineString(spline(along(*MAIN_RAIL), 40)), 0.8)}
    for name, path in (("运煤专用线", SPUR_TRUNK), ("五虎山支线", SPUR_SOUTH), ("黄白茨—苏海图支线", SPUR_NORTH)):
        rails[name] = thin(LineString(spline(along(*path), 25)), 0.8)
    gullies = {name: stream(along(*path), 20 + i, 58.0) for i, (name, path) in enumerate(GULLIES.items())}
    return Lines(
        river=thin(river, 3),
        river_inside=LineString(inside),
        district=district,
        water=water,
        islands=islands,
        gullies=gullies,
        rails=rails,
        haul=_haul_road(),
    )


def _soft(part: np.ndarray, seed: int) -> np.ndarray:
    return wobble(part, [(3600, 95), (1500, 38)], seed, taper=900)


def _nearest(points: np.ndarray, target: Pair) -> int:
    return int(np.argmin(np.hypot(*(points - np.asarray(target)).T)))


def _water(river: LineString) -> tuple[Polygon, dict[str, Polygon]]:
    """The water area: banks that widen and narrow on their own, the north wider (乌海湖), with islands left out."""
    line = np.asarray(river.segmentize(60).coords)
    place = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    tangent = np.gradient(line, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    share = place / place[-1]
    chance = np.random.default_rng(3)
    banks = []
    for side in (1, -1):
        half = 215 + 150 * np.clip((share - 0.55) / 0.25, 0, 1)
        for wavelength, amplitude in ((4200, 55), (1700, 38), (700, 14)):
            half = half + amplitude * np.sin(2 * np.pi * place / wavelength + chance.uniform(0, 6.28))
        banks.append(line + side * normal * half[:, None])
    surface = largest(Polygon(np.vstack([banks[0], banks[1][::-1]])).buffer(0))
    islands: dict[str, Polygon] = {}
    for name, lon_lat, length, width in (
        ("胡杨岛", (106.7476, 39.4485), 620, 150),
        ("", (106.7530, 39.5180), 420, 95),
        ("", (106.7746, 39.5850), 560, 130),
    ):
        islands[name or f"沙洲{len(islands)}"] = _island(river, at(*lon_lat), length, width, len(islands))
    wet = surface.difference(unary_union(list(islands.values())))
    return thin(largest(wet), 3), islands


def _island(river: LineString, near: Pair, length: float, width: float, seed: int) -> Polygon:
    """A lens that lies along the current."""
    from shapely.geometry import Point

    middle = river.project(Point(near))
    steps = np.linspace(-1, 1, 25)
    chance = np.random.default_rng(40 + seed)
    shift = chance.uniform(-30, 30)
    upper, lower = [], []
    for step in steps:
        here, ahead = river.interpolate(middle + step * length / 2), river.interpolate(middle + step * length / 2 + 5)
        direction = np.array([ahead.x - here.x, ahead.y - here.y]) / 5
        normal = np.array([-direction[1], direction[0]])
        half = width / 2 * max(0.0, 1 - abs(step) ** 1.7) * (1 + 0.16 * np.sin(5 * step + seed))
        upper.append(np.array([here.x, here.y]) + normal * (shift + half))
        lower.append(np.array([here.x, here.y]) + normal * (shift - half * 0.8))
    ring = Polygon(np.vstack([upper, lower[::-1]]))
    return MultiPolygon([largest(ring.buffer(4))]).geoms[0]


def _haul_road() -> dict[str, LineString]:
    """运煤大通道: beside the coal spur, 20 to 200 m from it, on its south-western side."""
    routes = {
        "运煤大通道": (*SPUR_TRUNK[1:][::-1],),
        "运煤大通道五虎山连接线": SPUR_SOUTH[::-1],
        "运煤大通道黄白茨连接线": SPUR_NORTH[::-1],
    }
    found = {}
    for seed, (name, path) in enumerate(routes.items()):
        base = spline(along(*path), 25)
        place = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(base, axis=0).T))])
        tangent = np.gradient(base, axis=0)
        tangent /= np.hypot(*tangent.T)[:, None]
        normal = np.column_stack([tangent[:, 1], -tangent[:, 0]])  # right of the way down to the station
        distance = 95 + 42 * np.sin(2 * np.pi * place / 2300 + seed * 1.3)
        blend = np.clip((place[-1] - place) / 600, 0, 1)
        distance = 95 + (distance - 95) * blend  # the branches meet the trunk where it begins
        found[name] = LineString(base + normal * distance[:, None])
    meet = found["运煤大通道"].coords[0]
    for name in ("运煤大通道五虎山连接线", "运煤大通道黄白茨连接线"):
        kept = list(found[name].coords)[:-4]
        found[name] = LineString([*kept, meet])
    return {name: thin(LineString(spline(_every(line, 120), 25)), 0.8) for name, line in found.items()}


def _every(line: LineString, distance: float) -> list[Pair]:
    count = max(2, round(line.length / distance))
    return [line.interpolate(i / count, normalized=True).coords[0] for i in range(count + 1)]
