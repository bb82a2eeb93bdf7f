"""The part of resources/templates/settings.toml that the program itself reads: layers, legend, words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import TypesettingFailed
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _

SETTINGS = "settings.toml"


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """How the office wants its sheets. `legend` are (title, tables) in order; the last group takes what is left."""

    public_layers: frozenset[str]
    donts: tuple[str, ...]
    disclaimer: str
    legend: tuple[tuple[str, tuple[str, ...]], ...]

    def group_of(self, layer: str) -> str:
        """The legend's group for a layer."""
        return next((title for title, layers in self.legend if layer in layers), self.legend[-1][0])


@cache
def sheet_settings(folder: Path | None = None) -> SheetSettings:
    """From the office's own folder where it has the file, else the shipped one. Raises TypesettingFailed."""
    path = (
        folder / SETTINGS if folder is not None and (folder / SETTINGS).is_file() else resource("templates", SETTINGS)
    )
    try:
        return _parsed(tomllib.loads(path.read_text(encoding="utf-8"))["map_sheet"])
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise TypesettingFailed(
            _("版面设置 {name} 读不了（{reason}）。").format(name=SETTINGS, reason=error),
            _("请改正这个文件，或恢复程序自带的那一份。"),
        ) from error


def _parsed(table: Mapping[str, Any]) -> SheetSettings:
    return SheetSettings(
        frozenset(table["public_layers"]),
        tuple(table["donts"]),
        str(table["disclaimer"]),
        tuple((str(one["title"]), tuple(one["layers"])) for one in table["legend"]),
    )
