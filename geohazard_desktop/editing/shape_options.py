"""Tools whose result hangs on numbers: what they have in common, offset and buffer.

The window shows their options in a bar over the map; each change is seen at once, and nothing is stored before the
button (Enter, right click) or, where a side must be shown, the click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.judgement import area_words
from geohazard_desktop.editing.numbers import NUMBER_SIGNS
from geohazard_desktop.editing.shape_targets import Targets, fresh_numbers
from geohazard_desktop.editing.tool import Button, Key, KeyPress, Place, Preview, Tool, ToolContext, ToolEvent
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.offset import buffer, offset
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value

OptionValue = str | float | bool | None

_BUFFER_M = 50.0  # where the tool begins; the officer sees it and changes it at once


@dataclass(frozen=True, slots=True)
class Option:
    """One value in the bar. `metres` may be empty where `optional`; `choices` are (value, words)."""

    key: str
    title: str
    kind: Literal["metres", "count", "switch", "choice", "text"]
    value: OptionValue
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    tip: str = ""


class OptionsTool(Tool):
    """A tool with options. `made` is what would be stored; it is made anew when anything it hangs on changes."""

    kinds: Sequence[str] = ("polygon", "line")
    cursor = "arrow"
    takes_right = True

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.targets = Targets(context, self.kinds)
        self.refused = ""
        self.fault = ""  # why what stands in a field of numbers can't be read: nothing is done as long as it stands
        self._made: tuple[object, Edit | None] | None = None

    def options(self) -> Sequence[Option]:
        raise NotImplementedError

    def choose(self, key: str, value: OptionValue) -> None:
        """Take another value of an option."""
        setattr(self, key, value)
        self.fault = ""
        self._made = None

    def typing_begins(self, sign: str) -> bool:
        return sign in NUMBER_SIGNS and any(one.kind == "metres" for one in self.options())

    def misread(self, key: str, fault: str) -> None:
        """What was typed into an option can't be read; `fault` is told instead of doing anything."""
        self.choose(key, None)
        self.fault = fault

    def action(self) -> str:
        """Words of the button that stores; "" where a click on the map does."""
        return ""

    def note(self) -> str:
        """What would come of it, in figures, or why nothing can."""
        return self.refused

    def make(self) -> Edit | None:
        """What would be stored now; None while something is missing. Raises EditRefused."""
        raise NotImplementedError

    def state(self) -> object:
        """What the result hangs on beside the options."""
        return tuple(self.context.selection), self.context.sharing, self.fault

    def made(self) -> Edit | None:
        state = self.state()
        if self._made is None or self._made[0] != state:
            self.refused = ""
            try:
                if self.fault:
                    raise EditRefused(self.fault)
                self._made = state, self.make()
            except GeohazardError as error:
                self.refused = str(error)
                self._made = state, None
            self.targets.warn(self.touched())
        return self._made[1]

    def touched(self) -> list[Feature]:
        """Features whose own shape would change."""
        return self.targets.selected()

    def apply(self) -> bool:
        """Store it. False when it was refused, which has been said."""
        edit = self.made()
        if edit is None:
            self.context.on_message(self.refused or self.hint())
            return False
        if not edit.deltas:
            self.context.on_message(self.note())
            return False
        return self.context.store(lambda: edit) and self.stored(edit)

    def stored(self, _edit: Edit) -> bool:
        return True

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            self.apply()
        elif event.button is Button.LEFT:
            one = self.targets.at(event)
            self.context.on_select([(one.layer, one.uid)] if one is not None else [])

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter":
            self.apply()
            return True
        return super().key(press)

    def follow(self, deltas: Sequence[Delta]) -> None:
        super().follow(deltas)
        self.targets.forget()
        self._made = None


