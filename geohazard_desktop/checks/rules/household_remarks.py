"""What a list's 备注 says of a household stands in the register too: who can't walk alone, and who lives there no more.

Papers and counts follow the fields. The calling list alone goes by the remark too: nobody is left for last at night.
"""

from collections import defaultdict
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.help_needed import help_of
from geohazard_desktop.domain.remark_words import gone_words, walking_words

RULE = "household_remarks"
TITLE = _("备注里写的没有登记")


def find(office: Office) -> Iterator[Finding]:
    said: dict[str, list[str]] = defaultdict(list)
    helped = set()
    for member in office.features("household_member"):
        said[member.text("household")].append(member.text("remark"))
        if help_of(member.text("mobility")).helped:
            helped.add(member.text("household"))
    for one in office.judged_today("household"):
        own = [one.text("remark"), one.text("notes")]
        walking = walking_words(" ".join([*own, *said[one.uid]]))
        if walking and one.uid not in helped:
            words = _(
                "{name}的备注里写着{words}，登记里没有记谁走不动：叫人名单先接，卡和门贴还是叫他们自己走。"
                "请在家庭成员里填行动能力；不知道是谁的，姓名空着。"
            )
            told = words.format(name=office.called(one), words=_quoted(walking))
            yield office.finding(RULE, one, told, about="mobility")
        gone = gone_words(" ".join(own))
        if gone:
            words = _("{name}的备注里写着{words}，还算在户数、人数里。请问清：搬走了的填迁出日期，还住的把备注改明白。")
            told = words.format(name=office.called(one), words=_quoted(gone))
            yield office.finding(RULE, one, told, about="moved_out_on", opens="moved_out_on")


def _quoted(words: tuple[str, ...]) -> str:
    return "、".join(f"“{one}”" for one in words)
