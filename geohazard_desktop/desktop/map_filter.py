"""A register's filter on the map: of a layer only the features that its table lists are shown. A view, no change:
papers show everything, and say so where somebody might think otherwise.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

NOTE = "filter"  # the kind of the tree's row that says so, and takes it off


class MapFilter(QObject):
    """`changed` (layer) when a layer is filtered, filtered otherwise, or no more so. It lasts until the workspace is
    left: who opens it anew sees everything."""

    changed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._only: dict[str, frozenset[str]] = {}
        session.changed.connect(self._followed)
        session.closing.connect(self._only.clear)

    def on(self, layer: str) -> bool:
        return layer in self._only

    @property
    def layers(self) -> Sequence[str]:
        return list(self._only)

    def uids(self, layer: str) -> frozenset[str] | None:
        """What is shown of a layer; None: everything."""
        return self._only.get(layer)

    def show_only(self, layer: str, uids: Iterable[str]) -> None:
        wanted = frozenset(uids)
        if self._only.get(layer) != wanted:
            self._only[layer] = wanted
            self._tell(layer)

    def clear(self, layer: str) -> None:
        """Show all of the layer again."""
        if self._only.pop(layer, None) is not None:
            self._tell(layer)

    def seen(self, keys: Sequence[Key]) -> list[Key]:
        """`keys` without what is out of sight."""
        return [(layer, uid) for layer, uid in keys if layer not in self._only or uid in self._only[layer]]

    def figures(self, layer: str) -> str:
        """3 / 8: what is shown, of how many; "" for a layer that is not filtered."""
        ws, only = self._session.ws, self._only.get(layer)
        if ws is None or only is None:
            return ""
        return f"{grouped(len(only))} / {grouped(ws.count(layer))}"

    def words(self, layer: str) -> str:
        """危险区只显示 3 / 8 个; "" for a layer that is not filtered."""
        figures = self.figures(layer)
        if not figures:
            return ""
        title = self._session.workspace.definitions[layer].title
        return _("{title}只显示 {figures} 个").format(title=title, figures=figures)

    def _followed(self, deltas: Sequence[Delta]) -> None:
        """What comes in is seen, whatever the filter says: nothing is drawn into the dark."""
        touched = {one.layer for one in deltas if one.layer in self._only and (one.before is None or one.after is None)}
        for layer in touched:
            come = {one.uid for one in deltas if one.layer == layer and one.before is None}
            gone = {one.uid for one in deltas if one.layer == layer and one.after is None}
            self._only[layer] = (self._only[layer] - gone) | come
            self._tell(layer)

    def _tell(self, layer: str) -> None:
        kept = self.seen(self._session.selection)
        if kept != self._session.selection:
            self._session.select(kept)
        self.changed.emit(layer)


def connect(window: "MainWindow") -> None:
    """Map, tools, tree; the register asks by itself."""
    page, session = window.map, window.session
    filters = page.filters
    lifted = page.desk.seen
    page.desk.seen = lambda keys: filters.seen(lifted(keys))

    def changed(layer: str) -> None:
        page.canvas.maker.only(layer, filters.uids(layer))
        note = tip = ""
        if filters.on(layer):
            note = _("筛选：只看 {figures}").format(figures=filters.figures(layer))
            tip = _("{words}，和登记表一致。只管屏幕，出的图不受影响。点一下，全部显示。").format(
                words=filters.words(layer)
            )
        window.layers.marks.set_note(layer, note, tip, NOTE)
        page.tell_left_out()
        page.redraw()

    def forget() -> None:
        for layer in window.layers.marks.noted(NOTE):
            window.layers.marks.set_note(layer, "", "", NOTE)

    filters.changed.connect(changed)
    session.closing.connect(forget)
