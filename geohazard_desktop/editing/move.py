"""Moving whole features: by base point and target, by dragging (with Ctrl a copy), by numbers, or by arrow keys."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import at_bearing, bearing, planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import parse_bearing, parse_length, right_angle, side_words
from geohazard_desktop.editing.copies import copied
from geohazard_desktop.editing.hits import Hit, hits_under
from geohazard_desktop.editing.judgement import length_words
from geohazard_desktop.editing.numbers import SIGNED_SIGNS, NumberField, Numbers, parse_number
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    DRAG_PIXELS,
    SNAP_PIXELS,
    Button,
    Key,
    KeyPress,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
    rounded,
    snapped_words,
)
from geohazard_desktop.workspace.edits import move_features
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

_AREA = 2  # rank of polygons among hits
_NUDGES = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}


class MoveTool(Tool):
    """Move the selection: from a base point to a target, a click each as in CAD, or by dragging one of its features;
    another point or line is selected and dragged at once. Ctrl held at the first press moves a copy.

    `_from` is where the hand took hold, `_to` where it is now. While `_waiting` the base point is set and the next
    click is the target.
    """

    title = _("移动")
    cursor = "move"

    def __init__(self, context: ToolContext, *, unasked: bool = False) -> None:
        """`unasked`: another tool is in the hand, so that each move is told with how to take it back."""
        super().__init__(context)
        self._unasked = unasked
        self._keys: list[Key] = []
        self._features: list[Feature] = []
        self._from: Place | None = None
        self._pressed: Place | None = None
        self._pointed: Place = (0.0, 0.0)  # where the pointer was, whatever it snapped to
        self._to: Place | None = None
        self._snap: Snap | None = None
        self._copying = self._waiting = False
        self._held = self._fresh = False  # a feature is under the press; that press has only just selected it

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        if self._waiting:
            if list(self.context.selection) == self._keys:
                self._aim(event)
                self._finish()
            else:
                self._drop()
            return
        found = hits_under(self.context, self.context.click_layers(), event)
        chosen = list(self.context.selection)
        self._held = any(one.key in chosen for one in found)
        self._fresh = False
        if not self._held and found and (not chosen or self._another(found[0], chosen)):
            chosen, self._held, self._fresh = [found[0].key], True, True
            self.context.on_select(chosen)
            if found[0].rank == _AREA:
                # A press that means to pan must not drag a whole zone away: areas move once they are selected.
                return
        if not chosen:
            self.context.on_select([])
            return
        self._keys = chosen
        self._features = self._read(chosen)
        if not self._features:
            return
        self._pressed = event.place
        self._copying = Modifier.CONTROL in event.modifiers
        self._from = _grip(self._features, event)
        self._to = None

    def move(self, event: ToolEvent) -> None:
        if self._waiting:
            self._aim(event)
            return
        if self._from is None or self._pressed is None or not self._held:
            return
        if self._to is None and not self._dragged(event):
            return
        self._aim(event)

    def release(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT or self._waiting or self._from is None:
            return
        self.move(event)
        if self._to is not None:
            self._finish()
        elif self._fresh:
            self._drop()
        elif self._dragged(event):
            self._drop()
            self.context.on_message(_("要拖动，请从选中的要素上按下；也可以单击定基点，再单击目标点。"))
        else:
            snap = None if self._copying else self.context.snap(event)
            self._from, self._snap = snap.place if snap else self._from, None
            self._waiting = True

    def key(self, press: KeyPress) -> bool:
        if press.key in _NUDGES and self.context.selection and self._from is None:
            return nudge(self.context, press)
        return super().key(press)

    def cancel(self) -> bool:
        had = self._from is not None
        self._drop()
        return had

    def follow(self, deltas: Sequence[Delta]) -> None:
        if self._waiting and {(one.layer, one.uid) for one in deltas} & set(self._keys):
            self._drop()

    def preview(self) -> Preview:
        if self._from is None or self._to is None:
            return Preview(chosen=(self._from,)) if self._waiting and self._from else Preview()
        east, north = self._to[0] - self._from[0], self._to[1] - self._from[1]
        moved: list[BaseGeometry] = [
            affinity.translate(one.geometry, east, north) for one in self._features if one.geometry is not None
        ]
        label = side_words(self._from, self._to)
        if self._copying:
            label = _("复制一份  {words}").format(words=label)
        return Preview(
            outlines=tuple(moved),
            chosen=(self._from,) if self._waiting else (),
            leader=(self._from, self._to) if self._waiting else None,
            snap=self._snap,
            pointer=self._to,
            label=label,
        )

    def hint(self) -> str:
        if self._waiting:
            return _("单击目标点；Shift 走直角；直接键入数字是朝鼠标移多远；Esc 不移了。")
        if self._from is not None:
            return _("拖到新位置松开；Esc 放回原处。")
        if not self.context.selection:
            return _("单击要移动的要素；点和线可以直接拖。")
        return _("单击基点，再单击目标点；或按住要素拖；Ctrl 复制一份；= 键入移多少。")

    def numbers(self) -> Numbers | None:
        fields = (
            NumberField("north", _("ΔX 北"), _("10 米")),
            NumberField("east", _("ΔY 东"), _("-5 米")),
            NumberField("bearing", _("或方位角"), _("94°30′")),
            NumberField("length", _("距离"), _("120 米")),
        )
        return Numbers(fields, _("移过去"), _("复制一份"), first="length" if self._waiting else "")

    def typing_begins(self, sign: str) -> bool:
        return sign in SIGNED_SIGNS

    def take_numbers(self, texts: Mapping[str, str]) -> bool:
        features = self._read(list(self.context.selection))
        if not features:
            raise EditRefused(_("还没有选中要移动的要素。"), _("请先在图上点选。"))
        shift = self._towards_pointer(texts) or _typed_shift(texts)
        copying = "switch" in texts or (self._waiting and self._copying)
        self._drop()
        return self._store(features, *rounded(shift), copying=copying)

    @property
    def busy(self) -> bool:
        return self._waiting or self._to is not None

    def _another(self, found: Hit, chosen: list[Key]) -> bool:
        """Whether a click on something that is not selected takes it instead. An area of another layer is the ground
        on which a base point is set."""
        return found.rank != _AREA or found.layer in {layer for layer, _uid in chosen}

    def _dragged(self, event: ToolEvent) -> bool:
        pressed = self._pressed or event.place
        return planar_distance(pressed, event.place) > DRAG_PIXELS * event.pixel_size

    def _aim(self, event: ToolEvent) -> None:
        assert self._from is not None
        if self._waiting and Modifier.SHIFT in event.modifiers:
            self._snap, self._to = None, right_angle([self._from], event.place).applied(self._from, event.place)
            return
        if self._copying:
            # Ctrl means the copy here, not that snapping waits; and the original stays, so it may be snapped to.
            event = replace(event, modifiers=event.modifiers & ~Modifier.CONTROL)
        of = {layer for layer, _uid in self._keys}
        self._snap = self.context.snap(event, without=() if self._copying else self._keys, of=of)
        self._pointed = event.place
        self._to = self._snap.place if self._snap else event.place

    def _finish(self) -> None:
        start, end, features = self._from, self._to, self._features
        snap, copying = self._snap, self._copying
        self._drop()
        if start is None or end is None or not features:
            return
        east, north = end[0] - start[0], end[1] - start[1]
        shift = (east, north) if snap is not None else rounded((east, north))
        told = snapped_words({one.layer for one in features}, self._pointed, snap)
        if self._unasked:
            metres = length_words(planar_distance(start, end))
            told = _("移动了 {metres}。不是要移的，按 Ctrl+Z 撤销。").format(metres=metres) + told
        if self._store(features, *shift, copying=copying) and told:
            self.context.on_message(told)

    def _towards_pointer(self, texts: Mapping[str, str]) -> Place | None:
        """A distance alone, with the base point set: as far as that towards the pointer."""
        others = any(texts[key].strip() for key in ("north", "east", "bearing"))
        if not self._waiting or others or not texts["length"].strip():
            return None
        if self._from is None or self._to is None or self._to == self._from:
            raise EditRefused(_("还不知道往哪边移。"), _("请把鼠标指向那边，或把方位角也写上。"))
        return at_bearing((0.0, 0.0), bearing(self._from, self._to), parse_length(texts["length"]))

    def _read(self, keys: list[Key]) -> list[Feature]:
        found = [self.context.workspace.feature(*key) for key in keys]
        return [one for one in found if one is not None and one.geometry is not None]

    def _store(self, features: list[Feature], east: float, north: float, *, copying: bool) -> bool:
        if not (east or north):
            return False
        ws = self.context.workspace
        if not copying:
            return self.context.store(lambda: move_features(ws.definitions, features, east, north))
        made: list[Key] = []
        told: list[str] = []

        def make() -> Edit:
            copies = copied(ws, features, east, north)
            made.extend((one.layer, one.uid) for one in copies.made)
            told.append(copies.told)
            return copies.edit

        done = self.context.store(make)
        if done:
            self.context.on_select(made)
            if told[0]:
                self.context.on_message(_("已复制。{told}").format(told=told[0]))
        return done

    def _drop(self) -> None:
        self._from = self._to = self._pressed = None
        self._snap = None
        self._copying = self._waiting = self._held = self._fresh = False
        self._features = []


def _typed_shift(texts: Mapping[str, str]) -> Place:
    """Metres east and north from ΔX and ΔY, or from bearing and distance. Raises EditRefused."""
    if texts["bearing"].strip() and texts["length"].strip():
        return at_bearing((0.0, 0.0), parse_bearing(texts["bearing"]), parse_length(texts["length"]))
    north = parse_number(texts["north"], _("ΔX 北")) if texts["north"].strip() else 0.0
    east = parse_number(texts["east"], _("ΔY 东")) if texts["east"].strip() else 0.0
    if not (north or east):
        raise EditRefused(_("还缺移动多少。"), _("请写 ΔX、ΔY 中的一个，或同时写方位角和距离。"))
    return east, north


def nudge(context: ToolContext, press: KeyPress) -> bool:
    """Move the selection by one pixel (with Shift ten) in an arrow key's direction. True when something moved."""
    if press.key not in _NUDGES:
        return False
    ws = context.workspace
    features = [one for one in (ws.feature(*key) for key in context.selection) if one is not None]
    features = [one for one in features if one.geometry is not None]
    if not features:
        return False
    step = press.pixel_size * (10 if Modifier.SHIFT in press.modifiers else 1)
    east, north = rounded((_NUDGES[press.key][0] * step, _NUDGES[press.key][1] * step))
    context.store(lambda: move_features(ws.definitions, features, east, north))
    return True


def _grip(features: list[Feature], event: ToolEvent) -> Place:
    """The corner under the hand, so that this corner snaps; else the place of the press itself."""
    best = event.place
    nearest = SNAP_PIXELS * event.pixel_size
    for one in features:
        for corner in shapely.get_coordinates(one.geometry):
            place = float(corner[0]), float(corner[1])
            distance = planar_distance(place, event.place)
            if distance <= nearest:
                best, nearest = place, distance
    return best
