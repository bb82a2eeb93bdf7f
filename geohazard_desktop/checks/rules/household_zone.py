"""The zone a household names is the one it lies in."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "household_zone"
TITLE = _("住户的危险区登记不符")


def find(office: Office) -> Iterator[Finding]:
    for one, shape in shaped(list(office.judged_today("household"))):
        zones = office.zones_at(shape)
        named = one.text("danger_zone")
        if zones and not named:
            word = _("{name}在{zone}里，但没有登记危险区，请在属性里选。")
        elif zones and named not in {zone.uid for zone in zones}:
            word = _("{name}在{zone}里，登记的却是别的危险区，请核对。")
        else:
            continue
        yield office.finding(
            RULE, one, word.format(name=office.called(one), zone=office.called(zones[0])), fix="zone_by_place"
        )
