"""Papers of a 警示图 and where its blocks stand on each of them.

Blocks are laid out in millimetres of a design that is read at its own distance (an A3 at one metre), and the whole is
enlarged for a wall: a public A1 is read at two metres as an A3 is at one, the office's is a larger map beside panels
that one steps up to. Millimetres of paper are those of the design times `factor`; symbols and names of the map are
enlarged by `map_factor`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.sheets.legend_band import Area, LegendBand, banded
from geohazard_desktop.publishing.sheets.paper_sizes import PAPERS, Margins, Paper

if TYPE_CHECKING:
    from geohazard_desktop.publishing.sheets.map_forms import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Form):
    """A column of panels on the first page: "routes", "signal", "legend", "foot" (说明 beside 图签), "title" (图签),
    "facts" (危险区情况 or 隐患点情况), "notes" (说明 run on in lines), "strip" (图签 in two rows above them), "signs"
    (前兆迹象), "drafts" (拟划 and the names of these zones)."""

    box: Area
    panels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout(Form):
    """Where everything stands, in mm of the design. `map` is the block with its frame; `picture` the map in it.
    `more` are the columns of every further page. `inset` is the picture of the 位置图; scale and
    names of drafts are `furniture` times as large as usual. `band` has the legend of a public sheet."""

    width: float
    height: float
    factor: float
    map_factor: float
    title: Area
    map: Area
    picture: Area
    columns: tuple[Column, ...]
    more: tuple[Area, ...]
    inset: tuple[float, float] = (50.0, 52.0)
    furniture: float = 1.0
    portrait: bool = False
    band: LegendBand | None = None

    @property
    def unit(self) -> float:
        """Millimetres of the map's own drawing in one of the design."""
        return self.factor / self.map_factor

    @property
    def bare(self) -> Margins:
        """Millimetres of the paper at its left, top, right and lower side on which nothing stands."""
        beside, above = self.title[0] * self.factor, self.title[1] * self.factor
        return beside, above, beside, above

    @property
    def drawing(self) -> tuple[float, float]:
        """The size of the map's own drawing, mm."""
        return self.picture[2] * self.unit, self.picture[3] * self.unit


def paper_of(key: str) -> Paper:
    """Raises ExportRefused for a paper that there is not."""
    if key not in PAPERS:
        raise ExportRefused(
            _("没有“{sheet}”这种图幅。").format(sheet=key),
            _("可以是：{papers}。").format(papers="、".join(f"{one.key}（{one.title}）" for one in PAPERS.values())),
        )
    return PAPERS[key]


UNKNOWN = ("",) * 24  # the lines of a legend, as far as one knows before its map is drawn


def sheet_layout(
    paper: Paper, profile: "Profile", routes: int = 0, *, facts: bool = False, signs: bool = False
) -> SheetLayout:
    """`routes`: how many rows its table will have; `facts`: whether it has 危险区情况 or 隐患点情况; `signs`: whether
    a public one has 前兆迹象. On small papers the map takes what a short table leaves."""
    if profile == "public":
        return next(public_layouts(paper, routes, signs=signs))
    return _internal(paper, routes, facts=facts)


def public_layouts(
    paper: Paper,
    routes: int,
    *,
    signs: bool,
    drafts: bool = False,
    legend: Sequence[str] | None = UNKNOWN,
) -> Iterator[SheetLayout]:
    """The layouts among which a public sheet chooses the one with the largest map. `drafts`: whether it names zones
    that are only 拟划; `legend`: its lines, None where the map explains itself."""
    whole = _public(paper, routes, signs=signs, drafts=drafts)
    if legend is None:
        yield whole
    else:
        yield from banded(whole, legend)


def _top(edge: float, factor: float) -> float:
    """A title may stand a little higher than the rest, but office printers cut what is nearer than 9 mm to the edge."""
    return max(edge - 1.0, 9.0 / factor)


# -- internal: a map in its frame, panels beside it or below -----------------------------------------------------------

