"""The text of one template: editor, a row to find words in it, and the fault below with a way to its place."""

from pathlib import PurePosixPath

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextDocumentLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label, severity_label
from geohazard_desktop.desktop.templates.code_editor import CodeEditor
from geohazard_desktop.desktop.templates.typst_highlighter import CodeColours
from geohazard_desktop.desktop.theme import theme

_COMMENTS = {".toml": "#"}


class TemplateText(QWidget):
    """`typed` (text) by the hand alone; `place_asked` (path, line, column)."""

    typed = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.editor = CodeEditor()
        self._path = ""
        self._documents: dict[str, QTextDocument] = {}
        self._places: dict[str, int] = {}
        self._colours: list[CodeColours] = []  # each is a child of its document
        column.addWidget(self._finder())
        column.addWidget(self.editor, 1)
        column.addWidget(self._notice())
        self._shown = ""
        self._place: tuple[str, int, int] | None = None
        self.editor.textChanged.connect(self._changed)
        self.editor.find_asked.connect(self.open_finder)
        self.show_fault("", "", None, here=True)

    def _finder(self) -> QWidget:
        self.finder = QWidget()
        row = QHBoxLayout(self.finder)
        row.setContentsMargins(theme().px(10), theme().px(5), theme().px(10), theme().px(5))
        row.setSpacing(theme().px(6))
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("在这个模板里找"))
        self.words.setAccessibleName(_("在这个模板里找"))
        self.words.textEdited.connect(lambda _text: self._find(stay=True))
        self.words.returnPressed.connect(self._find)
        row.addWidget(self.words, 1)
        self.found = label("", "small")
        row.addWidget(self.found)
        row.addWidget(icon_button("chevron-up", _("上一个"), lambda: self._find(back=True)))
        row.addWidget(icon_button("chevron-down", _("下一个"), self._find))
        row.addWidget(icon_button("close", _("不找了"), self._close_finder))
        QShortcut(QKeySequence("Esc"), self.words, self._close_finder)
        self.finder.hide()
        return self.finder

    def _notice(self) -> QFrame:
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        self.notice.setProperty("severity", "error")
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(theme().px(12), theme().px(7), theme().px(10), theme().px(7))
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label("error"))
        self.fault = label("", "note", wrap=True)
        row.addWidget(self.fault, 1)
        self.to_fault = button(_("到那一处"), self._ask_place, size="small")
        row.addWidget(self.to_fault)
        return self.notice

    # -- text ------------------------------------------------------------------------------------------------------

    def text(self) -> str:
        return self.editor.toPlainText()

    def show_text(self, path: str, text: str) -> None:
        """A template's text. Each keeps its cursor and the steps of Ctrl+Z while another is shown; a text that came
        from elsewhere (restored, undone in the window) is itself one step."""
        suffix = PurePosixPath(path).suffix
        self.editor.comment = _COMMENTS.get(suffix, "//")
        self._places[self._path] = self.editor.textCursor().position()
        self._path, self._shown = path, text
        document = self._documents.get(path)
        if document is None:
            document = self._documents[path] = self._new_document(text, suffix)
        elif document.toPlainText() != text:
            cursor = QTextCursor(document)
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
        if self.editor.document() is not document:
            self.editor.setDocument(document)
            self.editor.dress()
            self._go_back(self._places.get(path, 0))

    def _new_document(self, text: str, suffix: str) -> QTextDocument:
        made = QTextDocument(self)
        made.setDocumentLayout(QPlainTextDocumentLayout(made))
        made.setDefaultFont(self.editor.font())
        made.setPlainText(text)
        self._colours.append(CodeColours(made, suffix))
        return made

    def _go_back(self, place: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(min(place, self.editor.document().characterCount() - 1))
        self.editor.setTextCursor(cursor)
        self.editor.centerCursor()

    def forget(self) -> None:
        """Another workspace: its texts begin anew."""
        self._path, self._shown = "", ""  # an empty document is nobody's typing
        self.editor.setDocument(self._new_document("", ""))
        self._documents.clear()
        self._places.clear()
        self._colours.clear()

    def _changed(self) -> None:
        """Colours are a change of the document too, and not of the text."""
        text = self.text()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)

    # -- faults ----------------------------------------------------------------------------------------------------

    def show_fault(self, sentence: str, remedy: str, at: tuple[str, int, int] | None, *, here: bool) -> None:
        """`here`: the fault stands in the text that is shown, so that its line is marked."""
        self._place = at
        self.fault.setText(sentence.replace(_("没有印任何东西。"), "") + remedy)
        self.notice.setVisible(bool(sentence))
        self.to_fault.setVisible(at is not None)
        self.editor.show_fault((at[1], at[2]) if at is not None and here else None)

    def _ask_place(self) -> None:
        if self._place is not None:
            self.place_asked.emit(*self._place)

    # -- finding ---------------------------------------------------------------------------------------------------

    def open_finder(self) -> None:
        chosen = self.editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        self.finder.show()
        self.words.setFocus()
        self.words.selectAll()

    def _close_finder(self) -> None:
        self.finder.hide()
        self.editor.setFocus()

    def _find(self, *, back: bool = False, stay: bool = False) -> None:
        """The next place, from the top again after the last one; `stay`: what is being typed may grow where it is."""
        words = self.words.text()
        count = self.text().lower().count(words.lower()) if words else 0
        self.found.setText(_("{count} 处").format(count=count) if words else "")
        if not count:
            return
        editor = self.editor
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if stay:
            cursor = editor.textCursor()
            cursor.setPosition(cursor.selectionStart())
            editor.setTextCursor(cursor)
        if not editor.find(words, flags):
            cursor = editor.textCursor()
            cursor.movePosition(cursor.MoveOperation.End if back else cursor.MoveOperation.Start)
            editor.setTextCursor(cursor)
            editor.find(words, flags)
