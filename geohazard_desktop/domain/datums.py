"""What titles, headings and file names say about the coordinates below them: datum, width and number of the zone,
central meridian. The words and codes stand in resources/rules/datums.toml with their source."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.rule_file import RuleTable, read_rules

FILE = "datums.toml"
OWN = "cgcs2000"
_UNKNOWN_WAYS = "without_parameters"
_THREE, _SIX = range(25, 46), range(13, 24)  # numbers of China's 3° and 6° zones: never the same
_DIGITS = str.maketrans("三六", "36")
_WIDTH = re.compile(r"几度分带[=:]?([36])|(?<![\d.])([36])(?:°|度)?分?带|(?<![\d.])([36])degree")
_ZONE = re.compile(r"带号[=:为]?第?(\d{2})(?!\d)|(?<![\d.])(\d{2})[号度]?带|zone(\d{2})(?!\d)")
_SCALE = re.compile(r"(?<!\d)1[:∶/]\d+")  # of a map: 1:2000 坐标系 names no datum
_MERIDIAN = re.compile(
    r"中央(?:经线|子午线)(?:经度)?(?:[=:为是])?(?:东经|e)?(\d{2,3}(?:\.\d+)?)(?:[°度](\d{1,2})(?:['′分]|$))?"
    r"|(?<![\d.])(\d{2,3}(?:\.\d+)?)(?:°|度)?(?:e)?中央(?:经线|子午线)"
    r"|cm(\d{2,3})(?!\d)|l0[=:](\d{2,3}(?:\.\d+)?)|(?<![\d.])(\d{3})(?:°|度)?带"
)


@dataclass(frozen=True, slots=True)
class Datum:
    """A datum as officers call it. The codes are EPSG's: of degrees, of the first 3° and 6° zone with its number in
    the easting, and of the first central meridian without. `shift` names the encryption of map services; `old`: no
    public parameters lead from it to CGCS2000."""

    key: str
    title: str
    words: tuple[str, ...]
    degrees: int
    zone_25: int
    meridian_75: int
    zone_13: int
    six_meridian_75: int
    old: bool
    shift: str | None = None

    def of_zone(self, number: int) -> int | None:
        """The code of a zone whose number stands in front of the eastings; None for a number that is no zone."""
        if number in _THREE:
            return self.zone_25 + number - 25
        return self.zone_13 + number - 13 if number in _SIX else None

    def of_meridian(self, meridian: float) -> int | None:
        """The code of eastings without a number; None for the meridian of a local system."""
        if meridian % 3 or not 75 <= meridian <= 135:
            return None
        return self.meridian_75 + round(meridian / 3) - 25


@dataclass(frozen=True, slots=True)
class Said:
    """What was said; nothing is None or empty. Several `datums` are a contradiction, or a story of a conversion.
    `unknown` is the title of a system of metres of which there are no parameters here (UTM, a town's own)."""

    datums: tuple[Datum, ...] = ()
    width: int | None = None
    zone: int | None = None
    meridian: float | None = None
    unknown: str = ""

    @property
    def datum(self) -> Datum | None:
        """The only datum."""
        return self.datums[0] if len(self.datums) == 1 else None

    @property
    def central(self) -> float | None:
        """The central meridian in degrees, said as such or by the zone's number."""
        return self.meridian if self.meridian is not None else meridian_of(self.zone)

    def odd_beside(self, number: int) -> str:
        """A sentence where eastings that begin with the zone's `number` are not what was said; "" where they agree."""
        meridian = meridian_of(number)
        if meridian is None:
            return ""
        told = []
        if self.width is not None and self.width != (3 if number in _THREE else 6):
            told.append(_("{width} 度带").format(width=self.width))
        if self.zone is not None and self.zone != number:
            told.append(_("第 {zone} 带").format(zone=self.zone))
        if self.meridian is not None and self.meridian != meridian:
            told.append(_("中央经线 {meridian:g}°").format(meridian=self.meridian))
        if not told:
            return ""
        words = _("文字写的是{told}，坐标的带号却是 {number}（中央经线 {meridian:g}°）；按坐标的带号读，请核对。")
        return words.format(told="、".join(told), number=number, meridian=meridian)

    def odd_itself(self) -> str:
        """A sentence where zone and meridian said do not belong together."""
        of_zone = meridian_of(self.zone)
        if of_zone is None or self.meridian is None or of_zone == self.meridian:
            return ""
        words = _(
            "文字写的第 {zone} 带（中央经线 {own:g}°）和中央经线 {meridian:g}° 对不上；按 {meridian:g}° 读，请核对。"
        )
        return words.format(zone=self.zone, own=of_zone, meridian=self.meridian)


def meridian_of(zone: int | None) -> float | None:
    """The central meridian of a zone, degrees east: the numbers of 3° and 6° zones do not overlap in China."""
    if zone is None:
        return None
    if zone in _THREE:
        return 3.0 * zone
    return 6.0 * zone - 3.0 if zone in _SIX else None


@cache
def datums() -> dict[str, Datum]:
    """All that are known, by key, CGCS2000 first. Raises DefinitionInvalid."""
    rules = read_rules(FILE)
    return {key: _datum(key, rules.table(key), rules) for key in rules.values if key != _UNKNOWN_WAYS}


@cache
def _unknown_systems() -> tuple[tuple[str, tuple[str, ...]], ...]:
    tables = read_rules(FILE).tables(_UNKNOWN_WAYS)
    return tuple((one.text("title"), one.texts("words")) for one in tables)


def _datum(key: str, table: RuleTable, rules: RuleTable) -> Datum:
    table.source()
    like = rules.table(table.text("like")) if "like" in table.values else table
    zone_25, meridian_75, zone_13, six = (
        int(like.number(one)) for one in ("zone_25", "meridian_75", "zone_13", "six_meridian_75")
    )
    return Datum(
        key,
        table.text("title"),
        table.texts("words"),
        int(table.number("degrees")),
        zone_25,
        meridian_75,
        zone_13,
        six,
        table.flag("old"),
        table.text("shift") if "shift" in table.values else None,
    )


def said_in(text: str) -> Said:
    """What `text` (titles, headings, a file's name; not the coordinates themselves) says."""
    plain = _SCALE.sub(" ", unicodedata.normalize("NFKC", text).lower())
    plain = re.sub(r"(?<=\d)[\s_\-–—]+(?=[\d三六])", " ", plain)  # 2000 3度带, 54 六度带: two numbers
    plain = re.sub(r"(?<!\d)[\s_\-–—“”\"]+|[\s_\-–—“”\"]+(?![\d三六]| )", "", plain)
    found = tuple(one for one in datums().values() if any(_stands(word, plain) for word in one.words))
    digits = plain.translate(_DIGITS)
    width, zone, meridian = _first(_WIDTH, digits), _first(_ZONE, digits), _first(_MERIDIAN, digits)
    number = int(zone) if zone else None
    unknown = next((title for title, words in _unknown_systems() if any(_stands(word, plain) for word in words)), "")
    return Said(
        found,
        int(width) if width else None,
        number if meridian_of(number) else None,
        _degrees(digits, meridian),
        unknown,
    )


def _stands(word: str, plain: str) -> bool:
    """Whether the word is there, not as a part of a longer number."""
    before = r"(?<![\d.])" if word[0].isdigit() else r"(?<![a-z])" if word[0].isalpha() and word[0].isascii() else ""
    after = r"(?![\d.])" if word[-1].isdigit() else ""
    return re.search(before + re.escape(word) + after, plain) is not None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return next((one for one in found.groups() if one), None) if found else None


def _degrees(text: str, whole: str | None) -> float | None:
    if whole is None:
        return None
    found = _MERIDIAN.search(text)
    minutes = found.group(2) if found else None
    return float(whole) + float(minutes or 0) / 60.0
