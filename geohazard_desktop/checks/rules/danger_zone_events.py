"""A danger zone's state is the one that its register bears out (resources/rules/lifecycle.toml)."""

import itertools
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft, states, step
from geohazard_desktop.domain.zone_register import Life, life_of
from geohazard_desktop.workspace.edits.zone_events import as_events
from geohazard_desktop.workspace.feature import Feature

RULE = "danger_zone_events"
TITLE = _("危险区状态与登记不符")


def find(office: Office) -> Iterator[Finding]:
    events: dict[str, list[Feature]] = {}
    for event in office.features("zone_event"):
        events.setdefault(event.text("danger_zone"), []).append(event)
    for one in office.judged("danger_zone"):
        own = life_of(as_events(events.get(one.uid, [])))
        yield from _not_borne_out(office, one, own)
        yield from _out_of_order(office, one, own)


def _not_borne_out(office: Office, zone: Feature, life: Life) -> Iterator[Finding]:
    state = zone.text("state") or draft()
    proved = life.state
    if state == proved:
        return
    name = office.called(zone)
    known = step(state)
    same = [entry for entry in life.entries if entry.step == state and not entry.void]
    if same and known is not None and known.needs_document and not any(one.text("document_no") for one in same):
        sentence = _("{name}的“{state}”没有文号，只能算{proved}，请补登记文号。").format(
            name=name, state=state, proved=proved
        )
    else:
        sentence = _("{name}的状态写着{state}，按登记只能算{proved}，请补登记。").format(
            name=name, state=state, proved=proved
        )
    yield office.finding(RULE, zone, sentence, about="state", fix="state_by_register")


def _out_of_order(office: Office, zone: Feature, life: Life) -> Iterator[Finding]:
    """Later states don't bear earlier dates. A corrected entry is read as it was corrected."""
    order = states()
    last = {entry.step: entry.day for entry in life.entries if entry.counts and entry.step in order}
    known = [(name, last[name]) for name in order if last.get(name) is not None]
    for (earlier, first), (later, second) in itertools.pairwise(known):
        if first is not None and second is not None and second < first:
            sentence = _("{name}的“{later}”日期早于“{earlier}”，请核对登记。").format(
                name=office.called(zone), later=later, earlier=earlier
            )
            yield office.finding(RULE, zone, sentence, about=later)
