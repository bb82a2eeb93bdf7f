"""A list as an Excel sheet to hand on: one heading row, text as text, wide enough to read and to print."""

from collections.abc import Sequence
from pathlib import Path

from geohazard_desktop.exchange.workbooks import fit_rows, new_book, put, store


def write_sheet(path: Path, title: str, headings: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
    """Write `rows` below `headings` (words, width in characters). Raises ExportRefused with the system's
    reason; what lay there is then as it was."""
    from openpyxl.styles import Alignment, Font, PatternFill

    book = new_book()
    sheet = book.active
    sheet.title = title[:31]
    for line, row in enumerate([[words for words, _width in headings], *rows], 1):
        for column, words in enumerate(row, 1):
            put(sheet.cell(line, column), words)
    for index, (_words, width) in enumerate(headings, 1):
        letter = sheet.cell(1, index).column_letter
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="等线", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF1F4")
    for line in sheet.iter_rows(min_row=1):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    fit_rows(sheet, 1, len(rows) + 1, 11)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    store(book, path)
