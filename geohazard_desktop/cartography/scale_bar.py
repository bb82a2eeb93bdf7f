"""The scale bar of screen and sheet."""

from dataclasses import dataclass
from math import floor, log10

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """`metres` long on the ground, `length` mm on paper; labels at 0, half, end; unit 米 or 千米."""

    metres: float
    length: float
    labels: tuple[str, str, str]
    unit: str


def scale_bar(view: MapView, longest_mm: float = 45.0) -> ScaleBar:
    """The longest bar of round length that fits into `longest_mm`."""
    longest = longest_mm / view.mm_per_metre
    power = 10.0 ** floor(log10(longest))
    metres = next(digit * power for digit in (5.0, 4.0, 2.0, 1.0) if digit * power <= longest * (1 + 1e-9))
    kilometres = metres >= 1000
    shown = [part * metres / (1000 if kilometres else 1) for part in (0.0, 0.5, 1.0)]
    first, half, end = (f"{one:g}" for one in shown)
    return ScaleBar(metres, metres * view.mm_per_metre, (first, half, end), _("千米") if kilometres else _("米"))
