"""How an official Word document looks: styles, numbering and page of GB/T 9704 (A4, type area 156 × 225 mm, 仿宋 of
size 3 on lines of 29 pt, headings in 黑体 and 楷体), in Word's built-in styles, so that outline and contents work.

Each face is named for Latin and for Chinese text: a style that names only one of them falls back to the template's.
"""

from dataclasses import dataclass

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"  # as Windows and WPS call them
LATIN = "Times New Roman"
PT, MM = 20, 1440 / 25.4  # twips

A4 = (210.0, 297.0)
MARGINS = {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}  # mm; GB/T 9704
WIDE_MARGINS = {"top": 28.0, "bottom": 24.0, "left": 20.0, "right": 20.0}  # of a landscape sheet with a list
TEXT_WIDE = A4[0] - MARGINS["left"] - MARGINS["right"]
WIDE_TEXT_WIDE = A4[1] - WIDE_MARGINS["left"] - WIDE_MARGINS["right"]
HEADER_MM, FOOTER_MM = 20.0, 24.0


@dataclass(frozen=True, slots=True)
class Face:
    """`points` of `family`; `line` points from line to line (0: as high as the text asks)."""

    family: str
    points: float
    bold: bool = False
    line: float = 0.0


_BODY = Face(FANG, 16, line=29)


def _fonts(family: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{family}" w:cs="{LATIN}" w:hint="eastAsia"/>'


def _run(face: Face) -> str:
    bold = "<w:b/><w:bCs/>" if face.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    size = round(face.points * 2)
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return f'<w:rPr>{_fonts(face.family)}{bold}<w:color w:val="auto"/>{sizes}</w:rPr>'


def _spacing(face: Face, before: float = 0.0, after: float = 0.0) -> str:
    line = f'w:line="{round(face.line * PT)}" w:lineRule="exact"' if face.line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{round(before * PT)}" w:after="{round(after * PT)}" {line}/>'


def _style(key: str, name: str, face: Face, paragraph: str, *, after: str = "", quick: bool = True) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    follows = f'<w:next w:val="{after}"/>' if after else ""
    shown = "<w:qFormat/>" if quick else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}{follows}{shown}'
        f"<w:pPr>{paragraph}</w:pPr>{_run(face)}</w:style>"
    )


def _heading(level: int, face: Face) -> str:
    paragraph = (
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'{_spacing(face)}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="{level - 1}"/>'
    )
    return _style(f"Heading{level}", f"heading {level}", face, paragraph, after="Normal")


def styles_xml(blank: str) -> str:
    """word/styles.xml. `blank` is the tint below what is to be filled in ("FFF2A8")."""
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    table, small = Face(SONG, 10.5), Face(SONG, 9)
    title, caption = Face(SONG, 22, bold=True, line=36), Face(HEI, 12)
    parts = [
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}<w:sz w:val="32"/>'
        '<w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>",
        _style("Normal", "Normal", _BODY, f'<w:widowControl w:val="0"/>{_spacing(_BODY)}{indent}<w:jc w:val="both"/>'),
        _heading(1, Face(HEI, 16, line=29)),
        _heading(2, Face(KAI, 16, line=29)),
        _style("Title", "Title", title, f'<w:keepNext/>{_spacing(title)}{_FLUSH}<w:jc w:val="center"/>'),
        _style("Caption", "caption", caption, f'{_spacing(caption, 6, 4)}{_FLUSH}<w:jc w:val="center"/>'),
        _style("Figure", "图", caption, f'<w:keepNext/>{_spacing(caption, 6)}{_FLUSH}<w:jc w:val="center"/>'),
        _style("TableText", "表格文字", table, f'{_spacing(table)}{_FLUSH}<w:jc w:val="left"/>'),
        _style("TableSmall", "表格小字", small, f'{_spacing(small)}{_FLUSH}<w:jc w:val="left"/>'),
        _style("TableHead", "表头", Face(HEI, 10.5), f'<w:keepNext/>{_spacing(table)}{_FLUSH}<w:jc w:val="center"/>'),
        _style(
            "TableHeadSmall", "表头小字", Face(HEI, 9), f'<w:keepNext/>{_spacing(small)}{_FLUSH}<w:jc w:val="center"/>'
        ),
        _style("TableNote", "表注", Face(SONG, 10.5), f'{_spacing(table, 3, 8)}{_FLUSH}<w:jc w:val="left"/>'),
        _style("Flush", "无缩进", _BODY, f"{_spacing(_BODY)}{_FLUSH}"),
        _style("Front", "封面", Face(FANG, 16, line=29), f'{_spacing(_BODY)}{_FLUSH}<w:jc w:val="center"/>'),
        _style(
            "ContentsHead",
            "目录标题",
            Face(HEI, 18),
            f'<w:keepNext/>{_spacing(caption, 0, 14)}{_FLUSH}<w:jc w:val="center"/>',
        ),
        *(_contents(level) for level in (1, 2)),
        _style("Header", "header", Face(HEI, 9), f'{_spacing(small)}{_FLUSH}<w:jc w:val="right"/>', quick=False),
        _style("Footer", "footer", Face(SONG, 14), f"{_spacing(table)}{_FLUSH}", quick=False),
        _style("SectionEnd", "分节", Face(SONG, 1, line=1), f"{_spacing(Face(SONG, 1, line=1))}{_FLUSH}", quick=False),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="character" w:styleId="Blank"><w:name w:val="待填写"/><w:qFormat/>'
        f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{blank}"/></w:rPr></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style>",
        "</w:styles>",
    ]
    return "".join(parts)


_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{one} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for one in sides)


def _contents(level: int) -> str:
    left = (level - 1) * 2
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{round(TEXT_WIDE * MM)}"/></w:tabs>'
    indent = f'<w:ind w:leftChars="{left * 100}" w:left="{left * 320}" w:firstLineChars="0" w:firstLine="0"/>'
    face = Face(FANG, 16, line=26)  # the contents on one page
    return _style(f"TOC{level}", f"toc {level}", face, f"{tab}{_spacing(face)}{indent}", quick=False)


def numbering_xml() -> str:
    """word/numbering.xml: 一、 and （一）, counted by Word, so that a new chapter renumbers the rest."""

    def level(number: int, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
            f'<w:pStyle w:val="Heading{number + 1}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
            '<w:lvlJc w:val="left"/></w:lvl>'
        )

    return (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f"{level(0, '%1、')}{level(1, '（%2）')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