class OffsetTool(OptionsTool):
    """A parallel line or a border moved outward or inward: the pointer shows the side, and how far unless typed.

    A click is the distance and does it; Enter does it only by a typed distance. Whatever was done, the feature has to
    be clicked again before it is offset once more: a number that is typed after the click must not do it twice.
    """

    title = _("偏移")
    cursor = "cross"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.distance: OptionValue = None
        self.as_new: OptionValue = None
        self._pointer: Place | None = None
        self._done: tuple[Key, ...] | None = None  # the selection that has been offset, until it is clicked again

    def options(self) -> Sequence[Option]:
        return (
            Option("distance", _("距离"), "metres", self.distance, optional=True, tip=_("空着就按鼠标的远近。")),
            Option("as_new", _("画成新的，原来的不动"), "switch", self._new()),
        )

    def _one(self) -> Feature | None:
        chosen = self.targets.selected()
        return chosen[0] if len(chosen) == 1 and tuple(self.context.selection) != self._done else None

    def _new(self) -> bool:
        """A line gets a parallel one, a border is moved, unless the officer says otherwise."""
        one = self._one()
        line = one is not None and self.context.workspace.definition(one.layer).geometry == "line"
        return line if self.as_new is None else bool(self.as_new)

    def state(self) -> object:
        return super().state(), self._pointer, self._done

    def touched(self) -> list[Feature]:
        return [] if self._new() else super().touched()

    def signed(self) -> float | None:
        """Metres to the left of a line (or outward), negative to the other side; None while nothing shows a side."""
        one = self._one()
        if one is None or one.geometry is None or self._pointer is None:
            return None
        polygon = one.geometry.geom_type.endswith("Polygon")
        pointer = Point(self._pointer)
        edges = one.geometry.boundary if polygon else one.geometry
        metres = float(self.distance) if self.distance else round(float(edges.distance(pointer)), 2)
        positive = not one.geometry.contains(pointer) if polygon else _left_of(one.geometry, self._pointer)
        return metres if positive else -metres

    def make(self) -> Edit | None:
        one, metres = self._one(), self.signed()
        if one is None or metres is None or not metres:
            return None
        ws = self.context.workspace
        return offset(ws.definitions, one, metres, as_new=self._new(), fresh=fresh_numbers(ws))

    def move(self, event: ToolEvent) -> None:
        self._pointer = event.place

    def press(self, event: ToolEvent) -> None:
        self._pointer = event.place
        if event.button is not Button.LEFT:
            return
        if self._one() is None:
            self._done = None
            super().press(event)
        else:
            self.apply()

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter":
            self.enter()
            return True
        return super().key(press)

    def enter(self) -> bool:
        """Offset by the typed distance; without one nothing is done, and it is said what is missing."""
        if self._one() is not None and not self.distance and not self.fault:
            self.context.on_message(_("还没有键入偏移多远。请键入距离（米）再按回车，或在图上单击定远近。"))
            return False
        if self._one() is not None and self._pointer is None:
            self.context.on_message(_("还不知道往哪一侧偏。请把鼠标移到那一侧，再按回车。"))
            return False
        return self.apply()

    def stored(self, edit: Edit) -> bool:
        self._done = tuple(self.context.selection)
        return super().stored(edit)

    def follow(self, deltas: Sequence[Delta]) -> None:
        super().follow(deltas)
        self._done = None  # its own step is marked after this; whatever comes later (undo) makes it free again

    def preview(self) -> Preview:
        edit = self.made()
        metres = self.signed()
        label = ""
        if metres is not None:
            one = self._one()
            polygon = one is not None and self.context.workspace.definition(one.layer).geometry == "polygon"
            side = (_("向外"), _("向里")) if polygon else (_("向左"), _("向右"))
            label = _("{side} {metres} 米").format(side=side[metres < 0], metres=f"{abs(metres):.2f}")
        return Preview(kind="shape", outlines=shapes_of(edit), pointer=self._pointer, label=label)

    def note(self) -> str:
        return self.refused or (self.made() or Edit("", ())).words

    def hint(self) -> str:
        one = self._one()
        if one is None and self._done is not None:
            return _("已经偏移好了。要再偏移一次，请再单击它；偏错了按 Ctrl+Z 撤销，再键入距离。")
        if one is None:
            return _("单击要偏移的一条线或一个面。")
        return self.refused or _("把鼠标移到要偏去的一侧，单击定下；或直接键入距离（米），按回车。")


