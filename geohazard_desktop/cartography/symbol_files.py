"""Point symbols: SVG files of ours or of an office's, with a white halo along their outline.

A symbol file is an SVG with a viewBox, drawn with plain shapes and no styles of its own. The shape whose id is
"silhouette" is the outline that the halo follows; a file without one gets no halo.
"""

import copy
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from geohazard_desktop.cartography.own_symbols import cleaned, is_own
from geohazard_desktop.common.errors import GeohazardError, ResourceMissing
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _

_SVG = "http://www.w3.org/2000/svg"
MISSING = "_missing"


@dataclass(frozen=True, slots=True)
class SymbolFile:
    """`body` and `silhouette` are SVG fragments in units of `box` (left, top, width, height)."""

    name: str
    box: tuple[float, float, float, float]
    body: str
    silhouette: str

    def fragment(self, size: float, halo: float) -> str:
        """SVG in mm around (0, 0): `size` mm wide, the halo reaching `halo` mm farther."""
        left, top, width, height = self.box
        scale = size / width
        under = ""
        if halo > 0 and self.silhouette:
            under = (
                f'<g fill="#FFFFFF" stroke="#FFFFFF" stroke-width="{2 * halo / scale:.4g}" stroke-linejoin="round">'
                f"{self.silhouette}</g>"
            )
        shift = f"translate({-(left + width / 2):g} {-(top + height / 2):g})"
        return f'<g transform="scale({scale:.5g}) {shift}">{under}{self.body}</g>'

    def picture(self, size: float, halo: float) -> tuple[str, float, float]:
        """A whole SVG and its width and height in mm; its middle is the symbol's."""
        _left, _top, width, height = self.box
        wide, high = size + 2 * halo, size * height / width + 2 * halo
        return (
            f'<svg xmlns="{_SVG}" viewBox="{-wide / 2:.5g} {-high / 2:.5g} {wide:.5g} {high:.5g}">'
            f"{self.fragment(size, halo)}</svg>",
            wide,
            high,
        )


@lru_cache(maxsize=256)
def symbol_file(name: str) -> SymbolFile:
    """The symbol `name` below resources/symbols, or the office's own one whose SVG text `name` is. Raises
    ResourceMissing naming it."""
    if is_own(name):
        return _own(name)
    safe = name and ".." not in name and not name.startswith(("/", "\\")) and ":" not in name
    try:
        if not safe:
            raise ResourceMissing(_("没有名为 {name} 的符号。").format(name=name or _("（空）")))
        path = resource("symbols", *f"{name}.svg".split("/"))
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        box = tuple(float(one) for one in root.get("viewBox", "").replace(",", " ").split())
        if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
            raise ValueError("viewBox")
    except GeohazardError as error:
        raise ResourceMissing(
            _("没有名为 {name} 的符号，图上用问号代替。").format(name=name or _("（空）")),
            _("请在样式里换一个符号，或把它放进 symbols 文件夹。"),
        ) from error
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise ResourceMissing(
            _("符号 {name} 的 SVG 读不懂（{reason}），图上用问号代替。").format(name=name, reason=error),
            _("请换一个 SVG 文件。"),
        ) from error
    return SymbolFile(name, (box[0], box[1], box[2], box[3]), _body(root), _silhouette(root))


def _own(text: str) -> SymbolFile:
    root = ElementTree.fromstring(cleaned(text, _("样式里的本单位符号")))
    left, top, width, height = (float(one) for one in root.get("viewBox", "").split())
    return SymbolFile(_("本单位的图案"), (left, top, width, height), _body(root), _silhouette(root))


def symbol_or_question(name: str) -> tuple[SymbolFile, str]:
    """The symbol, or a question mark and the sentence that says why: a hazard point never vanishes from a map."""
    if name.endswith("/"):
        name += "未定"  # the field that names the symbol is empty
    try:
        return symbol_file(name), ""
    except ResourceMissing as error:
        return symbol_file(MISSING), str(error)


def _body(root: ElementTree.Element) -> str:
    return "".join(_text(one) for one in root if not str(one.tag).endswith(("title", "desc", "metadata")))


def _silhouette(root: ElementTree.Element) -> str:
    for one in root.iter():
        if one.get("id") == "silhouette":
            plain = copy.deepcopy(one)
            for key in ("fill", "stroke", "stroke-width", "id", "class"):
                plain.attrib.pop(key, None)
            return _text(plain)
    return ""


def _text(element: ElementTree.Element) -> str:
    plain = copy.deepcopy(element)
    plain.tail = None
    for one in plain.iter():
        one.tag = str(one.tag).replace(f"{{{_SVG}}}", "")
        one.attrib.pop("id", None)  # ids would repeat where a symbol is set twice
    return ElementTree.tostring(plain, encoding="unicode")
