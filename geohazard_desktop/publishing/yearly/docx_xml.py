"""Pieces of WordprocessingML: runs, blanks to fill in, fields with their first content, tables. Text is text, whatever
signs it holds; what XML can't hold (control characters, half of a pair) is left out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.yearly.docx_styles import MM, WORD
from geohazard_desktop.publishing.yearly.model import Blank, Ref, Side, Table, Text

# XML 1.0, section 2.2: what may stand in a document.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JC: Mapping[Side, str] = {"left": "left", "centre": "center", "right": "right"}

Number = Callable[[str], str]  # key of a table or figure -> "表 3"


def clean(text: str) -> str:
    """`text` without what no XML may hold."""
    return _NO_XML.sub("", text)


def run(text: str, properties: str = "") -> str:
    """A run; its line breaks are line breaks."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in clean(text).replace("\r\n", "\n").split("\n")
    )
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{lines}</w:r>"


def blank(one: Blank, tint: str) -> str:
    """A field of Word's to type into: a click takes all of it, and what is typed has the look of the text around.

    It takes paragraphs too, and its tint is seen: a field of plain text takes one line and is white in LibreOffice.
    """
    name = quoteattr(clean(one.words)[:60] or _("请填写"))
    shown = run(one.shown, blank_look(tint))
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={name}/><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def blank_look(tint: str) -> str:
    """The tint again beside the style that has it: not every program takes it from there."""
    return f'<w:rStyle w:val="Blank"/><w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>'


def field(instruction: str, shown: str, *, dirty: bool = False, properties: str = "") -> str:
    """A field that shows `shown` until Word reckons it anew."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>{run(shown, properties)}'
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def anchor(key: str) -> str:
    """The bookmark's name for a table or figure."""
    return "_Ref_" + re.sub(r"\W", "_", key)


def text_runs(text: Text, number: Number, tint: str) -> str:
    """Text with its blanks, and numbers of tables and figures that follow when one is put in."""
    found = []
    for one in text:
        if isinstance(one, Blank):
            found.append(blank(one, tint))
        elif isinstance(one, Ref):
            found.append(field(f"REF {anchor(one.key)} \\h", number(one.key)))
        else:
            found.append(run(one))
    return "".join(found)


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


_WHOLE = 10  # rows of a table that stays on one page; a longer one may be higher than a page


def table_xml(table: Table, width_mm: float, tints: tuple[str, str], number: Number) -> str:
    """The table as wide as the text: its head comes again on each page, its rows are not torn, a short one stays on one
    page and no longer one leaves a row alone. `tints` of heads and of
    blanks ("F1F1EE")."""
    shade, tint = tints
    total = sum(one.wide for one in table.columns)
    widths = [round(one.wide / total * width_mm * MM) for one in table.columns]
    kind = "Small" if table.small else ""
    head = _row(
        [run(one.title) for one in table.columns],
        widths,
        ["centre"] * len(widths),
        f"TableHead{kind}",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>',
        "<w:tblHeader/>",
    )
    sides: list[Side] = [one.side for one in table.columns]
    last = len(table.rows) - 1
    rows = (
        _row(
            [text_runs(text, number, tint) for text in row],
            widths,
            sides,
            f"Table{kind or 'Text'}",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if table.total and count == last else "",
            kept=count != last and (last < _WHOLE or count in (0, last - 1)),
        )
        for count, row in enumerate(table.rows)
    )
    caption = quoteattr(clean(f"{number(table.key)} {table.caption}"))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl xmlns:w="{WORD}"><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="34" w:type="dxa"/>'
        '<w:left w:w="57" w:type="dxa"/><w:bottom w:w="34" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        "</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={caption}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Iterable[str],
    widths: Sequence[int],
    sides: Sequence[Side],
    style: str,
    shade: str,
    properties: str = "",
    *,
    kept: bool = False,
) -> str:
    """`kept`: on the page of the row after it."""
    together = "<w:keepNext/>" if kept else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(content, style, f'{together}<w:jc w:val="{_JC[side]}"/>')
        + "</w:tc>"
        for content, wide, side in zip(cells, widths, sides, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{made}</w:tr>"