def _left_of(geometry: BaseGeometry, place: Place) -> bool:
    part = min(shapely.get_parts(geometry), key=lambda one: float(one.distance(Point(place))))
    corners = shapely.get_coordinates(part)
    starts, along = corners[:-1], np.diff(corners, axis=0)
    gap = np.array(place) - starts
    fraction = np.clip((gap * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0.0, 1.0)
    index = int(np.hypot(*(gap - along * fraction[:, None]).T).argmin())
    return bool(along[index][0] * gap[index][1] - along[index][1] * gap[index][0] > 0)


class BufferTool(OptionsTool):
    """Areas around the selected features, in a layer of areas."""

    title = _("缓冲区")
    kinds = ("polygon", "line", "point")

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.width: OptionValue = _BUFFER_M
        self.layer: OptionValue = None
        self.dissolve: OptionValue = False
        self.width_source: OptionValue = ""
        self._drawn: set[Key] = set()

    def options(self) -> Sequence[Option]:
        found = [
            Option("width", _("宽度"), "metres", self.width),
            Option(
                "layer", _("画到"), "choice", self._layer(), tuple((one.table, one.title) for one in self._layers())
            ),
        ]
        if "width_source" in self.context.workspace.definition(self._layer()).by_name:
            found.append(Option("width_source", _("宽度依据"), "text", self.width_source))
        if len(self.targets.selected()) > 1:
            found.append(Option("dissolve", _("合成一个"), "switch", self.dissolve))
        return found

    def _layers(self) -> list[LayerDefinition]:
        every = self.context.workspace.definitions.values()
        return [one for one in every if one.geometry == "polygon" and one.drawn and not one.append_only]

    def _layer(self) -> str:
        """The layer chosen; else the one that is made from such features (河道走廊 of 河道中心线)."""
        if self.layer:
            return str(self.layer)
        chosen = self.targets.selected()
        for one in self._layers():
            derived = one.by_name.get("derived_from")
            if chosen and derived is not None and derived.target == chosen[0].layer:
                return one.table
        tables = [one.table for one in self._layers()]
        return self.context.layer if self.context.layer in tables else tables[0]

    def touched(self) -> list[Feature]:
        return []

    def make(self) -> Edit | None:
        chosen = self._sources()
        if not chosen:
            return None
        ws, layer = self.context.workspace, self._layer()
        dissolve = bool(self.dissolve) and len(chosen) > 1
        count = 1 if dissolve else len(chosen)
        numbers: list[dict[str, Value]] = [{} for _each in range(count)]
        if ws.definition(layer).letter:
            numbers = [{"id": number} for number in ws.next_numbers(layer, count)]
        return buffer(
            ws.definitions,
            chosen,
            layer,
            float(self.width or 0),
            dissolve=dissolve,
            width_source=str(self.width_source or ""),
            fresh=numbers,
        )

    def _sources(self) -> list[Feature]:
        """The selected features; what was drawn just now is selected to be looked at, not to be buffered again."""
        chosen = self.targets.selected()
        return [] if {(one.layer, one.uid) for one in chosen} <= self._drawn else chosen

    def stored(self, edit: Edit) -> bool:
        self._drawn = {(one.layer, one.uid) for one in edit.deltas}
        self.context.on_select(sorted(self._drawn))
        return True

    def action(self) -> str:
        count = len(self.made().deltas) if self.made() else 0  # type: ignore[union-attr]
        return _("画出 {count} 个缓冲区").format(count=count) if count else _("画缓冲区")

    def preview(self) -> Preview:
        return Preview(kind="shape", outlines=shapes_of(self.made()))

    def note(self) -> str:
        edit = self.made()
        if edit is None:
            return self.refused or self.hint()
        areas = sum(shape.area for shape in shapes_of(edit))
        return _("{words}，共 {area}").format(words=edit.words, area=area_words(float(areas)))

    def hint(self) -> str:
        if self._drawn and not self._sources():
            return _("缓冲区画好了；再选别的要素可以接着做，Esc 放下这个工具。")
        if not self.targets.selected():
            return _("单击要做缓冲区的点、线或面；要选几个，请先用“选择”。")
        return self.refused or _("在上面改宽度和图层，看好了按回车画出来。")


def shapes_of(edit: Edit | None) -> tuple[BaseGeometry, ...]:
    """The geometries that an edit would leave, for the preview."""
    if edit is None:
        return ()
    return tuple(one.after.geometry for one in edit.deltas if one.after is not None and one.after.geometry is not None)


def _choices(layers: Sequence[LayerDefinition]) -> tuple[tuple[str, str], ...]:
    return tuple((one.table, one.title) for one in layers)
