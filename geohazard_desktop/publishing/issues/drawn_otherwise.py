"""Whether two papers differ by the painter's hand alone: they say the same, and their maps were drawn from the same.

Asked where a paper was drawn by another version of the program (or on a machine with other fonts): a household must not
be made to get a new paper because names and signs are set out better today.
"""

import html
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from geohazard_desktop.cartography.drawn_from import unmarked

# Of a map: where names, furniture and numbers found room, and its words for a screen reader, counted from what is
# drawn. Where a reader stands, where home is and where a step begins are facts.
_PLACED = frozenset({"names", "furniture", "over", "bar_metres", "box", "foot", "points", "frame", "tag_box", "alt"})
# What it draws. North turns by a hair where the frame has moved, and much where a sign is to stand elsewhere: a fact.
_DRAWN = frozenset({"ways", "marks", "north_degrees"})
# Of a sheet: how its blocks are laid out.
_LAID_OUT = frozenset({"layout", "inset_corner", "drafts_place"})
_WAY = ("kind", "line", "width", "red")  # of a way laid over the map; where its arrows stand follows from it
_BESIDE = frozenset({"badge"})  # marks that belong to a line and stand where there is room
_TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")
# Pictures that mean what their name says, which is a fact of the form. Any other must bear its mark.
_NAMED = ("swatch", "landmark/")

Pictures = Mapping[str, str | bytes]


def facts(value: Any) -> Any:
    """JSON data of a form without what painter and layout decide."""
    if isinstance(value, Mapping):
        left_out = _LAID_OUT if "denominator" not in value else _PLACED | {"ways", "marks"}
        found = {key: facts(one) for key, one in value.items() if key not in left_out}
        if "denominator" in value:
            found["ways"] = [_way(one) for one in value.get("ways", ())]
            found["marks"] = [_mark(one) for one in value.get("marks", ())]
        return found
    return [facts(one) for one in value] if isinstance(value, list | tuple) else value


def beside_drawing(value: Any) -> Any:
    """JSON data of a form without what its maps draw and where names stand on them; the words of the names are told
    apart from this."""
    if isinstance(value, Mapping):
        left_out = _PLACED | _DRAWN if "denominator" in value else _LAID_OUT
        return {key: beside_drawing(one) for key, one in value.items() if key not in left_out}
    return [beside_drawing(one) for one in value] if isinstance(value, list | tuple) else value


def _mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: one for key, one in mark.items() if key not in _PLACED | {"at"}}
    if mark.get("kind") == "step" and mark.get("words") == "1":
        return found  # it begins at home, which has a mark; its number stands where the way out has room for it
    # A step's number stands aside where it would hide something; what it tells of is where its line leads.
    return found if mark.get("kind") in _BESIDE else {**found, "place": mark.get("foot") or mark.get("at")}


def _way(way: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: way.get(key) for key in _WAY}
    line = way.get("line") or ()
    arrows = [(one[1], _middle(one[0], one[2])) for one in way.get("chevrons") or ()]
    head = [(one[0], one[2]) for one in (way.get("head"),) if one]
    return {**found, "astray": any(_astray(line, *one) for one in arrows + head)}


def _middle(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _astray(line: Sequence[Sequence[float]], tip: Sequence[float], base: Sequence[float]) -> bool:
    """Whether an arrow points otherwise than the line is walked, there where it stands."""
    legs = [(one, two) for one, two in pairwise(line) if one != two]
    if not legs:
        return False
    one, two = min(legs, key=lambda leg: _distance(base, *leg))
    along = (two[0] - one[0]) * (tip[0] - base[0]) + (two[1] - one[1]) * (tip[1] - base[1])
    return along <= 0


def _distance(place: Sequence[float], one: Sequence[float], two: Sequence[float]) -> float:
    x, y = two[0] - one[0], two[1] - one[1]
    share = ((place[0] - one[0]) * x + (place[1] - one[1]) * y) / (x * x + y * y)
    share = min(max(share, 0.0), 1.0)
    return math.hypot(place[0] - one[0] - share * x, place[1] - one[1] - share * y)


def drawn_from_the_same(before: Pictures, today: Pictures) -> bool:
    """Whether all maps of two papers show the same, however they are drawn. Photographs must be the same."""
    if before.keys() != today.keys():
        return False
    return any(_digest(one) for one in today.values()) and all(
        _same(name, one, today[name]) for name, one in before.items()
    )


def named_the_same(before: tuple[Any, Pictures], today: tuple[Any, Pictures]) -> bool:
    """Whether the words on the maps of two papers (JSON data, pictures) are the same, but for such as found no room on
    one of them. A word that stands there now while another one is gone may be another word for the same."""
    then, now = (Counter(_names(data)) + Counter(_written(pictures)) for data, pictures in (before, today))
    return not (then - now and now - then)


def _names(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        own = [str(one.get("words", "")) for one in value.get("names", ())] if "denominator" in value else []
        return own + [word for one in value.values() for word in _names(one)]
    return [word for one in value for word in _names(one)] if isinstance(value, list | tuple) else []


def _written(pictures: Pictures) -> list[str]:
    # A name with a halo is written twice, one that runs along a line character by character and once unseen.
    words = {one: set(_TEXT.findall(svg)) for one, svg in pictures.items() if isinstance(svg, str)}
    return [html.unescape(word) for found in words.values() for word in found]


def _same(name: str, before: str | bytes, today: str | bytes) -> bool:
    if before == today:
        return True
    if isinstance(before, bytes) or isinstance(today, bytes) or "<image" in before or "<image" in today:
        return False
    marks = _digest(before), _digest(today)
    return marks[0] == marks[1] and (marks[0] != "" or name.startswith(_NAMED))


def _digest(picture: str | bytes) -> str:
    return "" if isinstance(picture, bytes) else unmarked(picture)[1]
