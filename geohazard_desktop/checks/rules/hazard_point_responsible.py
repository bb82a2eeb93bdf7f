"""A hazard point under watch has people who answer for it, with phones."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "hazard_point_responsible"
TITLE = _("隐患点没有责任人")

_PAIRS = (("monitoring_lead", "monitoring_phone"), ("monitor", "monitor_phone"))


def find(office: Office) -> Iterator[Finding]:
    fields = office.ws.definitions["hazard_point"].by_name
    for one in office.judged("hazard_point"):
        if one.text("status") == "销号":
            continue
        lacking = [
            fields[name].title for pair in _PAIRS for name in pair if name in fields and not one.text(name).strip()
        ]
        if lacking:
            sentence = _("{name}没有填{fields}，请补上。").format(name=office.called(one), fields="、".join(lacking))
            yield office.finding(RULE, one, sentence)
