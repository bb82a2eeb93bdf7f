"""Calm bars: what went wrong with its remedy, what was done and can be taken back. Never a modal box.

What stays true for a while (read-only, not stored) stands in a strip above the map; what passes floats over the map's
lower edge, because a map that jumps by a bar's height under the pen puts the next corner in the wrong place.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label, severity_label
from geohazard_desktop.desktop.theme import theme

_PASSING_MS = {"done": 8000, "info": 10_000, "warning": 20_000, "error": 60_000}
_MOST = 2
_MOST_KEPT = 50
_MOST_LINES = 2
_LOOK_MS = 250
_FRESH_S = 3.0
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
        self.born = time.monotonic()
        self._below: QWidget | None = None  # what a press on the words went to
        self.takes_back = severity == "done" and bool(offers)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(8), theme().px(6))
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label(severity))
        words = _Short(sentence)
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
        self.older = button("", size="small", flat=True)
        self.older.hide()
        row.addWidget(self.older)
        self.close_button = icon_button("close", _("收起这一条"), self.leave)
        row.addWidget(self.close_button)

    def _then(self, do: Callable[[], object]) -> Callable[[], None]:
        def step() -> None:
            self.leave()
            do()

        return step

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The words take no click from the map: it goes to what lies below them."""
        if not self.property("floating"):
            super().mousePressEvent(event)
            return
        stack, window = self.parentWidget(), self.window()
        if stack is not None:
            stack.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
            self._below = window.childAt(window.mapFromGlobal(event.globalPosition().toPoint()))
            stack.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self._pass_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pass_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pass_on(event)
        self._below = None

    def _pass_on(self, event: QMouseEvent) -> None:
        below = self._below
        if below is not None and below is not self and not self.isAncestorOf(below):
            place = below.mapFromGlobal(event.globalPosition())
            QApplication.sendEvent(
                below,
                QMouseEvent(
                    event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
                ),
            )

    def leave(self) -> None:
        if self.gone:
            return
        self.gone = True
        self.hide()
        self.setParent(None)
        self.left.emit()
        self.deleteLater()


class _Short(QLabel):
    """A sentence in at most two lines; the whole is its tooltip."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "strong")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setToolTip(words)

    def heightForWidth(self, width: int) -> int:
        lines = self.fontMetrics().lineSpacing() * _MOST_LINES + 2
        return min(super().heightForWidth(width), lines)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the sentence where two lines end."""
        super().resizeEvent(event)
        metrics, shown = self.fontMetrics(), self._words
        high = metrics.lineSpacing() * _MOST_LINES + 2
        flags = int(Qt.TextFlag.TextWordWrap)
        room = QRect(0, 0, self.width(), 10_000)
        while len(shown) > 1 and metrics.boundingRect(room, flags, shown).height() > high:
            shown = shown.rstrip("…")[:-2] + "…"
        if self.text() != shown:
            self.setText(shown)


class _Floating(QWidget):
    """The bars that pass, stacked over the lower right of the pages, or where they hide nothing that is in use; the
    newest lies lowest."""

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
        self._look = QTimer(self)  # a table of corners that opens meanwhile is given way to
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.settle)
        over.installEventFilter(self)
        self.hide()

    def bars(self) -> list[Bar]:
        return [one for one in self.children() if isinstance(one, Bar) and not one.gone]

    def settle(self) -> None:
        bars = self.bars()
        self.setVisible(bool(bars))
        if not bars:
            self._look.stop()
            return
        place = self._over.geometry()
        gap = theme().px(14)
        width = min(theme().px(600), place.width() - 2 * gap)
        for one in bars:
            one.setFixedWidth(width)
        heights = [max(one.heightForWidth(width), one.sizeHint().height()) for one in bars]
        height = sum(heights) + self.column.spacing() * (len(bars) - 1)
        left, right = place.left() + gap, place.right() - gap - width
        low, high = place.bottom() - gap - height, place.top() + gap
        places = [QRect(x, y, width, height) for x, y in ((right, low), (right, high), (left, high), (left, low))]
        used = self._used()
        wanted = next((one for one in places if not any(one.intersects(other) for other in used)), places[0])
        if self.geometry() != wanted:
            self.setGeometry(wanted)
        self.raise_()
        if not self._look.isActive():
            self._look.start()

    def _used(self) -> list[QRect]:
        """What floats over the map and is worked in: the tables of corners, the lines for numbers."""
        holder = self.parentWidget()
        if holder is None:
            return []
        floats = (one for one in self._over.findChildren(QFrame, "float") if one.isVisibleTo(self._over))
        return [QRect(one.mapTo(holder, QPoint(0, 0)), one.size()) for one in floats]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._soon.start()
        return super().eventFilter(watched, event)


class Banner(QWidget):
    """At most two bars that pass, and a list of those before; bars with a key stay until `take_down`."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._kept: dict[str, Bar] = {}
        self._floating: _Floating | None = None
        self.said: list[tuple[datetime, str]] = []  # what passed, newest last

    def float_over(self, pages: QWidget) -> None:
        """Where the passing bars lie; asked once, when the window has its pages."""
        self._floating = _Floating(pages)

    def bars(self) -> list[Bar]:
        return [*self._kept.values(), *(self._floating.bars() if self._floating is not None else ())]

    def say(self, severity: str, sentence: str, remedy: str = "", code: str = "", offers: Sequence[Offer] = ()) -> Bar:
        """Show a bar. It passes after a time by its severity and stands in the list of messages then."""
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
        self._note(f"{sentence}{remedy}")
        self._floating.settle()
        timer = QTimer(bar)
        timer.setSingleShot(True)
        timer.timeout.connect(bar.leave)
        timer.start(_PASSING_MS.get(severity, _PASSING_MS["info"]))
        return bar

    def _note(self, words: str) -> None:
        """Enter a message in the list, and offer the list at the newest bar."""
        assert self._floating is not None
        self.said = [*self.said, (datetime.now(), words)][-_MOST_KEPT:]
        bars = self._floating.bars()
        for one in bars:
            one.older.hide()
        if len(self.said) > len(bars):
            older = bars[-1].older
            older.setText(_("更早的"))
            older.setAccessibleName(_("看更早的消息"))
            older.clicked.connect(lambda _on=False: self.show_said())
            older.show()

    def show_said(self) -> None:
        """The list of what was said since the start, newest first."""
        from geohazard_desktop.desktop.said_dialog import SaidDialog

        dialog = SaidDialog(self.window(), self.said)
        dialog.exec()
        dialog.deleteLater()

    def step_on(self) -> None:
        """Another step of the job: what was said of the one before goes into the list."""
        for one in self._floating.bars() if self._floating is not None else ():
            if time.monotonic() - one.born > _FRESH_S:
                one.leave()

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
