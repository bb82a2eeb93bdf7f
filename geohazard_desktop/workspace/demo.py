"""Loads a district's demo layers into a workspace: schematic data, one step of the history.

A demo is a folder `layers/demo/<district code>/` with one file a layer: `<table>.geojson` in CGCS2000 longitude and
latitude (EPSG:4490, degrees; a feature's key is its `id`), or `<table>.json`, a list of rows with a `key`, for tables
without geometry. A field of type reference holds the key of a feature of its target layer; keys never enter the
workspace. Every feature must say `schematic`, so that no sheet can pass it off as survey. `setting.json` gives values
for settings (by key) that the district's own file leaves empty; what is set already stays.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import DefinitionInvalid, EditRefused, GeohazardError, ResourceMissing
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed, inserted, new_uid
from geohazard_desktop.workspace.issuer import words_of
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["demo_districts", "load_demo"]

GEOGRAPHIC_EPSG = 4490
SETTING = "setting"
Row = dict[str, Any]


def demo_districts() -> list[str]:
    """Codes of the districts that a demo ships for."""
    try:
        folder = layer_file("demo")
    except GeohazardError:
        return []  # a package without demos is whole, it just has none
    return sorted(one.name for one in folder.iterdir() if one.is_dir() and one.name.isdigit())


def load_demo(ws: Workspace, code: str | None = None) -> None:
    """Put the demo of district `code` (default: the workspace's own) into `ws`, in one step "载入演示数据".

    The step can't be undone: it fills registers, which only grow. Raises ResourceMissing for a district without a
    demo, DefinitionInvalid for a faulty file, EditRefused where `ws` holds features of this demo's layers already;
    the workspace then stays as it was.
    """
    code = code or ws.setting("district.code")
    rows = {path.stem: _rows(path, ws.definition(path.stem)) for path in _files(code)}
    settings = _settings(ws, rows.pop(SETTING, []))
    filled = [ws.definition(table).title for table in rows if ws.count(table)]
    if filled:
        raise EditRefused(
            _("工作文件 {name} 里已经有{layers}，没有载入演示数据。").format(
                name=ws.path.name, layers="、".join(filled[:3]) + (_("等图层") if len(filled) > 3 else "")
            ),
            _("请新建一个工作文件再载入，免得演示数据和真实数据混在一起。"),
        )
    uids = {table: {str(one["key"]): new_uid() for one in found} for table, found in rows.items()}
    features = [
        feature
        for table in sorted(rows, key=lambda one: ws.definition(one).order)
        for feature in _features(ws, table, rows[table], uids)
    ]
    # "system": like the setting rows of a new workspace, the demo is where work begins; undo ends before it.
    ws._write(Edit(_("载入演示数据"), [*settings, *(inserted(one) for one in features)]), kind="system")


def _settings(ws: Workspace, rows: list[Row]) -> list[Delta]:
    """Deltas that fill empty settings and add missing ones."""
    deltas = []
    for row in rows:
        key, values = str(row["key"]), dict(row["values"])
        present = ws.find(SETTING, "key", key)
        if not present:
            deltas.append(inserted(Feature(SETTING, new_uid(), None, {**values, "key": key})))
        elif not words_of(present[-1]):
            deltas.append(changed(present[-1], present[-1].with_values(**values)))
    return deltas


def _files(code: str) -> list[Path]:
    known = demo_districts()
    if code not in known:
        raise ResourceMissing(
            _("行政区 {code} 没有演示数据。").format(code=code),
            _("有演示数据的行政区：{codes}。别的行政区请用“导入”装入自己的数据。").format(
                codes="、".join(known) or _("没有")
            ),
        )
    folder = layer_file("demo", code)
    return sorted(one for one in folder.iterdir() if one.suffix in {".geojson", ".json"})


def _rows(path: Path, definition: LayerDefinition) -> list[Row]:
    """Rows with "key", "geometry" (degrees or None) and "values", checked for what a demo must say."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if path.suffix == ".json":
            found = [{"key": one["key"], "geometry": None, "values": _without_key(one)} for one in data]
        else:
            found = [
                {
                    "key": one["id"],
                    "geometry": shapely.from_geojson(json.dumps(one["geometry"])),
                    "values": one["properties"],
                }
                for one in data["features"]
            ]
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise _fault(path, str(error)) from error
    keys = [str(one["key"]) for one in found]
    if len(set(keys)) != len(keys):
        raise _fault(path, _("有两个要素同名"))
    unmarked = [str(one["key"]) for one in found if one["values"].get("schematic") is not True]
    if unmarked:
        raise _fault(path, _("{key} 没有标明是示意数据").format(key=unmarked[0]))
    if (definition.geometry == "none") != (path.suffix == ".json"):
        raise _fault(path, _("有无图形和图层定义不一致"))
    return found


def _without_key(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "key"}


def _features(ws: Workspace, table: str, rows: list[Row], uids: dict[str, dict[str, str]]) -> list[Feature]:
    definition = ws.definition(table)
    numbers = ws.next_numbers(table, len(rows))
    geometries = _projected([one["geometry"] for one in rows], ws.epsg)
    features = []
    for row, number, geometry in zip(rows, numbers, geometries, strict=True):
        values: dict[str, Value] = dict(row["values"])
        if definition.letter:
            values["id"] = number
        for field in definition.fields:
            target = values.get(field.name)
            if field.type != "reference" or target is None:
                continue
            if str(target) not in uids.get(field.target, {}):
                raise _fault(
                    Path(table),
                    _("{key} 的{field}指向不存在的 {target}").format(key=row["key"], field=field.title, target=target),
                )
            values[field.name] = uids[field.target][str(target)]
        features.append(Feature(table, uids[table][str(row["key"])], geometry, values))
    return features


def _projected(geometries: list[BaseGeometry | None], epsg: int) -> list[BaseGeometry | None]:
    """From degrees to metres of the workspace, all at once: neighbours' common vertices stay identical."""
    if not any(one is not None for one in geometries):
        return geometries
    transformer = Transformer.from_crs(GEOGRAPHIC_EPSG, epsg, always_xy=True)

    def forward(points: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([east, north])

    return list(shapely.transform(np.array(geometries, dtype=object), forward))


def _fault(path: Path, reason: str) -> DefinitionInvalid:
    return DefinitionInvalid(
        _("演示数据 {name} 读不懂：{reason}。").format(name=path.name, reason=reason),
        _("请重新安装程序，或用工具重新生成演示数据。"),
    )
