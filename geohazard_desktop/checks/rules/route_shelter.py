"""A route ends at the shelter that it names."""

from collections.abc import Iterator

from shapely.geometry import Point

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "route_shelter"
TITLE = _("路线没有到安置点")


def find(office: Office) -> Iterator[Finding]:
    near, far = parameter("way", "shelter_end_m"), parameter(RULE, "mend_m")
    for one in office.judged("evacuation_route"):
        name = office.called(one)
        if not one.text("shelter"):
            yield office.finding(RULE, one, _("{name}没有写明避险安置点，请在属性里选。").format(name=name))
            continue
        shelter = office.referred(one, "shelter")
        line = route_line(one, shelter)
        if shelter is None or shelter.geometry is None or line is None:
            continue
        end = Point(line.coords[-1])
        metres = end.distance(shelter.geometry)
        if metres > near:
            sentence = _("{name}的终点离{shelter}还有 {metres:.0f} 米，请画到安置点。").format(
                name=name, shelter=office.called(shelter), metres=metres
            )
            yield office.finding(RULE, one, sentence, end, about="end", fix="end_to_shelter" if metres <= far else "")
