"""Pixels: taking colours and heights at fractional places, and the way between Qt's pictures and NumPy's.

Pictures are (rows, columns) arrays of 32-bit words, Qt's Format_ARGB32_Premultiplied: colours are multiplied by their
opacity, so that mixing with a transparent neighbour darkens nothing.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage

Floats = NDArray[np.float64]
Words = NDArray[np.uint32]
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied
_PAIRS = np.uint32(0x00FF00FF)
_EIGHT = np.uint32(8)


def image_of(words: Words) -> QImage:
    rows, columns = words.shape
    whole = np.ascontiguousarray(words)
    return QImage(whole.data, columns, rows, columns * 4, _FORMAT).copy()


def words_of(image: QImage) -> Words:
    ready = image.convertToFormat(_FORMAT)
    bits = np.frombuffer(ready.constBits(), dtype=np.uint32)
    return bits.reshape(ready.height(), ready.bytesPerLine() // 4)[:, : ready.width()].copy()


def decoded(data: bytes) -> Words | None:
    """The picture in a PNG, JPEG or WebP file; None when it is none."""
    image = QImage.fromData(QByteArray(data))
    return None if image.isNull() else words_of(image)


def scaled(words: Words, columns: int, rows: int) -> Words:
    ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return words_of(image_of(words).scaled(columns, rows, *ways))


def packed(red: NDArray[np.uint8], green: NDArray[np.uint8], blue: NDArray[np.uint8], mask: NDArray[np.uint8]) -> Words:
    """Colours and opacity (0 to 255) as words."""
    alpha = mask.astype(np.uint32)
    found = alpha << np.uint32(24)
    for shift, band in ((16, red), (8, green), (0, blue)):
        found |= ((band.astype(np.uint32) * alpha + np.uint32(127)) // np.uint32(255)) << np.uint32(shift)
    return found


def bilinear(source: Words, x: Floats, y: Floats) -> Words:
    """Colours at `x` (columns) and `y` (rows); the middle of the first pixel is (0.5, 0.5). Outside: transparent."""
    rows, columns = source.shape
    inside = (x >= 0) & (x <= columns) & (y >= 0) & (y <= rows)  # False for NaN
    left, across = _split(np.where(inside, x, 0.5), columns)
    top, down = _split(np.where(inside, y, 0.5), rows)
    right, bottom = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
    flat = source.ravel()
    upper = _mixed(flat[top * columns + left], flat[top * columns + right], across)
    lower = _mixed(flat[bottom * columns + left], flat[bottom * columns + right], across)
    found = _mixed(upper, lower, down)
    found[~inside] = 0
    return found


def _split(place: Floats, count: int) -> tuple[NDArray[np.intp], Words]:
    """The pixel before a place, and how far behind its middle the place lies, in 256ths."""
    at = np.clip(place - 0.5, 0.0, count - 1.0)
    whole = at.astype(np.intp)
    return whole, ((at - whole) * 256.0).astype(np.uint32)


def _mixed(one: Words, other: Words, share: Words) -> Words:
    """Two channels at a time: 8 bits and their share of 256 fit into 16."""
    rest = np.uint32(256) - share
    low = ((one & _PAIRS) * rest + (other & _PAIRS) * share) >> _EIGHT
    high = ((one >> _EIGHT) & _PAIRS) * rest + ((other >> _EIGHT) & _PAIRS) * share
    found: Words = (low & _PAIRS) | (high & ~_PAIRS)
    return found


def smooth(source: Floats, x: Floats, y: Floats) -> Floats:
    """Heights by a cubic B-spline, which has no edges where a coarse grid is enlarged: a light from the side would
    show each of them. NaN where a neighbour is NaN or outside."""
    rows, columns = source.shape
    inside = (x >= 0) & (x <= columns) & (y >= 0) & (y <= rows)
    at_x, at_y = np.where(inside, x, 0.5) - 0.5, np.where(inside, y, 0.5) - 0.5
    left, top = np.floor(at_x).astype(np.intp), np.floor(at_y).astype(np.intp)
    across, down = _spline(at_x - left), _spline(at_y - top)
    flat = source.ravel()
    found = np.zeros(x.shape)
    for row in range(4):
        base = np.clip(top + row - 1, 0, rows - 1) * columns
        line = np.zeros(x.shape)
        for column in range(4):
            line += across[column] * flat[base + np.clip(left + column - 1, 0, columns - 1)]
        found += down[row] * line
    found[~inside] = np.nan
    return found


def _spline(t: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    u = 1.0 - t
    return (
        u * u * u / 6.0,
        (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
        (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0,
        t * t * t / 6.0,
    )
