"""Which households are called when the signal of a danger zone, a hazard point or a 街道 comes.

One judgement for calling lists and for whoever picks the households of a place: who is called there gets the papers.
"""

from collections.abc import Iterable

from geohazard_desktop.analysis.counted_today import residents_in
from geohazard_desktop.analysis.hazard_links import POINTS, zone_of_point
from geohazard_desktop.analysis.zone_residents import Residents, residents_of
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.workspace.feature import Feature, split_list
from geohazard_desktop.workspace.workspace import Workspace

STREETS = "subdistrict"


class CalledHouseholds:
    """`zones` are those that warn: all but the lifted ones, whose signal calls nobody."""

    def __init__(self, ws: Workspace, zones: Iterable[Feature]) -> None:
        self._ws = ws
        self._zones = {one.uid: one for one in zones}
        self._homes: list[Feature] | None = None
        self._residents: dict[str, Residents] = {}

    def of(self, place: Feature) -> list[Feature]:
        """Households in residence, each once: of a zone whoever belongs to it or was given one of its routes; of a
        point those of its zone and who names it; of a 街道 who lives there, and who says no street and is called by a
        zone of it."""
        if place.layer == ZONES:
            return list(self.residents(place).households)
        return self._of_point(place) if place.layer == POINTS else self._of_street(place)

    def residents(self, zone: Feature) -> Residents:
        """Nobody's, where the zone is none of those that warn."""
        if zone.uid not in self._residents:
            self._residents[zone.uid] = residents_of(self._ws, self._zones.get(zone.uid))
        return self._residents[zone.uid]

    def away_of(self, place: Feature) -> list[Feature]:
        """Those of a zone, or of a point's zone, that stand outside and leave with it."""
        zone = self._zone_of_point(place) if place.layer == POINTS else place
        return [] if zone is None or zone.layer != ZONES else list(self.residents(zone).away)

    def zones_of_street(self, street: Feature) -> list[Feature]:
        name = street.text("name").strip()
        return [one for one in self._zones.values() if name in map(str.strip, split_list(one[STREETS]))]

    def _of_point(self, point: Feature) -> list[Feature]:
        zone = self._zone_of_point(point)
        found = [] if zone is None else self.of(zone)
        known = {one.uid for one in found}
        return [*found, *(one for one in self._all() if one.text(POINTS) == point.uid and one.uid not in known)]

    def _of_street(self, street: Feature) -> list[Feature]:
        name = street.text("name").strip()
        found = {one.uid: one for one in self._all() if one.text(STREETS).strip() == name}
        for zone in self.zones_of_street(street):
            for one in self.of(zone):
                if not one.text(STREETS).strip():
                    found.setdefault(one.uid, one)
        return list(found.values())

    def _zone_of_point(self, point: Feature) -> Feature | None:
        return zone_of_point(point, self._zones.values())

    def _all(self) -> list[Feature]:
        if self._homes is None:
            self._homes = residents_in(self._ws)
        return self._homes
