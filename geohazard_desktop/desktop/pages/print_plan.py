"""How pages come onto paper: at their real size, made smaller, or cut into parts to be glued together. All in mm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSizeF

from geohazard_desktop.common.texts import _

Fit = Literal["real", "shrink", "tiles"]
OVERLAP = 10.0  # mm that neighbouring parts share, to glue one on the other
EDGE = 5.0  # mm at the paper's edge that an office printer leaves white
_SAME = 1.5  # mm by which paper and page may differ and still be called the same

OWN = QSizeF(0, 0)  # in place of one paper for all: each page on paper of its own size

# Paper of an office, in mm upright. A page of any other size is called by its millimetres.
PAPERS: dict[str, tuple[float, float]] = {
    "A5": (148, 210),
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "A1": (594, 841),
    "A0": (841, 1189),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What comes onto one sheet: `source` of a page, on the paper at `target`. `paper` (mm) lies as the part needs it.
    `label` tells the parts of one page apart; "" where the page is whole."""

    file: int
    page: int
    source: QRectF
    target: QRectF
    paper: QSizeF
    label: str = ""
    glue_right: bool = False  # the next part covers a strip at the right
    glue_below: bool = False


def paper_name(size: QSizeF) -> str:
    """A4 for 210 × 297 mm, lying or upright; else the millimetres."""
    low, high = sorted((size.width(), size.height()))
    for name, (width, height) in PAPERS.items():
        if abs(low - width) <= _SAME and abs(high - height) <= _SAME:
            return name
    return _("{width:.0f} × {height:.0f} 毫米").format(width=size.width(), height=size.height())


def paper_counts(pages: Sequence[QSizeF]) -> dict[str, int]:
    """How many pages want which paper, the largest paper first."""
    found: dict[str, int] = {}
    for page in sorted(pages, key=lambda one: -one.width() * one.height()):
        found[paper_name(page)] = found.get(paper_name(page), 0) + 1
    return found


def turned(paper: QSizeF, page: QSizeF) -> QSizeF:
    """The paper lying or upright, as the page is."""
    lying = page.width() > page.height()
    return paper.transposed() if lying != (paper.width() > paper.height()) else paper


def fits(page: QSizeF, paper: QSizeF) -> bool:
    """Whether a page of this size comes onto the paper unchanged."""
    if paper == OWN:
        return True
    sheet = turned(paper, page)
    return page.width() <= sheet.width() + _SAME and page.height() <= sheet.height() + _SAME


def shrink_scale(page: QSizeF, paper: QSizeF) -> float:
    """By how much a page is made smaller to come onto the paper with its white edge; never larger than it is."""
    sheet = turned(paper, page)
    room = sheet.width() - 2 * EDGE, sheet.height() - 2 * EDGE
    return min(1.0, room[0] / page.width(), room[1] / page.height())


def tile_grid(page: QSizeF, paper: QSizeF) -> tuple[QSizeF, int, int]:
    """The paper as it lies, and how many parts across and down: the way round that needs the fewest."""
    found = []
    for sheet in (paper, paper.transposed()):
        across = _count(page.width(), sheet.width() - 2 * EDGE)
        down = _count(page.height(), sheet.height() - 2 * EDGE)
        found.append((across * down, across, down, sheet))
    _total, across, down, sheet = min(found, key=lambda one: one[0])
    return sheet, across, down


def _count(length: float, room: float) -> int:
    return 1 if length <= room else 1 + math.ceil((length - room) / (room - OVERLAP) - 1e-9)


def parts(files: Sequence[Sequence[QSizeF]], paper: QSizeF, fit: Fit, *, duplex: bool = False) -> list[Part | None]:
    """Every sheet in order, for the pages (mm) of each file; `paper` may be OWN. None is an empty side: with `duplex`
    each file begins on a sheet of its own."""
    found: list[Part | None] = []
    for number, pages in enumerate(files):
        for page, size in enumerate(pages):
            found += _parts_of(number, page, size, size if paper == OWN else paper, fit)
        if duplex and len(found) % 2 and number < len(files) - 1:
            found.append(None)
    return found


def _parts_of(file: int, page: int, size: QSizeF, paper: QSizeF, fit: Fit) -> list[Part]:
    whole = QRectF(0, 0, size.width(), size.height())
    if fit == "tiles" and not fits(size, paper):
        return _tiles(file, page, size, paper)
    sheet = turned(paper, size)
    scale = 1.0 if fit != "shrink" or fits(size, paper) else shrink_scale(size, paper)
    width, height = size.width() * scale, size.height() * scale
    target = QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)
    return [Part(file, page, whole, target, sheet)]


def _tiles(file: int, page: int, size: QSizeF, paper: QSizeF) -> list[Part]:
    sheet, across, down = tile_grid(size, paper)
    room = QSizeF(sheet.width() - 2 * EDGE, sheet.height() - 2 * EDGE)
    found = []
    for row in range(down):
        for column in range(across):
            x, y = column * (room.width() - OVERLAP), row * (room.height() - OVERLAP)
            source = QRectF(x, y, min(room.width(), size.width() - x), min(room.height(), size.height() - y))
            target = QRectF(EDGE, EDGE, source.width(), source.height())
            words = _(
                "第 {row} 排第 {column} 张，共 {down} 排 {across} 列；细线外的 10 毫米涂胶，压在下一张下面"
            ).format(row=row + 1, column=column + 1, down=down, across=across)
            found.append(Part(file, page, source, target, sheet, words, column < across - 1, row < down - 1))
    return found
