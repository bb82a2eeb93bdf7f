"""A question before something that is seldom meant: what happens, and that the safe answer is the one at hand."""

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, severity_label
from geohazard_desktop.desktop.theme import theme


def asking(dialog: QDialog, title: str) -> QVBoxLayout:
    """The frame of a question: its title with the sign of a warning; the words and buttons are the caller's."""
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(theme().px(460))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
    column.setSpacing(theme().px(10))
    head = QHBoxLayout()
    head.setSpacing(theme().px(8))
    head.addWidget(severity_label("warning", 18))
    head.addWidget(label(title, "title"), 1)
    column.addLayout(head)
    return column


class Question(QDialog):
    """`exec` is true when `yes` was pressed; Enter and Esc both mean no. With `again` a box of these words stands
    below the question; `never_again` says whether it was ticked."""

    def __init__(self, parent: QWidget, title: str, words: str, yes: str, no: str = "", *, again: str = "") -> None:
        super().__init__(parent)
        column = asking(self, title)
        self.words = label(words, wrap=True)
        column.addWidget(self.words)
        self.again = QCheckBox(again, self)
        self.again.setVisible(bool(again))
        if again:
            column.addWidget(self.again)
        column.addSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addStretch(1)
        self.yes = button(yes, self.accept)
        self.no = button(no or _("取消"), self.reject, primary=True)
        for one in (self.yes, self.no):
            one.setAutoDefault(one is self.no)
            row.addWidget(one)
        self.no.setDefault(True)
        self.no.setFocus()
        column.addLayout(row)

    @property
    def never_again(self) -> bool:
        return self.again.isChecked()
