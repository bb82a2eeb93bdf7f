"""The signal at which people leave a danger zone: one place decides it for every sheet, card, sign and step.

The zone's own field comes first, then that of its hazard point, then what the office set for the district. Nothing else
is asked, so that two papers of one zone can't name two signals.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

KEY = "signal.text"
_FIELD = "warning_signal"
_ZONES_TOLD = 3
_INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks

PointOf = Callable[[Feature], Feature | None]  # the hazard point of a danger zone


@dataclass(frozen=True, slots=True)
class Signal:
    """`words` as printed, None where nobody set any; `origin` says whose they are."""

    words: str | None
    origin: Literal["zone", "point", "office", ""]


def zone_signal(settings: Mapping[str, str], zone: Feature | None, point: Feature | None) -> Signal:
    """Of a zone with its hazard point; of a hazard point or a house that lies in no zone, `zone` is None."""
    for origin, feature in (("zone", zone), ("point", point)):
        words = "" if feature is None else feature.text(_FIELD).strip()
        if words:
            return Signal(words, "zone" if origin == "zone" else "point")
    words = settings.get(KEY, "").strip()
    return Signal(words or None, "office" if words else "")


@dataclass(frozen=True, slots=True)
class SignalOfMany:
    """What a paper of several zones says: `words`, that of all of them or else the office's; `note`, which zones have
    another one (None: none has)."""

    words: str | None
    note: str | None


def common_signal(settings: Mapping[str, str], zones: Sequence[Feature], point_of: PointOf) -> SignalOfMany:
    """The signal of several zones. Where they differ it is the office's, and who has another is named."""
    told = [(one, zone_signal(settings, one, point_of(one)).words) for one in zones]
    known = {words for _zone, words in told}
    if len(known) == 1:
        return SignalOfMany(known.pop(), None)
    office = settings.get(KEY, "").strip() or None
    others = [(zone, words) for zone, words in told if words and words != office]
    if not others:
        return SignalOfMany(office, None)
    if len(others) > _ZONES_TOLD:
        return SignalOfMany(
            office, _("另有 {count} 个危险区的信号不同，见各区的警示图和警示牌").format(count=len(others))
        )
    return SignalOfMany(
        office,
        "；".join(
            _("{zone}的信号是{words}").format(zone=zone.text("name") or zone.text("id"), words=words)
            for zone, words in others
        ),
    )


def origin_notes(told: Iterable[tuple[Feature, Signal]]) -> Iterator[str]:
    """Sentences for a report: which zones have no signal of their own, and whose was printed instead."""
    without: dict[Signal, dict[str, None]] = {}
    for zone, signal in told:
        if signal.origin != "zone":
            without.setdefault(signal, {})[zone.text("id") or zone.text("name") or zone.uid[:8]] = None
    for signal, zones in without.items():
        names, words = "、".join(zones), (signal.words or "").translate(_INNER)
        if signal.origin == "office":
            yield _("危险区 {zones} 没有填预警信号，印的是本单位设置里的“{words}”。").format(zones=names, words=words)
        elif signal.origin == "point":
            yield _("危险区 {zones} 没有填预警信号，印的是它的隐患点的“{words}”。").format(zones=names, words=words)
        else:
            yield _("危险区 {zones} 和本单位设置里都没有预警信号，留了空。请填危险区的“预警信号”。").format(zones=names)
