"""A file from others, read but not yet judged against a layer: columns, geometries, encoding, CRS, evidence."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import Said
from geohazard_desktop.exchange.report import Evidence, Problem, listed, refused
from geohazard_desktop.workspace.edits.wording import led

__all__ = ["Evidence", "Problem", "SourceTable", "open_source"]

VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".json")
DRAWING_SUFFIXES = (".dxf",)
SHIFTED_SUFFIXES = (".ovkml", ".ovkmz")  # KML of 奥维, whose degrees are GCJ-02
FIELD_SUFFIXES = (".kml", ".kmz", ".gpx", *SHIFTED_SUFFIXES)  # what phones and hand-held receivers write
LIST_SUFFIXES = (".xlsx", ".xlsm", ".csv", ".txt")
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg")


@dataclass(slots=True)
class SourceTable:
    """One layer or sheet. All columns, `geometries` and `labels` have the same length.

    `geometries` holds Shapely geometries in `crs` (east or longitude first) or None for each feature; it is None as a
    whole for lists, whose coordinates stand in columns and are judged against the workspace later.
    `labels` name the features as people find them in the file: 第 187 个要素, 第 7 行.
    `crs` is None where the file does not say. `members` is the second sheet of a household list.
    """

    path: Path
    layer: str
    columns: dict[str, list[Any]]
    geometries: NDArray[np.object_] | None
    labels: list[str]
    encoding: str = ""
    crs: CRS | None = None
    crs_sentence: str = ""
    asked_epsg: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shift: str | None = None  # "gcj02" where such files are known to hold shifted degrees, whatever their `crs`
    members: "SourceTable | None" = None
    cut_names: bool = False  # headings may be cut to 10 bytes, as DBF does
    subjects: list[str] = field(default_factory=list)  # what the file calls its contents: folders, the document
    grid: list[list[Any]] | None = None  # of a list: all its rows as they stand, titles too
    from_remarks: Mapping[str, frozenset[int]] = field(default_factory=dict)  # by column, rows put in from 备注
    of_others: Mapping[str, frozenset[int]] = field(
        default_factory=dict
    )  # those of them that name another than the head
    said: Said = field(default_factory=Said)  # what a list's titles, headings and name say of its coordinates

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_list(self) -> bool:
        return self.geometries is None

    def row(self, index: int) -> dict[str, Any]:
        return {name: column[index] for name, column in self.columns.items()}


def open_source(
    path: Path | str, *, layer: str | None = None, encoding: str | None = None, epsg: int | None = None
) -> SourceTable:
    """Read `path` (GeoPackage, Shapefile, zipped Shapefile, GeoJSON, DXF, KML, GPX, Excel, CSV) without changing it.

    `layer` names one of several layers or sheets; `encoding` and `epsg` are what the user says, and win over the file.
    Raises ImportRefused with the file, what is wrong and what to do.
    """
    path = _existing(Path(path))
    suffix = path.suffix.lower()
    if suffix == ".zip":
        from geohazard_desktop.exchange.packed import unpacked

        with unpacked(path, layer) as (inner, inner_layer):
            _refuse_mixture(path, inner, inner_layer)
            table = open_source(inner, layer=inner_layer, encoding=encoding, epsg=epsg)
            table.path = path
            return table
    if suffix in LIST_SUFFIXES:
        from geohazard_desktop.exchange.sheets import read_list

        return read_list(path, sheet=layer, encoding=encoding, epsg=epsg)
    if suffix in DRAWING_SUFFIXES:
        from geohazard_desktop.exchange.dxf import read_dxf

        drawing = read_dxf(path, layer=layer, encoding=encoding)
        drawing.asked_epsg = epsg
        return drawing
    if suffix in FIELD_SUFFIXES:
        from geohazard_desktop.exchange.gpx import read_gpx
        from geohazard_desktop.exchange.kml import read_kml

        marks = (read_gpx if suffix == ".gpx" else read_kml)(path, layer=layer, encoding=encoding)
        marks.asked_epsg = epsg
        return marks
    from geohazard_desktop.exchange.vector import read_vector

    return read_vector(path, layer=layer, encoding=encoding, epsg=epsg)


def _refuse_mixture(path: Path, inner: Path, layer: str | None) -> None:
    """A phone's file of several kinds beside others in an archive: which file was said, so no kind can be said."""
    from geohazard_desktop.exchange.contents import layers_inside

    if layer is not None or inner.suffix.lower() not in FIELD_SUFFIXES:
        return
    kinds = layers_inside(inner)
    if len(kinds) > 1:
        raise refused(
            _("{name} 里的 {inner} 有{kinds}，一次只能读一种。").format(
                name=path.name, inner=inner.name, kinds="、".join(kinds)
            ),
            _("请解压后导入这个文件，再选读哪一种。"),
        )


