"""Setting a reminder aside: the reason is asked for, because others will read it."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, severity_label
from geohazard_desktop.desktop.theme import theme


class AsideDialog(QDialog):
    """`exec` is true when a reason was written and taken; `reason` is it."""

    def __init__(self, parent: QWidget, finding: Finding) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("以后不再提示这一条"))
        self.setMinimumWidth(theme().px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        head.addWidget(severity_label("warning", 18))
        head.addWidget(label(_("以后不再提示这一条"), "title"), 1)
        column.addLayout(head)
        column.addWidget(label(finding.sentence, wrap=True))
        column.addWidget(label(_("为什么可以不管（会记下谁、什么时候）"), "label"))
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(theme().px(76))
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(_("例：现场看过，临时帐篷够住，7 月 18 日商定"))
        self.edit.textChanged.connect(self._typed)
        column.addWidget(self.edit)
        column.addWidget(label(_("情况变了会再提示；在“搁置”里随时能恢复。"), "note", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.yes = button(_("搁置这一条"), self.accept, primary=True)
        self.no = button(_("不搁置"), self.reject)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self._typed()
        self.edit.setFocus()

    @property
    def reason(self) -> str:
        return self.edit.toPlainText().strip()

    def _typed(self) -> None:
        self.yes.setEnabled(bool(self.reason))
