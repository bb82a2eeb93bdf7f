"""Susceptibility zones don't overlap: the ground would be counted twice."""

from collections.abc import Iterator

import shapely
from shapely import STRtree

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "susceptibility_overlap"


def find(office: Office) -> Iterator[Finding]:
    zones = [
        one for one in office.features("susceptibility_zone") if one.geometry is not None and one.geometry.is_valid
    ]
    shapes = [one.geometry for one in zones]
    if len(shapes) < 2:
        return
    least = parameter(RULE, "least_m2")
    for first, second in STRtree(shapes).query(shapes, predicate="intersects").T:
        if first >= second:
            continue
        common = shapely.intersection(shapes[first], shapes[second])
        if common.area > least:
            sentence = _("{first}和{second}重叠 {area:.0f} m²，面积会算两次，请改边线。").format(
                first=zones[first].text("class") or office.called(zones[first]),
                second=zones[second].text("class") or office.called(zones[second]),
                area=common.area,
            )
            yield office.finding(RULE, zones[first], sentence, common)
