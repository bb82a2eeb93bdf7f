"""Whom a household phones when somebody can't walk: one answer for its card, large print, sticker and the checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.codes import numbers_in
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class Call:
    """`who` is a person's name (where only the number is known, what that person is), or the duty line in words;
    `layer` is the layer whose feature names them; `busy`: a household's helper who at the signal has to give it and to
    knock at every door, as the point's monitor or in their place who patrols the zone."""

    who: str
    phone: str
    layer: str
    busy: bool = False

    @property
    def named(self) -> bool:
        """It is a person, who comes to fetch people."""
        return self.layer != "setting"

    @property
    def own(self) -> bool:
        """It is the helper of that household."""
        return self.layer == "household"

    @property
    def free(self) -> bool:
        """It is the helper of that household, who has nothing else to do at the signal."""
        return self.own and not self.busy


def whom_to_call(
    household: Feature,
    zone: Feature | None,
    point: Feature | None,
    settings: Mapping[str, str],
    phone_of: Callable[[str], str | None] = lambda _name: None,
) -> Call | None:
    """The household's own helper, else the monitor of its hazard point, else who patrols its zone, else the duty line;
    None where no telephone of any of them is known. `phone_of` is asked about names without a number beside them. A
    monitor is not told to phone himself: one of several numbers in a cell is enough to know him by. A cell without a
    digit (无, 没有电话) is no telephone, and nobody comes by it.
    """
    own = numbers_in(household.text("phone"))
    asked = (
        (household, "helper", "helper_phone", _("帮扶人")),
        (point, "monitor", "monitor_phone", _("监测人")),
        (zone, "patrol_person", "patrol_phone", _("巡查人")),
    )
    for feature, person, number, title in asked:
        if feature is None:
            continue
        name = feature.text(person).strip()
        phone = feature.text(number).strip()
        if not numbers_in(phone):
            phone = (phone_of(name) if name else None) or ""
        numbers = numbers_in(phone)
        if numbers and not numbers & own:
            busy = feature is household and _gives_the_signal(name, numbers, point, zone)
            return Call(name or title, phone, feature.layer, busy)
    duty = settings.get("duty.phone", "").strip()
    return Call(_("值班电话"), duty, "setting") if numbers_in(duty) else None


def _gives_the_signal(name: str, numbers: frozenset[str], point: Feature | None, zone: Feature | None) -> bool:
    """Whether a helper is who gives the signal and knocks: the monitor, where none is named who patrols."""
    for feature, person, number in ((point, "monitor", "monitor_phone"), (zone, "patrol_person", "patrol_phone")):
        if feature is not None and (feature.text(person).strip() or numbers_in(feature.text(number))):
            same = name and name == feature.text(person).strip()
            return bool(same or numbers & numbers_in(feature.text(number)))
    return False
