"""Kinds of hazard, the parts of a 统一编号, and what a resident is told to mind (resources/rules/)."""

import re
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.domain.rule_file import Source, read_rules

HAZARDS = "hazards.toml"
NOTES = "card_notes.toml"


@dataclass(frozen=True, slots=True)
class HazardType:
    """One kind. `code` are its two digits in a 统一编号, "" for a word that inventories don't number."""

    name: str
    code: str
    inventory: bool
    source: Source


@dataclass(frozen=True, slots=True)
class UnifiedCode:
    """A 统一编号 taken apart. `hazard_type` is "" where the two digits are none we know."""

    county: str
    type_code: str
    serial: str
    hazard_type: str

    @property
    def short(self) -> str:
        """04-0001, as maps print it: the serial alone repeats across types."""
        return f"{self.type_code}-{self.serial}"


@dataclass(frozen=True, slots=True)
class CardNotes:
    """What the household card tells to mind. `strong` are words in the sentences to be set bold; `donts` are three
    short sentences for the large print. `phoning` takes the place of the sentences on the card of a household that has
    to phone before it leaves, `phoning_strong` that of `strong`; without them these stay.

    Not approved by anybody while `source.verified` is False.
    """

    sentences: tuple[str, ...]
    strong: tuple[str, ...]
    donts: tuple[str, ...]
    phoning: tuple[str, ...]
    phoning_strong: tuple[str, ...]
    source: Source

    @property
    def text(self) -> str:
        return "".join(self.sentences)


@cache
def hazard_types() -> tuple[HazardType, ...]:
    """Every kind in the order of lists. Raises DefinitionInvalid."""
    found = []
    for one in read_rules(HAZARDS).tables("hazard"):
        inventory = one.flag("inventory")
        code = one.text("code") if inventory else ""
        found.append(HazardType(one.text("name"), code, inventory, one.source()))
    return tuple(found)


def hazard_type(name: str) -> HazardType | None:
    return next((one for one in hazard_types() if one.name == name), None)


@cache
def _form() -> re.Pattern[str]:
    table = read_rules(HAZARDS).table("unified_code")
    try:
        form = re.compile(table.text("form"), re.ASCII)
    except re.error as error:
        raise table.fault("form") from error
    if not {"county", "type", "serial"} <= set(form.groupindex):
        raise table.fault("form")
    return form


def read_unified_code(text: str) -> UnifiedCode | None:
    """A 统一编号 taken apart, None where it hasn't the usual form; offices use others, so this is never an error."""
    found = _form().fullmatch(text.strip())
    if found is None:
        return None
    names = {one.code: one.name for one in hazard_types() if one.code}
    return UnifiedCode(found["county"], found["type"], found["serial"], names.get(found["type"], ""))


@cache
def card_notes(hazard_type: str) -> CardNotes | None:
    """The notes for a kind of hazard; None where the file has none: the card then leaves the cell blank."""
    for one in read_rules(NOTES).tables("notes"):
        if hazard_type in one.texts("hazard_types"):
            sentences, strong = one.texts("sentences"), one.texts("strong", optional=True)
            phoning = one.texts("phoning", optional=True)
            phoning_strong = one.texts("phoning_strong", optional=True) if phoning else strong
            phoning = phoning or sentences
            for key, words, said in (("strong", strong, sentences), ("phoning_strong", phoning_strong, phoning)):
                if not all(any(word in sentence for sentence in said) for word in words):
                    raise one.fault(key)
            donts = one.texts("donts", optional=True)
            return CardNotes(sentences, strong, donts, phoning, phoning_strong, one.source())
    return None


@cache
def donts_by_hazard() -> frozenset[str]:
    """Every sentence that the cards have under 不要做的事, of whatever hazard."""
    return frozenset(words for one in read_rules(NOTES).tables("notes") for words in one.texts("donts", optional=True))
