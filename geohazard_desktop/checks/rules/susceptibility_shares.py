"""The susceptibility classes take the shares that the district's plan gives."""

from collections.abc import Iterator

from geohazard_desktop.analysis import shares
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "susceptibility_shares"
TITLE = _("易发区占比与规划不符")
WHOLE = ("susceptibility_zone", "setting")  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    if not office.table(shares.LAYER).uids:
        return
    for one in shares.susceptibility_shares(office.ws):
        if one.agrees is False and one.planned_percent is not None:
            sentence = _("{name}占 {percent:.2f} %，规划是 {planned:.2f} %，请核对易发区边线。").format(
                name=one.name, percent=one.percent, planned=one.planned_percent
            )
            yield office.layer_finding(RULE, shares.LAYER, sentence, about=one.name)
