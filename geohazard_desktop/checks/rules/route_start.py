"""A route begins in its danger zone and ends outside it."""

from collections.abc import Iterator

from shapely.geometry import Point

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "route_start"
TITLE = _("路线起点终点不对")


def find(office: Office) -> Iterator[Finding]:
    near = parameter(RULE, "near_m")
    for one in office.judged("evacuation_route"):
        name = office.called(one)
        zone = office.referred(one, "danger_zone")
        if not one.text("danger_zone"):
            yield office.finding(RULE, one, _("{name}没有写明属于哪个危险区，请在属性里选。").format(name=name))
            continue
        line = route_line(one, office.referred(one, "shelter"))
        if line is None:
            sentence = _("{name}不是连续的一条线，量不出走法，请把断开处接上。").format(name=name)
            yield office.finding(RULE, one, sentence)
            continue
        if zone is None or zone.geometry is None:
            continue
        start, end = Point(line.coords[0]), Point(line.coords[-1])
        if zone.geometry.distance(start) > near:
            sentence = _("{name}的起点离{zone}还有 {metres:.0f} 米，里面的人接不上，请从危险区里画起。").format(
                name=name, zone=office.called(zone), metres=zone.geometry.distance(start)
            )
            fix = "start_to_zone" if zone.geometry.distance(start) <= parameter(RULE, "mend_m") else ""
            yield office.finding(RULE, one, sentence, start, about="start", fix=fix)
        if zone.geometry.intersects(end):
            sentence = _("{name}的终点还在{zone}里面，请画到区外的安置点。").format(name=name, zone=office.called(zone))
            yield office.finding(RULE, one, sentence, end, about="end")
