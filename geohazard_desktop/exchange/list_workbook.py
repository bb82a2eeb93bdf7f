"""A list as a workbook that can be read, filtered and printed as it is: heading, rows, where it comes from."""

from collections.abc import Sequence
from pathlib import Path

from geohazard_desktop.exchange.workbooks import fit_rows, new_book, put, store

_NARROWEST, _WIDEST = 8.0, 42.0


def write_list(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> None:
    """Write an .xlsx with one sheet; `note` stands under the title. Everything is text: numbers of documents and days
    stay as they are written. Raises ExportRefused; what was there is then as it was."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = new_book()
    sheet = book.active
    sheet.title = title[:31]
    thin = Side(style="thin", color="9AA5B1")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    sheet.cell(1, 1, title).font = Font(name="等线", size=16, bold=True)
    sheet.cell(2, 1, note).font = Font(name="等线", size=10)
    for row, cells in enumerate([headings, *rows], start=3):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            put(cell, text)
            cell.font = Font(name="等线", size=11, bold=row == 3)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = frame
            if row == 3:
                cell.fill = PatternFill("solid", start_color="E8EEF4")
    for column, heading in enumerate(headings, start=1):
        longest = max([len(heading), *(len(cells[column - 1]) for cells in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, 2.1 * longest + 2))
    fit_rows(sheet, 3, len(rows) + 3, 11)
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(headings))}{len(rows) + 3}"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    store(book, path)
