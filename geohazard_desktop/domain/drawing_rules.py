"""Numbers of the drawing tools (resources/rules/drawing.toml): how round a circle is, how fine a freehand stroke."""

from dataclasses import dataclass
from functools import cache

from geohazard_desktop.domain.rule_file import Source, read_rules

FILE = "drawing.toml"


@dataclass(frozen=True, slots=True)
class CircleRule:
    """`largest_deviation_m`: how far the middle of a side may lie inside the circle, in metres."""

    largest_deviation_m: float
    fewest_corners: int
    most_corners: int
    source: Source


@dataclass(frozen=True, slots=True)
class RegularPolygonRule:
    sides: int
    fewest_sides: int
    most_sides: int
    source: Source


@dataclass(frozen=True, slots=True)
class FreehandRule:
    """`tolerance_pixels` of the screen; `loop_percent` of the area is the most that loops at the pen's end may have."""

    tolerance_pixels: float
    loop_percent: float
    source: Source


@cache
def circle_rule() -> CircleRule:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("circle")
    return CircleRule(
        table.number("largest_deviation_m", least=0.001),
        int(table.number("fewest_corners", least=8)),
        int(table.number("most_corners", least=8)),
        table.source(),
    )


@cache
def regular_polygon_rule() -> RegularPolygonRule:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("regular_polygon")
    return RegularPolygonRule(
        int(table.number("sides", least=3)),
        int(table.number("fewest_sides", least=3)),
        int(table.number("most_sides", least=3)),
        table.source(),
    )


@cache
def freehand_rule() -> FreehandRule:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("freehand")
    return FreehandRule(table.number("tolerance_pixels"), table.number("loop_percent"), table.source())


@dataclass(frozen=True, slots=True)
class LiveRule:
    """From `elderly_age` on people are counted as old; `most_counted` features of a layer are counted while drawing."""

    elderly_age: int
    most_counted: int
    source: Source


@cache
def live_rule() -> LiveRule:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("live")
    return LiveRule(int(table.number("elderly_age")), int(table.number("most_counted")), table.source())


@dataclass(frozen=True, slots=True)
class GrowthRule:
    """A typed corner that makes an outline `times` as long is questioned."""

    times: float
    source: Source


@cache
def growth_rule() -> GrowthRule:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("growth")
    return GrowthRule(table.number("times", least=1.1), table.source())
