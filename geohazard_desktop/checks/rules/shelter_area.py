"""A shelter gives everyone enough room for as long as they stay."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "shelter_area"
TITLE = _("安置点人均面积不够")


def find(office: Office) -> Iterator[Finding]:
    least = dict(entry.split() for entry in parameter_list(RULE, "least_m2_a_person"))
    for one in office.judged_today("shelter"):
        needed = least.get(one.text("kind"))
        each = one["area_per_person"]
        if needed is None:
            continue
        if (
            each is None
            and isinstance(one["area_m2"], int | float)
            and isinstance(one["capacity"], int)
            and one["capacity"]
        ):
            each = float(one["area_m2"] or 0) / int(one["capacity"] or 1)
        if isinstance(each, int | float) and each < float(needed):
            sentence = _("{name}人均只有 {each:.1f} m²，{kind}安置点每人至少要 {needed} m²，请减少安排的人数。").format(
                name=office.called(one), each=each, kind=one.text("kind"), needed=needed
            )
            yield office.finding(RULE, one, sentence)
