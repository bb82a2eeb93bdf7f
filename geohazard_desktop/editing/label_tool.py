"""Moving names by hand: drag one, nudge it by half a millimetre, give it back to the search.

The same tool works on the screen's map and on a sheet's preview: what it may take hold of is told by the context's
`labels`, and a name moved on a sheet is stored for that sheet alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import shapely

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.cartography.label_hand import hand_foot, label_anchor
from geohazard_desktop.cartography.label_rings import LEADER_FROM
from geohazard_desktop.cartography.labels import PlacedLabel
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import (
    DRAG_PIXELS,
    Bounds,
    Button,
    Key,
    KeyPress,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
)
from geohazard_desktop.workspace.edits.labels import LABELS, SHEETS, move_label, new_sheet, reset_label, sheet_named
from geohazard_desktop.workspace.feature import Edit, Feature

NUDGE_MM = 0.5
_SLACK_PIXELS = 3.0
_NUDGES = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}


@dataclass(frozen=True, slots=True)
class SheetName:
    """The sheet that is looked at: ("A3", "internal"), its title should it need a row of its own, layer and uid of its
    subject ("" for the district)."""

    paper: str
    profile: str
    title: str
    subject: tuple[str, str] = ("", "")

    @property
    def key(self) -> tuple[str, str, tuple[str, str]]:
        return self.paper, self.profile, self.subject


@dataclass(frozen=True, slots=True)
class LabelsInSight:
    """The names of a map that is in sight, their boxes in mm of `view`; `sheet` is None on the screen."""

    view: MapView
    labels: Sequence[PlacedLabel]
    sheet: SheetName | None = None


@dataclass(frozen=True, slots=True)
class _Grip:
    """A name in the hand: its boxes on the ground, from which its middle is `middle`."""

    key: Key
    text: str
    boxes: tuple[Bounds, ...]
    middle: Place
    by_hand: bool

    def moved(self, east: float, north: float) -> "_Grip":
        boxes = tuple((a + east, b + north, c + east, d + north) for a, b, c, d in self.boxes)
        return _Grip(self.key, self.text, boxes, (self.middle[0] + east, self.middle[1] + north), True)


@dataclass(frozen=True, slots=True)
class _Loose:
    """A name that found no room and waits for its click; mm wide and high."""

    key: Key
    text: str
    wide: float
    high: float


class LabelTool(Tool):
    """`held` is the name that keys work on: the one last pressed."""

    title = _("移动注记")
    takes_right = True

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.held: Key | None = None
        self._over: _Grip | None = None
        self._grip: _Grip | None = None
        self._pressed: Place | None = None
        self._to: Place | None = None
        self._loose: _Loose | None = None
        self._anchor: tuple[Key, Feature, Place] | None = None
        self._known: tuple[Sequence[PlacedLabel], list[_Grip]] | None = None
        # Where names went since the map in sight was made: it is painted anew only a moment later.
        self._gone: dict[Key, tuple[float, float]] = {}
        self._gone_from: object = None

    @property
    def cursor(self) -> str:  # type: ignore[override]
        return "cross" if self._loose else "move" if self._over or self._grip else "arrow"

    # -- hand ------------------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            self._loose = None
            found = self._at(event)
            if found is not None and self._grip is None:
                self.held = found.key
                self._reset(found.key)
            return
        if event.button is not Button.LEFT:
            return
        if self._loose is not None:
            loose, sight, self._loose = self._loose, self._sight(), None
            if sight is not None and self._feature(loose.key) is not None:
                self.held = loose.key
                self._store(_around(loose, event.place, sight.view), event.place)
            return
        self._grip = self._at(event)
        self.held = None if self._grip is None else self._grip.key
        self._pressed, self._to = event.place, None

    def move(self, event: ToolEvent) -> None:
        if self._loose is not None:
            sight = self._sight()
            self._over = None if sight is None else _around(self._loose, event.place, sight.view)
            return
        if self._grip is None or self._pressed is None:
            self._over = self._at(event)
            return
        if self._to is None and planar_distance(self._pressed, event.place) <= DRAG_PIXELS * event.pixel_size:
            return
        self._to = event.place

    def release(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT or self._grip is None:
            return
        self.move(event)
        dragged, grip = self._dragged(), self._grip
        moved = self._to is not None
        self._drop()
        self._over = self._at(event)
        if moved and dragged is not None:
            self._store(grip, dragged.middle)

    def key(self, press: KeyPress) -> bool:
        if press.key in _NUDGES and self._grip is None and self._loose is None:
            return self._nudge(*_NUDGES[press.key])
        if press.key == "Delete" and self._grip is None:
            if self.held is None:
                self.context.on_message(_("先单击要放回的注记，再按 Delete。"))
            else:
                self._reset(self.held)
            return True  # a name is in question here, never the selected feature
        return super().key(press)

    def cancel(self) -> bool:
        had = self._grip is not None or self._loose is not None or self.held is not None
        self._drop()
        self.held = self._loose = self._over = None
        return had

    def place_by_hand(self, key: Key, text: str, wide: float, high: float) -> None:
        """The next click sets a name (mm wide and high) that found no room."""
        self._drop()
        self._loose, self._over = _Loose(key, text, wide, high), None

    # -- what is shown ---------------------------------------------------------------------------------------------

    def preview(self) -> Preview:
        shown = self._dragged() if self._to is not None else self._grip or self._over or self._held_grip()
        if shown is None:
            return Preview()
        carried = self._to is not None or self._loose is not None
        return Preview(
            kind="label",
            boxes=shown.boxes,
            leader=self._leader(shown) if carried else None,
            pointer=self._to if carried else None,
            label=shown.text if carried else "",
        )

    def hint(self) -> str:
        if self._loose is not None:
            return _("单击要写“{text}”的地方；Esc 不放了。").format(text=self._loose.text)
        if self._grip is not None:
            return _("拖到新位置松开；Esc 放回原处。")
        sight = self.context.labels()
        if sight is None or not sight.labels:
            return _("图上没有注记。请在“视图”里打开“显示注记”，或换个比例尺。")
        if self.held is not None:
            return _("方向键微移 0.5 毫米；Delete 或右键交还程序安排；Esc 放开。")
        return _("按住一个注记拖到新位置；右键单击交还程序安排。")

    @property
    def wants_delete(self) -> bool:
        return True  # even without a name in the hand: the selected feature is not what is meant here

    @property
    def busy(self) -> bool:
        return self._to is not None

    # -- what is there ---------------------------------------------------------------------------------------------

    def _sight(self) -> LabelsInSight | None:
        sight = self.context.labels()
        if sight is None or sight.labels is not self._gone_from:
            self._gone = {}
        return sight

    def _grips(self) -> list[_Grip]:
        sight = self._sight()
        if sight is None:
            return []
        if self._known is None or self._known[0] is not sight.labels:
            self._known = sight.labels, [_grip(one, sight.view) for one in sight.labels]
        return [one.moved(*self._gone[one.key]) if one.key in self._gone else one for one in self._known[1]]

    def _at(self, event: ToolEvent) -> _Grip | None:
        """The name under the pointer; the smallest where boxes overlap."""
        slack = _SLACK_PIXELS * event.pixel_size
        east, north = event.place
        hit = [
            one
            for one in self._grips()
            if any(a - slack <= east <= c + slack and b - slack <= north <= d + slack for a, b, c, d in one.boxes)
        ]
        return min(hit, key=lambda one: sum((c - a) * (d - b) for a, b, c, d in one.boxes), default=None)

    def _held_grip(self) -> _Grip | None:
        return next((one for one in self._grips() if one.key == self.held), None) if self.held else None

    def _dragged(self) -> _Grip | None:
        if self._grip is None or self._pressed is None or self._to is None:
            return None
        return self._grip.moved(self._to[0] - self._pressed[0], self._to[1] - self._pressed[1])

    def _feature(self, key: Key) -> tuple[Feature, Place] | None:
        """The feature a name belongs to, and its anchor; None, told, when it is gone."""
        if self._anchor is None or self._anchor[0] != key:
            feature = self.context.workspace.feature(*key)
            if feature is None or feature.geometry is None or feature.geometry.is_empty:
                self.context.on_message(_("这个注记的要素已经不在了，没有移动。"))
                return None
            self._anchor = key, feature, label_anchor(feature.geometry)
        return self._anchor[1:]

    def _leader(self, shown: _Grip) -> tuple[Place, Place] | None:
        found, sight = self._feature(shown.key), self._sight()
        if found is None or sight is None or found[0].geometry is None:
            return None
        west, south, east, north = shapely.total_bounds([shapely.box(*one) for one in shown.boxes]).tolist()
        foot = hand_foot(found[0].geometry, found[1], (west, south, east, north))
        start = min(max(foot[0], west), east), min(max(foot[1], south), north)
        away = hypot(start[0] - foot[0], start[1] - foot[1]) * sight.view.mm_per_metre
        return (start, foot) if away > LEADER_FROM else None

    # -- storing ---------------------------------------------------------------------------------------------------

    def _nudge(self, right: int, up: int) -> bool:
        grip, sight = self._held_grip(), self._sight()
        if grip is None or sight is None:
            return False
        step = NUDGE_MM / sight.view.mm_per_metre
        self._store(grip, (grip.middle[0] + right * step, grip.middle[1] + up * step))
        return True

    def _store(self, grip: _Grip, middle: Place) -> None:
        found, sight = self._feature(grip.key), self._sight()
        if found is None or sight is None:
            return
        feature, anchor = found
        ws = self.context.workspace

        def make() -> Edit:
            sheets = list(ws.table(SHEETS)) if sight.sheet is not None and SHEETS in ws.definitions else []
            sheet = None if sight.sheet is None else self._sheet(sheets, sight.sheet)
            return move_label(
                ws.definitions,
                feature,
                middle[0] - anchor[0],
                middle[1] - anchor[1],
                placed=self._placed(feature),
                sheet=sheet,
                sheets=sheets,
            )

        if self.context.store(make):
            east, north = self._gone.get(grip.key, (0.0, 0.0))
            self._gone_from = sight.labels
            self._gone[grip.key] = east + middle[0] - grip.middle[0], north + middle[1] - grip.middle[1]
            self._over = None

    def _reset(self, key: Key) -> None:
        feature = self.context.workspace.feature(*key)
        sight = self._sight()
        if feature is None or sight is None:
            return
        ws = self.context.workspace
        sheets = list(ws.table(SHEETS)) if sight.sheet is not None and SHEETS in ws.definitions else []
        sheet = None if sight.sheet is None else sheet_named(sheets, *sight.sheet.key)
        if self.context.store(lambda: reset_label(ws.definitions, feature, placed=self._placed(feature), sheet=sheet)):
            # The name is somewhere else now: a frame would stay where it was, around nothing.
            self._gone.pop(key, None)
            self._over = self.held = None

    def _sheet(self, sheets: Sequence[Feature], name: SheetName) -> Feature:
        return sheet_named(sheets, *name.key) or new_sheet(name.paper, name.profile, name.title, name.subject)

    def _placed(self, feature: Feature) -> list[Feature]:
        ws = self.context.workspace
        return ws.find(LABELS, "target_uid", feature.uid) if LABELS in ws.definitions else []

    def follow(self, _deltas: object) -> None:
        self._anchor = None

    def _drop(self) -> None:
        self._grip = self._pressed = self._to = None


def _grip(label: PlacedLabel, view: MapView) -> _Grip:
    boxes = []
    for left, top, right, bottom in _bridged(label.boxes):
        west, north = view.from_mm(left, top)
        east, south = view.from_mm(right, bottom)
        boxes.append((west, south, east, north))
    return _Grip((label.layer, label.uid), label.text, tuple(boxes), view.from_mm(*label.centre), label.by_hand)


def _bridged(boxes: Sequence[Bounds]) -> list[Bounds]:
    """The boxes and, between the characters of a name that is set apart, boxes that make a band of them."""
    found = list(boxes)
    for one, two in pairwise(boxes):
        for share in (0.25, 0.5, 0.75):
            a, b, c, d = (x + (y - x) * share for x, y in zip(one, two, strict=True))
            found.append((a, b, c, d))
    return found


def _around(loose: _Loose, place: Place, view: MapView) -> _Grip:
    east, north = place
    right, up = loose.wide / 2 / view.mm_per_metre, loose.high / 2 / view.mm_per_metre
    return _Grip(loose.key, loose.text, ((east - right, north - up, east + right, north + up),), place, True)
