"""Whether what lies outside the own district comes in: a file of a province or the world has a few rows that matter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _


class WithinChooser(QWidget):
    """In sight only where some rows lie outside and others do not. `chosen` carries whether these alone are wanted."""

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
        """`beyond` of `rows` lie outside."""
        words = _("区界外的 {beyond} 个不要，只导入其余 {others} 个")
        self.box.setText(words.format(beyond=beyond, others=rows - beyond))
        self.box.setChecked(within)
        self.setVisible(beyond > 0)
