"""旋转 and 缩放: the selection turned or made larger about a base point, by dragging or by numbers.

A click sets the base point (else it is the middle of the selection); a drag anywhere turns or stretches; Shift holds
steps of 15°. What is typed is done about the same base point.
"""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import bearing, planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import parse_length
from geohazard_desktop.editing.hits import hits_under
from geohazard_desktop.editing.numbers import NUMBER_SIGNS, SIGNED_SIGNS, NumberField, Numbers, parse_number
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    DRAG_PIXELS,
    Button,
    Key,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
    rounded,
)
from geohazard_desktop.workspace.edits.transform import rotate_features, scale_features, scaled, turned
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

STEP_DEGREES = 15.0
_LEAST_ARM_PIXELS = 12.0  # nearer to the base point a drag would jump


class _AboutBase(Tool):
    """What turning and scaling share: the selection, the base point, and a drag from `_pressed` to `_to`."""

    cursor = "cross"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._base: Place | None = None
        self._base_of: list[Key] = []
        self._features: list[Feature] = []
        self._pressed: Place | None = None
        self._to: Place | None = None
        self._snap: Snap | None = None
        self._steps = False

    # -- what differs ----------------------------------------------------------------------------------------------

    def _shape(self, geometry: BaseGeometry, start: Place, end: Place) -> BaseGeometry:
        raise NotImplementedError

    def _edit(self, features: Sequence[Feature], start: Place, end: Place) -> Edit:
        raise NotImplementedError

    def _label(self, start: Place, end: Place) -> str:
        raise NotImplementedError

    # -- events ----------------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        if not self._look(afresh=True):
            found = hits_under(self.context, self.context.click_layers(), event)
            self.context.on_select([one.key for one in found[:1]])
            return
        self._pressed, self._to = event.place, None

    def move(self, event: ToolEvent) -> None:
        if self._pressed is None:
            self._snap = self.context.snap(event) if self.context.selection else None
            return
        if self._to is None and planar_distance(self._pressed, event.place) <= DRAG_PIXELS * event.pixel_size:
            return
        base = self.base()
        if base is None or planar_distance(base, self._pressed) < _LEAST_ARM_PIXELS * event.pixel_size:
            return
        self._steps = Modifier.SHIFT in event.modifiers
        self._snap = None if self._steps else self.context.snap(event, without=self._base_of)
        self._to = self._snap.place if self._snap else event.place

    def release(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT or self._pressed is None:
            return
        self.move(event)
        start, end = self._pressed, self._to
        far = planar_distance(start, event.place) > DRAG_PIXELS * event.pixel_size
        self._pressed = self._to = None
        if end is not None:
            features = self._features
            self.context.store(lambda: self._edit(features, start, end))
        elif far:
            self.context.on_message(_("从基点上拖不出角度和倍数。请从离基点远一点的地方按下再拖。"))
        else:
            snap = self.context.snap(event)
            self._base = snap.place if snap else rounded(event.place)
        self._snap = None

    def cancel(self) -> bool:
        had = self._pressed is not None
        self._pressed = self._to = self._snap = None
        return had

    def follow(self, deltas: Sequence[Delta]) -> None:
        if {(one.layer, one.uid) for one in deltas} & set(self._base_of):
            self._pressed = self._to = None
            self._look(afresh=True)

    @property
    def busy(self) -> bool:
        return self._to is not None

    # -- what the canvas asks --------------------------------------------------------------------------------------

    def base(self) -> Place | None:
        """The point about which it goes: the one that was clicked, else the middle of the selection."""
        if not self._look():
            return None
        if self._base is None:
            west, south, east, north = shapely.total_bounds([one.geometry for one in self._features])
            return rounded(((west + east) / 2, (south + north) / 2))
        return self._base

    def preview(self) -> Preview:
        base = self.base()
        if base is None:
            return Preview(snap=self._snap)
        if self._pressed is None or self._to is None:
            return Preview(chosen=(base,), snap=self._snap, pointer=self._snap.place if self._snap else None)
        start, end = self._pressed, self._to
        shapes = tuple(self._shape(one.geometry, start, end) for one in self._features if one.geometry is not None)
        return Preview(
            outlines=shapes,
            chosen=(base,),
            leader=(base, end),
            snap=self._snap,
            pointer=end,
            label=self._label(start, end),
        )

    def _look(self, *, afresh: bool = False) -> bool:
        """Whether something is selected, read from the disk (afresh) or as last looked at. Another selection has its
        own middle; the base point of the same one stays where the hand put it."""
        keys = list(self.context.selection)
        if keys != self._base_of:
            self._base, afresh = None, True
        if afresh:
            found = [self.context.workspace.feature(*key) for key in keys]
            self._features = [one for one in found if one is not None and one.geometry is not None]
            self._base_of = keys
        return bool(self._features)

    def _typed(self, make_words: str) -> tuple[list[Feature], Place]:
        self._look(afresh=True)
        base = self.base()
        if base is None:
            raise EditRefused(_("还没有选中要{verb}的要素。").format(verb=make_words), _("请先在图上点选。"))
        return self._features, base


class RotateTool(_AboutBase):
    title = _("旋转")

    def hint(self) -> str:
        if not self.context.selection:
            return _("单击要旋转的要素。")
        if self._to is not None:
            return _("松开就转到这里；按住 Shift 每 15° 一档；Esc 放回原处。")
        return _("按住拖动旋转；单击定基点（现在是方块处）；= 键入角度；按住 Shift 每 15° 一档。")

    def angle(self, start: Place, end: Place) -> float:
        """Degrees clockwise from one place to another as seen from the base point, -180 to 180."""
        base = self.base()
        assert base is not None
        turn = (bearing(base, end) - bearing(base, start) + 180.0) % 360.0 - 180.0
        return round(turn / STEP_DEGREES) * STEP_DEGREES if self._steps else round(turn, 4)

    def _shape(self, geometry: BaseGeometry, start: Place, end: Place) -> BaseGeometry:
        base = self.base()
        assert base is not None
        return turned(geometry, base, self.angle(start, end))

    def _edit(self, features: Sequence[Feature], start: Place, end: Place) -> Edit:
        base = self.base()
        assert base is not None
        return rotate_features(self.context.workspace.definitions, features, base, self.angle(start, end))

    def _label(self, start: Place, end: Place) -> str:
        angle = self.angle(start, end)
        way = _("顺时针") if angle >= 0 else _("逆时针")
        return _("{way} {degrees:.2f}°").format(way=way, degrees=abs(angle))

    def numbers(self) -> Numbers | None:
        return Numbers((NumberField("angle", _("角度（顺时针）"), _("30 或 -15")),), _("旋转"))

    def typing_begins(self, sign: str) -> bool:
        return sign in SIGNED_SIGNS

    def take_numbers(self, texts: Mapping[str, str]) -> bool:
        angle = parse_number(texts["angle"], _("角度"))
        features, base = self._typed(_("旋转"))
        if not angle % 360:
            raise EditRefused(_("转 {angle:g}° 等于没有转。").format(angle=angle), _("请写别的角度，如 30。"))
        return self.context.store(lambda: rotate_features(self.context.workspace.definitions, features, base, angle))


class ScaleTool(_AboutBase):
    title = _("缩放要素")

    def hint(self) -> str:
        if not self.context.selection:
            return _("单击要缩放的要素。")
        if self._to is not None:
            return _("离基点越远越大，松开就定；Esc 放回原处。")
        return _("按住拖动缩放；单击定基点（现在是方块处）；= 键入倍数，或现长和应长。")

    def factor(self, start: Place, end: Place) -> float:
        base = self.base()
        assert base is not None
        return max(0.001, min(1000.0, round(planar_distance(base, end) / planar_distance(base, start), 6)))

    def _shape(self, geometry: BaseGeometry, start: Place, end: Place) -> BaseGeometry:
        base = self.base()
        assert base is not None
        return scaled(geometry, base, self.factor(start, end))

    def _edit(self, features: Sequence[Feature], start: Place, end: Place) -> Edit:
        base = self.base()
        assert base is not None
        return scale_features(self.context.workspace.definitions, features, base, self.factor(start, end))

    def _label(self, start: Place, end: Place) -> str:
        return _("{factor:.3f} 倍").format(factor=self.factor(start, end))

    def numbers(self) -> Numbers | None:
        fields = (
            NumberField("factor", _("倍数"), "1.2"),
            NumberField("now", _("或现长"), _("100 米")),
            NumberField("wanted", _("应长"), _("120 米")),
        )
        return Numbers(fields, _("缩放"))

    def typing_begins(self, sign: str) -> bool:
        return sign in NUMBER_SIGNS

    def take_numbers(self, texts: Mapping[str, str]) -> bool:
        if texts["factor"].strip():
            factor = parse_number(texts["factor"], _("倍数"))
        elif texts["now"].strip() and texts["wanted"].strip():
            factor = parse_length(texts["wanted"]) / parse_length(texts["now"])
        else:
            raise EditRefused(_("还缺倍数。"), _("请写倍数，或同时写现长和应长。"))
        features, base = self._typed(_("缩放"))
        return self.context.store(lambda: scale_features(self.context.workspace.definitions, features, base, factor))
