"""A hazard point that was taken off the list says when and why."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "hazard_point_closed"
TITLE = _("销号没有写日期和原因")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged("hazard_point"):
        if one.text("status") == "销号" and not (one.text("closed_on") and one.text("closed_reason")):
            sentence = _("{name}已销号，但没有写销号日期和原因，请补上。").format(name=office.called(one))
            yield office.finding(RULE, one, sentence)
