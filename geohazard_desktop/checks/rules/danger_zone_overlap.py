"""Danger zones don't overlap: a household would have two signals and two routes."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.overlaps import cut_fix, overlaps
from geohazard_desktop.common.texts import _

RULE = "danger_zone_overlap"
TITLE = _("危险区互相重叠")


def find(office: Office) -> Iterator[Finding]:
    judged = office.is_judged if office.focus is not None else None
    for first, second, common in overlaps(office.zones, parameter(RULE, "least_m2"), judged):
        sentence = _("{name}和{other}重叠 {area:.0f} m²，请把边线改成相接。").format(
            name=office.called(first), other=office.called(second), area=common.area
        )
        yield office.finding(RULE, first, sentence, common, others=(second,), fix=cut_fix(RULE, common))
