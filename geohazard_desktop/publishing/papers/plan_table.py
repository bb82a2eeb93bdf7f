"""地质灾害隐患点防灾预案表: one for each hazard point, the official grid of 24 columns with the sketch of its routes.

What no register holds (who surveyed, signatures) prints as a line to write on.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.measures import to_geographic
from geohazard_desktop.analysis.point_and_zone import with_remark
from geohazard_desktop.analysis.zone_grade import zone_grade
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import dms, registered
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import Day, Form, Issue, Words, cell
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.papers.single_sheets import Paper, publish_each
from geohazard_desktop.publishing.papers.zone_map import (
    Look,
    Subject,
    ZoneMap,
    drawable,
    routes_of,
    shelter_places,
    zone_map,
)
from geohazard_desktop.publishing.papers.zone_ways import routes_words, shelters_words
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.map_forms import MapFrame, Millimetres
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

PLAN_TABLE = "plan_table"
PLAN_PICTURE: Millimetres = (184.0, 88.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable(Form):
    """The table, field by field. Personal: who monitors, who reports, who filled it in, and their telephones."""

    name: Words = field(default=None, metadata=cell("名称"))
    field_code: Words = field(default=None, metadata=cell("野外编号"))
    unified_code: Words = field(default=None, metadata=cell("统一编号"))
    place: Words = field(default=None, metadata=cell("地理位置"))
    north: Words = field(default=None, metadata=cell("坐标 X"))
    east: Words = field(default=None, metadata=cell("坐标 Y"))
    longitude: Words = field(default=None, metadata=cell("经度"))
    latitude: Words = field(default=None, metadata=cell("纬度"))
    hazard_type: Words = field(default=None, metadata=cell("隐患点类型"))
    scale: Words = field(default=None, metadata=cell("规模及规模等级"))
    people: Words = field(default=None, metadata=cell("威胁人口"))
    property_wan: Words = field(default=None, metadata=cell("威胁财产"))
    grade: Words = field(default=None, metadata=cell("险情等级"))
    happened: Words = field(default=None, metadata=cell("曾经发生灾害时间"))
    setting: Words = field(default=None, metadata=cell("地质环境条件"))
    signs: Words = field(default=None, metadata=cell("变形特征及活动历史"))
    stability: Words = field(default=None, metadata=cell("稳定性分析"))
    causes: Words = field(default=None, metadata=cell("引发因素"))
    harm: Words = field(default=None, metadata=cell("潜在危害"))
    criterion: Words = field(default=None, metadata=cell("临灾状态预测"))
    methods: Words = field(default=None, metadata=cell("监测方法"))
    cycle: Words = field(default=None, metadata=cell("监测周期"))
    lead: Words = field(default=None, metadata=cell("监测责任人", personal=True))
    lead_phone: Words = field(default=None, metadata=cell("监测责任人电话", personal=True))
    monitor: Words = field(default=None, metadata=cell("群测群防人员", personal=True))
    monitor_phone: Words = field(default=None, metadata=cell("群测群防人员电话", personal=True))
    alarm_method: Words = field(default=None, metadata=cell("报警方法"))
    signal: Words = field(default=None, metadata=cell("报警信号"))
    reporter: Words = field(default=None, metadata=cell("报警人", personal=True))
    reporter_phone: Words = field(default=None, metadata=cell("报警人电话", personal=True))
    shelter: Words = field(default=None, metadata=cell("预定避灾地点"))
    routes: Words = field(default=None, metadata=cell("人员撤离路线"))
    advice: Words = field(default=None, metadata=cell("防治建议"))
    map: MapFrame | None = field(default=None, metadata=cell("示意图"))
    surveyor: Words = field(default=None, metadata=cell("调查负责人", personal=True, quiet=True))
    filled_by: Words = field(default=None, metadata=cell("填表人", personal=True, quiet=True))
    checked_by: Words = field(default=None, metadata=cell("审核人", personal=True, quiet=True))
    filled_on: Day = field(default=None, metadata=cell("填表日期", quiet=True))
    survey_unit: Words = field(default=None, metadata=cell("调查单位", quiet=True))
    issue: Issue = field(default_factory=Issue)


def publish_plan_tables(
    ws: Workspace,
    folder: Path,
    *,
    people: bool = True,
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """A table for each hazard point into `folder`. Without `people`, to be posted, names and private telephones stay
    lines to write on."""
    maker = PlanMaker(ws, people=people)
    report = publish_each(ws, folder, "hazard_point", uids, maker, progress)
    report.notes += maker.facts.notes()
    return report


class PlanMaker:
    """Fills tables; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None, *, people: bool = True) -> None:
        self.ws = ws
        self.layers = MapLayers(
            ws, lambda one: not about_people(one) and one.table != "susceptibility_zone", personal_labels=False
        )
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._people = people

    def paper(self, point: Feature) -> Paper:
        form, drawn = self.form(point)
        number = point.text("unified_code") or point.text("id") or point.uid[:8]
        note = ""
        if point.text("status") == "销号":
            note = _("{name}（{number}）已销号，表上已写明。").format(name=point.text("name"), number=number)
        zone = self.facts.zone_of_point(point)
        if zone is not None:
            routes = routes_of(self.ws, zone, self.facts.shelters)
            note += "".join(self.facts.layers.doubtful.told(one for one, _line in routes))
        problem = ""
        if drawn is None:
            problem = _("隐患点 {number} 没有可用的位置，预案表上没有示意图。").format(number=number)
        return Paper(
            PLAN_TABLE,
            form.to_json(),
            file_name(_("防灾预案表"), number),
            _("地质灾害隐患点防灾预案表 {number}").format(number=number),
            {} if drawn is None else drawn.images,
            form.empty_labels(),
            problem,
            note,
            taken=self.facts.taken_for(point),
            zone="" if zone is None else zone.uid,
        )

    def form(self, point: Feature) -> tuple[PlanTable, ZoneMap | None]:
        """The table and its map, None where the point stands nowhere."""
        facts = self.facts
        zone = facts.zone_of_point(point)
        threat = with_remark(facts.threat(point, zone), facts.two_numbers(point, zone))
        point = facts.completed(point)
        shelter = facts.shelters.get(point.text("shelter"))
        routes = [] if zone is None else routes_of(self.ws, zone, facts.shelters)
        ways = [one for one, _line in routes]
        leading = [facts.shelters.get(one.text("shelter")) for one in ways]
        drawn = self._map(point, zone)
        where = place_of(point)
        if where is not None and not drawable(where, self.ws.epsg):
            where = None
        degrees = (None, None) if where is None else to_geographic(self.ws.epsg).transform(where.x, where.y)
        giver = point.text("order_giver")
        used = [point, zone, shelter, *leading, *ways]
        name = point.text("name")
        form = PlanTable(
            name=_("{name}（已销号）").format(name=name) if point.text("status") == "销号" else name,
            field_code=point.text("field_code"),
            unified_code=point.text("unified_code"),
            place=located(facts.settings.get("district.name", ""), point),
            north=None if where is None else f"{where.y:.1f}",
            east=None if where is None else f"{where.x:.1f}",
            longitude=None if degrees[0] is None else dms(degrees[0]),
            latitude=None if degrees[1] is None else dms(degrees[1]),
            hazard_type=point.text("hazard_type"),
            scale=facts.scale(point),
            people=_number(point["threatened_people"]),
            property_wan=_number(point["threatened_property_wan"]),
            grade=grade_of_zone(self.ws, zone),
            happened=point.text("happened_before"),
            setting=point.text("geology"),
            signs=point.text("signs"),
            stability="，".join(one for one in (point.text("stability"), point.text("trend")) if one),
            causes=facts.causes(point),
            harm=threat,
            criterion=point.text("criterion"),
            methods=point.text("monitoring_methods"),
            cycle=point.text("monitoring_cycle"),
            lead=self._person(point.text("monitoring_lead")),
            lead_phone=self._person(point.text("monitoring_phone")),
            monitor=self._person(point.text("monitor")),
            monitor_phone=self._person(point.text("monitor_phone")),
            alarm_method=point.text("alarm_method"),
            signal=facts.signal(zone, point),
            reporter=self._person(giver),
            reporter_phone=self._person(facts.phone_of(giver) or ""),
            shelter=shelters_words(ways, facts.shelters, shelter, keepers=self._people),
            routes=routes_words(self.ws, zone, ways, facts.shelters, facts.layers.doubtful),
            advice=point.text("treatment_advice"),
            map=None if drawn is None else drawn.frame,
            issue=facts.issue(used, [] if drawn is None else drawn.features),
        )
        return form, drawn

    def _person(self, words: str) -> str | None:
        return words or None if self._people else None

    def _map(self, point: Feature, zone: Feature | None) -> ZoneMap | None:
        epsg = self.ws.epsg
        parts: list[BaseGeometry] = []
        for one in (place_of(point), None if zone is None else zone.geometry):
            if one is not None and drawable(one, epsg):
                parts.append(one)
        if not parts:
            return None
        routes = [] if zone is None else routes_of(self.ws, zone, self.facts.shelters)
        parts += [one for one in shelter_places(routes, self.facts.shelters) if drawable(one, epsg)]
        return zone_map(
            self.ws,
            self.layers,
            Subject(parts, [(route, line) for route, line in routes if line is not None]),
            Look(PLAN_PICTURE, (56.0, 18.0), prefix="plan", way_mm=1.8),
            alt=_("{name}的位置和撤离路线示意图").format(name=point.text("name") or point.text("id")),
        )


def _number(value: Value) -> str | None:
    return registered(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def located(district: str, point: Feature) -> str:
    """区县、街道、社区 and the address, which often begins with them."""
    address = point.text("address")
    group = point.text("group")
    told = [one for one in (point.text("subdistrict"), point.text("community")) if one]
    if not told and not address and not group:
        return ""
    within = _("（{group}）").format(group=group) if group and group not in address else ""
    return "".join(one for one in (district, *told) if one not in address) + address + within


def grade_of_zone(ws: Workspace, zone: Feature | None) -> str | None:
    """险情等级 by the numbers of the point's zone; a line where a number lacks, since it might then be higher."""
    return None if zone is None else zone_grade(ws, zone).certain
