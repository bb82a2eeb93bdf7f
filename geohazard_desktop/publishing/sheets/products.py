"""警示图 as they leave the office: one for the district, or one for each 街道, danger zone, hazard point, key area."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.issues.issuing import Printed
from geohazard_desktop.publishing.issues.paper_issuing import PaperDesk
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.issue import sheet_paper, sheet_subject
from geohazard_desktop.publishing.sheets.map_forms import Profile
from geohazard_desktop.publishing.sheets.papers import paper_of
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet, sheet_layers
from geohazard_desktop.publishing.typeset.typesetting import page_count
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

PROFILES: dict[Profile, str] = {"internal": _("内部"), "public": _("公开")}


def publish_map(
    ws: Workspace, out: Path, *, sheet: str = "A3", profile: str = "internal", bilingual: bool = True
) -> PublishReport:
    """Write the district's 警示图 to `out`, whole or not at all.

    Raises ExportRefused where there is nothing to draw or the folder can't be written, FontMissing, TypesettingFailed.
    """
    return _one(WarningSheet(ws, SheetSpec(sheet, profile_of(profile), bilingual=bilingual)), out)


def publish_district(
    ws: Workspace,
    out: Path,
    *,
    profile: str,
    paper: str = "A3",
    tiles: str = "",
    overlap: float = 15.0,
    bilingual: bool = True,
    objections: bool = False,
) -> PublishReport:
    """`publish_map` with every option of the window.

    `tiles` ("A4", "A3", "" for none): a wall sheet comes as parts to be glued as well, a file of its own, neighbours
    sharing `overlap` mm."""
    return _one(
        WarningSheet(ws, SheetSpec(paper, profile_of(profile), bilingual=bilingual, objections=objections)),
        out,
        tiles,
        overlap,
    )


def _one(made: WarningSheet, out: Path, tiles: str = "", overlap: float = 15.0) -> PublishReport:
    desk = PaperDesk(made.ws)
    if not _issued(made, out, desk, tiles, overlap):
        return PublishReport(notes=desk.notes())
    made.report.notes += desk.notes()
    return made.report


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
    objections: bool = False,
    progress: Progress | None = None,
) -> PublishReport:
    """A sheet for each of a layer's features (`uids`; None: all) into the folder `out`, by number and name.

    A subject that can't be printed is said among the problems and stops no other. Raises ExportRefused where none
    could be printed."""
    use = profile_of(profile)
    paper_of(paper)
    subjects = ordered_subjects(ws, layer, uids)
    layers = sheet_layers(ws, use, layer, objections=objections)
    report = PublishReport()
    if objections and use == "public":
        report.notes.append(_("公开图上从来不画意见，没有画。要看意见，用途请选内部用图。"))
    desk = PaperDesk(ws)
    taken: set[Path] = set()
    for number, subject in enumerate(subjects):
        name = subject.text("name") or subject.text("id")
        if progress is not None:
            progress(number, len(subjects), name)
        path = out / (sheet_file(subject, number, paper, use) + ".pdf")
        if path in taken:  # two with the same number and name
            path = path.with_stem(f"{path.stem}_{subject.uid[:8]}")
        taken.add(path)
        try:
            spec = SheetSpec(paper, use, layer, subject.uid, bilingual, objections)
            sheet = WarningSheet(ws, spec, layers)
            if not _issued(sheet, path, desk, tiles, overlap):
                report.unchanged.append(subject.uid)
                continue
        except GeohazardError as error:
            report.problems.append(f"{error.sentence}{error.remedy}")
            continue
        made = sheet.report
        report.files += made.files
        report.made |= made.made
        report.pages += made.pages
        report.maps += made.maps
        report.notes += [_("{name}：{words}").format(name=name, words=one) for one in made.notes]
        report.problems += [one for one in made.problems if one not in report.problems]
        report.general += [one for one in made.general if one not in report.general]
    if progress is not None:
        progress(len(subjects), len(subjects), "")
    report.notes += desk.notes()
    if not report.files and not report.unchanged:
        raise ExportRefused(report.problems[0], "")
    return report


def _issued(made: WarningSheet, out: Path, desk: PaperDesk, tiles: str = "", overlap: float = 15.0) -> bool:
    """Issue the sheet, set it and write it; its parts, where they are wished for, too. False: it is not printed."""
    plain, whole = sheet_paper(made, tiles, overlap)
    issued = desk.take(sheet_subject(made), plain, whole)
    if issued is None:
        return False
    paper, report = issued.paper, made.report
    desk.put(Printed(out, paper.typeset(), [issued]), report)
    desk.finish(report)
    report.maps = [replace(one, path=out) for one in report.maps]
    for suffix, pdf in paper.further():
        path = out.with_stem(f"{out.stem}{suffix}")
        write_whole(path, pdf)
        report.files.append(path)
        report.pages += page_count(pdf)
    if tiles and not made.paper.wall:
        report.notes.append(_("{paper}不用分幅，只出了整张。").format(paper=made.paper.title))
    return True


def ordered_subjects(ws: Workspace, layer: str, uids: Collection[str] | None) -> list[Feature]:
    """The layer's features that get a sheet (`uids`; None: all), by number. Raises ExportRefused where none is left."""
    subjects = [one for one in paper_subjects(ws, layer, shapes=False) if uids is None or one.uid in set(uids)]
    subjects.sort(key=lambda one: (one.text("id"), one.text("code")))
    if not subjects:
        raise ExportRefused(
            _("工作文件里没有{title}，没有图可出。").format(title=ws.definition(layer).title),
            _("请先导入或绘制“{title}”图层。").format(title=ws.definition(layer).title),
        )
    return subjects


def sheet_file(subject: Feature, place: int, paper: str, profile: Profile) -> str:
    """A file name without ending that sorts as the subjects do; `place` from 0 stands for a number that lacks:
    where there is a code that is it, which stays the same whoever else is printed. Two zones without a number may be
    called alike: the sheet of one must not be written over that of the other."""
    label = subject.text("id") or subject.text("code")
    name = subject.text("name") or subject.text("id")
    own = "" if label or subject.layer == "subdistrict" else subject.uid[:8]
    return file_name(label or f"{place + 1:02d}", name, own, paper_of(paper).title, PROFILES[profile])


def profile_of(text: str) -> Profile:
    return "public" if text == "public" else "internal"
