"""Fewer corners (抽稀) or rounder ones (圆滑), with borders that neighbours share kept in common."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits.precision import REACH, corner_set, name_of, refuse_unusable, settled
from geohazard_desktop.workspace.edits.vertices import Place, geometry_of, rings_of
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed

Array = NDArray[np.float64]
_CUT = 0.25  # Chaikin's corner cutting: a quarter of a side at each end
_SUM = 0.75  # later rounds cut the new corners again: a quarter, a sixteenth … more, four thirds in all


@dataclass(frozen=True, slots=True)
class Generalised:
    """An edit and its figures: corners before and after, and how far (metres) a border moved at most."""

    edit: Edit
    before: int
    after: int
    deviation_m: float


def simplify(
    definitions: Definitions,
    features: Sequence[Feature],
    tolerance: float,
    *,
    neighbours: Sequence[Feature] = (),
    sharing: bool = False,
) -> Generalised:
    """Leave out corners that matter less than `tolerance` metres.

    With `sharing`, areas are thinned as one coverage (shapely.coverage_simplify), so that corners where borders part
    stay; a corner that goes from a border goes from the neighbour's too. Raises EditRefused for a faulty result.
    """
    _refuse_unfit(definitions, features)
    near = [one for one in neighbours if one.uid not in {own.uid for own in features} and one.geometry is not None]
    shapes: list[BaseGeometry] = []
    if sharing and definitions[features[0].layer].geometry == "polygon":
        whole = [one.geometry for one in (*features, *near)]
        shapes = list(shapely.coverage_simplify(whole, tolerance))[: len(features)]
    else:
        near = []
        shapes = [shapely.simplify(one.geometry, tolerance, preserve_topology=True) for one in features]
    pairs = list(zip(features, (_multi(definitions, features[0], one) for one in shapes), strict=True))
    gone = corner_set(one.geometry for one in features) - corner_set(shapes)
    others = [(one, _without(one, gone)) for one in near]
    pairs += [(one, shape) for one, shape in others if shape is not None]
    return _generalised(definitions, features, pairs, _("抽稀"), tolerance)


def smooth(
    definitions: Definitions,
    features: Sequence[Feature],
    tolerance: float,
    *,
    rounds: int = 2,
    neighbours: Sequence[Feature] = (),
    sharing: bool = False,
) -> Generalised:
    """Cut corners off `rounds` times, so that no border moves by more than `tolerance` metres.

    Ends of lines stay; with `sharing` corners where borders part stay, and a neighbour gets the same round corners.
    """
    _refuse_unfit(definitions, features)
    own = {one.uid for one in features}
    near = [one for one in neighbours if sharing and one.uid not in own and one.geometry is not None]
    kind = definitions[features[0].layer].geometry
    together = [*features, *near] if sharing else []
    fixed = _partings(kind, together)
    rounded: dict[Place, tuple[Place, list[Place]]] = {}
    pairs: list[tuple[Feature, BaseGeometry]] = []
    known = corner_set(one.geometry for one in features)
    for one in features:
        assert one.geometry is not None
        rings = rings_of(one.geometry)
        for part in rings:
            for ring, corners in enumerate(part):
                part[ring] = _rounded(corners, tolerance, rounds, fixed, rounded, closed=kind == "polygon")
        pairs.append((one, settled(geometry_of(kind, rings), known)))
    for one in near:
        shape = _with_rounded(kind, one, rounded)
        if shape is not None:
            pairs.append((one, settled(shape, corner_set([one.geometry]))))
    return _generalised(definitions, features, pairs, _("圆滑"), tolerance)


def _generalised(
    definitions: Definitions,
    features: Sequence[Feature],
    pairs: Sequence[tuple[Feature, BaseGeometry]],
    verb: str,
    tolerance: float,
) -> Generalised:
    deltas: list[Delta] = []
    deviation = 0.0
    for one, shape in pairs:
        assert one.geometry is not None
        if shape.equals_exact(one.geometry, 0.0):
            continue
        refuse_unusable(definitions[one.layer].geometry, shape, called(definitions, one))
        deltas.append(changed(one, one.with_geometry(shape)))
        deviation = max(deviation, deviation_of(one.geometry, shape))
    own = {one.uid for one in features}
    counts = [(corner_count(one.geometry), corner_count(shape)) for one, shape in pairs if one.uid in own]
    before, after = (sum(column) for column in zip(*counts, strict=True))
    along = sum(one.uid not in own for one in deltas)
    words = _("{verb}{names}（容差 {metres} 米），拐点 {before} 个变 {after} 个").format(
        verb=verb,
        names=led(followed(called_all(definitions, features))).rstrip(),
        metres=f"{tolerance:g}",
        before=before,
        after=after,
    )
    if along:
        words += _("，连同 {count} 个相邻要素的共用边").format(count=along)
    return Generalised(Edit(words, deltas), before, after, deviation)


def deviation_of(old: BaseGeometry, new: BaseGeometry) -> float:
    """How far (metres) the two borders or lines are apart at most, looked at from the corners of both."""
    return float(shapely.hausdorff_distance(_edges(old), _edges(new)))


def corner_count(geometry: BaseGeometry | None) -> int:
    """Corners of a geometry; a ring's closing corner is its first one."""
    return sum(len(ring) for part in rings_of(geometry) for ring in part) if geometry is not None else 0


