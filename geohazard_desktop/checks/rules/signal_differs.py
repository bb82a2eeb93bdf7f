"""Zones of one street have one signal: neighbours who hear two don't know which of them is theirs."""

from collections.abc import Iterator

from geohazard_desktop.analysis.hazard_links import hazard_point_of
from geohazard_desktop.analysis.warning_signal import named, zone_signal
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "signal_differs"
TITLE = _("同一街道信号不同")
WHOLE = ("setting", "danger_zone", "hazard_point")  # one zone's signal is judged beside the others'
_INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks


def find(office: Office) -> Iterator[Finding]:
    """One finding a street, about a zone of the signal that fewest have: that is the one to be looked at first."""
    streets: dict[str, dict[str, list[Feature]]] = {}
    for zone in office.zones:
        words, street = (
            zone_signal(office.settings, zone, hazard_point_of(office.ws, zone)).words,
            _street(office, zone),
        )
        if words and street:
            streets.setdefault(street, {}).setdefault(words, []).append(zone)
    for street, signals in streets.items():
        if len(signals) < 2:
            continue
        ordered = sorted(signals.items(), key=lambda one: len(one[1]))
        told = "；".join(
            _("{zones}：“{words}”").format(zones="、".join(map(named, zones)), words=words.translate(_INNER))
            for words, zones in reversed(ordered)
        )
        sentence = _("{street}的危险区有 {count} 种预警信号：{told}。住在一处的人会听错，请核对；确实不同的不用改。")
        first, *others = (zone for _words, zones in ordered for zone in zones)
        yield office.finding(
            RULE,
            first,
            sentence.format(street=street, count=len(signals), told=told),
            others=others,
            opens="warning_signal",
        )


def _street(office: Office, zone: Feature) -> str:
    """As registered; else of the one street around it."""
    if zone.text("subdistrict") or zone.geometry is None:
        return zone.text("subdistrict")
    around = [one.text("name") for one in office.meeting("subdistrict", zone.geometry)]
    return around[0] if len(around) == 1 else ""
