"""Which danger zone's signal calls a household: the one judgement of papers and checks."""

from collections.abc import Iterable, Mapping

import shapely

from geohazard_desktop.workspace.feature import Feature


class CallingZones:
    """`zones` are those that warn, in file order; `of_route` says by the uid of each route, also of one that is over,
    of which zone (uid) it is."""

    def __init__(self, zones: Iterable[Feature], of_route: Mapping[str, str]) -> None:
        self._zones = {one.uid: one for one in zones}
        self._of_route = of_route
        self._drawn = [one for one in self._zones.values() if one.geometry is not None]
        self._tree = shapely.STRtree([one.geometry for one in self._drawn])

    def of(self, household: Feature) -> Feature | None:
        """Set by hand, else the first one that the house lies in or at whose edge it stands, else that of the route it
        was given."""
        by_hand = self._zones.get(household.text("danger_zone"))
        if by_hand is not None:
            return by_hand
        if household.geometry is not None and not household.geometry.is_empty:
            around = self._tree.query(household.geometry, predicate="intersects")
            if len(around):
                return self._drawn[int(around.min())]
        return self._zones.get(self._of_route.get(household.text("evacuation_route"), ""))
