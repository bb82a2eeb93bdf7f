"""A danger zone's register read and judged: in which state it leaves the zone, and what may be entered next.

Events are rows of the append-only register `zone_event`, given as mappings with its field names and "uid", in the order
in which they were entered. Nothing in it is ever changed. A mistake is corrected by a further row that names the wrong
one (`corrects`) and brings the right contents, or says that it is void: the corrected entry is read with the right
contents at its old place.

A state step counts when it follows a state from which the law lets it come, and has its document number. What doesn't
count is kept, shown with its reason, and leaves the zone as it was: a delimitation without a document number leaves it
a draft, a lifting without one leaves it in force.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import month_day_words, parse_day
from geohazard_desktop.domain.lifecycle import Event, Step, draft, lifted, moving_back, moving_out, step, steps

CORRECTS, VOID, REASON = "corrects", "void", "reason"
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands today.

    `event` are its contents with corrections applied, `first` those that were entered first, `corrections` the rows
    that corrected it, oldest first. `void`: the last of them says that it doesn't hold. `counts`: it moved the zone;
    else `fault` says why not, without full stop.
    """

    uid: str
    step: str
    event: Event
    first: Event
    corrections: tuple[Event, ...] = ()
    void: bool = False
    counts: bool = False
    fault: str = ""

    def text(self, name: str) -> str:
        return str(self.event.get(name) or "").strip()

    @property
    def day(self) -> date | None:
        return parse_day(self.text("date"))


@dataclass(frozen=True, slots=True)
class Life:
    """What a register says: `state` that it bears out, `evacuation` in force (None: nobody is moved out), all
    `entries` in order."""

    state: str
    evacuation: Entry | None = None
    entries: tuple[Entry, ...] = field(default=())

    def last(self, name: str) -> Entry | None:
        """The latest entry of that step that counts."""
        return next((one for one in reversed(self.entries) if one.counts and one.step == name), None)

    def entry(self, uid: str) -> Entry | None:
        return next((one for one in self.entries if one.uid == uid), None)


def life_of(events: Iterable[Event]) -> Life:
    """Read a register. Whatever its rows say, the state is one that the law's order and its document numbers allow."""
    state, evacuation = draft(), None
    read: list[Entry] = []
    for one in _standing(events):
        fault = _("已作废") if one.void else _why_it_does_not_count(one, state, evacuation)
        entry = replace(one, counts=not fault, fault=fault)
        read.append(entry)
        if fault:
            continue
        known = step(entry.step)
        if known is not None and known.is_state:
            state = entry.step
            evacuation = None if state == lifted() else evacuation
        elif entry.step == moving_out():
            evacuation = entry
        else:
            evacuation = None
    return Life(state, evacuation, tuple(read))


def state_of(events: Iterable[Event]) -> str:
    """The state that the register bears out, 拟划 where it bears out none."""
    return life_of(events).state


def _standing(events: Iterable[Event]) -> list[Entry]:
    """Entries in the order in which they were first entered, each with the contents of its last correction."""
    found: dict[str, Entry] = {}
    root: dict[str, str] = {}
    for number, event in enumerate(events):
        uid = str(event.get("uid") or f"#{number}")
        target = root.get(str(event.get(CORRECTS) or ""), "")
        if not target:  # a correction of what is not there is an entry of its own
            root[uid] = uid
            found[uid] = Entry(uid, str(event.get("step") or ""), event, event)
            continue
        root[uid] = target
        before = found[target]
        void = bool(event.get(VOID))
        contents = before.event if void else event
        found[target] = replace(
            before,
            step=before.step if void else str(event.get("step") or before.step),
            event=contents,
            corrections=(*before.corrections, event),
            void=void,
        )
    return list(found.values())


def _why_it_does_not_count(one: Entry, state: str, evacuation: Entry | None) -> str:
    known = step(one.step)
    if known is None:
        return _("没有“{name}”这个环节").format(name=one.step)
    # Date, text and finding are asked for when it is entered; what decides over 拟划 on paper is the document number.
    if known.needs_document and not one.text("document_no"):
        return _("没有文号")
    return _out_of_turn(known, state, evacuation)


def _out_of_turn(known: Step, state: str, evacuation: Entry | None) -> str:
    if state not in known.after:
        return _("“{name}”要在{before}之后，那时还是{state}").format(
            name=known.name, before="、".join(known.after), state=state
        )
    if known.name == moving_out() and evacuation is not None:
        return _("已经在撤离")
    if known.name == moving_back() and evacuation is None:
        return _("没有登记撤离，谈不上返回")
    return ""


# -- what may come next ------------------------------------------------------------------------------------------------


def may_follow(life: Life) -> list[str]:
    """Names of the steps that may be entered now, the next state first."""
    return [one.name for one in steps() if not step_fault(life, one.name)]


def step_fault(life: Life, name: str) -> str:
    """Why a step can't come now whatever is filled in, as a sentence; "" when it can."""
    known = step(name)
    if known is None:
        return _("没有“{name}”这个环节。").format(name=name)
    if life.state not in known.after:
        return _("“{name}”要在{before}之后，这个危险区现在是{state}。").format(
            name=name, before="、".join(known.after), state=life.state
        )
    out = life.evacuation is not None
    refusals = {
        draft(): _("“{name}”已经登记过。要改内容，请用“更正”。") if life.last(name) is not None else "",
        moving_out(): _("已经在撤离，没有登记返回。要改时间或人数，请用“更正”。") if out else "",
        moving_back(): "" if out else _("没有登记撤离，不用登记返回。"),
        lifted(): _("还在撤离，请先登记返回，再撤销。") if out else "",
    }
    return refusals.get(name, "").format(name=name)


