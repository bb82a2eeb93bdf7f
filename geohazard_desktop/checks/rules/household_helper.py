"""Who can't leave a danger zone alone has a helper of their own: the monitor has to knock at every door."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.to_fetch import ToFetch, households_to_fetch, only_duty_line
from geohazard_desktop.common.texts import _

RULE = "household_helper"
TITLE = _("走不动的人没有指定帮扶人")


def find(office: Office) -> Iterator[Finding]:
    for one in households_to_fetch(office):
        words = _words(one)
        if words:
            sentence = words.format(
                name=office.called(one.household), zone=office.called(one.zone), card=only_duty_line(office)
            )
            yield office.finding(RULE, one.household, sentence)


def _words(one: ToFetch) -> str:
    """ "" where somebody of their own comes, or another rule says that nobody does."""
    if not one.pace.helped or (one.call is not None and one.call.free):
        return ""
    if one.call is not None and one.call.busy:
        return (
            _(
                "{name}（在{zone}里）家里有人走不动，填的转移帮扶人就是监测人（巡查人），信号一响他要发信号、挨家敲门。请在住户属性里另填来接的人。"
            )
            if one.pace.carried or one.pace.alone
            else ""
        )
    if one.pace.carried:
        return (
            ""
            if one.call is None
            else _(
                "{name}（在{zone}里）家里有人卧床，没有指定转移帮扶人；卡上印的是监测人（巡查人）的电话，信号一响他要挨家敲门。请在住户属性里填来接的人。"
            )
        )
    if one.call is None:
        return _("{name}（在{zone}里）家里有人要搀扶，转移帮扶人、监测人和巡查人都没有电话，{card}。请至少填一个。")
    return (
        _("{name}（在{zone}里）只有要人搀扶的人，没有指定转移帮扶人。请在住户属性里填来接的人。")
        if one.pace.alone
        else ""
    )
