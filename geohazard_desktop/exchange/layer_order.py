"""What is wanted of a layer that leaves, as which file, and what is told when it has left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from geohazard_desktop.common.errors import UsageWrong
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.rows import Bounds

Profile = Literal["public", "internal"]
FormatKey = Literal["gpkg", "shp", "shp-utf8", "geojson", "kml", "dxf", "xlsx", "csv", "csv-gb18030"]
Progress = Callable[[int, int, str], object]


def silent(_done: int, _all: int, _words: str = "") -> None:
    """Progress that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `epsg`: the one system the format allows; `plane`: degrees have no place in it; `shapes`: layers
    without shapes can't be written; `headings`: columns may be called by their Chinese titles or their field names;
    `takes_empty`: features without a shape have a place in it."""

    key: FormatKey
    suffix: str
    title: str
    note: str
    epsg: int | None = None
    plane: bool = False
    shapes: bool = False
    headings: bool = True
    takes_empty: bool = True


FORMATS: Mapping[str, Format] = {
    one.key: one
    for one in (
        Format("gpkg", ".gpkg", _("GeoPackage"), _("QGIS、ArcGIS Pro 都能打开；一个文件，什么也不截短。")),
        Format(
            "shp",
            ".shp",
            _("Shapefile，GB18030"),
            _("国内软件通用，文字编码 GB18030。列名最多 5 个汉字，一格最多 254 字节；缩短的写在旁边的表里。"),
            shapes=True,
        ),
        Format(
            "shp-utf8",
            ".shp",
            _("Shapefile，UTF-8"),
            _("QGIS、新版 ArcGIS 用。列名最多 3 个汉字，一格最多 254 字节；缩短的写在旁边的表里。"),
            shapes=True,
        ),
        Format(
            "geojson",
            ".geojson",
            _("GeoJSON"),
            _("网页和程序用，按标准（RFC 7946）写 WGS 84 经纬度。"),
            epsg=4326,
            shapes=True,
        ),
        Format(
            "kml",
            ".kml",
            _("KML"),
            _("奥维、手机地图用，按标准写 WGS 84 经纬度；在里面是看的，不便再改。"),
            epsg=4326,
            shapes=True,
            headings=False,
            takes_empty=False,
        ),
        Format(
            "dxf",
            ".dxf",
            _("DXF（AutoCAD 2000）"),
            _("CAD、CASS 用：按图例分图层，名称作为文字；东坐标在横轴，别的属性不写。"),
            plane=True,
            shapes=True,
            headings=False,
            takes_empty=False,
        ),
        Format("xlsx", ".xlsx", _("Excel 工作簿"), _("属性一行一个，编号和电话保持文字；坐标写在最后几列。")),
        Format("csv", ".csv", _("CSV，UTF-8"), _("属性一行一个，新版 Excel、WPS 直接打开；坐标写在最后几列。")),
        Format("csv-gb18030", ".csv", _("CSV，GB18030"), _("只认国标编码的旧程序用；坐标写在最后几列。")),
    )
}


def format_of(path: Path, encoding: str | None = None) -> Format:
    """The kind of file that a name's ending asks for. Raises UsageWrong listing the endings there are."""
    suffix = {".json": ".geojson"}.get(path.suffix.lower(), path.suffix.lower())
    fitting = [one for one in FORMATS.values() if one.suffix == suffix]
    if not fitting:
        endings = "、".join(dict.fromkeys(one.suffix for one in FORMATS.values()))
        raise UsageWrong(
            _("不能导出成“{suffix}”文件。").format(suffix=path.suffix or path.name),
            _("文件名请以这些之一结尾：{endings}。").format(endings=endings),
        )
    if encoding is None or len(fitting) == 1:
        return fitting[0]
    wanted = encoding.lower().replace("-", "").replace("_", "")
    if wanted not in ("utf8", "gb18030", "gbk"):
        raise UsageWrong(_("不能按编码“{name}”导出。").format(name=encoding), _("请写 UTF-8 或 GB18030。"))
    national = wanted != "utf8"
    return next(one for one in fitting if national == (one.key in ("shp", "csv-gb18030")))


def fits(form: Format, definition: LayerDefinition) -> bool:
    """Whether the format has a place for what this layer is."""
    return definition.geometry != "none" or not form.shapes


@dataclass(frozen=True, slots=True)
class LayerOrder:
    """Which features of which layer, for whom, as what.

    `uids` and `bounds` (metres of the workspace: east min, north min, east max, north max) each pick some; None: all.
    `epsg` None is the workspace's own system. `titles`: columns are called by their Chinese titles. `coordinates`:
    tables get the columns of place. `instead` has values that stand in place of the stored ones, by field and uid;
    `measures` what shapes measure, by name and uid, where the layer's style asks for it.
    """

    layer: str
    form: FormatKey
    profile: Profile = "public"
    uids: tuple[str, ...] | None = None
    bounds: Bounds | None = None
    epsg: int | None = None
    titles: bool = True
    coordinates: bool = True
    instead: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def format(self) -> Format:
        return FORMATS[self.form]


@dataclass(slots=True)
class LayerReport:
    """`features` are in the file; `left_out` and `personal` are titles of columns; `covered` texts had a person's name
    or number in them; `notes` are sentences on what is not as it is in the workspace. `files` as they lie in place."""

    title: str
    features: int = 0
    crs: str = ""
    columns: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    covered: int = 0
    coordinates: bool = False
    notes: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def personal_words(left_out: Sequence[str], personal: Sequence[str]) -> list[str]:
    """Sentences on the columns about persons: those that were not written, and those that were."""
    told = []
    if left_out:
        told.append(_("没有写个人信息：{titles}。").format(titles="、".join(left_out)))
    if personal:
        told.append(_("含个人信息：{titles}，请按规定保管。").format(titles="、".join(personal)))
    return told
