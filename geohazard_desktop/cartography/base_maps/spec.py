"""Which base maps a workspace has. They are rows of its `setting` layer (`base_map.1` is painted first), so that they
travel with the file and every change of them is a step of the history.

The key of a service never enters the workspace: its row says `{key}`, and the key is this user's (see keys.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Literal, get_args

from geohazard_desktop.cartography.base_maps.keys import key_of
from geohazard_desktop.common.errors import EditRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.wording import followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, deleted
from geohazard_desktop.workspace.workspace import Workspace

PREFIX = "base_map."
SETTING = "setting"
DEEPEST = 22

Kind = Literal["raster", "relief", "mbtiles", "folder", "service"]
Matrix = Literal["w", "c"]


class BaseMapUnusable(GeohazardError):
    """A base map can't be shown: file gone or broken, no CRS, a service that is none."""

    code = "GH-701"


@dataclass(frozen=True, slots=True)
class BaseMap:
    """One base map as the painter needs it. Frozen and picklable: it goes to the process that paints.

    `source` is an absolute path, or a service's URL template with `{key}` where the user's key belongs; "" when the
    row in the workspace can't be read. `key` stays on this machine: it is no part of what is stored, printed or shown.
    """

    id: str
    title: str
    kind: Kind
    source: str
    key: str = field(default="", repr=False)
    opacity: float = 1.0
    visible: bool = True
    printed: bool = True  # on internal sheets; public ones never carry a base map
    attribution: str = ""
    min_zoom: int = 0
    max_zoom: int = 18
    tms: bool = False  # rows counted from the south
    matrix: Matrix = "w"  # w: web Mercator (EPSG:3857); c: longitude and latitude (EPSG:4490, 天地图's second set)
    epsg: int | None = None  # of a raster that does not say its own

    @property
    def is_service(self) -> bool:
        return self.kind == "service"

    @property
    def credit(self) -> str:
        """What stands in the map's corner and among a sheet's sources."""
        return self.attribution or self.title


_STORED = ("kind", "opacity", "visible", "printed", "min_zoom", "max_zoom", "tms", "matrix", "epsg")
_DEFAULTS = BaseMap("", "", "raster", "")


def is_base_map_row(key: str) -> bool:
    """Whether a row of the `setting` layer is a base map: such rows have a panel of their own."""
    return key.startswith(PREFIX)


def base_maps_of(ws: Workspace) -> list[BaseMap]:
    """The workspace's base maps, painted first first."""
    return [_read(ws, row) for row in _rows(ws)]


def add_base_maps(ws: Workspace, base_maps: Sequence[BaseMap]) -> Edit:
    """New base maps above those that are there, the last one on top. Their ids are given by the workspace."""
    number = max((_number(row) for row in _rows(ws)), default=0)
    deltas: list[Delta] = []
    for one in base_maps:
        number += 1
        values = {"key": f"{PREFIX}{number}", **_values(ws, one)}
        deltas += create_feature(ws.definitions, SETTING, None, values).deltas
    return Edit(_("添加底图{titles}").format(titles=led("、".join(one.title for one in base_maps))), deltas)


def change_base_map(ws: Workspace, id: str, **values: Any) -> Edit:
    """Other values for a base map: any field of BaseMap but id and key. Raises EditRefused when it has gone."""
    row = _row(ws, id)
    before = _read(ws, row)
    after = replace(before, **values)
    return Edit(_words_of(before, after), [changed(row, row.with_values(**_values(ws, after)))])


def remove_base_map(ws: Workspace, id: str) -> Edit:
    """The file or service stays what it is; the workspace only forgets it. Raises EditRefused when it has gone."""
    row = _row(ws, id)
    return Edit(_("移除底图{title}").format(title=led(_read(ws, row).title)), [deleted(row)])


