"""What of a sheet's subject lies within its frame, what lies beyond it, and what in the frame belongs to others.

Title, table, stamps, legend and report are told by this one reckoning, so that none of them claims what another denies:
a sheet whose extent was chosen by hand may show a corner of the district, a 街道's shows its neighbours' zones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.street_register import without_outline
from geohazard_desktop.analysis.ways_in_force import ROUTES, by_number
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.marks import Marks, marks_of
from geohazard_desktop.publishing.sheets.subjects import SheetSubject, partial_title
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_NAMED = 6  # so many zones of others are named, the rest are counted


@dataclass(frozen=True, slots=True)
class Reach:
    """`partial`: the frame leaves out some of the subject. `zones` and `routes` are the subject's within the frame,
    `zones_beyond` and `routes_beyond` its others, `near_zones` and `near_routes` those of others within the frame;
    lifted zones are none of them."""

    subject: SheetSubject
    partial: bool
    zones: tuple[Feature, ...]
    routes: tuple[Feature, ...]
    zones_beyond: tuple[Feature, ...]
    routes_beyond: tuple[Feature, ...]
    near_zones: tuple[Feature, ...]
    near_routes: tuple[Feature, ...]

    def title(self, whole: str) -> str:
        """The sheet's title: a part of the district does not pass for the whole."""
        return partial_title(whole) if self.partial else whole

    def in_table(self, routes: Sequence[Feature]) -> list[Feature]:
        """Those of the sheet's `routes` that its table has. A part of the district has those on the map; a zone or a
        street keeps all of its own, because there may be no other sheet that says them."""
        if self.subject.layer or not self.partial:
            return list(routes)
        within = {one.uid for one in self.routes}
        return [one for one in routes if one.uid in within]

    def sentences(self) -> tuple[str, ...]:
        """For below the table: how far the subject was taken to reach, what of it is not on the map, what on the map
        is not of it."""
        return tuple(one for one in (self.unbounded(), self.beyond(), self._near()) if one)

    def unbounded(self) -> str:
        """That a 街道 has no outline here; "" of every other subject."""
        return without_outline(self.subject.name) if self.subject.registered else ""

    def beyond(self) -> str:
        """What of the subject is not on the map; "" where all of it is."""
        zones, routes = len(self.zones_beyond), len(self.routes_beyond)
        if not self.subject.layer:
            counted = _counted(zones, routes) if self.partial else ""
            return _("图外另有 {what}，见全区图。").format(what=counted) if counted else ""
        if not self.subject.zones:
            return ""
        counted = _counted(zones, 0)
        named = "、".join((*((counted,) if counted else ()), *_numbers(self.routes_beyond)))
        return _("不在这张图上的有“{name}”的 {what}。").format(name=self.subject.name, what=named) if named else ""

    def _near(self) -> str:
        if self.subject.layer == ZONES:
            return ""  # title and facts are the zone's alone; on A4 a line more would push those to a second page
        names = [one.text("name") or one.text("id") for one in self.near_zones]
        told = "、".join(names[:_NAMED])
        if len(names) > _NAMED:
            told += _("等 {count} 个").format(count=len(names))
        parts = [_("危险区 {names}").format(names=told)] if names else []
        parts += ["、".join(_numbers(self.near_routes))] if self.near_routes else []
        if not parts:
            return ""
        return _("图上邻近的、不属于“{name}”的：{what}。").format(name=self.subject.name, what="；".join(parts))

    def near_words(self) -> str:
        """For the report, behind the counts of the subject's own; "" where there is nothing of others."""
        counted = _counted(len(self.near_zones), len(self.near_routes))
        return _("图上邻近的另有 {what}。").format(what=counted) if counted else ""

    def marks(self, ws: Workspace, shown: Sequence[Feature], spoken_of: Sequence[Feature], layers: MapLayers) -> Marks:
        """What the sheet must say of the data: of all that is `shown` on its map or `spoken_of` in its table, with the
        zones that the table's rows name. Drafts of others say 邻近, or they would pass for the subject's own."""
        near = {one.uid for one in self.near_zones}
        named = {one.text("danger_zone") for one in spoken_of if one.layer == ROUTES}
        of_rows = [one for one in layers.features(ZONES) if one.uid in named]
        others = [one for one in shown if one.layer == ZONES and one.uid in near]
        own = [one for one in shown if not (one.layer == ZONES and one.uid in near)]
        first = marks_of(ws, [*own, *of_rows, *spoken_of], layers.states)
        second = marks_of(ws, others, layers.states)
        drafts = (*first.drafts, *(_("{name}（邻近）").format(name=one) for one in second.drafts))
        return Marks(first.schematic or second.schematic, drafts)


def reach_of(layers: MapLayers, view: MapView, subject: SheetSubject) -> Reach:
    """The reckoning for `subject` in the frame of `view` (metres of the workspace's CRS)."""
    frame = shapely.box(*view.bounds)

    def within(one: Feature) -> bool:
        shape = one.geometry
        return shape is not None and measurable(shape) and bool(shapely.make_valid(shape).intersects(frame))

    def split(features: Sequence[Feature], owner: str) -> tuple[tuple[Feature, ...], ...]:
        own = [one for one in features if subject.zones is None or (one.text(owner) or one.uid) in subject.zones]
        uids = {one.uid for one in own}
        return (
            tuple(one for one in own if within(one)),
            tuple(one for one in own if not within(one)),
            tuple(one for one in features if one.uid not in uids and within(one)),
        )

    holding = [one for one in layers.features(ZONES) if layers.states.get(one.uid) != lifted()]
    zones, zones_beyond, near_zones = split(holding, "")
    routes, routes_beyond, near_routes = split(by_number(layers.features(ROUTES)), "danger_zone")
    partial = not frame.covers(shapely.box(*subject.bounds))
    return Reach(subject, partial, zones, routes, zones_beyond, routes_beyond, near_zones, near_routes)


def _counted(zones: int, routes: int) -> str:
    parts = [_("{count} 个危险区").format(count=zones)] if zones else []
    return "、".join([*parts, *([_("{count} 条撤离路线").format(count=routes)] if routes else [])])


def _numbers(routes: Sequence[Feature]) -> list[str]:
    """“路线 3、6、9”, and how many have no number."""
    numbers = [one.text("number") for one in routes if one.text("number")]
    told = [_("路线 {numbers}").format(numbers="、".join(numbers))] if numbers else []
    lacking = len(routes) - len(numbers)
    return [*told, *([_("{count} 条没有编号的路线").format(count=lacking)] if lacking else [])]
