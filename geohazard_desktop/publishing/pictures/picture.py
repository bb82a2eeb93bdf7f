"""The map as a picture for a chat group, a slide, a report, another program: PNG, SVG, PDF or GeoTIFF of a part of the
map, with title, legend, scale bar, north and the marks that say what the data are.

A picture leaves the office faster than any sheet, so no house and no person is on it, in either profile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.furniture import scale_bar, true_north
from geohazard_desktop.cartography.label_hand import manual_positions
from geohazard_desktop.cartography.legend import legend_entries
from geohazard_desktop.cartography.svg import map_svg_report, shown_report
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.map_alt import map_alt
from geohazard_desktop.publishing.map_layers import (
    MapLayers,
    Padding,
    about_people,
    corner_box,
    emptiest_corner,
    fitted_view,
    printed,
    shown,
)
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.publishing.pictures import picture_files
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.pictures.picture_forms import ListGroup, ListRow, MapPicture
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.ground import SheetGround
from geohazard_desktop.publishing.sheets.map_forms import Corner, LegendItem, MapFrame, MapMark, Millimetres, Profile
from geohazard_desktop.publishing.sheets.way_names import tell_lost_names, ways_first
from geohazard_desktop.publishing.typeset.office_settings import sheet_settings
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

# Parts of the page in mm (map_picture.typ).
STRIP = 5.5  # the line of credits below everything
_TITLE_LOW, _TITLE_HIGH, _WIDE_PAGE = 13.0, 25.0, 200.0  # one line, or three on a page that is not wide
_SCALE_BOX = (60.0, 20.0)
_COLUMN, _PITCH = 40.0, 5.4  # of the legend
_LEGEND_HIGH = 0.19  # of the page at most, where the legend stands below the map
_CORNERS: tuple[Corner, ...] = ("bottom-left", "bottom-right", "top-left", "top-right")
_SUBJECTS = ("danger_zone", "evacuation_route", "shelter", "hazard_point")
_LONGEST_BAR = 34.0
_EDGE = Padding(3.0, 3.0, 3.0, 3.0)
_LARGER = 1.6


def publish_picture(
    ws: Workspace,
    out: Path,
    *,
    ground: str = "",
    form: str = "png",
    size: str = "a4",
    dpi: float = 300.0,
    width: float = 1920.0,
    height: float = 1080.0,
    profile: str = "public",
    larger: bool = False,
    legend: bool = True,
    furniture: bool = True,
) -> PublishReport:
    """Write the picture beside `out`, with the ending of its `form` (see picture_files.FORMS), whole or not at all.

    `ground` is the text of a Ground, "" for the whole district. `size` is one of picture_files.SIZES; `dpi` counts for
    sizes of paper, `width` and `height` (pixels) for "own". Raises ExportRefused where there is nothing to draw, the
    picture would be too large, or a public one would tell coordinates; FontMissing, TypesettingFailed.
    """
    fonts.ensure_application()
    public = profile == "public"
    if public and form in picture_files.WITH_COORDINATES:
        raise ExportRefused(
            _("公开的图不带坐标，不能出成{form}。").format(form=picture_files.FORMS[form]),
            _("请改成“内部”，或换成 PNG、SVG。"),
        )
    pixels = picture_files.pixels_of(size, dpi, width, height)
    if larger:
        pixels = replace(pixels, dpi=pixels.dpi * _LARGER)
    made = PictureMaker(ws, "public" if public else "internal", pixels.millimetres, Ground.parse(ground))
    if form in picture_files.RASTERS_ON_GROUND and furniture:
        # Title and legend would lie on somebody's ground in the other program.
        furniture = False
        made.report.notes.append(_("带坐标的影像只有图和必要的标记，没有图名、图例和署名。"))
    form_data = made.form(legend=legend and furniture, furniture=furniture)
    return picture_files.write(out, form, pixels, form_data, made)


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of lists at the right of the map, mm wide, and the signs on the map that its rows speak of."""

    wide: float
    lists: tuple[ListGroup, ...]
    figures: tuple[ListRow, ...] = ()
    pins: tuple[tuple[str, float, float], ...] = ()  # words in a disc, east, north


