"""What part of the ground the canvas shows: centre, scale, and the canvas's size in logical pixels.

A logical pixel is taken as 1/96 inch, whatever the screen really has: the scale bar is honest, the ratio is nominal.
"""

from dataclasses import dataclass, replace

from geohazard_desktop.cartography.view import MapView

DPI = 96.0
MARGIN = 96.0  # logical pixels painted beyond the window on each side, so that a pan shows ground at once
CLOSEST, FARTHEST = 50.0, 20_000_000.0
Bounds = tuple[float, float, float, float]  # east min, north min, east max, north max


@dataclass(frozen=True, slots=True)
class Viewport:
    """Centre in metres of the workspace's CRS; width and height in logical pixels."""

    east: float
    north: float
    denominator: float
    width: float
    height: float

    @property
    def pixel(self) -> float:
        """Metres on the ground a logical pixel."""
        return self.denominator * 0.0254 / DPI

    @property
    def bounds(self) -> Bounds:
        half_width, half_height = self.width / 2 * self.pixel, self.height / 2 * self.pixel
        return self.east - half_width, self.north - half_height, self.east + half_width, self.north + half_height

    def to_screen(self, east: float, north: float) -> tuple[float, float]:
        return (
            self.width / 2 + (east - self.east) / self.pixel,
            self.height / 2 - (north - self.north) / self.pixel,
        )

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        return self.east + (x - self.width / 2) * self.pixel, self.north - (y - self.height / 2) * self.pixel

    def zoomed(self, factor: float, x: float, y: float) -> "Viewport":
        """Closer by `factor`; the ground under the pixel stays where it is."""
        east, north = self.to_map(x, y)
        near = self.at_scale(self.denominator / factor)
        new_east, new_north = near.to_map(x, y)
        return replace(near, east=near.east + east - new_east, north=near.north + north - new_north)

    def at_scale(self, denominator: float) -> "Viewport":
        return replace(self, denominator=min(FARTHEST, max(CLOSEST, denominator)))

    def panned(self, dx: float, dy: float) -> "Viewport":
        """The map moved by (dx, dy) pixels under the window."""
        return replace(self, east=self.east - dx * self.pixel, north=self.north + dy * self.pixel)

    def centred(self, east: float, north: float) -> "Viewport":
        return replace(self, east=east, north=north)

    def sized(self, width: float, height: float) -> "Viewport":
        return replace(self, width=width, height=height)

    def aligned(self, ratio: float) -> "Viewport":
        """Moved by less than a device pixel, so that pictures of one scale differ by whole pixels: what two of them
        have in common is not painted twice."""
        pixel = self.pixel / ratio
        left = self.east - (self.width / 2 + MARGIN) * self.pixel
        top = self.north + (self.height / 2 + MARGIN) * self.pixel
        return replace(
            self,
            east=self.east + round(left / pixel) * pixel - left,
            north=self.north + round(top / pixel) * pixel - top,
        )

    def grown(self, margin: float) -> "Viewport":
        """With `margin` pixels more on each side."""
        return replace(self, width=self.width + 2 * margin, height=self.height + 2 * margin)

    def fitted(self, bounds: Bounds, *, margin: float = 0.08, closest: float = 1_000.0) -> "Viewport":
        """All of `bounds` in sight, with a margin; never closer than 1:`closest` (a point has no size)."""
        east_min, north_min, east_max, north_max = bounds
        room = 1.0 - 2.0 * margin
        needed = max(
            (east_max - east_min) / max(self.width * room, 1.0),
            (north_max - north_min) / max(self.height * room, 1.0),
        )
        centre = replace(self, east=(east_min + east_max) / 2, north=(north_min + north_max) / 2)
        return centre.at_scale(max(closest, needed * DPI / 0.0254))

    def view(self, ratio: float) -> MapView:
        """The painter's view at a device pixel ratio."""
        inches = DPI / 25.4
        return MapView(
            (self.east, self.north), self.denominator, self.width / inches, self.height / inches, DPI * ratio
        )
