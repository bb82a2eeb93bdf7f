"""Whom a danger zone's 需转移人数 counts beyond the registers: nobody can call or fetch who is on no list."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.rules.danger_zone_people import stale
from geohazard_desktop.common.texts import _

RULE = "danger_zone_unregistered"
TITLE = _("需转移的人没有登记全")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if one.geometry is None or not one.geometry.is_valid:
            continue
        need = office.need_of(one)
        # Form and register agree too where nobody at all is registered: then nobody can be called or fetched.
        if need.typed is None or need.residents.uncounted or stale(need):
            continue
        if need.typed <= need.counted or (need.registered and need.agrees):
            continue
        words = _("{name}需转移 {typed} 人，登记的住户和设施共 {counted} 人，另外 {rest} 人不在名单上。")
        told = words.format(
            name=office.called(one), typed=need.typed, counted=need.counted, rest=need.typed - need.counted
        )
        yield office.finding(RULE, one, told + _("请补登记住户，或在区内的重要设施里填人数。"))
