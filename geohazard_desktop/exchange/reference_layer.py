"""Others' data as a layer of its own: a definition made from the file's columns, which is looked at and never changed.

What it looks like at first, which column names its features and which columns are personal stand in
resources/rules/reference_layers.toml.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely

from geohazard_desktop.common.places import resource
from geohazard_desktop.common.signs import one_line
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.coordinate_text import coordinate_columns
from geohazard_desktop.exchange.mapping import key
from geohazard_desktop.exchange.report import refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import is_blank
from geohazard_desktop.workspace.definition import LayerDefinition, definitions_from_texts
from geohazard_desktop.workspace.edits.style_text import style_text
from geohazard_desktop.workspace.workspace import Workspace

GROUP = _("参考")
_ORDER = 480  # below the ground's layers
_KINDS = ("point", "line", "polygon")
_MOST_WHOLE = 2**53  # whole numbers beyond are codes: a real would lose digits
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ReferenceLayer:
    """A layer that is to be added: its definition's TOML `text`, and which column goes into which field."""

    definition: LayerDefinition
    text: str
    mapping: Mapping[str, str]

    @property
    def table(self) -> str:
        return self.definition.table


def reference_for(ws: Workspace, source: SourceTable, title: str, origin: str = "") -> ReferenceLayer:
    """The layer for all of `source`. `title` is what people call it, `origin` whose data they are ("" where nobody has
    said). Nothing is changed. Raises ImportRefused for a list without coordinates and a file without shapes."""
    title = free_title(ws, " ".join(one_line(title).split()) or source.path.stem)
    table = _free_table(ws)
    geometry = _kind_of(source)
    fields, mapping = _fields(ws, source)
    style = dict(_rules()[geometry])
    if "name" in mapping:
        place = {"polygon": "inside", "line": "line", "point": "point"}[geometry]
        style["label"] = {**_rules()["label"], "placement": place}
    head = [
        f"table = {_quoted(table)}",
        f"title = {_quoted(title)}",
        f"group = {_quoted(GROUP)}",
        f"order = {_ORDER}",
        f"geometry = {_quoted(geometry)}",
        "reference = true",
        f"source = {_quoted(' '.join(one_line(origin).split()))}",
    ]
    text = "\n".join([*head, "", *fields, style_text(style)])
    definition = definitions_from_texts(ws.definition_text("_common"), {table: text})[table]
    return ReferenceLayer(definition, text, mapping)


def free_title(ws: Workspace, title: str) -> str:
    """`title`, or `title 2`, `title 3` …: the first that no layer in use has."""
    taken = {one.title for one in ws.definitions.values() if not one.reference or ws.count(one.table)}
    found, number = title, 2
    while found in taken:
        found, number = f"{title} {number}", number + 1
    return found


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(resource("rules", "reference_layers.toml").read_text(encoding="utf-8"))


def _free_table(ws: Workspace) -> str:
    return f"reference_{1 + sum(one.reference for one in ws.definitions.values()):03}"


def _kind_of(source: SourceTable) -> str:
    """The kind that most shapes have; what has another one is told when the rows are judged."""
    if source.geometries is None:
        if coordinate_columns(list(source.columns)):
            return "point"
        raise refused(
            _("{name} 是表格，里面没有坐标，画不成图层。").format(name=source.name),
            _("请选有图形的文件，或给表格补上坐标列。"),
        )
    there = source.geometries[~(shapely.is_missing(source.geometries) | shapely.is_empty(source.geometries))]
    counts = Counter(shapely.get_dimensions(there).tolist())
    if not counts:
        raise refused(
            _("{name} 的 {count} 个要素都没有图形，画不成图层。").format(name=source.name, count=len(source)),
            _("请核对文件。"),
        )
    return _KINDS[max(0, min(2, counts.most_common(1)[0][0]))]


def _fields(ws: Workspace, source: SourceTable) -> tuple[list[str], dict[str, str]]:
    """The TOML of a field for each column that says something, in the file's order, and which column each takes."""
    columns = {name: column for name, column in source.columns.items() if name != "uid"}
    said = [name for name, column in columns.items() if not all(map(is_blank, column))]
    personal = [name for name in said if _is_personal(name)]
    wanted = [key(one) for one in _rules()["name_columns"]]
    naming = min(
        (one for one in said if key(one) in wanted and one not in personal),
        key=lambda one: wanted.index(key(one)),
        default=None,
    )
    taken = {str(one["title"]) for one in tomllib.loads(ws.definition_text("_common")).get("field", ())}
    lines: list[str] = []
    mapping = {"id": "", "name": "", "surveyed_on": "", "schematic": "", "remark": ""}
    for number, name in enumerate(said, 1):
        field = "name" if name == naming else f"attribute_{number}"
        title = " ".join(_UNPRINTABLE.sub(" ", one_line(name)).split()) or _("第 {n} 列").format(n=number)
        if field != "name" and title in taken:
            title = _("{title}（原表）").format(title=title)
        while field != "name" and title in taken:
            title += "′"
        taken.add(title)
        kind = "text" if field == "name" else _type_of(columns[name])
        lines += ["[[field]]", f"name = {_quoted(field)}", f"title = {_quoted(title)}", f"type = {_quoted(kind)}"]
        if name in personal:
            lines.append("personal = true")
        lines.append("")
        mapping[field] = name
    return lines, mapping


def _is_personal(heading: str) -> bool:
    word = key(heading)
    return any(one in word if not one.isascii() else one == word for one in _rules()["personal_columns"])


def _type_of(column: Sequence[Any]) -> str:
    values = [one for one in column if not is_blank(one)]
    if all(isinstance(one, bool | np.bool_) for one in values):
        return "boolean"
    numbers = int | float | np.integer | np.floating
    if any(isinstance(one, bool | np.bool_) or not isinstance(one, numbers) for one in values):
        return "text"
    if all(float(one).is_integer() for one in values):
        return "integer" if all(abs(one) < _MOST_WHOLE for one in values) else "text"
    return "real"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among TOML's, and what TOML forbids beside them is left out."""
    return json.dumps(_UNPRINTABLE.sub(" ", text), ensure_ascii=False)
