"""No household's way, from its door to the shelter, leads through a danger zone, or back into the one it leaves."""

from collections.abc import Iterator

from geohazard_desktop.analysis.evacuation import route_name
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature

RULE = "household_crosses_zone"
TITLE = _("住户的路要穿过危险区")


def find(office: Office) -> Iterator[Finding]:
    for one, way in office.judged_ways():
        zones = {remark.zone.uid: (remark.zone, remark.aside) for remark in way.remarks if remark.zone is not None}
        if not zones:
            continue
        fix = "clear_way" if office.finder.clear_way(one) is not None else ""
        for zone, aside in zones.values():
            sentence = _told(office, one, way.route, zone) + aside
            yield office.finding(RULE, one, sentence, others=(way.route,), about=zone.uid, fix=fix)


def _told(office: Office, household: Feature, route: Feature, zone: Feature) -> str:
    door = household.geometry
    own = zone.geometry is not None and door is not None and zone.geometry.intersects(door)
    words = (
        _("{name}走{route}会再次走进{zone}，出卡会写先打电话问清再走。请另选路线或改道。")
        if own
        else _("{name}走{route}要穿过{zone}，出卡会写先打电话问清再走。请另选路线或改道。")
    )
    return words.format(name=office.called(household), route=followed(route_name(route)), zone=office.called(zone))
