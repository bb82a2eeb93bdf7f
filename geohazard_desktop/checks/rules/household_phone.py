"""A household in a danger zone can be called."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "household_phone"
TITLE = _("危险区住户没有电话")


def find(office: Office) -> Iterator[Finding]:
    for one, shape in shaped(list(office.judged_today("household"))):
        if not one.text("phone").strip() and office.zones_at(shape):
            sentence = _("{name}在危险区里，却没有联系电话，请补上。").format(name=office.called(one))
            yield office.finding(RULE, one, sentence)
