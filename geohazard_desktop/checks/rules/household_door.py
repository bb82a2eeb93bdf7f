"""The straight leg from a door to its route is short and crosses no other danger zone."""

from collections.abc import Iterator

from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "household_door"
TITLE = _("家门到路线的走法")


def find(office: Office) -> Iterator[Finding]:
    houses = list(office.judged_today("household"))
    if not houses:
        return
    finder = WayFinder(office.ws)
    far = parameter("way", "door_leg_far_m")
    for one in houses:
        way = finder.way(one)
        if not isinstance(way, HouseholdWay):
            continue  # that is household_route's to say
        name = office.called(one)
        if way.metres_door > far and not one.text("door_note"):
            sentence = _("{name}的家门到路线直线有 {metres:.0f} 米，请现场核实并写明到路口的走法。").format(
                name=name, metres=way.metres_door
            )
            yield office.finding(RULE, one, sentence, about="far")
        for crossing in crossings(way.door_leg, office.zones):
            if not crossing.leading:
                sentence = _("{name}从家门到路线要穿过{zone}，请另画路线或写明绕行的走法。").format(
                    name=name, zone=office.called(crossing.area)
                )
                yield office.finding(RULE, one, sentence, crossing.place, about=crossing.area.uid)
