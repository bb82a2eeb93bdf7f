"""What a warning sign says of a kind of hazard: resources/rules/sign_words.toml."""

from dataclasses import dataclass

from geohazard_desktop.domain.rule_file import RuleTable, read_rules

FILE = "sign_words.toml"


@dataclass(frozen=True, slots=True)
class SignWords:
    """`phrase` is read from afar, `second` below it; `advice` stands apart from what the law forbids."""

    phrase: str
    second: str
    advice: str


def sign_words(hazard_type: str) -> SignWords:
    """The words for a kind of hazard, those of any hazard where it has none. Raises DefinitionInvalid."""
    rules = read_rules(FILE)
    for one in rules.tables("sign"):
        if hazard_type in one.texts("hazard_types"):
            return _words(one)
    return _words(rules.table("other"))


def _words(table: RuleTable) -> SignWords:
    return SignWords(table.text("phrase"), table.text("second"), table.text("advice"))


def all_sign_words() -> list[SignWords]:
    """Those of every kind, and those of any other hazard. Raises DefinitionInvalid."""
    rules = read_rules(FILE)
    return [*(_words(one) for one in rules.tables("sign")), _words(rules.table("other"))]
