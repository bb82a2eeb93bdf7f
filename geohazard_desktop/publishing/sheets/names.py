"""How a sheet is called, and where the names stand on it for who moves one by hand on its preview."""

from dataclasses import replace

from geohazard_desktop.cartography.label_places import whole_block
from geohazard_desktop.cartography.label_text import Glyphs
from geohazard_desktop.cartography.labels import PlacedLabel
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.report import SheetMap, UnplacedName
from geohazard_desktop.publishing.sheets.map_forms import Profile
from geohazard_desktop.publishing.sheets.paper_sizes import Paper
from geohazard_desktop.publishing.sheets.papers import SheetLayout
from geohazard_desktop.publishing.sheets.subjects import SheetSubject

_PROFILES: dict[Profile, str] = {"internal": _("内部"), "public": _("公开")}


def sheet_title(paper: Paper, profile: Profile, subject: SheetSubject) -> str:
    """“A3 警示图（内部）”, “三道坎街道 A1 警示图（公开）”: what the history calls it."""
    kind = _("{paper} 警示图（{profile}）").format(
        paper=paper.title.split(" ")[0] if paper.key == "A3" else paper.title, profile=_PROFILES[profile]
    )
    return kind if not subject.layer else f"{subject.name} {kind}"


def sheet_map(
    view: MapView,
    painted: PaintReport,
    paper: Paper,
    profile: Profile,
    subject: SheetSubject,
    layout: SheetLayout,
    by_hand: bool = False,
) -> SheetMap:
    """The map on the sheet's first page, as it lies on the paper: the drawing `view` with its names, enlarged."""
    factor = layout.map_factor
    unplaced = []
    for one in painted.unplaced:
        block = whole_block(one)
        unplaced.append(UnplacedName(one.layer, one.uid, one.text, block.width * factor, block.height * factor))
    return SheetMap(
        page=0,
        at=(layout.picture[0] * layout.factor, layout.picture[1] * layout.factor),
        view=replace(
            view,
            denominator=view.denominator / factor,
            width_mm=view.width_mm * factor,
            height_mm=view.height_mm * factor,
        ),
        labels=tuple(_enlarged(one, factor) for one in painted.labels),
        unplaced=tuple(unplaced),
        paper=paper.key,
        profile=profile,
        title=sheet_title(paper, profile, subject),
        subject=subject.key,
        by_hand=by_hand,
        layers=tuple(dict.fromkeys(layer for (layer, _rule), count in painted.counts.items() if count)),
    )


def _enlarged(label: PlacedLabel, factor: float) -> PlacedLabel:
    if factor == 1.0:
        return label

    def line(one: Glyphs) -> Glyphs:
        runs = tuple(replace(run, x=run.x * factor, y=run.y * factor) for run in one.runs)
        return replace(one, runs=runs, size=one.size * factor)

    a = label.leader
    return replace(
        label,
        lines=tuple(line(one) for one in label.lines),
        boxes=tuple((b[0] * factor, b[1] * factor, b[2] * factor, b[3] * factor) for b in label.boxes),
        halo=label.halo * factor,
        leader=None if a is None else (a[0] * factor, a[1] * factor, a[2] * factor, a[3] * factor),
    )
