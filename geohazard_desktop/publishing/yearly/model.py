"""The yearly plan as data, before it is a Word file or a PDF: headings, paragraphs, tables, figures, and the blanks
that a person has to fill. Two writers read it, so both files say the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import registered
from geohazard_desktop.publishing.pictures.picture_forms import MapPicture
from geohazard_desktop.publishing.sheets.map_forms import Profile

Series = Literal["表", "图", "附表"]
Look = Literal["body", "centre", "right", "left"]
Side = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Blank:
    """Something unknown, or for a person to decide: printed so that nobody takes it for text. `words` say what; none
    in a table, whose column says it."""

    words: str = ""

    @property
    def shown(self) -> str:
        """〔请填写：文号〕. All begin alike, so that one search finds every one of them."""
        return _("〔请填写：{words}〕").format(words=self.words) if self.words else _("〔请填写〕")


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of a table or figure of the plan, by its key."""

    key: str


Run = str | Blank | Ref
Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 or 2; `numbered`: 一、 and （一） are counted, never written."""

    level: int
    words: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """`wide` is a share of the table's width, not a length."""

    title: str
    wide: float
    side: Side = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` have a text for each column. `total`: the last row sums the others. `small`: a wide list in small type."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str = ""
    total: bool = False
    small: bool = False
    series: Series = "表"


@dataclass(frozen=True, slots=True)
class Figure:
    """A map with its legend: the picture's form, and the SVG texts that it names."""

    key: str
    caption: str
    picture: MapPicture
    images: Mapping[str, str]
    series: Series = "图"

    @property
    def alt(self) -> str:
        return self.picture.map.alt


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one orientation."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyPlan:
    """`cover` are (label, text) lines above the title, `maker` and `day` stand below it."""

    title: Text
    plain_title: str
    profile: Profile
    mark: str  # on each page: for whom it is
    maker: Text
    day: Text
    cover: tuple[tuple[str, Text], ...]
    parts: tuple[Part, ...]
    schematic: bool = False
    drafts: tuple[str, ...] = field(default=())

    @property
    def blocks(self) -> Iterator[Block]:
        for part in self.parts:
            yield from part.blocks

    @property
    def tables(self) -> list[Table]:
        return [one for one in self.blocks if isinstance(one, Table)]

    def labels(self) -> dict[str, tuple[Series, int]]:
        """The number of each table and figure by its key, counted through the plan."""
        found: dict[str, tuple[Series, int]] = {}
        counts: dict[Series, int] = {}
        for one in self.blocks:
            if isinstance(one, Table | Figure):
                counts[one.series] = counts.get(one.series, 0) + 1
                found[one.key] = one.series, counts[one.series]
        return found

    def blanks(self) -> list[Blank]:
        """Those of cover and text, in reading order; those of tables are in `table_blanks`."""
        texts = [words for _label, words in self.cover] + [self.title, self.maker, self.day]
        texts += [one.text for one in self.blocks if isinstance(one, Paragraph)]
        return [run for text in texts for run in text if isinstance(run, Blank)]

    def table_blanks(self) -> dict[tuple[str, str], int]:
        """How many cells are left to fill, by table and column title."""
        found: dict[tuple[str, str], int] = {}
        for table in self.tables:
            for row in table.rows:
                for column, text in zip(table.columns, row, strict=True):
                    if any(isinstance(run, Blank) for run in text):
                        found[table.key, column.title] = found.get((table.key, column.title), 0) + 1
        return found

    def changed(self, change: Callable[[str], Run]) -> "YearlyPlan":
        """Every text run put through `change`. Captions and headings are the program's own words and stay."""

        def of(text: Text) -> Text:
            return tuple(change(run) if isinstance(run, str) else run for run in text)

        def block(one: Block) -> Block:
            if isinstance(one, Paragraph):
                return replace(one, text=of(one.text))
            if isinstance(one, Table):
                return replace(one, rows=tuple(tuple(of(text) for text in row) for row in one.rows))
            return one

        return replace(
            self,
            cover=tuple((label, of(text)) for label, text in self.cover),
            maker=of(self.maker),
            parts=tuple(replace(part, blocks=tuple(block(one) for one in part.blocks)) for part in self.parts),
        )


def label_words(label: tuple[Series, int]) -> str:
    """表 3."""
    return f"{label[0]} {label[1]}"


def said(value: str | float | int | None, what: str = "") -> Text:
    """A value as text; a blank where there is none."""
    if isinstance(value, bool) or value is None or value == "":
        return (Blank(what),)
    return (value if isinstance(value, str) else registered(value),)


def quiet(value: str | None) -> Text:
    """A value that may well not exist (a remark): nothing where there is none."""
    return (value,) if value else ()


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """一 to 九十九, as headings count."""
    ten, one = divmod(number, 10)
    tens = "" if not ten else "十" if ten == 1 else _DIGITS[ten] + "十"
    return tens + (_DIGITS[one] if one or not ten else "")


def heading_numbers(blocks: Iterator[Block]) -> Iterator[tuple[Heading, str]]:
    """Each heading with its number: 一、 or （一）; "" for one that is not counted."""
    first = second = 0
    for one in blocks:
        if not isinstance(one, Heading):
            continue
        if not one.numbered:
            yield one, ""
        elif one.level == 1:
            first, second = first + 1, 0
            yield one, f"{chinese_number(first)}、"
        else:
            second += 1
            yield one, f"（{chinese_number(second)}）"
