"""Whether what lies outside the own district comes in: a file of a province or the world has a few rows that matter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _


class WithinChooser(QWidget):
    """In sight where some rows lie outside and others do not, and as long as these alone are wanted: what was chosen
    can be taken back whatever else is changed. `chosen` carries whether they are."""

    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.box = QCheckBox()
        self.box.clicked.connect(self.chosen)
        column.addWidget(self.box)
        self.hide()

    def show_count(self, beyond: int, rows: int, *, within: bool) -> None:
        """`beyond` of `rows` lie outside; 0 of 0 where that is not known."""
        words = _("区界外的 {beyond} 个不要，只导入其余 {others} 个") if beyond else _("区界外的不要")
        self.box.setText(words.format(beyond=beyond, others=rows - beyond))
        self.box.setChecked(within)
        self.setVisible(within or 0 < beyond < rows)