_BAND = 6.0  # frame labels around the picture
# Design mm are so much larger on paper. A4 lies in the hand, but nothing of it may be set under 6 pt. The office's wall
# sheet is no enlarged A3: names of its map, of 16 to 23 pt, are read from two metres, its panels by whoever steps up to
# them, and the paper that these leave shows more at a larger scale.
_FACTORS = {"A3": 1.0, "A4": 0.85, "A4L": 0.85, "A1": 1.5, "A0": 1.8, "slide": 1.3}
_MAP_FACTORS = {"A1": 1.8, "A0": 2.1, "slide": 1.3}  # of symbols and names


_WALL_EDGE = 20.0  # mm of paper: to be held by, and what it leaves of an A1 is six tiles of A3, not eight
_NOTES = 15.0  # 说明 run on across an A4 upright
_LEAST_BELOW, _MOST_BELOW = 107.0, 121.0  # of the columns below its map: the legend and 图签 need the least
_BELOW_BUT_ROWS, _ROW = 54.0, 7.2  # head of the table, speeds, signal; a row
_FACTS = 75.0  # 危险区情况 with its keepers of shelters, 隐患点情况 of one taken off the list, and the gap above


def _internal(paper: Paper, routes: int, *, facts: bool) -> SheetLayout:
    factor = _FACTORS[paper.key]
    width, height = paper.width / factor, paper.height / factor
    edge = max(10.0, (_WALL_EDGE if paper.wall else 9.5) / factor) if paper.key != "slide" else 6.0
    wide = width - 2 * edge
    own = ("facts",) if facts else ()
    if paper.key == "A4":
        top = edge + 30.0
        half = (wide - 3.0) / 2
        high = min(max(_BELOW_BUT_ROWS + _ROW * routes, _LEAST_BELOW if not facts else 0.0), _MOST_BELOW)
        high = max(high + _FACTS, _LEAST_BELOW) if facts else high
        foot = height - edge - _NOTES
        below = foot - 3.0 - high
        block = (edge, top, wide, below - 3.0 - top)
        columns: tuple[Column, ...] = (
            Column(box=(edge, below, half, high), panels=("routes", "signal", *own)),
            Column(box=(edge + half + 3.0, below, half, high), panels=("legend", "title")),
            Column(box=(edge, foot, wide, _NOTES), panels=("notes",)),
        )
        title: Area = (edge, _top(edge, factor), wide, 28.0)
    else:
        beside = {"A4L": 150.0, "slide": 104.0}.get(paper.key, 160.0)
        band = 13.0 if paper.key == "slide" else 20.0
        top = _top(edge, factor) + band + 2.5 if paper.key != "slide" else edge + band + 2.0
        high = height - top - edge + (0.5 if factor >= 1 and paper.key != "slide" else 0.0)
        gap = 4.0
        block = (edge, top, wide - beside - gap, high)
        # What one zone's facts take is the legend's, which has little to explain there.
        panels = {
            "A4L": ("routes", "signal", *own, "legend", "strip"),
            "slide": ("signal", *own, "legend"),
        }.get(paper.key, ("routes", "signal", *own, "legend", "foot"))
        columns = (Column(box=(edge + wide - beside, top, beside, high), panels=panels),)
        title = (edge, _top(edge, factor) if paper.key != "slide" else edge, wide, band)
    more_top = edge + 20.0
    more_high = height - more_top - edge
    count = 1 if wide < 250 else 2 if wide < 500 else 3
    each = min(160.0, (wide - (count - 1) * 8.0) / count) if count > 1 else min(wide, 160.0)
    more = tuple((edge + number * (each + 8.0), more_top, each, more_high) for number in range(count))
    if paper.key == "slide":
        more = ((edge, more_top, 150.0, more_high), (edge + 154.0, more_top, wide - 154.0, more_high))
    return SheetLayout(
        width=width,
        height=height,
        factor=factor,
        map_factor=_MAP_FACTORS.get(paper.key, 1.0),
        title=title,
        map=block,
        picture=(block[0] + _BAND, block[1] + _BAND, block[2] - 2 * _BAND, block[3] - 2 * _BAND),
        columns=columns,
        more=more,
        inset=(30.0, 31.0) if paper.key == "slide" else (40.0, 42.0) if factor < 1 else (50.0, 52.0),
        furniture=0.7 if paper.key == "slide" else 1.0,
        portrait=paper.key == "A4",
    )


