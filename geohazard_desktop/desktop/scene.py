"""What the map shows: which layers, in which order and style. The map process reads and paints them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geohazard_desktop.analysis.zone_states import ZONES, with_true_states, zone_states
from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.desktop.maps.frame import FrameMaker
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.feature import Delta, FeatureTable


class Scene:
    """Tells the frame maker what has changed."""

    def __init__(self, session: Session, visible: Callable[[str], bool], maker: FrameMaker) -> None:
        self._session = session
        self._visible = visible
        self._maker = maker
        self._styles: dict[str, Style] = {}
        self._previewed: dict[str, Style] = {}
        self.style_faults: dict[str, DefinitionInvalid] = {}  # layers drawn in their default style, and why
        maker.layers = self.layers

    def forget(self) -> None:
        self._styles.clear()
        self._previewed.clear()
        self.style_faults.clear()

    def preview_style(self, layer: str, mapping: Mapping[str, Any] | None) -> None:
        """Show a layer in a style that is not in the workspace (None: in the workspace's again); redraw afterwards.
        Raises DefinitionInvalid and shows the old one."""
        if mapping is None:
            self._previewed.pop(layer, None)
        else:
            self._previewed[layer] = Style.parse(mapping, layer)
        self._maker.preview(layer, mapping)

    def style(self, layer: str) -> Style:
        if layer in self._previewed:
            return self._previewed[layer]
        if layer not in self._styles:
            self._styles[layer], fault = layer_style(self._session.workspace, layer)
            self.style_faults.pop(layer, None)
            if fault is not None:
                self.style_faults[layer] = fault
        return self._styles[layer]

    def attributes(self, layer: str) -> FeatureTable:
        """What a layer's features say, as it is shown: danger zones in the state that their register bears out. Read
        from the file each time, without geometries."""
        ws = self._session.workspace
        table = ws.attributes(layer)
        return with_true_states(table, zone_states(ws)) if layer == ZONES else table

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

    def follow(self, deltas: Sequence[Delta]) -> None:
        """Take a step in."""
        if any(one.layer == "style" for one in deltas):
            self._styles.clear()
        self._maker.follow(deltas)
