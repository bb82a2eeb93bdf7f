"""A page as SVG for other programs (Word, WPS, Inkscape, slides): what Typst writes, in words that all of them know.

Typst leaves a map as a picture within the picture, which some programs show coarse and none lets anybody edit, and
writes see-through colours as #RRGGBBAA, which programs of SVG 1.1 take for black.
"""

import base64
import re

_COLOUR = re.compile(r'\b(fill|stroke|stop-color)="(#[0-9a-fA-F]{6})([0-9a-fA-F]{2})"')
_OPACITY = {"fill": "fill-opacity", "stroke": "stroke-opacity", "stop-color": "stop-opacity"}
_IMAGE = re.compile(
    r'<image (?:transform="([^"]*)" )?xlink:href="data:image/svg\+xml;base64,([^"]+)"'
    r' width="([\d.]+)" height="([\d.]+)" preserveAspectRatio="none"/>'
)
_ROOT = re.compile(
    r'^\s*(?:<!--.*?-->\s*)*<svg\b[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*)</svg>\s*$', re.DOTALL
)
_NAMED = re.compile(r'\b(id="|(?:xlink:)?href="#|url\(#)')


def plain_svg(page: bytes) -> bytes:
    """`page`, as Typst wrote it, with its maps as drawings of the page itself and colours apart from their opacity."""
    text = page.decode("utf-8")
    count = 0

    def opened(found: re.Match[str]) -> str:
        nonlocal count
        moved, content, across, down = found.groups()
        inner = _ROOT.match(base64.b64decode(content).decode("utf-8"))
        # A drawing of another make (an office's logo) stays the picture that it is.
        if inner is None or "<svg" in inner.group(3):
            return found.group(0)
        count += 1
        wide, high = float(across) / float(inner.group(1)), float(down) / float(inner.group(2))
        return f'<g transform="{moved or ""}scale({wide:.9g} {high:.9g})">{_apart(inner.group(3), count)}</g>'

    return _COLOUR.sub(_split, _IMAGE.sub(opened, text)).encode("utf-8")


def _apart(drawing: str, number: int) -> str:
    """Its names are its own: two maps on a page would else use each other's symbols."""

    def named(found: re.Match[str]) -> str:
        word = found.group(1).replace('"#', '"').replace("(#", "(")
        if word.endswith('href="'):
            return f'xlink:href="#m{number}-'
        return f"url(#m{number}-" if word.startswith("url") else f'id="m{number}-'

    return _NAMED.sub(named, drawing)


def _split(found: re.Match[str]) -> str:
    kind, colour, alpha = found.groups()
    share = int(alpha, 16) / 255
    return (
        f'{kind}="none"' if share == 0 and kind != "stop-color" else f'{kind}="{colour}" {_OPACITY[kind]}="{share:.3g}"'
    )
