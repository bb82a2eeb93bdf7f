"""What the office changed in a template, beside what the program brings along."""

from difflib import SequenceMatcher

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.templates.code_editor import code_font
from geohazard_desktop.desktop.theme import theme

_AROUND = 3  # lines shown before and after each change


def changed_lines(shipped: str, own: str) -> tuple[int, list[tuple[str, int, str]]]:
    """How many places differ, and the lines to show: (sign, line number in its own text, text); "…" is a gap."""
    before, after = shipped.splitlines(), own.splitlines()
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_AROUND))
    rows: list[tuple[str, int, str]] = []
    places = 0
    for group in groups:
        if rows or group[0][3]:
            rows.append(("…", 0, ""))
        for kind, a1, a2, b1, b2 in group:
            if kind == "equal":
                rows += [(" ", b1 + n + 1, text) for n, text in enumerate(after[b1:b2])]
                continue
            places += 1
            rows += [("-", a1 + n + 1, text) for n, text in enumerate(before[a1:a2])]
            rows += [("+", b1 + n + 1, text) for n, text in enumerate(after[b1:b2])]
    if groups and groups[-1][-1][4] < len(after):
        rows.append(("…", 0, ""))
    return places, rows


class DiffPage(QWidget):
    """Lines with - are the shipped ones, with + the office's; the signs say it too, not the colour alone."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.words = label("", "note", wrap=True)
        self.words.setContentsMargins(theme().px(12), theme().px(6), theme().px(12), 0)
        column.addWidget(self.words)
        self.text = QPlainTextEdit()
        self.text.setObjectName("code")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("和自带的不同处"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        column.addWidget(self.text, 1)

    def show_texts(self, shipped: str, own: str) -> None:
        self.text.setFont(code_font())
        self.text.setStyleSheet(f"font-size: {theme().points('table'):.2f}pt;")
        places, rows = changed_lines(shipped, own)
        self.words.setText(
            _("和自带的有 {count} 处不同。行首“-”是自带的，“+”是本单位的。").format(count=places)
            if places
            else _("和自带的一样。")
        )
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        grounds = {"-": "error_ground", "+": "done_ground"}
        for number, (sign, line, text) in enumerate(rows):
            ground, look = QTextBlockFormat(), QTextCharFormat()
            if sign in grounds:
                ground.setBackground(theme().colour(grounds[sign]))
            look.setForeground(theme().colour("text3" if sign in " …" else "text"))
            if number:
                cursor.insertBlock(ground, look)
            else:
                cursor.setBlockFormat(ground)
            cursor.insertText("  …" if sign == "…" else f"{sign} {line:>4}  {text}", look)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
