"""Sizes of paper that a 警示图 can have: all that menus and the command line need to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from geohazard_desktop.common.texts import _

Margins = tuple[float, float, float, float]  # left, top, right, below, mm


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper, or a slide: its size in mm as it lies before the reader. `wall`: read from farther off, and
    offered in tiles for offices without a plotter."""

    key: str
    title: str
    width: float
    height: float
    wall: bool = False


SLIDE = "slide"
PAPERS: Mapping[str, Paper] = {
    one.key: one
    for one in (
        Paper("A3", _("A3 横"), 420.0, 297.0),
        Paper("A4L", _("A4 横"), 297.0, 210.0),
        Paper("A4", _("A4 竖"), 210.0, 297.0),
        Paper("A1", _("A1 挂图"), 841.0, 594.0, wall=True),
        Paper("A0", _("A0 挂图"), 1189.0, 841.0, wall=True),
        Paper(SLIDE, _("幻灯片 16∶9"), 338.7, 190.5),
    )
}
