"""The straight leg from a door to its route is short, or somebody wrote how to walk it."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "household_door"
TITLE = _("家门到路线的走法")


def find(office: Office) -> Iterator[Finding]:
    far = parameter("way", "door_leg_far_m")
    for one, way in office.judged_ways():
        if way.metres_door > far and not one.text("door_note"):
            sentence = _("{name}的家门到路线直线有 {metres:.0f} 米，请现场核实并写明到路口的走法。").format(
                name=office.called(one), metres=way.metres_door
            )
            yield office.finding(RULE, one, sentence, about="far")
