"""放到地图上: a feature that is registered already is given its place by one click, or by typed coordinates.

Lists of people come in without coordinates; whoever knows the village knows the house.
"""

from collections.abc import Callable

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.defaults import outside_district, values_by_place
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Key, ToolContext
from geohazard_desktop.workspace.edits.placing import place_feature
from geohazard_desktop.workspace.edits.wording import called, followed
from geohazard_desktop.workspace.feature import Edit, Feature

Placed = Callable[[Edit | None, str], None]


class PlaceTool(DrawTool):
    """Puts the feature `key`, of a point layer, where the hand clicks: snapped and typed as a new point is.

    `placed` is called once, when the tool has done its work: with the edit that is on disk and reminders about the
    place ("" for none); with None when the feature was deleted meanwhile, which was said.
    """

    beyond_sight = True

    def __init__(self, context: ToolContext, key: Key, placed: Placed) -> None:
        super().__init__(context)
        self._key, self._placed = key, placed
        self._edit: Edit | None = None
        self.title = _("放到地图上")

    def finish(self) -> bool:
        """Store the place that was set. False where the disk refused it, which was said: the next click is a new try,
        and nothing stays under the pen."""
        moved = self.moved_words()
        done = super().finish()
        self._begin()
        if done:
            edit, place = self._edit, self._edit.deltas[0].after if self._edit is not None else None
            warning = ""
            if place is not None and place.geometry is not None:
                warning = moved + (outside_district(self.context.workspace, place.layer, place.geometry) or "")
            self._placed(edit, warning)
        return done

    def hint(self) -> str:
        feature = self._feature()
        if feature is None:
            return ""
        name = followed(called(self.context.workspace.definitions, feature))
        words = _("点一下{name}在图上的位置；= 键入坐标；Esc 不放。")
        if feature.layer == "household":
            words = _("点一下{name}这一户的房子；= 键入坐标；Esc 不放。")
        return words.format(name=name)

    def _feature(self) -> Feature | None:
        return self.context.workspace.feature(*self._key)

    def _store(self, geometry: BaseGeometry) -> bool:
        ws, layer = self.context.workspace, self._key[0]
        feature = self._feature()
        if feature is None:
            self.context.on_message(_("要放的{title}已经删除了，没有放。").format(title=ws.definition(layer).title))
            self._edit = None
            return True

        def make() -> Edit:
            self._edit = place_feature(ws.definitions, feature, geometry, values_by_place(ws, layer, geometry))
            return self._edit

        return self.context.store(make)
