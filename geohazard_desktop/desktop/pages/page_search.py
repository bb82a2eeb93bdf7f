"""Looking for words in the pages of a PDF: a line to type into, how many were found, and the way through them.

QPdfSearchModel waits between pages, 20 s for 200 of them, and misses words that are broken over two lines.
"""

import time

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.page_view import PageView
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.theme import theme

PageText = tuple[str, list[int]]


def squeezed(text: str) -> PageText:
    """`text` in small letters without spaces and line ends, so that words broken over two lines are found, and where
    each of its characters stands in `text` as Qt counts (UTF-16)."""
    found: list[str] = []
    places: list[int] = []
    place = 0
    for sign in text:
        if not sign.isspace():
            for small in sign.lower():
                found.append(small)
                places.append(place)
        place += 2 if ord(sign) > 0xFFFF else 1
    return "".join(found), places


class _Line(QLineEdit):
    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.stepped.emit(-1 if back else 1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        override = isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride
        if override and event.key() in (Qt.Key.Key_F3, Qt.Key.Key_Escape):  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            return True
        return bool(super().event(event))  # type: ignore[arg-type]


class PageSearch(QWidget):
    def __init__(self, document: QPdfDocument, view: PageView) -> None:
        super().__init__()
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(2))
        self.line = _Line()
        self.line.setPlaceholderText(_("找字"))
        self.line.setToolTip(_("在页面里找（Ctrl+F）"))
        self.line.setMinimumWidth(theme().px(84))
        self.line.setMaximumWidth(theme().px(190))
        self.line.setAccessibleName(_("在页面里找"))
        row.addWidget(self.line, 1)
        self.told = label("", "small")
        self.told.setMinimumWidth(theme().px(58))
        row.addWidget(self.told)
        self.back = icon_button("arrow-up", _("上一处（Shift+F3）"), lambda: self.step(-1))
        self.on = icon_button("arrow-down", _("下一处（F3）"), lambda: self.step(1))
        row.addWidget(self.back)
        row.addWidget(self.on)
        self._document = document
        self._texts: dict[int, PageText] = {}
        self._next = 0  # the first page that was not searched yet
        self._finds: list[tuple[int, int]] = []  # page, number on it
        self._at = -1
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search_on)
        self.line.textChanged.connect(self._typed)
        self.line.stepped.connect(self.step)
        self.line.left.connect(self._leave)
        self._settle()

    def ask(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def reload(self) -> None:
        """The document was loaded anew: look for the same words in it."""
        self._texts.clear()
        self._typed(self.line.text())

    @property
    def count(self) -> int:
        return len(self._finds)

    @property
    def done(self) -> bool:
        """Whether all pages were searched."""
        return not self._timer.isActive()

    def step(self, way: int) -> None:
        if not self._finds:
            return
        if self._at < 0:
            # The first find from the page that is in sight.
            self._at = next((n for n, (page, _n) in enumerate(self._finds) if page >= self._view.page), 0)
        else:
            self._at = (self._at + way) % len(self._finds)
        page, number = self._finds[self._at]
        self._view.find_at = page, number
        self._view.show_place(page, self._view.finds[page][number][0])
        self._settle()

    def _typed(self, words: str) -> None:
        self._at, self._next = -1, 0
        self._finds = []
        self._view.find_at, self._view.finds = None, {}
        if squeezed(words)[0] and self._document.pageCount():
            self._timer.start()
        else:
            self._timer.stop()
        self._view.viewport().update()
        self._settle()

    def _search_on(self) -> None:
        """A few pages at a time: the window stays usable in a document of thousands."""
        words = squeezed(self.line.text())[0]
        until = time.monotonic() + 0.02
        while self._next < self._document.pageCount() and time.monotonic() < until:
            page, self._next = self._next, self._next + 1
            if page not in self._texts:
                self._texts[page] = squeezed(self._document.getAllText(page).text())
            text, places = self._texts[page]
            boxes: list[list[QRectF]] = []
            start = text.find(words)
            while start >= 0:
                first, last = places[start], places[start + len(words) - 1]
                found = self._document.getSelectionAtIndex(page, first, last - first + 1)
                if found.isValid():
                    boxes.append([one.boundingRect() for one in found.bounds()])
                start = text.find(words, start + len(words))
            if boxes:
                self._view.finds[page] = boxes
                self._finds += [(page, number) for number in range(len(boxes))]
        if self._next >= self._document.pageCount():
            self._timer.stop()
        self._view.viewport().update()
        self._settle()

    def _settle(self) -> None:
        if not self.line.text().strip():
            words = ""
        elif not self._finds:
            words = _("没有找到") if self.done else _("在找……")
        elif self._at < 0:
            words = _("{count} 处").format(count=self.count)
        else:
            words = f"{self._at + 1}/{self.count}"
        self.told.setText(words)
        for one in (self.back, self.on):
            one.setEnabled(bool(self._finds))

    def _leave(self) -> None:
        self.line.clear()
        self._view.setFocus()
