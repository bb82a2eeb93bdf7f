"""Two angles as people write them with their signs: 106°43′12″ 39°30′00″, the last sign of each often left out.

What is written between or behind them is never dropped where it may be a part of one: such a text is read as nothing.
"""

import re
from typing import NamedTuple

_NUMBER = r"\d+(?:\.\d+)?"
_DEGREE, _MINUTE, _SECOND = "[°度º˚]", "[′'‘’分]", "(?:[″\"“”秒]|[′'‘’]{2})"
# Directly behind a sign a number without one is of the next smaller unit: 106°43′12, 106°43.
_BARE = rf"[0-5]?\d(?:\.\d+)?(?!\d|\.\d|\s*{_DEGREE}|\s*{_MINUTE}|\s*{_SECOND})"
_MARKED = re.compile(
    rf"(?P<degrees>-?{_NUMBER})\s*{_DEGREE}"
    rf"(?:\s*(?P<minutes>{_NUMBER})\s*{_MINUTE}(?!{_MINUTE})|(?P<bare_minutes>{_BARE}))?"
    rf"(?:\s*(?P<seconds>{_NUMBER})\s*{_SECOND}|(?P<bare_seconds>{_BARE}))?"
)


class Marked(NamedTuple):
    """One angle as it is written, and its parts, "" where there is none."""

    text: str
    degrees: str
    minutes: str
    seconds: str


def marked_pair(text: str) -> tuple[Marked, Marked] | None:
    """The two angles of `text`; None where it holds no two, or numbers that may belong to one of them."""
    found = list(_MARKED.finditer(text))
    if len(found) != 2:
        return None
    first, second = (_marked(one) for one in found)
    behind = text[found[1].end() :]
    same = [bool(one) for one in first[1:]] == [bool(one) for one in second[1:]]
    if re.search(r"\d", text[found[0].end() : found[1].start()]) or (not same and re.match(r"\s*\d", behind)):
        return None
    return first, second


def _marked(found: re.Match[str]) -> Marked:
    parts = found.groupdict(default="")
    minutes, seconds = (parts[one] or parts[f"bare_{one}"] for one in ("minutes", "seconds"))
    return Marked(found.group(0), parts["degrees"], minutes, seconds)
