"""A 警示图 as the issue register keeps it: what it is of, all that gets onto it, the features it was made from.

A sheet depends on what can be seen on it: the form beside the map and the map's own drawing, whatever they were made
from. Not on the photographs below it, which a service may give differently from day to day, and not on the line that
says until when the file was worked on.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.forms import MAP_SHEET
from geohazard_desktop.publishing.issuing import Subject
from geohazard_desktop.publishing.kept_paper import FurtherFile, Paper
from geohazard_desktop.publishing.paper_issuing import district_subject, subject_of
from geohazard_desktop.publishing.sheet import WarningSheet
from geohazard_desktop.publishing.sheet_tiles import MAP_TILES, tiling
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_MOST_TOLD = 3000  # features whose digests are kept with a sheet; of more, nobody is told which one changed
_GROUND = re.compile(r"<image [^>]*data:image/jpeg[^>]*/>")


def sheet_paper(made: WarningSheet, tiles: str = "", overlap: float = 15.0) -> tuple[Paper, Paper]:
    """The sheet as it is compared, and as it is printed; with its parts on `tiles` ("A4", "A3") where it is a wall
    sheet and they are wished for."""
    data = made.form.data()
    more = []
    if tiles and made.paper.wall:
        parts = tiling(made.paper, tiles, overlap)
        title = _("{title}（分 {count} 张 {paper} 拼接）").format(title=made.title, count=len(parts.tiles), paper=tiles)
        suffix = _(" 分幅 {paper}").format(paper=tiles)
        more.append(FurtherFile(suffix, MAP_TILES, {"tiling": parts.to_json()}, title))
    used = [*made.features, *made.routes]
    whole = Paper(MAP_SHEET, data, made.images, made.title, shows=_shown(made.ws, used), more=more)
    compared = {name: _GROUND.sub("", picture) for name, picture in made.images.items()}
    return Paper(MAP_SHEET, data, compared, made.title, shows=whole.shows), whole


def sheet_subject(made: WarningSheet) -> Subject:
    layer, uid = made.subject.key
    feature = made.ws.feature(layer, uid) if layer else None
    if feature is None:
        return district_subject()
    zones = made.subject.zones or frozenset()
    return subject_of(feature, next(iter(zones)) if len(zones) == 1 else "")


def _shown(ws: Workspace, features: Iterable[Feature]) -> Mapping[str, tuple[str, str]]:
    """Nothing personal, in neither profile."""
    found: dict[str, tuple[str, str]] = {}
    for one in features:
        if len(found) > _MOST_TOLD:
            return {}
        definition = ws.definition(one.layer)
        public = {name: value for name, value in one.values.items() if not definition.is_personal(name)}
        name = str(public.get("name") or public.get("id") or "")
        found[f"{one.layer} {one.uid}"] = (name, _digest(public, one.geometry))
    return found


def _digest(public: Mapping[str, Value], geometry: BaseGeometry | None) -> str:
    shape = b"" if geometry is None else shapely.to_wkb(geometry)
    values = sorted((name, str(value)) for name, value in public.items() if value not in (None, ""))
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass") + shape, digest_size=8).hexdigest()
