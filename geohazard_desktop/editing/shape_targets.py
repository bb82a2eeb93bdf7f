"""What the tools that change shapes have in common: which features they may change, and what must be said of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.announced import is_announced
from geohazard_desktop.editing.delete import BASE_GROUP, referring
from geohazard_desktop.editing.hits import hits
from geohazard_desktop.editing.tool import CLICK_PIXELS, Key, ToolContext, ToolEvent
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.precision import REACH
from geohazard_desktop.workspace.edits.wording import called, called_all, followed
from geohazard_desktop.workspace.feature import Edit, Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_MOST = 200  # features under one stroke; more would be no stroke but a batch
_SHAPES = ("polygon", "line")


class Targets:
    """The features that a tool changes: those selected, else what lies under the hand in the layer that is current.

    Maps of the base (boundaries, water) are changed only when they were selected: under a long stroke they would be
    cut without being meant.
    """

    def __init__(self, context: ToolContext, kinds: Sequence[str] = _SHAPES) -> None:
        self.context, self.kinds = context, kinds
        self._told: set[Key] = set()
        self._kept: tuple[list[Key], list[Feature]] | None = None

    def forget(self) -> None:
        """The workspace changed: read the selected features anew."""
        self._kept = None

    def selected(self) -> list[Feature]:
        """The selected features of the right kind, as they are on disk."""
        wanted = list(self.context.selection)[:_MOST]
        if self._kept is None or self._kept[0] != wanted:
            ws = self.context.workspace
            found = [ws.feature(*key) for key in wanted if self._fits(ws.definition(key[0]))]
            self._kept = wanted, [one for one in found if one is not None and one.geometry is not None]
        return self._kept[1]

    def under(self, line: BaseGeometry) -> list[Feature]:
        """What a stroke may change: the selection, else the current layer's features that the line meets."""
        chosen = self.selected()
        if chosen:
            return chosen
        ws, layer = self.context.workspace, self.context.layer
        definition = ws.definition(layer)
        if not self._fits(definition) or definition.group == BASE_GROUP:
            return []
        table = ws.table(layer, bounds=line.bounds)
        found = [one for one in table if one.geometry is not None and one.geometry.intersects(line)]
        return found[:_MOST]

    def at(self, event: ToolEvent, *, reach: float = CLICK_PIXELS) -> Feature | None:
        """The feature under the pointer: a selected one first, else the topmost of the layers in sight."""
        ws = self.context.workspace
        layers = [one for one in self.context.click_layers() if self._fits(ws.definition(one))]
        found = hits(ws, layers, event.place, reach * event.pixel_size, meant=self.context.meant())
        chosen = set(self.context.selection)
        keys = [one.key for one in found if one.key in chosen]
        keys += [one.key for one in found if ws.definition(one.layer).group != BASE_GROUP and one.key not in keys]
        feature = ws.feature(*keys[0]) if keys else None
        return feature if feature is not None and feature.geometry is not None else None

    def neighbours(self, features: Iterable[Feature]) -> list[Feature]:
        """Features of the same layers that touch or nearly touch one of them."""
        ws = self.context.workspace
        own = list(features)
        found: dict[Key, Feature] = {}
        for one in own:
            if one.geometry is None or ws.definition(one.layer).geometry != "polygon":
                continue
            for other in ws.table(one.layer, bounds=one.geometry.bounds):
                near = other.geometry is not None and other.geometry.distance(one.geometry) <= REACH
                if near and all(other.uid != its.uid for its in own):
                    found[(other.layer, other.uid)] = other
        return list(found.values())

    def warn(self, features: Iterable[Feature]) -> None:
        """Say once of each feature that a register speaks of its present shape. An announced danger zone is asked
        about when the edit is stored, whatever the tool (`announced.py`)."""
        for one in features:
            key = one.layer, one.uid
            if key not in self._told and not is_announced(self.context.workspace, one):
                self._told.add(key)
                words = register_words(self.context.workspace, one)
                if words:
                    self.context.on_message(words)

    def _fits(self, definition: LayerDefinition) -> bool:
        return definition.geometry in self.kinds and not definition.why_fixed and not definition.helper


def registered(ws: Workspace, features: Iterable[Feature]) -> set[str]:
    """The uids of those features that an append-only register keeps (`LayerDefinition.holding`)."""
    return {one.uid for one in features if _registers(ws, one, keeping=True)}


def register_words(ws: Workspace, feature: Feature) -> str:
    """A sentence when what left the office speaks of the feature's present shape; else ""."""
    counts = _registers(ws, feature)
    if not counts:
        return ""
    listed = "、".join(_("{title} {count} 条").format(title=title, count=count) for title, count in counts.items())
    sentence = _("{name}已有登记（{listed}），发出去的纸上还是原来的图形；改了请重新公告、重新发，改错了可以撤销。")
    return sentence.format(name=followed(called(ws.definitions, feature)), listed=listed)


def _registers(ws: Workspace, feature: Feature, *, keeping: bool = False) -> dict[str, int]:
    counts: dict[str, int] = {}
    for definition in ws.definitions.values():
        if not definition.append_only:
            continue
        known = definition.holding if keeping else definition.fields
        fields = [one.name for one in known if one.type == "reference" and one.target == feature.layer]
        rows = {one.uid for name in fields for one in ws.find(definition.table, name, feature.uid)}
        if rows:
            counts[definition.title] = len(rows)
    return counts


def fresh_numbers(ws: Workspace) -> Callable[[Feature, int], Sequence[Mapping[str, Value]]]:
    """Numbers for the new pieces of features, in one edit: none is given twice."""
    given: dict[str, int] = {}

    def fresh(feature: Feature, count: int) -> Sequence[Mapping[str, Value]]:
        definition = ws.definition(feature.layer)
        before = given.get(feature.layer, 0)
        given[feature.layer] = before + count
        values: list[dict[str, Value]] = [{} for _each in range(count)]
        if definition.letter:
            for one, number in zip(values, ws.next_numbers(feature.layer, before + count)[before:], strict=True):
                one["id"] = number
        if "number" in definition.by_name:  # 路线号: the short number that people see on the map
            used = [str(one) for one in ws.attributes(feature.layer).columns.get("number", []) if one]
            highest = max((int(one) for one in used if one.isdecimal()), default=0) + before
            for index, one in enumerate(values):
                one["number"] = str(highest + index + 1)
        return values

    return fresh


def left_behind(ws: Workspace, edit: Edit) -> str:
    """After a split: what lies in a new piece but still refers to the one that kept the number; "" when nothing does.

    It is said, not changed: a new danger zone is a draft, and a household's card names the zone that was announced.
    """
    kept = [one.after for one in edit.deltas if one.before is not None and one.after is not None]
    pieces = [one.after.geometry for one in edit.deltas if one.before is None and one.after is not None]
    if not pieces:
        return ""
    area = shapely.union_all([one for one in pieces if one is not None])
    found = [
        one
        for one in referring(ws, kept)
        if one.geometry is not None and not ws.definition(one.layer).append_only and area.intersects(one.geometry)
    ]
    if not found:
        return ""
    return _("{names}在新分出来的部分里，但还登记在{kept}名下，请逐个核对。").format(
        names=followed(called_all(ws.definitions, found)), kept=followed(called_all(ws.definitions, kept))
    )
