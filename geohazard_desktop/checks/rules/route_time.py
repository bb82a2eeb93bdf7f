"""A route that takes old people too long needs a nearer shelter or a car: the card would promise what can't be done."""

from collections.abc import Iterator

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.analysis.parameters import parameter, parameter_text
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.walking import walking_minutes

RULE = "route_time"
TITLE = _("路线走得太久")


def find(office: Office) -> Iterator[Finding]:
    most, walker = parameter(RULE, "most_minutes"), parameter_text(RULE, "walker")
    for one in office.judged("evacuation_route"):
        line = route_line(one, office.referred(one, "shelter"), epsg=office.ws.epsg)
        if line is None:
            continue
        metres = geodesic_length(line, office.ws.epsg)
        minutes = walking_minutes(metres)[walker]
        if minutes > most:
            sentence = _(
                "{name}长 {metres:.0f} 米，老人要走 {minutes} 分钟，超过建议的 {most:.0f} 分钟，请增设安置点或派车。"
            ).format(name=office.called(one), metres=metres, minutes=minutes, most=most)
            yield office.finding(RULE, one, sentence)
