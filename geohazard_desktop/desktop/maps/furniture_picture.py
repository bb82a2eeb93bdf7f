"""North arrow and scale bar kept as a picture: they stay the same while the hand draws, and their letters and rounded
plates would otherwise be set anew in every frame."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps import furniture
from geohazard_desktop.desktop.theme import theme


class FurniturePicture:
    def __init__(self) -> None:
        self._key: object = None
        self._strips: list[tuple[float, QPixmap]] = []

    def paint(self, painter: QPainter, viewport: Viewport, *, schematic: bool, north: str, note: str) -> None:
        """As `furniture.paint`."""
        ratio = painter.device().devicePixelRatio()
        size = viewport.denominator, viewport.width, viewport.height
        key = (size, ratio, schematic, north, note, theme().points("grid"))
        if key != self._key:
            self._key = key
            line = QFontMetricsF(theme().font("grid")).height()
            low = viewport.height - 2 * line - 60
            self._strips = []
            for top, high in ((0.0, 62 + 2 * line), (max(0.0, low), viewport.height - max(0.0, low))):
                picture = QPixmap(round(viewport.width * ratio), round(high * ratio))
                picture.setDevicePixelRatio(ratio)
                picture.fill(Qt.GlobalColor.transparent)
                inside = QPainter(picture)
                inside.setRenderHint(QPainter.RenderHint.Antialiasing)
                inside.translate(0, -top)
                inside.setClipRect(QRectF(0, top, viewport.width, high))
                furniture.paint(inside, viewport, schematic=schematic, north=north, note=note)
                inside.end()
                self._strips.append((top, picture))
        for top, picture in self._strips:
            painter.drawPixmap(0, round(top), picture)