def _edges(geometry: BaseGeometry) -> BaseGeometry:
    return geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry


def _multi(definitions: Definitions, feature: Feature, geometry: BaseGeometry) -> BaseGeometry:
    kind = definitions[feature.layer].geometry
    make = shapely.multipolygons if kind == "polygon" else shapely.multilinestrings
    return make([one for one in shapely.get_parts(geometry) if not one.is_empty])


def _without(feature: Feature, gone: Collection[Place]) -> BaseGeometry | None:
    """A neighbour without the corners that went from the border it shares; None when it has none of them."""
    assert feature.geometry is not None
    rings = rings_of(feature.geometry)
    hit = False
    for part in rings:
        for ring, corners in enumerate(part):
            kept = np.array([(east, north) not in gone for east, north in corners.tolist()])
            if not kept.all() and kept.sum() >= 3:
                part[ring] = corners[kept]
                hit = True
    return geometry_of("polygon", rings) if hit else None


def _partings(kind: GeometryKind, features: Sequence[Feature]) -> set[Place]:
    """Corners of areas where more than one border leads on: they belong to several, so they stay."""
    if kind != "polygon":
        return set()
    beside: dict[Place, set[Place]] = {}
    boundaries = [one.geometry.boundary for one in features if one.geometry is not None]
    for one in features:
        if one.geometry is None:
            continue
        for part in rings_of(one.geometry):
            for corners in part:
                places = [(float(e), float(n)) for e, n in corners]
                for index, place in enumerate(places):
                    beside.setdefault(place, set()).update({places[index - 1], places[(index + 1) % len(places)]})
    found = {place for place, others in beside.items() if len(others) > 2}
    for one, boundary in zip(features, boundaries, strict=True):
        # A corner that rests on a neighbour's straight side would leave it.
        own = corner_set([one.geometry])
        others = [place for place in beside if place not in own]
        if others:
            near = shapely.distance(shapely.points(others), boundary) <= REACH
            found |= {place for place, hit in zip(others, near, strict=True) if hit}
    return found


def _rounded(
    corners: Array,
    tolerance: float,
    rounds: int,
    fixed: Collection[Place],
    rounded: dict[Place, tuple[Place, list[Place]]],
    *,
    closed: bool,
) -> Array:
    """One ring or line with its corners cut; `rounded` learns what came in place of each corner, seen from the
    corner before it."""
    places = [(float(e), float(n)) for e, n in corners]
    points: list[tuple[Place, int, bool]] = [
        (place, index, place in fixed or (not closed and index in (0, len(places) - 1)))
        for index, place in enumerate(places)
    ]
    for _round in range(rounds):
        points = _cut_once(points, tolerance * _SUM / 4**_round, closed=closed)
    groups: dict[int, list[Place]] = {}
    for place, index, _stays in points:
        groups.setdefault(index, []).append(place)
    for index, group in groups.items():
        rounded[places[index]] = (places[index - 1], group)
    return np.array([place for place, _index, _stays in points])


def _cut_once(
    points: Sequence[tuple[Place, int, bool]], reach: float, *, closed: bool
) -> list[tuple[Place, int, bool]]:
    made: list[tuple[Place, int, bool]] = []
    count = len(points)
    for number, (place, index, stays) in enumerate(points):
        if stays or (not closed and number in (0, count - 1)):
            made.append((place, index, stays))
            continue
        here = np.array(place)
        back = np.array(points[number - 1][0]) - here
        on = np.array(points[(number + 1) % count][0]) - here
        lengths = float(np.hypot(*back)), float(np.hypot(*on))
        if min(lengths) < REACH:
            made.append((place, index, stays))
            continue
        unit_back, unit_on = back / lengths[0], on / lengths[1]
        # Cut by d on both sides the chord passes the corner at d · |u + v| / 2.
        rise = float(np.hypot(*(unit_back + unit_on))) / 2
        cut = min(_CUT * min(lengths), reach / max(rise, 1e-9))
        for unit in (unit_back, unit_on):
            found = here + unit * cut
            made.append(((float(found[0]), float(found[1])), index, False))
    return made


def _with_rounded(
    kind: GeometryKind, feature: Feature, rounded: Mapping[Place, tuple[Place, list[Place]]]
) -> BaseGeometry | None:
    assert feature.geometry is not None
    rings = rings_of(feature.geometry)
    hit = False
    for part in rings:
        for ring, corners in enumerate(part):
            places = [(float(e), float(n)) for e, n in corners]
            new: list[Place] = []
            for index, place in enumerate(places):
                before, group = rounded.get(place, ((0.0, 0.0), [place]))
                hit = hit or len(group) > 1
                new += group if len(group) == 1 or before == places[index - 1] else group[::-1]
            part[ring] = np.array(new)
    return geometry_of(kind, rings) if hit else None


def _refuse_unfit(definitions: Definitions, features: Sequence[Feature]) -> None:
    if not features or len({one.layer for one in features}) != 1:
        raise EditRefused(_("要选同一图层的面或线。"), _("请先选中要改的要素。"))
    for one in features:
        if one.geometry is None or one.geometry.is_empty or definitions[one.layer].geometry not in ("polygon", "line"):
            raise EditRefused(_("{name}没有可以改的边线。").format(name=name_of(definitions, one)), _("请选面或线。"))
