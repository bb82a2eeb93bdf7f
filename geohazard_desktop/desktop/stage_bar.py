"""The five stages of the job above the toolbar, each with its own live state in words."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import STAGES, Stage
from geohazard_desktop.desktop.icons import SEVERITY_ICONS, paint_icon
from geohazard_desktop.desktop.theme import theme

HIGH, LOW = 52, 34  # pixels at 100 %: with its state below the name of a stage, and without


class StageButton(QAbstractButton):
    """Number in a ring, name, state; the active one stands on the toolbar's ground under an accent edge."""

    def __init__(self, number: int, stage: Stage) -> None:
        super().__init__()
        self.number, self.stage = number, stage
        self.words = stage.hint
        self.severity = ""
        self.low = False  # its state stands in the tooltip alone
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.number} {self.stage.text}，{self.words}")
        lines = [f"{self.stage.text}　Ctrl+{self.number}", self.stage.hint]
        self.setToolTip("\n".join([*lines, self.words] if self.low and self.words != self.stage.hint else lines))

    def set_low(self, low: bool) -> None:
        self.low = low
        self._name()
        self.updateGeometry()

    def set_state(self, words: str, severity: str = "") -> None:
        if (words, severity) != (self.words, self.severity):
            self.words, self.severity = words, severity
            self._name()
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        t = theme()
        name = QFontMetricsF(t.font("stage", bold=True)).horizontalAdvance(self.stage.text)
        state = QFontMetricsF(t.font("small")).horizontalAdvance(self.words) + (t.px(20) if self.severity else 0)
        if self.low:
            state = name + (t.px(18) if self.severity else 0)
        return QSize(round(t.px(46) + max(name, state) + t.px(18)), self._high())

    def _high(self) -> int:
        return theme().px(LOW - 2 if self.low else HIGH - 2)

    def minimumSizeHint(self) -> QSize:
        t = theme()
        name = QFontMetricsF(t.font("stage", bold=True)).horizontalAdvance(self.stage.text)
        return QSize(round(t.px(46) + name + t.px(10)), self._high())

    def paintEvent(self, _event: object) -> None:
        t = theme()
        p = t.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        active = self.isChecked()
        if active or self.underMouse():
            path = QPainterPath()
            path.addRoundedRect(box.adjusted(0, 1, 0, 8), 6, 6)
            painter.fillPath(path, t.colour("panel" if active else "hover"))
        if active:
            painter.fillRect(QRectF(4, 0, box.width() - 8, 3), t.colour("accent"))
        side = t.px(24)
        ring = QRectF(t.px(12), (box.height() - side) / 2, side, side)
        ink = t.colour("accent" if active else "border")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if active else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        painter.setFont(t.font("label", bold=True))
        painter.setPen(t.colour("on_accent" if active else "text2"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self.number))
        left = ring.right() + t.px(10)
        name = t.font("stage", bold=active)
        painter.setFont(name)
        painter.setPen(t.colour("accent" if active else "text"))
        half = box.height() / 2
        if self.low:
            metrics, words = QFontMetricsF(name), self.stage.text
            base = half + (metrics.ascent() - metrics.descent()) / 2
        else:
            painter.drawText(QPointF(left, half - t.px(3)), self.stage.text)
            painter.setFont(t.font("small"))
            painter.setPen(t.colour("text2"))
            metrics = QFontMetricsF(t.font("small"))
            room = box.right() - left - t.px(6) - (t.px(18) if self.severity else 0)
            words = metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, room)
            base = half + t.px(3) + metrics.ascent()
        painter.drawText(QPointF(left, base), words)
        if self.severity:
            sign = QRectF(left + metrics.horizontalAdvance(words) + t.px(5), base - t.px(11), t.px(13), t.px(13))
            colour, inner = (p.error, p.sign_glyph) if self.severity == "error" else (p.reminder_sign, p.reminder_glyph)
            paint_icon(painter, SEVERITY_ICONS[self.severity], sign, colour, inner)
        if self.hasFocus():
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 5, 5)


class _Chevron(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(theme().px(16), theme().px(20))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().px(14)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, "chevron-right", box, theme().colour("border"))


class SeasonNote(QWidget):
    """重点防范期第 48 天, from the workspace's own settings; nothing outside the season or without the settings."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def set_season(self, start: str, end: str, today: date) -> None:
        """`start` and `end` as MM-DD; an unreadable setting says nothing here (the checks say it)."""
        self.words = season_words(start, end, today)
        self.setVisible(bool(self.words))
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme().font("table")).horizontalAdvance(self.words)
        return QSize(round(width) + theme().px(44), theme().px(40))

    def paintEvent(self, _event: object) -> None:
        t = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = t.px(18)
        paint_icon(painter, "bell", QRectF(t.px(4), (self.height() - side) / 2, side, side), t.colour("text2"))
        painter.setFont(t.font("table"))
        painter.setPen(t.colour("text"))
        box = QRectF(t.px(28), 0, self.width() - t.px(30), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words)


def season_words(start: str, end: str, today: date) -> str:
    try:
        first = date(today.year, *map(int, start.split("-")))
        last = date(today.year, *map(int, end.split("-")))
    except (ValueError, TypeError):
        return ""
    if first <= today <= last:
        return _("重点防范期第 {day} 天").format(day=(today - first).days + 1)
    return ""


class StageBar(QWidget):
    """`chosen` carries the stage's key."""

    stepped = Signal()  # another step, or the same one again
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(0)
        self.buttons: dict[str, StageButton] = {}
        for number, stage in enumerate(STAGES, 1):
            if number > 1:
                row.addWidget(_Chevron())
            made = StageButton(number, stage)
            made.clicked.connect(lambda _checked=False, key=stage.key: self.chosen.emit(key))
            row.addWidget(made)
            self.buttons[stage.key] = made
        row.addStretch(1)
        self.season = SeasonNote()
        row.addWidget(self.season)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """`low`: one line a stage, where a window in large type has no height to give away."""
        for made in self.buttons.values():
            made.set_low(low)
        self.setFixedHeight(theme().px(LOW if low else HIGH))

    def show_stage(self, key: str) -> None:
        self.stepped.emit()
        self.buttons[key].setChecked(True)

    def set_state(self, key: str, words: str, severity: str = "") -> None:
        self.buttons[key].set_state(words, severity)
