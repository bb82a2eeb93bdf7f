"""An office's own point symbols: an SVG whose text stands in the style itself, so that it travels with the workspace to
every machine, onto paper, into the web page and to QGIS.

Only drawing is let in: shapes, groups, transforms, colours and widths. Scripts, links, pictures and style sheets are
left out or refused, because the text also lands in a page that others open. Texts are left out and told: what they look
like hangs on the fonts of a machine.
"""

from dataclasses import dataclass
from xml.etree import ElementTree

from geohazard_desktop.common.errors import ResourceMissing
from geohazard_desktop.common.signs import one_line
from geohazard_desktop.common.texts import _

MOST_CHARACTERS = 40_000
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
_GROUPS = {"g", "svg"}
_DROPPED = {"title", "desc", "metadata", "defs", "style", "namedview"}
_TEXTS = {"text", "flowRoot"}
_GEOMETRY = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "x1", "y1", "x2", "y2", "points"}
_LOOK = {
    "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "fill-rule",
    "fill-opacity", "stroke-opacity", "opacity", "transform", "stroke-miterlimit",
}  # fmt: skip


def is_own(name: str) -> bool:
    """Whether a marker's name is an SVG text and no file of ours."""
    return name.lstrip().startswith("<")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is taken of an SVG, and the texts in it that are not."""

    svg: str
    texts: tuple[str, ...] = ()


def cleaned(text: str, called: str = "") -> str:
    """The drawing of an SVG text and nothing else, with a viewBox. Raises ResourceMissing with the reason."""
    return drawing_of(text, called).svg


def drawing_of(text: str, called: str = "") -> Drawing:
    """The same, with what was left out. Raises ResourceMissing with the reason."""
    name = called or _("这个 SVG")
    if len(text) > 20 * MOST_CHARACTERS:
        raise _refusal(name, _("文件太大"))
    if "<!ENTITY" in text:
        raise _refusal(name, _("里面有外部定义"))
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise _refusal(name, _("不是 SVG 文件")) from error
    if _tag(root) != "svg":
        raise _refusal(name, _("不是 SVG 文件"))
    made = ElementTree.Element("svg", {"xmlns": _SVG.strip("{}"), "viewBox": _box(root, name)})
    texts: list[str] = []
    _copy(root, made, name, texts)
    if not any(one.tag in _SHAPES for one in made.iter()):
        raise _refusal(name, _("里面只有文字，没有图形") if texts else _("里面没有图形"))
    result = ElementTree.tostring(made, encoding="unicode")
    if len(result) > MOST_CHARACTERS:
        raise _refusal(name, _("图形太复杂"))
    return Drawing(result, tuple(texts))


def _copy(source: ElementTree.Element, target: ElementTree.Element, name: str, texts: list[str]) -> None:
    for one in source:
        tag = _tag(one)
        if tag in _DROPPED or not isinstance(one.tag, str) or not one.tag.startswith(_SVG):
            continue
        if tag in _TEXTS:
            texts.append(one_line("".join(one.itertext())).strip())
            continue
        if tag not in _SHAPES | _GROUPS:
            raise _refusal(name, _("里面有 {tag}，只能用线、面、圆这些图形").format(tag=tag))
        kept = ElementTree.SubElement(target, "g" if tag == "svg" else tag, _attributes(one))
        _copy(one, kept, name, texts)


def _attributes(one: ElementTree.Element) -> dict[str, str]:
    found = {key: value for key, value in one.attrib.items() if key in _GEOMETRY | _LOOK}
    for part in one.get("style", "").split(";"):
        key, colon, value = part.partition(":")
        if colon and key.strip() in _LOOK:
            found[key.strip()] = value.strip()
    if one.get("id") == "silhouette":
        found["id"] = "silhouette"
    return {key: value for key, value in found.items() if "url(" not in value and "javascript" not in value.lower()}


def _box(root: ElementTree.Element, name: str) -> str:
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        numbers = (
            [float(one) for one in box] if box else [0.0, 0.0, *(_length(root, key) for key in ("width", "height"))]
        )
    except ValueError as error:
        raise _refusal(name, _("没有写明大小（viewBox）")) from error
    if len(numbers) != 4 or not 0 < numbers[2] < 1e6 or not 0 < numbers[3] < 1e6:
        raise _refusal(name, _("没有写明大小（viewBox）"))
    return " ".join(f"{one:g}" for one in numbers)


def _length(root: ElementTree.Element, key: str) -> float:
    return float(root.get(key, "").rstrip("pxmtcin%") or "nan")


def _tag(one: ElementTree.Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _refusal(name: str, reason: str) -> ResourceMissing:
    return ResourceMissing(
        _("{name}不能当符号用：{reason}。").format(name=name, reason=reason),
        _("请用画图软件存成“纯 SVG”，只留图形，再选一次。"),
    )
