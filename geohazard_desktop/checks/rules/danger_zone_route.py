"""People in a danger zone have a way out of it."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_route"
TITLE = _("危险区没有撤离路线")


def find(office: Office) -> Iterator[Finding]:
    served = {one.text("danger_zone") for one in office.features("evacuation_route")}
    for one in office.judged_zones:
        if one.uid not in served:
            sentence = _("{name}没有撤离路线，请画一条并在它的属性里选这个危险区。").format(name=office.called(one))
            yield office.finding(RULE, one, sentence)
