"""XML from others (KML, GPX), read without trust: no document type, hence no entities that grow; any encoding; a file
that ends too early is said with its line."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange import encoding as encodings
from geohazard_desktop.exchange.encoding import Encoding
from geohazard_desktop.exchange.report import refused

MOST_BYTES = 256 << 20  # of the text: a zip bomb must not fill the memory
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>")
_NEW_LINE = {"br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "hr"}
_CELLS = {"td", "th"}
_UNSEEN = {"script", "style", "title"}


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree; a document type is refused, since entities could be declared in it."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__()
        self._name, self._kind = name, kind

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise refused(
            _("{name} 里有文档类型声明（DOCTYPE），{kind} 里用不着，可能带有害内容，没有读。").format(
                name=self._name, kind=self._kind
            ),
            _("请用原来的软件重新导出，或用记事本删去那一段再导入。"),
        )


def whole(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise too_large(path)
    return path.read_bytes()


def too_large(path: Path) -> Exception:
    words = _("{name} 的内容超过 {most} MB，不像是标注和轨迹，没有读。")
    return refused(words.format(name=path.name, most=MOST_BYTES // (1 << 20)), _("请在原来的软件里分几次导出。"))


def parsed(raw: bytes, name: str, kind: str, asked: str | None) -> tuple[ElementTree.Element, Encoding]:
    """The root of `raw`, and how its text was decoded. `name` is the file's, `kind` what it should be (KML).

    Raises ImportRefused for what is no XML, holds a DOCTYPE or has another root than `kind`.
    """
    said = _DECLARED.search(raw[:400])
    declared = [(said[1].decode("ascii", "ignore"), _("文件开头"))] if said else [("UTF-8", _("XML 标准"))]
    chosen = encodings.of_text_file(raw, declared, asked, name)
    # A character cut by the end of the file is shown as such; the parser then says where the file ends.
    text = raw.decode(chosen.codec, "replace").lstrip("\ufeff \t\r\n")
    parser = ElementTree.XMLParser(target=_Builder(name, kind))
    try:
        parser.feed(text)
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        line, column = error.position
        raise refused(
            _("{name} 第 {line} 行第 {column} 个字符处不合 {kind} 的写法，可能没有拷完整。").format(
                name=name, line=line, column=column + 1, kind=kind
            ),
            _("请重新拷一份，或用原来的软件重新导出。"),
        ) from error
    if local(root) != kind.lower():
        raise refused(_("{name} 的内容不是 {kind}，可能只是改了后缀。").format(name=name, kind=kind), _("请核对文件。"))
    return root, chosen


def local(element: ElementTree.Element) -> str:
    """The tag without its namespace: phones write several versions of them, and none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: ElementTree.Element, *tags: str) -> Iterator[ElementTree.Element]:
    return (one for one in element if local(one) in tags)


def text_in(element: ElementTree.Element, *path: str) -> str:
    """The text of the first child, child's child … called so; "" where there is none."""
    found: ElementTree.Element | None = element
    for tag in path:
        found = None if found is None else next(children(found, tag), None)
    return "" if found is None or found.text is None else found.text.strip()


def readable(text: str) -> tuple[str, int]:
    """The words of a description that may be HTML, line by line, and how many pictures stood among them."""
    if not _MARKUP.search(text):
        return text.strip(), 0
    reader = _Words()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # Python's reader of HTML gives up so on a declaration that is none: <![foo]>
        return _MARKUP.sub(" ", text).strip(), reader.pictures
    lines = (" ".join(one.split()) for one in "".join(reader.words).splitlines())
    return "\n".join(one for one in lines if one), reader.pictures


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.pictures = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self.pictures += tag == "img"
        self._unseen += tag in _UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if tag in _NEW_LINE:
            self.words.append("\n")
        elif tag in _CELLS:
            self.words.append(" ")
