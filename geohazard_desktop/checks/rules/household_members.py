"""The members listed are as many as the household's head count."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "household_members"
TITLE = _("家庭人数对不上")


def find(office: Office) -> Iterator[Finding]:
    listed: dict[str, int] = {}
    for member in office.features("household_member"):
        listed[member.text("household")] = listed.get(member.text("household"), 0) + 1
    for one in office.judged_today("household"):
        people = one["people"]
        count = listed.get(one.uid, 0)
        if isinstance(people, int) and count and people != count:
            sentence = _("{name}登记家庭人数 {people} 人，列出了 {count} 人，请核对。").format(
                name=office.called(one), people=people, count=count
            )
            yield office.finding(RULE, one, sentence)
        elif people is None:
            yield office.finding(RULE, one, _("{name}没有填家庭人数，请补上。").format(name=office.called(one)))
