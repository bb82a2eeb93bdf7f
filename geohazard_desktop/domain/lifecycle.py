"""The life of a danger zone: who does which step, on what paper, and what the zone may be called on a map.

Steps and their law stand in resources/rules/lifecycle.toml. Events are rows of the register `zone_event`, given as
mappings with its field names, in the order in which they were entered. The register is never changed: a mistake is
corrected by a further event, so the latest word holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.rule_file import Source, read_rules

FILE = "lifecycle.toml"

Event = Mapping[str, object]

_FIELD_TITLES = {"date": "日期", "document_no": "文号", "text": "公告内容", "finding": "专家结论", "actor": "实施单位"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `is_state`: the zone is then in a state of this name; `official`: an act that makes it more than a
    draft; `needs`: fields of the register; `after`: states from which the step may follow."""

    name: str
    is_state: bool
    official: bool
    actor: str
    needs: tuple[str, ...]
    after: tuple[str, ...]
    meaning: str
    source: Source

    @property
    def needs_document(self) -> bool:
        return "document_no" in self.needs

    def missing(self, event: Event) -> list[str]:
        """Titles of what this event still lacks before the step counts."""
        return [_(_FIELD_TITLES[name]) for name in self.needs if not str(event.get(name) or "").strip()]


@cache
def steps() -> tuple[Step, ...]:
    """All steps in legal order. Raises DefinitionInvalid."""
    found = []
    for one in read_rules(FILE).tables("step"):
        needs = one.texts("needs")
        if not set(needs) <= set(_FIELD_TITLES):
            raise one.fault("needs")
        found.append(
            Step(
                name=one.text("name"),
                is_state=one.flag("state"),
                official=one.flag("official"),
                actor=one.text("actor"),
                needs=needs,
                after=one.texts("after"),
                meaning=one.text("meaning"),
                source=one.source(),
            )
        )
    known = {one.name for one in found if one.is_state}
    if not {name for one in found for name in one.after} | {draft(), lifted()} <= known:
        raise read_rules(FILE).fault("step.after")
    return tuple(found)


@cache
def draft() -> str:
    """拟划: what a zone is until a document says otherwise."""
    return read_rules(FILE).text("draft")


@cache
def lifted() -> str:
    """已撤销: the end."""
    return read_rules(FILE).text("lifted")


def states() -> tuple[str, ...]:
    """The states in order: 拟划, 已划定, 已公告, 已设警示, 已撤销."""
    return tuple(one.name for one in steps() if one.is_state)


def step(name: str) -> Step | None:
    return next((one for one in steps() if one.name == name), None)


def state_of(events: Iterable[Event]) -> str:
    """The state that the register bears out, 拟划 where it bears out none.

    A step without what its rule needs doesn't count: a delimitation without a document number leaves the zone a draft,
    a lifting without one leaves it in force. A step without a document of its own (已设警示) makes no draft official.
    """
    state = draft()
    for event in events:
        found = step(str(event.get("step") or ""))
        if found is None or not found.is_state:
            continue
        if found.name == draft():
            state = draft()
        elif _documented(found, event) and (found.needs_document or state != draft()):
            state = found.name
    return state


def _documented(found: Step, event: Event) -> bool:
    # Date, text and finding are asked for by missing(); what decides over 拟划 on paper is the document number alone.
    return not found.needs_document or bool(str(event.get("document_no") or "").strip())


def is_official(state: str) -> bool:
    """False for 拟划 and for anything that is no state: such a zone says 拟划 on every page."""
    found = step(state)
    return found is not None and found.is_state and found.official


def is_in_force(state: str) -> bool:
    """管控 holds: delimited and not lifted."""
    return is_official(state) and state != lifted()


def may_follow(state: str) -> list[Step]:
    """The steps that may come next in a state."""
    return [one for one in steps() if state in one.after]


def why_not(state: str, name: str, event: Event, *, correcting: bool = False) -> str:
    """Why a step can't be entered now, as a sentence; "" when it can.

    `correcting`: the event puts an earlier mistake right, so that the order of the steps doesn't bind it.
    """
    found = step(name)
    if found is None:
        return _("没有“{name}”这个环节。").format(name=name)
    if not correcting and state not in found.after:
        before = "、".join(found.after)
        return _("“{name}”要在{before}之后，这个危险区现在是{state}。").format(name=name, before=before, state=state)
    missing = found.missing(event)
    if missing:
        return _("“{name}”还缺{missing}，请先填上。").format(name=name, missing="、".join(missing))
    return ""


def control_words() -> str:
    """What is forbidden inside a zone in force, without full stop (条例 art. 19)."""
    return read_rules(FILE).text("control")


def penalty_words() -> str:
    """The fines of the regulation, without full stop, for signs."""
    return read_rules(FILE).table("penalty").text("words")
