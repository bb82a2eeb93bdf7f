"""A route leads out of its danger zone and through no other one."""

from collections.abc import Iterator

from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "route_through_zone"
TITLE = _("路线穿过危险区")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged("evacuation_route"):
        line = route_line(one, office.referred(one, "shelter"))
        if line is None:
            continue
        for crossing in crossings(line, office.zones):
            if crossing.leading:
                continue  # whoever lives in a zone can't but start in it
            again = crossing.area.uid == one.text("danger_zone")
            word = (
                _("{name}走到第 {metres:.0f} 米处又进入{zone}，请改道。")
                if again
                else _("{name}走到第 {metres:.0f} 米处穿过{zone}，请改道。")
            )
            sentence = word.format(name=office.called(one), metres=crossing.start_m, zone=office.called(crossing.area))
            yield office.finding(RULE, one, sentence, crossing.place, about=crossing.area.uid)
