"""Of a zone that holds somebody knows who can't walk: without it no calling list can say whom to phone first."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "mobility_unknown"
TITLE = _("还没有登记谁走不动")


def find(office: Office) -> Iterator[Finding]:
    listed, known = set(), set()
    for household, mobility in office.texts("household_member", "household", "mobility"):
        listed.add(household)
        if mobility.strip():
            known.add(household)
    for one in office.judged_zones:
        homes = office.need_of(one).residents.households
        lived_in = [home for home in homes if home.uid in listed or home["people"]]
        if lived_in and not any(home.uid in known for home in lived_in):
            words = _(
                "{name}的 {count} 户都没有登记谁走不动：叫人名单只按备注里写着的先接。"
                "请问清后在家庭成员里填行动能力，走得动的也填；不知道姓名的，姓名空着。"
            )
            yield office.finding(RULE, one, words.format(name=office.called(one), count=len(lived_in)))
