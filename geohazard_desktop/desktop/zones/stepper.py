"""The five states of a danger zone as a row of dots: what is behind it, where it stands, what lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import paint_icon
from geohazard_desktop.desktop.theme import theme


@dataclass(frozen=True, slots=True)
class Dot:
    """One state: `day` as 2026-07-18 or "", `reached` and `current`; `tip` is its document number."""

    name: str
    day: str = ""
    reached: bool = False
    current: bool = False
    tip: str = ""


class ZoneStepper(QWidget):
    """Shows, never asks: steps are entered by buttons below it."""

    def __init__(self) -> None:
        super().__init__()
        self.dots: Sequence[Dot] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dots(self, dots: Sequence[Dot]) -> None:
        self.dots = dots
        told = [
            " ".join(part for part in (one.name, one.day, one.tip, _("现在") if one.current else "") if part)
            for one in dots
            if one.reached or one.current
        ]
        self.setAccessibleName(_("危险区过程：{steps}").format(steps="，".join(told)))
        self.setToolTip("\n".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        t = theme()
        rows = QFontMetricsF(t.font("small")).height() + 2 * QFontMetricsF(t.font("grid")).height()
        return QSize(t.px(260), round(t.px(26) + rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height())

    def paintEvent(self, _event: object) -> None:
        if not self.dots:
            return
        t = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self.dots)
        middle, radius = t.px(11), t.px(7)
        centres = [QPointF(step * (index + 0.5), middle) for index in range(len(self.dots))]
        for index, one in enumerate(self.dots[1:], 1):
            painter.setPen(QPen(t.colour("accent" if one.reached else "border"), 1.5))
            first, last = centres[index - 1], centres[index]
            painter.drawLine(QPointF(first.x() + radius + 2, middle), QPointF(last.x() - radius - 2, middle))
        for one, centre in zip(self.dots, centres, strict=True):
            self._dot(painter, one, centre, radius)
            self._words(painter, one, centre, step)

    def _dot(self, painter: QPainter, one: Dot, centre: QPointF, radius: float) -> None:
        t = theme()
        painter.setPen(QPen(t.colour("accent" if one.reached or one.current else "border"), 1.5))
        painter.setBrush(t.colour("accent") if one.current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
        if one.reached and not one.current:
            side = radius * 1.5
            paint_icon(
                painter, "check", QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), t.colour("accent")
            )

    def _words(self, painter: QPainter, one: Dot, centre: QPointF, step: float) -> None:
        t = theme()
        small, grid = t.font("small", bold=one.current), t.font("grid")
        painter.setFont(small)
        painter.setPen(t.colour("accent" if one.current else "text" if one.reached else "text2"))
        top = t.px(22)
        box = QRectF(centre.x() - step / 2 - 2, top, step + 4, QFontMetricsF(small).height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.name)
        painter.setFont(grid)
        painter.setPen(t.colour("text3"))
        year, _dash, day = one.day.partition("-")
        high = QFontMetricsF(grid).height()
        for row, told in enumerate((year, day)):
            place = QRectF(box.left(), box.bottom() + row * high, box.width(), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, told)
