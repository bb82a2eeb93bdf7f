"""The fonts of what is printed: which the machine has, and which characters none of them can print.

Noto CJK first, then what Windows, 麒麟 and 统信 bring along. A character that no font covers is found before printing:
paper with tofu where a name should stand is worse than no paper.
"""

import struct
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    import typst

HEI = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
SONG = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "NSimSun",
    "STSong",
    "FangSong",
    "AR PL UMing CN",
)
# Titles in 宋 need a bold; SimSun has none, and a missing weight falls back to the regular in silence.
SONG_BOLD = ("FZXiaoBiaoSong-B05S", "STZhongsong")
# Fonts of the traditional script, free ones first; Windows brings Mongolian Baiti along.
MONGOLIAN = ("Noto Sans Mongolian", "Mongolian Baiti", "Menksoft Qagan")
FALLBACK = (
    "SimSun-ExtB",
    "SimSun-ExtG",
    "MingLiU-ExtB",
    "Plangothic P1",
    "Plangothic P2",
    "HanaMinB",
    "HanaMinA",
    "BabelStone Han",
    *MONGOLIAN,
    "Noto Emoji",
    "Noto Color Emoji",
    "Segoe UI Emoji",
    "Segoe UI Symbol",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "DejaVu Sans",
)
BOLD_FROM = 600
# Signs that print nothing by themselves: joiners, direction marks, variation selectors, Mongolian vowel separators.
_UNPRINTED = frozenset(
    [
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE1000),
        0xAD,
        0xFEFF,
        *range(0x180B, 0x1810),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)


def acts_on_others(character: str) -> bool:
    """True for joiners and variation selectors, which only change how their neighbours are drawn."""
    return ord(character) in _UNPRINTED


@dataclass(slots=True)
class PaperFonts:
    """The families that paper is set in, best first. `found` is Typst's own list, searched once."""

    hei: str
    song: str
    song_bold: str
    fallback: tuple[str, ...]
    found: "typst.Fonts"
    mongolian: str = ""  # "" where the machine has none
    _maps: list["CharacterMap"] = field(default_factory=list)
    _known: dict[str, bool] = field(default_factory=dict)

    def families(self) -> dict[str, list[str]]:
        """For the templates: each of `hei`, `song`, `song_bold`, `mongolian` with all that may stand in for it."""
        rest = list(self.fallback)
        return {
            "hei": [self.hei, self.song, *rest],
            "song": [self.song, self.hei, *rest],
            "song_bold": list(dict.fromkeys([self.song_bold, self.song, self.hei, *rest])),
            "mongolian": list(dict.fromkeys([*filter(None, [self.mongolian]), self.hei, self.song, *rest])),
        }

    def refuse_missing(self, family: str) -> None:
        """Raises FontMissing where the machine lacks a family that the office has chosen."""
        if all(one.family != family for one in self.found.fonts()):
            raise FontMissing(
                _("版面设置里选了字体 {family}，这台电脑上没有，没有印任何东西。").format(family=family),
                _("请安装这个字体，或在“出图 → 模板”里改成“由程序挑选”。"),
            )

    def refuse_without_mongolian(self, phrase: str) -> None:
        """Raises FontMissing where the Mongolian of `phrase` is to be printed and no font has the script."""
        if not self.mongolian:
            raise FontMissing(
                _("“{phrase}”要印蒙古文，这台电脑上没有蒙古文字体（{fonts}），没有印。").format(
                    phrase=phrase, fonts="、".join(MONGOLIAN)
                ),
                _(
                    "请安装 {first}（Debian、麒麟、统信装软件包 fonts-noto-core；也可以放进“打印模板/fonts”），"
                    "或关掉“蒙汉双语”只印汉文。"
                ).format(first=MONGOLIAN[0]),
            )

    def covers(self, character: str) -> bool:
        """True when one of the fonts has a glyph for the character, or it prints nothing by itself."""
        known = self._known.get(character)
        if known is None:
            code = ord(character)
            known = code in _UNPRINTED or character.isspace() or any(one.covers(code) for one in self._maps)
            self._known[character] = known
        return known


