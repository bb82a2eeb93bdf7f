"""Words in a household's remark that its register has fields for (resources/rules/remark_words.toml)."""

from geohazard_desktop.domain.rule_file import read_rules

FILE = "remark_words.toml"


def walking_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that somebody can't walk alone, each once, in the file's order."""
    return _found("walking", text)


def gone_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that nobody lives there any more."""
    return _found("gone", text)


def _found(kind: str, text: str) -> tuple[str, ...]:
    found = [one for one in read_rules(FILE).table(kind).texts("words") if one in text]
    return tuple(one for one in found if not any(one != other and one in other for other in found))
