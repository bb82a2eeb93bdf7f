"""A black-and-white office copier, and what a reader can still tell on its copies.

As in the office's rules for paper: 200 dpi, grey, blurred by 0.8 pixels, a steep contrast around 62 % of white. Lengths
are millimetres on paper, places in pages from the upper left corner.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DPI = 200.0
PER_MM = DPI / 25.4
BLUR = 0.8  # pixels
THRESHOLD, STEEPNESS = 0.62, 5.0
Copy = NDArray[np.float32]  # 0 black to 1 white


def copied(grey: Copy) -> Copy:
    """The copy of a page."""
    blurred = _blurred(grey, BLUR)
    return np.clip((blurred - np.float32(THRESHOLD)) * np.float32(STEEPNESS) + np.float32(0.5), 0, 1)


def copy_of_svg(svg: str, width_mm: float, height_mm: float, margin_mm: float = 0.0) -> Copy:
    """A drawing on white paper of its own size, copied."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid(), svg[:200]
    edge = round(margin_mm * PER_MM)
    image = QImage(
        round(width_mm * PER_MM) + 2 * edge, round(height_mm * PER_MM) + 2 * edge, QImage.Format.Format_RGB32
    )
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(edge, edge, width_mm * PER_MM, height_mm * PER_MM))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return copied(_grey(pixels[:, : image.width(), 2::-1]))


@dataclass(frozen=True)
class Letter:
    """A character of a page: left, top, right, bottom in pixels, and its height in points."""

    text: str
    box: tuple[int, int, int, int]
    points: float


@dataclass(frozen=True)
class Page:
    """A page before the copier (a plane each of red, green, blue) and after it, and its text."""

    paper: NDArray[np.uint8]
    copy: Copy
    letters: list[Letter]

    def inked(self, color: str, tolerance: int = 26) -> NDArray[np.bool_]:
        """Where the page has this ink (#RRGGBB) on its paper."""
        found = np.ones(self.copy.shape, dtype=bool)
        for plane, at in zip(self.paper, (1, 3, 5), strict=True):
            ink = int(color[at : at + 2], 16)
            found &= (plane >= max(ink - tolerance, 0)) & (plane <= min(ink + tolerance, 255))
        return found

    def around(self, x: float, y: float, reach: float) -> Copy:
        """The copy of a square around a place, `reach` to each side, in millimetres."""
        return self.copy[window(x - reach, y - reach, x + reach, y + reach)]


def copies(pdf: Path | bytes, shrunk: float = 1.0, most: int = 1000) -> list[Page]:
    """Every page of a PDF, or the first `most`, copied; smaller by `shrunk` (an A3 onto A4: 0.707)."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(most, len(document))):
            page = document[number]
            pixels = page.render(scale=DPI / 72 * shrunk, rev_byteorder=True).to_numpy()[:, :, :3]
            paper = np.ascontiguousarray(pixels.transpose(2, 0, 1))
            found.append(Page(paper, copied(_grey(pixels)), _letters(page, shrunk)))
    return found


def one_bit(page: Page) -> NDArray[np.bool_]:
    """The copy as a fax or a copier set to text gives it: black (True) or white, nothing between."""
    black: NDArray[np.bool_] = page.copy < 0.5
    return black


def window(left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
    """Rows and columns between two corners in millimetres."""
    x0, y0, x1, y1 = (max(0, round(one * PER_MM)) for one in (left, top, right, bottom))
    return slice(y0, y1), slice(x0, x1)


def _letters(page: pypdfium2.PdfPage, shrunk: float) -> list[Letter]:
    text = page.get_textpage()
    height = page.get_height()
    scale = DPI / 72 * shrunk
    found = []
    for number in range(text.count_chars()):
        word = text.get_text_range(number, 1)
        if not word.strip():
            continue
        left, bottom, right, top = text.get_charbox(number)
        box = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
        x0, y0, x1, y1 = (round(one) for one in box)
        found.append(Letter(word, (x0, y0, x1 + 1, y1 + 1), (top - bottom) * shrunk))
    return found


# -- what can be told ------------------------------------------------------------------------------------------------


def dark_share(copy: Copy) -> float:
    """How much of a copy is black."""
    return float((copy < 0.5).mean()) if copy.size else 0.0


def contrast(copy: Copy) -> float:
    """The distance between the darkest and the lightest places: 0 nothing to be seen, 1 black on white."""
    if not copy.size:
        return 0.0
    dark, light = np.quantile(copy, [0.02, 0.98])
    return float(light - dark)


def inner(copy: Copy, edge_mm: float = 1.3) -> Copy:
    """Without a strip along the edges: the texture of an area, or its lack."""
    edge = round(edge_mm * PER_MM)
    return copy[edge:-edge, edge:-edge]


def alike(one: Copy, other: Copy) -> float:
    """How much two copies of the same size look the same, 0 to 1, wherever the eye lays one upon the other.

    The correlation of what is drawn, at the best of some small shifts: a texture that begins elsewhere is the same
    texture.
    """
    first, second = _blurred(1 - one, 1.2), _blurred(1 - other, 1.2)
    return max(
        _correlation(first, np.roll(second, (down, right), (0, 1)))
        for down in range(-4, 5, 2)
        for right in range(-6, 7, 3)
    )


def told_apart(one: Copy, other: Copy, most: float = 0.9) -> bool:
    """Whether two symbols can be told apart: their drawings differ, or one is half as dark again as the other."""
    shares = sorted((dark_share(one), dark_share(other)))
    return alike(one, other) < most or shares[1] > 1.5 * shares[0] + 0.003


def _correlation(first: Copy, second: Copy) -> float:
    first, second = first - first.mean(), second - second.mean()
    both = float(np.sqrt((first**2).sum() * (second**2).sum()))
    if both < 1e-6:
        return 1.0 if float(np.abs(first - second).max()) < 1e-3 else 0.0
    return float((first * second).sum()) / both


def _grey(pixels: NDArray[np.uint8]) -> Copy:
    """From red, green, blue."""
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32) / np.float32(255)
    return pixels.astype(np.float32) @ weights


def _blurred(image: Copy, sigma: float) -> Copy:
    reach = max(1, round(3 * sigma))
    steps = np.arange(-reach, reach + 1)
    kernel = np.exp(-(steps**2) / (2 * sigma**2)).astype(np.float32)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padded = np.pad(image, [(reach, reach) if one == axis else (0, 0) for one in (0, 1)], mode="edge")
        parts = (np.take(padded, range(k, k + image.shape[axis]), axis) * kernel[k] for k in range(len(kernel)))
        image = sum(parts, np.zeros_like(image))
    return image
