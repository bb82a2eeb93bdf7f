"""Which part of the ground lies on which part of the paper or the screen. Grid north is up."""

from dataclasses import dataclass, field, replace

MM_PER_INCH = 25.4
Bounds = tuple[float, float, float, float]  # east min, north min, east max, north max, in metres


@dataclass(frozen=True, slots=True)
class MapView:
    """A frame of `width_mm` by `height_mm` around `centre` (east, north; metres of the workspace's CRS) at
    1:`denominator`. Device coordinates are pixels of `dpi` from the frame's upper left corner, y down; "mm" are
    millimetres from the same corner."""

    centre: tuple[float, float]
    denominator: float
    width_mm: float
    height_mm: float
    dpi: float = 96.0
    # Asked for hundreds of times a map, so worked out once.
    mm_per_metre: float = field(init=False, repr=False, compare=False)
    bounds: Bounds = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        per_metre = 1000.0 / self.denominator
        east, north = self.centre
        across, up = self.width_mm / 2 / per_metre, self.height_mm / 2 / per_metre
        object.__setattr__(self, "mm_per_metre", per_metre)
        object.__setattr__(self, "bounds", (east - across, north - up, east + across, north + up))

    @classmethod
    def fitting(
        cls, bounds: Bounds, width_mm: float, height_mm: float, dpi: float = 96.0, margin: float = 0.05
    ) -> "MapView":
        """All of `bounds` in the frame with `margin` (share of the frame) on each side; a point is shown at 1:1000."""
        east_min, north_min, east_max, north_max = bounds
        room = 1.0 - 2.0 * margin
        needed = max((east_max - east_min) / (width_mm * room), (north_max - north_min) / (height_mm * room)) * 1000.0
        centre = ((east_min + east_max) / 2, (north_min + north_max) / 2)
        return cls(centre, needed if needed > 0 else 1000.0, width_mm, height_mm, dpi)

    @property
    def device_per_mm(self) -> float:
        return self.dpi / MM_PER_INCH

    @property
    def metres_per_pixel(self) -> float:
        return self.denominator / 1000.0 / self.device_per_mm

    @property
    def width(self) -> float:
        """Pixels."""
        return self.width_mm * self.device_per_mm

    @property
    def height(self) -> float:
        """Pixels."""
        return self.height_mm * self.device_per_mm

    def grown_bounds(self, mm: float) -> Bounds:
        """The bounds with `mm` of paper more on each side."""
        more = mm / self.mm_per_metre
        east_min, north_min, east_max, north_max = self.bounds
        return east_min - more, north_min - more, east_max + more, north_max + more

    def mm_to_device(self, mm: float) -> float:
        return mm * self.device_per_mm

    def to_mm(self, east: float, north: float) -> tuple[float, float]:
        east_min, _north_min, _east_max, north_max = self.bounds
        return (east - east_min) * self.mm_per_metre, (north_max - north) * self.mm_per_metre

    def from_mm(self, right: float, down: float) -> tuple[float, float]:
        east_min, _north_min, _east_max, north_max = self.bounds
        return east_min + right / self.mm_per_metre, north_max - down / self.mm_per_metre

    def to_device(self, east: float, north: float) -> tuple[float, float]:
        right, down = self.to_mm(east, north)
        return right * self.device_per_mm, down * self.device_per_mm

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """East and north of a device point."""
        return self.from_mm(x / self.device_per_mm, y / self.device_per_mm)

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> "MapView":
        """Closer by `factor` (> 1) around device point `at` (default: the middle), whose ground stays in place."""
        x, y = at if at is not None else (self.width / 2, self.height / 2)
        east, north = self.to_map(x, y)
        near = replace(self, denominator=self.denominator / factor)
        new_east, new_north = near.to_map(x, y)
        return replace(near, centre=(near.centre[0] + east - new_east, near.centre[1] + north - new_north))

    def panned(self, dx: float, dy: float) -> "MapView":
        """The map moved by (dx, dy) pixels under the frame."""
        east, north = self.centre
        return replace(self, centre=(east - dx * self.metres_per_pixel, north + dy * self.metres_per_pixel))

    def at_scale(self, denominator: float) -> "MapView":
        return replace(self, denominator=denominator)

    def magnified(self, factor: float) -> "MapView":
        """The same ground on the same pixels, with millimetres `factor` times as large: words and symbols grow, and
        what a style hides at small scales hides sooner."""
        if factor == 1.0:
            return self
        return MapView(
            self.centre, self.denominator * factor, self.width_mm / factor, self.height_mm / factor, self.dpi * factor
        )
