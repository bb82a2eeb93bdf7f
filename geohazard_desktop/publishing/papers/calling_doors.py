"""Whom to call when the signal of a danger zone, a hazard point or a 街道 comes: every door, each once."""

from collections.abc import Sequence

import shapely

from geohazard_desktop.analysis.counted_today import counted, residents_in
from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.subjects import offices_of, visiting_order
from geohazard_desktop.workspace.feature import Feature, split_list

ZONE, POINT, STREET, FACILITY, HOUSEHOLD = "danger_zone", "hazard_point", "subdistrict", "facility", "household"


class CallingDoors:
    """Households in residence and facilities; reads the workspace once."""

    def __init__(self, facts: CardFacts) -> None:
        self.facts = facts
        self.ws = facts.ws
        self._offices = offices_of(facts.ws)
        self._homes = residents_in(facts.ws)
        self._doors: dict[str, list[Feature]] = {}

    def of(self, subject: Feature) -> list[Feature]:
        """Households in residence and facilities of a zone, point or 街道, each kind in visiting order."""
        if subject.uid not in self._doors:
            found = {ZONE: self._of_zone, POINT: self._of_point, STREET: self._of_street}[subject.layer](subject)
            homes = visiting_order([one for one in found if one.layer == HOUSEHOLD], self._offices)
            self._doors[subject.uid] = homes + [one for one in found if one.layer == FACILITY]
        return self._doors[subject.uid]

    def over(self, subject: Feature) -> bool:
        """Whether it is a danger zone that was lifted, whose signal calls nobody."""
        return subject.layer == ZONE and self.facts.layers.states.get(subject.uid) == lifted()

    def _of_zone(self, zone: Feature) -> list[Feature]:
        if self.over(zone):
            return []
        return [*residents_of(self.ws, zone).households, *self._facilities(zone)]

    def _of_point(self, point: Feature) -> list[Feature]:
        zone = self.facts.zone_of_point(point)
        found = [] if zone is None else self._of_zone(zone)
        known = {one.uid for one in found}
        named = [one for one in self._homes if one.text(POINT) == point.uid and one.uid not in known]
        return [*found, *named]

    def _of_street(self, street: Feature) -> list[Feature]:
        name = street.text("name").strip()
        homes = [one for one in self._homes if one.text(STREET).strip() == name]
        found = {one.uid: one for one in homes}
        for zone in self.facts.zones.values():
            for one in self._of_zone(zone) if name in map(str.strip, split_list(zone[STREET])) else ():
                if one.layer == FACILITY or not one.text(STREET).strip():
                    found.setdefault(one.uid, one)
        return list(found.values())

    def _facilities(self, zone: Feature) -> list[Feature]:
        """What stands in a zone and has somebody in it or somebody to call."""
        shape = zone.geometry
        if shape is None or not measurable(shape):
            return []
        inside = counted(features_inside(self.ws, FACILITY, shapely.make_valid(shape)))
        return [one for one in inside if one["people"] or one.text("contact") or one.text("phone")]

    def left_over(self, subjects: Sequence[Feature]) -> list[str]:
        """A sentence on households in residence that stand on no list of `subjects`."""
        known = {one.uid for subject in subjects for one in self.of(subject)}
        left = [one.text("id") or one.uid[:8] for one in self._homes if one.uid not in known]
        if not left:
            return []
        told = "、".join(left[:8]) + (_("等") if len(left) > 8 else "")
        return [
            _("{count} 户不在这些名单上：{numbers}。要叫他们，请登记所属的危险区、隐患点或街道。").format(
                count=len(left), numbers=told
            )
        ]

    def zone_at(self, door: Feature) -> Feature | None:
        """The zone whose signal calls a door: a household's own, else the first that has the door among its own."""
        zone = self.facts.zone_of(door) if door.layer == HOUSEHOLD else None
        if zone is None:
            held = (one for one in self.facts.zones.values() if door.uid in {other.uid for other in self.of(one)})
            zone = next(held, None)
        return zone
