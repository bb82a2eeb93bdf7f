"""Which encoding a file's text is in: tried on the bytes, because what files say about themselves is often wrong.

Order: what the user says; what the file says (.cpg, code page byte), if every text really decodes; UTF-8 strictly;
GB18030 strictly. A single-byte page such as Latin-1 decodes anything and is believed only where nothing else fits.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import refused

_CHINESE = {"gbk", "gb2312", "gb18030", "cp936"}
_ANYTHING_GOES = {"iso8859-1", "latin_1", "cp1252", "iso8859-15", "cp1250", "cp1251", "cp437", "cp850", "ascii"}
_ALIASES = {
    "936": "gb18030",
    "cp936": "gb18030",
    "oem936": "gb18030",
    "ansi936": "gb18030",
    "ansi": "gb18030",
    "65001": "utf-8",
    "utf8": "utf-8",
    "950": "cp950",
    "oem": "latin_1",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` decodes in Python, `title` is what people call it, `sentence` says why; `doubt`: please look."""

    codec: str
    title: str
    sentence: str
    doubt: bool = False


def known_codec(name: str) -> str | None:
    """Python's codec for a name as people and .cpg files write it (GBK, 936, ANSI 936, UTF-8); None if unknown."""
    plain = name.strip().lower().replace(" ", "").replace("_", "")
    plain = _ALIASES.get(plain.replace("-", ""), name.strip())
    try:
        found = codecs.lookup(plain).name
    except LookupError:
        return None
    return "gb18030" if found in _CHINESE else found


