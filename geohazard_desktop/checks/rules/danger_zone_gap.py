"""Neighbouring danger zones share their border: whoever lives in a gap of half a metre would be in neither."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.gaps import gaps
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_gap"
TITLE = _("危险区之间有缝隙")


def find(office: Office) -> Iterator[Finding]:
    if office.focus is not None and not office.focus.get("danger_zone"):
        return
    for gap in gaps(office.zones, parameter(RULE, "widest_m"), parameter(RULE, "least_m2")):
        if not any(office.is_judged(one) for one in (gap.owner, *gap.others)):
            continue
        sentence = _("{name}和{other}之间有缝隙，宽约 {width:.1f} 米，{area:.0f} m² 哪边都没算，请对齐共用边。").format(
            name=office.called(gap.owner),
            other=office.called(gap.others[0]),
            width=gap.width,
            area=gap.shape.area,
        )
        yield office.finding(RULE, gap.owner, sentence, gap.shape, others=gap.others, fix="fill_gap")
