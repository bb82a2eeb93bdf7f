"""Pictures on their way into a template: SVG as it is, photographs wrapped into one.

Typst takes files from memory as text only, so a PNG or JPEG travels inside an SVG of its own size.
"""

import base64
import json
import re
import struct

from geohazard_desktop.common.errors import TypesettingFailed
from geohazard_desktop.common.texts import _

PICTURE_KEYS = {
    "picture",
    "over",
    "inset",
    "qr",
    "shelter_photo",
    "sign",
}  # keys of the forms whose value is a picture's name
# Within a text a quotation mark has a backslash before it, so that this is a key and its value wherever it stands.
_NAMED = re.compile(rf'"(?:{"|".join(sorted(PICTURE_KEYS))})": ("(?:[^"\\]|\\.)*")')
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def svg_text(name: str, content: str | bytes) -> str:
    """The picture as SVG source. Raises TypesettingFailed naming the picture that is none."""
    if isinstance(content, bytes):
        if content.startswith(_PNG) and len(content) >= 24:
            return _wrapped(content, "png", struct.unpack(">II", content[16:24]))
        if content.startswith(_JPEG):
            return _wrapped(content, "jpeg", _jpeg_size(content))
        content = content.decode("utf-8-sig", "replace")
    if not content.lstrip("\ufeff \t\r\n").startswith("<"):
        raise TypesettingFailed(
            _("图 {name} 不是 SVG、PNG 或 JPEG，没有印任何东西。").format(name=name), _("请换一张图片，再印一次。")
        )
    return content


def _wrapped(content: bytes, kind: str, size: tuple[int, int]) -> str:
    width, height = size
    data = base64.b64encode(content).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
    )


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height from the frame header (ITU-T T.81, B.2.2); 4:3 where none is found."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else (4, 3)
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return 4, 3


def picture_names(dumped: str) -> list[str]:
    """The names of all pictures that a form's data speak of, each once. `dumped` is what `json.dumps` made of them: in
    the data of a hundred cards a pattern finds them in a tenth of the time that a walk takes."""
    return [json.loads(one) for one in dict.fromkeys(_NAMED.findall(dumped))]
