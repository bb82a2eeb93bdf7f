"""Whether two papers differ by the painter's hand alone: they say the same, and their maps were drawn from the same.

Asked where a paper was drawn by another version of the program (or on a machine with other fonts): a household must not
be made to get a new paper because names and signs are set out better today.
"""

from collections.abc import Mapping
from typing import Any

from geohazard_desktop.cartography.drawn_from import unmarked

# Of a map: where names, furniture and numbers found room. Where a reader stands and where home is are facts.
_PLACED = frozenset({"names", "furniture", "over", "bar_metres", "box", "foot", "points"})
# Of a sheet: how its blocks are laid out.
_LAID_OUT = frozenset({"layout", "inset_corner", "drafts_place"})
_WAY = ("kind", "line", "width", "red")  # of a way laid over the map; arrows and head follow from it
_STANDING = frozenset({"home", "here"})  # marks whose place is a fact; discs and badges stand aside for each other

Pictures = Mapping[str, str | bytes]


def facts(value: Any) -> Any:
    """JSON data of a form without what painter and layout decide."""
    if isinstance(value, Mapping):
        left_out = _LAID_OUT if "denominator" not in value else _PLACED | {"ways", "marks"}
        found = {key: facts(one) for key, one in value.items() if key not in left_out}
        if "denominator" in value:
            found["ways"] = [{key: one.get(key) for key in _WAY} for one in value.get("ways", ())]
            found["marks"] = [_mark(one) for one in value.get("marks", ())]
        return found
    return [facts(one) for one in value] if isinstance(value, list | tuple) else value


def _mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    left_out = _PLACED if mark.get("kind") in _STANDING else _PLACED | {"at"}
    return {key: one for key, one in mark.items() if key not in left_out}


def drawn_from_the_same(before: Pictures, today: Pictures) -> bool:
    """Whether all maps of two papers show the same, however they are drawn. Photographs must be the same; signs and
    swatches go by their names, which are facts of the form."""
    if before.keys() != today.keys():
        return False
    return any(_digest(one) for one in today.values()) and all(_same(one, today[name]) for name, one in before.items())


def _same(before: str | bytes, today: str | bytes) -> bool:
    if before == today:
        return True
    if isinstance(before, bytes) or isinstance(today, bytes) or "<image" in before or "<image" in today:
        return False
    return _digest(before) == _digest(today)


def _digest(picture: str | bytes) -> str:
    return "" if isinstance(picture, bytes) else unmarked(picture)[1]
