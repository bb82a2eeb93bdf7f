"""The map of a meeting: a canvas and a map process of its own, larger words, nothing about persons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.viewport import MARGIN, Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.maps.hand_labels import HandLabels
from geohazard_desktop.desktop.meetings.full_shelters import FullShelters
from geohazard_desktop.desktop.meetings.hand import MeetingHand
from geohazard_desktop.desktop.scene import Scene
from geohazard_desktop.publishing.map_layers import about_people, personal_in_label, without_personal
from geohazard_desktop.workspace.edits.objections import AREAS, OBJECTIONS
from geohazard_desktop.workspace.edits.style import STYLES
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Box = tuple[float, float, float, float]


class MeetingMap:
    def __init__(self, office: "MainWindow") -> None:
        self._office = office
        self._session = office.session
        self.pins_shown = True
        self._previewed: set[str] = set()
        self.canvas = MapCanvas()
        self.canvas.title_of = lambda layer: self._session.workspace.definitions[layer].title
        self.scene = Scene(self._session, self._visible, self.canvas.maker)
        self._labels = HandLabels(self._session)
        self.canvas.maker.fixed_labels = self._labels.offsets
        self.canvas.maker.base_maps = office.map.canvas.maker.base_maps
        self.canvas.maker.without = office.map.canvas.maker.without
        self.ground: BaseGeometry | None = None  # the 街道 that is spoken of
        self.canvas.maker.spoken_of = lambda: b"" if self.ground is None else self.ground.wkb
        self.full = FullShelters(self.canvas)
        self.hand = MeetingHand(self.canvas)
        self._furniture = self.canvas.maker.covered
        self.canvas.maker.covered = self._covered

    def _visible(self, layer: str) -> bool:
        """What the office has in sight, but nothing about persons; the pins are painted by the hand."""
        if about_people(self._session.workspace.definitions[layer]) or layer == OBJECTIONS:
            return False
        if layer == AREAS:
            return self.pins_shown
        return self._office.layers.visible(layer)

    def _covered(self, view: Viewport) -> list[Box]:
        """Where no name may stand: under what the canvas lays over the map, signs and pins, and beyond the window,
        whose edge would cut it."""
        wide, high, more = float(view.width), float(view.height), float(MARGIN)
        around = [
            (-more, -more, 0.0, high + more),
            (wide, -more, wide + more, high + more),
            (0.0, -more, wide, 0.0),
            (0.0, high, wide, high + more),
        ]
        return [*self._furniture(view), *around, *self.full.boxes(view), *self.hand.pin_boxes(view)]

    def open(self) -> None:
        """Paint from the file, labels without what an office's own style may say of persons."""
        ws = self._session.workspace
        self.canvas.maker.open(ws.path)
        self._hide_persons()
        self.canvas.map_shown = True
        self.canvas.schematic = self._office.map.canvas.schematic
        self.canvas.note = self._office.map.canvas.note

    def _hide_persons(self) -> None:
        ws = self._session.workspace
        for table, definition in ws.definitions.items():
            if definition.geometry == "none" or definition.helper:
                continue
            style = layer_style(ws, table)[0]
            if personal_in_label(style, definition):
                label = without_personal(style, definition).label
                mapping = {key: one for key, one in ws.style(table).items() if key != "label"}
                if label is not None:
                    mapping["label"] = {**ws.style(table)["label"], "text": label.text, "second": label.second}
                self.canvas.maker.preview(table, mapping)
                self._previewed.add(table)
            elif table in self._previewed:
                self.canvas.maker.preview(table, None)
                self._previewed.discard(table)

    def follow(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer == STYLES for one in deltas):
            self._hide_persons()  # another window may have put a person's name into a label meanwhile
        self.scene.follow(deltas)
        self._labels.follow(list(deltas))
