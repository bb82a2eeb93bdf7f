"""The ground and its hazards: mines' subsidence, pits, heaps, corridors, susceptibility coverage, key areas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from shapely import concave_hull, get_parts, line_merge, make_valid, unary_union
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from authoring.curves import Pair, area_km2, at, blob, slope_ring, spline, thin, to_degrees, wobble
from authoring.lines import Lines

SHARES = {"中易发区": 22.73, "低易发区": 3.12, "不发育区": 74.15}  # percent; 应急预案

# Coalfield slopes between the western ridge and the town: a hand-drawn belt, widened until the plan's share is met.
COAL_BELT: Sequence[Pair] = (
    (-9900, -300), (-8700, -1350), (-7200, -1500), (-5750, -1550), (-4650, -1250), (-4250, -500), (-4450, 400),
    (-5350, 950), (-5500, 1800), (-5050, 2700), (-5000, 3700), (-5450, 4600), (-5850, 5300), (-6050, 6250),
    (-6550, 7050), (-7500, 7350), (-8700, 7000), (-9700, 5900), (-10300, 3200), (-10200, 1200),
)  # fmt: skip
NAMED_RIVERS = ("乌尔特河", "梁家沟", "苏海图河", "巴音赛河")


@dataclass
class Ground:
    """Areas in local metres, by name."""

    subsidence: dict[str, Polygon]
    pits: dict[str, Polygon]
    heaps: dict[str, Polygon]
    corridors: dict[str, BaseGeometry]
    haul_buffers: dict[str, BaseGeometry]
    river_buffer: BaseGeometry


def draw_ground(lines: Lines) -> Ground:
    """Mines by their published places; outlines are invented, no source has them."""
    subsidence = {
        "五虎山煤矿采空塌陷区": blob((-5560, -230), 720, 470, 74, 101, 0.16, 11),
        "五虎山煤矿北采空塌陷区": blob((-6350, 620), 420, 260, 60, 102, 0.2, 10),
        "黄白茨煤矿采空塌陷区": blob((-6790, 3720), 620, 430, 80, 103, 0.17, 11),
        "苏海图煤矿采空塌陷区": blob((-7930, 5580), 560, 380, 100, 104, 0.18, 10),
    }
    pits = {
        "华银二矿采坑": blob(at(106.6217, 39.5005), 430, 270, 65, 111, 0.16, 11),
        "华银三矿采坑": blob((-9080, 1330), 350, 230, 80, 112, 0.15, 10),
        "建安煤矿采坑": blob(at(106.6307, 39.5100), 330, 235, 95, 113, 0.14, 10),
    }
    heaps = {
        "五虎山矿渣堆": blob((-6120, -640), 250, 130, 20, 121, 0.2),
        "黄白茨矿渣堆": blob((-7330, 3010), 230, 140, -35, 122, 0.2),
        "苏海图矿渣堆": blob((-7030, 5030), 195, 118, -12, 123, 0.14),
        "建安煤矿排土场": blob((-7880, 1700), 330, 170, 5, 124, 0.2),
        "华银二矿排土场": blob((-8330, -640), 260, 150, -10, 125, 0.18),
    }
    corridors: dict[str, BaseGeometry] = {}
    for seed, name in enumerate(NAMED_RIVERS):
        wide = {"乌尔特河": 72.0, "苏海图河": 58.0}.get(name, 48.0)
        corridors[name] = ribbon(lines.gullies[name], wide, 200 + seed, sway=0.2, taper=900).intersection(
            lines.district
        )
    river_buffer = Polygon(lines.water.buffer(86).exterior).simplify(3)
    corridors["黄河"] = river_buffer.intersection(lines.district)
    haul = {name: ribbon(line, 60, 220 + i, sway=0.1) for i, (name, line) in enumerate(lines.haul.items())}
    return Ground(subsidence, pits, heaps, corridors, haul, river_buffer)


def ribbon(line: LineString, half: float, seed: int, sway: float = 0.28, taper: float = 0.0) -> Polygon:
    """A strip along a line whose two edges swing on their own; `half` metres to each side on average.

    `taper` is the length over which it widens from a third at the line's upper end.
    """
    chance = np.random.default_rng(seed)
    points = np.asarray(line.segmentize(40).coords)
    place = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    parts = []
    width = half * np.ones(len(points))
    for wavelength, share in ((1900, 0.6), (760, 0.4)):
        width += half * sway * share * np.sin(2 * np.pi * place / wavelength + chance.uniform(0, 6.28))
    if taper:
        width *= np.clip(0.33 + 0.67 * place / taper, 0, 1)
    for i in range(len(points) - 1):
        one = LineString(points[i : i + 2]).buffer(float(width[i]), quad_segs=6)
        parts.append(one)
    shape = unary_union(parts).buffer(30).buffer(-60).buffer(30)
    return thin(max(get_parts(shape), key=lambda p: p.area), 2.0)


@dataclass
class Coverage:
    """易发区 faces that share their edges vertex for vertex; `shares` in percent of the sum, geodesic."""

    faces: list[tuple[str, Polygon]]
    shares: dict[str, float]


def draw_coverage(lines: Lines, ground: Ground, banks: Sequence[BaseGeometry]) -> Coverage:
    """Faces of the three classes. `banks` are slopes beside the river and the haul road, prone too.

    Two widths are solved for by bisection on the stored geometry (degrees, rounded): first that of 中易发区, then
    that of 低易发区.
    """
    belt = slope_ring(COAL_BELT, 131, [(1900, 60), (700, 26)], step=40)
    upper = lines.gullies["苏海图河"]
    strips = [
        ribbon(lines.gullies["乌尔特河"], 300, 132, 0.3, 1500),
        ribbon(LineString(list(upper.coords)[: round(len(upper.coords) * 0.62)]), 210, 133, 0.3),
    ]
    mines = [*ground.subsidence.values(), *ground.pits.values(), *ground.heaps.values()]
    prone = [belt, *strips, *[one.buffer(160) for one in mines], *[one.buffer(150) for one in banks]]
    fringe = [
        (ribbon(lines.gullies["梁家沟"], 110, 134, 0.3, 1200), 1.0),
        (ribbon(lines.gullies["巴音赛河"], 90, 135, 0.3, 1200), 0.8),
        (ribbon(lines.haul["运煤大通道"], 80, 136, 0.25), 0.6),
    ]

    def moderate(width: float) -> BaseGeometry:
        return soft(unary_union([one.buffer(width) for one in prone]), 70)

    def prone_or_low(inner: BaseGeometry, width: float) -> BaseGeometry:
        east = inner.buffer(width).intersection(Polygon([(-6500, -9e3), (9e3, -9e3), (9e3, 9e3), (-6500, 9e3)]))
        parts = [inner, east, *[one.buffer(width * share) for one, share in fringe]]
        return soft(unary_union(parts), 60).union(inner)

    def share(inner: BaseGeometry, outer: BaseGeometry, name: str) -> float:
        return faces_of(lines.district, inner, outer).shares[name]

    width = solve(lambda w: share(moderate(w), moderate(w), "中易发区"), SHARES["中易发区"], -160, 500)
    inner = moderate(width)
    outside = solve(lambda w: share(inner, prone_or_low(inner, w), "低易发区"), SHARES["低易发区"], 2, 400)
    return faces_of(lines.district, inner, prone_or_low(inner, outside))


def faces_of(district: Polygon, inner: BaseGeometry, outer: BaseGeometry) -> Coverage:
    """Cut the district along both outlines; small scraps go to the neighbour with the longest common edge."""
    work = unary_union([district.exterior, inner.boundary, outer.boundary])
    faces = [one for one in polygonize(work) if district.contains(one.representative_point())]
    named = []
    for one in faces:
        inside = one.representative_point()
        name = "中易发区" if inner.contains(inside) else "低易发区" if outer.contains(inside) else "不发育区"
        named.append((name, one))
    named.sort(key=lambda pair: -pair[1].area)
    kept = [list(pair) for pair in named if pair[1].area >= 60_000]
    for _name, scrap in (pair for pair in named if pair[1].area < 60_000):
        best = max(kept, key=partial(_common_edge, scrap))
        best[1] = max(get_parts(unary_union([best[1], scrap])), key=lambda p: p.area)
    faces = merged_faces(kept)
    areas = dict.fromkeys(SHARES, 0.0)
    for name, face in faces:
        areas[name] += area_km2(to_degrees(face))
    total = sum(areas.values())
    return Coverage(faces, {name: 100 * one / total for name, one in areas.items()})


def _common_edge(scrap: Polygon, pair: Sequence[object]) -> float:
    edge: float = scrap.boundary.intersection(pair[1]).length
    return edge


def merged_faces(pairs: Sequence[Sequence[object]]) -> list[tuple[str, Polygon]]:
    """Faces of one class that touch along an edge become one, so that no class is cut within itself."""
    result: list[tuple[str, Polygon]] = []
    for name in SHARES:
        joined = unary_union([pair[1] for pair in pairs if pair[0] == name])
        result += [(name, one) for one in sorted(get_parts(joined), key=lambda p: -p.area)]
    return result


def solve(measure: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """The width at which a growing share meets `wanted` percent, to a ten-thousandth of a point."""
    for _ in range(40):
        middle = (low + high) / 2
        found = measure(middle)
        if abs(found - wanted) < 1e-4:
            return middle
        low, high = (middle, high) if found < wanted else (low, middle)
    return (low + high) / 2


def soft(shape: BaseGeometry, radius: float) -> BaseGeometry:
    """Corners rounded both ways, holes and islets below 0.15 km² closed."""
    eased = shape.buffer(radius).buffer(-2 * radius).buffer(radius).simplify(1.8)
    kept = []
    for part in get_parts(eased):
        if part.area > 150_000:
            kept.append(Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > 150_000]))
    return unary_union(kept)


def outline(shapes: Sequence[BaseGeometry], margin: float, seed: int, ratio: float = 0.35) -> Polygon:
    """One eased outline around several shapes (a settlement around its houses)."""
    around = (
        concave_hull(unary_union([one.buffer(margin * 0.5) for one in shapes]), ratio)
        .buffer(margin)
        .buffer(-margin * 0.35)
    )
    big = max(get_parts(around), key=lambda p: p.area)
    knots = [LineString(big.exterior).interpolate(t, normalized=True).coords[0] for t in np.linspace(0, 1, 22)[:-1]]
    shape = Polygon(wobble(spline(knots, 14, closed=True), [(300, 5), (120, 2)], seed))
    return thin(max(get_parts(make_valid(shape)), key=lambda p: p.area), 1.0)


def joined(lines: Sequence[LineString]) -> LineString:
    """Several lines as one where they meet end to end."""
    return line_merge(unary_union(list(lines)))
