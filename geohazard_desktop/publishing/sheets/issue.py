"""A 警示图 as the issue register keeps it: what it is of, all that gets onto it, the features it was made from.

A sheet depends on what can be seen on it: the form beside the map and the map's own drawing, whatever they were made
from. Not on the photographs below it, which a service may give differently from day to day, and not on the line that
says until when the file was worked on.
"""

from dataclasses import replace

from geohazard_desktop.cartography.whole_symbols import MATTER
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.issuing import Subject
from geohazard_desktop.publishing.issues.kept_paper import FurtherFile, Paper, without_ground
from geohazard_desktop.publishing.issues.paper_issuing import district_subject, subject_of
from geohazard_desktop.publishing.issues.shown_changes import shown_features
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.sheet import WarningSheet
from geohazard_desktop.publishing.sheets.tiles import MAP_TILES, tiling


def sheet_paper(made: WarningSheet, tiles: str = "", overlap: float = 15.0) -> tuple[Paper, Paper]:
    """The sheet as it is compared, and as it is printed; with its parts on `tiles` ("A4", "A3") where it is a wall
    sheet and they are wished for."""
    data = made.form.data()
    more = []
    if tiles and made.paper.wall:
        parts = tiling(made.paper, made.layout.bare, tiles, overlap)
        title = _("{title}（分 {count} 张 {paper} 拼接）").format(title=made.title, count=len(parts.tiles), paper=tiles)
        suffix = _(" 分幅 {paper}").format(paper=tiles)
        more.append(FurtherFile(suffix, MAP_TILES, {"tiling": parts.to_json()}, title))
    # As registered, not where a symbol at the frame's edge is drawn: that is another place with each frame.
    own = {(one.layer, one.uid): one for layer in MATTER for one in made.layers.features(layer)}
    used = [own.get((one.layer, one.uid), one) for one in (*made.features, *made.routes)]
    whole = Paper(MAP_SHEET, data, made.images, made.title, shows=shown_features(made.ws, used), more=more)
    return without_ground(replace(whole, more=())), whole


def sheet_subject(made: WarningSheet) -> Subject:
    layer, uid = made.subject.key
    feature = paper_subject(made.ws, layer, uid) if layer else None
    if feature is None:
        return district_subject()
    zones = made.subject.zones or frozenset()
    return subject_of(feature, next(iter(zones)) if len(zones) == 1 else "")
