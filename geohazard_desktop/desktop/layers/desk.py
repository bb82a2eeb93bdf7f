"""What the layer tree offers beside showing a layer: its faults, what it is, the others hidden or shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from geohazard_desktop.analysis.measures import measurable, on_earth
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.layers.faults import LayerFaults
from geohazard_desktop.desktop.layers.opacity import OpacityDesk
from geohazard_desktop.desktop.layers.order import OrderDesk
from geohazard_desktop.desktop.layers.reference_desk import ReferenceDesk
from geohazard_desktop.desktop.layers.renaming import LayerRenaming
from geohazard_desktop.desktop.session import Key
from geohazard_desktop.desktop.zones.stage import BY_STATE, zones_in
from geohazard_desktop.domain.lifecycle import states

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class LayerDesk:
    """The tree marks each layer with faults; a click on the mark selects the features concerned and shows them."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.faults = LayerFaults(window.session, window.handlers.jobs, window)
        self.references = ReferenceDesk(window)
        self.opacity = OpacityDesk(window)
        self.renaming = LayerRenaming(window)
        self.order = OrderDesk(window)
        window.layers.menu_filled.connect(self.opacity.fill)
        self.faults.changed.connect(self.mark)
        window.layers.filled.connect(self.mark)
        window.register.zoom_asked.connect(self.look_at)

    def settle_layers(self) -> bool:
        """Show the layers that came, went, or got another name: reference layers come with their first features. True
        where the tree was filled anew."""
        window = self._window
        ws = window.session.ws
        if ws is None:
            return False
        if window.layers.said() == {one.table: (one.title, one.paper, one.source) for one in ws.in_use()}:
            return False
        window.fill_layers()
        window.register.refill()
        window.map.redraw()
        return True

    def mark(self) -> None:
        """Put the marks into the tree."""
        window = self._window
        if window.session.ws is None:
            return
        window.layers.marks.set_warnings(self.faults.sentences())

    def steps(self, layer: str) -> dict[str, Callable[[], object]]:
        """What the tree's menu can ask for, by its key."""
        window = self._window
        return {
            "faults": lambda: self._show_faults(layer),
            "filter": lambda: window.map.filters.clear(layer),
            "hide": lambda: window.layers.show_layer(layer, not window.layers.visible(layer)),
            "all": window.layers.show_all,
            "lock": lambda: window.map.locks.toggle(layer),
            "properties": lambda: self._properties(layer),
            "order": self.order.open,
            "rename": lambda: self.renaming.ask(layer),
            **self.references.steps(layer),
            **{
                f"{BY_STATE}{state}": lambda state=state: self._select_state(layer, state)  # type: ignore[misc]
                for state in (_("撤离中"), *states())
            },
        }

    def _select_state(self, layer: str, state: str) -> None:
        """The zones that are in a state now: selected, and in sight."""
        window = self._window
        keys = zones_in(window.session.workspace, state)
        window.layers.show_layer(layer)
        window.session.select(keys)
        window.map.look_at_keys(keys)

    def look_at(self, key: Key) -> None:
        """A row of the table on the map; what has no place there is said."""
        window = self._window
        feature = window.session.workspace.feature(*key)
        if feature is None:
            return
        if feature.geometry is None or not measurable(feature.geometry):
            name = window.session.label(feature)
            window.banner.say("info", _("{name}没有可用的图形，图上看不到它。").format(name=name))
            return
        window.layers.show_layer(feature.layer)
        window.map.look_at_keys([key])

    def _show_faults(self, layer: str) -> None:
        """Select the features at fault, and look at those that have a place; the others are in the table."""
        window = self._window
        found = self.faults.of(layer)
        if not found:
            return
        window.layers.show_layer(layer)
        window.session.select([(layer, one.uid) for one in found])
        if not all(one.drawn for one in found):
            window.handlers.layer_asked("table", layer)
            window.register.show_selected()
        near = [(layer, one.uid) for one in found if self._near(layer, one.uid)]
        QTimer.singleShot(
            0, window, lambda: window.map.look_at_keys(near)
        )  # when the map has the height the table leaves it
        from geohazard_desktop.cartography.faults import told

        window.banner.say("warning", told(window.session.workspace.definitions[layer], found, most=2).replace("\n", ""))

    def _near(self, layer: str, uid: str) -> bool:
        """Whether a feature lies on the map of the CRS: a flight to the end of the plane would show nothing."""
        ws = self._window.session.workspace
        feature = ws.feature(layer, uid)
        return feature is not None and feature.geometry is not None and on_earth(feature.geometry, ws.epsg)

    def _properties(self, layer: str) -> None:
        from geohazard_desktop.desktop.layers.properties import LayerProperties

        window = self._window
        style = window.map.scene.style(layer) if window.session.workspace.definitions[layer].style else None
        dialog = LayerProperties(window.session.workspace, layer, style, self.faults.of(layer), window)
        if dialog.exec() and dialog.wanted:
            window.handlers.layer_asked(dialog.wanted, layer)
