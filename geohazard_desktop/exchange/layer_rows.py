"""The features of a layer as they leave: values as others read them, shapes in the system that was asked for.

Personal columns stay here in the public profile, and people's names and numbers are covered in what remains, as in a
clean copy. A reference leaves as the number of what it means. Nothing is rounded; what can't be said in a column's own
type makes the whole column text, and is told.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.exchange.crs import described, mover
from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport, Progress, silent
from geohazard_desktop.workspace.clean_copy import covering
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value
from geohazard_desktop.workspace.personal_words import personal_words
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

Kind = Literal["text", "integer", "real", "boolean", "date", "datetime"]
_BLOCK = 1000
_NAMING = ("id", "unified_code", "number", "name", "head")  # what the importer finds a feature by
_KINDS: Mapping[str, Kind] = {
    "integer": "integer",
    "real": "real",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}


@dataclass(slots=True)
class LeavingColumn:
    """One column of the file; `values` are str, int, float, bool, date or datetime by `kind`, None where empty."""

    name: str
    title: str
    unit: str
    kind: Kind
    values: list[Any]

    @property
    def heading(self) -> str:
        return self.title + (f"（{self.unit}）" if self.unit else "")


@dataclass(slots=True)
class Leaving:
    """What goes into a file. `shapes` are in `crs`, east or longitude first; None for layers and features without."""

    definition: LayerDefinition
    crs: CRS
    uids: list[str]
    columns: list[LeavingColumn]
    shapes: NDArray[np.object_]
    stored: FeatureTable  # as in the workspace, with what shapes measure, for what a style asks
    cover: Callable[[str], str] | None = None  # what covers people's names in a text that leaves in public
    called: dict[str, str] = dataclasses.field(default_factory=dict)  # field -> column of the file, set by its writer

    def __len__(self) -> int:
        return len(self.uids)

    def texts(self, name: str) -> list[str]:
        """A column's values as text; all empty where it does not leave."""
        return [self.texts_at(name, at) for at in range(len(self))]

    def texts_at(self, name: str, at: int) -> str:
        """What a column says of one feature; "" where it does not leave."""
        found = next((one for one in self.columns if one.name == name), None)
        value = None if found is None else found.values[at]
        return "" if value is None else str(value)


def leaving(ws: Workspace, order: LayerOrder, target: CRS, report: LayerReport, progress: Progress = silent) -> Leaving:
    """Read what `order` asks for. `progress` gets (features read, all, words).

    Raises ExportRefused for a layer that is personal as a whole in the public profile, and for no features at all.
    """
    definition = ws.definition(order.layer)
    fields = _fields(definition, order, report)
    table = _read(ws, order, progress)
    if not len(table):
        raise ExportRefused(
            _("“{title}”里没有要导出的要素。").format(title=definition.title), _("请改选整层，或先画、先导入。")
        )
    cover = covering(personal_words(ws)) if order.profile == "public" else None
    names = _Names(ws, order)
    columns = [_column(one, table, order, names, cover, report) for one in fields]
    report.features = len(table)
    report.crs = described(target) if definition.geometry != "none" else ""
    if names.gone:
        report.notes.append(_("{count} 处指向的要素已不在，空着。").format(count=names.gone))
    shapes = _shapes(table, ws.crs, target, report) if definition.geometry != "none" else table.geometries
    measures = {name: [by_uid.get(uid) for uid in table.uids] for name, by_uid in order.measures.items()}
    stored = FeatureTable(table.layer, table.uids, table.geometries, table.columns | measures)
    return Leaving(definition, target, table.uids, columns, shapes, stored, cover)


def personal_titles(definition: LayerDefinition) -> list[str]:
    """What stays here in the public profile, as people call it."""
    return [one.title for one in definition.fields if definition.is_personal(one.name)]


def homes(layer: str) -> bool:
    """Whether the shapes of a layer are where people live, which is personal like an address."""
    return layer in read_rules("handover.toml").table("homes").texts("layers")


def refuse_personal(definition: LayerDefinition) -> ExportRefused:
    return ExportRefused(
        _("“{title}”整层都是个人信息，不能公开导出。").format(title=definition.title), _("请选“内部”。")
    )


# -- columns ---------------------------------------------------------------------------------------------------------


def _fields(definition: LayerDefinition, order: LayerOrder, report: LayerReport) -> list[FieldDefinition]:
    personal = personal_titles(definition)
    if order.profile == "internal":
        report.personal = personal
        return list(definition.fields)
    if definition.personal:
        raise refuse_personal(definition)
    report.left_out = personal
    if homes(definition.table):
        if order.format.suffix not in (".xlsx", ".csv"):
            raise ExportRefused(
                _("“{title}”的位置就是住址，属于个人信息，不能公开导出。").format(title=definition.title),
                _("请选“内部”，或导出成不写坐标的 Excel、CSV。"),
            )
        report.left_out = [*personal, _("坐标")]
    return [one for one in definition.fields if not definition.is_personal(one.name)]


