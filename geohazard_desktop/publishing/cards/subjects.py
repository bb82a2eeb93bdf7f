"""Who gets a card: the households or hazard points of a part of the district, in the order of a walk."""

from collections.abc import Collection, Mapping, Sequence
from math import hypot, inf

from geohazard_desktop.analysis.called_households import CalledHouseholds
from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Place = tuple[float, float]  # metres: east, north
Offices = Mapping[str, Place]
VISITED = ("household", "hazard_point")  # whose papers are carried along a walk
_OFFICE = "政府机关"
_OFFICE_NAMES = ("办事处", "人民政府", "政府")
_CALLED = ("id", "name", "unified_code")  # what a place is asked for by
_TOLD = 8
_PARTS = ("subdistrict", "community", "group")


def subjects_of(facts: CardFacts, layer: str, *, uids: Collection[str] | None = None, part: str = "") -> list[Feature]:
    """Hazard points or households in residence, in visiting order: those of `uids`, and of `part`, which is the name or
    number of a danger zone, a hazard point, a 街道, a 社区, a 组. Raises ExportRefused where nothing is called so."""
    found = [one for one in counted(facts.ws.table(layer)) if uids is None or one.uid in uids]
    if part.strip():
        wanted = part.strip()
        called = {one.uid for one in called_at(facts, wanted)} if layer == VISITED[0] else set()
        belongs = [one for one in found if one.uid in called or wanted in names_of(facts, one)]
        if not belongs and found:
            raise ExportRefused(
                _("要出的{layer}里，没有一个属于“{part}”。").format(
                    layer=facts.ws.definition(layer).title, part=wanted
                ),
                _("请写危险区或隐患点的编号、名称，或街道（镇）、社区（村）的全名；空着就是全部。"),
            )
        found = belongs
    return visiting_order(found, offices_of(facts.ws))


def called_at(facts: CardFacts, part: str, *, away: bool = False) -> list[Feature]:
    """The households that are called at whatever has the name or number `part`; with `away` those of them that stand
    outside its danger zone and leave with it."""
    called = CalledHouseholds(facts.ws, facts.zones.values())
    places = [*facts.zones.values(), *facts.hazard_points.values()]
    if "subdistrict" in facts.ws.definitions:
        places += facts.ws.attributes("subdistrict")
    meant = [one for one in places if part in {one.text(name) for name in _CALLED if name in one.values}]
    return [home for one in meant for home in (called.away_of(one) if away else called.of(one))]


def away_note(facts: CardFacts, part: str, subjects: Sequence[Feature]) -> list[str]:
    """A sentence on those of `subjects` that were picked by `part` and stand outside the zone: nobody looks for them
    there."""
    wanted = part.strip()
    away = {one.uid for one in called_at(facts, wanted, away=True)} if wanted else set()
    found = [one.text("id") or one.uid[:8] for one in subjects if one.uid in away]
    if not found:
        return []
    words = _("“{part}”其中 {count} 户在区外、归本区撤离：{numbers}。")
    told = "、".join(found[:_TOLD]) + (_("等") if len(found) > _TOLD else "")
    return [words.format(part=wanted, count=len(found), numbers=told)]


def names_of(facts: CardFacts, subject: Feature) -> set[str]:
    """By what a household or hazard point can be asked for: its streets, its zone, its hazard point."""
    names = {subject.text(one) for one in _PARTS}
    at_point = subject.layer == "hazard_point"
    zone = facts.zone_of_point(subject) if at_point else facts.zone_of(subject)
    hazard = subject if at_point else facts.hazard_of(subject, zone)
    for one in (zone, hazard):
        if one is not None:
            names |= {one.text("id"), one.text("name")}
    if hazard is not None:
        names.add(hazard.text("unified_code"))
    return names - {""}


def visiting_order(subjects: Sequence[Feature], offices: Offices | None = None) -> list[Feature]:
    """By 街道; within it a walk, always on to the nearest, that does one 社区 and 组 after the other. It begins at the
    街道's office, or at the north-west corner where nobody knows that; who has no place comes last, by number."""
    streets: dict[str, list[Feature]] = {}
    for one in subjects:
        streets.setdefault(one.text(_PARTS[0]), []).append(one)
    order: list[Feature] = []
    for street in sorted(streets, key=lambda name: (not name, name)):
        order += _through(streets[street], (offices or {}).get(street))
    return order


def walk(subjects: Sequence[Feature], office: Place | None = None) -> list[Feature]:
    """From the office always on to the nearest, whatever group it belongs to; who has no place comes last."""
    return _walked(subjects, office)[0]


def offices_of(ws: Workspace) -> dict[str, Place]:
    """By 街道 or 镇 where its office stands: the facility of the kind 政府机关 that is named after it."""
    if not {"facility", "subdistrict"} <= ws.definitions.keys():
        return {}
    offices = [one for one in ws.table("facility") if one.text("kind") == _OFFICE and place_of(one) is not None]
    found: dict[str, Place] = {}
    for unit in ws.attributes("subdistrict"):
        name = unit.text("name")
        for one in offices:
            if name and one.text("name") in (f"{name}{end}" for end in _OFFICE_NAMES):
                at = place_of(one)
                assert at is not None
                found[name] = at.x, at.y
    return found


def _through(subjects: Sequence[Feature], office: Place | None) -> list[Feature]:
    """A street's groups: on to the group of whoever is nearest."""
    groups: dict[tuple[str, ...], list[Feature]] = {}
    for one in sorted(subjects, key=lambda one: tuple((not one.text(part), one.text(part)) for part in _PARTS)):
        groups.setdefault(tuple(one.text(part) for part in _PARTS), []).append(one)
    places = {key: [at for one in ones if (at := _at(one)) is not None] for key, ones in groups.items()}
    here = office or _corner([at for ones in places.values() for at in ones])
    order: list[Feature] = []
    while groups:
        key = min(groups, key=lambda one: min((_far(at, here) for at in places[one]), default=inf))
        walked, here = _walked(groups.pop(key), here)
        order += walked
    return order


def _walked(subjects: Sequence[Feature], start: Place | None) -> tuple[list[Feature], Place | None]:
    """The walk, and where it ends."""
    by_number = sorted(subjects, key=lambda one: (one.text("id"), one.uid))
    places = {one.uid: at for one in by_number if (at := _at(one)) is not None}
    left = {one.uid: one for one in by_number if one.uid in places}
    here = start or _corner(list(places.values()))
    walked: list[Feature] = []
    while left:
        nearest = min(left, key=lambda uid: _far(places[uid], here))
        here = places[nearest]
        walked.append(left.pop(nearest))
    return walked + [one for one in by_number if one.uid not in places], here


def _at(subject: Feature) -> Place | None:
    at = place_of(subject)
    return None if at is None else (at.x, at.y)


def _corner(places: Sequence[Place]) -> Place | None:
    return (min(x for x, _y in places), max(y for _x, y in places)) if places else None


def _far(at: Place, here: Place | None) -> float:
    return 0.0 if here is None else hypot(at[0] - here[0], at[1] - here[1])
