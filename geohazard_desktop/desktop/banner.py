"""Calm bars: what went wrong with its remedy, what was done and can be taken back. Never a modal box.

What stays true for a while (read-only, not stored) stands in a strip above the map; what passes floats over the map's
lower edge, because a map that jumps by a bar's height under the pen puts the next corner in the wrong place.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label, severity_label
from geohazard_desktop.desktop.theme import theme

_PASSING_MS = {"done": 8000, "info": 10_000, "warning": 20_000, "error": 60_000}
_MOST = 2
_MOST_KEPT = 50
Offer = tuple[str, Callable[[], object]]


class Bar(QFrame):
    """`left` when it is no longer there."""

    left = Signal()

    def __init__(self, severity: str, sentence: str, remedy: str, code: str, offers: Sequence[Offer]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("severity", severity)
        self.severity, self.sentence, self.remedy, self.code = severity, sentence, remedy, code
        self.gone = False
        self.takes_back = severity == "done" and bool(offers)
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
        if self.gone:
            return
        self.gone = True
        self.hide()
        self.setParent(None)
        self.left.emit()
        self.deleteLater()


class _Floating(QWidget):
    """The bars that pass, stacked over the lower right of the pages; the newest lies lowest."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.parentWidget())
        self._over = over
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(6))
        self._soon = QTimer(self)  # a child: it must not outlive the window
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.settle)
        over.installEventFilter(self)
        self.hide()

    def bars(self) -> list[Bar]:
        return [one for one in self.children() if isinstance(one, Bar) and not one.gone]

    def settle(self) -> None:
        bars = self.bars()
        self.setVisible(bool(bars))
        if not bars:
            return
        place = self._over.geometry()
        gap = theme().px(14)
        width = min(theme().px(600), place.width() - 2 * gap)
        for one in bars:
            one.setFixedWidth(width)
        heights = [max(one.heightForWidth(width), one.sizeHint().height()) for one in bars]
        height = sum(heights) + self.column.spacing() * (len(bars) - 1)
        if len(bars) > 1 and height > place.height() * _MOST_HIGH:
            passing = (one for one in bars[:-1] if one.severity != "error")
            next(passing, bars[0]).leave()  # which settles the rest
            return
        self.setGeometry(place.right() - gap - width, place.bottom() - gap - height, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._soon.start()
        return super().eventFilter(watched, event)


class Banner(QWidget):
    """At most three bars that pass; bars with a key stay until `take_down`."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._kept: dict[str, Bar] = {}
        self._floating: _Floating | None = None

    def float_over(self, pages: QWidget) -> None:
        """Where the passing bars lie; asked once, when the window has its pages."""
        self._floating = _Floating(pages)

    def bars(self) -> list[Bar]:
        return [*self._kept.values(), *(self._floating.bars() if self._floating is not None else ())]

    def say(self, severity: str, sentence: str, remedy: str = "", code: str = "", offers: Sequence[Offer] = ()) -> Bar:
        """Show a bar. Errors stay until closed; the rest passes after eight seconds."""
        assert self._floating is not None
        for one in self._floating.bars():
            if one.sentence == sentence:
                one.leave()
        bar = Bar(severity, sentence, remedy, code, offers)
        bar.setProperty("floating", True)
        bar.left.connect(self._floating.settle)
        self._floating.column.addWidget(bar)
        for one in self._floating.bars()[:-_MOST]:
            one.leave()
        self._floating.settle()
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

    def forget(self, *codes: str) -> None:
        """What these refusals said is no longer so."""
        for one in self.bars():
            if one.code in codes:
                one.leave()

    def outdate(self) -> None:
        """A newer step is on disk: 撤销 in an older bar would take back that one instead."""
        for one in self.bars():
            if one.takes_back:
                one.leave()

    def clear(self) -> None:
        for key in list(self._kept):
            self.take_down(key)
        for one in self.bars():
            one.leave()
