"""Which parts of a list on a paper are others, in the words of who reads it: routes by their numbers, steps of a way by
their place, clauses of a notice by their heads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.issues.told_changes import (
    as_text,
    cut,
    plain_words,
    texts_changes,
    texts_of,
    told_change,
)

_MOST = 3  # changes of one list that are told from what to what
_MOST_NAMED = 8  # parts
# Parts of lists that have no label on the paper of their own.
_PART_LABELS = {
    "start": _("起点"),
    "shelter": _("安置点"),
    "metres": _("路程"),
    "minutes": _("步行时间"),
    "capacity": _("可容人数"),
    "zone_name": _("危险区"),
    "zone_id": _("危险区编号"),
    "counted": _("从哪里算"),
    "draft": _("拟划标记"),
    "who": _("按谁的步子算"),
    "turn_words": _("转向"),
    "direction": _("方向"),
    "place": _("到哪里"),
    "words": "",
}
_BY = ("number", "name", "label", "title", "id", "code", "time", "who", "head")  # what a part of a list is known by
_STEPS = {_("怎么走"), _("走法")}  # lists whose parts follow each other
_ARROWS = ("strip_arrow", "heading", "turn")  # of a step: degrees, which no reader sees
_CLAUSES = _("各条")  # whose parts have heads of their own: 三、撤离路线
_PARAGRAPHS = {_("正文")}  # pieces of one text


def unit_of(field: str) -> str:
    """In what a number of a form is counted."""
    return _("米") if field.endswith("metres") else _("分钟") if field.endswith("minutes") else ""


def labels_of(hint: Any) -> Mapping[str, str]:
    """The labels of the forms that a list holds."""
    form = next((one for one in get_args(hint) if isinstance(one, type) and issubclass(one, Form)), None)
    found = dict(_PART_LABELS)
    if form is not None:
        own = {one.name: str(one.metadata["label"]) for one in fields(form) if one.metadata.get("label")}  # type: ignore[arg-type]
        found |= {name: _(label) for name, label in own.items()}
    return found


@dataclass(frozen=True, slots=True)
class _Changed:
    """Of the part `key` what is called `label` ("": the part as a whole); `words` say from what to what."""

    key: str
    label: str
    words: str


def list_changes(title: str, was: Sequence[Any], now: Sequence[Any], labels: Mapping[str, str]) -> Iterator[str]:
    """Which of a list's parts are others, new or gone: from what to what, of many only which they are."""
    if not all(isinstance(one, Mapping) for one in (*was, *now)):
        yield from _of_texts(title, was, now)
        return
    old, new = _by_name(title, was), _by_name(title, now)
    told = [one for key in new if key in old for one in _part_changes(title, key, old[key], new[key], labels)]
    yield from [one.words for one in told] if len(told) <= _MOST else [_summed(title, told)]
    steps = title in _STEPS and all(one.isdecimal() for one in (*old, *new))
    for words, keys in (
        (_("多了{parts}") if steps else _("新增{title}：{names}"), [one for one in new if one not in old]),
        (_("少了{parts}") if steps else _("少了{title}：{names}"), [one for one in old if one not in new]),
    ):
        if keys:
            yield words.format(title=title, names=_listed(keys), parts=_named(title, keys))


def _of_texts(title: str, was: Sequence[Any], now: Sequence[Any]) -> Iterator[str]:
    if title in _PARAGRAPHS:
        yield told_change(title, *("".join(str(piece or "") for piece in one) for one in (was, now)))
    else:
        yield from texts_changes(title, list(map(as_text, was)), list(map(as_text, now)))


def _summed(title: str, told: Sequence[_Changed]) -> str:
    """撤离路线 1、2、3、4 的路程、步行时间改了"""
    keys = list(dict.fromkeys(one.key for one in told))
    labels = list(dict.fromkeys(one.label for one in told))
    what = (
        _("的{labels}").format(labels="、".join(labels))
        if all(labels) and (title not in _STEPS or len(labels) == 1)
        else ""
    )
    return _("{parts}{what}改了").format(parts=_named(title, keys), what=what)