def field_faults(life: Life, name: str, event: Event, *, today: date, correcting: str = "") -> dict[str, str]:
    """What is wrong with an entry's contents, a sentence by field; {} when nothing is.

    `correcting` is the uid of the entry that the contents would stand for: its neighbours in the register bound its
    date, else the last entry does.
    """
    known = step(name)
    if known is None:
        return {"step": _("没有“{name}”这个环节。").format(name=name)}
    faults = {one: _("还没有填。") for one in known.needs if not str(event.get(one) or "").strip()}
    time = str(event.get("time") or "").strip()
    if time and not _TIME.fullmatch(time):
        faults["time"] = _("写成几点几分，如 08:30。")
    told = str(event.get("date") or "").strip()
    day = parse_day(told)
    if told and day is None:
        faults["date"] = _("“{text}”不是日期，写成 2026-07-18。").format(text=told)
    elif day is not None:
        if day > today:
            faults["date"] = _("不能晚于今天：只登记已经发生的事。")
        else:
            bound = _bound(life, known, (day, time), correcting)
            if bound:
                faults["date"] = bound
    return faults


def why_not(life: Life, name: str, event: Event, *, today: date) -> str:
    """Why a step can't be entered now, as a sentence; "" when it can."""
    refused = step_fault(life, name)
    if refused:
        return refused
    return _first_fault(life, name, event, today=today)


def why_not_correct(life: Life, uid: str, event: Event | None, *, today: date, reason: str) -> str:
    """Why an entry can't be corrected to `event` (None: declared void), as a sentence; "" when it can.

    A correction must not take the ground from under what was entered later.
    """
    entry = life.entry(uid)
    if entry is None:
        return _("要更正的那一条已不在登记里。")
    if entry.void:
        return _("这一条已经作废。")
    if not reason.strip():
        return _("请写明更正的原因。")
    if event is not None:
        fault = _first_fault(life, entry.step, event, today=today, correcting=uid)
        if fault:
            return fault
    standing: list[Event] = []
    for one in life.entries:
        said = event if one.uid == uid else None if one.void else one.event
        if said is not None:
            standing.append({**said, "uid": one.uid, "step": one.step, CORRECTS: None})
    after = life_of(standing)
    for one in life.entries:
        now = after.entry(one.uid)
        if one.uid != uid and one.counts and (now is None or not now.counts):
            return _("后面的{later}要靠这一条。请先更正{later}，再来更正它。").format(later=entry_words(one))
    return ""


def _first_fault(life: Life, name: str, event: Event, *, today: date, correcting: str = "") -> str:
    known = step(name)
    faults = field_faults(life, name, event, today=today, correcting=correcting)
    if not faults or known is None:
        return next(iter(faults.values()), "")
    missing = known.missing(event)
    if missing:
        return _("“{name}”还缺{missing}，请先填上。").format(name=name, missing="、".join(missing))
    at = next(iter(faults))
    return _("“{name}”的{title}：{fault}").format(name=name, title=known.title(at), fault=faults[at])


def _bound(life: Life, known: Step, moment: tuple[date, str], correcting: str) -> str:
    """States follow each other in time, and so do 撤离 and 返回; a lifting comes after both."""
    both = known.name == lifted()

    def same_kind(one: Entry) -> bool:
        other = step(one.step)
        return one.counts and one.day is not None and other is not None and (both or other.is_state == known.is_state)

    at = next((index for index, one in enumerate(life.entries) if one.uid == correcting), len(life.entries))
    earlier = [one for one in life.entries[:at] if same_kind(one)]
    later = [one for one in life.entries[at + 1 :] if same_kind(one) or (one.counts and one.step == lifted())]
    for one in earlier:
        if one.day is not None and _before(moment, (one.day, one.text("time"))):
            return _("不能早于{earlier}。").format(earlier=entry_words(one))
    for one in later:
        if one.day is not None and _before((one.day, one.text("time")), moment):
            return _("不能晚于{later}。").format(later=entry_words(one))
    return ""


def _before(one: tuple[date, str], other: tuple[date, str]) -> bool:
    if one[0] != other[0] or not (_TIME.fullmatch(one[1]) and _TIME.fullmatch(other[1])):
        return one[0] < other[0]
    return minutes_of(one[1]) < minutes_of(other[1])


def minutes_of(time: str) -> int:
    """Minutes after midnight of "08:30"; 0 for what is no time."""
    found = _TIME.fullmatch(time.strip())
    return int(found.group(1)) * 60 + int(found.group(2)) if found else 0


def entry_words(entry: Entry) -> str:
    """“已公告”（2025 年 6 月 5 日）, or without the day where it has none."""
    day = entry.day
    if day is None:
        return _("“{step}”").format(step=entry.step)
    return _("“{step}”（{year} 年 {day}）").format(step=entry.step, year=day.year, day=month_day_words(day))


def shown_state(life: Life) -> str:
    """The state now in words, 撤离 with it while it is in force: 已设警示 · 撤离中."""
    return life.state if life.evacuation is None else _("{state} · 撤离中").format(state=life.state)


def contents(event: Mapping[str, object]) -> dict[str, object]:
    """What an entry says, without what ties it to another one."""
    return {name: value for name, value in event.items() if name not in ("uid", CORRECTS, VOID, REASON)}
