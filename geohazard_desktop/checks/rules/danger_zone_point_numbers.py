"""A hazard point and its danger zone say numbers of people or property that nothing registered explains: lists print
the point's, sheets the zone's."""

from collections.abc import Iterator

from geohazard_desktop.analysis.hazard_links import CLOSED, hazard_point_of
from geohazard_desktop.analysis.point_and_zone import two_numbers
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_point_numbers"
TITLE = _("危险区和隐患点的数不一样")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if one.geometry is None or not one.geometry.is_valid:
            continue
        point = hazard_point_of(office.ws, one)
        if point is None or point.text("status") == CLOSED:
            continue
        found = two_numbers(office.ws, point, one, office.need_of(one))
        if found is not None and not found.away:
            sentence = _(
                "{point}填的威胁是 {ours}，{zone}登记的是 {theirs}。"
                "一览表、预案表印前一个，警示图印后一个，请核对后改成一样的。"
            )
            words = sentence.format(
                point=office.called(point), ours=found.of_point(), zone=office.called(one), theirs=found.of_zone()
            )
            yield office.finding(RULE, one, words, others=[point])
