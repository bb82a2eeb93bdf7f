"""Papers that come one for each feature: issued and set one after the other, each a file of its own, and a report of
all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.point_facts import Taken, taken_notes
from geohazard_desktop.common.errors import ExportRefused, FontMissing
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.cards.subjects import VISITED, offices_of, visiting_order
from geohazard_desktop.publishing.issues import kept_paper
from geohazard_desktop.publishing.issues.issuing import Printed, Ticket
from geohazard_desktop.publishing.issues.paper_issuing import PaperDesk, subject_of
from geohazard_desktop.publishing.issues.shown_changes import shown_features
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper before it is set: `data` for `template`, `images` by name, `name` of its file without ending (nothing
    personal), `lacking` the labels of the fields that print as a line, `problem` and `note` for the report."""

    template: str
    data: Mapping[str, Any]
    name: str
    title: str
    images: Mapping[str, str] = field(default_factory=dict)
    lacking: Sequence[str] = ()
    problem: str = ""
    note: str = ""
    taken: Sequence[Taken] = ()  # values that are not the subject's own, for the report
    zone: str = ""  # uid of the danger zone that it is about, where that is not the subject's own field
    leads: Mapping[str, Value] = field(default_factory=dict)  # as Made.leads
    beside: Callable[[Ticket | None], Mapping[str, bytes]] | None = None  # further files: by ending, of this issue

    @property
    def content(self) -> kept_paper.Paper:
        """All that gets onto the paper."""
        return kept_paper.Paper(self.template, self.data, self.images, self.title)


@dataclass(frozen=True, slots=True)
class NoPaper:
    """Why a feature gets no paper: a sentence with what to do."""

    sentence: str


def subjects_of(ws: Workspace, layer: str, uids: Iterable[str] | None) -> list[Feature]:
    """The features of `layer` that get a paper: all (None) or those chosen; households and points in visiting order, as
    cards and receipts are, others in file order. ExportRefused if none."""
    wanted = None if uids is None else set(uids)
    rows = counted(ws.table(layer)) if layer in ws.definitions else []
    found = [one for one in rows if wanted is None or one.uid in wanted]
    if not found:
        title = ws.definition(layer).title if layer in ws.definitions else layer
        raise ExportRefused(
            _("工作文件 {name} 里没有可以出的{title}。").format(name=ws.path.name, title=title),
            _("请先在图上画出来，或导入名册。"),
        )
    return visiting_order(found, offices_of(ws)) if layer in VISITED else found


def publish_papers(
    ws: Workspace,
    folder: Path,
    subjects: Sequence[Feature],
    make: Callable[[Feature], Paper | NoPaper],
    report: PublishReport,
    progress: Progress | None = None,
) -> PublishReport:
    """Write a PDF for each subject into `folder`, whole or not at all, each entered in the issue register where the
    product is. What has a character that no font can print, or can't be made, is left out and said."""
    desk = PaperDesk(ws)
    taken: set[str] = set()
    lacking: dict[str, None] = {}
    borrowed: list[Taken] = []
    further: list[tuple[Path, bytes]] = []
    short = papers = 0
    for number, feature in enumerate(subjects):
        if progress is not None:
            progress(number, len(subjects), feature.text("id"))
        made = make(feature)
        if isinstance(made, NoPaper):
            report.problems.append(made.sentence)
            continue
        name = made.name if made.name not in taken else f"{made.name}_{feature.uid[:8]}"
        taken.add(name)
        shows = shown_features(ws, _about(ws, feature, made.zone))
        issued = desk.take(subject_of(feature, made.zone, made.leads), replace(made.content, shows=shows))
        if issued is None:
            report.unchanged.append(feature.uid)
            continue
        try:
            pdf = issued.paper.typeset()
        except FontMissing as error:
            report.problems.append(_("{name} 没有出：{reason}").format(name=made.name, reason=error))
            continue
        papers += 1
        desk.put(Printed(folder / f"{name}.pdf", pdf, [issued]), report)
        for ending, content in (made.beside(issued.ticket) if made.beside else {}).items():
            further.append((folder / f"{name}{ending}", content))
        report.lacking[feature.uid] = list(made.lacking)
        if made.problem:
            report.problems.append(made.problem)
        if made.note:
            report.notes.append(made.note)
        borrowed += made.taken
        short += bool(made.lacking)
        lacking.update(dict.fromkeys(made.lacking))
    desk.finish(report)
    # After the papers that they belong to: none is left without its paper, and the paper is what is shown first.
    for path, content in further:
        try:
            write_whole(path, content)
        except ExportRefused as error:  # open in Excel: the papers are there all the same
            report.problems.append(f"{error.sentence}{error.remedy}")
        else:
            report.files.append(path)
    if progress is not None:
        progress(len(subjects), len(subjects), "")
    report.notes += desk.notes()
    report.notes.append(_("共 {count} 份。").format(count=papers))
    report.notes += [*taken_notes(borrowed), *lacking_notes(short, list(lacking))]
    return report


def _about(ws: Workspace, feature: Feature, zone: str) -> list[Feature]:
    """What a paper tells of, to say later which of them changed: its subject, the danger zone and hazard point, the
    zone's routes, where they lead."""
    found = [feature]
    uid = zone or (feature.uid if feature.layer == "danger_zone" else feature.text("danger_zone"))
    around = ws.feature("danger_zone", uid) if uid else None
    if around is not None:
        found.append(around)
        found += ws.find("evacuation_route", "danger_zone", uid)
    for layer in ("hazard_point", "shelter"):
        uids = dict.fromkeys(one.text(layer) for one in found)
        found += [one for uid in uids if uid and (one := ws.feature(layer, uid)) is not None]
    return found


class Maker(Protocol):
    """Fills the papers of one product; has read the layers once."""

    layers: MapLayers

    def paper(self, subject: Feature) -> Paper | NoPaper: ...


def publish_each(
    ws: Workspace, folder: Path, layer: str, uids: Iterable[str] | None, maker: Maker, progress: Progress | None
) -> PublishReport:
    """`publish_papers` for each feature of a layer, or those chosen; with what is wrong with the styles of the map."""
    report = PublishReport(problems=list(maker.layers.style_faults))
    return publish_papers(ws, folder, subjects_of(ws, layer, uids), maker.paper, report, progress)


def lacking_notes(count: int, labels: Sequence[str]) -> list[str]:
    """What prints as a line to write on, for the report."""
    if not count:
        return []
    told = "、".join(labels[:8]) + (_("等") if len(labels) > 8 else "")
    return [_("{count} 份有没登记的栏目（{labels}），纸上留了横线手写。").format(count=count, labels=told)]
