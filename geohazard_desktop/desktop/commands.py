"""Commands as data: menus, toolbar, command palette, tooltips and the key overview are all made from `COMMANDS`.

The rows stand in `command_table/`, one menu a file.
"""

from collections.abc import Mapping, Sequence

from geohazard_desktop.desktop.command import MENUS, NEEDS, STAGES, Command, Situation, Stage
from geohazard_desktop.desktop.command_table import checks, draw, edit, files, help, layers, publish, shape, tools, view

__all__ = ["BY_ID", "COMMANDS", "MENUS", "NEEDS", "SECTIONS", "STAGES", "TRAILING", "Command", "Situation", "Stage"]

_TABLES = (files, edit, view, layers, draw, shape, checks, publish, tools, help)

COMMANDS: Sequence[Command] = tuple(one for table in _TABLES for one in table.COMMANDS)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
SECTIONS = frozenset(one for table in _TABLES for one in table.SECTIONS)

# Always at the right end of the toolbar.
TRAILING = ("edit.undo", "edit.redo", "edit.history")


def stage_tools(stage: str) -> list[list[list[Command]]]:
    """The buttons of a stage's toolbar, in groups from left to right; commands of one family share a button."""
    groups: dict[int, dict[str, list[Command]]] = {}
    for command in COMMANDS:
        if command.stages and stage in command.stages:
            buttons = groups.setdefault(command.stages[stage], {})
            buttons.setdefault(command.family or command.id, []).append(command)
    return [list(groups[key].values()) for key in sorted(groups)]
