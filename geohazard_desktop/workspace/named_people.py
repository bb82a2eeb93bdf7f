"""The people of a workspace, to be found again in texts that everybody reads: 王示例家门口 as the start of a route.

Names are those of resources/rules/people.toml, as they stand now. They are looked up by pieces of the text in a set, so
that ten thousand households cost no more than ten. A name of two characters is as often part of another word, and one
of three may be a road's: what stands around it decides. What is printed on every map (places, parts of the town, the
office's own name) is no person, whoever is called so.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import add

from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.workspace.personal_words import PersonalWords, personal_phones, printed_words
from geohazard_desktop.workspace.workspace import Workspace

FILE = "people.toml"
_CJK = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NAME = re.compile(f"[{_CJK}]+(?:·[{_CJK}]+)*")
_PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")  # what nearly every name is
_LETTERS = re.compile(f"[^\\W\\d_{_CJK}]+")  # of Mongolian, Latin …
_FOREIGN = re.compile(f"{_LETTERS.pattern}(?:[ .'’\\-]+{_LETTERS.pattern})*\\.?")
_DOTS = re.compile("[•・‧∙]")
_PARTS = re.compile(r"[、,，;；/／\n\r\t|]+")
_BRACKETS = re.compile(r"[(（\[［【〔][^)）\]］】〕]*[)）\]］】〕]?")
_SHORTEST, _LONGEST = 2, 8  # characters of a name; what is longer in a field for names is a sentence
_AMBIGUOUS = 2  # a name of so many characters needs something around it that says it is one
_FEWEST_LETTERS = 3  # of a name that is not in Chinese


class NamedPeople:
    """Names and telephone numbers of people; `public` are words that stay words wherever a name is part of them."""

    def __init__(self, names: Iterable[str], phones: Iterable[str] = (), public: Iterable[str] = ()) -> None:
        self._numbers = PersonalWords(frozenset(), frozenset(phones), frozenset(), ())
        found = {one for text in names for one in names_of(text)}
        words = {_squeezed(one) for one in public}
        self.names = frozenset(found - words)
        self._chinese = {one for one in self.names if _NAME.fullmatch(one)}
        self._chinese |= {one.replace("·", "") for one in self._chinese if "·" in one}
        self._foreign = {tuple(_LETTERS.findall(one.casefold())) for one in self.names - self._chinese}
        self._starts = {one[:2] for one in self._chinese}
        self._lengths = sorted({len(one) for one in self._chinese}, reverse=True)
        # Only words in which somebody's name stands have to be looked for.
        self._public = sorted((one for one in words if any(self._pieces(one))), key=len, reverse=True)

    def __bool__(self) -> bool:
        return bool(self.names or self._numbers.phones)

    def names_in(self, text: str) -> list[str]:
        """The names that stand in `text` as names, each once, in the order of the text."""
        plain = _squeezed(text)
        found: list[tuple[int, str]] = []
        taken: list[tuple[int, int]] = [] if not self._lengths else list(self._public_spans(plain))
        for start, name in self._pieces(plain):
            end = start + len(name)
            inside = any(start < last and end > first for first, last in taken)
            if not inside and _stands_alone(plain, start, end):
                found.append((start, name))
                taken.append((start, end))
        foreign = [(0, one) for one in self._foreign_in(text)]
        return list(dict.fromkeys(name for _at, name in sorted(found) + foreign))

    def numbers_in(self, text: str) -> list[str]:
        """The telephone numbers of people that stand in `text`, as they are written there."""
        plain = unicodedata.normalize("NFKC", text).replace("—", "-").replace("－", "-")
        return [plain[start:end] for start, end in self._numbers.phones_in(plain)]

    def _pieces(self, plain: str) -> Iterator[tuple[int, str]]:
        """Where one of the names stands as characters, the longest first."""
        if self._starts.isdisjoint(map(add, plain, plain[1:])):  # nearly always, in a twentieth of the time
            return
        for length in self._lengths:
            for start in range(len(plain) - length + 1):
                piece = plain[start : start + length]
                if piece in self._chinese:
                    yield start, piece

    def _public_spans(self, plain: str) -> Iterator[tuple[int, int]]:
        for word in self._public:
            at = plain.find(word)
            while at >= 0:
                yield at, at + len(word)
                at = plain.find(word, at + len(word))

    def _foreign_in(self, text: str) -> Iterator[str]:
        """Names that are not in Chinese are whole words, in their order."""
        if not self._foreign:
            return
        words = _LETTERS.findall(_bare(text).casefold())
        for count in sorted({len(one) for one in self._foreign}, reverse=True):
            for at in range(len(words) - count + 1):
                if tuple(words[at : at + count]) in self._foreign:
                    yield " ".join(words[at : at + count])


def people_of(ws: Workspace) -> NamedPeople:
    """Everybody who stands in the workspace now."""
    names: set[str] = set()  # read anew each time, which is quick, and taken apart again only when they changed
    for entry in read_rules(FILE).table("names").texts("fields"):
        layer, _dot, field = entry.partition(".")
        names.update(ws.texts(layer, field))
    return _made(frozenset(names), frozenset(personal_phones(ws)), frozenset(printed_words(ws)))


@lru_cache(maxsize=2)
def _made(names: frozenset[str], phones: frozenset[str], public: frozenset[str]) -> NamedPeople:
    return NamedPeople(names, phones, public)


def names_of(text: str) -> list[str]:
    """The names that a field for names holds: 王示例（户主）、李示例 are two, 待定 and 社区值班室 are none."""
    if _PLAIN.fullmatch(text) and not text.endswith(_endings()) and text not in _words("nobody"):
        return [text]
    found = []
    for part in _PARTS.split(_BRACKETS.sub("、", _bare(text))):
        name = _without(part)
        if _NAME.fullmatch(name):
            unit = len(name) > _SHORTEST and name.endswith(_words("units"))
            if _SHORTEST <= len(name.partition("·")[0]) <= _LONGEST and not unit and name not in _words("nobody"):
                found.append(name)
        elif _FOREIGN.fullmatch(part.strip()) and len("".join(_LETTERS.findall(part))) >= _FEWEST_LETTERS:
            found.append(" ".join(_LETTERS.findall(part)))
    return found


def _without(part: str) -> str:
    """A Chinese name without blanks and without what follows it: 王示例家."""
    name = "".join(part.split())
    for ending in _words("after_name"):
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST:
            return name.removesuffix(ending)
    return name


def _stands_alone(plain: str, start: int, end: int) -> bool:
    rest, before = plain[end:], plain[start - 1] if start else ""
    if end - start > _AMBIGUOUS:
        return not rest.startswith(_around("places"))
    opened = not _is_word(before) or before in read_rules(FILE).table("around").text("before")
    return opened and (not rest or not _is_word(rest[0]) or rest.startswith(_around("after")))


def _is_word(character: str) -> bool:
    return character.isalnum()


@cache
def _words(key: str) -> tuple[str, ...]:
    return read_rules(FILE).table("words").texts(key)


@cache
def _endings() -> tuple[str, ...]:
    return (*_words("after_name"), *_words("units"))


@cache
def _around(key: str) -> tuple[str, ...]:
    return read_rules(FILE).table("around").texts(key)


def _bare(text: str) -> str:
    """As people read it: one form of each character, nothing that can't be seen."""
    plain = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    plain = _DOTS.sub("·", plain)
    if plain.isprintable():
        return plain
    return "".join(one for one in plain if unicodedata.category(one) != "Cf")


def _squeezed(text: str) -> str:
    """The same without white space, which people put into names to make them as long as others."""
    return "".join(_bare(text).split())
