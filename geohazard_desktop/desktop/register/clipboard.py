"""Rows to and from a spreadsheet as tab-separated text, as Excel and WPS write and read it."""

import csv
import io
from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@")


def harmless(text: str) -> str:
    """A text that a spreadsheet would reckon as a formula, marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells with tabs, line breaks or quotes in quotes; rows end as spreadsheets on Windows end them."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab").writerows(rows)
    return out.getvalue()


def from_text(text: str) -> list[list[str]]:
    """The cells of a copied text; the empty row that a spreadsheet puts behind the last one is left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab"))
    while rows and not any(rows[-1]):
        rows.pop()
    return [[_unmarked(cell) for cell in row] for row in rows]


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
