"""The life of a danger zone: which steps there are, who does them on what paper, what the law says about each.

Steps and their law stand in resources/rules/lifecycle.toml. `zone_register.py` reads what has been entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.rule_file import Source, read_rules

FILE = "lifecycle.toml"

Event = Mapping[str, object]

# Fields that a step may ask for or offer, and how its form calls them.
FIELD_TITLES: Mapping[str, str] = {
    "date": "日期",
    "time": "时刻",
    "document_no": "文号",
    "actor": "实施单位",
    "people_moved": "撤离人数",
    "signal": "发出的信号",
    "found_by": "认定单位",
    "finding": "认定结论",
    "text": "公告内容",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `is_state`: the zone is then in a state of this name; `official`: an act that makes it more than a
    draft; `needs`: fields of the register that must be filled, `offers` those that may be; `after`: states from which
    the step may follow; `verb`: what is done to the zone ("公告")."""

    name: str
    verb: str
    is_state: bool
    official: bool
    actor: str
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    after: tuple[str, ...]
    meaning: str
    source: Source

    @property
    def needs_document(self) -> bool:
        return "document_no" in self.needs

    @property
    def fields(self) -> tuple[str, ...]:
        """What the step's form asks for, in reading order."""
        return tuple(name for name in FIELD_TITLES if name in self.needs or name in self.offers)

    def title(self, name: str) -> str:
        """How the step's form calls a field of the register: a text is an announcement only where one is made."""
        if name == "text" and "text" not in self.needs and self.name != lifted():
            return _("说明")
        return _(FIELD_TITLES[name])

    def missing(self, event: Event) -> list[str]:
        """Titles of what this event still lacks before the step counts."""
        return [self.title(name) for name in self.needs if not str(event.get(name) or "").strip()]


@cache
def steps() -> tuple[Step, ...]:
    """All steps in legal order. Raises DefinitionInvalid."""
    found = []
    for one in read_rules(FILE).tables("step"):
        needs, offers = one.texts("needs"), one.texts("offers", optional=True)
        if not set(needs) <= set(FIELD_TITLES):
            raise one.fault("needs")
        if not set(offers) <= set(FIELD_TITLES):
            raise one.fault("offers")
        found.append(
            Step(
                name=one.text("name"),
                verb=one.text("verb"),
                is_state=one.flag("state"),
                official=one.flag("official"),
                actor=one.text("actor"),
                needs=needs,
                offers=offers,
                after=one.texts("after"),
                meaning=one.text("meaning"),
                source=one.source(),
            )
        )
    known = {one.name for one in found if one.is_state}
    if not {name for one in found for name in one.after} | {draft(), lifted(), signed()} <= known:
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


@cache
def moving_out() -> str:
    """撤离: the event after which nobody may be inside."""
    return read_rules(FILE).text("moving_out")


@cache
def moving_back() -> str:
    """返回: the event that ends 撤离."""
    return read_rules(FILE).text("moving_back")


@cache
def signed() -> str:
    """已设警示: the step that signs on the boundary must bear out."""
    return read_rules(FILE).text("signed")


def states() -> tuple[str, ...]:
    """The states in order: 拟划, 已划定, 已公告, 已设警示, 已撤销."""
    return tuple(one.name for one in steps() if one.is_state)


def step(name: str) -> Step | None:
    return next((one for one in steps() if one.name == name), None)


def is_official(state: str) -> bool:
    """False for 拟划 and for anything that is no state: such a zone says 拟划 on every page."""
    found = step(state)
    return found is not None and found.is_state and found.official


def is_in_force(state: str) -> bool:
    """管控 holds: delimited and not lifted."""
    return is_official(state) and state != lifted()


def control_words() -> str:
    """What is forbidden inside a zone in force, without full stop (条例 art. 19)."""
    return read_rules(FILE).text("control")


def control_brief() -> tuple[str, str]:
    """What is forbidden, as signs and notices list it, and the article that says so."""
    return read_rules(FILE).text("control_brief"), read_rules(FILE).text("control_source")


def penalty_brief() -> tuple[str, str]:
    """The fines in the fewest words, and the article that says so."""
    table = read_rules(FILE).table("penalty")
    return table.text("brief"), table.text("source")


def sign_days() -> tuple[int, Source]:
    """Within how many days of the announcement signs should stand, and where that is said."""
    table = read_rules(FILE).table("sign_deadline")
    return round(table.number("days", least=1)), table.source()


def sign_spacing() -> tuple[float, Source]:
    """From how many metres of boundary on one more sign is advised, and where that is said."""
    table = read_rules(FILE).table("sign_spacing")
    return table.number("metres", least=1), table.source()
