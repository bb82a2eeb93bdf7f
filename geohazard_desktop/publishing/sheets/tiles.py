"""A wall sheet cut into parts for offices without a plotter: which part of it lies on which sheet of A4 or A3.

What is cut is what is printed. Its white margin would ask for a further row or column that holds nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.sheets.paper_sizes import Margins, Paper

MAP_TILES = "map_tiles"
EDGE = 10.0  # mm that office printers may leave white, and where the part's number stands
_SIZES: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile(Form):
    """A part: row and column from 1, its number in reading order, its place on the whole sheet in mm. A strip at its
    right or lower side is glued under the next part. The first begins where the sheet's margin ends."""

    row: int
    column: int
    number: int
    left: float
    top: float
    glue_right: bool
    glue_below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiling(Form):
    """All parts of a sheet of `whole` mm on paper of `width` by `height`; each shows `across` by `down` mm."""

    paper: str
    width: float
    height: float
    edge: float
    overlap: float
    across: float
    down: float
    rows: int
    columns: int
    whole: tuple[float, float]
    tiles: tuple[Tile, ...]


def tiling(paper: Paper, bare: Margins, onto: str, overlap: float) -> Tiling:
    """The parts of `paper`, but for its `bare` margins, on `onto` ("A4", "A3") with `overlap` mm shared by neighbours,
    the way round that needs the fewest."""
    ways = [_tiled(paper, bare, onto, wide, high, overlap) for wide, high in (_SIZES[onto], _SIZES[onto][::-1])]
    return min(ways, key=lambda one: len(one.tiles))


def _tiled(paper: Paper, bare: Margins, onto: str, wide: float, high: float, overlap: float) -> Tiling:
    across, down = wide - 2 * EDGE, high - 2 * EDGE
    left, top, right, below = bare
    columns = max(1, ceil((paper.width - left - right - overlap) / (across - overlap) - 1e-9))
    rows = max(1, ceil((paper.height - top - below - overlap) / (down - overlap) - 1e-9))
    tiles = tuple(
        Tile(
            row=row + 1,
            column=column + 1,
            number=row * columns + column + 1,
            left=left + column * (across - overlap),
            top=top + row * (down - overlap),
            glue_right=column < columns - 1,
            glue_below=row < rows - 1,
        )
        for row in range(rows)
        for column in range(columns)
    )
    return Tiling(
        paper=onto,
        width=wide,
        height=high,
        edge=EDGE,
        overlap=overlap,
        across=across,
        down=down,
        rows=rows,
        columns=columns,
        whole=(paper.width, paper.height),
        tiles=tiles,
    )
