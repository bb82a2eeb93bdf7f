"""放到地图上: what is selected, a point of the map, gets its place by one click."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.in_sight import looking_at
from geohazard_desktop.desktop.session import Key
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.edits.wording import called, followed
from geohazard_desktop.workspace.feature import Edit

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

PLACE = "draw.place"


class PlacingHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        return {PLACE: self._take_selected}

    def connect(self) -> None:
        """From the checks and from the register, whose panels stay where they are: the next one waits there."""
        window = self._window
        window.checks.place_asked.connect(self._of_finding)
        window.register.place_asked.connect(self._of_row)

    def _of_finding(self, finding: Finding) -> None:
        self._window.checks.go(finding)  # selects it
        self._window.center.run(PLACE)

    def _of_row(self, key: Key) -> None:
        self._window.session.select([key])
        self._window.center.run(PLACE)

    def _take_selected(self) -> None:
        from geohazard_desktop.editing.place import PlaceTool

        window = self._window
        key = window.session.selection[0]
        if window.map.locks.locked(key[0]):
            window.map.locks.told([key[0]])
            return
        window.show_map()
        if window.stage == "publish":
            window.show_stage("routes")
        window.layers.show_layer(key[0])
        window.map.desk.hold(PLACE, lambda context: PlaceTool(context, key, self._placed), key[0])
        window.map.desk.focus()
        window.refresh()

    def _placed(self, edit: Edit | None, warning: str) -> None:
        window = self._window
        window.map.desk.take("tool.select")
        if edit is not None and edit.deltas[0].after is not None:
            feature = edit.deltas[0].after
            definitions = window.session.workspace.definitions
            if feature.geometry is not None:  # typed coordinates may lie anywhere
                window.map.canvas.look(looking_at(window.map.canvas.viewport, [feature.geometry]))
            before = edit.deltas[0].before
            known = [
                one
                for one in definitions[feature.layer].fields
                if before is not None and before[one.name] != feature[one.name]
            ]
            words = _("{name}放到地图上了").format(name=followed(called(definitions, feature)))
            if known:
                words += _("，按位置填了{fields}").format(fields="、".join(f"“{one.title}”" for one in known))
            say_done(window, _("{words}。{warning}").format(words=words, warning=warning))
        window.refresh()
