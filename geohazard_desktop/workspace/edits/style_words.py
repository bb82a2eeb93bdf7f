"""What a change of style is called in the history: what changed, from what to what, in people's words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.condition_words import condition_words

KIND_WORDS: Mapping[str, str] = {
    "fill": _("底色"),
    "stroke": _("轮廓"),
    "hatch": _("斜线"),
    "dots": _("点纹"),
    "crosses": _("叉纹"),
    "waves": _("波纹"),
    "ticks": _("短齿"),
    "arrows": _("箭头"),
    "band": _("外侧色带"),
    "railway": _("铁路线"),
    "double": _("双线"),
    "marker": _("符号"),
    "start_ring": _("起点圈"),
}
KEY_WORDS: Mapping[str, str] = {
    "color": _("颜色"),
    "opacity": _("不透明度"),
    "width": _("线宽"),
    "dash": _("虚线"),
    "casing": _("白边"),
    "cap": _("线头"),
    "spacing": _("间距"),
    "angle": _("角度"),
    "diameter": _("点径"),
    "size": _("大小"),
    "length": _("齿长"),
    "inner": _("内线颜色"),
    "inner_width": _("内线宽"),
    "name": _("图案"),
    "halo": _("白边"),
    "size_by": _("按值变大小"),
    "text": _("内容"),
    "second": _("第二行"),
    "second_size": _("第二行字号"),
    "family": _("字体"),
    "bold": _("加粗"),
    "priority": _("优先级"),
    "placement": _("位置"),
    "slant": _("斜度"),
    "draw_order": _("绘制次序"),
    "maximum_scale_denominator": _("最小比例尺"),
    "minimum_scale_denominator": _("最大比例尺"),
    "label": _("图例文字"),
    "label_color": _("注记颜色"),
    "where": _("条件"),
}
_SCALES = ("maximum_scale_denominator", "minimum_scale_denominator")
_MOST = 2  # changes said one by one; more are counted
_LONG = 16  # characters of a value


def kind_word(kind: str, geometry: str = "polygon") -> str:
    """What a symbol layer of `kind` is called on a layer of `geometry`."""
    return _("线") if kind == "stroke" and geometry == "line" else KIND_WORDS.get(kind, kind)


def style_words(
    title: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    geometry: str = "polygon",
    titles: Mapping[str, str] | None = None,
) -> str:
    """样式：危险区 轮廓 #D7000F → #B3001B; with many changes the first ones and their count. `titles` of the fields."""
    found = list(_changes(before, after, geometry, titles or {}))
    if not found:
        return _("样式：{title}").format(title=title)
    told = "，".join(found[:_MOST])
    if len(found) > _MOST:
        told += _("，共改 {count} 处").format(count=len(found))
    return _("样式：{title} {told}").format(title=title, told=told)


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], geometry: str, titles: Mapping[str, str]
) -> Iterator[str]:
    old_rules, new_rules = before.get("rule", ()), after.get("rule", ())
    if len(old_rules) != len(new_rules):
        yield _("规则 {old} → {new} 条").format(old=len(old_rules), new=len(new_rules))
    elif old_rules != new_rules and _multiset(old_rules) == _multiset(new_rules):
        yield _("规则换了先后")
    else:
        for number, (old, new) in enumerate(zip(old_rules, new_rules, strict=True), 1):
            if old != new:
                name = "" if len(new_rules) == 1 else str(new.get("label") or _("规则 {n}").format(n=number))
                for words in _rule_changes(old, new, geometry, titles):
                    yield f"“{_short(name)}”{words}" if name else words
    yield from _label_changes(before.get("label"), after.get("label"))
    old, new = (round(100 * one.get("opacity", 1)) for one in (before, after))
    if old != new:
        yield _("不透明度 {old} % → {new} %").format(old=old, new=new)
    for key in ("draw_order", *_SCALES):
        if before.get(key) != after.get(key):
            yield _pair(KEY_WORDS[key], before.get(key), after.get(key), scale=key in _SCALES)


def _rule_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], geometry: str, titles: Mapping[str, str]
) -> Iterator[str]:
    olds, news = old.get("symbol", ()), new.get("symbol", ())
    if [one.get("kind") for one in olds] == [one.get("kind") for one in news]:
        for one, other in zip(olds, news, strict=True):
            kind = kind_word(str(other.get("kind")), geometry)
            for key in dict.fromkeys([*one, *other]):
                if one.get(key) != other.get(key) and key == "name":
                    yield _("{kind}换了图案").format(kind=kind)  # file names tell people nothing
                elif one.get(key) != other.get(key):
                    named = kind if key == "color" else f"{kind}{KEY_WORDS.get(key, key)}"
                    yield _pair(named, one.get(key), other.get(key))
    else:
        words = [_("、").join(kind_word(str(one.get("kind")), geometry) for one in some) for some in (olds, news)]
        yield _pair(_("符号层"), *words) if words[0] != words[1] else _("符号层换了")
    for key in ("label", "label_color"):
        if old.get(key) != new.get(key):
            yield _pair(KEY_WORDS[key], old.get(key), new.get(key))
    if old.get("where") != new.get("where"):
        yield _pair(KEY_WORDS["where"], *(condition_words(one.get("where"), titles) for one in (old, new)))


def _label_changes(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[str]:
    if old is None or new is None:
        if old != new:
            yield _("不注记了") if new is None else _("加了注记")
        return
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            named = _("注记") if key == "color" else _("注记{what}").format(what=KEY_WORDS.get(key, key))
            yield _pair(named, old.get(key), new.get(key), scale=key in _SCALES)


def _pair(what: str, old: Any, new: Any, *, scale: bool = False) -> str:
    return f"{what} {_value(old, scale)} → {_value(new, scale)}"


def _value(value: Any, scale: bool = False) -> str:
    if value is None or value == "":
        return _("无")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float):
        return f"1:{value:.0f}" if scale else f"{value:g}"
    if isinstance(value, str):
        return _short(value)
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, Sequence) else [str(value)]
    return _short(" ".join(_value(one) for one in parts))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _multiset(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(repr(one) for one in rules)
