"""What an office calls a layer, whose data it holds, on which papers it is: rows of the `setting` layer, so that they
are journaled and undone. `Workspace.definitions` has them in force.

The key is `layer.<table>.title`, `.source` or `.paper` (internal, public).
"""

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from geohazard_desktop.workspace.definition import LayerDefinition

if TYPE_CHECKING:
    from geohazard_desktop.workspace.workspace import Workspace

SETTING = "setting"
PREFIX = "layer."
_PAPERS = ("internal", "public")


def key_of(layer: str, what: str) -> str:
    """The key of the setting: `what` is title, source or paper."""
    return f"{PREFIX}{layer}.{what}"


def is_layer_row(key: str) -> bool:
    """Whether a setting speaks of a layer."""
    return key.startswith(PREFIX)


def with_own_words(
    definitions: Mapping[str, LayerDefinition], settings: Mapping[str, str]
) -> dict[str, LayerDefinition]:
    """The definitions with what `settings` say. A register keeps its name, which is the law's, and a value that means
    nothing is passed over."""
    found = dict(definitions)
    for key, text in settings.items():
        table, _dot, what = key.removeprefix(PREFIX).rpartition(".")
        definition = found.get(table)
        if definition is None or not key.startswith(PREFIX) or not text.strip() or definition.geometry == "none":
            continue
        changes: dict[str, Any] = {}
        if what in ("title", "source"):
            changes[what] = text.strip()
        elif what == "paper" and definition.reference and text in _PAPERS:
            changes[what] = text
        found[table] = dataclasses.replace(definition, **changes)
    return found


def read_own_words(ws: "Workspace") -> None:
    """Put what the settings say now over the definitions as the file has them."""
    found = with_own_words(ws.made_definitions, ws.settings_of(PREFIX))
    for table, one in found.items():
        if ws.definitions.get(table) != one:
            ws.definitions[table] = one
