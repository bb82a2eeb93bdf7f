"""A danger zone's 需转移人数 covers the households that live in it: the grade of the 险情 rests on this number."""

from collections.abc import Iterator

from geohazard_desktop.analysis.exposure import exposure
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_people"
TITLE = _("需转移人数偏少")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        people = one["must_move_people"]
        if not isinstance(people, int) or one.geometry is None or not one.geometry.is_valid:
            continue
        inside = exposure(office.ws, one.geometry)
        if inside.people > people:
            sentence = _("{name}需转移 {people} 人，里面的 {households} 户却有 {inside} 人，请核对。").format(
                name=office.called(one), people=people, households=inside.household_count, inside=inside.people
            )
            yield office.finding(RULE, one, sentence)
