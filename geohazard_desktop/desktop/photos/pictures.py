"""Stored photos as pictures: whole, or small and remembered."""

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QTransform

from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_MOST_REMEMBERED = 300
_remembered: dict[tuple[str, int], QImage] = {}  # by digest and side: the same file is the same picture everywhere


def whole(ws: Workspace, row: Feature) -> QImage | None:
    """The photo of an attachment's row, turned as the office turned it; None where its file is not there."""
    data = ws.file(row.text("digest"))
    if data is None:
        return None
    image = QImage.fromData(data)
    return None if image.isNull() else turned(image, row)


def small(ws: Workspace, row: Feature, side: int) -> QImage | None:
    """A photo that fits a square of `side` device pixels."""
    image = _small(ws, row.text("digest"), side)
    return None if image is None else turned(image, row)


def turned(image: QImage, row: Feature) -> QImage:
    angle = row["rotation"]
    if not isinstance(angle, int) or angle % 360 == 0:
        return image
    return image.transformed(QTransform().rotate(angle))


def _small(ws: Workspace, digest: str, side: int) -> QImage | None:
    key = (digest, side)
    if key in _remembered:
        return _remembered[key]
    data = ws.file(digest)
    if data is None:
        return None
    held = QByteArray(data)
    buffer = QBuffer(held)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():  # a JPEG is decoded at an eighth where that is enough
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    while len(_remembered) >= _MOST_REMEMBERED:
        del _remembered[next(iter(_remembered))]
    _remembered[key] = image
    return image
