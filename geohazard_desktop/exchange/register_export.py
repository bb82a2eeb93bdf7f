"""A register as a file for other offices: Excel or CSV, all of it or nothing.

The file is written beside its place under a name of its own and put there when it is whole: a full disk, a stop, a
stick pulled out leave what was there before. Numbers stay numbers, days stay days, numbers for people and phones stay
text with their zeros, and no text becomes a formula of the program that opens it.
"""

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import whole_file
from geohazard_desktop.exchange.register_sheet import write_sheet
from geohazard_desktop.exchange.street_sums import StreetSums
from geohazard_desktop.workspace.clean_copy import COVERED_TEXTS, covering
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value
from geohazard_desktop.workspace.personal_words import personal_words
from geohazard_desktop.workspace.register_query import AREA, MEASURES, Measured
from geohazard_desktop.workspace.register_rows import figures
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

Profile = Literal["internal", "public"]
Kind = Literal["xlsx", "csv", "csv-gb18030"]
Progress = Callable[[int, int], None]
Cell = str | int | float | date | None

_BLOCK = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LATE = "@late"
MOST_ROWS = 1_048_575  # of an Excel sheet, without its head


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column of the file. `kind`: text, number, day or moment; `width` in characters; `field` None for measures."""

    key: str
    heading: str
    kind: Literal["text", "number", "day", "moment"]
    width: float
    field: FieldDefinition | None = None


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is wanted: the rows `ids` in their order and the columns `keys`; `about` are lines for the page that says
    where the table comes from. `instead` has values that stand in place of the stored ones, by field and uid: a danger
    zone is told in the state that its register bears out. `late` says by uid what is overdue of a row, in a column of
    its own where anything is."""

    layer: str
    ids: RowIds
    keys: Sequence[str]
    kind: Kind = "xlsx"
    profile: Profile = "internal"
    measured: Measured = field(default_factory=dict)
    instead: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    about: Sequence[str] = ()
    late: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ExportReport:
    """`left_out`: titles of personal columns; `notes`: sentences on what is not as it is in the workspace."""

    path: Path
    rows: int
    columns: list[str]
    left_out: list[str]
    personal: list[str]
    notes: list[str]


def export_register(
    ws: Workspace, order: ExportOrder, path: Path, progress: Progress = lambda _done, _all: None
) -> ExportReport:
    """Write rows of a register to `path`. `progress` gets (rows done, all) and may raise to stop: nothing is left.

    Raises ExportRefused for a layer that is personal as a whole in the public profile, for a place that can't be
    written and for more rows than a sheet has.
    """
    definition = ws.definition(order.layer)
    columns, left_out = _columns(definition, order)
    report = ExportReport(
        path,
        0,
        [one.heading for one in columns],
        left_out,
        [one.field.title for one in columns if one.field is not None and definition.is_personal(one.key)],
        [],
    )
    if order.kind == "xlsx" and len(order.ids) > MOST_ROWS:
        raise ExportRefused(
            _("{count} 行超过 Excel 一张表的 {most} 行。").format(count=len(order.ids), most=MOST_ROWS),
            _("请先筛选，或导出为 CSV。"),
        )
    rows = _Rows(ws, definition, order, columns, report, progress)
    with whole_file(path) as part:
        if order.kind == "xlsx":
            sums = StreetSums(columns, (_LATE,))
            write_sheet(part, definition.title, columns, sums.through(rows), order.about, report.notes, sums.table)
        else:
            _write_csv(part, columns, rows, "gb18030" if order.kind == "csv-gb18030" else "utf-8-sig")
    return report


# -- columns ---------------------------------------------------------------------------------------------------------


def _columns(definition: LayerDefinition, order: ExportOrder) -> tuple[list[ExportColumn], list[str]]:
    if order.profile == "public" and definition.personal:
        raise ExportRefused(
            _("“{title}”整层都是个人信息，不能公开导出。").format(title=definition.title), _("请选“内部”。")
        )
    found: list[ExportColumn] = []
    left_out: list[str] = []
    for key in order.keys:
        if key in MEASURES:
            title = _("图上面积（公顷）") if key == AREA else _("图上长度（米）")
            found.append(ExportColumn(key, title, "number", 14))
            continue
        one = definition.by_name[key]
        if order.profile == "public" and definition.is_personal(key):
            left_out.append(one.title)
            continue
        kind: Literal["text", "number", "day", "moment"] = "text"
        if one.type in ("integer", "real"):
            kind = "number"
        elif one.type in ("date", "datetime"):
            kind = "day" if one.type == "date" else "moment"
        heading = one.title + (f"（{one.unit}）" if one.unit else "")
        wide = 40.0 if one.multiline or key == "address" else 14.0
        found.append(ExportColumn(key, heading, kind, max(wide, 2.2 * len(heading) + 2), one))
    if found and order.late:
        found.append(ExportColumn(_LATE, _("逾期"), "text", 60.0))
    if not found:
        raise ExportRefused(_("没有一列可以导出。"), _("请多选几列，或改用“内部”。"))
    return found, left_out


