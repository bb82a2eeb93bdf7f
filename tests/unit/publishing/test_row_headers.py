"""Labels of a form become headers of its rows in the finished file; nothing else changes."""

import io
from typing import Any

import pikepdf
import pypdfium2
import typst

from geohazard_desktop.publishing.typeset.row_headers import with_row_headers

PAGE = (
    '#set document(title: "表")\n#set text(lang: "zh")\n#let tag(..a, body) = table.cell(..a, fill: luma(240), body)\n'
)
FORM = """
#table(columns: 5,
  tag[户主], [甲], tag[人数], table.cell(colspan: 2)[4],
  tag(rowspan: 2)[成员], tag[姓名], tag[年龄], tag[姓名], tag[年龄],
  [甲], [63], [], [],
  table.cell(colspan: 5)[注意],
)
"""
LIST = """
#table(columns: 2, table.header(tag[编号], tag[户数]), [1], [9], tag[合计], tag[9])
"""


def set_page(body: str, standard: str = "ua-1") -> bytes:
    compiled: Any = typst.compile
    day = "datetime(year: 2026, month: 1, day: 2)"
    page = PAGE.replace('"表"', f'"表", date: {day}') if standard != "ua-1" else PAGE
    return bytes(compiled((page + body).encode(), format="pdf", pdf_standards=[standard]))


def cells(pdf: bytes) -> list[tuple[str, str]]:
    """(kind, scope) of each cell in reading order."""
    found = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if str(node.S) in ("/TH", "/TD"):
                scopes = [str(one.Scope)[1:] for one in node.A if "/Scope" in one]
                found.append((str(node.S)[1:], "".join(scopes)))
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(pdf)) as doc:
        walk(doc.Root.StructTreeRoot.K)
    return found


ROW, COLUMN, VALUE = ("TH", "Row"), ("TH", "Column"), ("TD", "")


def test_labels_of_a_form_are_headers_of_their_rows_or_of_what_stands_below():
    for standard in ("ua-1", "a-2a"):
        made = with_row_headers(set_page(FORM, standard))
        assert cells(made) == [
            *(ROW, VALUE, ROW, VALUE),
            *(ROW, COLUMN, COLUMN, COLUMN, COLUMN),
            *(VALUE, VALUE, VALUE, VALUE),
            VALUE,
        ]


def test_a_list_with_headers_above_stays_as_it_is():
    """A row of sums has a ground too, and its numbers are no headers."""
    pdf = set_page(LIST)
    assert with_row_headers(pdf) == pdf
    assert cells(pdf) == [COLUMN, COLUMN, VALUE, VALUE, VALUE, VALUE]


def test_the_file_stays_whole():
    """Nothing moves, so the table of objects is true, and the page shows what it showed."""
    pdf = set_page(FORM + LIST)
    made = with_row_headers(pdf)
    assert made != pdf
    assert len(made) == len(pdf)
    with pikepdf.open(io.BytesIO(made)) as doc:
        assert doc.check_pdf_syntax() == []
    before, after = (pypdfium2.PdfDocument(one)[0] for one in (pdf, made))
    assert before.get_textpage().get_text_range() == after.get_textpage().get_text_range()
    assert before.render().to_numpy().tobytes() == after.render().to_numpy().tobytes()


def test_a_page_without_a_table_is_handed_through():
    pdf = set_page("字")
    assert with_row_headers(pdf) is pdf