def _column(
    field: FieldDefinition,
    table: FeatureTable,
    order: LayerOrder,
    names: "_Names",
    cover: Callable[[str], str] | None,
    report: LayerReport,
) -> LeavingColumn:
    raw: list[Value] = list(table.columns.get(field.name, [None] * len(table)))
    instead = order.instead.get(field.name, {})
    replaced = 0
    for at, uid in enumerate(table.uids if instead else ()):
        if uid in instead and instead[uid] != raw[at]:
            raw[at] = instead[uid]
            replaced += 1
    if replaced:
        report.notes.append(
            _("{count} 个的“{title}”按过程登记写，和字段里填的不同。").format(count=replaced, title=field.title)
        )
    kind: Kind = _KINDS.get(field.type, "text")
    values: list[Any]
    if field.type == "reference":
        values = [names.of(field.target, one) for one in raw]
    else:
        try:
            values = [None if one is None or one == "" else _typed(kind, one) for one in raw]
        except (ValueError, TypeError):
            # One value that another program wrote: nothing is dropped, the column is text.
            kind, values = "text", [None if one is None or one == "" else str(one) for one in raw]
            words = _("“{title}”里有写得不合规格的内容，这一列按文字写。")
            report.notes.append(words.format(title=field.title))
    if kind == "text":
        # The libraries that write end a text at its first zero byte.
        values = [one.replace("\0", "") if isinstance(one, str) and "\0" in one else one for one in values]
    if cover is not None and kind == "text":
        clean = [None if one is None else cover(one) for one in values]
        report.covered += sum(one != other for one, other in zip(clean, values, strict=True))
        values = clean
    report.columns.append(field.title)
    return LeavingColumn(field.name, field.title, field.unit, kind, values)


def _typed(kind: Kind, value: Value) -> Any:
    if kind == "date":
        return date.fromisoformat(str(value))
    if kind == "datetime":
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    if kind == "boolean":
        if value not in (0, 1):
            raise ValueError(value)
        return bool(value)
    if kind == "text":
        return str(value)
    if isinstance(value, str):
        raise TypeError(value)
    if kind == "integer":
        if value != int(value):  # type: ignore[arg-type] # None was taken out before
            raise ValueError(value)
        return int(value)
    return float(value)  # type: ignore[arg-type]


class _Names:
    """What a reference's target is called: a word by which the importer finds it again."""

    def __init__(self, ws: Workspace, order: LayerOrder) -> None:
        self._ws, self._public = ws, order.profile == "public"
        self._known: dict[str, dict[str, str]] = {}
        self.gone = 0

    def of(self, layer: str, uid: Value) -> str | None:
        if uid is None or uid == "":
            return None
        if layer not in self._known:
            self._known[layer] = self._read(layer)
        found = self._known[layer].get(str(uid))
        self.gone += found is None
        return found or None

    def _read(self, layer: str) -> dict[str, str]:
        definition = self._ws.definition(layer)
        words = [one for one in _NAMING if one in definition.by_name]
        if self._public:
            words = [one for one in words if not definition.is_personal(one)]
        return {
            one.uid: next((text for word in words if (text := one.text(word))), one.uid)
            for one in self._ws.attributes(layer)
        }


# -- rows ------------------------------------------------------------------------------------------------------------


def _read(ws: Workspace, order: LayerOrder, progress: Progress) -> FeatureTable:
    definition = ws.definition(order.layer)
    fields = [one.name for one in definition.fields]
    ids = _ids(ws, order)
    parts = []
    for start in range(0, len(ids), _BLOCK):
        progress(start, len(ids), _("正在读"))
        _there, part = ws.rows(order.layer, ids[start : start + _BLOCK], fields)
        parts.append(_inside(part, order))
    if not parts:
        return FeatureTable.of(order.layer, [])
    names = list(parts[0].columns)
    return FeatureTable(
        order.layer,
        [uid for part in parts for uid in part.uids],
        np.concatenate([part.geometries for part in parts]),
        {name: [value for part in parts for value in part.columns[name]] for name in names},
    )


def _ids(ws: Workspace, order: LayerOrder) -> RowIds:
    if order.uids is not None:
        return ws.row_ids_of(order.layer, order.uids)
    if order.bounds is not None:
        return ws.row_ids(order.layer, order.bounds)
    return ws.all_rows(order.layer)[0]


def _inside(part: FeatureTable, order: LayerOrder) -> FeatureTable:
    """The index of boxes is 4 m coarse, and a box in sight may hold a shape that is not."""
    if order.bounds is None:
        return part
    kept = np.flatnonzero(shapely.intersects(part.geometries, shapely.box(*order.bounds)))
    return FeatureTable(
        part.layer,
        [part.uids[at] for at in kept],
        part.geometries[kept],
        {name: [column[at] for at in kept] for name, column in part.columns.items()},
    )


def _shapes(table: FeatureTable, source: CRS, target: CRS, report: LayerReport) -> NDArray[np.object_]:
    shapes: NDArray[np.object_] = shapely.force_2d(np.asarray(table.geometries, dtype=object))
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    shapes[empty] = None
    if source != target:
        # The same numbers come out unchanged where nothing has to be reckoned.
        shapes = shapely.transform(shapes, mover(source, target))
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    lost = np.unique(owners[~np.isfinite(coordinates).all(axis=1)])
    shapes[lost] = None
    if empty.any():
        report.notes.append(_("{count} 个没有图形。").format(count=int(empty.sum())))
    if len(lost):
        named = _called(table, lost)
        report.notes.append(
            _("{count} 个的坐标不是数或换算不了，没有写图形：{names}。").format(count=len(lost), names=named)
        )
    faulty = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    if len(faulty):
        named = _called(table, faulty)
        report.notes.append(_("{count} 个的边线自己相交，照原样写：{names}。").format(count=len(faulty), names=named))
    return shapes


def _called(table: FeatureTable, rows: NDArray[Any], most: int = 3) -> str:
    """A few of the features by number; never by name, which may be a person's."""
    ids = table.columns.get("id", [None] * len(table))
    words = [str(ids[row] or _("第 {number} 个").format(number=row + 1)) for row in rows[:most].tolist()]
    return "、".join(words) + (_(" 等") if len(rows) > most else "")
