"""The yearly plan as a Word document that the office goes on writing: real headings, contents, captions that count,
tables whose head comes again, maps of 200 dpi. No name of a user or of a machine gets into it."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.pictures.picture_forms import MAP_PICTURE
from geohazard_desktop.publishing.typeset.office_settings import office_colour
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.typesetting import typeset_pictures
from geohazard_desktop.publishing.yearly import docx_styles as look
from geohazard_desktop.publishing.yearly.docx_xml import (
    anchor,
    blank_look,
    bookmark,
    clean,
    field,
    paragraph,
    run,
    table_xml,
    text_runs,
)
from geohazard_desktop.publishing.yearly.model import (
    Block,
    Figure,
    Heading,
    Paragraph,
    Table,
    Text,
    YearlyPlan,
    heading_numbers,
    label_words,
)

DPI = 200.0
_UNWANTED = ("thumbnail", "stylesWithEffects", "customXml", "webSettings")  # of the library's own blank document
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_LOOKS = {"body": "", "left": "Flush", "centre": "Front", "right": "Flush"}
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><Application>Microsoft Office Word</Application></Properties>'
)


def write_docx(plan: YearlyPlan, day: date) -> bytes:
    """The plan as .docx, the same bytes for the same plan and day. Raises what setting the maps raises."""
    return _Writer(plan).bytes(day)


class _Writer:
    def __init__(self, plan: YearlyPlan) -> None:
        from docx import Document

        self.plan = plan
        self.labels = plan.labels()
        self.document: Any = Document()
        self._bookmarks = 0
        self._tint = office_colour("blank").lstrip("#")
        self._tints = office_colour("label").lstrip("#"), self._tint
        self._headings = 0
        self._prepare()

    def bytes(self, day: date) -> bytes:
        self._front()
        numbers = {id(one): number for one, number in heading_numbers(self.plan.blocks)}
        self._contents(numbers)
        for count, part in enumerate(self.plan.parts):
            if count:
                self._new_section(landscape=part.landscape)
            wide = look.WIDE_TEXT_WIDE if part.landscape else look.TEXT_WIDE
            for block in part.blocks:
                for piece in self._block(block, wide):
                    self._add(piece)
        self._core(day)
        stream = BytesIO()
        self.document.save(stream)
        return _same_each_time(stream.getvalue())

    # -- the document ----------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        from docx.oxml import parse_xml

        document = self.document
        part = document.part
        for owner in (part.package, part):
            for key, relation in list(owner.rels.items()):
                if relation.reltype.rsplit("/", 1)[-1] in _UNWANTED:
                    del owner.rels[key]
        for relation in part.package.rels.values():
            if relation.reltype.endswith("extended-properties"):
                relation.target_part._blob = _APP.encode()
        for element, xml in (
            (document.styles.element, look.styles_xml(self._tint)),
            (part.numbering_part.element, look.numbering_xml()),
        ):
            fresh = parse_xml(xml)
            for child in list(element):
                element.remove(child)
            for child in list(fresh):
                element.append(child)
        self._settings(document.settings.element)
        document.settings.odd_and_even_pages_header_footer = True
        body = document.element.body
        for child in list(body):
            if not child.tag.endswith("sectPr"):
                body.remove(child)
        section = document.sections[0]
        self._page(section, landscape=False)
        section.different_first_page_header_footer = True
        mark = self._mark()
        self._line(section.first_page_header, mark, "Header")
        self._line(section.header, mark, "Header")
        self._line(section.even_page_header, mark, "Header")
        self._line(section.footer, self._page_number(), "Footer", '<w:jc w:val="right"/>')
        self._line(section.even_page_footer, self._page_number(), "Footer", '<w:jc w:val="left"/>')

    @staticmethod
    def _settings(element: Any) -> None:
        """Chinese, in the mode of Word 2013 and later, without a preview picture."""
        from docx.oxml.ns import qn

        for child in list(element):
            name = child.tag.rsplit("}", 1)[-1]
            if name == "savePreviewPicture":
                element.remove(child)
            elif name == "zoom":
                child.attrib.clear()
                child.set(qn("w:percent"), "100")
            elif name == "themeFontLang":
                child.set(qn("w:val"), "en-US")
                child.set(qn("w:eastAsia"), "zh-CN")
            elif name == "compat":
                for one in child:
                    if one.get(qn("w:name")) == "compatibilityMode":
                        one.set(qn("w:val"), "15")

    def _core(self, day: date) -> None:
        core = self.document.core_properties
        office = "".join(one for one in self.plan.maker if isinstance(one, str))
        core.title = clean(self.plan.plain_title)[:255]
        core.language = "zh-CN"
        core.author = clean(office)[:255]
        core.last_modified_by = core.comments = core.keywords = core.subject = ""
        core.revision = 1
        core.created = core.modified = datetime(day.year, day.month, day.day)

    def _page(self, section: Any, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        wide, high = reversed(look.A4) if landscape else look.A4
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        margins = look.WIDE_MARGINS if landscape else look.MARGINS
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        section.header_distance = Mm(look.HEADER_MM if not landscape else 14.0)
        section.footer_distance = Mm(look.FOOTER_MM if not landscape else 12.0)

    def _new_section(self, *, landscape: bool) -> None:
        from docx.enum.section import WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        self._page(section, landscape=landscape)
        self.document.element.body.p_lst[-1].style = "SectionEnd"  # else an empty line of 29 points

    def _line(self, story: Any, content: str, style: str, properties: str = "") -> None:
        """The one paragraph of a header or footer."""
        story.is_linked_to_previous = False
        for child in list(story._element):
            story._element.remove(child)
        story._element.append(_parsed(paragraph(content, style, properties)))

    def _mark(self) -> str:
        """For whom it is, and what its data are: on each page."""
        marks = press().templates.settings()["marks"]
        words = [self.plan.mark]
        words += [str(marks["draft"])] if self.plan.drafts else []
        words += [str(marks["schematic"])] if self.plan.schematic else []
        return run("　　".join(words))

    @staticmethod
    def _page_number() -> str:
        return run("— ") + field("PAGE", "1") + run(" —")

    def _add(self, piece: Any) -> None:
        made = _parsed(piece) if isinstance(piece, str) else piece
        self.document.element.body.insert_element_before(made, "w:sectPr")

    # -- what stands in it -----------------------------------------------------------------------------------------

    def _front(self) -> None:
        for label, text in self.plan.cover:
            self._add(paragraph(run(f"{label}：") + self._runs(text), "Flush"))
        self._add(paragraph(self._runs(self.plan.title), "Title", '<w:spacing w:before="3600" w:after="600"/>'))
        self._add(paragraph(run(_("（草稿）")), "Front"))
        self._add(paragraph(self._runs(self.plan.maker), "Front", '<w:spacing w:before="4800"/>'))
        self._add(paragraph(self._runs(self.plan.day), "Front"))

    def _contents(self, numbers: dict[int, str]) -> None:
        """Titles at once; page numbers only Word can know: until then a line says how to get them."""
        self._add(paragraph(run(_("目　录")), "ContentsHead", "<w:pageBreakBefore/>"))
        headings = [one for one in self.plan.blocks if isinstance(one, Heading)]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> '
            'TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        for count, one in enumerate(headings, 1):
            entry = (
                f'<w:hyperlink w:anchor="{_toc(count)}" w:history="1">{run(numbers[id(one)] + one.words)}</w:hyperlink>'
            )
            self._add(paragraph((begin if count == 1 else "") + entry, f"TOC{one.level}"))
        hint = run(_("（右键点目录，选“更新域”，或按 F9，填上页码。）"), blank_look(self._tint))
        self._add(paragraph(hint + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "TOC1"))

    def _block(self, block: Block, wide: float) -> Iterator[Any]:
        if isinstance(block, Heading):
            self._headings += 1
            properties = "<w:pageBreakBefore/>" if self._headings == 1 else ""  # after the contents
            if not block.numbered:
                properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
            content = bookmark(_toc(self._headings), self._next(), run(block.words))
            yield paragraph(content, f"Heading{block.level}", properties)
        elif isinstance(block, Paragraph):
            align = '<w:jc w:val="right"/>' if block.look == "right" else ""
            yield paragraph(self._runs(block.text), _LOOKS[block.look], align)
        elif isinstance(block, Table):
            yield self._caption(block, "<w:keepNext/>")
            yield table_xml(block, wide, self._tints, self._number)
            yield paragraph(run(block.note), "TableNote")
        else:
            yield self._picture(block)
            yield self._caption(block, "")

    def _caption(self, block: Table | Figure, properties: str) -> str:
        series, number = self.labels[block.key]
        label = run(f"{series} ") + field(f"SEQ {series} \\* ARABIC", str(number))
        content = bookmark(anchor(block.key), self._next(), label) + run("　" + block.caption)
        return paragraph(content, "Caption", properties)

    def _picture(self, figure: Figure) -> Any:
        """A paragraph with the map, as large as it was drawn, named and described for who can't see it."""
        from docx.shared import Mm

        (png,) = typeset_pictures(
            MAP_PICTURE,
            figure.picture.data(),
            figure.images,
            title=figure.caption,
            kind="png",
            dpi=DPI,
            missing="mark",
        )
        wide, high = figure.picture.size
        inline = self.document.part.new_pic_inline(BytesIO(png), Mm(wide), Mm(high))
        inline.docPr.set("name", clean(figure.caption))
        inline.docPr.set("descr", clean(figure.alt))
        _frame(inline)
        made = _parsed(paragraph("<w:r/>", "Figure"))
        made.r_lst[0].add_drawing(inline)
        return made

    def _runs(self, text: Text) -> str:
        return text_runs(text, self._number, self._tint)

    def _number(self, key: str) -> str:
        return label_words(self.labels[key])

    def _next(self) -> int:
        self._bookmarks += 1
        return self._bookmarks


def _frame(inline: Any) -> None:
    """A thin line around a picture, in the colour of text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'<a:ln {nsdecls("a")} w="5080"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln>'
    inline.graphic.graphicData.pic.spPr.append(parse_xml(line))


def _toc(number: int) -> str:
    return f"_Toc{number:08d}"


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    if xml.startswith("<w:p>"):
        xml = xml.replace("<w:p>", f'<w:p xmlns:w="{look.WORD}">', 1)
    return parse_xml(xml)


def _same_each_time(content: bytes) -> bytes:
    """The package with one day for all of its files: the clock of the machine is nobody's business."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, _ZIP_DAY), old.read(name), ZIP_DEFLATED)
    return stream.getvalue()
