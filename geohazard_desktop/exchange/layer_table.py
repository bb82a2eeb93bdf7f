"""A layer as a table: the same workbook and CSV as a register's, with the place in columns of its own."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport
from geohazard_desktop.exchange.layer_rows import Leaving, LeavingColumn, homes
from geohazard_desktop.exchange.layer_vector import headings, single_parts
from geohazard_desktop.exchange.register_export import MOST_ROWS, Cell, ExportColumn, csv_cell
from geohazard_desktop.exchange.register_sheet import MOST_LETTERS, write_sheet

_METRES, _DEGREES = 4, 10  # decimals of a coordinate: a tenth, a hundredth of a millimetre
_KINDS = {"integer": "number", "real": "number", "date": "day", "datetime": "moment"}
_LONG_NUMBER = 12  # digits from which a spreadsheet changes a number that it reads from a CSV


def write_table(found: Leaving, order: LayerOrder, path: Path, report: LayerReport, about: Sequence[str]) -> list[str]:
    """Excel or CSV. Points get two columns, other shapes one of WKT. Beside a CSV stands a .csvt, by which QGIS knows
    numbers for people as texts."""
    columns = [
        _column(one, heading) for one, heading in zip(found.columns, headings(found.columns, order), strict=True)
    ]
    private = order.profile == "public" and homes(order.layer)
    placed = order.coordinates and found.definition.geometry != "none" and not private
    places = _places(found, report, order) if placed else []
    columns += [column for column, _cells in places]
    rows = _rows(found, [cells for _column, cells in places])
    if order.form == "xlsx":
        if len(found) > MOST_ROWS:
            raise ExportRefused(
                _("{count} 行超过 Excel 一张表的 {most} 行。").format(count=len(found), most=MOST_ROWS),
                _("请先选一部分，或导出为 CSV。"),
            )
        write_sheet(path, found.definition.title, columns, rows, about, report.notes)
        return [path.name]
    codec = "utf-8-sig" if order.form == "csv" else "gb18030"
    with path.open("w", encoding=codec, newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([one.heading for one in columns])
        writer.writerows([csv_cell(one, cell) for one, cell in zip(columns, row, strict=True)] for row in rows)
    kinds = {"text": "String", "number": "Real", "day": "Date", "moment": "DateTime"}
    types = path.with_suffix(".csvt")
    types.write_text(",".join(f'"{kinds[one.kind]}"' for one in columns) + "\n", encoding="ascii")
    numbers = [one.title for one in found.columns if one.kind == "text" and any(map(_misread, one.values))]
    if numbers:
        report.notes.append(
            _(
                "双击 CSV 用 Excel 打开，会把{columns}当成数，丢掉开头的 0 或后几位；要给 Excel 用，请导出成 Excel。"
            ).format(columns="、".join(f"“{one}”" for one in numbers))
        )
    return [types.name, path.name]


def _misread(value: Any) -> bool:
    text = str(value or "")
    return text.isascii() and text.isdecimal() and (text.startswith("0") or len(text) >= _LONG_NUMBER)


def _column(one: LeavingColumn, heading: str) -> ExportColumn:
    return ExportColumn(one.name, heading, _KINDS.get(one.kind, "text"), max(14.0, 2.2 * len(heading) + 2))  # type: ignore[arg-type]


def _rows(found: Leaving, places: Sequence[Sequence[Cell]]) -> Iterator[list[Cell]]:
    for at in range(len(found)):
        yield [*(_cell(one.values[at]) for one in found.columns), *(one[at] for one in places)]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    found: str | int | float | date | datetime | None = value
    return found


def _places(found: Leaving, report: LayerReport, order: LayerOrder) -> list[tuple[ExportColumn, list[Cell]]]:
    report.coordinates = True
    degrees = bool(found.crs.is_geographic)
    shapes = single_parts(found.shapes)
    decimals = _DEGREES if degrees else _METRES
    points = found.definition.geometry == "point" and not (shapely.get_num_geometries(shapes) > 1).any()
    if points:
        spots = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
        heads = (_("经度"), _("纬度")) if degrees else (_("X（北）"), _("Y（东）"))
        sides = (spots[:, 0], spots[:, 1]) if degrees else (spots[:, 1], spots[:, 0])
        return [
            (
                ExportColumn(head, head, "number", 18),
                [None if np.isnan(one) else round(float(one), decimals) for one in side],
            )
            for head, side in zip(heads, sides, strict=True)
        ]
    texts = shapely.to_wkt(shapes, rounding_precision=decimals, trim=True)
    cells: list[Cell] = [None if one is None else str(one) for one in texts]
    if order.form == "xlsx":
        long = sum(len(str(one or "")) > MOST_LETTERS for one in cells)
        cells = [None if len(str(one or "")) > MOST_LETTERS else one for one in cells]
        if long:
            report.notes.append(
                _("{count} 个的拐点太多，Excel 一格放不下，没有写坐标；要坐标请导出成 GeoPackage 或 CSV。").format(
                    count=long
                )
            )
    return [(ExportColumn("WKT", "WKT", "text", 40), cells)]
