"""Which choice is meant by words that are none: 轮椅 → 需搀扶, and by words of 备注: 夜班 → 夜里没人. One row a word;
nothing is chosen for anybody."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.word_questions import WordQuestion

_MOST = 12  # rows; a list with more different words is no list of choices
_CHOICE = 200
_SHORT = 14  # characters of a remark that stand beside the question; its tooltip has all


class WordChooser(QWidget):
    """In sight only where there are such words. `chosen` carries {key of a question: choice}, answered ones."""

    chosen = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self._asked: tuple[WordQuestion, ...] = ()
        self.boxes: dict[str, CalmCombo] = {}
        self.hide()

    def show_questions(self, questions: Sequence[WordQuestion], answers: Mapping[str, str]) -> None:
        """Boxes stay as they are while questions and answers do; what was answered stays so where it is asked again."""
        if tuple(questions) == self._asked and self._answers() == answers:
            return
        self._asked = tuple(questions)
        self.boxes = {}
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        parts: dict[tuple[str, str], list[WordQuestion]] = {}
        for one in questions:
            parts.setdefault((one.column, one.title), []).append(one)
        for (column, title), some in parts.items():
            self._column.addWidget(label(_heading(column, title), "strong", wrap=True))
            for one in some[:_MOST]:
                self._column.addWidget(self._row(one, answers.get(one.key, "")))
            if len(some) > _MOST:
                told = _("另有 {count} 种写法没有列出，导入以后空着。").format(count=len(some) - _MOST)
                self._column.addWidget(label(told, "note"))
        self.setVisible(bool(questions))
        if questions and self._answers() != answers:
            # An answer that is in no box any more holds no longer. Without a question at all (the table is not ticked,
            # or could not be read so) nothing was asked, and what was answered before holds when it is asked again.
            self._tell()

    def _row(self, one: WordQuestion, answer: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        words = _("“{word}”（{count} 行）是").format(word=one.word, count=one.count)
        example = next((text for text in one.examples if text != one.word), "")
        if example:
            short = example if len(example) <= _SHORT else example[:_SHORT] + "…"
            words = _("“{word}”（{count} 行，如“{text}”）是").format(word=one.word, count=one.count, text=short)
        row.addWidget(label(words, "label", wrap=True), 3)
        # 儿子常年在外 is no house that stands empty. Escaped: a tooltip takes for markup what looks like it.
        told = "<br>".join(map(escape, one.examples))
        box.setToolTip(f"<qt>{told}</qt>" if told else "")
        choice = CalmCombo()
        choice.setAccessibleName(words)
        choice.addItem(_("还没有选，空着"), "")
        for value in one.choices:
            title = _("{value}（多半是这个）").format(value=value) if value == one.likely else value
            choice.addItem(title, value)
        choice.setCurrentIndex(max(0, choice.findData(answer)))
        choice.activated.connect(lambda _index: self._tell())
        self.boxes[one.key] = choice
        choice.setMinimumWidth(theme().px(_CHOICE))
        row.addWidget(choice, 2)  # shares, not what each row's words need: choices stand below each other
        return box

    def _tell(self) -> None:
        self.chosen.emit(self._answers())

    def _answers(self) -> dict[str, str]:
        return {key: str(box.currentData()) for key, box in self.boxes.items() if box.currentData()}


def _heading(column: str, title: str) -> str:
    if not column:
        return _("“{title}”里的这些词要选一个意思，不选的空着").format(title=title)
    return _("“{column}”里写着这些，选了就登记成“{title}”，不选的只留在备注里").format(column=column, title=title)
