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
FIELD = "warning_signal"
_ZONES_TOLD = 3
_ROWS = 6  # signals that a panel has room for
_INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks

PointOf = Callable[[Feature], Feature | None]  # the hazard point of a danger zone


@dataclass(frozen=True, slots=True)
class Signal:
    """`words` as printed, None where nobody set any; `origin` says whose they are."""

    words: str | None
    origin: Literal["zone", "point", "office", ""]


def zone_signal(settings: Mapping[str, str], zone: Feature | None, point: Feature | None) -> Signal:
    """Of a zone with the point that it is about; of a hazard point or a house that lies in no zone, `zone` is None."""
    for origin, feature in (("zone", zone), ("point", point)):
        words = "" if feature is None else feature.text(FIELD).strip()
        if words:
            return Signal(words, "zone" if origin == "zone" else "point")
    words = settings.get(KEY, "").strip()
    return Signal(words or None, "office" if words else "")


@dataclass(frozen=True, slots=True)
class SignalOfSome:
    """One of several signals of a paper, None where nobody set any, and whose it is: 东坡、西沟."""

    words: str | None
    zones: str


@dataclass(frozen=True, slots=True)
class SignalOfMany:
    """What a paper of several zones says: `words`, that of all of them or else the office's; `note`, which zones have
    another one (None: none has). `each`: where they differ, all of them, for a paper that has room for that."""

    words: str | None
    note: str | None
    each: tuple[SignalOfSome, ...] = ()


def common_signal(settings: Mapping[str, str], zones: Sequence[Feature], point_of: PointOf) -> SignalOfMany:
    """The signal of several zones. Where they differ it is the office's, and who has another is named."""
    told = [(one, zone_signal(settings, one, point_of(one)).words) for one in zones]
    known = {words for _zone, words in told}
    if len(known) == 1:
        return SignalOfMany(known.pop(), None)
    office = settings.get(KEY, "").strip() or None
    others = [(zone, words) for zone, words in told if words and words != office]
    each = tuple(_of_each(told)) if told else ()
    if not others:
        return SignalOfMany(office, None, each)
    if len(others) > _ZONES_TOLD:
        note = _("另有 {count} 个危险区的信号不同，见各区的警示图和警示牌").format(count=len(others))
        return SignalOfMany(office, note, each)
    note = "；".join(_("{zone}的信号是{words}").format(zone=named(zone), words=words) for zone, words in others)
    return SignalOfMany(office, note, each)


def named(zone: Feature) -> str:
    return zone.text("name") or zone.text("id") or zone.uid[:8]


def _of_each(told: Iterable[tuple[Feature, str | None]]) -> Iterator[SignalOfSome]:
    """Who reads a sheet finds his zone by its name, or is one of the others: those that share the commonest signal are
    counted, last, so that all stand in large letters."""
    whose: dict[str | None, list[str]] = {}
    for zone, words in told:
        whose.setdefault(words, []).append(named(zone))
    *few, (common, most) = sorted(whose.items(), key=lambda one: len(one[1]))
    for words, zones in few[: _ROWS - 1]:
        yield SignalOfSome(words, "、".join(zones))
    beyond = [zone for _words, zones in few[_ROWS - 1 :] for zone in zones]
    if beyond:
        yield SignalOfSome(_("见各区的警示图和警示牌"), "、".join([*beyond, *most]))
    elif len(most) > _ZONES_TOLD:
        yield SignalOfSome(common, _("其余 {count} 个危险区").format(count=len(most)))
    else:
        yield SignalOfSome(common, "、".join(most))


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