def _named(title: str, keys: Sequence[str]) -> str:
    """The parts of a list: 撤离路线 1、2 , 怎么走第 2、3 步, “三、撤离路线”一条; what names itself in full does without
    the title."""
    shown = keys[:_MOST_NAMED]
    more = _("等 {count} 处").format(count=len(keys)) if len(keys) > len(shown) else ""
    if title in _STEPS and all(one.isdecimal() for one in keys):
        return _("{title}第 {numbers} 步").format(title=title, numbers="、".join(shown)) + more
    if title == _CLAUSES:
        return "、".join(_("“{head}”一条").format(head=cut(one)) for one in shown) + more
    if all(one.isascii() for one in keys):
        return _("{title} {names} ").format(title=title, names="、".join(shown)) + more
    whole = all(title.endswith(one.partition(" ")[0]) for one in keys)
    found = ("" if whole else title) + _listed(keys, quoted=not whole)
    return found + (" " if found[-1:].isascii() else "")


def _listed(keys: Sequence[str], *, quoted: bool = True) -> str:
    more = _("等 {count} 项").format(count=len(keys)) if len(keys) > _MOST_NAMED else ""
    return "、".join(f"“{cut(one)}”" if quoted else cut(one) for one in keys[:_MOST_NAMED]) + more


def _part_changes(
    title: str, key: str, was: Mapping[str, Any], now: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[_Changed]:
    if was == now:
        return
    if "denominator" in was and "denominator" in now:
        yield from _enlarged(title, key, was, now)
        return
    name, told = _named(title, [key]), False
    for field in [one for one in dict.fromkeys([*was, *now]) if one in labels]:
        old, new, label = was.get(field), now.get(field), labels[field]
        words = ""
        if _texts(old) and _texts(new) and (old or []) != (new or []):
            words = _steps_changed(_("{name}的{label}").format(name=name, label=label), old or [], new or [])
        elif plain_words(old) is not None and plain_words(new) is not None and plain_words(old) != plain_words(new):
            of = key if label == title else name
            called = _("{name}的{label}").format(name=of, label=label) if label else name.strip()
            words = told_change(called, old, new, unit_of(field))
        if words:
            told = True
            yield _Changed(key, label, words)
    if not told and any(was.get(field) != now.get(field) for field in _ARROWS):
        told, label = True, _("箭头")
        yield _Changed(key, label, _("{name}的{label}改了").format(name=name, label=label))
    if told or texts_of(was) == texts_of(now):
        return  # else only how it is drawn is another: which swatch of a legend is its third
    if any(isinstance(one, list) and any(isinstance(part, Mapping) for part in one) for one in now.values()):
        yield from (_Changed(key, "", one) for one in texts_changes(name.strip(), texts_of(was), texts_of(now)))
    else:
        yield _Changed(key, "", told_change(name.strip(), _text(was), _text(now)))


def _enlarged(title: str, key: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[_Changed]:
    """Of a map within a map how large it is; where it lies and what it is numbered is no content."""
    old, new = (f"1:{one['denominator']:.0f}" for one in (was, now))
    if old != new:
        yield _Changed(key, _("比例尺"), told_change(_named(title, [key]), old, new))


def _text(part: Mapping[str, Any]) -> str:
    """What a part says, without its head."""
    if "pieces" in part:
        return "".join(str(one or "") for one in part["pieces"])
    return "".join(texts_of({field: one for field, one in part.items() if field not in _BY}))


def _texts(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _steps_changed(name: str, was: Sequence[str], now: Sequence[str]) -> str:
    """路线 1 的走法第 2 步：“…”改成“…”; of several which they are; "" where all say the same."""
    other = [at for at in range(max(len(was), len(now))) if (was[at : at + 1] or [""]) != (now[at : at + 1] or [""])]
    if not other:
        return ""  # a step that says nothing came or went
    numbers = "、".join(str(at + 1) for at in other[:_MOST_NAMED])
    called = _("{name}第 {numbers} 步").format(name=name, numbers=numbers)
    if len(other) > 1:
        return _("{called}改了").format(called=called)
    return told_change(called, *("".join(one[other[0] : other[0] + 1]) for one in (was, now)))


def _by_name(title: str, parts: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """By what a part is known by where that tells all of them apart, else by place."""
    for key in _BY:
        names = [plain_words(one.get(key)) for one in parts]
        if all(names) and len(set(names)) == len(names):
            return {str(name): one for name, one in zip(names, parts, strict=True)}
    words = "{n}" if title in _STEPS else _("第 {n} 项")
    return {words.format(n=n): one for n, one in enumerate(parts, 1)}
