"""What a list's 备注 says of a household stands in the register too: who can't walk alone, who does not hear, when
nobody is at home, and who lives there no more.

Counts follow the fields. Papers at the door and calling lists go by the remark until the register says it: who can't
walk is told to wait for whoever comes, and is fetched first.
"""

from collections import defaultdict
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.household_help import household_help, slow_remarks, surely_deaf, unheard_remarks
from geohazard_desktop.domain.remark_words import absence_words, gone_words, hearing_words, slow_words, walking_words

RULE = "household_remarks"
TITLE = _("备注里写的没有登记")


def find(office: Office) -> Iterator[Finding]:
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    hearing: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for household, mobility, hears, remark in office.texts(
        "household_member", "household", "mobility", "hearing", "remark"
    ):
        members[household].append((mobility, remark))
        hearing[household].append((hears, remark))
    for one in office.judged_today("household"):
        own = [one.text("remark"), one.text("notes")]
        people = int(one["people"]) if isinstance(one["people"], int | float) else None
        helps = household_help(members[one.uid], own, people)
        walking = tuple(dict.fromkeys(word for remark in helps.remarks for word in walking_words(remark)))
        if walking:
            words = _(
                "{name}的备注里写着{words}，登记里没有记谁走不动：现在卡、门贴和叫人名单先按备注印，当作要人帮。"
                "请问清后在家庭成员里填行动能力；不知道是谁的，姓名空着。"
            )
            told = words.format(name=office.called(one), words=_quoted(walking))
            yield office.finding(RULE, one, told, about="mobility")
        slow = slow_words("；".join(slow_remarks(members[one.uid], own, people)))
        if slow and not walking:
            words = _(
                "{name}的备注里写着{words}，登记里没有记谁走得慢：现在卡上按老人的步速印，不写有人来接。"
                "请问清后在家庭成员里填行动能力：走得慢的选缓行，要人扶的选需搀扶，婴儿由家里谁抱也问清。"
            )
            told = words.format(name=office.called(one), words=_quoted(slow))
            yield office.finding(RULE, one, told, about="mobility")
        deaf = hearing_words("；".join(unheard_remarks(hearing[one.uid], own)))
        if deaf:
            words = _(
                "{name}的备注里写着{words}，登记里没有记谁听不见：现在只有叫人名单按备注印，卡、大字版、门贴还不写有人来叫。"
                "请问清后在家庭成员里填听力；不知道是谁的，姓名空着。"
            )
            told = words.format(name=office.called(one), words=_quoted(deaf))
            sure = surely_deaf(hearing[one.uid], own, people)
            yield office.finding(RULE, one, told, about="hearing", fix="hearing_by_remark" if sure else "")
        if one.text("at_home"):
            continue  # somebody asked when they are there
        gone, away = gone_words(" ".join(own)), absence_words("；".join(own))
        told_away = tuple(word for kind, some in away.items() if kind != "absent" or not gone for word in some)
        if told_away:
            words = _("{name}的备注里写着{words}，在家情况没有填。请问清后填上，叫人名单上就写明什么时候敲门没有人。")
            told = words.format(name=office.called(one), words=_quoted(told_away))
            yield office.finding(RULE, one, told, about="at_home", opens="at_home")
        if gone:
            words = _("{name}的备注里写着{words}，还算在户数、人数里。请问清：搬走了的填迁出日期，还住的把备注改明白。")
            told = words.format(name=office.called(one), words=_quoted(gone))
            yield office.finding(RULE, one, told, about="moved_out_on", opens="moved_out_on")


def _quoted(words: tuple[str, ...]) -> str:
    return "、".join(f"“{one}”" for one in words)
