"""A whole 警示图 as PNG, SVG or GeoPDF: the sheet itself, not a drawing like it; of any subject, on any paper."""

from collections.abc import Collection
from math import sqrt
from pathlib import Path
from typing import Literal, cast

from geohazard_desktop.cartography.view import MM_PER_INCH
from geohazard_desktop.common.errors import ExportRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.pictures.geopdf import PlacedMap, georeferenced
from geohazard_desktop.publishing.pictures.picture_files import MOST_PIXELS
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.papers import paper_of
from geohazard_desktop.publishing.sheets.products import ordered_subjects, profile_of, sheet_file
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet, sheet_layers
from geohazard_desktop.publishing.typeset.typesetting import page_count, typeset, typeset_pictures
from geohazard_desktop.workspace.workspace import Workspace


def publish_sheet_picture(
    ws: Workspace,
    out: Path,
    *,
    paper: str = "A3",
    form: str = "png",
    dpi: float = 300.0,
    profile: str = "public",
    bilingual: bool = True,
) -> PublishReport:
    """Write the district's sheet to `out`, with the ending of `form` ("png", "svg", "pdf"); a second page, where the
    sheet has one, becomes a file of its own. Raises what publish_map raises, ExportRefused for a public GeoPDF or too
    many dots."""
    _refuse(paper, form, dpi, profile)
    use = profile_of(profile)
    made = WarningSheet(ws, SheetSpec(paper, use, bilingual=bilingual))
    return _written(made, out.with_name(out.stem), form, dpi, out.suffix)


def publish_sheet_pictures(
    ws: Workspace,
    out: Path,
    *,
    layer: str,
    uids: Collection[str] | None = None,
    paper: str = "A3",
    form: str = "png",
    dpi: float = 300.0,
    profile: str = "public",
    bilingual: bool = True,
    progress: Progress | None = None,
) -> PublishReport:
    """The same for each of a layer's features (`uids`; None: all) into the folder `out`. A subject that can't be drawn
    is said among the problems and stops no other. Raises ExportRefused where none could be drawn."""
    _refuse(paper, form, dpi, profile)
    use = profile_of(profile)
    subjects = ordered_subjects(ws, layer, uids)
    layers = sheet_layers(ws, use, layer)
    report = PublishReport()
    for number, subject in enumerate(subjects):
        name = subject.text("name") or subject.text("id")
        if progress is not None:
            progress(number, len(subjects), name)
        path = out / sheet_file(subject, number, paper, use)
        try:
            spec = SheetSpec(paper, use, layer, subject.uid, bilingual)
            made = _written(WarningSheet(ws, spec, layers), path, form, dpi)
        except GeohazardError as error:
            report.problems.append(f"{error.sentence}{error.remedy}")
            continue
        report.files += made.files
        report.pages += made.pages
        report.made[subject.uid] = made.files[0]
        report.notes += [_("{name}：{words}").format(name=name, words=one) for one in made.notes]
        report.problems += [one for one in made.problems if one not in report.problems]
    if progress is not None:
        progress(len(subjects), len(subjects), "")
    if not report.files:
        raise ExportRefused(report.problems[0], "")
    return report


def _refuse(paper: str, form: str, dpi: float, profile: str) -> None:
    if form == "pdf" and profile == "public":
        raise ExportRefused(_("公开的图不带坐标，不能出成 GeoPDF。"), _("请改成“内部”，或换成 PNG、SVG。"))
    sheet = paper_of(paper)
    most = sqrt(MOST_PIXELS / (sheet.width * sheet.height)) * MM_PER_INCH
    if form == "png" and dpi > most:
        raise ExportRefused(
            _("{paper}的图每英寸 {dpi:.0f} 点太大，内存放不下（最多 {most:.0f}）。").format(
                paper=sheet.title, dpi=dpi, most=most // 10 * 10
            ),
            _("请改小一些；要更清楚，出 SVG 或 PDF。"),
        )


def _written(made: WarningSheet, out: Path, form: str, dpi: float, asked: str = "") -> PublishReport:
    """`out` is without ending, which names with dots in them need; `asked` is the ending as somebody wrote it."""
    ending = asked if asked.lower() == f".{form}" else f".{form}"
    data = made.form.data()
    if form == "pdf":
        pdf = typeset(MAP_SHEET, data, made.images, title=made.title)
        places = [PlacedMap(one.page, one.at, one.view, made.title) for one in made.report.maps]
        pages = [georeferenced(pdf, places, made.ws.crs)]
        made.report.pages = page_count(pdf)
    else:
        kind = cast('Literal["png", "svg"]', form)
        pages = typeset_pictures(MAP_SHEET, data, made.images, title=made.title, kind=kind, dpi=dpi)
    made.report.maps.clear()  # names are moved by hand on the sheet itself, not on its picture
    for number, content in enumerate(pages):
        page = "" if number == 0 else _("_第{page}页").format(page=number + 1)
        path = out.with_name(f"{out.name}{page}{ending}")
        write_whole(path, content)
        made.report.files.append(path)
    return made.report
