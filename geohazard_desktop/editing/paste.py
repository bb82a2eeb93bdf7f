"""Pasting: the copies hang at the pointer until a click sets them down; Enter puts them where they were copied."""

from collections.abc import Callable, Sequence

import shapely
from shapely import affinity

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import side_words
from geohazard_desktop.editing.copies import Foreign, new_features, with_hanging
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    Button,
    Key,
    KeyPress,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
    rounded,
)
from geohazard_desktop.workspace.edits.wording import called_all, led
from geohazard_desktop.workspace.feature import Edit

# What is on disk now, the fields that stayed behind, and sentences about what came along and what did not.
Pasted = Callable[[Sequence[Key], Sequence[str], str], None]


def paste(context: ToolContext, sources: Sequence[Foreign], by: Place, done: Pasted) -> bool:
    """Put copies of `sources` into the context's layer, moved by metres, in one step."""
    ws, layer = context.workspace, context.layer
    made: list[Key] = []
    lost: dict[str, None] = {}
    told: list[str] = []

    def make() -> Edit:
        found = new_features(ws, layer, sources, *by)
        made[:] = [(one.layer, one.uid) for one, _titles in found]
        lost.update(dict.fromkeys(title for _one, titles in found for title in titles))
        features = [one for one, _titles in found]
        words = _("粘贴{names}").format(names=led(called_all(ws.definitions, features)))
        copies = with_hanging(ws, sources, features, words)
        told[:] = [copies.told]
        return copies.edit

    if not context.store(make):
        return False
    done(made, list(lost), told[0])
    return True


class PasteTool(Tool):
    """`done` is called after the copies are on disk, `given_up` when there will be none."""

    title = _("粘贴")
    cursor = "move"
    takes_right = True

    def __init__(
        self, context: ToolContext, sources: Sequence[Foreign], done: Pasted, given_up: Callable[[], object]
    ) -> None:
        super().__init__(context)
        self._sources = list(sources)
        self._done, self._given_up = done, given_up
        west, south, east, north = shapely.total_bounds([one.geometry for one in sources])
        middle = (west + east) / 2, (south + north) / 2
        corners = shapely.get_coordinates([one.geometry for one in sources])
        # Held at a corner, so that this corner snaps: the one nearest to the middle.
        nearest = int(((corners - middle) ** 2).sum(axis=1).argmin())
        self._grip: Place = (float(corners[nearest, 0]), float(corners[nearest, 1]))
        self._to: Place | None = None
        self._snap: Snap | None = None

    def move(self, event: ToolEvent) -> None:
        self._snap = self.context.snap(event, of={one.layer for one in self._sources})
        self._to = self._snap.place if self._snap else rounded(event.place)

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            self._given_up()
        elif event.button is Button.LEFT:
            self.move(event)
            assert self._to is not None
            self._put(self._to)

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter":
            self._put(self._grip)
            return True
        if press.key == "Escape":
            self._given_up()
            return True
        return False

    def _put(self, place: Place) -> None:
        by = place[0] - self._grip[0], place[1] - self._grip[1]
        paste(self.context, self._sources, by if any(by) else (0.0, 0.0), self._done)

    def preview(self) -> Preview:
        to = self._to or self._grip
        east, north = to[0] - self._grip[0], to[1] - self._grip[1]
        moved = tuple(affinity.translate(one.geometry, east, north) for one in self._sources[:200])
        label = side_words(self._grip, to) if to != self._grip else ""
        return Preview(outlines=moved, snap=self._snap, pointer=self._to, label=label)

    def hint(self) -> str:
        return _("单击放到新位置；回车放回原来的位置；Esc 或右键不粘贴了。")

    @property
    def busy(self) -> bool:
        return True
