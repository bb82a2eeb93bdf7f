"""What every map tool is: events in, edits out, a preview for the canvas to paint, a hint for the status line.

Places are (east, north) in metres of the workspace's CRS. `pixel_size` is metres a screen pixel, so that tolerances are
the hand's, not the map's.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, Flag, auto
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta, Edit
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.editing.judgement import Judgement
    from geohazard_desktop.editing.label_tool import LabelsInSight
    from geohazard_desktop.editing.measurement import MeasureBoard
    from geohazard_desktop.editing.numbers import Numbers
    from geohazard_desktop.editing.snapping import Snap, Snapper

STROKE_OFFERS = ("draw.finish", "draw.back", "draw.keyin", "draw.snap_settings", "draw.cancel")
Place = tuple[float, float]  # east, north
Key = tuple[str, str]  # layer, uid
Bounds = tuple[float, float, float, float]

SNAP_PIXELS = 12.0  # how far a grip is looked for; the reach of snapping is a setting
GRAB_PIXELS = 9.0
CLICK_PIXELS = 6.0
DRAG_PIXELS = 4.0
# A house stands in a building or at its edge: what else is near, a river's middle or a route, is not where it stands.
_SNAPS_TO = {"household": ("building",)}


class Button(Enum):
    NONE = "none"
    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"


class Modifier(Flag):
    NONE = 0
    SHIFT = auto()
    CONTROL = auto()
    ALT = auto()


@dataclass(frozen=True, slots=True)
class ToolEvent:
    """One event of the mouse at a place on the map."""

    east: float
    north: float
    button: Button = Button.NONE
    modifiers: Modifier = Modifier.NONE
    pixel_size: float = 1.0

    @property
    def place(self) -> Place:
        return self.east, self.north


@dataclass(frozen=True, slots=True)
class KeyPress:
    """One key: "Enter", "Escape", "Backspace", "Delete", "Left", "Right", "Up", "Down", or a character."""

    key: str
    modifiers: Modifier = Modifier.NONE
    pixel_size: float = 1.0


@dataclass(frozen=True, slots=True)
class Preview:
    """What the canvas paints over the map for a tool (look.md section 6). Empty parts are not painted.

    `kind` says how `drawn` looks: polygon, line or point being drawn, measure, or shape (a stroke that changes what
    is there; `outlines` are filled then), or corners (`handles` go, `chosen` stay, all small). `rubber` is the dashed
    side that follows the pointer, `closing` the dotted one back to the first corner, `guide` a thin line that explains
    a shape (the radius of a circle). `outlines` are features as they would be.
    `handles` are corners that can be grabbed, `chosen` those that are selected. `rectangle` is a selection box.
    `faults` are places of self-crossing. `boxes` are those of a name, `leader` leads from there to what it names.
    `label` stands beside the pointer.
    """

    kind: str = ""
    drawn: tuple[Place, ...] = ()
    rubber: tuple[Place, ...] = ()
    closing: tuple[Place, ...] = ()
    guide: tuple[Place, ...] = ()
    outlines: tuple[BaseGeometry, ...] = ()
    handles: tuple[Place, ...] = ()
    chosen: tuple[Place, ...] = ()
    rectangle: Bounds | None = None
    faults: tuple[Place, ...] = ()
    boxes: tuple[Bounds, ...] = ()
    leader: tuple[Place, Place] | None = None
    snap: "Snap | None" = None
    pointer: Place | None = None
    label: str = ""
    judgement: "Judgement | None" = None

    @property
    def empty(self) -> bool:
        return self == Preview()


def _board() -> "MeasureBoard":
    from geohazard_desktop.editing.measurement import MeasureBoard

    return MeasureBoard()


def _ignore(*_anything: object) -> None:
    return None


def _no(_layer: str) -> bool:
    return False


@dataclass
class ToolContext:
    """What a tool may see and call. The window fills it; tests fill it with lists.

    `on_edit` stores an edit and returns True when it is on disk; False means refused, and has been told already.
    `on_message` shows a sentence. `selection` is the window's own, read afresh at each event; `on_select` asks the
    window to change it. `clickable` gives the layers a click can hit, topmost first; `labels` the names on the map that
    is in sight. `snapping`, `sharing` (共用边: borders shared with neighbours stay shared) and `avoiding` (避免重叠: an
    area is cut by its neighbours) are the window's switches. `locked` says which layers no click selects from and no
    tool changes (`locks.py`), `meant` which layer is chosen in the layer tree. `measured` keeps what was measured,
    whatever tool comes.
    """

    workspace: Workspace
    layer: str
    snapper: "Snapper | None"
    selection: Sequence[Key]
    on_edit: Callable[[Edit], bool]
    on_message: Callable[[str], None]
    on_select: Callable[[Sequence[Key]], None] = _ignore
    on_identify: Callable[[Sequence[Key], Place], None] = _ignore
    on_drawn: Callable[[Key], None] = _ignore
    clickable: Callable[[], Sequence[str]] | None = None
    locked: Callable[[str], bool] = _no
    meant: Callable[[], str] = str
    labels: "Callable[[], LabelsInSight | None]" = _ignore
    snapping: bool = True
    sharing: bool = False
    avoiding: bool = False
    measured: "MeasureBoard" = field(default_factory=_board)

    @property
    def epsg(self) -> int:
        return self.workspace.epsg

    def click_layers(self) -> list[str]:
        """The layers that a click can select from, topmost first."""
        return [one for one in self.seen_layers() if not self.locked(one)]

    def seen_layers(self) -> list[str]:
        """The layers in sight, topmost first, with those that are locked: for looking and following."""
        if self.clickable is not None:
            return list(self.clickable())
        return [one.table for one in self.workspace.definitions.values() if one.geometry != "none" and not one.helper]

    def snap(
        self,
        event: ToolEvent,
        *,
        without: Sequence[Key] = (),
        stroke: Sequence[Place] = (),
        of: Collection[str] = (),
    ) -> "Snap | None":
        """What the pointer snaps to, if anything. Ctrl held switches snapping off for the moment.

        `without` are features in the hand. `stroke` are the corners drawn so far: all but the last can be snapped to,
        and from the last a perpendicular is dropped. `of` are the layers of what is drawn or carried: houses alone
        snap to buildings and nothing else, and within a building the place is good as it is.
        """
        if self.snapper is None or not self.snapping or Modifier.CONTROL in event.modifiers:
            return None
        reach = self.snapper.settings.pixels * event.pixel_size
        start = stroke[-1] if stroke else None
        grounds = {_SNAPS_TO.get(layer) for layer in of}
        only = grounds.pop() if len(grounds) == 1 else None
        return self.snapper.snap(
            event.east, event.north, reach, without=without, own=stroke[:-1], start=start, only=only
        )

    def store(self, make: Callable[[], Edit]) -> bool:
        """Make an edit, complete it at the borders (共用边, 避免重叠) and store it; a refusal is told in its own words.
        True when it is on disk."""
        from geohazard_desktop.editing.borders import completed

        try:
            edit, told = completed(self, make())
        except GeohazardError as error:
            self.on_message(str(error))
            return False
        done = bool(edit.deltas) and self.on_edit(edit)
        if done and told:
            self.on_message(told)
        return done


class Tool:
    """A tool that does nothing yet. Exactly one tool is active; `cancel` is called when another takes over."""

    title = ""
    cursor = "arrow"  # arrow | cross | hand | move
    takes_right = False  # a right click does something of its own, so that no menu may come
    beyond_sight = False  # it says itself where a feature comes to lie: that may be moved though nobody sees it now
    strokes = False  # it sets place after place, and what is unfinished can be finished, taken back or given up

    def __init__(self, context: ToolContext) -> None:
        self.context = context

    def press(self, event: ToolEvent) -> None: ...

    def move(self, event: ToolEvent) -> None: ...

    def release(self, event: ToolEvent) -> None: ...

    def double_click(self, event: ToolEvent) -> None: ...

    def key(self, press: KeyPress) -> bool:
        """True when the tool used the key; else it is the window's."""
        return press.key == "Escape" and self.cancel()

    def cancel(self) -> bool:
        """Give up what is unfinished. True when there was something."""
        return False

    def follow(self, deltas: Sequence[Delta]) -> None:
        """The workspace changed (by this tool, undo, another window): forget what is no longer so."""

    @property
    def wants_delete(self) -> bool:
        """Whether Delete is this tool's now; else it deletes what is selected."""
        return False

    def numbers(self) -> "Numbers | None":
        """What can be typed instead of dragged; None where nothing can."""
        return None

    def typing_begins(self, _sign: str) -> bool:
        """Whether a sign that is typed over the map begins a number that is meant for this tool's own box."""
        return False

    def take_numbers(self, texts: Mapping[str, str]) -> bool:
        """Do what was typed, by the keys of `numbers` ("switch" is there when its box is ticked). True when it is on
        disk; raises GeohazardError for what can't be read."""
        raise NotImplementedError(f"{type(self).__name__} was told {dict(texts)}")

    def hint(self) -> str:
        """What the next click does, one sentence for the status line."""
        return ""

    def preview(self) -> Preview:
        return Preview()

    @property
    def corners_set(self) -> int | None:
        """How many corners of what is judged are set already; None where they are not set one by one."""
        return None

    @property
    def offers(self) -> Sequence[str]:
        """Commands that a right click offers instead of the map's menu; none where it is the tool's or the map's."""
        return STROKE_OFFERS if self.busy and self.strokes else ()

    @property
    def busy(self) -> bool:
        """True while something unfinished would be lost by changing the tool."""
        return False


def snapped_words(of: Collection[str], pointed: Place, snap: "Snap | None") -> str:
    """How far from where the hand pointed a house was put, and what it was snapped to; "" where it stands as meant."""
    if snap is None or not of or any(layer not in _SNAPS_TO for layer in of):
        return ""
    words = _("吸到{what}，比点的地方挪了 {metres:.1f} 米；不要吸的，按住 Ctrl 点。")
    return words.format(what=snap.words, metres=planar_distance(pointed, snap.place))


def rounded(place: Place) -> Place:
    """To the millimetre, the last digit that survey coordinates carry."""
    return round(place[0], 3), round(place[1], 3)
