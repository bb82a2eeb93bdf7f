"""The two questions of 发卡登记: who signed and when; why a paper is no longer to be used."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.code_check import told
from geohazard_desktop.publishing.issue_register import IssuedPaper

_TOLD = 4


class _StepDialog(QDialog):
    def __init__(self, parent: QWidget, title: str, papers: Sequence[IssuedPaper], note: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme().px(520))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        self._column.setSpacing(theme().px(10))
        self._column.addWidget(label(title, "title"))
        lines = [told(one) for one in papers[:_TOLD]]
        if len(papers) > _TOLD:
            lines.append(_("……共 {count} 张").format(count=len(papers)))
        self._column.addWidget(label("\n".join(lines), wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(8))
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self._column.addWidget(label(note, "note", wrap=True))

    def _row(self, words: str, field: QWidget) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label(words, "label"), at, 0)
        self._grid.addWidget(field, at, 1)
        field.setAccessibleName(words)

    def _foot(self, words: str) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.yes = button(words, self.accept, primary=True)
        self.yes.setDefault(True)
        row.addWidget(self.yes)
        self._column.addLayout(row)


class ReceiveDialog(_StepDialog):
    """After `exec`: `day` (ISO) and `who` ("" for whoever the card is for)."""

    def __init__(self, parent: QWidget, papers: Sequence[IssuedPaper], today: date) -> None:
        super().__init__(
            parent, _("登记签收"), papers, _("登记只增不减，记错了再记一次，以后一次的为准。姓名只留在工作文件里。")
        )
        self._date = QDateEdit(QDate(today.year, today.month, today.day))
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        self._date.setMaximumDate(QDate(today.year, today.month, today.day))
        self._row(_("签收日期"), self._date)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("空着就是户主本人") if len(papers) == 1 else _("空着就是各户户主本人"))
        self._row(_("签收人"), self.name)
        words = _("登记已签收") if len(papers) == 1 else _("登记这 {count} 张已签收").format(count=len(papers))
        self._foot(words)
        self.name.setFocus()

    @property
    def day(self) -> str:
        return self._date.date().toString("yyyy-MM-dd")

    @property
    def who(self) -> str:
        return self.name.text().strip()


class VoidDialog(_StepDialog):
    """After `exec`: `reason`, never empty."""

    def __init__(self, parent: QWidget, papers: Sequence[IssuedPaper]) -> None:
        note = _("作废以后，核对时会说“已作废”和原因；重新出卡时版次接着往下排。登记只增不减。")
        super().__init__(parent, _("登记作废"), papers, note)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("比如：印坏了，已收回"))
        self._row(_("作废原因"), self._reason)
        self._foot(_("登记作废"))
        self.yes.setEnabled(False)
        self._reason.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self._reason.setFocus()

    @property
    def reason(self) -> str:
        return self._reason.text().strip()
