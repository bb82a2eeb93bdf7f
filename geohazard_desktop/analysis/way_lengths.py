"""How long a way is on paper: each stretch is rounded once, by one rule, and every total is the sum of what is printed.

A stretch runs from one turn of a route to the next, and the turns are those of the whole route, wherever somebody joins
it. So the same stretch has the same metres on card, large print, drill script, plan and sheet, and whoever adds up the
steps of a card gets its total. The price: a total may lie up to 5 m a stretch beside the measured length, so papers say
约. Rounding the total by itself would be nearer to the ground and would contradict the steps above it; handing the
difference to some of the stretches (as was done) gave one stretch two lengths on two cards. Minutes come from the
measured length, never from what was rounded.
"""

from collections.abc import Sequence
from dataclasses import replace

from shapely.geometry import LineString

from geohazard_desktop.analysis.directions import Leg, legs_of
from geohazard_desktop.analysis.measures import bearing, geodesic_length
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.feature import Feature

NOTHING_M = 5.0  # what rounding to ten metres loses anyhow


def ground_scale(line: LineString, epsg: int) -> float:
    """Ground metres per metre on the plane along a whole route; `line` is not empty."""
    return geodesic_length(line, epsg) / float(line.length)


def printed_metres(line: LineString, epsg: int, *, from_m: float = 0.0) -> int:
    """The length of a route as every paper prints it; `from_m`: from there on (metres on the plane along it)."""
    scale = ground_scale(line, epsg)
    return sum(way_metres(scale * (one.end_m - one.start_m)) for one in legs_from(line, from_m))


def legs_from(line: LineString, from_m: float, whole: Sequence[Leg] | None = None) -> list[Leg]:
    """The stretches of a route for somebody who joins it `from_m` along it: the route's own (`whole`), the
    first cut.

    A first piece as short as a bend that nobody tells (`simplify_m`) goes into the next stretch and its direction; one
    that rounding would lose is left out, so that who joins at a turn reads the same metres as who comes along the
    route. A longer one is told, short as it is: it ends at a turn that has to be found.
    """
    legs = [one for one in (legs_of(line) if whole is None else whole) if one.end_m > from_m]
    if not legs or from_m - legs[0].start_m < NOTHING_M:
        return legs
    left = legs[0].end_m - from_m
    if len(legs) > 1 and left < NOTHING_M:
        return legs[1:]
    if len(legs) > 1 and left < parameter("way", "simplify_m"):
        return [replace(legs[1], start_m=from_m), *legs[2:]]
    return [_cut(line, from_m, legs[0]), *legs[1:]]


def beside_no_turn(line: LineString, whole: Sequence[Leg], landmarks: Sequence[Feature]) -> list[Feature]:
    """Of `landmarks` those that name no turn of a route: who joins it some steps before or behind the tree at a turn
    must not read the metres from there as those from the tree."""
    turns = [line.interpolate(one.end_m) for one in whole[:-1]]
    within = parameter("way", "landmark_at_turn_m")
    return [
        one
        for one in landmarks
        if one.geometry is None or all(one.geometry.distance(place) > within for place in turns)
    ]


def _cut(line: LineString, from_m: float, leg: Leg) -> Leg:
    """`leg` begun at `from_m`, with the direction from there to its end."""
    start, end = line.interpolate(from_m), line.interpolate(leg.end_m)
    return Leg(bearing((start.x, start.y), (end.x, end.y)), from_m, leg.end_m)