# -- public: four things to be read from the last row ------------------------------------------------------------------

_PANELS = ("signal", "where", "donts", "phone")
_PUBLIC_FACTORS = {"A3": 1.0, "A4": 210 / 297, "A4L": 210 / 297, "A1": 2.0, "A0": 841 / 297, "slide": 0.75}
_BESIDE = 124.0
_TITLE_HIGH, _IMPRINT = 31.0, 21.0
_SHARES = (50.0, 72.0, 63.0, 39.0)  # heights of the panels on A3
_SHARES_OF_FOUR = (48.0, 79.0, 60.0, 37.0)  # the most that find room in large letters
_SHARES_OF_MANY = (46.0, 100.0, 44.0, 34.0)  # a list of many ways is what people stand before the longest
_LARGE_ROWS = 4  # ways that find room in large letters
# 前兆迹象 run above the map, which has room to give: beside it they would make the signal and the ways smaller.
_SIGNS_HIGH = 21.0
_DRAFTS_HIGH, _BELOW_DRAFTS = 9.0, 2.0  # the bar between title and map: on the map it would hide what it speaks of
SIGNS_ROOM = 72  # characters that find room there in letters of streets' names (sheet_public.typ)


def _public(paper: Paper, routes: int, *, signs: bool, drafts: bool) -> SheetLayout:
    factor = _PUBLIC_FACTORS[paper.key]
    width, height = paper.width / factor, paper.height / factor
    edge = 13.0 if factor < 0.74 else 10.0
    wide = width - 2 * edge
    many = routes > _LARGE_ROWS
    top, bottom = _top(edge, factor) + _TITLE_HIGH + 3.0, height - _IMPRINT - (edge - 10.0)
    if paper.key == "A4":
        half = (wide - 3.0) / 2
        signal, where = (40.0, 84.0) if many else (45.0, 79.0) if routes == _LARGE_ROWS else (52.0, 72.0)
        high = signal + 3.0 + where
        below = bottom - high
        block: Area = (edge, top, wide, below - 3.0 - top)
        boxes: list[Area] = [
            (edge, below, half, signal),
            (edge, below + signal + 3.0, half, where),
            (edge + half + 3.0, below, half, high - 42.0),
            (edge + half + 3.0, below + high - 39.0, half, 39.0),
        ]
    else:
        block = (edge, top, wide - _BESIDE - 4.0, bottom - top)
        room = bottom - top - 9.0
        shares = _SHARES_OF_MANY if many else _SHARES_OF_FOUR if routes == _LARGE_ROWS else _SHARES
        boxes = []
        at = top
        for share in shares:
            high = room * share / sum(shares)
            boxes.append((edge + wide - _BESIDE, at, _BESIDE, high))
            at += high + 3.0
    panels = [Column(box=box, panels=(panel,)) for box, panel in zip(boxes, _PANELS, strict=True)]
    for wanted, panel, tall, gap in (
        (drafts, "drafts", _DRAFTS_HIGH, _BELOW_DRAFTS),
        (signs, "signs", _SIGNS_HIGH, 3.0),
    ):
        if wanted:
            left, upper, across, high = block
            block = (left, upper + tall + gap, across, high - tall - gap)
            panels.append(Column(box=(left, upper, across, tall), panels=(panel,)))
    return SheetLayout(
        width=width,
        height=height,
        factor=factor,
        map_factor=max(factor, 0.85),
        title=(edge, _top(edge, factor), wide, _TITLE_HIGH),
        map=block,
        picture=block,
        columns=tuple(panels),
        more=((edge, edge + 26.0, wide, bottom - edge - 26.0),),
        portrait=paper.key == "A4",
    )
