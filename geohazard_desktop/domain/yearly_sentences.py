"""Sentences of the yearly plan that law and the district's plan give: resources/rules/yearly_plan.toml."""

from collections.abc import Iterator
from dataclasses import dataclass

from geohazard_desktop.domain.rule_file import RuleTable, Source, read_rules

FILE = "yearly_plan.toml"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its source; `part` is the heading that a measure belongs to."""

    words: str
    source: Source
    part: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the district and the hazards that its plan expects there."""

    place: str
    hazards: str
    source: Source


def _rows(key: str, district: str) -> Iterator[RuleTable]:
    for one in read_rules(FILE).tables(key):
        if one.values.get("district", district) == district:
            yield one


def sentences(key: str, district: str) -> list[Sentence]:
    """Those of "basis", "key_area", "measure", "support" that hold in the district of that code. Raises
    DefinitionInvalid."""
    return [
        Sentence(one.text("words"), one.source(), one.text("part") if key == "measure" else "")
        for one in _rows(key, district)
    ]


def stretches(district: str) -> list[Stretch]:
    """Where the district's plan expects what; none for a district whose plan is not known here."""
    return [Stretch(one.text("place"), one.text("hazards"), one.source()) for one in _rows("stretch", district)]


def trend(district: str) -> Sentence | None:
    """What the district's plan says of the causes; None for a district whose plan is not known here."""
    table = read_rules(FILE).table("trend")
    if table.values.get("district", district) != district:
        return None
    return Sentence(table.text("words"), table.source())


def approval() -> Sentence:
    """How the plan comes into force (条例 art. 18)."""
    table = read_rules(FILE).table("approval")
    return Sentence(table.text("words"), table.source())


def contents() -> tuple[str, ...]:
    """The five things that the regulation asks of a plan."""
    return read_rules(FILE).table("contents").texts("words")


def contents_source() -> Source:
    """Which article asks for them."""
    return read_rules(FILE).table("contents").source()
