"""A table told column by column: title, width and what a row says there stand in one line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.yearly.model import Column, Series, Side, Table, said
from geohazard_desktop.workspace.feature import Feature, split_list

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Told(Generic[Row]):
    """A column, and what `of` says there of a row; None and "" are blanks to fill in. `wide` as in Column."""

    title: str
    wide: float
    of: Callable[[Row], str | float | None]
    side: Side = "left"


def listed(
    key: str,
    caption: str,
    rows: Iterable[Row],
    columns: Iterable[Told[Row]],
    *,
    serial: float = 0,
    note: str = "",
    small: bool = False,
    series: Series = "表",
) -> Table:
    """A table of `rows` in their order; with `serial`, the width of 序号, they are counted in a first column."""
    columns = tuple(columns)
    heads = [Column(one.title, one.wide, one.side) for one in columns]
    cells = [tuple(said(one.of(row)) for one in columns) for row in rows]
    if serial:
        heads.insert(0, Column(_("序号"), serial, "centre"))
        cells = [(said(str(number)), *row) for number, row in enumerate(cells, 1)]
    return Table(key, caption, tuple(heads), tuple(cells), note=note, small=small, series=series)


def text(name: str) -> Callable[[Feature], str]:
    """What a feature's field says."""
    return lambda one: one.text(name)


def parts(name: str) -> Callable[[Feature], str]:
    """The parts of a field that lists several, each once as registered."""
    return lambda one: "、".join(split_list(one[name]))
