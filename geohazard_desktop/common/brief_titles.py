"""Titles as people type them: 街道 for 街道（镇）, where that can mean one thing alone."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

Titled = TypeVar("Titled")
_BRACKETS = re.compile(r"\([^()]*\)")


def brief(title: str) -> str:
    """A title without what stands in brackets, of whatever width; in lower case and without blanks."""
    return "".join(_BRACKETS.sub("", unicodedata.normalize("NFKC", title)).split()).casefold()


def called_briefly(words: str, things: Iterable[Titled], title: Callable[[Titled], str]) -> Titled | None:
    """The only one of `things` whose title is `words` when what stands in brackets is left out; None where there is
    none or where it might be several."""
    said = brief(words)
    found = [one for one in things if said and brief(title(one)) == said]
    return found[0] if len(found) == 1 else None
