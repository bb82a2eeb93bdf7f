"""What templates there are, each with its title, and where the one in force comes from; what settings.toml may say.

Titles are the first comment of a file, a setting's label the comment above it: a new template or setting is in the
editor's list without a word here.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.office_templates import (
    SETTINGS,
    TEMPLATE_KINDS,
    OfficeTemplates,
    Origin,
    files_below,
)

GROUPS: Mapping[str, str] = {
    "settings": _("文字和颜色"),
    "page": _("整页模板"),
    "part": _("零件"),
    "web": _("网页地图"),
    "picture": _("图片"),
    "other": _("本单位另加的"),
}
ORIGIN_WORDS: Mapping[Origin, str] = {
    "shipped": _("自带的"),
    "folder": _("文件夹里的"),
    "workspace": _("工作文件里改过"),
}
# The product to show beside a template when somebody opens it; a part that all use is shown by the one in sight.
SHOWN_BY: Mapping[str, str] = {
    "work_card.typ": "cards_work",
    "parts/work_grid.typ": "cards_work",
    "household_card.typ": "cards_household",
    "parts/household_grid.typ": "cards_household",
    "parts/household_back.typ": "cards_household",
    "large_print.typ": "cards_large",
    "parts/walk_panel.typ": "cards_large",
    "parts/way_strip.typ": "cards_large",
    "parts/way_arrows.typ": "cards_large",
    "parts/help_call.typ": "cards_large",
    "map_sheet.typ": "map_internal",
    "parts/enlarged.typ": "map_street",
    "parts/sheet_internal.typ": "map_internal",
    "parts/sheet_public.typ": "map_public",
    "door_sticker.typ": "stickers_household",
    "sign_board.typ": "signs",
    "zone_notice.typ": "zone_notice",
    "plan_table.typ": "plan_table",
    "hazard_list.typ": "hazard_list",
    "drill_script.typ": "drill_script",
    "calling_list.typ": "calling_zone",
    "receipts.typ": "receipts",
    "yearly_plan.typ": "yearly_plan",
    "parts/document.typ": "zone_notice",
    "parts/bilingual.typ": "zone_notice",
}
_TITLE = re.compile(r"\s*(?://|#|/\*|<!--)\s*([^，。：；（(\n]+)")
_KEY = re.compile(r"\s*([A-Za-z_][\w-]*)\s*=")
_TABLE = re.compile(r"\s*\[(\w+)\]\s*$")


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One template. `shipped` is None for one that the office added; `origin` says which is in force."""

    path: str
    title: str
    group: str
    origin: Origin
    shipped: str | None

    @property
    def own(self) -> bool:
        return self.shipped is None


def template_files(templates: OfficeTemplates) -> list[TemplateFile]:
    """All of them, group by group as in GROUPS."""
    shipped = {path: content.decode() for path, content in files_below(resource("templates")).items()}
    found = []
    for path in sorted({*shipped, *templates.files}):
        if PurePosixPath(path).suffix not in TEMPLATE_KINDS:
            continue
        text = shipped.get(path)
        known = text if text is not None else templates.files[path].decode("utf-8", "replace")
        found.append(
            TemplateFile(
                path, _title(path, known), _group(path, text is not None), templates.origins.get(path, "shipped"), text
            )
        )
    order = list(GROUPS)
    return sorted(found, key=lambda one: (order.index(one.group), one.path))


def _group(path: str, shipped: bool) -> str:
    suffix = PurePosixPath(path).suffix
    if path == SETTINGS:
        return "settings"
    if suffix == ".svg":
        return "picture"
    if suffix in (".html", ".css"):
        return "web"
    if not shipped:
        return "other"
    return "part" if "/" in path else "page"


def _title(path: str, text: str) -> str:
    if path == SETTINGS:
        return _("版面设置")
    if path in ("web.html", "web.css"):
        return _("网页的骨架") if path == "web.html" else _("网页的样子")
    found = _TITLE.match(text)
    return found.group(1).strip() if found else PurePosixPath(path).stem


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting as the form shows it. `kind`: text, lines, switch, number, colour, layers, logo, font."""

    path: tuple[str, str]
    section: str
    label: str
    note: str
    kind: str
    shipped: Any


_KINDS = {
    ("look", "logo"): "logo",
    ("look", "hei"): "font",
    ("look", "song"): "font",
    ("household_card", "map_without"): "layers",
    ("map_sheet", "slide_legend"): "layers",
    ("map_sheet", "slide_without"): "layers",
}


def setting_fields(text: str | None = None) -> Iterator[SettingField]:
    """What the shipped settings.toml holds, in its order; lists of tables (the legend) and tables
    in tables are for the text alone."""
    text = resource("templates", SETTINGS).read_text(encoding="utf-8") if text is None else text
    values = tomllib.loads(text)
    comments: list[str] = []
    table, section = "", ""
    for line in text.splitlines():
        if line.startswith("#"):
            comments.append(line.lstrip("# ").strip())
            continue
        if found := _TABLE.match(line):
            table = found.group(1)
            section = comments[-1] if comments else table
        elif line.startswith("["):
            table = ""  # a list of tables, or a table in a table
        elif (found := _KEY.match(line)) and table and not line.startswith(" "):
            key = found.group(1)
            value = values[table][key]
            label, _colon, note = (comments[-1] if comments else key).partition("：")
            kind = _KINDS.get((table, key)) or _kind(key, value)
            if kind:
                yield SettingField((table, key), section, label, note, kind, value)
        comments = []


def _kind(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "colour" if re.fullmatch(r"#[0-9A-Fa-f]{6}", value) else "text"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "layers" if key.endswith("layers") else "lines"
    return ""
