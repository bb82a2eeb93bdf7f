"""Labels of official forms as headers of their rows, for whoever has a form read aloud (ISO 14289-1, 7.5).

The forms have their labels beside the values. Typst's package for Python can tag headers above columns alone, so what
it wrote is finished here: in a table without headers of its own, a cell with a ground is a label. Nothing changes its
place in the file, so the table of objects stays true.
"""

import re

_ELEMENT = re.compile(rb"\n(\d+) 0 obj\n(<</Type/StructElem/S/(TD|TR|Table)/P (\d+) 0 R(.*?))\nendobj", re.DOTALL)
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_TYPE, _NO_HEADERS = b"/Type/StructElem", b"/Headers[]"  # the first is optional and gives the room for what is written
_GROUND, _TALL = b"/BackgroundColor", b"/RowSpan"


def with_row_headers(pdf: bytes) -> bytes:
    """`pdf` as Typst writes it (plain objects), of the same length; unchanged where no table is a form."""
    if _NO_HEADERS not in pdf:
        return pdf
    cells: dict[int, re.Match[bytes]] = {}
    rows: list[tuple[int, list[int]]] = []
    tables = set()
    for found in _ELEMENT.finditer(pdf):
        number, kind = int(found[1]), found[3]
        if kind == b"Table":
            tables.add(number)
        elif kind == b"TD":
            cells[number] = found
        else:
            kids = _KIDS.search(found[5])
            rows.append((int(found[4]), [int(one) for one in re.findall(rb"(\d+) 0 R", kids[1] if kids else b"")]))
    made = bytearray(pdf)
    # Rows below a header stand in a body of the table, those of a form in the table itself.
    for parent, numbers in rows:
        if parent in tables:
            _mark(made, [cells[one] for one in numbers if one in cells])
    return bytes(made)


def _mark(made: bytearray, row: list[re.Match[bytes]]) -> None:
    """Make the labels of one row headers: of the row, or of the columns below where no value stands beside them."""
    labels = [_GROUND in one[5] for one in row]
    for place, (cell, label) in enumerate(zip(row, labels, strict=True)):
        if not label or _NO_HEADERS not in cell[2]:
            continue
        above = _TALL not in cell[5] and all(labels[place + 1 : place + 2])
        scope = b"/Scope/Column" if above else b"/Scope/Row"
        text = cell[2].replace(_TYPE, b"", 1).replace(b"/S/TD", b"/S/TH", 1).replace(_NO_HEADERS, scope, 1)
        made[cell.start(2) : cell.end(2)] = text.ljust(len(cell[2]))
