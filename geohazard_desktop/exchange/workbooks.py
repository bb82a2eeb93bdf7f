"""What all workbooks share: cells whose text stays text, and a file that is whole."""

from io import BytesIO
from pathlib import Path
from typing import Any

from geohazard_desktop.common.whole_files import whole_file

Cell = str | float | None


def put(target: Any, value: Cell) -> None:
    """`value` into an openpyxl cell. Numbers are numbers; text is text even where it begins like a formula; signs that
    a workbook may not hold are left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    target.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        target.data_type = "s"
        target.number_format = "@"


def packed(book: Any) -> bytes:
    """The workbook's bytes, made in memory: on a full disk openpyxl would leave its archive open, which complains when
    it is collected."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def store(book: Any, path: Path) -> None:
    """Write the workbook to `path`, whole. Raises ExportRefused; what lay there is then as it was."""
    content = packed(book)
    with whole_file(path) as draft:
        draft.write_bytes(content)
