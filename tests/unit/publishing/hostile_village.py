"""A village where every free field holds what breaks layouts and runs as code elsewhere, and how pages are judged.

Each place has a zone, a hazard point, a way to a shelter, a household, a sign, a 街道 and a key area, all of one kind
of bad words. What a person typed into a personal field begins with PERSON, so that it is found wherever it leaks.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from put_in import added as add
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
PERSON, PHONE = "李示例", "139 0000 0001"
# Kinds of bad words; a font of every machine has their characters.
BAD = {
    "markup": '#panic("a") $x$ \\u{41} <script>alert(1)</script> [] _i_ *b* @r `c` // =',
    "long": "东坡西侧老采空区上方地面塌陷和地裂缝及其影响范围内的住户、工棚与便道" * 4,
    "word": "Abcdefghijklmnopqrstuvwxyz0123456789" * 3,
    "rare": "㐂𠮷村龘䲜坡",
    "lines": "第1行名称\n第2行名称\t尾\u200b巴\u202e反\x07响",
    "nothing": "",
    "blank": "　 ",
}
SCRIPTS = {"mongolian": "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "emoji": "⚠️🏠🏃‍♂️"}


def bad_values(ws: Workspace, layer: str, words: str) -> dict[str, Value]:
    """Every free text field of a layer filled with bad words, each recognisable by its field's title."""
    found: dict[str, Value] = {}
    for field in ws.definitions[layer].fields:
        if field.type != "text" or field.values or field.name in ("id", "code", "number"):
            continue
        personal = ws.definitions[layer].is_personal(field.name)
        if field.role == "phone":
            found[field.name] = PHONE if personal else "0000-0000000"
        elif not field.role:
            found[field.name] = f"{PERSON if personal and words.strip() else ''}{words}"
    return found


def build(ws: Workspace, kinds: dict[str, str]) -> Workspace:
    """A place of 3 km by 3 km for each kind; the last zone was announced, so that it can be lifted."""
    wide = 3000.0 * max(1, len(kinds))
    add(ws, "district", box(E, N, E + wide, N + 3000), name="示例区")
    for number, words in enumerate(kinds.values(), 1):
        _place(ws, number, words, E + 3000.0 * (number - 1), N)
    return ws


def _place(ws: Workspace, number: int, words: str, east: float, north: float) -> None:
    def made(layer: str, shape: BaseGeometry, **values: Any) -> Feature:
        return add(ws, layer, shape, **(bad_values(ws, layer, words) | values))

    x, y = east + 1000, north + 1000
    serial = f"{number:04d}"
    made("subdistrict", box(east, north, east + 3000, north + 3000))
    made("key_area", box(x - 200, y - 200, x + 900, y + 500))
    made("susceptibility_zone", box(east, north, east + 3000, north + 3000), **{"class": "中易发区"})
    point = made("hazard_point", Point(x + 50, y + 50), id=f"SL-D-{serial}", hazard_type="地面塌陷",
                 scale_class="小型", unified_code=f"99010104{serial}")  # fmt: skip
    zone = made("danger_zone", Polygon([(x, y), (x, y + 200), (x + 200, y + 200), (x + 200, y)]),
                id=f"SL-W-{serial}", hazard_type="地面塌陷", hazard_point=point.uid)  # fmt: skip
    ws.apply(change_values(ws.definitions, [point], {"danger_zone": zone.uid}))
    shelter = made("shelter", Point(x + 700, y + 100), id=f"SL-A-{serial}", capacity=300)
    route = made("evacuation_route", LineString([(x + 100, y + 100), (x + 400, y + 180), (x + 700, y + 100)]),
                 number=str(number), danger_zone=zone.uid, shelter=shelter.uid)  # fmt: skip
    made("household", Point(x + 120, y + 60), id=f"SL-H-{serial}", head=f"{PERSON}{words}", people=2,
         evacuation_route=route.uid, danger_zone=zone.uid, hazard_point=point.uid)  # fmt: skip
    made("warning_sign", Point(x + 200, y + 110), id=f"SL-J-{serial}", danger_zone=zone.uid)
    made("landmark", Point(x + 400, y + 185), kind="卫生室")


# -- what a page must not have -----------------------------------------------------------------------------------------


def flat(text: str) -> str:
    """Without white space and what prints nothing: where lines break is the page's affair."""
    return "".join(one for one in text if one.isprintable() and not one.isspace())


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def outside(pdf: bytes, edge_mm: float = 2.0) -> list[str]:
    """Characters that lie off their page, or so near to its edge that every printer cuts them."""
    found = []
    edge = edge_mm / 25.4 * 72
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            wide, high = page.get_width(), page.get_height()
            text = page.get_textpage()
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                if right - left < 0.05 or top - bottom < 0.05:
                    continue
                if left < edge or bottom < edge or right > wide - edge or top > high - edge:
                    found.append(f"page {number}: {text.get_text_range(place, 1)}")
    return found


def tofu(pdf: bytes) -> list[str]:
    """Pages where a glyph 0, the empty box of a font, is set. Typst keeps the glyph's number in its subsets."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            if any(b"\0\0" in _pairs(codes) for codes in _shown(page)):
                found.append(f"page {number}")
    return found


def _pairs(codes: bytes) -> list[bytes]:
    return [codes[at : at + 2] for at in range(0, len(codes) - 1, 2)]


def _shown(stream: Any) -> Iterator[bytes]:
    """The strings that a page or a form on it sets in fonts of two bytes a glyph."""
    fonts = stream.get("/Resources", {}).get("/Font", {})
    wide = False
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "Tf":
            wide = str(fonts[str(operands[0])].Subtype) == "/Type0"
        elif wide and name == "Tj":
            yield bytes(operands[0])
        elif wide and name == "TJ":
            yield from (bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
        elif name == "Do":
            below = stream.Resources.XObject[str(operands[0])]
            if str(below.Subtype) == "/Form":
                yield from _shown(below)


def leaks(folder: Path, words: Sequence[str] = (PERSON, PHONE)) -> list[str]:
    """Files in which a personal value stands: in the name, the text, the bytes, or what is packed within them."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        text, parts = _within(path.read_bytes())
        for one in words:
            named = one in str(path.relative_to(folder))
            if named or flat(one) in text or any(code in part for part in parts for code in _written(one)):
                found.append(f"{path.name}: {one}")
    return found


def _written(word: str) -> set[bytes]:
    """The ways in which files write a word: encodings, escapes of JSON and XML, hexadecimal strings of PDF."""
    wide = word.encode("utf-16-be")
    entities = "".join(one if one.isascii() else f"&#{ord(one)};" for one in word)
    escaped = json.dumps(word)[1:-1]
    written = {word.encode(), word.encode("gb18030"), word.encode("utf-16-le"), wide, wide.hex().encode()}
    return {*written, wide.hex().upper().encode(), escaped.encode(), entities.encode()}


def _within(content: bytes) -> tuple[str, list[bytes]]:
    """The text that a reader sees, where pages have one, and the bytes of a file with all that is packed in it."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
            packed = [one.read_bytes() for one in streams if one.get("/Subtype") != "/Image"]
            packed += [str(one).encode() for one in document.docinfo.values()]
        return flat(text_of(content)), [content, *packed]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            inner = [whole.read(one) for one in whole.namelist()]
        text = flat(re.sub(r"<[^>]*>", "", "".join(one.decode("utf-8", "replace") for one in inner)))
        return text, [content, *inner, *map(str.encode, whole.namelist())]
    return "", [content]
