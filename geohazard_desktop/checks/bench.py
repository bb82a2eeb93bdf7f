"""What repairs are made of: the bench that they are made on, one upon the other, and the words of what they cost."""

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import Definitions
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Repair:
    """`label` stands on the button, `price` says what changes ("−0.3 m²"; "" where nothing can be counted), `outlines`
    are the shapes as they would be, `edit` is what is stored when it is taken; without
    deltas it is mended already."""

    label: str
    price: str
    outlines: tuple[BaseGeometry, ...]
    edit: Edit


class Bench:
    """The workspace as it would be after the repairs taken so far: many are made one upon the other, stored at once."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._after: dict[tuple[str, str], Feature | None] = {}
        self._before: dict[tuple[str, str], Feature | None] = {}
        self.numbers: dict[str, list[str]] = {}

    @property
    def definitions(self) -> Definitions:
        return self.ws.definitions

    def feature(self, layer: str, uid: str) -> Feature:
        """Raises EditRefused when the feature has gone meanwhile."""
        key = (layer, uid)
        found = self._after[key] if key in self._after else self.ws.feature(layer, uid)
        if found is None:
            raise EditRefused(_("要改的要素已经不在了。"), _("请再检查一次。"))
        return found

    def next_number(self, layer: str) -> str:
        """A number nobody has, also not the repairs before in this step."""
        given = self.numbers.setdefault(layer, [])
        number = self.ws.next_numbers(layer, len(given) + 1)[-1]
        given.append(number)
        return number

    def take(self, edit: Edit) -> None:
        for delta in edit.deltas:
            key = (delta.layer, delta.uid)
            self._before.setdefault(key, delta.before)
            self._after[key] = delta.after

    def edit(self, words: str) -> Edit:
        """Everything taken, as one step of the history."""
        deltas = [
            Delta(layer, uid, self._before[layer, uid], after)
            for (layer, uid), after in self._after.items()
            if not (after is None and self._before[layer, uid] is None)
        ]
        return Edit(words, deltas)


Maker = Callable[[Bench, Finding], Repair]


def metres_words(metres: float) -> str:
    """+402 米, −0.35 米."""
    return _("{sign}{number} 米").format(sign=_sign(metres), number=_number(abs(metres)))


def area_change_words(square_metres: float) -> str:
    """+41.0 m², −0.3 m²; 面积不变 below a square decimetre."""
    if abs(square_metres) < 0.01:
        return _("面积不变")
    return _("{sign}{number} m²").format(sign=_sign(square_metres), number=_number(abs(square_metres)))


def area_words(square_metres: float) -> str:
    """46.02 公顷; below 0.01 公顷 in m²."""
    if square_metres < 100.0:
        return _("{number} m²").format(number=_number(square_metres))
    return _("{number:.2f} 公顷").format(number=square_metres / 1e4)


def _sign(number: float) -> str:
    return "−" if number < 0 else "+"


def _number(number: float) -> str:
    digits = 0 if number >= 100 else 1 if number >= 1 else 2
    return f"{number:,.{digits}f}".replace(",", "\u2009")


def shapes_after(edit: Edit) -> tuple[BaseGeometry, ...]:
    """What an edit makes of shapes, for the map to show; an edit of values alone shows none."""
    found = []
    for one in edit.deltas:
        before = one.before.geometry if one.before is not None else None
        after = one.after.geometry if one.after is not None else None
        if after is not None and (before is None or not before.equals_exact(after, 0.0)):
            found.append(after)
    return tuple(found)
