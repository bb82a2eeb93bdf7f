"""Mongolian beside the Chinese, as the office typed it: a row of the `setting` layer for each Chinese phrase
(`mongolian.<phrase>`), so that it travels with the workspace, is journaled and can be undone.

The phrase itself is the key. Where the Chinese changes (a zone gets another name), the text no longer belongs to it and
is not printed: a Mongolian title that says something else than the Chinese is worse than none. Nothing is translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.reading import Reading

PREFIX = "mongolian."
SETTING = "setting"
LONGEST = 300  # characters of one text: a title, not a letter
# Unicode 16.0, blocks Mongolian (letters only) and Mongolian Supplement.
_LETTERS = (range(0x1820, 0x18AB), range(0x11660, 0x1166D))
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
_CHINESE = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))


@dataclass(frozen=True, slots=True)
class MongolianText:
    """`text` in logical order, words parted by spaces; a line break begins a column. `source`: who translated it."""

    text: str
    source: str = ""


def is_bilingual_row(key: str) -> bool:
    """Whether a row of the `setting` layer is a Mongolian text: such rows have a dialog of their own."""
    return key.startswith(PREFIX)


def phrase_key(chinese: str) -> str:
    """One spelling of a phrase, whatever space stands in it and around it."""
    return " ".join(chinese.split())


def mongolian_texts(ws: Reading) -> dict[str, MongolianText]:
    """What the office typed, by Chinese phrase as `phrase_key` spells it."""
    return {
        phrase: MongolianText(row.text("value"), row.text("source"))
        for phrase, row in _rows(ws).items()
        if row.text("value").strip()
    }


def set_mongolian(ws: Reading, texts: Mapping[str, MongolianText]) -> Edit:
    """These phrases get these texts; an empty text takes the phrase's row away. What is the same is left out.

    Raises EditRefused for a text without Mongolian letters, with Chinese in it, in a private encoding (Menksoft), or
    far too long.
    """
    rows = _rows(ws)
    deltas: list[Delta] = []
    told: list[str] = []
    for chinese, given in texts.items():
        phrase = phrase_key(chinese)
        text, source = _tidy(given.text), given.source.strip()
        row = rows.get(phrase)
        if not text:
            if row is not None:
                deltas.append(deleted(row))
                told.append(phrase)
            continue
        refuse_unfit(phrase, text)
        values = {"value": text, "source": source}
        if row is None:
            name = _("蒙古文 {phrase}").format(phrase=phrase)
            deltas.append(inserted(Feature(SETTING, new_uid(), None, {"key": PREFIX + phrase, "name": name, **values})))
        elif any(row.text(key) != one for key, one in values.items()):
            deltas.append(changed(row, row.with_values(**values)))
        else:
            continue
        told.append(phrase)
    more = _("等 {count} 处").format(count=len(told)) if len(told) > 2 else ""
    return Edit(_("填蒙古文：{phrases}{more}").format(phrases="、".join(told[:2]), more=more), deltas)


def refuse_unfit(phrase: str, text: str) -> None:
    """Raises EditRefused for what can't be the Mongolian of a phrase, saying which and what to do."""
    fault = _fault(text)
    if fault is not None:
        reason, remedy = fault
        raise EditRefused(_("“{phrase}”的蒙古文{reason}。").format(phrase=phrase, reason=reason), remedy)


def _fault(text: str) -> tuple[str, str] | None:
    signs = [ord(one) for one in text]
    if any(one in part for one in signs for part in _PRIVATE):
        return (
            _("是专用编码（如蒙科立编码），换一台电脑就成了乱码"),
            _("请让翻译单位给国际标准编码（Unicode）的文字，或用蒙科立的转换工具转好再贴。"),
        )
    if any(one in part for one in signs for part in _CHINESE):
        return _("里有汉字"), _("这里只填蒙古文，汉字程序自己印。")
    if not any(one in part for one in signs for part in _LETTERS):
        return (
            _("里没有一个蒙古文字母"),
            _("请贴传统蒙古文（竖写的，Unicode 编码）；没有就空着，只印汉文。"),
        )
    if len(text) > LONGEST:
        return _("有 {count} 个字符，太长").format(count=len(text)), _("请只填这一句，最多 {most} 个字符。").format(
            most=LONGEST
        )
    return None


def _tidy(text: str) -> str:
    """Without spaces at line ends and empty lines. U+202F before a suffix is no space and stays."""
    lines = [" ".join(part for part in line.replace("\t", " ").split(" ") if part) for line in text.splitlines()]
    return "\n".join(one for one in lines if one)


def _rows(ws: Reading) -> dict[str, Feature]:
    """By phrase; where another program left several rows of one phrase, the last counts."""
    return {
        phrase_key(row.text("key").removeprefix(PREFIX)): row
        for row in ws.table(SETTING)
        if is_bilingual_row(row.text("key"))
    }
