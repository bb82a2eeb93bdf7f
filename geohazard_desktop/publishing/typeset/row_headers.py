"""Labels of official forms as headers of their rows, for whoever has a form read aloud (ISO 14289-1, 7.5).

The forms have their labels beside the values. Typst's package for Python can tag headers above columns alone, so what
it wrote is finished here: in a table without headers of its own, a cell with a ground is a label. Nothing changes its
place in the file, so the table of objects stays true.
"""

import re

# A pattern that begins with plain text is looked for as fast as that text; cells without a ground end it early.
_ELEMENT = re.compile(
    rb"<</Type/StructElem/S/T"
    rb"(?:D/P \d+ 0 R/A\[<</O/Table/Headers\[\](?P<cell>[^>]*)>><</O/Layout[^>]*/BackgroundColor"
    rb"|R/P (?P<table>\d+) 0 R[^\n]*/K\[(?P<kids>[^\]]*)\]"
    rb"|able/)"
)
_ELEMENTS, _NO_HEADERS, _TALL = b"/Type/StructElem", b"/Headers[]", b"/RowSpan"
_VALUE, _HEADER = b"<</Type/StructElem/S/TD", b"<</S/TH"  # a type is optional, and gives the room for what is written


def with_row_headers(pdf: bytes) -> bytes:
    """`pdf` as Typst writes it (plain objects, a dictionary a line), of the same length; unchanged where no table is a
    form."""
    if _NO_HEADERS not in pdf:
        return pdf
    # A volume has thousands of cells: numbers stay bytes.
    labels: dict[bytes, re.Match[bytes]] = {}  # cells with a ground and no headers
    rows: list[tuple[bytes, bytes]] = []
    tables = set()
    first, last = pdf.index(_ELEMENTS), pdf.rindex(_ELEMENTS)
    for found in _ELEMENT.finditer(pdf, first - len(b"<<"), pdf.index(b"\n", last)):
        table = found["table"]
        if table is not None:
            rows.append((table, found["kids"]))
        elif found["cell"] is not None:
            labels[_number(pdf, found.start())] = found
        else:
            tables.add(_number(pdf, found.start()))
    made = bytearray(pdf)
    # Rows below a header stand in a body of the table, those of a form in the table itself.
    for table, kids in rows:
        if table in tables:
            _mark(made, [labels.get(one) for one in kids.replace(b" 0 R", b"").split()])
    return bytes(made)


def _number(pdf: bytes, at: int) -> bytes:
    """Of the object whose dictionary begins at `at`."""
    end = at - len(b" 0 obj\n")
    return pdf[pdf.rindex(b"\n", 0, end) + 1 : end]


def _mark(made: bytearray, row: list[re.Match[bytes] | None]) -> None:
    """Make the labels of one row headers: of the row, or of the columns below where no value stands beside them."""
    for label, beside in zip(row, [*row[1:], row[-1]], strict=True):
        if label is None:
            continue
        scope = b"/Scope/Row" if beside is None or _TALL in label["cell"] else b"/Scope/Column"
        begin, end = label.start(), made.index(b"\n", label.end())
        text = bytes(made[begin + len(_VALUE) : end])
        made[begin:end] = (_HEADER + text.replace(_NO_HEADERS, scope, 1)).ljust(end - begin)
