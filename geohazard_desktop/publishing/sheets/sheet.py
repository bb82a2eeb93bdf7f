"""One 警示图: of the district or of a part of it, on any paper, for the office ("internal") or the street ("public").

A scale is chosen first, a round one; the frame follows it. What the sheet says of routes comes from the same reckoning
as the cards, and everything that stands beside the map is made from what the map shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.hazard_links import POINTS
from geohazard_desktop.analysis.shelter_room import shelter_words
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.furniture import (
    grid_step,
    north_words,
    scale_bar,
    true_north,
)
from geohazard_desktop.cartography.label_hand import sheet_positions
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.legend import LegendEntry, legend_entries
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.svg import PAPER_DPI, map_svg_report, shown_report
from geohazard_desktop.cartography.svg_halves import map_svg_halves
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.season import season_of
from geohazard_desktop.domain.walking import speeds_note
from geohazard_desktop.publishing.map_alt import map_alt
from geohazard_desktop.publishing.map_layers import MapLayers, about_people, shown
from geohazard_desktop.publishing.marks import Marks
from geohazard_desktop.publishing.papers.hazard_facts import point_facts
from geohazard_desktop.publishing.papers.zone_facts import own_facts
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.banner import DraftBanner
from geohazard_desktop.publishing.sheets.donts import hazards_of, sheet_donts
from geohazard_desktop.publishing.sheets.enlargement import Enlargements, most_hidden
from geohazard_desktop.publishing.sheets.frame import graticule_forms, grid_forms
from geohazard_desktop.publishing.sheets.ground import SheetGround
from geohazard_desktop.publishing.sheets.here import danger_at, place_on, rows_from
from geohazard_desktop.publishing.sheets.house_numbers import numbered_homes
from geohazard_desktop.publishing.sheets.inset import inset_picture
from geohazard_desktop.publishing.sheets.landmarks_apart import landmarks_apart
from geohazard_desktop.publishing.sheets.listed import listed
from geohazard_desktop.publishing.sheets.map_forms import (
    Corner,
    EnlargedMap,
    LegendGroup,
    MapFrame,
    MapSheet,
    PointFacts,
    Profile,
    SheetRoute,
    ZoneFacts,
)
from geohazard_desktop.publishing.sheets.names import sheet_map
from geohazard_desktop.publishing.sheets.objection_numbers import numbered_objections
from geohazard_desktop.publishing.sheets.panels import (
    land_item,
    land_swatch,
    left_blank,
    legend_groups,
    legend_swatches,
    note_lines,
    route_rows,
    routes_in_force,
    shares_by_class,
)
from geohazard_desktop.publishing.sheets.paper_sizes import SLIDE
from geohazard_desktop.publishing.sheets.papers import UNKNOWN, SheetLayout, paper_of, public_layouts, sheet_layout
from geohazard_desktop.publishing.sheets.public_blocks import Needs, agreed_layout
from geohazard_desktop.publishing.sheets.reach import Reach, reach_of
from geohazard_desktop.publishing.sheets.room import SheetRoom
from geohazard_desktop.publishing.sheets.signal import each_signal, sheet_signal, sheet_signs, zones_in_force
from geohazard_desktop.publishing.sheets.street_map import WaysOver, street_pictures, ways_over
from geohazard_desktop.publishing.sheets.subjects import SheetSubject, district_subject, subject_of
from geohazard_desktop.publishing.sheets.way_names import tell_lost_names, ways_first
from geohazard_desktop.publishing.typeset.bilingual import MongolianWords
from geohazard_desktop.publishing.typeset.office_settings import SheetSettings, sheet_settings
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.edits.labels import SHEETS, sheet_named
from geohazard_desktop.workspace.edits.sheet_extent import extent_of
from geohazard_desktop.workspace.edits.sheet_here import Place, here_of
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.own_district import own_districts
from geohazard_desktop.workspace.workspace import Workspace

# In mm of the design (sheet_internal.typ, sheet_public.typ).
_LONGEST_BAR = {"internal": 42.0, "public": 80.0}
# A public sheet of one point is read from some metres: symbols and names of its map are larger. A zone's has sizes of
# its own (street_map.py).
_ONE_PLACE, _FROM_AFAR = ("hazard_point",), 1.8
_SUBJECT_LAYERS = ("danger_zone", "evacuation_route", "shelter", "hazard_point", "subsidence_area")


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """Which sheet: its paper (a key of PAPERS), its use, its subject's layer and uid ("" for the district).
    `bilingual`: with the Mongolian title that the office typed; `objections`: an internal one with what people said."""

    paper: str = "A3"
    profile: Profile = "internal"
    layer: str = ""
    uid: str = ""
    bilingual: bool = False
    objections: bool = False


def sheet_layers(ws: Workspace, profile: Profile, layer: str = "", *, objections: bool = False) -> MapLayers:
    """The layers of sheets in that profile whose subjects are of `layer`, read once for any number of them."""
    office = sheet_settings()
    public = profile == "public"
    wanted = office.large if public and layer == ZONES else office.public_layers

    def chosen(definition: LayerDefinition) -> bool:
        if about_people(definition):
            # Whose house stands where is for the household's own card, and for the office's own sheet of its zone.
            return not public and layer == ZONES and definition.table == "household"
        return not public or definition.table in wanted or definition.reference or definition.table == layer == POINTS

    # A street's map of one zone is read from some metres: nothing of others' is on it.
    references: Paper = "" if public and layer == ZONES else profile
    return MapLayers(
        ws,
        chosen,
        lifted_too=not public,
        personal_labels=not public,
        references=references,
        objections=objections and not public,
    )


class WarningSheet:
    """Everything that stands on the sheet, ready to be set: `form`, `images` by name, and what is to be said of it."""

    def __init__(self, ws: Workspace, spec: SheetSpec, layers: MapLayers | None = None) -> None:
        self.ws = ws
        self.spec = spec
        self.profile = spec.profile
        self.public = spec.profile == "public"
        self.paper = paper_of(spec.paper)
        self.report = PublishReport()
        self.images: dict[str, str] = {}
        self.settings = ws.settings()
        self.office: SheetSettings = sheet_settings()
        self.layers = layers or sheet_layers(ws, spec.profile, spec.layer, objections=spec.objections)
        self.district = self.settings.get("district.name", "")
        self.subject: SheetSubject = (
            subject_of(ws, self.layers, spec.layer, spec.uid) if spec.layer else district_subject(ws, self.district)
        )
        self.routes = routes_in_force(self.layers, self.subject.zones)
        self.pictures: Sequence[LayerPicture] = self.layers.pictures
        if self.public and spec.layer == POINTS:
            # The office may keep points off its public maps; the point that a sheet is of stands on it, alone.
            own = frozenset({spec.uid})
            self.pictures = [one.restricted(own) if one.layer == POINTS else one for one in self.pictures]
        if self.public and spec.paper == SLIDE:
            self.pictures = [one for one in self.pictures if one.layer not in self.office.slide_without]
        self.facts, self.point = (None, None) if self.public else self._facts()
        self.closed = closed_ways_words(ws, self.subject.zones) or self._undecided()
        phone = self.layers.doubtful.all_ask(self.routes, self.closed)
        self.signs = sheet_signs(ws, self.subject, phone=phone) if self.public else None
        self.report.notes += [self.signs.note] if self.signs and self.signs.note else []
        # The public sheet of one zone hangs where people walk: a layout and a map of its own.
        self.single = self.public and self.subject.layer == ZONES
        rows = ws.table(SHEETS) if SHEETS in ws.definitions else ()
        self._row = sheet_named(rows, spec.paper, spec.profile, self.subject.key)  # what was chosen by hand for it
        self.land = self.subject.land
        self.layout = self._layout()
        self.room, self.view = self._room_and_view(self.layout)
        self.by_hand = extent_of(self._row) is not None  # whether somebody chose the extent
        if self.by_hand and not shapely.box(*self.view.bounds).covers(shapely.box(*self.subject.bounds)):
            self.report.notes.append(
                _("“{name}”有一部分不在图上：这张图的范围是手工调的。").format(name=self.subject.name)
            )
        self.reach = reach_of(self.layers, self.view, self.subject)
        self.title = self.reach.title(self.subject.street_title if self.single else self.subject.title)
        self.routes = self.reach.in_table(self.routes)
        self.here, self.here_words = self._here() if self.single else (None, [])
        self.enlargements = Enlargements(ws, self.layers, self.room, self.layout, self.view)
        self.ground = SheetGround(ws, self.view, public=self.public)
        self.pictures = whole_symbols(numbered_objections(self.pictures), self.view)
        self.features = list(shown(self.pictures, self.view))
        if self.facts is not None:
            self.pictures = numbered_homes(
                self.pictures, self.settings.get("district.prefix", ""), self.view.denominator
            )
        self.signal, notes = sheet_signal(ws, self.layers, self.subject)
        self.report.notes += notes
        self.form = self._form()

    def _facts(self) -> tuple[ZoneFacts | None, PointFacts | None]:
        """What stands in 危险区情况 or 隐患点情况; of a zone its households are on the map too."""
        zone, point, notes = None, None, list[str]()
        if self.spec.layer == ZONES:
            zone, self.pictures, notes = own_facts(self.ws, self.layers, self.spec.uid)
        elif self.spec.layer == POINTS:
            point, notes = point_facts(self.ws, self.spec.uid)
        self.report.notes += notes
        return zone, point

    # -- the map ---------------------------------------------------------------------------------------------------

    def _layout(self) -> SheetLayout:
        """Where the blocks stand; a public sheet's go by what its map shows."""
        routes, signs = len(self.routes), bool(self.signs and self.signs.words)
        if not self.public:
            return sheet_layout(self.paper, "internal", routes, facts=bool(self.facts or self.point))
        larger = _FROM_AFAR if self.spec.layer in _ONE_PLACE else 1.0

        def layouts(needs: Needs) -> Iterator[SheetLayout]:
            found = public_layouts(self.paper, routes, signs=signs, drafts=needs.drafts, legend=needs.legend)
            return (replace(one, map_factor=one.map_factor * larger) for one in found)

        first = Needs(None if self.single else UNKNOWN)
        return agreed_layout(first, layouts, lambda one: self._room_and_view(one)[1], self._needs)

    def _needs(self, view: MapView) -> Needs:
        """What a public sheet must say of that map: the lines of its legend, and that it shows drafts."""
        zones = shown([one for one in self.pictures if one.layer == ZONES], view)
        drafts = bool(self._marks(reach_of(self.layers, view, self.subject), zones).drafts)
        if self.single:
            return Needs(None, drafts)
        legend = self._legend(shown_report(view, self.pictures), self.pictures, view)[0]
        return Needs(tuple(str(item.label) for group in legend for item in group.items), drafts)

    def _marks(self, reach: Reach, features: Iterable[Feature]) -> Marks:
        """What the sheet must say of the data, where its map shows `features`: what finds room is asked for by the same
        reckoning as what is printed."""
        # A street's map of one zone draws no other zone, so its marks speak of none.
        seen = [one for one in features if not (self.single and one.layer == ZONES and one.uid != self.spec.uid)]
        return reach.marks(self.ws, seen, [*reach.in_table(self.routes), *self._shelters()], self.layers)

    def _room_and_view(self, layout: SheetLayout) -> tuple[SheetRoom, MapView]:
        """What the hand chose for this sheet, else the subject fills the frame."""
        room = SheetRoom(layout, self.subject, self.layers, public=self.public, single=self.single)
        kept = extent_of(self._row)
        if kept is None:
            return room, room.view()
        east, north, denominator = kept
        wide, high = layout.drawing
        return room, MapView((east, north), denominator * layout.map_factor, wide, high, PAPER_DPI)

    def _legend(
        self, painted: PaintReport, pictures: Sequence[LayerPicture], view: MapView
    ) -> tuple[list[LegendGroup], list[LegendEntry]]:
        """What the map is explained by, and the signs of it."""
        entries = legend_entries(painted, pictures, denominator=view.denominator)
        if self.public and self.spec.paper == SLIDE:
            told = self.office.slide_legend | {POINTS} if self.spec.layer == POINTS else self.office.slide_legend
            entries = [one for one in entries if one.layer in told]
        whole = not (self.public or self.subject.layer or self.reach.partial)  # shares are the whole district's
        legend = legend_groups(entries, self.office, shares_by_class(self.ws, self.layers) if whole else {})
        if self.land is not None:
            # What the sheet is of comes before the ground that it lies on.
            place = min(1, len(legend)) if self.public else len(legend)
            legend.insert(place, LegendGroup(title=_("本图范围"), items=(land_item(self.subject),)))
        return legend, entries

    def _here(self) -> tuple[Place | None, list[str]]:
        """Where the sheet is to hang, and what is to be said of that place."""
        place, words = place_on(self.view, self._row, self.subject.name)
        danger = "" if place is None else danger_at(self.ws, place)
        return place, [*words, *([danger] if danger else [])]

    def _subjects(self) -> list[BaseGeometry]:
        """What no box may hide: the district or the sheet's subject, and its zones and routes once more."""
        own = {one.uid for one in own_districts(self.ws)}
        wanted = [one for one in self.features if one.layer in _SUBJECT_LAYERS or one.uid in own]
        return [
            *(one.geometry for one in wanted if one.geometry is not None),
            *(self.subject.shapes if self.subject.layer else ()),
        ]

    def _form(self) -> MapSheet:
        marks = self._marks(self.reach, self.features)
        subjects = self._subjects()
        furniture, inset_corner = self.room.corners(self.view, subjects)
        drawn = None if self.public else inset_picture(self.ws, self.layers, self.view, self.layout.inset, self._framed)
        self.images |= {} if drawn is None else {"inset": drawn}
        blocked = self.room.boxes(self.view, subjects)[: 1 if drawn is None else 2]
        banner = DraftBanner(self.layout, self.view, () if self.public else marks.drafts)
        if most := most_hidden(self.subject.layer, public=self.public, wall=self.paper.wall):
            own = [one.geometry for one in own_districts(self.ws) if one.geometry is not None]
            land = self.subject.shapes if self.subject.layer else own
            self.enlargements.place(self.reach.zones, self.reach.routes, blocked, land, banner.fits, most=most)
        drafts_place, box = banner.best([*blocked, *self.enlargements.boxes], subjects)
        if banner.drafts:
            blocked.append(box)
        rows, problems = route_rows(self.ws, self.layers, self.routes)
        if self.here is not None:
            rows, far = rows_from(self.ws, self.layers, self.here, self.routes, rows)
            self.here_words += far
        painted, pictures, over = self._paint([*blocked, *self.enlargements.blocked], rows)
        enlarged = self._enlarged(painted)
        self._tell(painted)
        self.report.problems += problems
        self.report.tell_all(shelter_words(self.ws, {one.text("shelter") for one in self.routes}))
        self.report.problems += self.here_words
        season = season_of(self.settings)
        place = self.subject.place or self.district
        legend, entries = self._legend(painted, pictures, self.view)
        self.images |= legend_swatches(entries) | (land_swatch() if self.land is not None else {})
        mongolian = MongolianWords(self.ws, on=self.spec.bilingual)
        made = MapSheet(
            layout=self.layout,
            profile=self.profile,
            title=self.title,
            mongolian=mongolian.of(self.title),
            place=place if self.public else self.settings.get("district.parent", "") + place,
            subject_number=self.subject.number or None,
            season=season.words() if season else None,
            single=self.single,
            map=self._frame(painted, furniture, over),
            inset=None if drawn is None else "inset",
            inset_title=_("在{district}的位置").format(district=self.district) if self._framed else _("本区位置"),
            inset_corner=inset_corner,
            enlarged=enlarged,
            routes=tuple(rows),
            closed_ways=self.closed,
            no_routes=self._no_routes(),
            reach=() if self.single else (*self._unread(), *self.reach.sentences()),
            speed_note=speeds_note(),
            warning_signal=self.signal.words,
            signal_note=self.signal.note,
            signals=each_signal(self.signal),
            signs=self.signs.words if self.signs else None,
            duty_phone=self.settings.get("duty.phone"),
            duty_office=self.settings.get("duty.office"),
            donts=sheet_donts(hazards_of(self.ws, self.layers, self.subject), self.office.donts),
            facts=self.facts,
            point=self.point,
            listed=None if self.public else listed(self.ws, self.layers, self.subject, wall=self.paper.wall),
            legend=tuple(legend),
            notes=() if self.public else note_lines(self.ws, self.view, self.features, self.ground.credits),
            disclaimer=self.office.disclaimer,
            maker=self.settings.get("office.name"),
            compiled_on=date.today(),
            review_number=self.settings.get("review.number"),
            schematic=marks.schematic,
            drafts=marks.drafts,
            drafts_place=drafts_place,
        )
        self.report.notes += mongolian.notes()
        return made

    def _undecided(self) -> str | None:
        """Of a public sheet of zones for which nobody drew a way: who lives there reads at home to ask first, too."""
        if not self.public or self.routes:
            return None
        return _("撤离路线还没有定") if zones_in_force(self.layers, self.subject) else None

    def _no_routes(self) -> str | None:
        """What stands in place of the ways where there is none; passers-by read whether that is for want of a zone."""
        if self.public and not self.routes and zones_in_force(self.layers, self.subject):
            return _("本图范围内没有撤离路线。")  # a part of the district that a hand chose
        if self.public and not self.routes:
            return _("{name}没有登记的危险区。").format(name=self.subject.name or self.district)
        return _("“{name}”没有登记撤离路线。").format(name=self.subject.name) if self.subject.layer else None

    def _unread(self) -> list[str]:
        """Zones that are too small on this map. On the district's all of them are: it is for the whole."""
        return self.enlargements.sentences() if self.subject.layer else []

    def _enlarged(self, painted: PaintReport) -> tuple[EnlargedMap, ...]:
        """The enlarged maps; names that found no room there, and what they show beside the map, go to `painted`."""
        found = []
        pictures = self.ground.over(self.pictures)
        for form, svg, report in self.enlargements.drawn(pictures, self.land, public=self.public):
            self.images[form.picture] = svg
            painted.unplaced += [one for one in report.unplaced if one.key in self.enlargements.named_there]
            painted.problems += report.problems
            found.append(form)
        return tuple(found)

    def _paint(
        self, blocked: Sequence[Box], rows: Sequence[SheetRoute]
    ) -> tuple[PaintReport, Sequence[LayerPicture], WaysOver | None]:
        """The map's picture, or two with the ways between them; what they show, and of which layers."""
        fixed = sheet_positions(self.ws, self.spec.paper, self.profile, self.subject.key)
        if not self.single:
            pictures = ways_first(self.ground.over(self.pictures), self.view)
            grid = None if self.public else grid_step(self.view.denominator)
            svg, painted = map_svg_report(
                self.view, pictures, fixed_labels=fixed, grid_step=grid, blocked=blocked, spoken_of=self.land,
                unnamed=self.enlargements.named_there,
            )  # fmt: skip
            self.images["map"] = self.ground.under(svg)
            return painted, pictures, None
        unit, epsg = self.layout.unit, self.ws.epsg
        drawn = street_pictures(self.layers, self.office.large, self.subject.zones or frozenset(), unit)
        drawn = whole_symbols(landmarks_apart(drawn, self.view), self.view)
        points = {one.layer for one in drawn if one.definition.geometry == "point"}
        over = ways_over(
            self.view, unit, epsg, self.layers, self.routes, rows, self.here, pictures=drawn, blocked=blocked
        )
        ground = {one.layer for one in drawn} - points
        halves = map_svg_halves(
            self.view,
            drawn,
            below=ground,
            above=points,
            fixed_labels=fixed,
            blocked=[*blocked, *over.boxes],
            ways=over.lines,
        )
        self.images |= {"map": halves.below, "map-over": halves.above}
        return halves.report, drawn, over

    def _frame(self, painted: PaintReport, furniture: Corner, over: WaysOver | None) -> MapFrame:
        north = true_north(self.ws.crs, *self.view.centre)
        unit = self.layout.unit
        grid = () if self.public else grid_forms(self.view)
        graticule = () if self.public else graticule_forms(self.view, self.ws.crs)
        return MapFrame(
            picture="map",
            denominator=self.view.denominator * unit,
            scale=self.view.denominator / self.layout.map_factor,
            alt=map_alt(self.title, painted, None if over is None else len(over.ways)),
            over=None if over is None else "map-over",
            ways=() if over is None else over.ways,
            marks=() if over is None else over.badges,
            north_degrees=north,
            north_words=None if self.public else north_words(north) or None,
            bar_metres=scale_bar(self.view, self._longest_bar * unit).metres,
            furniture=furniture,
            grid=tuple(replace(one, at=one.at / unit) for one in grid),
            graticule=tuple(replace(one, at=one.at / unit) for one in graticule),
        )

    @property
    def _longest_bar(self) -> float:
        """Millimetres of the design."""
        return _LONGEST_BAR[self.profile] if self.layout.band is None else self.layout.band.bar

    @property
    def _framed(self) -> bool:
        """Whether the 位置图 has the sheet's frame in the district, not the district among its neighbours."""
        return bool(self.subject.layer) or self.reach.partial

    # -- beside the map --------------------------------------------------------------------------------------------

    def _shelters(self) -> list[Feature]:
        """Those that the table speaks of although the map may not show them."""
        used = {one.text("shelter") for one in self.routes}
        return [one for one in self.layers.features("shelter") if self.subject.zones is None or one.uid in used]

    # -- what is to be said ----------------------------------------------------------------------------------------

    def _tell(self, painted: PaintReport) -> None:
        self.report.maps.append(
            replace(
                sheet_map(self.view, painted, self.paper, self.profile, self.subject, self.layout, self.by_hand),
                for_street=self.single,
                here=here_of(self._row) if self.single else None,
                here_words=tuple(self.here_words),
            )
        )
        self.report.problems += [*self.layers.style_faults, *painted.problems, *self.ground.problems]
        self.report.notes += self.ground.notes
        of_part = not self.single and (bool(self.subject.layer) or self.reach.partial)
        self.report.notes.append(
            _("比例尺 1:{scale:.0f}，{zones} 个危险区，{routes} 条撤离路线。").format(
                scale=self.view.denominator / self.layout.map_factor,
                zones=len(self.reach.zones) if of_part else painted.drawn("danger_zone"),
                routes=len(self.routes) if self.single or of_part else painted.drawn("evacuation_route"),
            )
            + ("" if self.single else self.reach.near_words())
        )
        self.report.notes += [*self.enlargements.notes(), *self._unread()]
        self.report.notes += [one for one in (self.reach.unbounded(), self.reach.beyond()) if one]
        if self.layers.withheld:
            self.report.notes.append(
                _("{titles}的注记里有个人信息，公开图上没有写。").format(titles="、".join(self.layers.withheld))
            )
        tell_lost_names(painted.unplaced, self.report)
        # Of a zone without a signal its own notes say more.
        unsaid = self.signal.words is None and self.subject.layer != ZONES
        self.report.notes += left_blank(self.settings, signal=unsaid)
        if self.public and not self.settings.get("review.number"):
            self.report.notes.append(_("没有审图号，图上已写明“待批　未批准不得张贴”。"))
