"""Who gets a card: the households or hazard points of a part of the district, in the order of a walk."""

from collections.abc import Callable, Collection, Sequence
from math import hypot

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.card_facts import CardFacts
from geohazard_desktop.workspace.feature import Feature

_PARTS = ("subdistrict", "community", "group")


def subjects_of(facts: CardFacts, layer: str, *, uids: Collection[str] | None = None, part: str = "") -> list[Feature]:
    """Hazard points or households in visiting order: those of `uids`, and of `part`, which is the name or number of a
    danger zone, a hazard point, a 街道, a 社区, a 组. Raises ExportRefused where nothing is called so."""
    found = [one for one in facts.ws.table(layer) if uids is None or one.uid in uids]
    if part.strip():
        wanted = part.strip()
        belongs = [one for one in found if wanted in names_of(facts, one)]
        if not belongs and found:
            raise ExportRefused(
                _("要出的{layer}里，没有一个属于“{part}”。").format(
                    layer=facts.ws.definition(layer).title, part=wanted
                ),
                _("请写危险区或隐患点的编号、名称，或街道（镇）、社区（村）的全名；空着就是全部。"),
            )
        found = belongs
    return visiting_order(found)


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


def visiting_order(subjects: Sequence[Feature]) -> list[Feature]:
    """By 街道, 社区 and 组; within each a walk from the north-west corner, always on to the nearest; who has no place
    comes last, by number."""
    groups: dict[tuple[str, ...], list[Feature]] = {}
    for one in subjects:
        groups.setdefault(tuple(one.text(part) for part in _PARTS), []).append(one)
    order: list[Feature] = []
    for key in sorted(groups, key=lambda names: [(not name, name) for name in names]):
        order += _walk(groups[key])
    return order


def _walk(subjects: Sequence[Feature]) -> list[Feature]:
    by_number: Callable[[Feature], tuple[str, str]] = lambda one: (one.text("id"), one.uid)  # noqa: E731
    places = {one.uid: (at.x, at.y) for one in subjects if (at := place_of(one)) is not None}
    left = {one.uid: one for one in sorted(subjects, key=by_number) if one.uid in places}
    walked: list[Feature] = []
    if left:
        here = (min(x for x, _y in places.values()), max(y for _x, y in places.values()))
        while left:
            nearest = min(left, key=lambda uid: hypot(places[uid][0] - here[0], places[uid][1] - here[1]))
            here = places[nearest]
            walked.append(left.pop(nearest))
    return walked + sorted((one for one in subjects if one.uid not in places), key=by_number)
