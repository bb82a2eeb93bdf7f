"""演练脚本 of a danger zone: what is played at which minute, who does what, the routes step by step, the lists to sign.

Minutes from the signal on are reckoned from the drawn routes; roles come from the register; what it lacks is a line.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shapely.geometry import Point

from geohazard_desktop.analysis.channels import channels_of
from geohazard_desktop.analysis.evacuation import (
    HouseholdWay,
    NoWay,
    Surroundings,
    WayFinder,
    route_line,
    route_name,
    route_way,
)
from geohazard_desktop.analysis.must_move import MustMove, must_move
from geohazard_desktop.analysis.workplaces import workplace_ways, workplaces_of, workplaces_words
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.calling import Person, helped_counts
from geohazard_desktop.domain.drill import Sent, drill_questions, drill_steps, drill_tasks
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.domain.walking import getting_going, speeds_note, walkers
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import LINE, Form, Issue, Words, cell
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.papers.calling_doors import shared_notes
from geohazard_desktop.publishing.papers.drill_times import drill_times
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, publish_each
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

DRILL_SCRIPT = "drill_script"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillMinute(Form):
    """One step: minutes from the start (None: a line), who, what."""

    minute: int | None = None
    role: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRole(Form):
    """One role. Personal: person and telephone."""

    role: str = ""
    unit: Words = field(default=None, metadata=cell("单位", quiet=True))
    person: Words = field(default=None, metadata=cell("姓名", personal=True))
    phone: Words = field(default=None, metadata=cell("电话", personal=True))
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillHousehold(Form):
    """One row of the list to sign. Personal: the head, the telephone and who needs help."""

    number: Words = None
    head: Words = field(default=None, metadata=cell("户主", personal=True))
    phone: Words = field(default=None, metadata=cell("电话", personal=True, quiet=True))
    people: int | None = None
    help: Words = field(default=None, metadata=cell("需要帮助", personal=True, quiet=True))
    note: Words = field(default=None, metadata=cell("本户情况", personal=True, quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRoute(Form):
    """One route: steps in words, metres, minutes by walker (`ask` in their place, where nobody may set out unasked),
    warnings, and the households that walk it."""

    name: str = ""
    start: Words = field(default=None, metadata=cell("集合点"))
    shelter: Words = field(default=None, metadata=cell("安置点"))
    steps: tuple[str, ...] = field(default=(), metadata=cell("走法"))
    metres: int | None = field(default=None, metadata=cell("路线长度"))
    minutes: tuple[str, ...] = ()
    ask: Words = field(default=None, metadata=cell("先问再走", quiet=True))
    warnings: tuple[str, ...] = ()
    households: tuple[DrillHousehold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillScript(Form):
    """The script. Personal: what its roles and households hold."""

    zone_name: Words = field(default=None, metadata=cell("危险区名称"))
    zone_id: Words = field(default=None, metadata=cell("危险区编号", quiet=True))
    place: Words = field(default=None, metadata=cell("地点"))
    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    scope: Words = field(default=None, metadata=cell("参演范围"))
    signal: Words = field(default=None, metadata=cell("撤离信号"))
    scene: Words = field(default=None, metadata=cell("演练情景"))
    minutes: tuple[DrillMinute, ...] = ()
    walk_note: str = ""
    roles: tuple[DrillRole, ...] = ()
    routes: tuple[DrillRoute, ...] = field(default=(), metadata=cell("撤离路线"))
    closed_ways: Words = field(default=None, metadata=cell("停用的安置点", quiet=True))
    fetched: tuple[str, ...] = field(default=(), metadata=cell("要接的户", personal=True, quiet=True))
    choosing: tuple[DrillHousehold, ...] = ()  # facilities of a zone with several routes
    without_route: tuple[DrillHousehold, ...] = ()
    questions: tuple[str, ...] = ()
    names: bool = True
    issue: Issue = field(default_factory=Issue)

    def empty_labels(self) -> list[str]:
        """Labels that print as a line; of a role without a name the role."""
        own = Form.empty_labels(self)
        if self.closed_ways and not self.routes:
            own.remove(_("撤离路线"))
        own += [one.role for one in self.roles if not one.person]
        return [*own, *(label for one in self.routes for label in one.empty_labels())]


def publish_drill_scripts(
    ws: Workspace,
    folder: Path,
    *,
    people: bool = True,
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """A script for each danger zone into `folder`. Without `people`, names and telephones are lines to write on."""
    maker = DrillMaker(ws, people=people)
    report = publish_each(ws, folder, "danger_zone", uids, maker, progress)
    report.notes += maker.facts.notes()
    return report


class DrillMaker:
    """Fills scripts; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None, *, people: bool = True) -> None:
        self.ws = ws
        self.layers = MapLayers(ws, lambda one: not about_people(one), personal_labels=False)
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._people = people
        self._ways = WayFinder(ws)

        def features(layer: str) -> list[Feature]:
            return list(ws.table(layer)) if layer in ws.definitions else []

        self._units: dict[str, set[str]] = defaultdict(set)
        for person in features("person"):
            self._units[person.text("name")].add(person.text("unit"))
        self._around = Surroundings(
            zones=in_force(ws, features("danger_zone")),
            corridors=channels_of(ws),
            bridges=features("bridge"),
            landmarks=features("landmark"),
        )

    def paper(self, zone: Feature) -> Paper | NoPaper:
        name = zone.text("name") or zone.text("id")
        if self.layers.states.get(zone.uid) == lifted():
            return NoPaper(_("危险区{name}已撤销，没有出演练脚本。").format(name=name))
        form = self.form(zone)
        number = zone.text("id") or zone.uid[:8]
        problem = ""
        if form.closed_ways:
            problem = _("{name}：{closed}。脚本上写明了，请把路线改画到别的安置点，再演练。").format(
                name=name, closed=form.closed_ways
            )
        if form.without_route:
            problem += _("{name}有 {count} 户（处）没有能走的本区撤离路线，列在脚本最后。请给它们选路线。").format(
                name=name, count=len(form.without_route)
            )
        return Paper(
            DRILL_SCRIPT,
            form.to_json(),
            file_name(_("演练脚本"), number),
            _("{name}应急撤离演练脚本").format(name=name),
            lacking=form.empty_labels(),
            problem=problem,
        )

    def form(self, zone: Feature) -> DrillScript:
        facts = self.facts
        hazard = facts.point_of(zone)
        routes = [one for one in facts.routes.values() if one.text("danger_zone") == zone.uid]
        need = must_move(self.ws, zone)
        mine = sorted(need.residents.households, key=lambda one: one.text("id"))
        ways = [self.way(one) for one in routes]
        clear = [way for one, way in zip(routes, ways, strict=True) if not facts.layers.doubtful.asking(one)]
        times = drill_times(clear, mine, self._ways)
        # Nobody is drilled to walk a way that their card does not tell: they sign with those who have no route.
        known = {one.uid for one in routes}
        walking = [one for one in mine if one.text("evacuation_route") in known and self._ways.sends(one)]
        sent = {one.uid for one in walking}
        shared = shared_notes(mine)
        places = workplaces_of(self.ws, zone)
        led = {one.uid: [way.route.uid for way in workplace_ways(self._ways, one, zone, routes)] for one in places}
        told = [
            self._route(one, way, [*walking, *(place for place in places if led[place.uid] == [one.uid])], shared)
            for one, way in zip(routes, ways, strict=True)
        ]
        shelters = [facts.shelters.get(one.text("shelter")) for one in routes]
        closed = closed_ways_words(self.ws, {zone.uid})
        if not routes or facts.layers.doubtful.all_ask(routes, closed):
            whom: Sent = "none"
        else:
            asked = any(facts.layers.doubtful.asking(one) for one in routes)
            whom = "some" if closed or asked or any(self._asks(one) for one in mine) else "all"
        kind = zone.text("hazard_type") or (hazard.text("hazard_type") if hazard else "")
        return DrillScript(
            zone_name=zone.text("name"),
            zone_id=zone.text("id"),
            place=zone.text("subdistrict") + (hazard.text("community") if hazard else ""),
            hazard_type=kind,
            scope=_scope(need, workplaces_words(places)),
            signal=facts.signal(zone, hazard),
            scene=(hazard.text("criterion") if hazard else "") or zone.text("signs"),
            minutes=tuple(
                DrillMinute(minute=one.minute, role=one.role, words=one.words)
                for one in drill_steps(getting_going().day_minutes, times.first, times.last, whom)
            ),
            walk_note=speeds_note() + times.note,
            roles=tuple(self._roles(zone, hazard, shelters)),
            routes=tuple(told),
            closed_ways=closed,
            fetched=tuple(self._fetched(one, zone) for one in mine if facts.pace(one).helped),
            choosing=tuple(self._household(one) for one in places if len(led[one.uid]) > 1),
            without_route=tuple(
                self._household(one, shared)
                for one in (*mine, *places)
                if (not led[one.uid] if one.uid in led else one.uid not in sent)
            ),
            questions=drill_questions(),
            names=self._people,
            issue=facts.issue([zone, hazard, *routes, *shelters, *mine, *places]),
        )

    def way(self, route: Feature) -> HouseholdWay | NoWay:
        """The whole route, walked from its assembly point."""
        shelter = self.facts.shelters.get(route.text("shelter"))
        line = route_line(route, shelter, epsg=self.ws.epsg)
        start = Point() if line is None else Point(line.coords[0])
        if line is None:
            return NoWay(_("{name}不是连续的一条线，量不出走法。").format(name=route_name(route)), "")
        return route_way(start, route, shelter, epsg=self.ws.epsg, around=self._around, leaving=False)

    def _route(
        self, route: Feature, way: HouseholdWay | NoWay, mine: Sequence[Feature], shared: Collection[str]
    ) -> DrillRoute:
        shelter = self.facts.shelters.get(route.text("shelter"))
        ask = self.facts.layers.doubtful.asking(route)
        walked = way if isinstance(way, HouseholdWay) else None
        return DrillRoute(
            name=route_name(route),
            start=route.text("start"),
            shelter=None if shelter is None else shelter.text("name") or shelter.text("id"),
            steps=() if walked is None else tuple(one.words for one in walked.steps),
            metres=None if walked is None else walked.metres_rounded,
            minutes=()
            if walked is None or ask
            else tuple(
                _("{who} {minutes} 分钟").format(who=one.card_label, minutes=walked.minutes[one.key])
                for one in walkers()
            ),
            ask=ask,
            warnings=() if walked is None else walked.warnings,
            households=tuple(
                self._household(one, shared)
                for one in mine
                if one.layer == "facility" or one.text("evacuation_route") == route.uid
            ),
        )

    def _fetched(self, household: Feature, zone: Feature) -> str:
        """SL-H-0017 由 庚示例 139 0000 0007 接: whom its own papers say; a line without names."""
        who = LINE
        own = self.facts.zone_of(household) or zone
        call = self.facts.call(household, own, self.facts.hazard_of(household, own))
        if call is not None and self._people:
            who = f"{call.who} {call.phone}"
        told = _("{number} 由 {who} 接").format(number=household.text("id") or household.uid[:8], who=who)
        return _("{told}（往哪里走先打电话问清）").format(told=told) if self._asks(household) else told

    def _asks(self, household: Feature) -> bool:
        """Whether its own papers say to ask before anybody sets out."""
        way = self._ways.way(household)
        return isinstance(way, NoWay) or way.ask_first

    def _household(self, household: Feature, shared: Collection[str] = ()) -> DrillHousehold:
        people = household["people"]
        if household.layer == "facility":
            return DrillHousehold(
                number=" ".join(one for one in (household.text("id"), household.text("name")) if one) or None,
                head=household.text("contact") if self._people else None,
                phone=household.text("phone") if self._people else None,
                people=int(people) if isinstance(people, int | float) else None,
            )
        own = "" if household.text("notes") in shared else household.text("notes")
        help_words = None
        if self._people:
            needs = helped_counts(Person(mobility=str(one.mobility or "")) for one in self.facts.members(household))
            told = [_("{need} {count} 人").format(need=need, count=n) for need, n in needs.items()]
            if deaf := self.facts.deaf_in(household):
                told.append(_("听不见 {count} 人").format(count=deaf))
            told += [_("可能走不动：{remark}").format(remark=one) for one in self.facts.help_in(household).remarks]
            help_words = "、".join(told)
        return DrillHousehold(
            number=household.text("id"),
            head=household.text("head") if self._people else None,
            phone=household.text("phone") if self._people else None,
            people=int(people) if isinstance(people, int | float) else None,
            help=help_words or None,
            note=own or None if self._people else None,
        )

    def _unit(self, name: str) -> str:
        """Where a person works, when the register of persons has one by that name and only one."""
        units = self._units.get(name, set()) if name else set()
        return next(iter(units)) if len(units) == 1 else ""

    def _monitor(self, zone: Feature, hazard: Feature | None) -> tuple[str, str, str]:
        """Who watches, gives the signal and knocks: the point's monitor, where none is named who patrols the zone."""
        for feature, person, number in ((hazard, "monitor", "monitor_phone"), (zone, "patrol_person", "patrol_phone")):
            if feature is not None and (feature.text(person) or feature.text(number)):
                name = feature.text(person)
                return self._unit(name), name, feature.text(number) or self.facts.phone_of(name) or ""
        return "", "", ""

    def _roles(self, zone: Feature, hazard: Feature | None, shelters: Sequence[Feature | None]) -> list[DrillRole]:
        def of(name: str) -> str:
            return hazard.text(name) if hazard is not None else ""

        giver = of("order_giver")
        known = {
            _("监测人"): self._monitor(zone, hazard),
            _("监测负责人"): (self._unit(of("monitoring_lead")), of("monitoring_lead"), of("monitoring_phone")),
            _("疏散命令发布人"): (self._unit(giver), giver, self.facts.phone_of(giver) or ""),
            _("抢险排险组"): (of("rescue_unit"), of("rescue_person"), of("rescue_phone")),
            _("治安保卫组"): (of("security_unit"), of("security_person"), of("security_phone")),
            _("医疗救护组"): (of("medical_unit"), of("medical_person"), of("medical_phone")),
        }
        found = []
        for role, task in drill_tasks():
            rows = [known[role]] if role in known else []
            if role == _("安置点负责人"):
                places = {one.uid: one for one in shelters if one is not None}
                rows = [
                    (one.text("name") or one.text("id"), one.text("contact"), one.text("phone"))
                    for one in places.values()
                ]
            for unit, person, phone in rows or [("", "", "")]:
                found.append(
                    DrillRole(
                        role=role,
                        unit=unit,
                        person=person if self._people else None,
                        phone=phone if self._people else None,
                        task=task,
                    )
                )
        return found


def _scope(need: MustMove, places: str) -> str | None:
    """Who takes part by the register; beside it the one number of who must move where that is another one."""
    residents = need.residents
    told = need.need_words()
    beside = told is not None and (need.number != need.counted or need.at_least)
    parts = [
        _("登记住户 {count}").format(count=residents.words()) if residents.households else _("没有登记住户"),
        places,
        _("危险区{need}").format(need=told) if beside else "",
    ]
    return "；".join(one for one in parts if one) if residents.households or places or beside else None
