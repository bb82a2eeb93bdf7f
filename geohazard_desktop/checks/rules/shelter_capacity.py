"""A shelter holds the people whose route ends there."""

from collections.abc import Iterator

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.shelter_room import people_sent, places_of
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "shelter_capacity"
TITLE = _("安置点容量不够")


def find(office: Office) -> Iterator[Finding]:
    routes = {one.uid: one for one in office.features("evacuation_route")}
    people = people_sent(counted(office.features("household"), office.today), routes)
    for one in office.judged_today("shelter"):
        capacity, assigned = places_of(one), people.get(one.uid, 0)
        if capacity is not None and assigned > capacity:
            sentence = _("{name}可容 {capacity} 人，安排了 {assigned} 人，请分到别的安置点。").format(
                name=office.called(one), capacity=capacity, assigned=assigned
            )
            yield office.finding(RULE, one, sentence)
