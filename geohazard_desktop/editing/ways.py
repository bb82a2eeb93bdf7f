"""画法: the ways in which a hand gives the outline of one feature. Small state machines; `DrawTool` holds one of them.

A way of corners adds to the stroke (逐点, 手绘, 沿已有边) and can be changed in the middle of it. A way of whole shapes
makes the outline from a few places (矩形, 圆, 正多边形); with the last of them the shape is complete and is stored.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from geohazard_desktop.analysis.measures import at_bearing, bearing, planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.drawing_rules import regular_polygon_rule
from geohazard_desktop.editing import regular_shapes as shapes
from geohazard_desktop.editing.constraint import right_angle, side_words
from geohazard_desktop.editing.tool import KeyPress, Place, ToolEvent, rounded

if TYPE_CHECKING:
    from geohazard_desktop.editing.draw import DrawTool


class Way:
    """Corner by corner. The others change what they need.

    `places` of a stroke are its corners, or the places that give a whole shape; `whole` and `needs` say which.
    """

    key = "corners"
    whole = False
    needs = 0  # places that complete a whole shape

    @property
    def title(self) -> str:
        return TITLES[self.key]()

    # Events: True where the way has dealt with it, and the stroke has not to add a corner.

    def press(self, _stroke: "DrawTool", _event: ToolEvent) -> bool:
        return False

    def move(self, stroke: "DrawTool", event: ToolEvent) -> None: ...

    def release(self, stroke: "DrawTool", event: ToolEvent) -> None: ...

    def key_press(self, _stroke: "DrawTool", _press: KeyPress) -> bool:
        return False

    def settle(self, stroke: "DrawTool") -> None:
        """Add to the stroke what the pen is in the middle of: it is to be stored."""

    def back(self, _stroke: "DrawTool") -> bool:
        """Give up what the pen is in the middle of, before a corner is taken back."""
        return False

    def reset(self) -> None:
        """A new stroke begins."""

    def takes_shift(self, _stroke: "DrawTool") -> bool:
        """Shift means something of the way's own: it holds no right angle."""
        return self.running

    def follow(self) -> None:
        """The workspace changed."""

    @property
    def running(self) -> bool:
        """The pen is down: more than corners that are set would be lost."""
        return False

    def closes(self, stroke: "DrawTool") -> bool:
        """Whether the pointer on the first corner means the end of the stroke."""
        return not self.whole and len(stroke.places) >= 3

    # Shapes

    def ahead(self, _stroke: "DrawTool", pointer: Place) -> list[Place]:
        """The corners that a click at `pointer` would add."""
        return [pointer]

    def outline(self, places: Sequence[Place]) -> list[Place]:
        """The outline that so many places give; of a whole shape nothing until it is complete."""
        return list(places)

    def held(self, places: Sequence[Place], pointer: Place) -> Place:
        """Where the next place goes with Shift held."""
        return right_angle(places, pointer).applied(places[-1], pointer)

    def at_length(self, places: Sequence[Place], pointer: Place, metres: float) -> Place:
        """Where the next place goes when a length is typed: along the pointer."""
        direction = bearing(places[-1], pointer) if pointer != places[-1] else 0.0
        return rounded(at_bearing(places[-1], direction, metres))

    # Words

    def guide(self, _places: Sequence[Place], _pointer: Place | None) -> list[Place]:
        """A thin line that explains the shape: a radius, a first side."""
        return []

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        """What stands beside the pointer."""
        return side_words(stroke.places[-1], pointer)

    def hint(self, _stroke: "DrawTool") -> str:
        """The next click; "" leaves it to the words of corner by corner."""
        return ""

    def refusal(self) -> str:
        """Why complete places give no shape."""
        return ""


class _Whole(Way):
    whole = True

    def guide(self, places: Sequence[Place], pointer: Place | None) -> list[Place]:
        if len(places) == 1 and pointer is not None:
            return [places[0], pointer]
        return []


class Rectangle(_Whole):
    """矩形: two opposite corners, sides along the grid."""

    key = "rectangle"
    needs = 2

    def outline(self, places: Sequence[Place]) -> list[Place]:
        return shapes.rectangle(places[0], places[1]) if len(places) == 2 else []

    def held(self, places: Sequence[Place], pointer: Place) -> Place:
        return shapes.square_corner(places[-1], pointer)

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        one = stroke.places[0]
        return _("东西 {width:.2f} 米 × 南北 {height:.2f} 米").format(
            width=abs(pointer[0] - one[0]), height=abs(pointer[1] - one[1])
        )

    def hint(self, stroke: "DrawTool") -> str:
        if not stroke.places:
            return _("单击定矩形的一个角；= 键入坐标。")
        return _("单击定对角；Shift 画正方形；= 键入 120×80；退格退一点。")

    def refusal(self) -> str:
        return _("两个角在一条线上，成不了矩形。请把对角拉开，或按 Esc 取消。")


