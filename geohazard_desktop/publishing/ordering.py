"""What somebody types to order a product on the command line, read as an office says it: products, options, values and
subjects by their Chinese names as well as by their keys. What isn't known is one sentence that names the nearest.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geohazard_desktop.common.brief_titles import called_briefly
from geohazard_desktop.common.errors import ExportRefused, UsageWrong
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.product import GROUPS, PDF_STANDARD, Option, OptionValue, Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_NAMED_BY = ("id", "code", "unified_code", "field_code", "name", "head")
_SHOWN_BY = ("id", "code", "name")  # never a person's name
_NEAREST = 5
_LISTED = re.compile(r"[,，、;；\n]")
_YES, _NO = ("yes", "是", "要", "开", "true", "1"), ("no", "否", "不要", "关", "false", "0")
_FILES = frozenset((".pdf", ".png", ".svg", ".tif", ".html", ".xlsx", ".docx"))


def product_called(words: str) -> Product:
    """By its key or its title. Raises UsageWrong with the nearest."""
    for one in PRODUCTS.values():
        if _same(words) in (_same(one.key), _same(one.title), _same(one.caption)):
            return one
    near = _near(words, {f"{one.key} {one.title}": (one.key, one.title, one.caption) for one in PRODUCTS.values()})
    raise UsageWrong(
        _("没有叫“{words}”的图、卡、单据。").format(words=words),
        _("最接近的是：{near}。写 main.py publish --list 看全部。").format(near="；".join(near))
        if near
        else _("写 main.py publish --list 看全部。"),
    )


def options_called(product: Product, pairs: Mapping[str, str]) -> dict[str, OptionValue]:
    """纸张=A4, 用途=公开 or paper=A4, profile=public as the product takes them. Raises UsageWrong."""
    return {option.key: _value(option, words) for option, words in _chosen(product, pairs)}


def _chosen(product: Product, pairs: Mapping[str, str]) -> Iterator[tuple[Option, str]]:
    for name, words in pairs.items():
        found = [one for one in product.choices if _same(name) in (_same(one.key), _same(one.label))]
        short = None if found else called_briefly(name, product.choices, lambda one: one.label)
        found += [] if short is None else [short]
        if not found:
            known = "、".join(f"{one.label}（{one.key}）" for one in product.choices)
            raise UsageWrong(
                _("{title}没有“{name}”这一项。").format(title=product.title, name=name),
                _("可以写：{known}。").format(known=known) if known else _("它没有可选的，请去掉 --set。"),
            )
        yield found[0], words


def _value(option: Option, words: str) -> OptionValue:
    """A value by its key, its words, or the only words that begin so."""
    said = _same(words)
    if option.kind == "switch":
        if said in _YES or said in _NO:
            return said in _YES
        raise _no_such(option, words, _("是（yes）、否（no）"))
    if option.kind == "choice":
        by_words = [value for value, told in option.values if said == _same(told)]
        beginning = [value for value, told in option.values if said and _same(told).startswith(said)]
        exact = [value for value, _told in option.values if said == _same(value)]
        for found in (exact, by_words, beginning):
            if len(found) == 1:
                return found[0]
        raise _no_such(option, words, "、".join(map(_told, option.values)))
    try:
        return option.checked(words)
    except ExportRefused as refused:
        raise UsageWrong(refused.sentence, refused.remedy) from refused


def _no_such(option: Option, words: str, fitting: str) -> UsageWrong:
    return UsageWrong(
        _("“{label}”（{key}）不能是“{value}”。").format(label=option.label, key=option.key, value=words),
        _("可以是：{fitting}。").format(fitting=fitting),
    )


def _told(value: tuple[str, str]) -> str:
    key, words = value
    return f"{words}（{key}）" if key and key != words else words


def subjects_called(ws: Workspace, product: Product, words: Sequence[str]) -> list[str]:
    """The uids of what a product is to be made for, each named by number, code, uid or name. What is not there, or
    is there several times by that name, is refused: nothing is left out unsaid."""
    if not product.subjects:
        raise UsageWrong(_("{title}不分编号，不能写 --only。").format(title=product.title), _("请去掉 --only 再试。"))
    rows = paper_subjects(ws, product.subjects, shapes=False)
    return list(dict.fromkeys(uid for one in words for uid in _subjects(ws, product, rows, one)))


def _subjects(ws: Workspace, product: Product, rows: Sequence[Feature], words: str) -> list[str]:
    """One, or several written as a list; the whole is tried first, since a name may hold a comma itself."""
    parts = [part for part in (one.strip() for one in _LISTED.split(words)) if part]
    try:
        return [_subject(ws, product, rows, words)]
    except UsageWrong:
        if len(parts) < 2:
            raise
    return [_subject(ws, product, rows, part) for part in parts]


def _subject(ws: Workspace, product: Product, rows: Sequence[Feature], words: str) -> str:
    layer, said = ws.definition(product.subjects).title, _same(words)
    if any(one.uid == words for one in rows):
        return words
    for name in _NAMED_BY:
        found = [one for one in rows if said and name in one.values and _same(one.text(name)) == said]
        if len(found) == 1:
            return found[0].uid
        if found:
            raise UsageWrong(
                _("{layer}里叫“{words}”的有 {count} 个。").format(layer=layer, words=words, count=len(found)),
                _("请写编号：{numbers}。").format(numbers="、".join(one.text("id") or one.uid for one in found[:10])),
            )
    issued = _issued_as(ws, product.subjects, words) & {one.uid for one in rows}
    if len(issued) == 1:
        return issued.pop()
    if not rows:
        raise UsageWrong(
            _("{layer}里还没有要素。").format(layer=layer), _("请先登记，再出{title}。").format(title=product.title)
        )
    near = _near(words, {_shown(one): [one.text(name) for name in _SHOWN_BY if name in one.values] for one in rows})
    those = _("最接近的是：{near}。什么也没有写出。") if near else _("有 {count} 个，例如：{near}。什么也没有写出。")
    raise UsageWrong(
        _("{layer}里没有编号、代码或名称是“{words}”的。").format(layer=layer, words=words),
        those.format(count=len(rows), near="；".join(near or map(_shown, rows[:_NEAREST]))),
    )


def _issued_as(ws: Workspace, layer: str, number: str) -> set[str]:
    """To whom a card with this number was issued: people read the number from the card in their hand."""
    if "card_issue" not in ws.definitions:
        return set()
    papers = ws.find("card_issue", "card_no", unicodedata.normalize("NFKC", number).strip().upper())
    found = {one.text("subject") for one in papers if one.text("subject_layer") == layer}
    for one in (one for one in papers if not one.text("subject_layer")):  # the oldest name it by its layer's column
        own = next((name for name in ("household", "hazard_point") if one.text(name)), "")
        found |= {one.text(own)} if own == layer else set()
    return found


def _shown(one: Feature) -> str:
    """WD-W-0001 五虎山东采空塌陷; a code where there is no number."""
    told = [one.text(name) for name in _SHOWN_BY if name in one.values and one.text(name)]
    return " ".join(told) or one.uid


def place_called(product: Product, out: Path, district: str, given: Mapping[str, OptionValue]) -> Path:
    """Where a product goes: a file that is named gets just this name, one without the ending of a file the product's,
    a folder for it the name that the window gives. Raises UsageWrong where a folder is wanted and a file is named, or
    a file of another kind than these options make."""
    named = out.suffix.lower() in _FILES
    if product.folder:
        if named and not out.is_dir():
            raise UsageWrong(
                _("{title}一份一个文件，--out 后面的“{name}”是一个文件名。").format(title=product.title, name=out.name),
                _("请写文件夹，例如 --out {folder}。").format(folder=out.with_suffix("").name),
            )
        return out
    if out.is_dir():
        return out / product.own_name(district, given)
    ending = product.ending(given)
    if named and out.suffix.lower() != ending:
        raise UsageWrong(
            _("{title}这样出是 {ending} 文件，--out 后面的“{name}”不是。").format(
                title=product.title, ending=ending, name=out.name
            ),
            _("请写 --out {name}{other}。").format(
                name=out.with_suffix(ending).name,
                other=_("，或用 --set 格式=… 换格式") if any(one.key == "form" for one in product.options) else "",
            ),
        )
    return out if named else out.with_name(out.name + ending)


def product_lines() -> Iterator[str]:
    """Every product with its options and their values: Chinese, and the keys that scripts use."""
    for group, title in GROUPS.items():
        yield _("【{title}】").format(title=title)
        for one in (one for one in PRODUCTS.values() if one.group == group):
            only = _("，可以写 --only") if one.subjects else ""
            where = _("文件夹") if one.folder else _("文件")
            yield f"{one.key}　{one.title}" + _("（--out 写{where}{only}）").format(where=where, only=only)
            for option in one.choices:
                if option.key != PDF_STANDARD.key:
                    yield _line(option)
    yield _("【凡是 PDF 的都可以写】")
    yield _line(PDF_STANDARD)


def _line(option: Option) -> str:
    return f"    {option.label}（{option.key}）：{_fitting(option)}"


def _fitting(option: Option) -> str:
    if option.kind == "choice":
        usual = next((words for value, words in option.values if value == option.default), "")
        return "、".join(map(_told, option.values)) + (_("；不写就是“{usual}”").format(usual=usual) if usual else "")
    if option.kind == "switch":
        return _("是（yes）、否（no）；不写就是“{usual}”").format(usual=_("是") if option.default else _("否"))
    if option.kind == "number":
        return _("{low:g} 到 {high:g}；不写就是 {usual:g}").format(
            low=option.minimum, high=option.maximum, usual=float(option.default)
        )
    if option.kind == "ground":
        return _("空着是全区，或最小东、最小北、最大东、最大北四个数，用逗号隔开")
    return option.note or _("文字")


def _near(words: str, by_shown: Mapping[str, Iterable[str]]) -> list[str]:
    """The shown of what has `words` within its names or is written much like it, best first."""
    said = _same(words)
    ranked = []
    for shown, names in by_shown.items():
        scores = [_likeness(said, _same(one)) for one in names if one]
        if scores and max(scores) >= 0.5:
            ranked.append((-max(scores), shown))
    ranked.sort()
    alike = [shown for score, shown in ranked if score == -1.0]
    return alike or [shown for _score, shown in ranked[:_NEAREST]]


def _likeness(said: str, name: str) -> float:
    if _short(said) == _short(name):
        return 1.0
    if said and (said in name or name in said):
        return 0.9
    return difflib.SequenceMatcher(None, said, name).ratio()


def _short(name: str) -> str:
    """wd-w-1 of wd-w-0001: zeros are what people leave out."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", name)


def _same(words: str) -> str:
    """One spelling of what people type with full-width signs, spaces and capitals as it comes."""
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()
