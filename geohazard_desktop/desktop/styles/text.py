"""The page 文本: the style as TOML, for those who know it; the place of a fault is shown and marked."""

import tomllib
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.toml_faults import place_of, words_of
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import page_column
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits.style_text import same_style, style_text

_WAIT_MS = 350


class TextPage(QWidget):
    """Typed text is read a moment after the last key; what can't be read changes nothing but the sentence below."""

    def __init__(self, draft: StyleDraft) -> None:
        super().__init__()
        self._draft = draft
        self._filling = self._stale = False
        column = page_column(self)
        column.addWidget(
            label(
                _("会写的人可以直接改这段文字（TOML）。长度是纸上的毫米，字号是磅，颜色写作 #RRGGBB。"),
                "note",
                wrap=True,
            )
        )
        self.edit = QPlainTextEdit()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setFamilies([font.family(), *theme().font("table").families()])
        font.setPointSizeF(theme().points("table"))
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.edit.setFont(font)
        self.edit.setStyleSheet(f"font-size: {theme().points('table'):.2f}pt;")
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(_("样式文本"))
        self.edit.setMinimumHeight(theme().px(180))
        self.edit.textChanged.connect(self._typed)
        column.addWidget(self.edit, 1)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.read)
        draft.changed.connect(self._changed)
        self.fill()

    def _changed(self, who: object) -> None:
        if who is self or who is self._draft:
            return
        self._stale = True
        if self.isVisible():
            self.fill()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.fill()

    def fill(self) -> None:
        """The text is made only when somebody looks at it."""
        self._stale = False
        draft = self._draft
        if draft.broken_text:
            self.show_text(draft.broken_text)
            self.read()
            return
        text = draft.text if draft.text and same_style(draft.text, draft.mapping) else style_text(draft.mapping)
        self.show_text(text)
        self._tell("" if draft.fault is None else draft.fault.sentence)

    def show_text(self, text: str) -> None:
        if text != self.edit.toPlainText():
            self._filling = True
            self.edit.setPlainText(text)
            self._filling = False
        self._wait.stop()

    def _typed(self) -> None:
        if not self._filling:
            self._wait.start()

    def finish(self) -> None:
        """Read what was typed just now."""
        if self._wait.isActive():
            self._wait.stop()
            self.read()

    def read(self) -> None:
        text = self.edit.toPlainText()
        try:
            mapping = read_style(text)
            self._draft.replace(mapping, self, text)
        except DefinitionInvalid as error:
            place = getattr(error, "place", None)
            self._draft.break_text(text, error)
            self._tell(error.sentence, place)
        else:
            self._tell("")

    def _tell(self, words: str, place: tuple[int, int] | None = None) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        marks = []
        if place is not None:
            block = self.edit.document().findBlockByNumber(place[0] - 1)
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(QColor(theme().palette.error_ground))
            look.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            mark.format, mark.cursor = look, QTextCursor(block)
            marks.append(mark)
        self.edit.setExtraSelections(marks)

    def go_to_fault(self) -> None:
        for mark in self.edit.extraSelections():
            self.edit.setTextCursor(mark.cursor)
            self.edit.centerCursor()
        self.edit.setFocus()


class TextBroken(DefinitionInvalid):
    """A style text that is no TOML; `place` is line and column from 1, None at the end of the text."""

    code = "GH-106"

    def __init__(self, sentence: str, remedy: str, place: tuple[int, int] | None) -> None:
        super().__init__(sentence, remedy)
        self.place = place


def read_style(text: str) -> dict[str, Any]:
    """The `[style]` mapping of a text. Raises TextBroken with the place."""
    remedy = _("请改正这一处，或恢复默认样式。")
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = place_of(error)
        quoted = ""
        if place is not None:
            line = text.splitlines()[place[0] - 1] if place[0] <= len(text.splitlines()) else ""
            quoted = _("：{line}").format(line=line.strip()[:60]) if line.strip() else ""
        sentence = _("样式文本{reason}{quoted}。").format(reason=words_of(error), quoted=quoted)
        raise TextBroken(sentence, remedy, place) from error
    extra = [key for key in whole if key != "style"]
    style = whole.get("style")
    if not isinstance(style, dict) or not style or extra:
        told = _("样式文本要写在 [style] 下面，别的节不认：{keys}。").format(
            keys="、".join(extra) or _("现在没有这一节")
        )
        raise TextBroken(told, remedy, None)
    return style
