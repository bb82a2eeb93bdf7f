"""The layers as the map process reads them: pictures kept true by what the window says has changed."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geohazard_desktop.analysis.zone_states import (
    EVENTS,
    ZONES,
    shown_states,
    with_shown_states,
    with_true_states,
    zone_states,
)
from geohazard_desktop.cartography.doubted import Doubted, doubted_style, with_doubts
from geohazard_desktop.cartography.file_picture import LARGE_FROM, FilePicture
from geohazard_desktop.cartography.home import home_bounds
from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.measured import measured
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.workspace.feature import FeatureTable
from geohazard_desktop.workspace.later_layers import take_in
from geohazard_desktop.workspace.workspace import Workspace

STYLES = "style"


class MapScene:
    """Pictures of the layers of one workspace file, opened read-only. Close it when done."""

    def __init__(self, path: Path) -> None:
        self._ws = Workspace.open(path, read_only=True)
        self._pictures: dict[str, LayerPicture] = {}
        self._previewed: dict[str, Style] = {}
        self._schematic: dict[str, bool] = {}
        self._without: tuple[str, ...] = ()
        self._only: dict[str, frozenset[str]] = {}
        self._doubted: Mapping[str, Doubted] = {}
        self.version = 0  # another number: something may look different

    @property
    def epsg(self) -> int:
        return self._ws.epsg

    @property
    def home(self) -> Bounds | None:
        """What is shown first (metres)."""
        return home_bounds(self._ws)

    @property
    def in_the_way(self) -> bool:
        """Whether the open file keeps the window from making one file of it again."""
        return self._ws.in_wal

    def close(self) -> None:
        self._ws.close()

    def layers(self) -> list[str]:
        """All layers that can be drawn, in tree order."""
        drawn = [one for one in self._ws.definitions.values() if one.geometry != "none" and not one.helper]
        return [one.table for one in drawn if one.style]

    def drawn(self) -> list[str]:
        """All of them, painted first first: what a window shows in which no layer was switched off."""
        return sorted(self.layers(), key=lambda layer: self.picture(layer).style.draw_order)

    def pictures(self, layers: Sequence[str]) -> list[LayerPicture]:
        """Pictures of the layers named, in that order."""
        return [self.picture(layer) for layer in layers]

    def picture(self, layer: str) -> LayerPicture:
        """Raises DefinitionInvalid for a style that can't be read."""
        if layer not in self._pictures:
            definition = self._ws.definition(layer)
            style = self._style(layer)
            if self._ws.count(layer) >= LARGE_FROM:
                self._pictures[layer] = FilePicture(definition, style, self._ws)
            else:
                table, doubted = self._table(layer, style), self._doubted.get(layer, {})
                if doubted:
                    table, style = with_doubts(table, doubted), doubted_style(style, doubted)
                self._pictures[layer] = LayerPicture(definition, style, table)
            if layer in self._only:
                self._pictures[layer] = self._pictures[layer].restricted(self._only[layer])
        return self._pictures[layer]

    def _table(self, layer: str, style: Style) -> FeatureTable:
        """With what the style asks for. Danger zones are shown in the state that their register bears out, as paper
        shows them."""
        if layer != ZONES:
            # A measure is no column of the file; the file is not asked for it.
            table = self._ws.table(layer, fields=sorted(style.columns - style.measures))
            return measured(table, style.measures, self._ws.epsg)
        table = self._ws.table(layer)
        states = zone_states(self._ws)
        if self._without:
            table = FeatureTable.of(layer, [one for one in table if states.get(one.uid) not in self._without])
        table = with_shown_states(with_true_states(table, states), shown_states(self._ws))
        return measured(table, style.measures, self._ws.epsg)

    def leave_out(self, states: tuple[str, ...]) -> None:
        """Danger zones in these states are not shown. A layer that is never read whole shows them all."""
        if states != self._without:
            self._without = states
            self._pictures.pop(ZONES, None)
            self.version += 1

    def doubt(self, doubted: Mapping[str, Doubted]) -> None:
        """By layer the features that are not drawn as sound. A layer that is never read whole shows all as its own."""
        if doubted != self._doubted:
            for layer in {*doubted, *self._doubted}:
                if doubted.get(layer) != self._doubted.get(layer):
                    self._pictures.pop(layer, None)
            self._doubted = doubted
            self.version += 1

    def only(self, layer: str, uids: frozenset[str] | None) -> None:
        """Of a layer show the features of these uids alone; None: all of them again."""
        self._only.pop(layer, None)
        if uids is not None:
            self._only[layer] = uids
        if layer in self._pictures:
            self._pictures[layer] = self._pictures[layer].restricted(uids)
        self.version += 1

    def reading(self) -> Iterator[tuple[str, int, int]]:
        """(layer, features read, features to be read) of large layers that are being read for a view."""
        for layer, picture in self._pictures.items():
            if isinstance(picture, FilePicture) and picture.reading is not None:
                yield layer, *picture.reading

    def schematic(self, layers: Sequence[str]) -> bool:
        """Whether any of the layers holds 示意数据."""
        for layer in layers:
            if layer not in self._schematic:
                self._schematic[layer] = self._ws.any_true(layer, "schematic")
        return any(self._schematic[layer] for layer in layers)

    def preview(self, layer: str, style: Mapping[str, Any] | None) -> None:
        self._previewed.pop(layer, None)
        if style is not None:
            self._previewed[layer] = Style.parse(style, layer)
        self._restyle(layer)
        self.version += 1

    def _style(self, layer: str) -> Style:
        return self._previewed.get(layer) or layer_style(self._ws, layer)[0]

    def _restyle(self, layer: str) -> None:
        picture = self._pictures.get(layer)
        if picture is None:
            return
        style = self._style(layer)
        asked = style.columns & set(picture.definition.by_name) | style.measures
        unread = asked - set(picture.table.columns)
        if (unread or self._doubted.get(layer)) and not isinstance(picture, FilePicture):
            del self._pictures[layer]  # read anew with what the new style asks for
        else:
            self._pictures[layer] = picture.restyled(style)

    def follow(self, uids: Mapping[str, Sequence[str]]) -> bool:
        """Take a change in. True when only the places that changed look different, not a whole layer."""
        if any(layer not in self._ws.definitions for layer in uids):
            take_in(self._ws)
        if EVENTS in uids:
            self._pictures.pop(ZONES, None)
        for layer, changed in uids.items():
            self._schematic.pop(layer, None)
            picture = self._pictures.get(layer)
            if isinstance(picture, FilePicture):
                picture.forget(set(changed))
            else:
                self._pictures.pop(layer, None)
        if STYLES in uids:
            for layer in list(self._pictures):
                self._restyle(layer)
        whole = bool({STYLES, EVENTS} & set(uids))
        self.version += whole
        return not whole

    def refresh(self) -> None:
        take_in(self._ws)
        self._pictures.clear()
        self._schematic.clear()
        self.version += 1
