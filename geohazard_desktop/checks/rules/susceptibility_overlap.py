"""Susceptibility zones don't overlap: the ground would be counted twice."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.overlaps import cut_fix, overlaps
from geohazard_desktop.common.texts import _

RULE = "susceptibility_overlap"
TITLE = _("易发区互相重叠")


def find(office: Office) -> Iterator[Finding]:
    areas = office.around_judged("susceptibility_zone", 1.0)
    judged = office.is_judged if office.focus is not None else None
    for first, second, common in overlaps(areas, parameter(RULE, "least_m2"), judged):
        sentence = _("{first}和{second}重叠 {area:.0f} m²，面积会算两次，请改边线。").format(
            first=first.text("class") or office.called(first),
            second=second.text("class") or office.called(second),
            area=common.area,
        )
        yield office.finding(RULE, first, sentence, common, others=(second,), fix=cut_fix(RULE, common))
