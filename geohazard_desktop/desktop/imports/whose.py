"""Whose 行动能力 or 听力 it is that stands in the row of a household of several: nobody's, until somebody says so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme

SOMEBODY, HEAD = "somebody", "head"


class WhoseChooser(QWidget):
    """In sight only where there are such households. `chosen` carries SOMEBODY or HEAD."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        self.words = label("", "strong", wrap=True)
        column.addWidget(self.words)
        self.way = CalmCombo()
        self.way.setAccessibleName(_("行动能力、听力是谁的"))
        for title, key in (
            (_("户里的一个人，是谁以后再填（记成没有姓名的家庭成员）"), SOMEBODY),
            (_("户主的"), HEAD),
        ):
            self.way.addItem(title, key)
        self.way.activated.connect(lambda _index: self.chosen.emit(self.way.currentData()))
        column.addWidget(self.way)
        self.hide()

    def show_count(self, count: int, whose: str) -> None:
        self.way.setCurrentIndex(self.way.findData(whose))
        self.words.setText(
            _("{count} 户不止一个人，只写了一个人的行动能力或听力。说的是谁，每一户都要问清").format(count=count)
        )
        self.setVisible(count > 0)
