"""A route crosses a river only by a bridge that stands above the flood."""

from collections.abc import Iterator

from geohazard_desktop.analysis.channels import CORRIDORS, RIVERS, channels
from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.water_crossings import unbridged
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, has_shape
from geohazard_desktop.common.texts import _

RULE = "route_crosses_channel"
TITLE = _("路线横穿河道")


def find(office: Office) -> Iterator[Finding]:
    corridors = channels(*([one for one in office.features(layer) if has_shape(one)] for layer in (CORRIDORS, RIVERS)))
    bridges = office.features("bridge")
    for one in office.judged("evacuation_route"):
        line = route_line(one, office.referred(one, "shelter"))
        if line is None:
            continue
        for crossing in unbridged(line, corridors, bridges):
            sentence = _("{name}走到第 {metres:.0f} 米处进入{river}，那里没有桥，汛期过不去，请改道。").format(
                name=office.called(one), metres=crossing.start_m, river=office.called(crossing.area)
            )
            yield office.finding(RULE, one, sentence, crossing.place, about=crossing.area.uid)
