"""What the window and the map process tell each other. All of it is pickled.

Nobody compares messages or prints them: without the methods for it these classes are made in half the time, which both
processes spend before the first map.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geohazard_desktop.cartography.view import Bounds, MapView

if TYPE_CHECKING:  # what is not needed to say a thing is not loaded for it
    from geohazard_desktop.cartography.base_maps.painting import BaseMapReport
    from geohazard_desktop.cartography.base_maps.spec import BaseMap
    from geohazard_desktop.cartography.labels import PlacedLabel

# -- to the process ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Open:
    """Read this workspace from now on. `canvas`: width and height in logical pixels, and the device pixel ratio, that
    the window will probably have; its first picture is painted ahead."""

    path: str
    canvas: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Close:
    """Let go of the workspace; the process waits for another one."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Changed:
    """Features that were written to the file: uids by layer, and boxes (metres) in which the map may look different."""

    uids: Mapping[str, tuple[str, ...]]
    boxes: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Refresh:
    """Read everything anew."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Preview:
    """Show a layer in a style that is not in the file; None: in the file's again."""

    layer: str
    style: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Only:
    """Of a layer show the features of these uids alone; None: all of them again."""

    layer: str
    uids: frozenset[str] | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Show:
    """Paint `view` with these layers. A later one replaces it."""

    number: int
    view: MapView
    layers: tuple[str, ...]
    labels: bool = True
    base_maps: "tuple[BaseMap, ...]" = ()
    fixed_labels: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    blocked: tuple[tuple[float, float, float, float], ...] = ()  # mm of the view where no name may stand
    names_anew: bool = False  # nothing is kept of where names stood before
    without: tuple[str, ...] = ()  # danger zones in these states are left out
    doubted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by layer and uid (cartography.doubted)
    spoken_of: bytes = b""  # an area (WKB, metres): around it the map is paler, and only what lies in it is named


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RetryBaseMaps:
    """Ask services again at once for what they did not give."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Taken:
    """The picture of this number has been copied: its memory is free."""

    number: int


# -- from the process --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Painted:
    """A picture, RGB32, `width` by `height` pixels without gaps between rows, in the shared memory `memory`, or where
    the system gave none in `pixels`.

    `problems` are sentences; `schematic` says that some layer shown holds 示意数据."""

    number: int
    memory: str
    width: int
    height: int
    view: MapView
    seconds: float
    problems: tuple[str, ...] = ()
    labels: "tuple[PlacedLabel, ...]" = ()
    schematic: bool = False
    base_maps: "BaseMapReport | None" = None
    pixels: bytes = b""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Refused:
    """The picture of this number can't be painted; a sentence for people."""

    number: int
    code: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Broken:
    """A fault of the program, with its traceback."""

    number: int
    words: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reading:
    """How far a large layer is read for the picture of this number, when it takes longer than a moment."""

    number: int
    layer: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TilesArrived:
    """Base maps can be painted better now."""


ToProcess = Open | Close | Changed | Refresh | Preview | Only | Show | RetryBaseMaps | Taken
FromProcess = Painted | Reading | Refused | Broken | TilesArrived
