"""公告: that a danger zone is delimited, or lifted. A document as GB/T 9704 lays it out, with 拐点坐标表 and map.

Number and day come from the register; where it has none yet they are blanks, and every page says 拟划. Nothing
personal is in a notice: everybody reads it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import geodesic_area
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.analysis.zone_states import zone_lives
from geohazard_desktop.cartography.furniture import coordinate_notes
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import control_words, is_official, lifted, penalty_brief
from geohazard_desktop.domain.quantities import THIN, area_words
from geohazard_desktop.domain.zone_register import Entry
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.help_words import ASK_THEN_GO
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import Day, Form, Issue, Words, cell
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, publish_papers, subjects_of
from geohazard_desktop.publishing.papers.zone_corners import (
    CornerMark,
    CornerRow,
    Thinned,
    corner_count,
    corner_marks,
    corner_rows,
    thinned,
    thinning_note,
    turning_words,
)
from geohazard_desktop.publishing.papers.zone_extent import extent_words
from geohazard_desktop.publishing.papers.zone_map import (
    Look,
    Subject,
    ZoneMap,
    drawable,
    on_public_map,
    routes_of,
    shelter_places,
    zone_map,
)
from geohazard_desktop.publishing.papers.zone_ways import closed_and_asked, closed_ways_words
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.public_signs import public_signs
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.map_forms import MapFrame, Millimetres
from geohazard_desktop.publishing.typeset.bilingual import MongolianWords
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

ZONE_NOTICE = "zone_notice"
# A short table shares its page with the map.
SHARED_PICTURE: Millimetres = (156.0, 118.0)
OWN_PICTURE: Millimetres = (156.0, 168.0)
_SHORT = 8  # corners; the template knows the same number
Piece = str | None  # of a paragraph: text, or a line to write on
DELIMITED, ANNOUNCED = "已划定", "已公告"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Form):
    """一、范围。 and what it says; `pieces` None are blanks."""

    head: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneNotice(Form):
    """A notice. Nothing personal. `stage` stands on every page until there is a document number."""

    title: tuple[str, ...] = ()
    mongolian: Words = field(default=None, metadata=cell("蒙古文标题", quiet=True))
    stage: Words = field(default=None, metadata=cell("阶段", quiet=True))
    zone_name: Words = field(default=None, metadata=cell("危险区名称"))
    zone_id: Words = field(default=None, metadata=cell("危险区编号", quiet=True))
    document_no: Words = field(default=None, metadata=cell("文号"))
    year: int = 0
    opening: tuple[Piece, ...] = field(default=(), metadata=cell("正文"))
    sections: tuple[Section, ...] = field(default=(), metadata=cell("各条"))
    government: Words = field(default=None, metadata=cell("发布机关"))
    announced_on: Day = field(default=None, metadata=cell("发布日期"))
    corners: tuple[CornerRow, ...] = field(default=(), metadata=cell("拐点坐标表", quiet=True))
    corner_notes: Words = field(default=None, metadata=cell("坐标说明", quiet=True))
    degrees: bool = False
    thinned: bool = False  # the table has fewer corners than the border that the map draws
    map: MapFrame | None = field(default=None, metadata=cell("示意图"))
    map_high: float = 0.0  # mm
    marks: tuple[CornerMark, ...] = ()
    issue: Issue = field(default_factory=Issue)

    def empty_labels(self) -> list[str]:
        """Labels that print as a line; blanks inside the text by the head of their section."""
        own = Form.empty_labels(self)
        if None in self.opening:
            own.append(_("正文里的空格"))
        return [*own, *(one.head for one in self.sections if None in one.pieces)]


def publish_zone_notices(
    ws: Workspace,
    folder: Path,
    *,
    kind: str = "delimit",
    table: bool = True,
    degrees: bool = False,
    thin: str = "0",
    bilingual: bool = True,
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """Notices into `folder`. `kind` "delimit" or "lift"; `table`: with the 拐点坐标表, `degrees`: with longitude and
    latitude in it, `thin`: simplified within as many metres (0: as it is); `bilingual`: with the Mongolian title that
    the office typed. Without `uids` a lifting is announced of zones whose lifting is registered, with them of those."""
    maker = NoticeMaker(ws, table=table, degrees=degrees, thin_m=float(thin), bilingual=bilingual)
    report = PublishReport(problems=list(maker.layers.style_faults))
    subjects = subjects_of(ws, "danger_zone", uids)
    if kind == "lift" and uids is None:
        subjects = [one for one in subjects if maker.lives[one.uid].state == lifted()]
        if not subjects:
            report.notes.append(_("还没有登记撤销的危险区。要先拟撤销公告，请选中那个危险区再出。"))
    publish_papers(ws, folder, subjects, maker.lifting if kind == "lift" else maker.delimiting, report, progress)
    report.notes += [*maker.mongolian.notes(), *maker.facts.notes()]
    return report


class NoticeMaker:
    """Fills notices; reads the workspace once."""

    def __init__(
        self,
        ws: Workspace,
        today: date | None = None,
        *,
        table: bool = True,
        degrees: bool = False,
        thin_m: float = 0.0,
        bilingual: bool = False,
    ) -> None:
        self.ws = ws
        self.today = today or date.today()
        self.layers = MapLayers(ws, on_public_map, personal_labels=False, lifted_too=True)
        self.facts = CardFacts(ws, self.layers, self.today)
        self.lives = zone_lives(ws)
        self.mongolian = MongolianWords(ws, on=bilingual)
        self._table = table
        self._degrees = degrees
        self._thin_m = thin_m
        self._asked: tuple[BaseGeometry, Thinned | None] | None = None
        self._government = self.facts.settings.get("government.name") or None

    def delimiting(self, zone: Feature) -> Paper | NoPaper:
        """The notice that the zone is delimited; a draft of it before there is a number."""
        life = self.lives[zone.uid]
        name = _name(zone)
        if life.state == lifted():
            return NoPaper(_("{name}已撤销，没有出划定公告。撤销公告另出。").format(name=name))
        decided, told = life.last(DELIMITED), life.last(ANNOUNCED)
        hazard = self.facts.point_of(zone)
        basis: tuple[Piece, ...] = (
            _("为保障人民群众生命财产安全，根据《地质灾害防治条例》第十九条，"),
            *((_("经{number}批准，").format(number=decided.text("document_no")),) if decided is not None else ()),
            _("现将{place}{name}划定为地质灾害危险区，予以公告。").format(
                place=zone.text("subdistrict"), name=zone_short_name(zone)
            ),
        )
        reason = zone.text("reason").rstrip("。") or None
        sections = (
            Section(head=_("一、范围。"), pieces=self._extent(zone)),
            Section(
                head=_("二、禁止事项。"),
                pieces=(
                    _("{control}。违者{penalty}（{source}）。").format(
                        control=control_words(), penalty=penalty_brief()[0], source=penalty_brief()[1]
                    ),
                ),
            ),
            Section(head=_("三、撤离。"), pieces=self._leaving(zone, hazard)),
            Section(head=_("四、报险电话。"), pieces=self._calling()),
            Section(
                head=_("五、"),
                pieces=(_("本公告自发布之日起施行。危险消除后，由"), self._government, _("公告撤销。")),
            ),
        )
        title = notice_title("delimit", zone_short_name(zone))
        official = is_official(life.state)
        made = self._form(
            zone, title, (reason, "。", *basis), sections, told, None if official else _("拟划　未经批准"), ways=True
        )
        notes = [self._told_already(told, name)]
        if note := public_signs(zone, hazard).note:
            notes.append(_("{name}的公告：{note}").format(name=name, note=note))
        if self._table and not official and zone.geometry is not None and drawable(zone.geometry, self.ws.epsg):
            notes.append("" if self._thin_m else thinning_note(name, zone.geometry))
        notes.append(self._thinning_told(zone))
        routes = routes_of(self.ws, zone, self.facts.shelters)
        notes += self.layers.doubtful.told(one for one, _line in routes)
        return self._paper(zone, made, _("划定公告"), "".join(notes))

    def lifting(self, zone: Feature) -> Paper | NoPaper:
        """The notice that the zone is lifted; a draft of it before the lifting is registered."""
        life = self.lives[zone.uid]
        if not is_official(life.state):
            return NoPaper(_("{name}还没有划定，谈不上撤销，没有出撤销公告。").format(name=_name(zone)))
        entry = life.last(lifted())
        decided = life.last(DELIMITED)
        finding = entry.text("finding").rstrip("。") if entry is not None else None
        opening: tuple[Piece, ...] = (
            _("{name}地质灾害危险区由").format(name=zone_short_name(zone)),
            self._government,
            _("以"),
            decided.text("document_no") if decided is not None else None,
            _("划定。经专家认定，"),
            finding or None,
            _("。根据《地质灾害防治条例》第十九条，现予撤销，予以公告。"),
        )
        sections = (
            Section(head=_("一、"), pieces=(_("自本公告发布之日起，该危险区的管控解除，警示标志由原设立单位拆除。"),)),
            Section(head=_("二、范围。"), pieces=self._extent(zone)),
            Section(
                head=_("三、"),
                pieces=(_("发现地面开裂、下沉、塌坑、落石等异常，请马上离开并报告。"), *self._calling()),
            ),
        )
        title = notice_title("lift", zone_short_name(zone))
        made = self._form(zone, title, opening, sections, entry, None if entry else _("拟撤销　未经批准"), ways=False)
        return self._paper(zone, made, _("撤销公告"), self._thinning_told(zone))

    # -- the text --------------------------------------------------------------------------------------------------

    def _extent(self, zone: Feature) -> tuple[Piece, ...]:
        if zone.geometry is None or not drawable(zone.geometry, self.ws.epsg):
            return (None, "。")
        pieces: list[Piece] = []
        for side, words in extent_words(self.ws, self._tabled(zone.geometry), corners=self._table):
            pieces += [("，" if pieces else "") + _("{side}至").format(side=side), words]
        area = area_words(geodesic_area(zone.geometry, self.ws.epsg)).replace(THIN, "")
        annexes = _("拐点坐标和示意图见附件") if self._table else _("示意图见附件")
        return (*pieces, _("，面积约 {area}。{annexes}。").format(area=area, annexes=annexes))

    def _leaving(self, zone: Feature, hazard: Feature | None) -> tuple[Piece, ...]:
        signal = self.facts.signal(zone, hazard)
        pieces: list[Piece] = [_("撤离信号为"), signal, "。"]
        routes = routes_of(self.ws, zone, self.facts.shelters)
        closed = closed_ways_words(self.ws, {zone.uid})
        asked = self.layers.doubtful.all_ask((one for one, _line in routes), closed)
        if signs := public_signs(zone, hazard, phone=asked).words:
            pieces.append(_("{signs}。").format(signs=signs))
        if not routes:
            over = closed_and_asked(closed)
            return (*pieces, *((_("撤离路线为"), None, "。") if over is None else (over, _("，不回头取东西。"))))
        for number, (route, _line) in enumerate(routes):
            shelter = self.facts.shelters.get(route.text("shelter"))
            start = route.text("start")
            pieces += [
                "；" if number else "",
                route.text("number") or None,
                _(" 号路线从{start}到").format(start=start) if start else _(" 号路线到"),
                None if shelter is None else shelter.text("name") or shelter.text("id"),
                *self._room(shelter),
                _("，这条路线要{asking}").format(asking=asking)
                if (asking := self.layers.doubtful.asking(route))
                else "",
            ]
        if closed is not None:
            pieces.append(_("。{closed}").format(closed=closed))
        closing = _("。听到信号，马上沿路线撤离，不回头取东西。")
        if asked:
            closing = _("。{first}，不回头取东西。").format(first=ASK_THEN_GO)
        elif any(self.layers.doubtful.asking(one) for one, _line in routes):
            closing = _("。听到信号，马上撤离，不回头取东西；要先问的路线，先打电话。")
        return (*(one for one in pieces if one != ""), closing)

    @staticmethod
    def _room(shelter: Feature | None) -> tuple[Piece, ...]:
        """How many a shelter takes; who keeps it is no business of a notice that hangs in the street."""
        room = None if shelter is None else places_of(shelter)
        return () if shelter is None else (_("（可容 "), None if room is None else str(room), _(" 人）"))

    def _calling(self) -> tuple[Piece, ...]:
        office = self.facts.settings.get("duty.office", "")
        return (
            _("24 小时值班电话 "),
            self.facts.settings.get("duty.phone") or None,
            _("（{office}）。").format(office=office) if office else "。",
        )

    @staticmethod
    def _told_already(told: Entry | None, name: str) -> str:
        if told is None:
            return ""
        return _("{name}已经公告（{number}）：正文由数据拟成，张贴前请与发布的原文核对。").format(
            name=name, number=told.text("document_no")
        )

    # -- the whole -------------------------------------------------------------------------------------------------

    def _form(
        self,
        zone: Feature,
        title: tuple[str, ...],
        opening: tuple[Piece, ...],
        sections: tuple[Section, ...],
        entry: Entry | None,
        stage: str | None,
        *,
        ways: bool,
    ) -> tuple[ZoneNotice, ZoneMap | None]:
        drawn = self._map(zone, ways=ways)
        shape = self._tabled(zone.geometry) if drawn is not None and zone.geometry is not None else None
        shown = [] if drawn is None else drawn.features
        form = ZoneNotice(
            title=title,
            mongolian=self.mongolian.of(title),
            stage=stage,
            zone_name=zone_short_name(zone),
            zone_id=zone.text("id"),
            document_no=None if entry is None else entry.text("document_no"),
            year=self.today.year,
            opening=opening,
            sections=sections,
            government=self._government,
            announced_on=None if entry is None else entry.day,
            corners=() if shape is None or not self._table else corner_rows(shape, self.ws.epsg, degrees=self._degrees),
            corner_notes=None if drawn is None else self._corner_notes(zone, drawn),
            degrees=self._degrees,
            thinned=shape is not None and shape is not zone.geometry,
            map=None if drawn is None else drawn.frame,
            map_high=0.0 if drawn is None else drawn.view.height_mm,
            marks=() if drawn is None or shape is None else corner_marks(shape, drawn.to_mm),
            issue=self.facts.issue([zone], shown),
        )
        return form, drawn

    def _map(self, zone: Feature, *, ways: bool) -> ZoneMap | None:
        """The zone; with `ways` the routes that the text names, and where they lead. Nothing of other zones: the map
        is part of what the government signed."""
        epsg = self.ws.epsg
        if zone.geometry is None or not drawable(zone.geometry, epsg):
            return None
        routes = routes_of(self.ws, zone, self.facts.shelters) if ways else []
        goals = [one for one in shelter_places(routes, self.facts.shelters) if drawable(one, epsg)]
        lines = [(route, line) for route, line in routes if line is not None]
        return zone_map(
            self.ws,
            self.layers,
            Subject([zone.geometry, *goals], lines, zones=frozenset((zone.uid,))),
            Look(self._size(zone), (56.0, 22.0), prefix="notice", way_mm=1.6),
            alt=_("{name}地质灾害危险区示意图").format(name=zone_short_name(zone)),
        )

    def _size(self, zone: Feature) -> Millimetres:
        """The map's, in mm."""
        short = zone.geometry is not None and corner_count(self._tabled(zone.geometry)) <= _SHORT
        return SHARED_PICTURE if self._table and short else OWN_PICTURE

    def _corner_notes(self, zone: Feature, drawn: ZoneMap) -> str | None:
        shape = zone.geometry
        if shape is None:
            return None
        system = "，".join(words for _label, words in coordinate_notes(drawn.view, self.ws.crs, grid=False)[:2])
        told = _("{system}。{turning}排列，末点接首点；边长按坐标反算，面积约 {area}（椭球面）。").format(
            system=system,
            turning=turning_words(shape),
            area=area_words(geodesic_area(shape, self.ws.epsg)).replace(THIN, ""),
        )
        less = self._thinned(shape)
        if less is None:
            return told
        words = _("本表已简化：原边界 {before} 个拐点，按容差 {metres:g} 米{words}；面积按原边界计，原边界存发布机关。")
        return told + words.format(before=less.before, metres=self._thin_m, words=less.words())

    # -- fewer corners ---------------------------------------------------------------------------------------------

    def _tabled(self, shape: BaseGeometry) -> BaseGeometry:
        """The border whose corners are printed."""
        less = self._thinned(shape)
        return shape if less is None else less.shape

    def _thinned(self, shape: BaseGeometry) -> Thinned | None:
        """None where it is not asked for, nothing would go, or a house would come to lie outside what is announced."""
        if not self._thin_m or not self._table:
            return None
        if self._asked is None or self._asked[0] is not shape:  # one notice asks several times
            less = thinned(shape, self._thin_m)
            self._asked = shape, None if less is None or self._put_out(shape, less.shape) else less
        return self._asked[1]

    def _put_out(self, shape: BaseGeometry, less: BaseGeometry) -> int:
        """How many households and buildings the simplified border would leave out."""
        found = 0
        for layer in ("household", "building"):
            shapes = np.array(self.ws.table(layer, bounds=shape.bounds).geometries, dtype=object)
            lost = shapely.difference(shape, less)
            found += int((shapely.intersects(shapes, lost) & ~shapely.intersects(shapes, less)).sum())
        return found

    def _thinning_told(self, zone: Feature) -> str:
        """That the table was to be simplified and is not, and why; or that it is not the one that was approved."""
        shape = zone.geometry
        if not self._thin_m or not self._table or shape is None or not drawable(shape, self.ws.epsg):
            return ""
        if self._thinned(shape) is not None:
            words = _("{name}已经划定，公告上的拐点表简化过，张贴前请与批准的文件核对。")
            return words.format(name=_name(zone)) if is_official(self.lives[zone.uid].state) else ""
        less = thinned(shape, self._thin_m)
        count = 0 if less is None else self._put_out(shape, less.shape)
        words = _("{name}的拐点表没有简化：容差 {metres:g} 米会把 {count} 处住户或房屋漏在范围外。请选小一些的容差。")
        return words.format(name=_name(zone), metres=self._thin_m, count=count) if count else ""

    def _paper(self, zone: Feature, made: tuple[ZoneNotice, ZoneMap | None], kind: str, note: str) -> Paper:
        form, drawn = made
        number = zone.text("id") or zone.uid[:8]
        problem = (
            ""
            if drawn is not None
            else _("{name}的范围画不出来，公告没有附图和拐点表。请先画好。").format(name=_name(zone))
        )
        return Paper(
            ZONE_NOTICE,
            form.to_json(),
            file_name(kind, number),
            "".join((self._government or "", *form.title)),
            {} if drawn is None else drawn.images,
            form.empty_labels(),
            problem,
            note,
        )


def notice_title(kind: str, name: str) -> tuple[str, str]:
    """The two lines of a notice's title; `name` is the zone's without the word 危险区."""
    first = _("关于撤销{name}") if kind == "lift" else _("关于划定{name}")
    return first.format(name=name), _("地质灾害危险区的公告")


def _name(zone: Feature) -> str:
    return _("危险区{name}").format(name=zone.text("name") or zone.text("id"))


def zone_short_name(zone: Feature) -> str:
    """Without the word 危险区, which the sentence brings."""
    return (zone.text("name") or zone.text("id")).removesuffix(_("危险区"))