def move_base_map(ws: Workspace, id: str, steps: int) -> Edit:
    """Painted later (`steps` > 0: it lies higher) or earlier. At the end of the list nothing changes."""
    rows = _rows(ws)
    row = _row(ws, id)
    ids = [one.uid for one in rows]
    ids.insert(max(0, min(len(rows) - 1, ids.index(id) + steps)), ids.pop(ids.index(id)))
    by_id = {one.uid: one for one in rows}
    deltas = [
        changed(by_id[uid], by_id[uid].with_values(key=before.text("key")))
        for uid, before in zip(ids, rows, strict=True)
        if uid != before.uid
    ]
    told = _("上移底图{title}") if steps > 0 else _("下移底图{title}")
    return Edit(told.format(title=led(_read(ws, row).title)), deltas)


def stored_source(ws: Workspace, source: str, kind: Kind) -> str:
    """How a source is written into the workspace: beside or below it relative, so that both can move together."""
    if kind == "service":
        return source
    path, home = Path(source), ws.path.absolute().parent
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def _rows(ws: Workspace) -> list[Feature]:
    found = [one for one in ws.table(SETTING) if is_base_map_row(one.text("key"))]
    return sorted(found, key=lambda one: (_number(one), one.uid))


def _number(row: Feature) -> int:
    word = row.text("key").removeprefix(PREFIX)
    return int(word) if word.isascii() and word.isdigit() else 0


def _row(ws: Workspace, id: str) -> Feature:
    row = ws.feature(SETTING, id)
    if row is None or not is_base_map_row(row.text("key")):
        raise EditRefused(_("这幅底图已经不在工作文件里了。"), _("请看过现在的底图再做一次。"))
    return row


def _values(ws: Workspace, one: BaseMap) -> dict[str, str]:
    facts = {name: getattr(one, name) for name in _STORED if getattr(one, name) != getattr(_DEFAULTS, name)}
    facts = {"kind": one.kind, "source": stored_source(ws, one.source, one.kind), **facts}
    return {"name": one.title, "source": one.attribution, "value": json.dumps(facts, ensure_ascii=False)}


def _read(ws: Workspace, row: Feature) -> BaseMap:
    """A row that can't be read is a base map without a source: the painter says so in the panel."""
    title = row.text("name") or row.text("key")
    try:
        facts = json.loads(row.text("value"))
        kind = facts["kind"]
        if kind not in get_args(Kind):
            raise ValueError(kind)
        source = str(facts["source"])
        return BaseMap(
            id=row.uid,
            title=title,
            kind=kind,
            source=source if kind == "service" else _absolute(ws, source),
            key=key_of(source) if kind == "service" else "",
            opacity=min(1.0, max(0.0, float(facts.get("opacity", 1.0)))),
            visible=bool(facts.get("visible", True)),
            printed=bool(facts.get("printed", True)),
            attribution=row.text("source"),
            min_zoom=max(0, int(facts.get("min_zoom", 0))),
            max_zoom=min(DEEPEST, int(facts.get("max_zoom", 18))),
            tms=bool(facts.get("tms", False)),
            matrix="c" if facts.get("matrix") == "c" else "w",
            epsg=int(facts["epsg"]) if facts.get("epsg") else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return BaseMap(row.uid, title, "raster", "")


def _absolute(ws: Workspace, stored: str) -> str:
    if PureWindowsPath(stored).is_absolute() or PurePosixPath(stored).is_absolute():
        return stored
    return str(ws.path.absolute().parent / stored)


def _words_of(before: BaseMap, after: BaseMap) -> str:
    title = led(before.title)
    if before.visible != after.visible:
        return (_("显示底图{title}") if after.visible else _("收起底图{title}")).format(title=title)
    if before.opacity != after.opacity:
        return _("底图{title}的不透明度改为 {percent:.0f} %").format(title=followed(title), percent=after.opacity * 100)
    if before.printed != after.printed:
        told = _("底图{title}印在内部图上") if after.printed else _("底图{title}不印在图上")
        return told.format(title=followed(title))
    return _("改底图{title}").format(title=title)
