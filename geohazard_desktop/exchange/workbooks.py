"""What all workbooks share: cells whose text stays text, and a file that is whole."""

from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from geohazard_desktop.common.scratch import scratch
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import whole_file

_STANDARD = 11.0  # points of the size that widths of columns are told in
_SIDES = 1.2  # digits that a cell leaves free at its sides, and what a wide character leaves at a line's end
_LEADING, _PADDING = 1.4, 3.0  # line height by size; points above and below
_HIGHEST = 409.0  # points that a row may have
Cell = str | float | None


def new_book(*, write_only: bool = False) -> Any:
    """An empty openpyxl workbook. It writes each sheet to a temporary file, which lies in this process's own folder: a
    process that is put down must not leave there whoever is on a list."""
    from openpyxl import Workbook

    scratch()
    return Workbook(write_only=write_only)


def put(target: Any, value: Cell) -> None:
    """`value` into an openpyxl cell. Numbers are numbers; text is text even where it begins like a formula; signs that
    a workbook may not hold are left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    target.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        target.data_type = "s"
        target.number_format = "@"


def fit_rows(sheet: Any, first: int, last: int, points: float) -> None:
    """Make rows as high as their wrapped text of `points` asks in columns whose widths are set.

    Excel reckons it when it opens a file that says nothing; LibreOffice leaves one line, and texts lie over each other.
    """
    from openpyxl.utils import get_column_letter

    for cells in sheet.iter_rows(min_row=first, max_row=last):
        widths = (sheet.column_dimensions[get_column_letter(one.column)].width for one in cells)
        lines = max(_lines(str(one.value or ""), width, points) for one, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[cells[0].row].height = min(_HIGHEST, lines * points * _LEADING + _PADDING)


def _lines(text: str, width: float, points: float) -> int:
    """Lines of `text` in a column `width` digits of the standard size wide; a Chinese character takes two."""
    room = max(2.0, (width - _SIDES) * _STANDARD / points)
    return sum(max(1, ceil(sum(_digits(one) for one in part) / room)) for part in text.split("\n"))


def _digits(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WFA" else 1


def packed(book: Any) -> bytes:
    """The workbook's bytes, made in memory: on a full disk openpyxl would leave its archive open, which complains when
    it is collected."""
    content = BytesIO()
    book.properties.creator = _("地质灾害防治工作台")
    book.save(content)
    return content.getvalue()


def store(book: Any, path: Path) -> None:
    """Write the workbook to `path`, whole. Raises ExportRefused; what lay there is then as it was."""
    content = packed(book)
    with whole_file(path) as draft:
        draft.write_bytes(content)
