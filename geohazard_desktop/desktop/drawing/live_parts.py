"""Parts of the live panel: a figure with its unit and caption, the ladder of grades, rows of what holds."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop.analysis.live_facts import Sentence
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import FlowLayout, label, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.grade import grades


class Figure(QWidget):
    """46.02 公顷 large, what it is small below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.number, self.caption = label("", "figure"), label("", "small")
        column.addWidget(self.number)
        column.addWidget(self.caption)

    def text(self) -> str:
        return self.number.text()

    def show_figure(self, text: str, caption: str) -> None:
        self.number.setText(text)
        self.caption.setText(caption)


class FigureRow(QWidget):
    """Figures side by side; on a further row where the width ends."""

    def __init__(self, count: int) -> None:
        super().__init__()
        row = FlowLayout(self, theme().px(12), 0)
        self.figures = [Figure() for _index in range(count)]
        for one in self.figures:
            row.addWidget(one)


class GradeLadder(QWidget):
    """The four grades as neutral steps, the judged one dark with its word in bold: colours are for 预警 alone."""

    def __init__(self) -> None:
        super().__init__()
        self._grade = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(8) + round(QFontMetricsF(theme().font("small")).height()) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_grade(self, grade: str) -> None:
        if grade != self._grade:
            self._grade = grade
            self.setAccessibleName(_("险情等级 {grade}").format(grade=grade))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = grades()
        gap, high = 4.0, theme().px(5)
        wide = (self.width() - gap * (len(names) - 1)) / len(names)
        for index, name in enumerate(names):
            left = index * (wide + gap)
            now = name == self._grade
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("text" if now else "hairline"))
            painter.drawRoundedRect(QRectF(left, 0, wide, high), high / 2, high / 2)
            painter.setPen(theme().colour("text" if now else "text3"))
            painter.setFont(theme().font("small", bold=now))
            box = QRectF(left, high + 2, wide, self.height() - high - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, _(name))


class Sentences(QWidget):
    """What holds (a tick) and what does not (an octagon), the most important first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(3))
        self._rows = [self._row() for _index in range(most)]
        self.more = label("", "small")
        self._column.addWidget(self.more)

    def _row(self) -> tuple[QWidget, QLabel, QLabel, QLabel]:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        fine, wrong, words = severity_label("done", 14), severity_label("error", 14), label("", "note", wrap=True)
        for sign in (fine, wrong):
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self._column.addWidget(widget)
        return widget, fine, wrong, words

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        ordered = sorted(sentences, key=lambda one: one.fine)
        for index, (widget, fine, wrong, words) in enumerate(self._rows):
            widget.setVisible(index < len(ordered))
            if index < len(ordered):
                fine.setVisible(ordered[index].fine)
                wrong.setVisible(not ordered[index].fine)
                words.setText(f"{ordered[index].name}　{ordered[index].words}")
        left = len(ordered) - len(self._rows)
        self.more.setVisible(left > 0)
        self.more.setText(_("还有 {count} 条").format(count=left))

    def texts(self) -> list[str]:
        return [words.text() for widget, _fine, _wrong, words in self._rows if not widget.isHidden()]
