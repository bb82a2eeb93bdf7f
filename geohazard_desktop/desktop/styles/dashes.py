"""Choosing a dash: pictures of the usual ones, and the millimetres themselves."""

import re

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.cartography.style import DASH_LEAST
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import label, restyle
from geohazard_desktop.desktop.styles.parts import Choice, on_tile
from geohazard_desktop.desktop.theme import theme

SOLID: tuple[float, ...] = ()
USUAL: tuple[tuple[str, tuple[float, ...]], ...] = (
    (_("实线"), SOLID),
    (_("短划"), (1.2, 1.2)),
    (_("划"), (2.0, 1.0)),
    (_("长划"), (5.0, 1.2)),
    (_("划点"), (3.0, 0.8, 0.4, 0.8)),
    (_("划双点"), (3.2, 0.9, 0.45, 0.9, 0.45, 0.9)),
    (_("点"), (0.4, 0.8)),
)
_WIDE, _HIGH = 64, 14


class DashField(QWidget):
    """`picked` carries the list of millimetres, [] for a solid line."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.choice = Choice([], _("虚线"))
        self.choice.setIconSize(QSize(theme().px(_WIDE), theme().px(_HIGH)))
        for words, dash in USUAL:
            self.choice.addItem(self._picture(dash), words, list(dash))
        self.choice.addItem(_("自己写"), None)
        self.choice.picked.connect(self._chosen)
        row.addWidget(self.choice, 3)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("虚线的毫米数"))
        self.line.setPlaceholderText(_("如 3 0.8 0.4 0.8"))
        self.line.setToolTip(_("毫米：画多少、空多少，成对写，用空格隔开。空着是实线。"))
        self.line.editingFinished.connect(self._typed)
        row.addWidget(self.line, 2)
        column.addLayout(row)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)

    def show_dash(self, dash: list[float]) -> None:
        self._shown = list(dash)
        usual = next((at for at, (_words, one) in enumerate(USUAL) if list(one) == [float(x) for x in dash]), None)
        self.choice.setCurrentIndex(len(USUAL) if usual is None else usual)
        self.line.setText(" ".join(f"{one:g}" for one in dash))
        self._tell("")

    def _chosen(self, dash: list[float] | None) -> None:
        if dash is None:
            self.line.setFocus()
            self.line.selectAll()
            return
        self.show_dash(dash)
        self.picked.emit(dash)

    def _typed(self) -> None:
        dash = read_dash(self.line.text())
        if dash is None:
            self._tell(_("成对写：画多少、空多少，加起来不小于 {least:g} 毫米。").format(least=DASH_LEAST))
        elif dash != self._shown:
            self.show_dash(dash)
            self.picked.emit(dash)

    def _tell(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        restyle(self.line, wrong=bool(words))

    def _picture(self, dash: tuple[float, ...]) -> QIcon:
        wide, high = theme().px(_WIDE), theme().px(_HIGH)

        def paint(painter: QPainter) -> None:
            pen = QPen(QColor(MARKS.ink), 2.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dash:
                pen.setDashPattern([one * 96 / 25.4 / 2.0 for one in dash])
            painter.setPen(pen)
            painter.drawLine(QPointF(4, high / 2), QPointF(wide - 4, high / 2))

        return QIcon(on_tile(wide, high, self.devicePixelRatioF(), paint))


def read_dash(text: str) -> list[float] | None:
    """Millimetres in pairs; [] for nothing; None where it can't be read."""
    parts = [one for one in re.split(r"[\s,，、;；]+", text.strip()) if one]
    try:
        found = [float(one) for one in parts]
    except ValueError:
        return None
    if any(not 0 <= one <= 500 for one in found) or len(found) % 2 or (found and not DASH_LEAST <= sum(found) <= 500):
        return None
    return found
