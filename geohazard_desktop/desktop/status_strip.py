"""The line at the foot: next step, place under the pointer in both forms, scale, CRS, and whether all is on disk."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.icons import severity_pixmap
from geohazard_desktop.desktop.parts import Elided, button, line
from geohazard_desktop.desktop.theme import theme

SCALES = (500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000)
_NARROW = 1500
_MOST_FACTS = 0.6  # of the width; the next step must be read even in large type


class StatusStrip(QWidget):
    """`scale_asked` carries a denominator, `papers_asked` is a click on what is to be printed again."""

    scale_asked = Signal(float)
    papers_asked = Signal()
    scale_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), 0, theme().px(12), 0)
        row.setSpacing(theme().px(10))
        self._hint = ""
        self._passing = ""
        self.hint_line = Elided("", "label", "text")
        row.addWidget(self.hint_line, 1)
        self.papers = button("", self.papers_asked.emit, flat=True)
        self.papers.hide()
        row.addWidget(self.papers)
        self.lonlat = self._fixed(_("106°42′28.6″E  39°28′28.1″N"))
        self.gauss = self._fixed(_("X 北 4 372 020.00  Y 东 36 388 840.00"))
        self.scale = QComboBox(self)  # with its parent from the start: the sheet is asked for its look once
        self.scale.setEditable(True)
        self.scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scale.setAccessibleName(_("比例尺"))
        self.scale.setToolTip(_("比例尺，可以键入，如 1:5000"))
        for one in SCALES:
            self.scale.addItem(words.scale(one), float(one))
        self.scale.activated.connect(lambda index: self.scale_asked.emit(self.scale.itemData(index)))
        edit = self.scale.lineEdit()
        assert edit is not None
        edit.returnPressed.connect(self._typed)
        self.crs = QLabel()
        self.saved_sign = QLabel()
        self.saved = QLabel()
        self._parts: list[QWidget] = [self.lonlat, self.gauss, self.scale, self.crs]
        self._lines = []
        for part in self._parts:
            row.addWidget(part)
            self._lines.append(line(vertical=True))
            self._lines[-1].setFixedHeight(theme().px(14))
            row.addWidget(self._lines[-1])
        row.addWidget(self.saved_sign)
        row.addWidget(self.saved)
        self._crs_words = ("", "")
        self._map_on = False
        self.saved_words = ""
        theme().changed.connect(self._dress)
        self._dress()
        self.show_map(False)

    def _fixed(self, sample: str) -> QLabel:
        made = QLabel()
        made.setProperty("sample", sample)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _dress(self) -> None:
        metrics = QFontMetrics(theme().font("label"))
        for one in (self.lonlat, self.gauss):
            one.setFixedWidth(metrics.horizontalAdvance(str(one.property("sample"))) + theme().px(6))
        self.scale.setFixedWidth(metrics.horizontalAdvance("1:20\u2009000\u2009000") + theme().px(34))
        self.setFixedHeight(theme().px(28))
        self._settle()

    def show_map(self, on: bool) -> None:
        """Coordinates and scale belong to the map; the start page has only hint and version."""
        self._map_on = on
        for one in (*self._parts, *self._lines, self.saved, self.saved_sign):
            one.setVisible(on)
        self.papers.setVisible(on and bool(self.papers.text()))
        self._settle()

    def set_hint(self, sentence: str) -> None:
        self._hint = sentence
        self._tell()

    def set_passing(self, sentence: str) -> None:
        """A sentence that covers the hint as long as the pointer rests on what it explains; "" ends it."""
        self._passing = sentence
        self._tell()

    def _tell(self) -> None:
        text = self._passing or (_("下一步：{hint}").format(hint=self._hint) if self._hint else "")
        self.hint_line.set_text(text, "reminder" if self._passing else "text")

    def set_place(self, lonlat: tuple[float, float] | None, east: float = 0.0, north: float = 0.0) -> None:
        self.lonlat.setText(words.lonlat(*lonlat) if lonlat else "")
        self.gauss.setText(words.gauss(east, north) if lonlat else "")

    def set_scale(self, denominator: float) -> None:
        edit = self.scale.lineEdit()
        if edit is not None and not (edit.hasFocus() and edit.isModified()):
            self.scale.setCurrentIndex(-1)  # the list must not mark a scale that was chosen some time ago
            edit.setText(words.scale(denominator))

    def _typed(self) -> None:
        edit = self.scale.lineEdit()
        assert edit is not None
        found = words.parse_scale(edit.text())
        if found is None:
            self.scale_refused.emit(_("“{text}”不是比例尺，请写成 1:5000 这样。").format(text=edit.text()))
            return
        edit.setModified(False)
        self.scale_asked.emit(found)

    def set_papers(self, words: str, tip: str, sign: str = "warning") -> None:
        """What of the papers that left the office is to be printed again; "" for nothing."""
        self.papers.setText(words)
        self.papers.setToolTip(tip)
        self.papers.setIcon(QIcon(severity_pixmap(sign, theme().px(14), self.devicePixelRatioF())))
        self.papers.setVisible(self._map_on and bool(words))
        self._settle()

    def set_crs(self, name: str, short: str) -> None:
        self._crs_words = (name, short)
        self._settle()

    def _settle(self) -> None:
        name, short = self._crs_words
        self.crs.setText(short if self.width() < _NARROW else name)
        self.crs.setToolTip(name)
        self.saved.setText(self.saved_words.split("　")[0] if self.width() < _NARROW else self.saved_words)
        self._make_room()

    def _make_room(self) -> None:
        """The name of the CRS goes first, then degrees, then metres: the hint stays."""
        if not self._map_on:
            return
        facts = sum(map(_wide, (*self._parts, self.saved_sign, self.saved)))
        facts += len(self._parts) * theme().px(21)
        facts += _wide(self.papers) + theme().px(10) if self.papers.text() else 0
        for part in (self.crs, self.lonlat, self.gauss):
            shown = facts <= self.width() * _MOST_FACTS
            part.setVisible(shown)
            self._lines[self._parts.index(part)].setVisible(shown)
            if not shown:
                facts -= _wide(part) + theme().px(21)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._settle()

    def set_saved(self, when: datetime, path: Path) -> None:
        """A fact, told after the transaction."""
        self._told("done", _("已保存到 {name}　{time}").format(name=path.name, time=f"{when:%H:%M:%S}"), str(path))

    def set_unsaved(self, sentence: str) -> None:
        self._told("error", _("最后一步没有存上"), sentence)

    def set_opened(self, path: Path, reason: str) -> None:
        """Nothing changed yet: everything is on disk, or the file is for looking only."""
        if reason:
            self._told("info", _("只读　{name}").format(name=path.name), f"{path}\n{reason}")
        else:
            self._told("done", _("已保存到 {name}").format(name=path.name), str(path))

    def _told(self, severity: str, text: str, tip: str) -> None:
        self.saved_words = text
        self.saved_sign.setPixmap(severity_pixmap(severity, theme().px(14), self.devicePixelRatioF()))
        self.saved.setToolTip(tip)
        self.saved.setProperty("severity", severity)
        self._settle()


def _wide(part: QWidget) -> int:
    return max(part.minimumWidth(), part.sizeHint().width())
