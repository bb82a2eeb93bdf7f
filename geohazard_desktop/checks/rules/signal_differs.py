"""What is signalled in one street is one signal: neighbours who hear two don't know which of them is theirs. And no
hazard point says one that no paper prints, because its zone's is another."""

from collections.abc import Iterator

from geohazard_desktop.analysis.printed_signals import printed_signals, unprinted
from geohazard_desktop.analysis.warning_signal import named
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature, split_list

RULE = "signal_differs"
TITLE = _("同一街道信号不同")
WHOLE = ("setting", "danger_zone", "hazard_point")  # one zone's signal is judged beside the others'
_INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks


def find(office: Office) -> Iterator[Finding]:
    """One finding a street, about a zone of the signal that fewest have: that is the one to be looked at first."""
    streets: dict[str, dict[str, list[Feature]]] = {}
    for one in printed_signals(office.ws):
        words = one.signal.words
        if words:
            for street in _streets(office, one.place):
                streets.setdefault(street, {}).setdefault(words, []).append(one.place)
    for street, signals in streets.items():
        if len(signals) < 2:
            continue
        ordered = sorted(signals.items(), key=lambda one: len(one[1]))
        told = "；".join(
            _("{zones}：“{words}”").format(zones="、".join(map(named, zones)), words=words.translate(_INNER))
            for words, zones in reversed(ordered)
        )
        first, *others = (zone for _words, zones in ordered for zone in zones)
        points = any(one.layer != ZONES for one in (first, *others))
        sentence = _("{street}的{what}有 {count} 种预警信号：{told}。住在一处的人会听错，请核对；确实不同的不用改。")
        what = _("危险区和区外隐患点") if points else _("危险区")
        yield office.finding(
            RULE,
            first,
            sentence.format(street=street, what=what, count=len(signals), told=told),
            others=others,
            opens="warning_signal",
        )
    for point, printed in unprinted(office.ws):
        words = _(
            "{name}填的预警信号“{own}”哪张纸都不印：它的卡、图和所在的危险区印的是“{printed}”。请改成一样的，或清空。"
        )
        told = words.format(
            name=office.called(point),
            own=point.text("warning_signal").strip().translate(_INNER),
            printed=(printed.words or "").translate(_INNER),
        )
        yield office.finding(RULE, point, told, about="unprinted", opens="warning_signal")


def _streets(office: Office, place: Feature) -> list[str]:
    """As registered, which may be several; else the one street around it."""
    registered = [one.strip() for one in split_list(place["subdistrict"])]
    if registered or place.geometry is None:
        return list(dict.fromkeys(registered))
    around = [one.text("name") for one in office.meeting("subdistrict", place.geometry)]
    return around if len(around) == 1 else []