# -- rows ------------------------------------------------------------------------------------------------------------


class _Rows:
    """The cells of the file, read block by block in the order that was asked for."""

    def __init__(
        self,
        ws: Workspace,
        definition: LayerDefinition,
        order: ExportOrder,
        columns: Sequence[ExportColumn],
        report: ExportReport,
        progress: Progress,
    ) -> None:
        self._ws, self._definition, self._order = ws, definition, order
        self._columns, self._report, self._progress = columns, report, progress
        self._names: dict[str, dict[str, str]] = {}
        self._replaced = self._hidden = 0
        self._cover = covering(personal_words(ws)) if order.profile == "public" else None
        self.count = len(order.ids)

    def __iter__(self) -> Iterator[list[Cell]]:
        ids = self._order.ids
        names = [one.key for one in self._columns if one.field is not None]
        for start in range(0, len(ids), _BLOCK):
            self._progress(start, len(ids))
            block = ids[start : start + _BLOCK]
            there, table = self._ws.cells(self._order.layer, _sorted(block), names)
            place = {fid: index for index, fid in enumerate(there.tolist())}
            measures = {
                one.key: figures(self._order.measured, one.key, block) for one in self._columns if one.key in MEASURES
            }
            for at, fid in enumerate(block.tolist()):
                if fid in place:  # one that was deleted meanwhile is no row
                    self._report.rows += 1
                    row = [self._cell(one, table, place[fid], measures, at) for one in self._columns]
                    yield row if self._cover is None else [self._covered(one, self._cover) for one in row]
        self._progress(len(ids), len(ids))
        self._told()

    def _covered(self, cell: Cell, cover: Callable[[str], str]) -> Cell:
        """As in a layer that leaves: what somebody wrote of a person into a remark does not."""
        if not isinstance(cell, str):
            return cell
        clean = cover(cell)
        self._hidden += clean != cell
        return clean

    def _cell(
        self, column: ExportColumn, table: FeatureTable, index: int, measures: Mapping[str, Any], at: int
    ) -> Cell:
        if column.key == _LATE:
            return self._order.late.get(table.uids[index])
        if column.field is None:
            number = float(measures[column.key][at])
            if math.isnan(number):
                return None
            return round(number / 10_000, 4) if column.key == AREA else round(number, 2)
        value = table.columns[column.key][index]
        instead = self._order.instead.get(column.key)
        if instead is not None and table.uids[index] in instead:
            other = instead[table.uids[index]]
            self._replaced += other != value
            value = other
        return self._plain(column.field, value)

    def _plain(self, field_: FieldDefinition, value: Value) -> Cell:
        if value is None or value == "":
            return None
        if field_.type == "boolean":
            return _("是") if value else _("否")
        if field_.type == "reference":
            return self._named(field_.target).get(str(value), _("（已不在）"))
        if field_.type == "date" and isinstance(value, str):
            return _day(value)
        if field_.type == "datetime" and isinstance(value, str):
            return _moment(value)
        return value

    def _named(self, layer: str) -> dict[str, str]:
        """What a reference's target is called; a personal name does not leave in a public table, its number does."""
        if layer not in self._names:
            definition = self._ws.definition(layer)
            names = [one for one in ("name", "head") if one in definition.by_name]
            if self._order.profile == "public":
                names = [one for one in names if not definition.is_personal(one)]
            self._names[layer] = {
                one.uid: " ".join(part for part in (*(one.text(name) for name in names), one.text("id")) if part)
                for one in self._ws.attributes(layer)
            }
        return self._names[layer]

    def _told(self) -> None:
        if self._hidden:
            self._report.notes.append(COVERED_TEXTS.format(count=self._hidden))
        if self._replaced:
            self._report.notes.append(
                _("{count} 行的状态按过程登记写，和字段里填的不同。").format(count=self._replaced)
            )


def _sorted(ids: RowIds) -> RowIds:
    result = ids.copy()
    result.sort()
    return result


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text  # what another program typed is handed on as it stands


def _moment(text: str) -> Cell:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


# -- files -----------------------------------------------------------------------------------------------------------


def _write_csv(path: Path, columns: Sequence[ExportColumn], rows: _Rows, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([one.heading for one in columns])
        buffer = io.StringIO()
        lines = csv.writer(buffer)
        for row in rows:
            lines.writerow([csv_cell(one, value) for one, value in zip(columns, row, strict=True)])
            if buffer.tell() > 1 << 18:
                file.write(buffer.getvalue())
                buffer.seek(0)
                buffer.truncate()
        file.write(buffer.getvalue())


def csv_cell(column: ExportColumn, value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # Whatever opens the file would reckon it: an apostrophe says text, as in a spreadsheet.
        return f"'{value}" if value.startswith(_FORMULA) and column.kind == "text" else value
    return value
