"""What symbols are made of: a few simple shapes in mm that screen and paper draw alike."""

from dataclasses import dataclass

from geohazard_desktop.cartography.strips import Floats, Strips


@dataclass(frozen=True, slots=True)
class Fill:
    """Areas filled by the non-zero winding rule."""

    areas: Strips
    color: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines of `width` mm; dashes are cut already."""

    lines: Strips
    color: str
    width: float
    opacity: float = 1.0
    cap: str = "flat"
    join: str = "round"


@dataclass(frozen=True, slots=True)
class Dots:
    """Round dots at `centres` (K, 2)."""

    centres: Floats
    color: str
    diameter: float


@dataclass(frozen=True, slots=True)
class Stamps:
    """The symbol file `name`, `size` mm wide with a white halo, upright at each of `centres` (K, 2)."""

    centres: Floats
    name: str
    size: float
    halo: float


Primitive = Fill | Stroke | Dots | Stamps
