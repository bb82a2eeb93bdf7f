"""What becomes of rows that look like households that are there already: left out, put over them, or added."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme

SKIP, UPDATE, ADD = "skip", "update", "add"


class AlikeChooser(QWidget):
    """In sight only where there are such rows. `chosen` carries SKIP, UPDATE or ADD."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.words = label("", "label")
        row.addWidget(self.words)
        self.way = CalmCombo()
        self.way.setAccessibleName(_("像已有住户的行"))
        for title, key in (
            (_("跳过，不导入"), SKIP),
            (_("用文件里填了的内容更新已有的"), UPDATE),
            (_("照样导入，另加一户"), ADD),
        ):
            self.way.addItem(title, key)
        self.way.activated.connect(lambda _index: self.chosen.emit(self.way.currentData()))
        row.addWidget(self.way, 1)
        row.addStretch(1)
        self.hide()

    def show_count(self, count: int, way: str) -> None:
        self.way.setCurrentIndex(self.way.findData(way))
        self.words.setText(_("{count} 行像已有的住户").format(count=count))
        self.setVisible(count > 0)
