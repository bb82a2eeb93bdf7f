"""Whom to call when the signal of a danger zone, a hazard point or a 街道 comes: every door, each once."""

from collections import Counter
from collections.abc import Sequence

from geohazard_desktop.analysis.called_households import CalledHouseholds
from geohazard_desktop.analysis.counted_today import residents_in
from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.workplaces import workplaces_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.subjects import offices_of, visiting_order
from geohazard_desktop.workspace.feature import Feature

ZONE, POINT, STREET, HOUSEHOLD = "danger_zone", "hazard_point", "subdistrict", "household"


_SHARED = 3  # doors from which on a note is said once for all of them


def shared_notes(homes: Sequence[Feature]) -> dict[str, int]:
    """Notes that stand at several doors in the same words: sentences of the kind of hazard, nobody's own."""
    counts = Counter(one.text("notes") for one in homes if one.text("notes"))
    return {note: count for note, count in counts.items() if count >= _SHARED}


class CallingDoors:
    """Households in residence and facilities; reads the workspace once."""

    def __init__(self, facts: CardFacts) -> None:
        self.facts = facts
        self.ws = facts.ws
        self._offices = offices_of(facts.ws)
        self._homes = residents_in(facts.ws)
        self._called = CalledHouseholds(facts.ws, facts.zones.values())
        self._doors: dict[str, list[Feature]] = {}

    def of(self, subject: Feature) -> list[Feature]:
        """Households in residence and facilities of a zone, point or 街道, each kind in visiting order."""
        if subject.uid not in self._doors:
            homes = visiting_order(self._called.of(subject), self._offices)
            self._doors[subject.uid] = homes + self._workplaces(subject)
        return self._doors[subject.uid]

    def over(self, subject: Feature) -> bool:
        """Whether it is a danger zone that was lifted, whose signal calls nobody."""
        return subject.layer == ZONE and self.facts.layers.states.get(subject.uid) == lifted()

    def _workplaces(self, subject: Feature) -> list[Feature]:
        if subject.layer == STREET:
            zones = self._called.zones_of_street(subject)
        else:
            zone = subject if subject.layer == ZONE else self.facts.zone_of_point(subject)
            zones = [] if zone is None or self.over(zone) else [zone]
        found = {one.uid: one for zone in zones for one in workplaces_of(self.ws, zone)}
        return list(found.values())

    def urgency(self, door: Feature) -> int:
        """Whom to fetch first: 0 whoever can't leave alone and has nobody, neither at home nor registered to come;
        1 other households with somebody who can't, or does not hear; 2 whoever walks. A remark counts."""
        pace = self.facts.pace(door) if door.layer == HOUSEHOLD else None
        if pace is None or not pace.helped:
            return 1 if self.unheard(door) else 2
        zone = self.zone_at(door)
        call = self.facts.call(door, zone, self.facts.hazard_of(door, zone))  # a helper who knocks at all doors is busy
        return 0 if pace.alone and not (call and call.free) else 1

    def unheard(self, door: Feature) -> bool:
        """Whether somebody there does not hear, by a remark too: who knocks goes in early, with a torch."""
        return door.layer == HOUSEHOLD and bool(self.facts.deaf_in(door) or self.facts.unheard_in(door))

    def remarked(self, door: Feature) -> str:
        """What the remarks of a household say of somebody who can't walk and whom no member's 行动能力 tells; "" where
        they say nothing of it. Who knocks at night had better come once for nothing."""
        said = self.facts.help_in(door).remarks if door.layer == HOUSEHOLD else ()
        return "；".join(one.rstrip("。") for one in said)

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

    def nowhere(self) -> list[str]:
        """A sentence on households in residence that no list of a zone can have: no place, no zone, no route."""
        ties = (ZONE, POINT, "evacuation_route")
        left = [one for one in self._homes if place_of(one) is None and not any(one.text(tie) for tie in ties)]
        if not left:
            return []
        told = "、".join(one.text("id") or one.uid[:8] for one in left[:8]) + (_("等") if len(left) > 8 else "")
        words = _("{count} 户没有位置，也没有登记危险区，不在任何危险区的名单上：{numbers}。请在属性里选危险区。")
        return [words.format(count=len(left), numbers=told)]

    def zone_at(self, door: Feature) -> Feature | None:
        """The zone whose signal calls a door: a household's own, else the first that has the door among its own."""
        zone = self.facts.zone_of(door) if door.layer == HOUSEHOLD else None
        if zone is None:
            held = (one for one in self.facts.zones.values() if door.uid in {other.uid for other in self.of(one)})
            zone = next(held, None)
        return zone
