"""The Word file of the yearly plan can be written on: styles, contents, captions, tables, blanks to type into."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from notice_village import ODD, build, change, only

from geohazard_desktop.domain.district import read_district
from geohazard_desktop.publishing.yearly.docx import write_docx
from geohazard_desktop.publishing.yearly.docx_xml import clean
from geohazard_desktop.publishing.yearly.plan import PlanMaker
from geohazard_desktop.workspace.workspace import Workspace

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    with Workspace.create(tmp_path_factory.mktemp("word") / "示例.gpkg", read_district("150304")) as ws:
        build(ws)
        change(ws, only(ws, "hazard_point"), name=ODD, threatened_objects="桥\x0b头\n二行")
        yield PlanMaker(ws, "internal", today=TODAY).plan()


@pytest.fixture(scope="module")
def content(plan):
    return write_docx(plan, TODAY)


@pytest.fixture(scope="module")
def word(content):
    return Document(BytesIO(content))


def all_of(word, tag):
    return list(word.element.body.iter(qn(tag)))


def fonts_of(style):
    found = style.element.rPr.rFonts
    return found.get(qn("w:eastAsia")), found.get(qn("w:ascii"))


def test_the_styles_are_words_own_and_name_a_chinese_face(word):
    faces = {
        "Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "楷体", "Title": "宋体", "Caption": "黑体",
        "表格文字": "宋体", "表头": "黑体", "toc 1": "仿宋",
    }  # fmt: skip
    for name, face in faces.items():
        assert fonts_of(word.styles[name]) == (face, "Times New Roman"), name
    assert word.styles["Normal"].font.size.pt == 16
    assert word.styles["Heading 1"].element.pPr.find(qn("w:numPr")) is not None
    used = {one.style.name for one in word.paragraphs}
    assert {"Heading 1", "Heading 2", "Title", "Caption", "toc 1", "toc 2", "表注", "图"} <= used


def test_page_and_pages_of_the_standard(word):
    first, last = word.sections[0], word.sections[-1]
    assert [round(one.mm) for one in (first.page_width, first.page_height)] == [210, 297]
    assert [round(getattr(first, f"{one}_margin").mm) for one in ("top", "right", "bottom", "left")] == [37, 26, 35, 28]
    assert last.orientation == WD_ORIENT.LANDSCAPE
    assert [round(one.mm) for one in (last.page_width, last.page_height)] == [297, 210]
    for footer in (first.footer, first.even_page_footer):
        assert "PAGE" in "".join(one.text or "" for one in footer._element.iter(qn("w:instrText")))
    assert "内部稿" in first.header.paragraphs[0].text
    assert "内部稿" in first.first_page_header.paragraphs[0].text
    assert "拟划" in first.header.paragraphs[0].text


def test_the_contents_are_a_field_that_is_already_filled(word):
    orders = [one.text.strip() for one in all_of(word, "w:instrText")]
    assert sum(one.startswith("TOC ") for one in orders) == 1
    entries = [one.text for one in word.paragraphs if one.style.name.startswith("toc")]
    headings = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert len(entries) == len(headings) + 1  # and the line that says how to get the page numbers
    linked = {one.get(qn("w:anchor")) for one in all_of(word, "w:hyperlink")}
    marks = {one.get(qn("w:name")) for one in all_of(word, "w:bookmarkStart")}
    assert linked <= marks
    assert len(linked) == len(headings)


def test_captions_count_and_the_text_refers_to_them(word):
    orders = [one.text.split() for one in all_of(word, "w:instrText")]
    marks = {one.get(qn("w:name")) for one in all_of(word, "w:bookmarkStart")}
    assert {one[1] for one in orders if one[0] == "SEQ"} == {"表", "图", "附表"}
    referred = {one[1] for one in orders if one[0] == "REF"}
    assert referred
    assert referred <= marks
    begun = [one.get(qn("w:fldCharType")) for one in all_of(word, "w:fldChar")]
    assert begun.count("begin") == begun.count("separate") == begun.count("end")
    numbers = [one.get(qn("w:id")) for one in all_of(word, "w:bookmarkStart")]
    assert len(numbers) == len(set(numbers))


def test_heads_come_again_and_rows_are_not_torn(word):
    assert word.tables
    for table in word.tables:
        head, *rows = table.rows
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(one._tr.trPr.find(qn("w:cantSplit")) is not None for one in (head, *rows))
        kept = [one.cells[0].paragraphs[0].paragraph_format.keep_with_next is True for one in rows]
        assert kept == [at < len(rows) - 1 and (len(rows) <= 10 or at in (0, len(rows) - 2)) for at in range(len(rows))]
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert {cell.paragraphs[0].style.name for one in rows for cell in one.cells} <= {"表格文字", "表格小字"}


def test_a_blank_is_a_field_to_type_into(word):
    blanks = all_of(word, "w:sdt")
    assert blanks
    for one in blanks:
        assert one.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr")) is not None
        # One of plain text takes no second paragraph, and LibreOffice shows it white.
        assert one.find(qn("w:sdtPr")).find(qn("w:text")) is None
        assert "".join(text.text for text in one.iter(qn("w:t"))).startswith("〔请填写")
    text = "".join(one.text or "" for one in all_of(word, "w:t"))
    assert text.count("〔请填写") == len(blanks)


def test_maps_are_of_200_dpi_and_described(content, word):
    shapes = word.inline_shapes
    assert len(shapes) >= 1
    for one in shapes:
        assert round(one.width.mm) == 156
        # A map that does not show the zones does not say that there are none.
        assert not re.search(r"\b0 [个条]", one._inline.docPr.get("descr"))
    assert "危险区" in shapes[-1]._inline.docPr.get("descr")
    with ZipFile(BytesIO(content)) as package:
        pictures = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    for png in pictures:
        assert png.startswith(b"\x89PNG")
        assert abs(int.from_bytes(png[16:20]) - 156 / 25.4 * 200) < 2


def test_it_tells_title_and_language_and_nothing_of_the_machine(content, word):
    core = word.core_properties
    assert core.title.endswith("2026 年度地质灾害防治方案")
    assert (core.language, core.last_modified_by, core.comments) == ("zh-CN", "", "")
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        assert not [one for one in names if "thumbnail" in one or "customXml" in one]
        assert {package.getinfo(one).date_time[0] for one in names} == {1980}
        everything = b"".join(package.read(one) for one in names)
    assert b"python" not in everything
    assert b"Macintosh" not in everything
    assert b'w:eastAsia="zh-CN"' in everything


def test_the_same_plan_gives_the_same_bytes(plan, content):
    assert write_docx(plan, TODAY) == content


def test_signs_that_xml_cannot_hold_are_left_out_and_others_stand_as_written(word):
    text = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert ODD in text
    assert "桥头\n二行" in text
    assert clean("a\x00b\x1fc\ud800d\U0001f600\t") == "abcd\U0001f600\t"
