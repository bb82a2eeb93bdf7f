"""The whole 警示图 as PNG, SVG or GeoPDF: the sheet itself, not a drawing like it."""

from pathlib import Path
from typing import Literal, cast

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.files import write_whole
from geohazard_desktop.publishing.forms import MAP_SHEET
from geohazard_desktop.publishing.geopdf import PlacedMap, georeferenced
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheet import DistrictSheet
from geohazard_desktop.publishing.typesetting import page_count, typeset, typeset_pictures
from geohazard_desktop.workspace.workspace import Workspace

_MOST_DPI = 400.0  # A3 at more takes more memory than an office computer has to spare


def publish_sheet_picture(
    ws: Workspace,
    out: Path,
    *,
    form: str = "png",
    dpi: float = 300.0,
    profile: str = "public",
    bilingual: bool = True,
) -> PublishReport:
    """Write the district's sheet beside `out` with the ending of `form` ("png", "svg", "pdf"); a second page, where
    the sheet has one, becomes a file of its own. Raises what publish_map raises, ExportRefused for a public GeoPDF or
    too many dots."""
    if form == "pdf" and profile == "public":
        raise ExportRefused(_("公开的图不带坐标，不能出成 GeoPDF。"), _("请改成“内部”，或换成 PNG、SVG。"))
    if form == "png" and dpi > _MOST_DPI:
        raise ExportRefused(
            _("A3 图每英寸 {dpi:.0f} 点太大，内存放不下（最多 {most:.0f}）。").format(dpi=dpi, most=_MOST_DPI),
            _("请改小一些；要更清楚，出 SVG 或 PDF。"),
        )
    made = DistrictSheet(ws, "public" if profile == "public" else "internal", bilingual=bilingual)
    data = made.form.data()
    if form == "pdf":
        pdf = typeset(MAP_SHEET, data, made.images, title=made.title)
        places = [PlacedMap(one.page, one.at, one.view, made.title) for one in made.report.maps]
        pages = [georeferenced(pdf, places, ws.crs)]
        made.report.pages = page_count(pdf)
    else:
        kind = cast('Literal["png", "svg"]', form)
        pages = typeset_pictures(MAP_SHEET, data, made.images, title=made.title, kind=kind, dpi=dpi)
    made.report.maps.clear()  # names are moved by hand on the sheet itself, not on its picture
    for number, content in enumerate(pages):
        stem = out.stem if number == 0 else _("{name}_第{page}页").format(name=out.stem, page=number + 1)
        path = out.with_name(f"{stem}.{form}")
        write_whole(path, content)
        made.report.files.append(path)
    return made.report
