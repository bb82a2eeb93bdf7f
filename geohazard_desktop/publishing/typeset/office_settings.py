"""The part of resources/templates/settings.toml that the program itself reads: layers, legend, words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import TypesettingFailed
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.office_templates import SETTINGS, from_folder
from geohazard_desktop.publishing.typeset.press import press


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """How the office wants its sheets. `legend` are (title, tables) in order; the last group takes what is left."""

    public_layers: frozenset[str]
    donts: tuple[str, ...]
    disclaimer: str
    legend: tuple[tuple[str, tuple[str, ...]], ...]
    slide_legend: frozenset[str]  # tables that the legend of a public slide explains
    slide_without: frozenset[str]  # tables that a public slide leaves out
    large: Mapping[str, tuple[float, float]]  # public sheet of a zone: layer, symbols times as large, names in points

    def group_of(self, layer: str) -> str:
        """The legend's group for a layer."""
        return next((title for title, layers in self.legend if layer in layers), self.legend[-1][0])


def sheet_settings(folder: Path | None = None) -> SheetSettings:
    """From the templates in force, or an office's own folder. Raises TypesettingFailed."""
    templates = press().templates if folder is None else from_folder(folder)
    try:
        return _parsed(templates.settings()["map_sheet"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise TypesettingFailed(
            _("版面设置 {name} 的 map_sheet 有一项写法不对（{reason}）。").format(name=SETTINGS, reason=error),
            _("请改正这个文件，或恢复程序自带的那一份。"),
        ) from error


def household_map_without() -> frozenset[str]:
    """Tables that the map on a household card's back leaves out. Raises TypesettingFailed."""
    try:
        return frozenset(press().templates.settings()["household_card"].get("map_without", []))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TypesettingFailed(
            _("版面设置 {name} 的 household_card 有一项写法不对（{reason}）。").format(name=SETTINGS, reason=error),
            _("请改正这个文件，或恢复程序自带的那一份。"),
        ) from error


def office_colour(name: str) -> str:
    """A colour of the office's settings ("#F1F1EE"). Raises TypesettingFailed where it is no such colour."""
    found = press().templates.settings().get("colour", {}).get(name)
    if isinstance(found, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", found):
        return found
    raise TypesettingFailed(
        _("版面设置 {name} 的 colour.{key}“{value}”不是颜色。").format(name=SETTINGS, key=name, value=found),
        _("请写成 # 加六位十六进制数，或恢复程序自带的那一份。"),
    )


def _parsed(table: Mapping[str, Any]) -> SheetSettings:
    return SheetSettings(
        frozenset(table["public_layers"]),
        tuple(table["donts"]),
        str(table["disclaimer"]),
        tuple((str(one["title"]), tuple(one["layers"])) for one in table["legend"]),
        frozenset(table["slide_legend"]),
        frozenset(table["slide_without"]),
        {str(one["layer"]): (float(one["symbols"]), float(one["names"])) for one in table["large"]},
    )