def _existing(path: Path) -> Path:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise refused(_("{name} 是文件夹。").format(name=path.name), _("请选里面的一个文件。"))
    if suffix in _COMPANIONS:
        # People pick any of the four files of a Shapefile; the one with the shapes is meant.
        main = [one for one in path.parent.glob("*") if one.stem == path.stem and one.suffix.lower() == ".shp"]
        if not main:
            raise refused(
                _("{name} 只是 Shapefile 的一部分，旁边没有同名的 .shp 文件。").format(name=path.name),
                _("请把 .shp、.shx、.dbf、.prj 一起拷来，再选 .shp。"),
            )
        path, suffix = main[0], ".shp"
    if not path.exists():
        raise refused(_("找不到文件 {name}。").format(name=path), _("请看看文件是否移走了，或移动盘没有插上。"))
    if suffix in {".xls", ".et", ".wps", ".ods"}:
        raise refused(
            _("{name} 是旧格式或别的表格格式（{suffix}），读不了。").format(name=path.name, suffix=suffix),
            _("请在表格软件里另存为 .xlsx 再导入。"),
        )
    if suffix in {".ovobj", ".ovjsn"}:
        raise refused(
            _("{name} 是奥维自己的格式（{suffix}），读不了。").format(name=path.name, suffix=suffix),
            _("请在奥维里选中这些对象，导出时格式选 .ovkml 或 .kml，再导入导出的文件；选 .shp、.dxf 的坐标不偏移。"),
        )
    if suffix == ".dwg":
        from geohazard_desktop.exchange.dxf import refuse_dwg

        raise refuse_dwg(path)
    if suffix not in (*VECTOR_SUFFIXES, *LIST_SUFFIXES, *DRAWING_SUFFIXES, *FIELD_SUFFIXES, ".zip"):
        raise refused(
            _("不认识 {name} 这种文件。").format(name=path.name),
            _(
                "可以导入的有：GeoPackage（.gpkg）、Shapefile（.shp 或 .zip）、GeoJSON、KML（.kml、.kmz、.ovkml）、"
                "GPX、DXF、Excel（.xlsx）和 CSV。"
            ),
        )
    try:
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as error:
        raise refused(
            _("文件 {name} 读不了（{reason}）。").format(name=path.name, reason=reason_of(error)),
            _("请检查文件的权限，或拷到本机再试。"),
        ) from error
    if not start:
        raise refused(_("文件 {name} 是空的（0 字节）。").format(name=path.name), _("请重新拷一份。"))
    _refuse_disguise(path, suffix, start)
    return path


_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls and .et, and a workbook with a password


