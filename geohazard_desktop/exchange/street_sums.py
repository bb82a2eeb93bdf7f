"""按街道统计: what the rows of a register come to by 街道 and 镇, added up while they are written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.register_order import collation

if TYPE_CHECKING:
    from geohazard_desktop.exchange.register_export import ExportColumn

STREET = "subdistrict"
_NO_SUMS = ("年", "岁")  # units of which a sum says nothing

Cell = str | int | float | date | None


class StreetSums:
    """Counts rows, sums the columns that count something (with a unit, or measured), and counts rows with words in the
    columns `counted`."""

    def __init__(self, columns: Sequence["ExportColumn"], counted: Sequence[str] = ()) -> None:
        self._columns = columns
        self._street = next((at for at, one in enumerate(columns) if one.key == STREET), None)
        self._sums = [at for at, one in enumerate(columns) if _is_a_quantity(one)]
        self._words = [at for at, one in enumerate(columns) if one.key in counted]
        self._found: dict[str, list[float]] = {}

    def through(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """The rows as they come, added up on their way."""
        for row in rows:
            if self._street is not None:
                self._add(str(row[self._street] or "").strip(), row)
            yield row

    def _add(self, street: str, row: Sequence[Cell]) -> None:
        sums = self._found.setdefault(street, [0.0] * (1 + len(self._sums) + len(self._words)))
        sums[0] += 1
        for place, at in enumerate(self._sums, 1):
            value = row[at]
            sums[place] += value if isinstance(value, int | float) else 0
        for place, at in enumerate(self._words, 1 + len(self._sums)):
            sums[place] += bool(row[at])

    def table(self) -> list[list[Cell]]:
        """Head, a row for each 街道 in order, the total; [] where the rows say no 街道 at all."""
        if not any(self._found):
            return []
        head: list[Cell] = [_("街道（镇）"), _("行数")]
        head += [_("{heading}合计").format(heading=self._columns[at].heading) for at in self._sums]
        head += [_("{heading}的行数").format(heading=self._columns[at].heading) for at in self._words]
        streets = sorted(self._found, key=lambda one: (not one, collation(one)))
        rows = [head]
        rows += [[one or _("（没有填）"), *map(_plain, self._found[one])] for one in streets]
        total = [sum(column) for column in zip(*self._found.values(), strict=True)]
        return [*rows, [_("合计"), *map(_plain, total)]]


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 4)


def _is_a_quantity(column: "ExportColumn") -> bool:
    if column.kind != "number":
        return False
    return column.field is None or bool(column.field.unit and column.field.unit not in _NO_SUMS)
