"""A shelter holds the people whose route ends there."""

from collections.abc import Iterator

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "shelter_capacity"
TITLE = _("安置点容量不够")


def find(office: Office) -> Iterator[Finding]:
    people: dict[str, int] = {}
    for household in counted(office.features("household"), office.today):
        route = office.referred(household, "evacuation_route")
        if route is not None and route.text("shelter"):
            people[route.text("shelter")] = people.get(route.text("shelter"), 0) + int(household["people"] or 0)
    for one in office.judged_today("shelter"):
        capacity = _capacity(one["capacity"], one["area_m2"], one["area_per_person"])
        assigned = people.get(one.uid, 0)
        if capacity is not None and assigned > capacity:
            sentence = _("{name}可容 {capacity} 人，安排了 {assigned} 人，请分到别的安置点。").format(
                name=office.called(one), capacity=capacity, assigned=assigned
            )
            yield office.finding(RULE, one, sentence)


def _capacity(typed: object, area: object, each: object) -> int | None:
    """What was typed, else whole people on the area; None where neither is known."""
    if isinstance(typed, int | float):
        return int(typed)
    if isinstance(area, int | float) and isinstance(each, int | float) and each > 0:
        return int(area // each)
    return None
