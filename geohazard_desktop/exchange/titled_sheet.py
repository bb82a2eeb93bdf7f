"""A table to hand on as an Excel workbook: title lines, a framed table whose head stays, notes below; printed on A3."""

from collections.abc import Sequence

from geohazard_desktop.exchange.workbooks import Cell, fit_rows, new_book, packed, put

_FONT, _SIZE = "等线", 10


def titled_sheet(
    name: str,
    titles: Sequence[str],
    headings: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[str],
) -> bytes:
    """The workbook. `headings` are (words, width in characters). Numbers are numbers; text is text even where it begins
    like a formula; signs that a workbook may not hold are left out."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = new_book()
    sheet = book.active
    sheet.title = name[:31]
    last = get_column_letter(len(headings))
    for line, words in enumerate(titles, 1):
        sheet.merge_cells(f"A{line}:{last}{line}")
        put(sheet.cell(line, 1), words)
    sheet["A1"].font = Font(name=_FONT, size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    head, end = len(titles) + 1, len(titles) + 1 + len(rows)
    thin = Side(style="thin", color="FF000000")
    for number, (words, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        put(sheet.cell(head, number), words)
        sheet.cell(head, number).font = Font(name=_FONT, size=_SIZE, bold=True)
        sheet.cell(head, number).fill = PatternFill("solid", fgColor="FFF1F1EE")
        for line, row in enumerate(rows, head + 1):
            put(sheet.cell(line, number), row[number - 1])
            sheet.cell(line, number).font = Font(name=_FONT, size=_SIZE)
    for cells in sheet.iter_rows(min_row=head, max_row=end, max_col=len(headings)):
        for one in cells:
            one.alignment = Alignment(wrap_text=True, vertical="center")
            one.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    fit_rows(sheet, head, end, _SIZE)
    for line, words in enumerate(notes, end + 1):
        sheet.merge_cells(f"A{line}:{last}{line}")
        put(sheet.cell(line, 1), words)
    sheet.freeze_panes = f"D{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{end}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return packed(book)
