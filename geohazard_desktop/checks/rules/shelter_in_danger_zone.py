"""No shelter lies in a danger zone."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "shelter_in_danger_zone"
TITLE = _("安置点在危险区里")


def find(office: Office) -> Iterator[Finding]:
    for one, shape in shaped(list(office.judged_today("shelter"))):
        for zone in office.zones_at(shape):
            sentence = _("{name}在{zone}里面，不能用来避险，请另选地方。").format(
                name=office.called(one), zone=office.called(zone)
            )
            yield office.finding(RULE, one, sentence, about=zone.uid)
