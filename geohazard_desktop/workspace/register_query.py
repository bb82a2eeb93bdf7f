"""What a register is asked for: conditions on columns, a quick search, an order. Plain data, kept in preferences.

`field` names a field of the layer, or a measure (`MEASURES`) whose figures are handed in beside the query.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.rows import Bounds, RowIds

AREA, LENGTH = "@area", "@length"  # square metres and metres on the ellipsoid; never stored
MEASURES = (AREA, LENGTH)


@dataclass(frozen=True, slots=True)
class Among:
    """One of these values; None stands for empty cells. A list field holds when one of its parts is among them."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """From `low` to `high`, both included; None is open. Numbers, or dates as ISO 8601 text (a day holds all its
    moments). Empty cells never hold."""

    field: str
    low: Value = None
    high: Value = None


@dataclass(frozen=True, slots=True)
class Filled:
    """`filled`: something stands there; else nothing does."""

    field: str
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Containing:
    """Text that contains `text`, whatever the case of Latin letters."""

    field: str
    text: str


Condition = Among | Between | Filled | Containing


@dataclass(frozen=True, slots=True)
class SortKey:
    """Empty cells stand last in both directions."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """`text` is the quick search over numbers, names (pinyin too) and texts. `rows`: these rows alone; `bounds`: those
    whose box meets it (metres)."""

    layer: str
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    sort: tuple[SortKey, ...] = ()
    rows: RowIds | None = None
    bounds: Bounds | None = None

    @property
    def narrows(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.conditions or self.text.strip() or self.rows is not None or self.bounds is not None)


Measured = Mapping[
    str, tuple[RowIds, Sequence[float] | NDArray[np.float64]]
]  # by measure: rows ascending, their figures (nan: none)

_KINDS: Mapping[str, type[Condition]] = {
    "among": Among,
    "between": Between,
    "filled": Filled,
    "containing": Containing,
}


def condition_data(condition: Condition) -> dict[str, Any]:
    """A condition as JSON can hold it."""
    kind = next(name for name, made in _KINDS.items() if isinstance(condition, made))
    return {"kind": kind, **asdict(condition)}


def condition_of(data: Mapping[str, Any]) -> Condition:
    """The condition of `condition_data`. Raises ValueError for what is none."""
    rest: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key != "kind"
    }
    made = _KINDS.get(str(data.get("kind")))
    if made is None:
        raise ValueError(f"no condition: {data}")
    try:
        return made(**rest)
    except TypeError as error:
        raise ValueError(f"no condition: {data}") from error
