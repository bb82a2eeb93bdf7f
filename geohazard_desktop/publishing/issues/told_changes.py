"""From what to what a value of a paper changed, in words: values, texts, rows of a table, words on a map."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import registered
from geohazard_desktop.publishing.issues.kept_paper import Paper

_LONGEST = 40  # characters of a value that are told
_AROUND = 8  # of them before the place where two long texts part
_MOST = 3  # words of a list, and changes of one, that are told
_DRAWN = {"map", "layout", "picture", "swatch", "sign", "qr"}  # no words
_NUMBER = re.compile(r"\d+(\.\d+)?")
_PUNCTUATION = re.compile("[，。；：、]")
_ON_MAP = re.compile("<text[^>]*>([^<]+)</text>")
_EMPHASISED = {"t", "b"}  # a piece of emphasised text, without "b" where it is not bold


def told_change(title: str, was: Any, now: Any, unit: str = "") -> str:
    """值班电话：A 改成 B; of what is no short text, that it changed. `unit` is said behind bare numbers."""
    old, new = plain_words(was), plain_words(now)
    if old is None or new is None:
        return _("{title}有变").format(title=title)
    if unit and all(one is None or _NUMBER.fullmatch(one) for one in (old or None, new or None)):
        old, new = (f"{one} {unit}" if one else one for one in (old, new))
    old, new = _short(old, new)
    quoted = bool(_PUNCTUATION.search(old + new))
    sides = [_("“{text}”").format(text=one) if one and quoted else one or _("空") for one in (old, new)]
    words = _("{title}：{old}改成{new}") if quoted and old and new else _("{title}：{old} 改成 {new}")
    return words.format(title=title, old=sides[0], new=sides[1]).removeprefix("：")


def plain_words(value: Any) -> str | None:
    """A value as text; None for one of several parts."""
    if value is None:
        return ""
    if isinstance(value, list) and value and all(map(_emphasised, value)):
        value = "".join(one["t"] for one in value)
    if isinstance(value, bool):
        return _("有") if value else _("没有")
    if isinstance(value, list) and value and all(one is None or isinstance(one, int | float) for one in value):
        return "、".join(_("空") if one is None else registered(one) for one in value)
    return " ".join(str(value).split()).rstrip("。") if isinstance(value, str | int | float) else None


def _emphasised(value: Any) -> bool:
    """A map of nothing is no text: it is a person of whom the paper says nothing."""
    return isinstance(value, Mapping) and "t" in value and set(value) <= _EMPHASISED


def _short(old: str, new: str) -> tuple[str, str]:
    """Two long texts from shortly before where they part."""
    if len(old) <= _LONGEST and len(new) <= _LONGEST:
        return old, new
    same = next(
        (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    start = max(0, same - _AROUND)
    return cut(old, start), cut(new, start)


def cut(text: str, start: int = 0) -> str:
    """At most so much of a text as is told."""
    part = text[start : start + _LONGEST]
    return ("…" if start and part else "") + part + ("…" if len(text) > start + _LONGEST else "")


def texts_changes(title: str, was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Lists of texts: which went, which came."""
    old, new = Counter(was), Counter(now)
    gone, come = list((old - new).elements()), list((new - old).elements())
    if len(gone) == len(come) == 1:
        yield told_change(title, gone[0], come[0])
        return
    told = [
        words.format(names=_few(ones)) for words, ones in ((_("少了{names}"), gone), (_("多了{names}"), come)) if ones
    ]
    yield (
        _("{title}：{changes}").format(title=title, changes="，".join(told))
        if told
        else _("{title}有变").format(title=title)
    )


def as_text(value: Any) -> str:
    words = plain_words(value)
    return words if words is not None else "".join(texts_of(value))


def texts_of(value: Any) -> list[str]:
    """All words and numbers of a value; of maps none."""
    words = plain_words(value)
    if words is not None:
        return [words] if words else []
    inner = [one for key, one in value.items() if key not in _DRAWN] if isinstance(value, Mapping) else value or ()
    return [text for one in inner for text in texts_of(one)]


def _few(names: Sequence[str]) -> str:
    more = _("等 {count} 项").format(count=len(names)) if len(names) > _MOST else ""
    return "、".join(f"“{cut(one)}”" for one in names[:_MOST]) + more


def row_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """A table whose rows are lists (隐患点一览表): by the second and third cell, which are number and name."""
    if not all(isinstance(one.get(key), list) for one in (old, new) for key in ("columns", "rows")):
        return
    titles = [str(one.get("title", "")) for one in new["columns"]]
    if titles != [str(one.get("title", "")) for one in old["columns"]]:
        yield _("表的栏目有变")
        return
    was, now = ({str(row[1]): row for row in one["rows"]} for one in (old, new))
    for key in [one for one in now if one in was]:
        for title, before, after in list(zip(titles, was[key], now[key], strict=True))[1:]:
            if before != after:
                yield told_change(_("{name}的{title}").format(name=now[key][2] or key, title=title), before, after)
    for words, keys, rows in (
        (_("新增：{names}"), [one for one in now if one not in was], now),
        (_("少了：{names}"), [one for one in was if one not in now], was),
    ):
        if keys:
            yield words.format(names=_few([str(rows[one][2] or one) for one in keys]))


def words_on_maps(before: Paper, after: Paper) -> Iterator[str]:
    """The names that a paper's maps say, wherever on the map they stand."""
    old, new = map_words(before), map_words(after)
    if old != new:
        yield from texts_changes(_("图上的字"), sorted(old - new), sorted(new - old))


def map_words(paper: Paper) -> set[str]:
    """All names on a paper's maps."""
    pictures = [one for one in paper.pictures.values() if isinstance(one, str)]
    found = {unescape(words) for one in pictures for words in _ON_MAP.findall(one)}
    return found | set(_names_beside(paper.data))


def _names_beside(value: Any) -> Iterator[str]:
    """Names that the page sets over a map (`MapFrame.names`)."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key == "names" and isinstance(one, list):
                yield from (
                    words for part in one if isinstance(part, Mapping) and (words := plain_words(part.get("words")))
                )
            else:
                yield from _names_beside(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _names_beside(one)
