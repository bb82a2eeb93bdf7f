"""The layers that the canvas shows, ready for the map's painter, and kept true by the deltas of each step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from geohazard_desktop.analysis.zone_states import EVENTS, ZONES, with_true_states, zone_states
from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.feature import Delta, Feature, FeatureTable


class Scene:
    """Tables are read once; a step changes the rows it touches."""

    def __init__(self, session: Session, visible: Callable[[str], bool]) -> None:
        self._session = session
        self._visible = visible
        self._tables: dict[str, FeatureTable] = {}
        self._styles: dict[str, Style] = {}
        self._previewed: dict[str, Style] = {}
        self.style_faults: dict[str, DefinitionInvalid] = {}  # layers drawn in their default style, and why
        self._pictures: dict[str, LayerPicture] = {}

    def forget(self) -> None:
        self._tables.clear()
        self._styles.clear()
        self._previewed.clear()
        self.style_faults.clear()
        self._pictures.clear()

    def preview_style(self, layer: str, mapping: Mapping[str, Any] | None) -> None:
        """Show a layer in a style that is not in the workspace (None: in the workspace's again); redraw afterwards.
        Raises DefinitionInvalid and shows the old one."""
        if mapping is None:
            self._previewed.pop(layer, None)
        else:
            self._previewed[layer] = Style.parse(mapping, layer)
        self._pictures.pop(layer, None)

    def style(self, layer: str) -> Style:
        if layer in self._previewed:
            return self._previewed[layer]
        if layer not in self._styles:
            self._styles[layer], fault = layer_style(self._session.workspace, layer)
            self.style_faults.pop(layer, None)
            if fault is not None:
                self.style_faults[layer] = fault
        return self._styles[layer]

    def table(self, layer: str) -> FeatureTable:
        if layer not in self._tables:
            self._tables[layer] = self._as_proved(self._session.workspace.table(layer))
        return self._tables[layer]

    def _as_proved(self, table: FeatureTable) -> FeatureTable:
        """Danger zones are shown in the state that their register bears out, as paper shows them."""
        return with_true_states(table, zone_states(self._session.workspace)) if table.layer == ZONES else table

    def layers(self) -> list[str]:
        """Visible layers with a geometry, painted first first."""
        ws = self._session.ws
        if ws is None:
            return []
        found = [
            one.table
            for one in ws.definitions.values()
            if one.geometry != "none" and not one.helper and one.style and self._visible(one.table)
        ]
        return sorted(found, key=lambda layer: self.style(layer).draw_order)

    def pictures(self) -> list[LayerPicture]:
        found = []
        for layer in self.layers():
            if layer not in self._pictures:
                definition = self._session.workspace.definitions[layer]
                self._pictures[layer] = LayerPicture(definition, self.style(layer), self.table(layer))
            found.append(self._pictures[layer])
        return found

    def follow(self, deltas: Sequence[Delta]) -> bool:
        """Take a step in. True when something that is shown has changed."""
        shown = False
        by_layer: dict[str, list[Delta]] = {}
        for one in deltas:
            by_layer.setdefault(one.layer, []).append(one)
        if "style" in by_layer:
            self._styles.clear()
            self._pictures.clear()
            shown = True
        if EVENTS in by_layer and ZONES in self._tables:
            by_layer.setdefault(ZONES, [])
        for layer, steps in by_layer.items():
            if layer in self._tables:
                self._tables[layer] = self._as_proved(patched(self._tables[layer], steps))
                self._pictures.pop(layer, None)
                shown = shown or self._visible(layer)
        return shown

    def schematic(self) -> bool:
        """Whether anything shown is 示意数据."""
        return any(any(self.table(layer).columns.get("schematic", ())) for layer in self.layers())


def patched(table: FeatureTable, deltas: Sequence[Delta]) -> FeatureTable:
    """The table after `deltas`, in the same order with new rows at the end. The old table is not changed."""
    after: dict[str, Feature | None] = {one.uid: one.after for one in deltas}
    gone = {uid for uid, feature in after.items() if feature is None}
    uids = list(table.uids)
    geometries = table.geometries.copy()
    columns = {name: list(column) for name, column in table.columns.items()}
    place = {uid: index for index, uid in enumerate(uids)} if after else {}
    new = []
    for uid, feature in after.items():
        if feature is None:
            continue
        index = place.get(uid)
        if index is None:
            new.append(feature)
            continue
        geometries[index] = feature.geometry
        for name, column in columns.items():
            column[index] = feature.values.get(name)
    if gone & set(place):
        keep = [index for index, uid in enumerate(uids) if uid not in gone]
        uids = [uids[index] for index in keep]
        geometries = geometries[keep]
        columns = {name: [column[index] for index in keep] for name, column in columns.items()}
    if new:
        added = np.empty(len(new), dtype=object)
        for index, feature in enumerate(new):
            added[index] = feature.geometry
        for name in {name for feature in new for name in feature.values} - set(columns):
            columns[name] = [None] * len(uids)
        uids += [one.uid for one in new]
        geometries = np.concatenate([geometries, added])
        for name, column in columns.items():
            column.extend(one.values.get(name) for one in new)
    return FeatureTable(table.layer, uids, geometries, columns)
