"""How a Mongolian text will stand beside its Chinese phrase: upright, columns from left to right, as on paper."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.typeset.fonts_for_paper import PaperFonts

# The template's measures (parts/bilingual.typ): a column is so wide, and its stem so far from the left edge, in sizes.
_COLUMN, _STEM = 1.24, 0.42
_SIZES = (40, 34, 29, 25, 21, 18, 15, 13, 11, 9)
_SHARE = 0.5  # of the width, at most


def family_of(fonts: PaperFonts) -> str:
    """The Mongolian family as Qt knows it, loaded from the file that printing uses; "" where there is none."""
    found = next((one for one in fonts.found.fonts() if one.family == fonts.mongolian and one.path), None)
    if found is None:
        return ""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(Path(str(found.path)))))
    return families[0] if families else fonts.mongolian


class MongolianPreview(QWidget):
    """Paper-white in both themes, since it shows paper."""

    def __init__(self, family: str) -> None:
        super().__init__()
        self.family = family
        self.columns: list[str] = []  # as they stand, from the left
        self._chinese, self._text = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(150))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(190))

    def show_pair(self, chinese: str, text: str) -> None:
        self._chinese, self._text = chinese, text
        self.setAccessibleName(f"{text}　{chinese}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(Qt.GlobalColor.black)
        edge = theme().px(14)
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        used = self._mongolian(painter, room)
        beside = room.adjusted(used, 0, 0, 0)
        painter.setFont(self._fitting(beside))
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self._chinese)
        painter.end()

    def _mongolian(self, painter: QPainter, room: QRectF) -> float:
        """Paints the columns; the width they take, with the gap beside them."""
        self.columns = []
        if not self.family or not self._text.strip():
            return 0.0
        for size in _SIZES:
            font = QFont(self.family)
            font.setPixelSize(theme().px(size))
            wide = theme().px(size) * _COLUMN
            columns = broken(self._text, room.height(), QFontMetricsF(font))
            if size == _SIZES[-1] or (columns and len(columns) * wide <= room.width() * _SHARE):
                break
        columns = columns or self._text.split("\n")  # a word longer than the preview is cut by its edge
        self.columns = columns
        painter.setFont(font)
        for number, one in enumerate(columns):
            painter.save()
            painter.translate(QPointF(room.left() + number * wide + theme().px(size) * _STEM, room.top()))
            painter.rotate(90)
            painter.drawText(QPointF(0, 0), one)
            painter.restore()
        return len(columns) * wide + theme().px(12)

    def _fitting(self, room: QRectF) -> QFont:
        font = theme().font("heading", bold=True)
        for size in (34, 29, 25, 21, 18, 16, 14):
            font.setPixelSize(theme().px(size))
            needed = QFontMetricsF(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._chinese)
            if needed.width() <= room.width() and needed.height() <= room.height():
                break
        return font


def broken(text: str, height: float, metrics: QFontMetricsF) -> list[str]:
    """The columns of a text: broken at spaces where a column is full, and at line breaks. [] where a word is too long
    for a column."""
    found: list[str] = []
    for line in text.split("\n"):
        held = ""
        for word in line.split(" "):
            if metrics.horizontalAdvance(word) > height:
                return []
            longer = f"{held} {word}" if held else word
            if metrics.horizontalAdvance(longer) <= height:
                held = longer
            else:
                found.append(held)
                held = word
        found.append(held)
    return found
