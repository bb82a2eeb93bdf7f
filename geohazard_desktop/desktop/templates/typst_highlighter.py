"""Colours for a template's text: comments, words of the language, texts, numbers with units, names after #.

A small one of our own by lines, with comments and blocks of text that go over several lines; colours are the window's
roles, so that both themes are legible.
"""

import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from geohazard_desktop.desktop.theme import theme

_WORDS = (
    "let|set|show|if|else|for|while|in|break|continue|return|import|include|as|none|auto|true|false|not|and|or|context"
)
_TYPST = (
    (re.compile(rf"(?<![\w\-.])#?(?:{_WORDS})(?![\w\-])"), "word"),
    (re.compile(r"#?(?<![\w\-])[A-Za-z_][\w\-]*(?=\s?[(\[])"), "call"),
    (re.compile(r"#[A-Za-z_][\w\-.]*"), "call"),
    (re.compile(r"(?<![\w\-#])-?\d+(?:\.\d+)?(?:pt|mm|cm|in|em|fr|deg|%)?"), "number"),
    (re.compile(r"(?<![\w])[A-Za-z_][\w\-]*(?=\s*:(?!:))"), "name"),
)
_TOML = (
    (re.compile(r"^\s*\[\[?[^\]]+\]\]?"), "word"),
    (re.compile(r"^\s*[\w\-]+(?=\s*=)"), "name"),
    (re.compile(r"\b(?:true|false)\b"), "word"),
    (re.compile(r"(?<![\w\-#])-?\d+(?:\.\d+)?"), "number"),
)
_WEB = (
    (re.compile(r"</?[A-Za-z][\w\-]*|/?>"), "word"),
    (re.compile(r"[\w\-]+(?=\s*[:=])"), "name"),
    (re.compile(r"(?<![\w\-])-?\d+(?:\.\d+)?(?:px|em|rem|%|mm|pt)?"), "number"),
)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_COLOURS = {"word": "accent", "call": "reminder", "name": "text2", "number": "done", "text": "done", "comment": "text3"}
_IN_COMMENT = 1


class CodeColours(QSyntaxHighlighter):
    """`suffix` is the ending of the file: .typ, .toml, .css, .html, .svg, .json."""

    def __init__(self, document: QTextDocument, suffix: str) -> None:
        super().__init__(document)
        self._suffix = suffix
        self._looks: dict[str, QTextCharFormat] = {}
        self.dress()
        theme().changed.connect(self.dress)

    def dress(self) -> None:
        self._looks = {role: _look(theme().colour(name), role == "word") for role, name in _COLOURS.items()}
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        rules = {".typ": _TYPST, ".toml": _TOML}.get(self._suffix, _WEB)
        for pattern, role in rules:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), self._looks[role])
        texts = [found.span() for found in _TEXT.finditer(text)]
        for start, end in texts:
            self.setFormat(start, end - start, self._looks["text"])
        self._comments(text, texts)

    def _comments(self, text: str, texts: list[tuple[int, int]]) -> None:
        if self._suffix == ".toml":
            self._to_end(text, "#", texts)
            return
        self.setCurrentBlockState(0)
        at = 0
        if self.previousBlockState() != _IN_COMMENT:
            at = _outside(text, "/*", texts, 0)
        while at >= 0:
            end = text.find("*/", at)
            stop = len(text) if end < 0 else end + 2
            self.setFormat(at, stop - at, self._looks["comment"])
            if end < 0:
                self.setCurrentBlockState(_IN_COMMENT)
                return
            at = _outside(text, "/*", texts, stop)
        if self._suffix == ".typ":
            self._to_end(text, "//", texts)

    def _to_end(self, text: str, sign: str, texts: list[tuple[int, int]]) -> None:
        at = _outside(text, sign, texts, 0)
        while at > 0 and sign == "//" and text[at - 1] == ":":  # an address
            at = _outside(text, sign, texts, at + 2)
        if at >= 0:
            self.setFormat(at, len(text) - at, self._looks["comment"])


def _outside(text: str, sign: str, texts: list[tuple[int, int]], start: int) -> int:
    """Where `sign` stands outside of the quoted texts; -1 where it doesn't."""
    at = text.find(sign, start)
    while at >= 0:
        inside = next((end for begin, end in texts if begin < at < end), None)
        if inside is None:
            return at
        at = text.find(sign, inside)
    return -1


def _look(colour: QColor, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    return made
