"""The Excel workbook of a register: a head that stays and filters, columns of their type, and a page on its origin."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.workbooks import new_book, packed

if TYPE_CHECKING:
    from geohazard_desktop.exchange.register_export import Cell, ExportColumn

MOST_LETTERS = 32_767  # of one cell
_FONT = "等线"


def write_sheet(
    path: Path,
    title: str,
    columns: Sequence["ExportColumn"],
    rows: Iterable[Sequence["Cell"]],
    about: Sequence[str],
    notes: list[str],
    sums: Callable[[], Sequence[Sequence["Cell"]]] = list,
) -> None:
    """Write a workbook; `sums` gives a second sheet when all rows are written ([]: none). What a cell could not hold is
    told in `notes`. Raises OSError."""
    from openpyxl.utils import get_column_letter

    book = new_book(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "B2"
    for number, one in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = one.width
    writer = _Writer(sheet, columns)
    sheet.append(writer.head())
    count = 0
    try:
        for row in rows:
            sheet.append(writer.cells(row))
            count += 1
    except BaseException:
        with suppress(OSError):
            sheet.close()  # or its half-written stream complains when it is collected
        raise
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    sheet.print_title_rows, sheet.print_title_cols = (
        "1:1",
        "A:A",
    )  # a page of the columns further on says whose they are
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    notes += writer.notes()
    _write_sums(book, sums())
    _write_about(book, [*about, *notes])
    path.write_bytes(packed(book))


class _Writer:
    def __init__(self, sheet: Any, columns: Sequence["ExportColumn"]) -> None:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self._sheet, self._columns = sheet, columns
        self._illegal = ILLEGAL_CHARACTERS_RE
        self._cut = self._cleaned = 0

    def _made(self, value: object) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet, value)

    def head(self) -> list[Any]:
        from openpyxl.styles import Alignment, Font, PatternFill

        cells = []
        for one in self._columns:
            cell = self._made(one.heading)
            cell.font = Font(name=_FONT, size=11, bold=True)
            cell.fill = PatternFill("solid", start_color="E8EEF4")
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cells.append(cell)
        return cells

    def cells(self, row: Sequence["Cell"]) -> list[Any]:
        return [self._cell(one, value) for one, value in zip(self._columns, row, strict=True)]

    def _cell(self, column: "ExportColumn", value: "Cell") -> Any:
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, datetime | date):
            cell = self._made(value)
            cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            return cell
        return self._text(column, value)

    def _text(self, column: "ExportColumn", value: str) -> Any:
        clean = self._illegal.sub("", value)
        self._cleaned += clean != value
        self._cut += len(clean) > MOST_LETTERS
        cell = self._made(None)
        cell.value = clean[:MOST_LETTERS]
        # A text that begins like a formula is marked as text in the cell and in its style, so that it stays one when
        # somebody edits the cell.
        cell.data_type = "s"
        if clean.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
        if column.kind == "text":
            cell.number_format = "@"
        return cell

    def notes(self) -> list[str]:
        found = []
        if self._cut:
            found.append(
                _("{count} 格的文字超过 {most} 个字，Excel 放不下，只写了前面的部分。").format(
                    count=self._cut, most=MOST_LETTERS
                )
            )
        if self._cleaned:
            found.append(_("{count} 格里有看不见的控制字符，没有写进去。").format(count=self._cleaned))
        return found


def _sheet_title(title: str) -> str:
    return "".join(" " if letter in r"[]:*?/\\" else letter for letter in title)[:31] or _("登记表")


def _write_sums(book: Any, table: Sequence[Sequence["Cell"]]) -> None:
    if not table:
        return
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_("按街道统计"))
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    for number, heading in enumerate(table[0], 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12.0, min(24.0, 2.2 * len(str(heading)) + 2))
    for at, row in enumerate(table):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a 街道 is text whatever it begins with
            if at in (0, len(table) - 1):
                cell.font = Font(name=_FONT, size=11, bold=True)
            if at == 0:
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cells.append(cell)
        sheet.append(cells)


def _write_about(book: Any, lines: Sequence[str]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    sheet = book.create_sheet(_("说明"))
    sheet.column_dimensions["A"].width = 100
    for line in lines:
        cell = WriteOnlyCell(sheet, None)
        cell.value = line
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([cell])
