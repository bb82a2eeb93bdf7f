"""How large a picture is, in which forms it can be written, and the files themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.cartography.geotiff import geotiff
from geohazard_desktop.cartography.view import MM_PER_INCH, MapView
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.publishing.pictures.geopdf import PlacedMap, georeferenced
from geohazard_desktop.publishing.pictures.picture_forms import MAP_PICTURE, MapPicture
from geohazard_desktop.publishing.product import form_ending
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.typesetting import typeset, typeset_pictures

if TYPE_CHECKING:
    from geohazard_desktop.publishing.pictures.picture import PictureMaker

FORMS = {
    "png": _("PNG 图片（微信、幻灯片、文档）"),
    "svg": _("SVG 矢量图（放大不糊，可再编辑）"),
    "pdf": _("GeoPDF（带坐标，QGIS 能叠）"),
    "world": _("PNG 加坐标文件（.pgw、.prj）"),
    "tif": _("GeoTIFF（带坐标的影像）"),
}
WITH_COORDINATES = ("pdf", "world", "tif")
RASTERS_ON_GROUND = ("world", "tif")

# Pixels wide and high, and how many of them stand for an inch: what is seen small on a phone is drawn large.
_SCREENS = {
    "wechat": (1080, 1440, 220.0),
    "square": (1080, 1080, 220.0),
    "slide": (1920, 1080, 150.0),
}
_PAPERS = {"a4": (297.0, 210.0), "a4_upright": (210.0, 297.0), "a3": (420.0, 297.0)}
_OWN_DPI = 150.0
SIZES = {
    "wechat": _("微信、朋友圈　1080×1440"),
    "square": _("方图　1080×1080"),
    "slide": _("幻灯片 16:9　1920×1080"),
    "a4": _("A4 横"),
    "a4_upright": _("A4 竖"),
    "a3": _("A3 横"),
    "own": _("自定像素"),
}
MOST_PIXELS = 60_000_000  # 240 MB while it is drawn, as much again while it is packed
LEAST_MM = 60.0  # below, title and scale bar find no room


@dataclass(frozen=True, slots=True)
class Pixels:
    wide: int
    high: int
    dpi: float

    @property
    def millimetres(self) -> tuple[float, float]:
        return self.wide / self.dpi * MM_PER_INCH, self.high / self.dpi * MM_PER_INCH


def pixels_of(size: str, dpi: float, width: float, height: float) -> Pixels:
    """The picture's size. Raises ExportRefused where it would not fit into memory, or is too small to be read."""
    if size in _PAPERS:
        wide, high = _PAPERS[size]
        found = Pixels(round(wide / MM_PER_INCH * dpi), round(high / MM_PER_INCH * dpi), dpi)
    elif size in _SCREENS:
        found = Pixels(*_SCREENS[size])
    else:
        found = Pixels(round(width), round(height), _OWN_DPI)
    if found.wide * found.high > MOST_PIXELS:
        raise ExportRefused(
            _("{wide}×{high} 像素的图太大，内存放不下（最多 {most} 万像素）。").format(
                wide=grouped(found.wide), high=grouped(found.high), most=grouped(MOST_PIXELS // 10_000)
            ),
            _("请把每英寸点数或像素改小一些；要更大，出 SVG 或 GeoPDF。"),
        )
    if min(found.millimetres) < LEAST_MM:
        raise ExportRefused(
            _("{wide}×{high} 像素的图太小，图名和比例尺放不下。").format(wide=found.wide, high=found.high),
            _("请改成每边至少 {least} 像素。").format(least=round(LEAST_MM / MM_PER_INCH * found.dpi)),
        )
    return found


def write(out: Path, form: str, pixels: Pixels, data: MapPicture, made: "PictureMaker") -> PublishReport:
    """The picture in its form, beside `out` under the form's ending; what it made is in the report."""
    path = out if out.suffix.lower() == form_ending(form) else out.with_suffix(form_ending(form))
    content: dict[Path, bytes] = {}
    if form == "pdf":
        pdf = typeset(MAP_PICTURE, data.data(), made.images, title=made.title)
        place = PlacedMap(0, made.at, made.view, made.title)
        content[path] = georeferenced(pdf, [place], made.ws.crs)
        made.report.pages = 1
    else:
        (picture,) = typeset_pictures(
            MAP_PICTURE,
            data.data(),
            made.images,
            title=made.title,
            kind="svg" if form == "svg" else "png",
            dpi=pixels.dpi,
        )
        content[path] = _on_the_ground(picture, made, pixels) if form == "tif" else picture
        if form == "world":
            content[path.with_suffix(".pgw")] = _world_file(made.view, pixels)
            content[path.with_suffix(".prj")] = made.ws.crs.to_wkt("WKT1_ESRI").encode("ascii", "replace")
    for place_of, one in content.items():
        write_whole(place_of, one)
    made.report.files += list(content)
    size = sum(map(len, content.values())) / 1e6
    told = _("{wide}×{high} 像素，{size:.1f} MB，比例尺约 1:{scale:.0f}。") if form in ("png", "world", "tif") else ""
    if told:
        made.report.notes.insert(
            0, told.format(wide=pixels.wide, high=pixels.high, size=size, scale=made.view.denominator)
        )
    return made.report


def _step(view: MapView, pixels: Pixels) -> float:
    """Metres on the ground a pixel."""
    return view.denominator / 1000.0 * MM_PER_INCH / pixels.dpi


def _world_file(view: MapView, pixels: Pixels) -> bytes:
    """Six lines: the size of a pixel, no turn, and the middle of the first pixel (east, north)."""
    step = _step(view, pixels)
    east, _south, _east, north = view.bounds
    lines = (step, 0.0, 0.0, -step, east + step / 2, north - step / 2)
    return "".join(f"{one:.9f}\n" for one in lines).encode("ascii")


def _on_the_ground(png: bytes, made: "PictureMaker", pixels: Pixels) -> bytes:
    west, _south, _east, north = made.view.bounds
    return geotiff(png, west, north, _step(made.view, pixels), made.ws.crs)
