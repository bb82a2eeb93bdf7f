"""What was said about published papers: equal sentences once, with their number; the rest is folded until asked for."""

import re
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, severity_label
from geohazard_desktop.desktop.theme import theme

_OWN = re.compile(r"“[^”]*”|[A-Za-z0-9][A-Za-z0-9_.-]*")  # numbers and names that tell equal sentences apart
_GROUPS_SHOWN = 6


def grouped(sentences: Iterable[str]) -> list[list[str]]:
    """Sentences that differ in numbers and quoted names alone, together; in the order of their first."""
    found: dict[str, list[str]] = {}
    for one in sentences:
        found.setdefault(_OWN.sub("…", one.rpartition("：")[2] or one), []).append(one)
    return list(found.values())


class MessagesBox(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(5))

    def clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def say(self, severity: str, sentences: Iterable[str]) -> None:
        groups = grouped(sentences)
        for one in groups[:_GROUPS_SHOWN]:
            self._column.addWidget(_Message(severity, one))
        rest = [sentence for one in groups[_GROUPS_SHOWN:] for sentence in one]
        if rest:
            words = _("还有 {count} 条").format(count=len(rest))
            self._column.addWidget(_Message(severity, rest, head=words))

    def texts(self) -> list[str]:
        return [one.head.text() for one in self.findChildren(_Message)]


class _Message(QWidget):
    def __init__(self, severity: str, sentences: list[str], head: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(severity_label(severity, 14), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(2))
        row.addLayout(column, 1)
        more = len(sentences) > 1
        words = head or sentences[0]
        self.head = label(
            _("{words}（这样的共 {n} 条）").format(words=words, n=len(sentences)) if more and not head else words,
            "note",
            wrap=True,
        )
        self.head.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)  # beside its sign, not below it
        column.addWidget(self.head)
        if more:
            self.all = label("\n".join(sentences[:200]), "small", wrap=True)
            self.all.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.all.hide()
            self.fold = button(_("逐条看"), self._fold, size="small", flat=True)
            column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(self.all)

    def _fold(self) -> None:
        self.all.setVisible(self.all.isHidden())
        self.fold.setText(_("逐条看") if self.all.isHidden() else _("收起"))
