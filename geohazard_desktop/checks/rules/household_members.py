"""The members listed are as many as the household's head count."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "household_members"
TITLE = _("家庭人数对不上")


def find(office: Office) -> Iterator[Finding]:
    listed: Counter[str] = Counter()
    unnamed: dict[str, list[str]] = defaultdict(list)  # what the register knows of members without a name
    for household, name, mobility in office.texts("household_member", "household", "name", "mobility"):
        listed[household] += 1
        if not name.strip():
            unnamed[household].append(mobility or _("行动能力没登记"))
    for one in office.judged_today("household"):
        people = one["people"]
        count = listed[one.uid]
        if one.uid in unnamed:
            words = _("{name}有 {count} 名家庭成员没有姓名（{known}），请问清是谁，在住户属性里补上。")
            known = "、".join(unnamed[one.uid])
            sentence = words.format(name=office.called(one), count=len(unnamed[one.uid]), known=known)
            yield office.finding(RULE, one, sentence)
        elif isinstance(people, int) and count and people != count:
            sentence = _("{name}登记家庭人数 {people} 人，列出了 {count} 人，请核对。").format(
                name=office.called(one), people=people, count=count
            )
            yield office.finding(RULE, one, sentence)
        elif people is None:
            yield office.finding(RULE, one, _("{name}没有填家庭人数，请补上。").format(name=office.called(one)))
