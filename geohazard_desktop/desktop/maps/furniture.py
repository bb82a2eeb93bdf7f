"""North arrow, scale bar and the word 示意数据 on the canvas: small, on white, never in the way of a click."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from geohazard_desktop.cartography.scale_bar import scale_bar
from geohazard_desktop.cartography.viewport import DPI, Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme

_LONGEST_BAR = 180.0  # logical pixels
_NORTH_PX = 11  # of the letter in the ring, which does not grow with the type


def paint(painter: QPainter, viewport: Viewport, *, schematic: bool, north: str = "", note: str = "") -> None:
    """`north` says by how much true north differs from the grid's, which is up; "" where it does not. `note` says what
    is not shown."""
    _north(painter)
    if north:
        _true_north(painter, north)
    told = [_("含示意数据")] if schematic else []
    _scale(painter, viewport, [*told, *([note] if note else [])])


def boxes(viewport: Viewport, credits: Sequence[str] = (), note: str = "") -> list[tuple[float, float, float, float]]:
    """What `paint` and `paint_credits` cover, roughly (left, top, right, bottom): names on the map keep off it."""
    high = QFontMetricsF(theme().font("grid")).height()
    right = 310.0 + (high * len(note) if note else 0.0)
    above = high + 26.0 if right > viewport.width else 0.0
    found = [
        (0.0, 0.0, 112.0, 66.0 + high),
        (8.0, viewport.height - high - 38.0 - above, right, viewport.height),
    ]
    if credits:
        box = _credits(viewport, credits)[0]
        found.append((box.left(), box.top(), box.right(), box.bottom()))
    return found


def paint_busy(painter: QPainter, viewport: Viewport, words: str) -> None:
    """What the map is waiting for, at the top in the middle."""
    if not words:
        return
    font = theme().font("body")
    metrics = QFontMetricsF(font)
    wide, high = metrics.horizontalAdvance(words) + 28, metrics.height() + 12
    box = QRectF((viewport.width - wide) / 2, 12, wide, high)
    _plate(painter, box)
    painter.setFont(font)
    painter.setPen(QColor(MARKS.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def paint_credits(painter: QPainter, viewport: Viewport, credits: Sequence[str]) -> None:
    """Who made the base maps in sight: small, in the lower right corner, on as many lines as it takes."""
    if not credits:
        return
    painter.setFont(theme().font("small"))
    box, text, flags = _credits(viewport, credits)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 205))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(MARKS.ink))
    painter.drawText(box.adjusted(5, 2, -5, -2), flags, text)


def _credits(viewport: Viewport, credits: Sequence[str]) -> tuple[QRectF, str, int]:
    """The box of the credits, their words, and how these are set."""
    font = theme().font("small")
    room = QRectF(0, 0, max(150.0, min(viewport.width * 0.5, viewport.width - 300.0)), viewport.height)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    text = _("底图：{credits}").format(credits="；".join(credits))
    size = QFontMetricsF(font).boundingRect(room, int(flags), text)
    wide, high = size.width() + 12, size.height() + 4
    return QRectF(viewport.width - wide - 6, viewport.height - high - 6, wide, high), text, int(flags)


def _plate(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 225))
    painter.drawRoundedRect(box, 5, 5)


def _north(painter: QPainter) -> None:
    """Grid north is up on the screen."""
    centre = QPointF(34, 36)
    painter.setPen(QPen(QColor(MARKS.ink).lighter(250), 0.8))
    painter.setBrush(QColor(255, 255, 255, 225))
    painter.drawEllipse(centre, 22, 22)
    painter.setPen(QColor(MARKS.ink))
    font = theme().font("grid", bold=True)
    font.setPixelSize(_NORTH_PX)
    painter.setFont(font)
    painter.drawText(QRectF(12, 15, 44, 14), Qt.AlignmentFlag.AlignCenter, _("北"))
    for side, colour in ((-1, QColor(MARKS.ink)), (1, QColor("white"))):
        half = QPainterPath(QPointF(34, 30))
        half.lineTo(34 + 7 * side, 53)
        half.lineTo(34, 48)
        half.closeSubpath()
        painter.setPen(QPen(QColor(MARKS.ink), 1))
        painter.setBrush(colour)
        painter.drawPath(half)


def _true_north(painter: QPainter, words: str) -> None:
    """Under the arrow; the angle is too small to be seen as one."""
    font = theme().font("grid")
    metrics = QFontMetricsF(font)
    box = QRectF(8, 62, metrics.horizontalAdvance(words) + 12, metrics.height() + 2)
    _plate(painter, box)
    painter.setFont(font)
    painter.setPen(QColor(MARKS.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _scale(painter: QPainter, viewport: Viewport, notes: Sequence[str]) -> None:
    bar = scale_bar(viewport.view(1.0), _LONGEST_BAR * 25.4 / DPI)
    width = bar.length / 25.4 * DPI
    font = theme().font("grid")
    metrics = QFontMetricsF(font)
    height = metrics.height() + 20
    left, top = 14.0, viewport.height - height - 12
    start_number, half, end_number = bar.labels
    end = f"{end_number} {bar.unit}"
    plate = width + metrics.horizontalAdvance(end) / 2 + 30
    _plate(painter, QRectF(left, top, plate, height))
    painter.setFont(font)
    painter.setPen(QColor(MARKS.ink))
    start = left + 12
    base = top + 5 + metrics.ascent()
    painter.drawText(QPointF(start - 3, base), start_number)
    painter.drawText(QPointF(start + width / 2 - metrics.horizontalAdvance(half) / 2, base), half)
    painter.drawText(QPointF(start + width - metrics.horizontalAdvance(end.split(" ", 1)[0]) / 2, base), end)
    drawn = QRectF(start, top + metrics.height() + 8, width, 5)
    painter.setPen(QPen(QColor(MARKS.ink), 1))
    painter.setBrush(QColor("white"))
    painter.drawRect(drawn)
    for quarter in (0, 2):
        painter.fillRect(QRectF(drawn.left() + quarter * width / 4, drawn.top(), width / 4, 5), QColor(MARKS.ink))
    text = words.scale(viewport.denominator)
    lines = [text, "　".join(notes)] if notes else [text]
    small = theme().font("grid", bold=True)
    wide = max(QFontMetricsF(small).horizontalAdvance(one) for one in lines) + 18
    box = QRectF(left + plate + 6, top, wide, height)
    if box.right() > viewport.width - 8:  # a note that would be cut stands above the bar
        box.moveTo(left, top - height - 6)
    _plate(painter, box)
    painter.setPen(QColor(MARKS.ink))
    for index, one in enumerate(lines):
        painter.setFont(small if index == 0 else font)
        row = QRectF(box.left(), box.top() + index * height / len(lines), wide, height / len(lines))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, one)
