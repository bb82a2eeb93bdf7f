"""Every way of drawing by its key, in the order of the toolbar."""

from geohazard_desktop.editing.freehand import Freehand
from geohazard_desktop.editing.trace import Trace
from geohazard_desktop.editing.ways import (
    CircleByRadius,
    CircleThroughThree,
    Rectangle,
    RegularPolygon,
    SlantedRectangle,
    Way,
)

_WAYS = (Way, Freehand, Trace, Rectangle, SlantedRectangle, CircleByRadius, CircleThroughThree, RegularPolygon)


def make_ways() -> dict[str, Way]:
    """One of each: what is set there (the sides of a polygon) stays set while the program runs."""
    return {one.key: one() for one in _WAYS}
