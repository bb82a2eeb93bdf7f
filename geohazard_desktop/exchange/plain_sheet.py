"""A list as an Excel sheet to hand on: one heading row, text as text, wide enough to read and to print."""

from collections.abc import Sequence
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _


def write_sheet(path: Path, title: str, headings: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
    """Write `rows` below `headings` (words, width in characters). Raises ExportRefused with the system's reason."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append([words for words, _width in headings])
    for row in rows:
        sheet.append(["" if one is None else str(one) for one in row])
    for index, (_words, width) in enumerate(headings, 1):
        letter = sheet.cell(1, index).column_letter
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="等线", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF1F4")
    for line in sheet.iter_rows(min_row=1):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"  # text that begins like a formula is no formula
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    try:
        book.save(path)
    except OSError as error:
        raise ExportRefused(
            _("没有写成 {name}（{reason}）。").format(name=path.name, reason=reason_of(error)),
            _("这份表要是正开着，请先关上；或换一个文件夹。"),
        ) from error