@dataclass(frozen=True, slots=True)
class Plan:
    """Where things stand on a page of `size`: title above the map, legend at its right or below it, credits last."""

    size: Millimetres
    furniture: bool = True
    beside: float = 0.0  # mm at the right that lists take
    legend_columns: int = 0
    legend_rows: int = 0
    legend_below: bool = False

    @property
    def map_at(self) -> Millimetres:
        if not self.furniture:
            return 0.0, 0.0
        return 0.0, _TITLE_LOW if self.size[0] >= _WIDE_PAGE else _TITLE_HIGH

    @property
    def map_size(self) -> Millimetres:
        wide, high = self.size[0] - self.beside, self.size[1] - self.map_at[1] - (STRIP if self.furniture else 0.0)
        if self.legend_below:
            high -= self._legend_high
        else:
            wide -= self._legend_wide
        return wide, high

    @property
    def _legend_high(self) -> float:
        return self.legend_rows * _PITCH + 3.0 if self.legend_rows else 0.0

    @property
    def _legend_wide(self) -> float:
        return self.legend_columns * _COLUMN + 4.0 if self.legend_columns else 0.0

    @property
    def legend_room(self) -> int:
        return self.legend_columns * self.legend_rows

    @property
    def legend_box(self) -> tuple[float, float, float, float]:
        low = self.size[1] - (STRIP if self.furniture else 0.0)
        right = self.size[0] - self.beside
        if self.legend_below:
            return 0.0, low - self._legend_high, right, low
        return right - self._legend_wide, self.map_at[1], right, low

    def with_legend(self, count: int) -> "Plan":
        """With room for `count` entries, or for as many as the page can spare."""
        if not count:
            return self
        wide, high = self.map_size
        if self.beside or wide < high * 1.2:
            columns = max(1, int((wide - 4.0) // _COLUMN))
            rows = min(-(-count // columns), max(1, int((self.size[1] * _LEGEND_HIGH - 3.0) // _PITCH)))
            return replace(self, legend_columns=columns, legend_rows=rows, legend_below=True)
        rows = max(1, int((high - 3.0) // _PITCH))
        return replace(self, legend_columns=min(2, -(-count // rows)), legend_rows=rows)


class PictureMaker:
    """One picture in the making: its view, its form, the pictures that the form names, and what is to be said."""

    def __init__(
        self,
        ws: Workspace,
        profile: Profile,
        size: Millimetres,
        ground: Ground | None = None,
        *,
        title: str = "",
        beside: Beside | None = None,
        margin: float = 0.0,
        layers: Collection[str] | None = None,
    ) -> None:
        """`layers`: the tables that the picture may show (None: those of `ground`, or all)."""
        self.ws, self.public, self.size, self.beside = ws, profile == "public", size, beside
        self.margin = margin
        self.report = PublishReport()
        self.images: dict[str, str] = {}
        self.settings = ws.settings()
        wanted = ground.layers if layers is None and ground is not None else layers
        self._wanted = None if wanted is None else frozenset(wanted)
        use: Paper = "public" if self.public else "internal"
        self.layers = MapLayers(
            ws,
            self._chosen,
            lifted_too=not self.public,
            personal_labels=False,
            references=use,
            objections=not self.public and self._wanted is not None,  # ticked in the window, or the meeting's own sheet
        )
        left = [
            one.title for one in ws.in_use() if self._wanted and one.table in self._wanted and not printed(one, use)
        ]
        if left:
            words = _("{layers}是参考图层，没有勾“印在图上”，图片上没有画。要画请在图层的菜单里勾。")
            self.report.notes.append(words.format(layers="、".join(left)))
        district = self.settings.get("district.name", "")
        self.title = title or _("{district}地质灾害防治图").format(district=district)
        self._ground = ground

    def _chosen(self, definition: LayerDefinition) -> bool:
        if about_people(definition) or (self._wanted is not None and definition.table not in self._wanted):
            return False
        return not self.public or definition.reference or definition.table in sheet_settings().public_layers

    def form(self, *, legend: bool = True, furniture: bool = True) -> MapPicture:
        """Everything that stands on the picture."""
        plan = Plan(self.size, furniture=furniture, beside=self.beside.wide if self.beside else 0.0)
        items: list[LegendItem] = []
        if legend:
            plan, items = self._legend(plan)
        self.at = plan.map_at
        self.view = view = self._view(plan.map_size)
        ground = SheetGround(self.ws, view, public=self.public)
        drawn = whole_symbols(self.layers.pictures, view)
        pictures = ways_first(ground.over(drawn), view)
        features = list(shown(drawn, view))
        subjects = [one.geometry for one in features if one.layer in _SUBJECTS and one.geometry is not None]
        corner = emptiest_corner(view, _CORNERS, _SCALE_BOX, subjects)
        blocked = [corner_box(view, corner, _SCALE_BOX)] if furniture else [(0.0, 0.0, 116.0, 20.0)]
        svg, painted = map_svg_report(view, pictures, fixed_labels=manual_positions(self.ws), blocked=blocked)
        self.images["map"] = ground.under(svg)
        marks = marks_of(self.ws, features, self.layers.states)
        self.report.problems += [*self.layers.style_faults, *painted.problems, *ground.problems]
        self.report.notes += ground.notes
        tell_lost_names(painted.unplaced, self.report)
        if not painted.counts:
            self.report.problems.append(_("这个范围里没有要素，图是空的。请换一个范围，或打开图层。"))
        return MapPicture(
            size=self.size,
            margin=self.margin,
            map_at=plan.map_at,
            map_size=plan.map_size,
            title=self.title,
            use=self._use(),
            public=self.public,
            schematic=marks.schematic,
            drafts=marks.drafts,
            legend=tuple(items),
            legend_box=plan.legend_box if items else None,
            legend_columns=plan.legend_columns,
            credits=self._credits(ground.credits),
            furniture=furniture,
            lists=self.beside.lists if self.beside else (),
            figures=self.beside.figures if self.beside else (),
            map=MapFrame(
                picture="map",
                denominator=view.denominator,
                alt=map_alt(self.title, painted),
                north_degrees=true_north(self.ws.crs, *view.centre),
                bar_metres=scale_bar(view, min(_LONGEST_BAR, view.width_mm / 3)).metres,
                furniture=corner,
                marks=tuple(self._pins()),
            ),
        )

    def _view(self, size: Millimetres) -> MapView:
        """What was looked at, all of it; without that the district at a round scale."""
        if self._ground is not None:
            return MapView.fitting(self._ground.bounds, size[0], size[1], 300.0, 0.0)
        bounds = own_district_bounds(self.ws)
        bounds = bounds or self.ws.extent()
        if bounds is None:
            raise ExportRefused(
                _("工作文件 {name} 里还没有可以上图的要素。").format(name=self.ws.path.name), _("请先导入或绘制图层。")
            )
        return fitted_view(bounds, size, _EDGE, least=500.0)

    def _pins(self) -> list[MapMark]:
        found = []
        for words, east, north in self.beside.pins if self.beside else ():
            x, y = self.view.to_mm(east, north)
            if 0 <= x <= self.view.width_mm and 0 <= y <= self.view.height_mm:
                found.append(MapMark(kind="step", at=(x, y), words=words))
        return found

    def _legend(self, plan: "Plan") -> tuple["Plan", list[LegendItem]]:
        """The page with room for a legend, and what finds room in it, the office's first groups first."""
        view = self._view(plan.with_legend(24).map_size)  # what is drawn hardly depends on some millimetres
        painted = shown_report(view, self.layers.pictures)
        entries = legend_entries(painted, self.layers.pictures, denominator=view.denominator)
        office = sheet_settings()
        order = {title: number for number, (title, _layers) in enumerate(office.legend)}
        ranked = sorted(entries, key=lambda one: order[office.group_of(one.layer)])
        plan = plan.with_legend(len(ranked))
        kept = ranked[: plan.legend_room]
        if len(kept) < len(ranked):
            names = "、".join(one.label for one in ranked[plan.legend_room :][:6])
            self.report.notes.append(
                _("图例放不下，少了 {count} 项：{names}。").format(count=len(ranked) - len(kept), names=names)
            )
        items = []
        for number, one in enumerate(kept):
            self.images[f"swatch{number}"] = one.swatch
            items.append(LegendItem(label=one.label, picture=f"swatch{number}"))
        return plan, items

    def _use(self) -> str:
        number = self.settings.get("review.number", "")
        if not self.public:
            return _("内部用图　不得外传")
        if number:
            return _("审图号：{number}").format(number=number)
        self.report.notes.append(_("没有审图号，图上已写明“待批　未批准不得传播”。"))
        return _("审图号：待批　未批准不得传播")

    def _credits(self, base_maps: Sequence[str]) -> str:
        history = self.ws.history(1)
        parts = [
            self.settings.get("office.name", ""),
            _("资料到 {day}").format(day=history[0].made_at.date().isoformat()) if history else "",
            _("值班电话 {phone}").format(phone=self.settings["duty.phone"]) if self.settings.get("duty.phone") else "",
            _("底图：{credits}").format(credits="；".join(base_maps)) if base_maps else "",
            sheet_settings().disclaimer,
        ]
        return "　".join(one for one in parts if one)
