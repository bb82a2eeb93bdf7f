"""Susceptibility zones leave no gaps between them: their shares would not add up to the district."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.gaps import gaps
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "susceptibility_gap"
TITLE = _("易发区之间有缝隙")


def find(office: Office) -> Iterator[Finding]:
    widest = parameter(RULE, "widest_m")
    areas = office.around_judged("susceptibility_zone", 2 * widest)
    for gap in gaps(areas, widest, parameter(RULE, "least_m2")):
        if not any(office.is_judged(one) for one in (gap.owner, *gap.others)):
            continue
        sentence = _("{name}和{other}之间有 {area:.1f} m² 的缝隙，占比会少算，请对齐共用边。").format(
            name=gap.owner.text("class") or office.called(gap.owner),
            other=gap.others[0].text("class") or office.called(gap.others[0]),
            area=gap.shape.area,
        )
        place = gap.shape.representative_point()
        about = f"{place.x:.0f},{place.y:.0f}"
        yield office.finding(RULE, gap.owner, sentence, gap.shape, others=gap.others, about=about, fix="fill_gap")
