"""警示图 as they leave the office: one for the district, or one for each 街道, danger zone, hazard point, key area."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.files import file_name, write_whole
from geohazard_desktop.publishing.forms import MAP_SHEET
from geohazard_desktop.publishing.map_forms import Profile
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheet import SheetSpec, WarningSheet, sheet_layers
from geohazard_desktop.publishing.sheet_papers import paper_of
from geohazard_desktop.publishing.sheet_tiles import MAP_TILES, tiling
from geohazard_desktop.publishing.typesetting import page_count, typeset
from geohazard_desktop.workspace.workspace import Workspace

_PROFILES: dict[Profile, str] = {"internal": _("内部"), "public": _("公开")}


def publish_map(
    ws: Workspace, out: Path, *, sheet: str = "A3", profile: str = "internal", bilingual: bool = True
) -> PublishReport:
    """Write the district's 警示图 to `out`, whole or not at all.

    Raises ExportRefused where there is nothing to draw or the folder can't be written, FontMissing, TypesettingFailed.
    """
    return _written(WarningSheet(ws, SheetSpec(sheet, _profile(profile), bilingual=bilingual)), out)


def publish_district(
    ws: Workspace,
    out: Path,
    *,
    profile: str,
    paper: str = "A3",
    tiles: str = "",
    overlap: float = 15.0,
    bilingual: bool = True,
) -> PublishReport:
    """`publish_map` for the window: a sheet of another paper than A3 has it in its name and replaces no A3.

    `tiles` ("A4", "A3", "" for none): a wall sheet comes as parts to be glued as well, a file of its own, neighbours
    sharing `overlap` mm."""
    named = out if paper == "A3" else out.with_stem(f"{out.stem} {paper_of(paper).title}")
    return _written(WarningSheet(ws, SheetSpec(paper, _profile(profile), bilingual=bilingual)), named, tiles, overlap)


def publish_sheets(
    ws: Workspace,
    out: Path,
    *,
    layer: str,
    uids: Collection[str] | None = None,
    paper: str = "A3",
    profile: str = "internal",
    tiles: str = "",
    overlap: float = 15.0,
    bilingual: bool = True,
    progress: Progress | None = None,
) -> PublishReport:
    """A sheet for each of a layer's features (`uids`; None: all) into the folder `out`, by number and name.

    A subject that can't be printed is said among the problems and stops no other. Raises ExportRefused where none
    could be printed."""
    use = _profile(profile)
    paper_of(paper)
    subjects = [one for one in ws.attributes(layer) if uids is None or one.uid in set(uids)]
    subjects.sort(key=lambda one: (one.text("id"), one.text("code")))
    if not subjects:
        raise ExportRefused(
            _("工作文件里没有{title}，没有图可出。").format(title=ws.definition(layer).title),
            _("请先导入或绘制“{title}”图层。").format(title=ws.definition(layer).title),
        )
    layers = sheet_layers(ws, use, layer)
    report = PublishReport()
    for number, subject in enumerate(subjects):
        name = subject.text("name") or subject.text("id")
        if progress is not None:
            progress(number, len(subjects), name)
        label = subject.text("id") or f"{number + 1:02d}"
        path = out / (file_name(label, name, paper_of(paper).title, _PROFILES[use]) + ".pdf")
        try:
            spec = SheetSpec(paper, use, layer, subject.uid, bilingual)
            made = _written(WarningSheet(ws, spec, layers), path, tiles, overlap)
        except GeohazardError as error:
            report.problems.append(f"{error.sentence}{error.remedy}")
            continue
        report.files += made.files
        report.pages += made.pages
        report.maps += made.maps
        report.notes += [_("{name}：{words}").format(name=name, words=one) for one in made.notes]
        report.problems += [one for one in made.problems if one not in report.problems]
    if progress is not None:
        progress(len(subjects), len(subjects), "")
    if not report.files:
        raise ExportRefused(report.problems[0], "")
    return report


def _written(made: WarningSheet, out: Path, tiles: str = "", overlap: float = 15.0) -> PublishReport:
    pdf = typeset(MAP_SHEET, made.form.data(), made.images, title=made.title)
    write_whole(out, pdf)
    made.report.files.append(out)
    made.report.pages = page_count(pdf)
    made.report.maps = [replace(one, path=out) for one in made.report.maps]
    if tiles and made.paper.wall:
        parts = tiling(made.paper, tiles, overlap)
        data = made.form.data() | {"tiling": parts.to_json()}
        title = _("{title}（分 {count} 张 {paper} 拼接）").format(title=made.title, count=len(parts.tiles), paper=tiles)
        glued = typeset(MAP_TILES, data, made.images, title=title)
        path = out.with_stem(_("{name} 分幅 {paper}").format(name=out.stem, paper=tiles))
        write_whole(path, glued)
        made.report.files.append(path)
        made.report.pages += page_count(glued)
    elif tiles:
        made.report.notes.append(_("{paper}不用分幅，只出了整张。").format(paper=made.paper.title))
    return made.report


def _profile(text: str) -> Profile:
    return "public" if text == "public" else "internal"
