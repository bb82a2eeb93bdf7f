"""A household in a danger zone has a route that can be walked."""

from collections.abc import Iterator

from geohazard_desktop.analysis.evacuation import NoWay, WayFinder
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "household_route"


def find(office: Office) -> Iterator[Finding]:
    finder = WayFinder(office.ws)
    for one, shape in shaped(office.features("household")):
        zones = office.zones_at(shape)
        if not zones and not one.text("evacuation_route"):
            continue
        way = finder.way(one)
        where = _("（在{zone}里）").format(zone=office.called(zones[0])) if zones else ""
        if isinstance(way, NoWay):
            yield office.finding(RULE, one, way.sentence.rstrip("。") + where + "。" + way.remedy)
