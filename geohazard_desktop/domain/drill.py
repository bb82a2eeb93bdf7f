"""The steps and tasks of an evacuation drill: resources/rules/drill.toml, with the minutes of each step reckoned."""

from dataclasses import dataclass
from typing import Literal

from geohazard_desktop.domain.rule_file import RuleTable, read_rules

FILE = "drill.toml"
SIGNAL, GOING, FIRST, LAST = "signal", "going", "first", "last"
Sent = Literal["all", "some", "none"]  # who can be sent off unasked


@dataclass(frozen=True, slots=True)
class DrillStep:
    """`minute` from the start of the drill; None where it hangs on a walk that nobody can reckon."""

    minute: int | None
    role: str
    words: str


def drill_steps(getting_going: int, fastest: int | None, slowest: int | None, sent: Sent = "all") -> list[DrillStep]:
    """The steps in order. `getting_going` minutes from the signal to leaving; `fastest` and `slowest` minutes of
    the first and the last to arrive (None: there is no route to walk); `sent`: whom the drill may send along the
    routes, since nobody rehearses what the card at the door forbids. Raises DefinitionInvalid."""
    tables = list(read_rules(FILE).tables("step"))
    signal = next((round(one.number("at")) for one in tables if one.values.get("moment") == SIGNAL), 0)
    going = signal + getting_going
    moments = {
        SIGNAL: signal,
        GOING: going,
        FIRST: None if fastest is None else going + fastest,
        LAST: None if slowest is None else going + slowest,
    }
    own = f"words_{sent}"
    return [
        DrillStep(_minute(one, moments), one.text("role"), one.text(own if own in one.values else "words"))
        for one in tables
    ]


def _minute(table: RuleTable, moments: dict[str, int | None]) -> int | None:
    if "at" in table.values:
        return round(table.number("at"))
    name = table.text("moment")
    if name not in moments:
        raise table.fault("moment")
    moment = moments[name]
    return None if moment is None else moment + round(table.number("after"))


def drill_tasks() -> list[tuple[str, str]]:
    """(role, task) of everybody who has one."""
    return [(one.text("role"), one.text("words")) for one in read_rules(FILE).tables("task")]


def drill_questions() -> tuple[str, ...]:
    """What the record of a drill asks."""
    return read_rules(FILE).table("record").texts("questions")
