"""What all ways along one route share, worked out once: its stretches with what stands beside them, ground lengths, and
which zones and channels it meets. A district has twenty routes and ten thousand doors."""

from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point

from geohazard_desktop.analysis.directions import Beside, Leg, Stretch, legs_of, named_beside, stretch_of
from geohazard_desktop.analysis.measures import edge_lengths
from geohazard_desktop.analysis.surroundings import Neighbourhood
from geohazard_desktop.analysis.way_lengths import beside_no_turn, ground_scale
from geohazard_desktop.analysis.way_remarks import WayRemark, end_remarks
from geohazard_desktop.analysis.way_words import place_of
from geohazard_desktop.workspace.feature import Feature

_SAME_M = 1e-6  # a corner so near to where one joins is that place


class RouteGround:
    """A route as `line` in walking direction (metres of `epsg`) with what lies around it in `near`."""

    def __init__(
        self, line: LineString, route: Feature, shelter: Feature | None, near: Neighbourhood, epsg: int
    ) -> None:
        self.line, self.route, self.shelter, self.near, self.epsg = line, route, shelter, near, epsg
        self.corners = shapely.get_coordinates(line)
        self._along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(self.corners, axis=0).T))])
        self._around = near.around(line, place_of(shelter))
        self._bridges = named_beside(line, self._around.bridges)
        self.landmarks = named_beside(line, self._around.landmarks)
        self.zones = near.met(line).zones
        self.corridors = near.met(line).corridors
        self._stretches: dict[Leg, Stretch] = {}

    @cached_property
    def whole(self) -> list[Leg]:
        """The stretches of the route, walked from its start."""
        return legs_of(self.line)

    @cached_property
    def scale(self) -> float:
        return ground_scale(self.line, self.epsg)

    @cached_property
    def at_no_turn(self) -> Beside:
        """The landmarks that name no turn."""
        return named_beside(self.line, beside_no_turn(self.line, self.whole, self.landmarks.features))

    @cached_property
    def ends(self) -> tuple[WayRemark, ...]:
        """What is to be said of the route and of where it ends, whoever walks it."""
        return end_remarks(self.line, self.route, self.shelter, self._around.zones)

    def stretch(self, leg: Leg) -> Stretch:
        """A stretch with what stands beside it; the route's own are kept."""
        found = self._stretches.get(leg)
        if found is None:
            found = stretch_of(self.line, leg, self.landmarks, self._bridges)
            if leg in self.whole:
                self._stretches[leg] = found
        return found

    def joined_from(self, door: Point) -> tuple[Point, LineString, LineString]:
        """As `way_parts` has it."""
        return cut_at(door, self.line, self.corners, self._along)

    def ground_metres(self, door: Point, join: Point, rest: LineString) -> tuple[float, float]:
        """Ground metres of the straight leg and of the rest of the route; not finite where `door` is on no earth."""
        left = max(len(shapely.get_coordinates(rest)) - 1, 0) if rest.length > 0 else 0
        corner = self.corners[-left] if left else (join.x, join.y)
        leg, first = edge_lengths(np.array([(door.x, door.y), (join.x, join.y), corner]), self.epsg)
        return float(leg), float(first + self._ground_left[-left]) if left else 0.0

    @cached_property
    def _ground_left(self) -> NDArray[np.float64]:
        """Ground metres from each corner to the end."""
        edges = edge_lengths(self.corners, self.epsg)
        return np.concatenate([np.cumsum(edges[::-1])[::-1], [0.0]])


def way_parts(door: Point, line: LineString) -> tuple[Point, LineString, LineString]:
    """Where somebody at `door` joins a route's line, the straight leg to there, and what is left of the line (empty at
    its very end)."""
    corners = shapely.get_coordinates(line)
    return cut_at(door, line, corners, np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))]))


def cut_at(
    door: Point, line: LineString, corners: NDArray[np.float64], along: NDArray[np.float64]
) -> tuple[Point, LineString, LineString]:
    """`way_parts` of a line whose `corners` lie so many metres `along` it."""
    from_m = shapely.line_locate_point(line, door)
    join = shapely.line_interpolate_point(line, from_m)
    leg = shapely.linestrings([(door.x, door.y), (join.x, join.y)])
    left = corners[np.searchsorted(along, from_m + _SAME_M, side="right") :]
    if not len(left):
        return join, leg, LineString()
    rest = np.vstack([[(join.x, join.y)], left])
    return join, leg, shapely.linestrings(rest)
