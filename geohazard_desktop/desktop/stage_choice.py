"""A step of the job was chosen while no workspace is open: in which one it is to be done."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.theme import theme


class StageChoice(QDialog):
    """`chosen` is recent, open, new or demo after `exec`; "" when it was left. `recent` is offered first."""

    def __init__(self, parent: QWidget, stage: str, recent: Path | None) -> None:
        super().__init__(parent)
        self.chosen = ""
        title = _("“{stage}”要在一个工作文件里做").format(stage=stage)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme().px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(8))
        column.addWidget(label(title, "title"))
        column.addWidget(label(_("现在没有打开工作文件。请选一个："), "note", wrap=True))
        column.addSpacing(theme().px(4))
        rows = [
            ("open", _("打开工作文件……"), _("选硬盘或移动盘上的一个")),
            ("new", _("新建工作文件……"), _("选区、起名，从空的开始")),
            ("demo", _("看示例"), _("打开你自己的一份示例，随便画")),
        ]
        if recent is not None:
            rows.insert(0, ("recent", _("打开最近的"), str(recent.name)))
        self.buttons = {}
        for place, (key, words, told) in enumerate(rows):
            row = QHBoxLayout()
            row.setSpacing(theme().px(12))
            made = button(words, lambda key=key: self._take(key), primary=place == 0)
            made.setMinimumWidth(theme().px(150))
            made.setAutoDefault(place == 0)
            self.buttons[key] = made
            row.addWidget(made)
            row.addWidget(Elided(told, "table", "text2"), 1)
            column.addLayout(row)
        column.addSpacing(theme().px(4))
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = button(_("先不打开"), self.reject)
        leave.setAutoDefault(False)
        foot.addWidget(leave)
        column.addLayout(foot)

    def _take(self, key: str) -> None:
        self.chosen = key
        self.accept()
