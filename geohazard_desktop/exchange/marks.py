"""What phones and hand-held receivers write down, brought together for one table: marks with words and shapes.

A file mixes points, lines and areas; a layer holds one kind. So each kind of a file is a table of its own to choose.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import Evidence, Problem, refused
from geohazard_desktop.exchange.source import SourceTable, choose_layer
from geohazard_desktop.workspace.definition import GeometryKind

AREA, LINE, POINT = _("面"), _("线"), _("点")
WAYPOINTS, ROUTES, TRACKS = _("航点"), _("航线"), _("轨迹")
_GEOMETRY: Mapping[str, GeometryKind] = {
    AREA: "polygon",
    LINE: "line",
    POINT: "point",
    WAYPOINTS: "point",
    ROUTES: "line",
    TRACKS: "line",
}
_WGS84 = 4326
_NAMED = 3  # kept short: the sentence names some, the count says all


@dataclass(slots=True)
class Part:
    """A shape of a mark in degrees of WGS 84, longitude first, of `kind` (面). `fault` says why there is none, and
    `closed` that its outline was left open in the file and is closed now."""

    kind: str
    shape: BaseGeometry | None
    fault: str = ""
    closed: bool = False


@dataclass(slots=True)
class Mark:
    """A placemark, waypoint, route or track. `values` are its words by heading, `label` its number in the file."""

    label: str
    values: dict[str, str]
    parts: list[Part]

    @property
    def name(self) -> str:
        return self.values.get(NAME, "") or self.label


@dataclass(slots=True)
class MarkFile:
    """All marks of a file. `kinds` in the order in which they are offered, `subjects` what they are called in the
    file (folders, the document), which may tell the layer."""

    format: str
    marks: list[Mark]
    kinds: Sequence[str]
    encoding: str
    evidence: list[Evidence] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    inside: str = ""  # what the file that was read is called in its archive

    def tables(self) -> list[str]:
        """The kinds that some mark has."""
        there = {part.kind for mark in self.marks for part in mark.parts}
        return [one for one in self.kinds if one in there]


NAME, NOTE, FOLDER, TIME = _("名称"), _("说明"), _("文件夹"), _("时间")
START, END = _("开始时间"), _("结束时间")


_last: tuple[object, MarkFile] | None = None


def read_once(path: Path, encoding: str | None, read: Callable[[Path, str | None], MarkFile]) -> MarkFile:
    """What `read` makes of the file; the last one is kept, since which kinds it has and each of them are asked for one
    by one. A file that was written anew is read anew. Whoever gets it changes nothing in it."""
    global _last
    about = path.stat()
    key = (path.resolve(), about.st_mtime_ns, about.st_size, encoding)
    kept = _last  # taken once: a reader in another thread may put its own there
    if kept is not None and kept[0] == key:
        return kept[1]
    found = read(path, encoding)
    _last = (key, found)
    return found


def begin_with(tables: Sequence[str], geometry: str) -> str:
    """Of the kinds of a file the first that a layer of `geometry` takes; the first of all where it takes none."""
    return next((one for one in tables if _GEOMETRY.get(one) == geometry), tables[0])


def is_kind(table: str) -> bool:
    """Whether a table of a file is a kind of shapes of one outing, which belong together."""
    return table in _GEOMETRY


def line_or_fault(places: NDArray[np.float64], kind: str) -> Part:
    """A line through `places` ((n, 3), heights last); one place alone is none."""
    if len(places) < 2:
        return Part(kind, None, _("线上只有 {count} 个点，不成线").format(count=len(places)))
    return Part(kind, shapely.linestrings(flat_if_level(places)))


def flat_if_level(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without heights where all are 0: phones write the 0 for "on the ground", which is no height to speak of."""
    return places if places[:, 2].any() else places[:, :2]


def table_of(found: MarkFile, path: Path, asked: str | None) -> SourceTable:
    """The marks of one kind. Those without any shape are told with the first kind, lest they be missed.

    Raises ImportRefused where the file has no shape, or several kinds and none is asked for.
    """
    kinds = found.tables()
    if not kinds:
        raise refused(
            _("{name} 里没有点、线、面（共 {count} 个要素）。").format(name=path.name, count=len(found.marks)),
            _("请在手机上重新导出，导出时选中要的标注和轨迹。"),
        )
    kind = choose_layer(path, kinds, asked, word=_("图层"))
    first = kind == kinds[0]
    rows = [one for one in found.marks if any(part.kind == kind for part in one.parts) or (first and not one.parts)]
    table = SourceTable(
        path,
        kind,
        _columns(rows),
        np.full(len(rows), None, dtype=object),
        [one.label for one in rows],
        encoding=found.encoding,
        crs=CRS.from_epsg(_WGS84),
        crs_sentence=_("{format} 按标准是").format(format=found.format),
        evidence=list(found.evidence),
        subjects=list(dict.fromkeys([*found.subjects, *(one.values.get(FOLDER, "") for one in rows)])),
    )
    assert table.geometries is not None
    for row, one in enumerate(rows):
        table.geometries[row] = _shape(one, kind, table, row)
    table.evidence += _told(found, kinds, kind, rows)
    return table


def _shape(mark: Mark, kind: str, table: SourceTable, row: int) -> BaseGeometry | None:
    parts = [one for one in mark.parts if one.kind == kind]
    fault = next((one.fault for one in parts if one.fault), "")
    if fault:
        words = _("{file} {label}：{fault}，没有导入。请在手机上或源文件里改正，再导出、导入。")
        sentence = words.format(file=table.name, label=mark.label, fault=fault)
        table.problems.append(Problem(mark.label, sentence, "skipped", row))
        return None
    if any(one.closed for one in parts):
        words = _("{file} {label}：边线没有闭合，已把首尾接上。请看看接得对不对。")
        table.problems.append(Problem(mark.label, words.format(file=table.name, label=mark.label), "repaired", row))
    shapes = [one.shape for one in parts]
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    join = {0: shapely.multipoints, 1: shapely.multilinestrings, 2: shapely.multipolygons}
    joined: BaseGeometry = join[int(shapely.get_dimensions(shapes[0]))](shapes)
    return joined


def _columns(rows: Sequence[Mark]) -> dict[str, list[str | None]]:
    headings = dict.fromkeys(heading for one in rows for heading in one.values)
    return {heading: [one.values.get(heading) or None for one in rows] for heading in headings}


def _told(found: MarkFile, kinds: Sequence[str], kind: str, rows: Sequence[Mark]) -> list[Evidence]:
    evidence = []
    if len(kinds) > 1:
        counts = {one: sum(any(part.kind == one for part in mark.parts) for mark in found.marks) for one in kinds}
        words = _("文件里有{all}，这里读的是{kind}（其余的写 --source-layer 再导入一次）。")
        listed = "、".join(_("{kind} {count} 个").format(kind=one, count=count) for one, count in counts.items())
        evidence.append(Evidence("table", words.format(all=listed, kind=kind)))
    mixed = [one for one in rows if any(part.kind != kind for part in one.parts)]
    if mixed:
        words = _("{count} 个要素还带着别的图形（如{names}），这里只读其中的{kind}，别的归到各自的图层导入。")
        names = "、".join(one.name for one in mixed[:_NAMED])
        evidence.append(Evidence("geometry", words.format(count=len(mixed), names=names, kind=kind), doubt=True))
    return evidence