class SlantedRectangle(_Whole):
    """斜矩形: the two ends of one side, then how far the other side lies."""

    key = "slanted_rectangle"
    needs = 3

    def outline(self, places: Sequence[Place]) -> list[Place]:
        return shapes.slanted_rectangle(*places) if len(places) == 3 else []

    def held(self, places: Sequence[Place], pointer: Place) -> Place:
        return super().held(places, pointer) if len(places) == 1 else pointer

    def at_length(self, places: Sequence[Place], pointer: Place, metres: float) -> Place:
        if len(places) < 2:
            return super().at_length(places, pointer, metres)
        side = -1.0 if shapes.height_over(places[0], places[1], pointer) < 0 else 1.0
        return rounded(at_bearing(places[1], bearing(places[0], places[1]) + 90.0, side * metres))

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        if len(stroke.places) < 2:
            return super().label(stroke, pointer)
        start, end = stroke.places[:2]
        return _("边长 {length:.2f} 米 × 宽 {width:.2f} 米").format(
            length=planar_distance(start, end), width=abs(shapes.height_over(start, end, pointer))
        )

    def hint(self, stroke: "DrawTool") -> str:
        return (
            _("单击定斜矩形一条边的起点；= 键入坐标。"),
            _("单击定这条边的终点；= 键入边长；退格退一点。"),
            _("单击定宽；= 键入宽，如 35；退格退一点。"),
        )[min(len(stroke.places), 2)]

    def refusal(self) -> str:
        return _("三个点在一条线上，成不了矩形。请把宽拉开，或按 Esc 取消。")


class CircleByRadius(_Whole):
    """圆: centre and radius."""

    key = "circle"
    needs = 2

    def circle(self, places: Sequence[Place]) -> shapes.Circle | None:
        if len(places) != 2:
            return None
        return shapes.Circle(places[0], planar_distance(places[0], places[1]))

    def outline(self, places: Sequence[Place]) -> list[Place]:
        found = self.circle(places)
        return shapes.circle_corners(found) if found is not None else []

    def held(self, _places: Sequence[Place], pointer: Place) -> Place:
        return pointer

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        found = self.circle([*stroke.places, pointer])
        return circle_words(found.radius_m) if found is not None else ""

    def hint(self, stroke: "DrawTool") -> str:
        if not stroke.places:
            return _("单击定圆心；= 键入坐标。")
        return _("单击定半径；= 键入半径。") + self._roundness(stroke)

    def _roundness(self, stroke: "DrawTool") -> str:
        found = self.circle([*stroke.places, stroke.pointer] if stroke.pointer is not None else stroke.places)
        return roundness_words(found.radius_m) + "。" if found is not None else ""

    def refusal(self) -> str:
        return _("半径太小，成不了圆。请离圆心远一点，或按 Esc 取消。")


class CircleThroughThree(CircleByRadius):
    """三点圆: three places on the circle."""

    key = "circle_three"
    needs = 3

    def circle(self, places: Sequence[Place]) -> shapes.Circle | None:
        return shapes.circle_through(*places) if len(places) == 3 else None

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        return super().label(stroke, pointer) or side_words(stroke.places[-1], pointer)

    def at_length(self, places: Sequence[Place], pointer: Place, metres: float) -> Place:
        return Way.at_length(self, places, pointer, metres)

    def hint(self, stroke: "DrawTool") -> str:
        if len(stroke.places) < 2:
            return (_("单击定圆上第一点。"), _("单击定圆上第二点；退格退一点。"))[len(stroke.places)]
        return _("单击定圆上第三点。") + self._roundness(stroke)

    def refusal(self) -> str:
        return _("三个点几乎在一条线上，成不了圆。请把第三点移开，或按 Esc 取消。")


class RegularPolygon(_Whole):
    """正多边形: centre, then a corner; Up and Down change the number of sides."""

    key = "regular_polygon"
    needs = 2

    def __init__(self) -> None:
        self.sides = regular_polygon_rule().sides

    def set_sides(self, sides: int) -> int:
        """As many as the rule allows; returns how many it has now."""
        rule = regular_polygon_rule()
        self.sides = max(rule.fewest_sides, min(rule.most_sides, sides))
        return self.sides

    def key_press(self, _stroke: "DrawTool", press: KeyPress) -> bool:
        if press.key not in ("Up", "Down"):
            return False
        self.set_sides(self.sides + (1 if press.key == "Up" else -1))
        return True

    def outline(self, places: Sequence[Place]) -> list[Place]:
        return shapes.regular_polygon(places[0], places[1], self.sides) if len(places) == 2 else []

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        radius = planar_distance(stroke.places[0], pointer)
        return _("正 {sides} 边形  角到中心 {radius:.2f} 米").format(sides=self.sides, radius=radius)

    def hint(self, stroke: "DrawTool") -> str:
        if not stroke.places:
            return _("单击定正 {sides} 边形的中心；↑ ↓ 改边数。").format(sides=self.sides)
        return _("单击定一个角；↑ ↓ 改边数（{sides}）；= 键入角到中心的距离。").format(sides=self.sides)

    def refusal(self) -> str:
        return _("角离中心太近，成不了正多边形。请离远一点，或按 Esc 取消。")


def circle_words(radius_m: float) -> str:
    """Radius, and how round it is stored, for the label beside the pointer."""
    return _("半径 {radius:.2f} 米").format(radius=radius_m) + "\n" + roundness_words(radius_m)


def roundness_words(radius_m: float) -> str:
    """How many corners a circle becomes, and how far it is from round then."""
    corners = shapes.circle_corner_count(radius_m)
    return _("存成 {corners} 个拐点，离真圆最多 {off:.2f} 米").format(
        corners=corners, off=shapes.circle_deviation(radius_m, corners)
    )


TITLES: Mapping[str, Callable[[], str]] = {
    "corners": lambda: _("逐点"),
    "freehand": lambda: _("手绘"),
    "trace": lambda: _("沿已有边"),
    "rectangle": lambda: _("矩形"),
    "slanted_rectangle": lambda: _("斜矩形"),
    "circle": lambda: _("圆"),
    "circle_three": lambda: _("三点圆"),
    "regular_polygon": lambda: _("正多边形"),
}
