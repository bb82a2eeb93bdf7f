"""Keeps QGIS's styles in the workspace (`layer_styles`) in step with the workspace's own ones.

The own style is the master; what QGIS reads is made from it again after each change, each undo, and after what another
window changed. It is derived data and no step of the history. Where the file can't be written at that moment nothing
fails: the layer stays due, and the next step, here or elsewhere, is the next chance; so is closing. What an earlier
session left undone is found at the first step, never at opening: opening a file changes nothing.
"""

import logging
from collections.abc import Sequence

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

log = logging.getLogger(__name__)
OWN = "<!-- from the workspace's own style -->\n"  # a layer set back to its default is found by it


class QgisStyles:
    """Follows one workspace from its opening until `close`."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._due: set[str] = set()
        self._looked = False
        self._unsubscribe = ws.subscribe(self.follow)

    def follow(self, deltas: Sequence[Delta]) -> None:
        for one in deltas:
            if one.layer == "style":
                sides = (side for side in (one.before, one.after) if side is not None)
                self._due |= {side.text("table_name") for side in sides} & set(self._ws.definitions)
        # A reference layer comes with its first features; a workspace has the others' styles from its first day.
        known = self._ws.definitions
        self._due |= {one for one in {delta.layer for delta in deltas} if one in known and known[one].reference}
        if deltas:
            self.refresh()

    def refresh(self) -> None:
        """Write what is due, if the file takes it now."""
        if self._ws.read_only:
            return
        try:
            stored: dict[str, str] | None = None
            if not self._looked:
                stored = self._ws.stored_styles()
                self._due |= self._left_undone(stored)
                self._looked = True
            if self._due:
                stored = self._ws.stored_styles() if stored is None else stored
                different = {layer: text for layer, text in self._made().items() if stored.get(layer) != text}
                if different:
                    self._ws.store_styles(different)
        except GeohazardError as error:  # busy, full, pulled, a definition at fault: the step itself is on disk already
            log.warning("QGIS's styles wait for the next chance: %s", error)
            return
        self._due.clear()

    def close(self) -> None:
        """The last chance; the workspace is still open."""
        if self._due:
            self.refresh()
        self._unsubscribe()

    def _own(self) -> set[str]:
        return {one.text("table_name") for one in self._ws.table("style")} & set(self._ws.definitions)

    def _left_undone(self, stored: dict[str, str]) -> set[str]:
        marked = {layer for layer, text in stored.items() if text.endswith(OWN)}
        return (self._own() | marked) & set(self._ws.definitions)

    def _made(self) -> dict[str, str]:
        from geohazard_desktop.cartography.new_workspace import workspace_qml

        own = self._own()
        made = workspace_qml(self._ws, self._due)
        return {layer: f"{text}{OWN}" if layer in own else text for layer, text in made.items()}
