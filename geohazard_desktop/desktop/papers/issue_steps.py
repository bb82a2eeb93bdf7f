"""The two questions of 发卡登记: who signed and when; why a paper is no longer to be used."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.issues.code_check import told
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister
from geohazard_desktop.publishing.issues.receipt_products import SIGNED_FOR

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

    def _foot(self, words: str, lacks: str = "") -> None:
        """`lacks` says what is missing before the step can be taken."""
        row = QHBoxLayout()
        self.lacks = label(lacks, "note")
        row.addWidget(self.lacks)
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.yes = button(words, self.accept, primary=True)
        self.yes.setDefault(True)
        row.addWidget(self.yes)
        self._column.addLayout(row)


class ReceiveDialog(_StepDialog):
    """After `exec`: `day` (ISO) and `who` ("" for whoever the card is for)."""

    def __init__(
        self, parent: QWidget, papers: Sequence[IssuedPaper], today: date, along: Sequence[IssuedPaper] = ()
    ) -> None:
        """`along`: what else was given to the same households and is not signed for."""
        super().__init__(
            parent, _("登记签收"), papers, _("登记只增不减，记错了再记一次，以后一次的为准。姓名只留在工作文件里。")
        )
        self._date = QDateEdit(QDate(today.year, today.month, today.day))
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        self._date.setMaximumDate(QDate(today.year, today.month, today.day))
        self._row(_("签收日期"), self._date)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_left_empty(papers))
        self._row(_("签收人"), self.name)
        self._along = QCheckBox(_along_words(along))
        self._along.setChecked(bool(along))
        self._along.setVisible(bool(along))
        self._column.addWidget(self._along)
        words = _("登记已签收") if len(papers) == 1 else _("登记这 {count} 张已签收").format(count=len(papers))
        self._foot(words)
        self.name.setFocus()

    @property
    def day(self) -> str:
        return self._date.date().toString("yyyy-MM-dd")

    @property
    def along(self) -> bool:
        """Whether the other papers of the same households are signed for too."""
        return self._along.isChecked()

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
        self._foot(_("登记作废"), _("写了作废原因才能登记。"))
        self._reason.textChanged.connect(lambda _text: self._follow())
        self._follow()
        self._reason.setFocus()

    def _follow(self) -> None:
        self.yes.setEnabled(bool(self.reason))
        self.lacks.setVisible(not self.reason)

    @property
    def reason(self) -> str:
        return self._reason.text().strip()


def _left_empty(papers: Sequence[IssuedPaper]) -> str:
    """Who signed where no name is given: a household's card names its holder, a sheet or a post's card nobody."""
    homes = sum(one.subject_layer == "household" for one in papers)
    if not homes:
        return _("写收下的人；空着只记日期")
    if homes < len(papers):
        return _("空着：各户的是户主本人，其余只记日期")
    return _("空着就是户主本人") if homes == 1 else _("空着就是各户户主本人")


def along_with(register: IssueRegister, papers: Sequence[IssuedPaper]) -> list[IssuedPaper]:
    """What else the households of these papers hold and nobody signed for: a household signs once for all."""
    homes = {one.subject for one in papers if one.subject_layer == "household"}
    chosen = {one.row.uid for one in papers}
    held = [one for product in SIGNED_FOR for one in register.in_force(product) if one.subject in homes]
    return [one for one in held if one.printed and not one.signed_on and one.row.uid not in chosen]


def _along_words(along: Sequence[IssuedPaper]) -> str:
    """同一户的另 2 张一起登记（避险明白卡（大字版）、门贴（每户））."""
    kinds = "、".join(dict.fromkeys(one.kind for one in along))
    return _("同一户手里的另 {count} 张一起登记：{kinds}").format(count=len(along), kinds=kinds)
