"""Entries into the register of danger zones, and corrections of entries. Register rows are never undone.

The zones' field `state` follows in the same step, so that other programs that read the file see the same. A state that
came with an import and is further on than its register stays as it is until the register has caught up.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import Event, states
from geohazard_desktop.domain.zone_register import (
    CORRECTS,
    REASON,
    VOID,
    Life,
    entry_words,
    life_of,
    why_not,
    why_not_correct,
)
from geohazard_desktop.workspace.edits.features import create_feature
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed

EVENTS, ZONES = "zone_event", "danger_zone"


def as_events(entries: Sequence[Feature]) -> list[Event]:
    """Rows of the register as the domain reads them."""
    return [{**one.values, "uid": one.uid} for one in entries]


def record_step(
    definitions: Definitions,
    zones: Sequence[Feature],
    registers: Mapping[str, Sequence[Feature]],
    step: str,
    values: Mapping[str, Value],
    *,
    today: date,
) -> Edit:
    """The same step for one or several zones: an entry each. `registers` are the entries so far by the zone's uid.

    Raises EditRefused for a zone that the step may not follow on, naming it.
    """
    if not zones:
        raise EditRefused(_("没有选中危险区。"), _("请先在图上选中要登记的危险区。"))
    deltas: list[Delta] = []
    for zone in zones:
        events = as_events(registers.get(zone.uid, ()))
        life = life_of(events)
        refused = why_not(life, step, values, today=today)
        if refused:
            raise EditRefused(
                _("{name}没有登记。{reason}").format(name=followed(called(definitions, zone)), reason=refused),
                _("请核对后再登记。"),
            )
        row = {**values, ZONES: zone.uid, "step": step}
        deltas += _entered(definitions, zone, life, events, row)
    told = str(values.get("document_no") or "").strip()
    words = _("登记{zones}“{step}”").format(zones=led(followed(called_all(definitions, zones))), step=step)
    return Edit(words + (f"，{told}" if told else ""), deltas)


def correct_entry(
    definitions: Definitions,
    zone: Feature,
    register: Sequence[Feature],
    uid: str,
    values: Mapping[str, Value] | None,
    reason: str,
    *,
    today: date,
) -> Edit:
    """A further entry that corrects the one of `uid`: with the right contents, or (`values` None) declaring it void.

    Raises EditRefused where later entries rest on what would go.
    """
    events = as_events(register)
    life = life_of(events)
    refused = why_not_correct(life, uid, values, today=today, reason=reason)
    entry = life.entry(uid)
    if refused or entry is None:
        raise EditRefused(
            _("{name}的登记没有更正。{reason}").format(name=followed(called(definitions, zone)), reason=refused),
            _("原来的登记没有变。"),
        )
    tied: dict[str, Value] = {ZONES: zone.uid, "step": entry.step, CORRECTS: uid, REASON: reason.strip()}
    row: dict[str, Value] = {**(values or {}), **tied}
    if values is None:
        row[VOID] = True
    word = _("作废{zone}的登记{entry}") if values is None else _("更正{zone}的登记{entry}")
    words = word.format(zone=led(followed(called(definitions, zone))), entry=entry_words(entry))
    return Edit(f"{words}：{reason.strip()}", _entered(definitions, zone, life, events, row))


def follow_register(definitions: Definitions, zone: Feature, register: Sequence[Feature]) -> Edit:
    """The zone's field says what its register bears out, where an import said more. No deltas where it does already."""
    state = life_of(as_events(register)).state
    words = _("把{zone}的状态由“{before}”改成登记能证明的“{after}”").format(
        zone=led(followed(called(definitions, zone))), before=zone.text("state"), after=state
    )
    return Edit(words, [changed(zone, zone.with_values(state=state))] if zone.text("state") != state else [])


def _entered(
    definitions: Definitions, zone: Feature, life: Life, events: Sequence[Event], row: Mapping[str, Value]
) -> list[Delta]:
    made = create_feature(definitions, EVENTS, None, {name: value for name, value in row.items() if value is not None})
    deltas = list(made.deltas)
    state = life_of([*events, {**row, "uid": deltas[0].uid}]).state
    held = zone.text("state")
    imported = held in states() and held != life.state
    if held != state and not (imported and states().index(held) > states().index(state)):
        deltas.append(changed(zone, zone.with_values(state=state)))
    return deltas
