"""The messages of this session, newest first, with their times; they can be copied."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at


class SaidDialog(QDialog):
    def __init__(self, parent: QWidget, said: Sequence[tuple[datetime, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("刚才的消息"))
        open_at(self, 620, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(20), theme().px(16), theme().px(20), theme().px(14))
        column.setSpacing(theme().px(10))
        column.addWidget(label(_("刚才的消息"), "title"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("刚才的消息"))
        lines = [f"{moment:%H:%M:%S}　{words}" for moment, words in reversed(said)]
        self.text.setPlainText("\n".join(lines) or _("还没有消息。"))
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = button(_("收起"), self.accept, primary=True)
        row.addWidget(leave)
        column.addLayout(row)
