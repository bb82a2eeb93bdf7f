"""Calm bars over the map: what went wrong with its remedy, what was done and can be taken back. Never a modal box."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label, severity_label
from geohazard_desktop.desktop.theme import theme

_PASSING_MS = 8000
_MOST = 3
Offer = tuple[str, Callable[[], object]]


class Bar(QFrame):
    def __init__(self, severity: str, sentence: str, remedy: str, code: str, offers: Sequence[Offer]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("severity", severity)
        self.severity, self.sentence = severity, sentence
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(8), theme().px(6))
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label(severity))
        words = label(sentence, "strong", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if remedy:
            both = QVBoxLayout()
            both.setSpacing(1)
            both.addWidget(words)
            both.addWidget(label(remedy, "note", wrap=True))
            row.addLayout(both, 1)
        else:
            row.addWidget(words, 1)
        if code:
            self.setToolTip(_("代号 {code}").format(code=code))
        self.setAccessibleName(sentence + remedy)
        for text, do in offers:
            row.addWidget(button(text, self._then(do), size="small"))
        self.close_button = icon_button("close", _("收起这一条"), self.leave)
        row.addWidget(self.close_button)

    def _then(self, do: Callable[[], object]) -> Callable[[], None]:
        def step() -> None:
            self.leave()
            do()

        return step

    def leave(self) -> None:
        self.hide()
        self.setParent(None)
        self.deleteLater()


class Banner(QWidget):
    """The newest on top, at most three that pass; bars with a key stay until `take_down`."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._kept: dict[str, Bar] = {}

    def bars(self) -> list[Bar]:
        widgets = (self._column.itemAt(index).widget() for index in range(self._column.count()))
        return [one for one in widgets if isinstance(one, Bar)]

    def say(self, severity: str, sentence: str, remedy: str = "", code: str = "", offers: Sequence[Offer] = ()) -> Bar:
        """Show a bar. Errors stay until closed; the rest passes after eight seconds."""
        for one in self.bars():
            if one.sentence == sentence and one not in self._kept.values():
                one.leave()
        bar = Bar(severity, sentence, remedy, code, offers)
        self._column.insertWidget(len(self._kept), bar)
        passing = [one for one in self.bars() if one not in self._kept.values()]
        for one in passing[_MOST:]:
            one.leave()
        if severity != "error":
            timer = QTimer(bar)
            timer.setSingleShot(True)
            timer.timeout.connect(bar.leave)
            timer.start(_PASSING_MS)
        return bar

    def keep(self, key: str, severity: str, sentence: str, remedy: str = "", offers: Sequence[Offer] = ()) -> None:
        """A bar that stays as long as what it says is so (read-only, not stored)."""
        self.take_down(key)
        bar = Bar(severity, sentence, remedy, "", offers)
        bar.close_button.hide()
        self._kept[key] = bar
        self._column.insertWidget(0, bar)

    def take_down(self, key: str) -> None:
        bar = self._kept.pop(key, None)
        if bar is not None:
            bar.leave()

    def clear(self) -> None:
        for key in list(self._kept):
            self.take_down(key)
        for one in self.bars():
            one.leave()
