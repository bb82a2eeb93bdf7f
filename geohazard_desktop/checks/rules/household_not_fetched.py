"""Who has to be carried out of a danger zone, or hears no signal there, has somebody with a telephone who comes."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.to_fetch import households_to_fetch, only_duty_line
from geohazard_desktop.common.texts import _

RULE = "household_not_fetched"
TITLE = _("卧床的、听不见的人没有人来接")


def find(office: Office) -> Iterator[Finding]:
    for one in households_to_fetch(office):
        if not (one.pace.carried or one.pace.unheard) or one.call is not None:
            continue
        words = _(
            "{name}（在{zone}里）家里有人卧床，没有人来接：转移帮扶人、监测人和巡查人都没有电话，{card}。请至少填一个。"
        )
        if not one.pace.carried:
            words = _(
                "{name}（在{zone}里）家里没有人听得见信号，没有人来叫：转移帮扶人、监测人和巡查人都没有电话。请至少填一个。"
            )
        sentence = words.format(
            name=office.called(one.household), zone=office.called(one.zone), card=only_duty_line(office)
        )
        yield office.finding(RULE, one.household, sentence)
