"""Labels of official forms as headers of their rows, for whoever has a form read aloud (ISO 14289-1, 7.5).

The forms have their labels beside the values. Typst's package for Python can tag headers above columns alone, so what
it wrote is finished here: in a table without headers of its own, a cell with a ground is a label. Nothing changes its
place in the file, so the table of objects stays true.
"""

import re

_ELEMENT = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/(TD|TR|Table)(/P (\d+) 0 R[^\n]*)\nendobj")
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_NO_HEADERS, _GROUND, _TALL = b"/Headers[]", b"/BackgroundColor", b"/RowSpan"
_HEADER = b"<</S/TH"  # without its type, which is optional and gives the room for what is written


def with_row_headers(pdf: bytes) -> bytes:
    """`pdf` as Typst writes it (plain objects, a dictionary a line), of the same length; unchanged where no table is a
    form."""
    if _NO_HEADERS not in pdf:
        return pdf
    # A volume has thousands of cells: those without a ground are looked at no further, and numbers stay bytes.
    labels: dict[bytes, re.Match[bytes]] = {}
    rows: list[tuple[bytes, bytes]] = []
    tables = set()
    for found in _ELEMENT.finditer(pdf):
        number, kind, text, parent = found.groups()
        if kind == b"TR":
            rows.append((parent, text))
        elif kind == b"Table":
            tables.add(number)
        elif _GROUND in text:
            labels[number] = found
    made = bytearray(pdf)
    # Rows below a header stand in a body of the table, those of a form in the table itself.
    for parent, text in rows:
        if parent in tables and (kids := _KIDS.search(text)):
            _mark(made, [labels.get(one) for one in kids[1].replace(b" 0 R", b"").split()])
    return bytes(made)


def _mark(made: bytearray, row: list[re.Match[bytes] | None]) -> None:
    """Make the labels of one row headers: of the row, or of the columns below where no value stands beside them."""
    for label, beside in zip(row, [*row[1:], row[-1]], strict=True):
        if label is None or _NO_HEADERS not in (text := label[3]):
            continue
        scope = b"/Scope/Row" if beside is None or _TALL in text else b"/Scope/Column"
        end = label.end(3)
        begin = label.start(3) - len(b"<</Type/StructElem/S/TD")
        made[begin:end] = (_HEADER + text.replace(_NO_HEADERS, scope, 1)).ljust(end - begin)