def _refuse_disguise(path: Path, suffix: str, start: bytes) -> None:
    if suffix in LIST_SUFFIXES and start.startswith(_OLD_OFFICE):
        raise refused(
            _("{name} 的内容是旧格式的表格（.xls、.et），或是加了密码的工作簿，读不了。").format(name=path.name),
            _("请在表格软件里打开，去掉密码，另存为 .xlsx 再导入。"),
        )
    if suffix in (".csv", ".txt") and start.startswith(b"PK"):
        raise refused(
            _("{name} 的内容是工作簿或压缩包，只是后缀成了 {suffix}。").format(name=path.name, suffix=suffix),
            _("请把后缀改回 .xlsx（压缩包改回 .zip）再导入。"),
        )
    wanted = {
        ".gpkg": (b"SQLite format 3\x00", _("GeoPackage")),
        ".shp": (b"\x00\x00\x27\x0a", _("Shapefile")),
        ".xlsx": (b"PK", _("Excel 工作簿")),
        ".zip": (b"PK", _("压缩包")),
    }
    if suffix in wanted and not start.startswith(wanted[suffix][0]):
        raise refused(
            _("{name} 的内容不是{kind}，可能没有拷完整，或只是改了后缀。").format(
                name=path.name, kind=led(wanted[suffix][1])
            ),
            _("请向提供数据的人重新要一份。"),
        )
    if suffix in {".zip", ".xlsx"} and not zipfile.is_zipfile(path):
        raise refused(_("{name} 没有拷完整。").format(name=path.name), _("请重新拷一份。"))


def choose_layer(path: Path, names: list[str], asked: str | None, *, word: str) -> str:
    """The one layer or sheet to read; several and none asked is a refusal that lists them."""
    if asked is not None:
        for one in names:
            if one.strip() == asked.strip():
                return one
        raise refused(
            _("{name} 里没有{word}“{asked}”。").format(name=path.name, word=word, asked=asked),
            _("里面有：{names}。").format(names=listed(names)),
        )
    if not names:
        raise refused(_("{name} 里没有数据。").format(name=path.name), _("请核对文件。"))
    if len(names) > 1:
        raise refused(
            _("{name} 里有 {count} 个{word}，不知道读哪一个。").format(name=path.name, count=len(names), word=word),
            _("请用 --source-layer 写明其中一个：{names}。").format(names=listed(names)),
        )
    return names[0]


def picked(table: SourceTable, only: Mapping[str, str]) -> SourceTable:
    """The features whose columns hold these texts, with a sentence on how many were not read.

    Raises ImportRefused for an unknown column or when none is left.
    """
    from geohazard_desktop.exchange.values import text_of

    rows = list(range(len(table)))
    for column, text in only.items():
        if column not in table.columns:
            raise refused(
                _("{file} 里没有“{word}”这一列。").format(file=table.name, word=column),
                _("里面的列有：{names}。").format(names=listed(list(table.columns), 60)),
            )
        rows = [row for row in rows if text_of(table.columns[column][row]) == text.strip()]
    condition = "、".join(f"{column}={text}" for column, text in only.items())
    if not rows:
        # Yes and no are read as 是 and 否: somebody who wrote 1 has to be told. Names of people don't repeat so often.
        held = {column: list(dict.fromkeys(filter(None, map(text_of, table.columns[column])))) for column in only}
        there = [
            _("“{column}”列里有：{texts}。").format(column=column, texts=listed(found))
            for column, found in held.items()
            if 0 < 2 * len(found) <= len(table)
        ]
        raise refused(
            _("{file} 里没有 {condition} 的要素。").format(file=table.name, condition=condition),
            _("请核对这个条件。") + "".join(there),
        )
    place = {row: index for index, row in enumerate(rows)}
    words = _("只读 {condition} 的 {count} 个要素，另外 {others} 个没有读。")
    sentence = words.format(condition=condition, count=len(rows), others=len(table) - len(rows))
    return replace(
        table,
        columns={name: [column[row] for row in rows] for name, column in table.columns.items()},
        from_remarks={},
        of_others={},  # questions are asked of what is picked
        geometries=None if table.geometries is None else table.geometries[rows],
        labels=[table.labels[row] for row in rows],
        grid=None
        if table.grid is None
        else [[*table.columns], *([column[row] for column in table.columns.values()] for row in rows)],
        evidence=[*table.evidence, Evidence("table", sentence)],
        problems=[replace(one, row=place[one.row]) for one in table.problems if one.row in place],
    )