@cache
def paper_fonts(folders: tuple[Path, ...] = ()) -> PaperFonts:
    """The machine's fonts, those in `folders` (an office's own) included.

    Raises FontMissing naming what to install where no Chinese font of one of the two kinds is found.
    """
    import typst

    found = typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(one) for one in folders]
    )
    faces: dict[str, list[Any]] = {}
    for one in found.fonts():
        faces.setdefault(one.family, []).append(one)
    hei = _first(HEI, faces, _("黑体"))
    song = _first(SONG, faces, _("宋体"))
    heavy = any(one.weight >= BOLD_FROM for one in faces[song])
    song_bold = song if heavy else next((one for one in SONG_BOLD if one in faces), hei)
    fallback = tuple(one for one in FALLBACK if one in faces)
    chosen = dict.fromkeys([hei, song, song_bold, *fallback])
    # The regular and the bold of a family cover the same characters: one map a family.
    maps = [CharacterMap.read(Path(faces[one][0].path), faces[one][0].index) for one in chosen if faces[one][0].path]
    mongolian = next((one for one in MONGOLIAN if one in faces), "")
    return PaperFonts(hei, song, song_bold, fallback, found, mongolian, maps)


def _first(wanted: tuple[str, ...], faces: Mapping[str, Any], kind: str) -> str:
    for name in wanted:
        if name in faces:
            return name
    raise FontMissing(
        _("这台电脑上没有可以印的{kind}，需要 {first}（或 {others}），没有印任何东西。").format(
            kind=kind, first=wanted[0], others="、".join(wanted[1:4])
        ),
        _("请安装字体 {first}（Debian、麒麟、统信装软件包 fonts-noto-cjk 和 fonts-noto-cjk-extra），再印一次。").format(
            first=wanted[0]
        ),
    )


@dataclass(frozen=True, slots=True)
class CharacterMap:
    """Which characters a font file has: sorted, separate ranges of code points."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, code: int) -> bool:
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]

    @classmethod
    def read(cls, path: Path, index: int = 0) -> "CharacterMap":
        """Read the `cmap` table (OpenType 1.9, cmap formats 4, 6, 12 and 13) of face `index` of a font file."""
        with path.open("rb") as stream:
            start = 0
            if stream.read(4) == b"ttcf":
                stream.seek(12 + 4 * index)
                (start,) = struct.unpack(">I", stream.read(4))
            stream.seek(start + 4)
            (count,) = struct.unpack(">H6x", stream.read(8))
            for tag, _sum, offset, length in struct.iter_unpack(">4sIII", stream.read(16 * count)):
                if tag == b"cmap":
                    stream.seek(offset)
                    return cls._parse(stream.read(length))
        return cls((), ())

    @classmethod
    def _parse(cls, table: bytes) -> "CharacterMap":
        (count,) = struct.unpack_from(">2xH", table)
        offsets = {offset for _p, _e, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])}
        pairs: list[tuple[int, int]] = []
        for offset in offsets:
            (kind,) = struct.unpack_from(">H", table, offset)
            reader = {4: _format_4, 6: _format_6, 12: _format_12, 13: _format_12}.get(kind)
            if reader is not None:
                pairs += reader(table, offset)
        merged: list[list[int]] = []
        for first, last in sorted(pairs):
            if merged and first <= merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], last)
            else:
                merged.append([first, last])
        return cls(tuple(one[0] for one in merged), tuple(one[1] for one in merged))


def _format_12(table: bytes, offset: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", table, offset + 12)
    groups = struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * count])
    return [(first, last) for first, last, glyph in groups if glyph or last > first]


def _format_6(table: bytes, offset: int) -> list[tuple[int, int]]:
    first, count = struct.unpack_from(">HH", table, offset + 6)
    return [(first, first + count - 1)] if count else []


def _format_4(table: bytes, offset: int) -> list[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", table, offset + 6)
    count = double // 2
    at = offset + 14
    ends = struct.unpack_from(f">{count}H", table, at)
    starts = struct.unpack_from(f">{count}H", table, at + double + 2)
    deltas = struct.unpack_from(f">{count}H", table, at + 2 * double + 2)
    offsets_at = at + 3 * double + 2
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    pairs = []
    for number in range(count):
        first, last = starts[number], ends[number]
        if first > last or first == 0xFFFF:
            continue
        if offsets[number] == 0:
            pairs.append((first, last))
            continue
        # A glyph of 0 in the array means that the font lacks the character although the segment spans it.
        base = offsets_at + 2 * number + offsets[number]
        for code in range(first, last + 1):
            place = base + 2 * (code - first)
            if place + 2 <= len(table):
                (glyph,) = struct.unpack_from(">H", table, place)
                if glyph and (glyph + deltas[number]) & 0xFFFF:
                    pairs.append((code, code))
    return pairs
