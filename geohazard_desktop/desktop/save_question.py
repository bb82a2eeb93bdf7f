"""保存, 不保存, 取消 (or words that fit better): asked where something that can be saved would be left behind."""

from typing import Literal

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.question import asking
from geohazard_desktop.desktop.theme import theme

Answer = Literal["save", "drop", "cancel"]


class SaveQuestion(QDialog):
    """Enter saves, Esc and the window's cross cancel. `unsavable`: why nothing can be saved ("": it can). `buttons`:
    the words of save, drop and cancel."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        unsavable: str = "",
        *,
        buttons: tuple[str, str, str] = (_("保存"), _("不保存"), _("取消")),
    ) -> None:
        super().__init__(parent)
        self.answer: Answer = "cancel"
        column = asking(self, title)
        column.addWidget(label(words, wrap=True))
        if unsavable:
            column.addWidget(label(unsavable, "note", wrap=True))
        column.addSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button(buttons[2], self.reject)
        self.drop = button(buttons[1], lambda: self._take("drop"))
        self.save = button(buttons[0], lambda: self._take("save"), primary=True)
        self.save.setEnabled(not unsavable)
        self.save.setToolTip(unsavable)
        first = self.cancel if unsavable else self.save
        for one in (self.cancel, self.drop, self.save):
            one.setAutoDefault(one is first)
            row.addWidget(one)
        first.setDefault(True)
        first.setFocus()
        column.addLayout(row)

    def ask(self) -> Answer:
        """Show it and wait; the dialog is gone afterwards."""
        self.exec()
        self.deleteLater()
        return self.answer

    def _take(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()
