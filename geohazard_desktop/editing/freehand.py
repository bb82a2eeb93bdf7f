"""手绘: the pen's own path, thinned to what can be seen on the screen.

Press, drag and let go; or click, move and click again. Each such piece is added to the stroke, and more can follow.
"""

from typing import TYPE_CHECKING

import shapely

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.drawing_rules import freehand_rule
from geohazard_desktop.editing.tool import DRAG_PIXELS, GRAB_PIXELS, Place, ToolEvent, rounded
from geohazard_desktop.editing.ways import Way

if TYPE_CHECKING:
    from geohazard_desktop.editing.draw import DrawTool


class Freehand(Way):
    key = "freehand"

    def __init__(self) -> None:
        self._path: list[Place] = []  # where the pen was since it went down; empty while it is up
        self._dragging = False
        self._pixel = 1.0
        self._far = 0.0  # the farthest that the pen was from where it went down, in metres

    def reset(self) -> None:
        self._path = []
        self._far = 0.0
        self._dragging = False

    @property
    def running(self) -> bool:
        return bool(self._path)

    @property
    def tolerance_m(self) -> float:
        """How far the thinned line may lie from the pen's path, in metres at the scale drawn at."""
        return freehand_rule().tolerance_pixels * self._pixel

    def press(self, stroke: "DrawTool", event: ToolEvent) -> bool:
        self._pixel = event.pixel_size
        if self._path:
            self._lift(stroke, event)
            return True
        stroke.add(stroke.pointer or event.place)
        self._path = [stroke.places[-1]]
        self._dragging = True
        return True

    def move(self, _stroke: "DrawTool", event: ToolEvent) -> None:
        self._pixel = event.pixel_size
        if self._path and planar_distance(self._path[-1], event.place) >= 0.5 * event.pixel_size:
            self._path.append(rounded(event.place))
            self._far = max(self._far, planar_distance(self._path[0], event.place))

    def release(self, stroke: "DrawTool", event: ToolEvent) -> None:
        if not self._path or not self._dragging:
            return
        self._dragging = False
        if max(self._far, planar_distance(self._path[0], event.place)) >= DRAG_PIXELS * event.pixel_size:
            self._lift(stroke, event)  # else it was a click: the pen stays down until the next one

    def closes(self, stroke: "DrawTool") -> bool:
        if not self._path:
            return super().closes(stroke)
        return self._far > 3 * GRAB_PIXELS * self._pixel  # a pen that has just gone down is there as well

    def settle(self, stroke: "DrawTool") -> None:
        if self._path:
            stroke.extend(self._thinned(self._path)[1:])
            self.reset()

    def back(self, _stroke: "DrawTool") -> bool:
        had = bool(self._path)
        self.reset()
        return had

    def _lift(self, stroke: "DrawTool", event: ToolEvent) -> None:
        end = stroke.pointer or rounded(event.place)  # snapped, or the first corner: exactly there
        if end != self._path[-1]:
            self._path.append(end)
        self.settle(stroke)
        if stroke.kind == "polygon" and len(stroke.places) > 3 and end == stroke.places[0]:
            stroke.finish()

    def _thinned(self, path: list[Place]) -> list[Place]:
        if len(path) < 3:
            return path
        thin = shapely.simplify(shapely.LineString(path), self.tolerance_m, preserve_topology=False)
        return [(float(east), float(north)) for east, north in shapely.get_coordinates(thin)]

    def ahead(self, _stroke: "DrawTool", pointer: Place) -> list[Place]:
        if not self._path:
            return [pointer]
        return self._thinned(self._path if self._path[-1] == pointer else [*self._path, pointer])[1:]

    def hint(self, stroke: "DrawTool") -> str:
        told = _("（小于 {tolerance:.1f} 米的弯不记）").format(tolerance=self.tolerance_m)
        if self._path:
            return (
                (_("拖着画，松开收笔") if self._dragging else _("移动着画，再单击收笔"))
                + told
                + _("；退格重画这一笔。")
            )
        if not stroke.places:
            return _("按住拖着画，或单击落笔、再单击收笔") + told + _("。")
        return _("接着画，或按回车完成") + told + _("；退格退一笔。")


def without_loops(places: list[Place]) -> tuple[list[Place], float] | None:
    """A freehand ring without the small loops that the pen left where it crossed itself, and their area in m².

    None where what would go is more than the rule's share: that is no slip of the pen, and a person decides.
    """
    ring = shapely.Polygon(places)
    parts = [one for one in shapely.get_parts(shapely.make_valid(ring)) if one.geom_type.endswith("Polygon")]
    parts = sorted((part for one in parts for part in shapely.get_parts(one)), key=shapely.area)
    if not parts:
        return None
    largest = shapely.Polygon(parts[-1].exterior)  # a loop inside is a hole of the repaired shape
    lost = float(sum(one.area for one in parts[:-1]) + largest.area - parts[-1].area)
    if lost * 100.0 > freehand_rule().loop_percent * largest.area:
        return None
    kept = [(round(float(east), 3), round(float(north), 3)) for east, north in largest.exterior.coords[:-1]]
    return kept, lost
