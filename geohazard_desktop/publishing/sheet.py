"""The 警示图 of the whole district, A3 landscape: for the office ("internal") or for the street ("public").

A scale is chosen first, a round one; the frame follows it. What the sheet says of routes comes from the same reckoning
as the cards, and everything that stands beside the map is made from what the map shows.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import route_line, route_name
from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.analysis.shares import LAYER, Share, susceptibility_shares
from geohazard_desktop.cartography.furniture import (
    coordinate_notes,
    grid_step,
    inset_svg,
    north_words,
    scale_bar,
    true_north,
)
from geohazard_desktop.cartography.label_hand import sheet_positions
from geohazard_desktop.cartography.label_text import Box, overlap
from geohazard_desktop.cartography.legend import legend_entries
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official, lifted
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.domain.season import season_of
from geohazard_desktop.domain.shelter import capacity
from geohazard_desktop.domain.walking import speeds_note, walking_minutes
from geohazard_desktop.publishing.files import write_whole
from geohazard_desktop.publishing.forms import (
    INSET_PICTURE,
    MAP_SHEET,
    SHEET_PICTURE,
    LegendGroup,
    LegendItem,
    MapFrame,
    MapSheet,
    NoteLine,
    SheetRoute,
)
from geohazard_desktop.publishing.map_forms import BannerPlace, Corner, Profile
from geohazard_desktop.publishing.map_layers import (
    MapLayers,
    Padding,
    about_people,
    corner_box,
    emptiest_corner,
    fitted_view,
    hidden,
    shown,
)
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.publishing.office_settings import SheetSettings, sheet_settings
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheet_frame import graticule_forms, grid_forms
from geohazard_desktop.publishing.sheet_ground import SheetGround
from geohazard_desktop.publishing.sheet_names import PAPER, sheet_map
from geohazard_desktop.publishing.typesetting import page_count, typeset
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

BANNER_PLACES: tuple[BannerPlace, ...] = ("bottom", "bottom-left", "bottom-right", "top", "top-left", "top-right")
CORNERS: tuple[Corner, ...] = ("top-left", "top-right", "bottom-left", "bottom-right")
# Sizes in mm of what the templates lay over the map (sheet_internal.typ, sheet_public.typ).
_INSET_BOX = (INSET_PICTURE[0], INSET_PICTURE[1] + 6.0)
_SCALE_BOX = (84.0, 28.0)
_LONGEST_BAR = {"internal": 42.0, "public": 80.0}
_BANNER_BOX = (136.0, 16.0)
_PUBLIC_BOX = (106.0, 125.0)
_EDGE = Padding(3.0, 3.0, 3.0, 3.0)
_SOURCE_LINES = 4
_UNPLACED_TOLD = 6
_SUBJECT_LAYERS = ("danger_zone", "evacuation_route", "shelter", "hazard_point", "subsidence_area")


def publish_map(ws: Workspace, out: Path, *, sheet: str = "A3", profile: str = "internal") -> PublishReport:
    """Write the district's 警示图 to `out`, whole or not at all.

    Raises ExportRefused where there is nothing to draw or the folder can't be written, FontMissing, TypesettingFailed.
    """
    if sheet != PAPER:
        raise ExportRefused(_("没有“{sheet}”这种图幅。").format(sheet=sheet), _("现在能出 A3。"))
    made = DistrictSheet(ws, "public" if profile == "public" else "internal")
    pdf = typeset(MAP_SHEET, made.form.data(), made.images, title=made.title)
    write_whole(out, pdf)
    made.report.files.append(out)
    made.report.pages = page_count(pdf)
    return made.report


class DistrictSheet:
    """Everything that stands on the sheet, ready to be set: `form`, `images` by name, and what is to be said of it."""

    def __init__(self, ws: Workspace, profile: Profile) -> None:
        self.ws = ws
        self.profile = profile
        self.public = profile == "public"
        self.report = PublishReport()
        self.images: dict[str, str] = {}
        self.settings = ws.settings()
        self.office: SheetSettings = sheet_settings()
        self.layers = MapLayers(ws, self._chosen, lifted_too=not self.public, personal_labels=not self.public)
        self.district = self.settings.get("district.name", "")
        self.title = _("{district}地质灾害警示图").format(district=self.district)
        self.view = self._view()
        self.ground = SheetGround(ws, self.view, public=self.public)
        self.features = list(shown(self.layers.pictures, self.view))
        self.form = self._form()

    def _chosen(self, definition: LayerDefinition) -> bool:
        if about_people(definition):
            return False  # whose house stands where is for the household's own card
        return not self.public or definition.table in self.office.public_layers

    # -- the map ---------------------------------------------------------------------------------------------------

    def _view(self) -> MapView:
        """The district fills the frame; without a boundary, whatever has been drawn."""
        bounds = self.ws.bounds("district") if "district" in self.ws.definitions else None
        bounds = bounds or self.ws.extent()
        if bounds is None:
            raise ExportRefused(
                _("工作文件 {name} 里还没有可以上图的要素。").format(name=self.ws.path.name), _("请先导入或绘制图层。")
            )
        size = SHEET_PICTURE[self.profile]
        whole = fitted_view(bounds, size, _EDGE, least=1000.0)
        if not self.public:
            return whole
        # The legend stands beside the district where that costs no scale.
        beside = fitted_view(bounds, size, replace(_EDGE, left=_PUBLIC_BOX[0] + 6.0), least=1000.0)
        return beside if beside.denominator <= whole.denominator else whole

    def _subjects(self) -> list[BaseGeometry]:
        """What no box may hide: the district, and its zones and routes once more."""
        wanted = [one for one in self.features if one.layer in {"district", *_SUBJECT_LAYERS}]
        return [one.geometry for one in wanted if one.geometry is not None]

    def _form(self) -> MapSheet:
        marks = marks_of(self.ws, [*self.features, *self._used()], self.layers.states)
        subjects = self._subjects()
        if self.public:
            # The names of drafts stand at the upper left.
            furniture: Corner = emptiest_corner(self.view, CORNERS[2:], _PUBLIC_BOX, subjects)
            inset_corner: Corner = "top-left"
            blocked = [corner_box(self.view, furniture, _PUBLIC_BOX)]
            inset = None
        else:
            inset = self._inset()
            inset_corner = emptiest_corner(self.view, CORNERS, _INSET_BOX, subjects)
            left = [one for one in CORNERS if one != inset_corner]
            furniture = emptiest_corner(self.view, left, _SCALE_BOX, subjects)
            blocked = [corner_box(self.view, furniture, _SCALE_BOX)]
            if inset is not None:
                blocked.append(corner_box(self.view, inset_corner, _INSET_BOX))
        drafts_place, banner = self._banner(blocked, subjects)
        if marks.drafts:
            blocked.append(banner)
        pictures = self.ground.over(self.layers.pictures)
        svg, painted = map_svg_report(
            self.view,
            pictures,
            fixed_labels=sheet_positions(self.ws, PAPER, self.profile),
            grid_step=None if self.public else grid_step(self.view.denominator),
            blocked=blocked,
        )
        self.images["map"] = self.ground.under(svg)
        self._tell(painted)
        north = true_north(self.ws.crs, *self.view.centre)
        frame = MapFrame(
            picture="map",
            denominator=self.view.denominator,
            alt=_("{title}：{zones} 个危险区、{routes} 条撤离路线、{shelters} 个避险安置点").format(
                title=self.title,
                zones=painted.drawn("danger_zone"),
                routes=painted.drawn("evacuation_route"),
                shelters=painted.drawn("shelter"),
            ),
            north_degrees=north,
            north_words=None if self.public else north_words(north) or None,
            bar_metres=scale_bar(self.view, _LONGEST_BAR[self.profile]).metres,
            furniture=furniture,
            grid=() if self.public else grid_forms(self.view),
            graticule=() if self.public else graticule_forms(self.view, self.ws.crs),
        )
        season = season_of(self.settings)
        parent = self.settings.get("district.parent", "")
        return MapSheet(
            profile=self.profile,
            title=self.title,
            place=self.district if self.public else parent + self.district,
            season=season.words() if season else None,
            map=frame,
            inset=inset,
            inset_title=_("本区位置"),
            inset_corner=inset_corner,
            routes=tuple(self._routes()),
            speed_note=speeds_note(),
            warning_signal=self.settings.get("signal.text"),
            duty_phone=self.settings.get("duty.phone"),
            duty_office=self.settings.get("duty.office"),
            donts=self.office.donts,
            legend=tuple(self._legend(painted)),
            notes=tuple(self._notes()),
            disclaimer=self.office.disclaimer,
            maker=self.settings.get("office.name"),
            compiled_on=date.today(),
            review_number=self.settings.get("review.number"),
            schematic=marks.schematic,
            drafts=marks.drafts,
            drafts_place=drafts_place,
        )

    def _banner(self, taken: Sequence[Box], subjects: Sequence[BaseGeometry]) -> tuple[BannerPlace, Box]:
        """Where the names of the drafts hide least, clear of the boxes that are `taken`."""
        wide, high = _BANNER_BOX
        if self.public:
            return "top-left", (4.0, 4.0, 4.0 + wide, 4.0 + high)
        lefts = {"left": 3.0, "right": self.view.width_mm - 3 - wide, "": (self.view.width_mm - wide) / 2}
        tops = {"bottom": self.view.height_mm - 3 - high, "top": 3.0}
        free: dict[BannerPlace, Box] = {}
        for place in BANNER_PLACES:
            upper, _cut, side = place.partition("-")
            box = (lefts[side], tops[upper], lefts[side] + wide, tops[upper] + high)
            if not any(overlap(box, one) for one in taken):
                free[place] = box
        best = min(free, key=lambda one: hidden(self.view, free[one], subjects), default=BANNER_PLACES[0])
        return best, free.get(best, (lefts[""], tops["bottom"], lefts[""] + wide, tops["bottom"] + high))

    def _inset(self) -> str | None:
        """Where the district lies among its neighbours; None where no neighbours are known."""
        around = [one for one in self.layers.features("neighbour") if one.geometry is not None]
        outlines = [one.geometry for one in around if one.geometry is not None]
        here = [one.geometry for one in self.layers.features("district") if one.geometry is not None]
        if not outlines or not here:
            return None
        self.images["inset"] = inset_svg(
            outlines, shapely.union_all(here), *INSET_PICTURE, names=[one.text("name") for one in around]
        )
        return "inset"

    # -- beside the map --------------------------------------------------------------------------------------------

    def _used(self) -> list[Feature]:
        """What the panels speak of although the map may not show it: routes, their zones and shelters."""
        return [*self._routes_in_force(), *self.layers.features("shelter")]

    def _routes_in_force(self) -> list[Feature]:
        over = {uid for uid, state in self.layers.states.items() if state == lifted()}
        found = [one for one in self.layers.features("evacuation_route") if one.text("danger_zone") not in over]
        return sorted(found, key=lambda one: (_serial(one.text("number")), one.text("number"), one.text("id")))

    def _routes(self) -> list[SheetRoute]:
        zones = {one.uid: one for one in self.layers.features("danger_zone")}
        shelters = {one.uid: one for one in self.layers.features("shelter")}
        rows = []
        for route in self._routes_in_force():
            zone = zones.get(route.text("danger_zone"))
            shelter = shelters.get(route.text("shelter"))
            line = route_line(route, shelter, epsg=self.ws.epsg)
            metres = None if line is None else geodesic_length(line, self.ws.epsg)
            minutes = (None, None, None) if metres is None else tuple(walking_minutes(metres).values())
            room = None if shelter is None else shelter_capacity(shelter)
            rows.append(
                SheetRoute(
                    number=route.text("number") or None,
                    zone_name=None if zone is None else zone.text("name") or zone.text("id"),
                    zone_id=None if zone is None or not zone.text("name") else zone.text("id"),
                    start=route.text("start"),
                    shelter=None if shelter is None else shelter.text("name") or shelter.text("id"),
                    metres=None if metres is None else way_metres(metres),
                    minutes=cast("tuple[int | None, int | None, int | None]", minutes),
                    capacity=room,
                    draft=zone is not None and not is_official(zone.text("state")),
                )
            )
            if shelter is None:
                self.report.problems.append(
                    _("{route}没有登记避险安置点，图上的“到”留空。").format(route=followed(route_name(route)))
                )
            if metres is None:
                self.report.problems.append(
                    _("撤离路线 {id} 不是连续的一条线，图上的路程和时间留空。").format(id=route.text("id"))
                )
        return rows

    def _legend(self, painted: PaintReport) -> list[LegendGroup]:
        entries = legend_entries(painted, self.ground.over(self.layers.pictures), denominator=self.view.denominator)
        percents = {one.name: one.percent for one in self._shares()} if not self.public else {}
        items: dict[str, list[LegendItem]] = {title: [] for title, _layers in self.office.legend}
        sizes: dict[str, dict[str, float]] = {}
        for number, entry in enumerate(entries):
            name = f"swatch{number}"
            self.images[name] = entry.swatch
            share = percents.get(entry.label) if entry.layer == "susceptibility_zone" else None
            group = self.office.group_of(entry.layer)
            note = None if share is None else f"{share:.2f} %"
            items[group].append(LegendItem(label=entry.label, picture=name, note=note))
            sizes.setdefault(group, {}).update(entry.sizes)
        for group, found in sizes.items():
            if found:
                ordered = sorted(found, key=lambda one: found[one])
                items[group].append(LegendItem(label=_("符号由小到大：{sizes}").format(sizes="、".join(ordered))))
        return [LegendGroup(title=title, items=tuple(found)) for title, found in items.items() if found]

    def _shares(self) -> list[Share]:
        drawn = next((one.table for one in self.layers.pictures if one.layer == LAYER), None)
        return susceptibility_shares(self.ws, drawn)

    def _notes(self) -> list[NoteLine]:
        if self.public:
            return []
        pairs = coordinate_notes(self.view, self.ws.crs, height_datum=self.settings.get("height.datum", ""))
        notes = [NoteLine(label=label, words=words) for label, words in pairs]
        notes += [NoteLine(label=_("资料来源"), words=words) for words in self._sources()]
        notes += [NoteLine(label=_("底图"), words=words) for words in self.ground.credits]
        history = self.ws.history(1)
        if history:
            notes.append(NoteLine(label=_("工作文件改到"), words=history[0].made_at.date().isoformat()))
        return notes

    def _sources(self) -> list[str]:
        """Layers with the source that their features name; the most common sources first."""
        found: dict[str, dict[str, None]] = {}
        counts: dict[str, int] = {}
        for one in self.features:
            source = one.text("source")
            if source:
                title = self.ws.definition(one.layer).title
                found.setdefault(source, {})[title] = None
                counts[source] = counts.get(source, 0) + 1
        ordered = sorted(found, key=lambda one: (-len(found[one]), -counts[one]))
        lines = [
            _("{layers}：{source}").format(layers="、".join(found[source]), source=source)
            for source in ordered[:_SOURCE_LINES]
        ]
        if len(ordered) > _SOURCE_LINES:
            lines.append(_("其余 {count} 种来源见工作文件").format(count=len(ordered) - _SOURCE_LINES))
        return lines

    # -- what is to be said ----------------------------------------------------------------------------------------

    def _tell(self, painted: PaintReport) -> None:
        self.report.maps.append(sheet_map(self.view, painted, self.profile))
        self.report.problems += [*self.layers.style_faults, *painted.problems, *self.ground.problems]
        self.report.notes += self.ground.notes
        self.report.notes.append(
            _("比例尺 1:{scale:.0f}，{zones} 个危险区，{routes} 条撤离路线。").format(
                scale=self.view.denominator,
                zones=painted.drawn("danger_zone"),
                routes=painted.drawn("evacuation_route"),
            )
        )
        if self.layers.withheld:
            self.report.notes.append(
                _("{titles}的注记里有个人信息，公开图上没有写。").format(titles="、".join(self.layers.withheld))
            )
        if painted.unplaced:
            names = list(dict.fromkeys(one.text for one in painted.unplaced))
            told = "、".join(names[:_UNPLACED_TOLD]) + (_(" 等") if len(names) > _UNPLACED_TOLD else "")
            self.report.notes.append(
                _("{count} 个名称没有地方写，没有印在图上：{names}。").format(count=len(painted.unplaced), names=told)
            )
        lacking = [
            title
            for key, title in (
                ("signal.text", _("撤离信号")),
                ("duty.phone", _("值班电话")),
                ("office.name", _("编制单位")),
            )
            if not self.settings.get(key)
        ]
        if lacking:
            self.report.notes.append(_("设置里没有{what}，图上留了空。").format(what="、".join(lacking)))
        if self.public and not self.settings.get("review.number"):
            self.report.notes.append(_("没有审图号，图上已写明“待批　未批准不得张贴”。"))


def shelter_capacity(shelter: Feature) -> int | None:
    """How many people a shelter takes, typed or by its area."""

    def number(name: str) -> float | None:
        value = shelter[name]
        return float(value) if isinstance(value, int | float) else None

    return capacity(number("capacity"), number("area_m2"), number("area_per_person"))


def _serial(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1_000_000