def title_of(codec: str, texts: Sequence[bytes] = ()) -> str:
    """What people call a codec: GBK where the text fits into it, else GB18030."""
    if codec == "gb18030":
        return "GBK" if bad_texts(texts, "gbk") == 0 else "GB18030"
    return {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp950": "Big5"}.get(codec, codec.upper())


def bad_texts(texts: Sequence[bytes], codec: str) -> int:
    """How many of `texts` do not decode. A character cut at the very end of a text (full field) is no fault."""
    count = 0
    for text in texts:
        try:
            text.decode(codec)
        except UnicodeDecodeError as error:
            cut = error.reason.startswith(("unexpected end", "incomplete"))
            count += not (cut and error.start > 0)
    return count


def choose(texts: Sequence[bytes], declared: Sequence[tuple[str, str]], asked: str | None, name: str) -> Encoding:
    """The encoding of `texts` (raw values and headings of file `name`).

    `declared` pairs an encoding's name with where it stands (".cpg 文件"). Raises ImportRefused when the asked one is
    unknown or does not fit.
    """
    high = [one for one in texts if not one.isascii()]
    if asked:
        return _asked(high, asked, name)
    if not high:
        return Encoding("utf-8", "UTF-8", _("文字只有英文和数字，哪种编码都一样。"))
    said = ""
    for word, where in declared:
        codec = known_codec(word)
        if codec is None or codec in _ANYTHING_GOES:
            said += _("{where}写的是 {word}，不能说明汉字的编码。").format(where=where, word=word)
            continue
        bad = bad_texts(high, codec)
        if bad == 0:
            title = title_of(codec, high)
            return Encoding(codec, title, _("{where}写的是 {word}，按它读没有坏字。").format(where=where, word=word))
        said += _("{where}写的是 {word}，按它读有 {bad} 处坏字，不采用。").format(where=where, word=word, bad=bad)
    if not declared:
        said = _("文件没有写明编码。")
    return _tried(high, said, name)


def of_text_file(raw: bytes, declared: Sequence[tuple[str, str]], asked: str | None, name: str) -> Encoding:
    """The encoding of a whole text file, by the mark at its beginning where it has one; else as `choose` finds it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Encoding("utf-16", "UTF-16", _("文件开头有 UTF-16 的标记。"))
    if raw.startswith(b"\xef\xbb\xbf"):
        return Encoding("utf-8-sig", "UTF-8", _("文件开头有 UTF-8 的标记。"))
    return choose(raw.splitlines(), declared, asked, name)


def _asked(high: Sequence[bytes], asked: str, name: str) -> Encoding:
    codec = known_codec(asked)
    if codec is None:
        raise refused(_("不认识编码“{asked}”。").format(asked=asked), _("请写 GBK 或 UTF-8，或不写，由程序判断。"))
    bad = bad_texts(high, codec)
    if bad:
        raise refused(
            _("{name} 按 {asked} 读有 {bad} 处坏字。").format(name=name, asked=asked, bad=bad),
            _("请不写编码，由程序判断，或换一种（GBK、UTF-8）。"),
        )
    return Encoding(codec, title_of(codec, high), _("编码按您写的 {asked}。").format(asked=asked))


def _tried(high: Sequence[bytes], said: str, name: str) -> Encoding:
    bad_utf, bad_gb = bad_texts(high, "utf-8"), bad_texts(high, "gb18030")
    if bad_utf == 0 and not (bad_gb == 0 and _commonness(high, "gb18030") > _commonness(high, "utf-8") + 0.3):
        words = _("按 UTF-8 读，{count} 处汉字都读得出。").format(count=len(high))
        return Encoding("utf-8", "UTF-8", said + words)
    if bad_gb == 0:
        title = title_of("gb18030", high)
        words = _("按 {title} 读，{count} 处汉字都读得出，例如“{sample}”；按 UTF-8 读有 {bad} 处坏字。").format(
            title=title, count=len(high), sample=high[0].decode("gb18030", "replace")[:12], bad=bad_utf
        )
        return Encoding("gb18030", title, said + words)
    if not bad_texts(high, "cp950") and _commonness(high, "cp950") > 0.3:
        return Encoding("cp950", "Big5", said + _("按 Big5 读没有坏字。"), doubt=True)
    raise refused(
        _("{name} 的文字按 UTF-8 读有 {utf} 处坏字，按 GBK 读有 {gb} 处坏字，看不出是哪种编码。").format(
            name=name, utf=bad_utf, gb=bad_gb
        ),
        _("请问清楚编码，用 --encoding 写明后再导入。"),
    )


def _commonness(texts: Sequence[bytes], codec: str) -> float:
    """The share of everyday hanzi (GB 2312 level 1) among the non-ASCII characters."""
    joined = "".join(one.decode(codec, "ignore") for one in texts[:2000])
    high = [one for one in joined if ord(one) > 127]
    return sum(map(is_everyday, high)) / len(high) if high else 0.0


def is_everyday(character: str) -> bool:
    """Whether a character is one of the 3755 everyday hanzi of GB 2312 level 1."""
    try:
        raw = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and 0xB0 <= raw[0] <= 0xD7


def unscrambled(texts: Sequence[str]) -> tuple[list[str], str] | None:
    """Undo mojibake in texts that were decoded wrongly before they came (Ê¾Àý, 绀轰緥 for 示例).

    Returns the texts set right and which mistake it was, or None when they are sound. All must agree.
    """
    high = [one for one in texts if not one.isascii()]
    if not high:
        return None
    joined = "".join(high)
    before = sum(map(is_everyday, joined)) / max(1, sum(ord(one) > 127 for one in joined))
    for wrong, right, words in (
        ("latin-1", "gb18030", _("GBK 的文字曾按西文读过")),
        ("latin-1", "utf-8", _("UTF-8 的文字曾按西文读过")),
        ("gb18030", "utf-8", _("UTF-8 的文字曾按 GBK 读过")),
    ):
        try:
            fixed = {one: one.encode(wrong).decode(right) for one in high}
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        whole = "".join(fixed.values())
        after = sum(map(is_everyday, whole)) / max(1, sum(ord(one) > 127 for one in whole))
        if after > max(0.6, before + 0.3):
            return [fixed.get(one, one) for one in texts], words
    return None
