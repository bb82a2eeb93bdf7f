"""A field for a text with line numbers: templates and settings, as an editor for programs would show them."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.theme import theme

INDENT = "  "
_FIXED = ("Noto Sans Mono CJK SC", "Sarasa Mono SC", "Cascadia Mono", "Consolas", "DejaVu Sans Mono", "Liberation Mono")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_FARTHEST = 20_000  # characters that are searched for the other half of a bracket


def code_font() -> QFont:
    """A fixed one, a Chinese character as wide as two others where the machine has such a font."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies([*_FIXED, font.family(), *theme().font("table").families()])
    font.setPointSizeF(theme().points("table"))
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


class _Numbers(QWidget):
    def __init__(self, editor: "CodeEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._editor.select_line(event.position().toPoint())


class CodeEditor(QPlainTextEdit):
    """Tab and Shift+Tab indent, Enter keeps the indentation, Ctrl+/ comments out. `comment` is what begins a comment.

    Esc, then Tab leaves the field: a keyboard must never be caught (`_leaving`).
    """

    find_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.comment = "//"
        self._fault: tuple[int, int] | None = None
        self._leaving = False
        self._numbers = _Numbers(self)
        self.setObjectName("code")
        self.setAccessibleName(_("模板文字"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._mark)
        theme().changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        self.setFont(code_font())
        self.setStyleSheet(f"font-size: {theme().points('table'):.2f}pt;")
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 2)
        self._make_room()
        self._mark()

    # -- line numbers ----------------------------------------------------------------------------------------------

    def numbers_width(self) -> int:
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + theme().px(18)

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._lay_numbers()

    def _lay_numbers(self) -> None:
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def _scrolled(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_numbers()

    def paint_numbers(self, strip: QWidget, event: QPaintEvent) -> None:
        painter = QPainter(strip)
        painter.fillRect(event.rect(), theme().colour("quiet"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        wide, high = strip.width() - theme().px(8), self.fontMetrics().height()
        while block.isValid() and top <= event.rect().bottom():
            number = block.blockNumber() + 1
            wrong = self._fault is not None and self._fault[0] == number
            here = block == self.textCursor().block()
            painter.setPen(theme().colour("error" if wrong else "text" if here else "text3"))
            if wrong:
                painter.fillRect(QRect(0, round(top), strip.width(), high), theme().colour("error_ground"))
            painter.drawText(QRect(0, round(top), wide, high), Qt.AlignmentFlag.AlignRight, str(number))
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def select_line(self, at: QPoint) -> None:
        cursor = self.cursorForPosition(QPoint(0, at.y()))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    # -- marks -----------------------------------------------------------------------------------------------------

    def show_fault(self, place: tuple[int, int] | None) -> None:
        """Mark the line of a fault (line and column from 1); None takes the mark away."""
        self._fault = place
        self._mark()
        self._numbers.update()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor there, in sight."""
        block = self.document().findBlockByNumber(max(0, min(line, self.blockCount()) - 1))
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + max(0, min(column - 1, block.length() - 1)))
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    def _mark(self) -> None:
        here = QTextCursor(self.textCursor())
        here.clearSelection()
        marks = [_marked(here, theme().colour("hover"), whole_line=True)]
        if self._fault is not None:
            block = self.document().findBlockByNumber(self._fault[0] - 1)
            if block.isValid():
                marks.append(_marked(QTextCursor(block), theme().colour("error_ground"), whole_line=True))
                marks.append(_wave(block, self._fault[1]))
        marks += [_marked(one, theme().colour("selected")) for one in self._brackets()]
        self.setExtraSelections(marks)
        self._numbers.update()

    def _brackets(self) -> list[QTextCursor]:
        """The bracket beside the cursor and its other half."""
        text, at = self.toPlainText(), self.textCursor().position()
        for place in (at - 1, at):
            if 0 <= place < len(text) and (text[place] in _OPEN or text[place] in _CLOSE):
                other = _other_half(text, place)
                if other is not None:
                    return [self._character(place), self._character(other)]
        return []

    def _character(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        leaving, self._leaving = self._leaving, key == Qt.Key.Key_Escape
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and leaving:
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        elif key == Qt.Key.Key_Tab and not self.textCursor().hasSelection():
            self.insertPlainText(INDENT)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._indent(out=key == Qt.Key.Key_Backtab)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._new_line()
        elif control and key == Qt.Key.Key_Slash:
            self._comment()
        elif control and key == Qt.Key.Key_F:
            self.find_asked.emit()
        else:
            super().keyPressEvent(event)

    def _new_line(self) -> None:
        cursor = self.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        lead = line[: len(line) - len(line.lstrip())]
        more = INDENT if line.rstrip().endswith(tuple(_OPEN)) else ""
        cursor.insertText("\n" + lead + more)
        self.ensureCursorVisible()

    def _lines(self) -> list[QTextBlock]:
        cursor = self.textCursor()
        document = self.document()
        first, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        if last != first and cursor.selectionEnd() == last.position():
            last = last.previous()
        found = [first]
        while found[-1] != last:
            found.append(found[-1].next())
        return found

    def _indent(self, *, out: bool) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in self._lines():
            cursor.setPosition(block.position())
            if not out:
                cursor.insertText(INDENT)
                continue
            lead = len(block.text()) - len(block.text().lstrip(" "))
            for _space in range(min(len(INDENT), lead)):
                cursor.deleteChar()
        cursor.endEditBlock()

    def _comment(self) -> None:
        """Lines are commented out, or in again where all of them are."""
        sign = self.comment
        lines = [one for one in self._lines() if one.text().strip()]
        off = bool(lines) and all(one.text().lstrip().startswith(sign) for one in lines)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in lines:
            text = block.text()
            lead = len(text) - len(text.lstrip())
            cursor.setPosition(block.position() + lead)
            if not off:
                cursor.insertText(sign + " ")
                continue
            gone = len(sign) + text[lead:].startswith(sign + " ")
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, gone)
            cursor.removeSelectedText()
        cursor.endEditBlock()


def _marked(cursor: QTextCursor, colour: QColor, *, whole_line: bool = False) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    look = QTextCharFormat()
    look.setBackground(colour)
    if whole_line:
        look.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
    mark.format, mark.cursor = look, cursor  # type: ignore[attr-defined]
    return mark


def _wave(block: QTextBlock, column: int) -> QTextEdit.ExtraSelection:
    """A wave under the word at a column, or under the last character of the line."""
    text = block.text()
    start = max(0, min(column - 1, len(text) - 1))
    end = start + 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-_"):
        end += 1
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + min(end, len(text)), QTextCursor.MoveMode.KeepAnchor)
    mark = QTextEdit.ExtraSelection()
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(theme().colour("error"))
    mark.format, mark.cursor = look, cursor  # type: ignore[attr-defined]
    return mark


def _other_half(text: str, place: int) -> int | None:
    here = text[place]
    forward = here in _OPEN
    there = _OPEN[here] if forward else _CLOSE[here]
    depth, at, step = 0, place, 1 if forward else -1
    while 0 <= at < len(text) and abs(at - place) < _FARTHEST:
        if text[at] == here:
            depth += 1
        elif text[at] == there:
            depth -= 1
            if depth == 0:
                return at
        at += step
    return None
