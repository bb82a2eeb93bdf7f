"""A household in a danger zone has a route that can be walked."""

from collections.abc import Iterator

from geohazard_desktop.analysis.evacuation import BarredWay, NoWay
from geohazard_desktop.analysis.ways_in_force import holding, ways_over
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "household_route"
TITLE = _("危险区住户没有路线")


def find(office: Office) -> Iterator[Finding]:
    houses = list(shaped(list(office.judged_today("household"))))
    if not houses:
        return
    served: dict[str, int] = {}
    for route in holding(office.features("evacuation_route"), ways_over(office.ws)):
        served[route.text("danger_zone")] = served.get(route.text("danger_zone"), 0) + 1
    for one, shape in houses:
        zones = office.zones_at(shape)
        if not zones and not one.text("evacuation_route"):
            continue
        way = office.way_of(one)
        where = _("（在{zone}里）").format(zone=office.called(zones[0])) if zones else ""
        if isinstance(way, NoWay) and not isinstance(way, BarredWay):  # household_crosses_zone tells of those
            only = len(zones) == 1 and served.get(zones[0].uid) == 1 and not one.text("evacuation_route")
            sentence = way.sentence.rstrip("。") + where + "。" + way.remedy
            yield office.finding(RULE, one, sentence, fix="only_route" if only else "")
