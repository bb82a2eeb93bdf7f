"""核对: type or scan the code of a paper, and read out one sentence."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, emptied, label, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.issue_code import LENGTH
from geohazard_desktop.publishing.issues.code_check import Answer, Verdict, beside_today, check_code_in, told
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.papers.issue_desk import IssueHandlers

_SIGNS: dict[Verdict, str] = {
    "valid": "done",
    "outdated": "warning",
    "replaced": "error",
    "void": "error",
    "moved": "error",
    "unconfirmed": "warning",
    "unknown": "warning",
    "mistyped": "warning",
}


class CodeDialog(QDialog):
    """Stays open beside the map for the next call. Enter answers; a scanner types Enter by itself."""

    def __init__(self, window: "MainWindow", desk: "IssueHandlers") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.answer: Answer | None = None
        self.setWindowTitle(_("核对"))
        self.setModal(False)
        self.setMinimumWidth(theme().px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        column.addWidget(label(_("这张纸还有效吗"), "title"))
        told_how = _("输入印在图和卡下面的核对码，或用扫码枪扫二维码。大小写、空格、短横都不要紧。")
        column.addWidget(label(told_how, "note", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.input = QLineEdit()
        self.input.setAccessibleName(_("核对码"))
        self.input.setPlaceholderText("K7M4-RT9X")
        self.input.setFont(theme().font("title", bold=True))
        self.input.setClearButtonEnabled(True)
        self.input.returnPressed.connect(self._entered)
        self.input.textEdited.connect(self._edited)
        row.addWidget(self.input, 1)
        ask = button(_("核对"), self._entered, primary=True)
        ask.setAutoDefault(False)
        row.addWidget(ask)
        column.addLayout(row)
        self._said = QVBoxLayout()
        self._said.setSpacing(theme().px(8))
        column.addLayout(self._said)
        column.addStretch(1)
        window.session.closing.connect(self.close)
        desk.watch.told.connect(self._watched)

    def ask(self) -> None:
        """Come to the front, ready for a code."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.input.setFocus()
        self.input.selectAll()

    def _edited(self, text: str) -> None:
        """Answered as soon as all of it is there; until then the former answer must not stand beside another code."""
        if sum(one.isalnum() for one in text) == LENGTH:
            self._answer()
        else:
            self._clear()

    def _entered(self) -> None:
        self._answer()
        self.input.selectAll()

    def _watched(self) -> None:
        """What was answered holds for the data of then."""
        if self.isVisible() and self.answer is not None and self.answer.paper is not None:
            now = self._found()
            if (now.verdict, now.sentence) != (self.answer.verdict, self.answer.sentence):
                self._answer()

    def _found(self) -> Answer:
        watch = self._desk.watch
        found = check_code_in(self._window.session.workspace, self.input.text())
        return beside_today(found, watch.found or (), pending=watch.pending)

    def _clear(self) -> None:
        self.answer = None
        emptied(self._said)

    def _answer(self) -> None:
        self._clear()
        if self._window.session.ws is None:
            return
        self.answer = self._found()
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        row.addWidget(severity_label(_SIGNS[self.answer.verdict], 22), 0, Qt.AlignmentFlag.AlignTop)
        self.sentence = label(self.answer.sentence, "title", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.sentence, 1)
        self._said.addLayout(row)
        for one in self.answer.near[:3]:
            words = _("是不是 {code}").format(code=one.code)
            self._offer([(words, lambda code=one.code: self._take(code))], told(one))  # type: ignore[misc]
        self._offer_steps(self.answer)

    def _offer_steps(self, answer: Answer) -> None:
        paper = answer.paper
        if paper is None:
            return
        steps: list[tuple[str, Callable[[], object]]] = [(_("在图上看"), lambda: self._desk.show_subject(paper))]
        if answer.now is not None and answer.now.kept:
            steps.append((_("重印现在这一版"), lambda now=answer.now: self._reprint(now)))  # type: ignore[misc]
        elif answer.verdict == "outdated":
            steps.append((_("看改了什么"), lambda: self._desk.show_paper(paper)))
        elif answer.verdict in ("valid", "unconfirmed") and paper.kept:
            steps.append((_("照原样重印"), lambda: self._reprint(paper)))
        if answer.verdict in ("valid", "unconfirmed") and not paper.signed_on:
            steps.append((_("登记签收…"), lambda: self._receive(paper)))
        self._offer(steps)

    def _offer(self, steps: list[tuple[str, Callable[[], object]]], note: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for words, step in steps:
            made = button(words, step)
            made.setAutoDefault(False)
            row.addWidget(made)
        if note:
            row.addWidget(label(note, "note", wrap=True), 1)
        else:
            row.addStretch(1)
        self._said.addLayout(row)

    def _take(self, code: str) -> None:
        self.input.setText(code)
        self._entered()

    def _reprint(self, paper: IssuedPaper) -> None:
        self._desk.reprint(paper)

    def _receive(self, paper: IssuedPaper) -> None:
        if self._desk.receive([paper], self):
            self._answer()
