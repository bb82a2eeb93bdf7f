"""A drawing desk without a window: a workspace, the callbacks of a tool, and a hand."""

import tempfile
from pathlib import Path

from fresh import fresh_workspace

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.editing.snapping import Snapper
from geohazard_desktop.editing.tool import Button, Key, KeyPress, Modifier, Tool, ToolContext, ToolEvent
from geohazard_desktop.workspace.edits import create_feature, geometry_fault
from geohazard_desktop.workspace.feature import Edit, Feature
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

EAST, NORTH = 36_388_000.0, 4_372_000.0
EPSG = 4524
OFFICER, COLLEAGUE = Identity("甲", "a" * 32), Identity("乙", "b" * 32)


def sample_district() -> District:
    facts = {
        "district.name": "示例区",
        "district.code": "990101",
        "district.prefix": "SL",
        "district.epsg": EPSG,
        "office.name": "示例分局",
        "duty.phone": "0000-0000000",
        "signal.text": "连续敲锣",
    }
    return District({key: Setting(key, key, value, "测试") for key, value in facts.items()})


class Desk:
    """Holds what the window would: selection, messages, the last edits."""

    def __init__(self, folder: Path | None = None) -> None:
        self._own = tempfile.TemporaryDirectory() if folder is None else None
        place = Path(self._own.name) if self._own else Path(folder or ".")
        self.path = place / "工作.gpkg"
        self.ws = fresh_workspace(self.path, sample_district(), identity=OFFICER)
        self.messages: list[str] = []
        self.edits: list[Edit] = []
        self.selection: list[Key] = []
        self.drawn: list[Key] = []
        self.looked: list[list[Key]] = []
        self.refuse = False
        self.snapper: Snapper | None = None

    def close(self) -> None:
        if self.snapper is not None:
            self.snapper.close()
        self.ws.close()
        if self._own is not None:
            self._own.cleanup()

    def reopen(self) -> None:
        """The program ends and starts again on the same file."""
        if self.snapper is not None:
            self.snapper.close()
            self.snapper = None
        self.ws.close()
        self.ws = Workspace.open(self.path, identity=OFFICER)

    def context(self, layer: str = "danger_zone", *, snapping: bool = False) -> ToolContext:
        if snapping and self.snapper is None:
            self.snapper = Snapper(self.ws)
        return ToolContext(
            self.ws,
            layer,
            self.snapper if snapping else None,
            self.selection,
            self.store,
            self.messages.append,
            on_select=self.select,
            on_drawn=self.drawn.append,
            on_identify=lambda keys, _place: self.looked.append(list(keys)),
        )

    def store(self, edit: Edit) -> bool:
        if self.refuse:
            self.messages.append("磁盘满了。")
            return False
        try:
            self.ws.apply(edit)
        except GeohazardError as error:
            self.messages.append(str(error))
            return False
        self.edits.append(edit)
        return True

    def select(self, keys) -> None:
        self.selection[:] = list(keys)

    def put(self, layer: str, geometry, **values) -> Feature:
        if self.ws.definition(layer).letter:
            values.setdefault("id", self.ws.next_number(layer))
        edit = create_feature(self.ws.definitions, layer, geometry, values)
        self.ws.apply(edit)
        return self.now(layer, edit.deltas[0].uid)

    def now(self, layer: str, uid: str) -> Feature:
        found = self.ws.feature(layer, uid)
        assert found is not None
        return found

    def all_shapes(self) -> dict[Key, Feature]:
        return {
            (one.layer, one.uid): one
            for layer in ("danger_zone", "evacuation_route", "shelter")
            for one in self.ws.table(layer)
        }

    def assert_all_valid(self) -> None:
        for (layer, _uid), one in self.all_shapes().items():
            assert geometry_fault(self.ws.definition(layer).geometry, one.geometry) is None


def at(east: float, north: float, button: Button = Button.LEFT, modifiers: Modifier = Modifier.NONE) -> ToolEvent:
    """An event `east`, `north` metres from the desk's corner; one pixel is one metre."""
    return ToolEvent(EAST + east, NORTH + north, button, modifiers, 1.0)


def click(tool: Tool, east: float, north: float, modifiers: Modifier = Modifier.NONE) -> None:
    tool.move(at(east, north, Button.NONE, modifiers))
    tool.press(at(east, north, Button.LEFT, modifiers))
    tool.release(at(east, north, Button.LEFT, modifiers))


def drag(tool: Tool, start: tuple[float, float], end: tuple[float, float], modifiers: Modifier = Modifier.NONE) -> None:
    tool.move(at(*start, Button.NONE, modifiers))
    tool.press(at(*start, Button.LEFT, modifiers))
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    tool.move(at(*middle, Button.LEFT, modifiers))
    tool.move(at(*end, Button.LEFT, modifiers))
    tool.release(at(*end, Button.LEFT, modifiers))


def press_key(tool: Tool, key: str, modifiers: Modifier = Modifier.NONE) -> bool:
    return tool.key(KeyPress(key, modifiers, 1.0))
