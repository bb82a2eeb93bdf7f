"""叫人名单 for those who knock at the doors: of a danger zone, of a hazard point or of a 街道, in visiting order.

Each door has its telephones, who there can't leave alone, what its own note says, its route and shelter, and cells to
tick. For the office and its helpers alone: there is no public list.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder, place_of, route_name
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.calling import Person, help_words, how_to_call, needs_help
from geohazard_desktop.publishing.cards.asking import told_to_caller
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.subjects import offices_of, visiting_order
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.papers.calling_doors import FACILITY, HOUSEHOLD, POINT, STREET, ZONE, CallingDoors
from geohazard_desktop.publishing.papers.calling_forms import CALLING_LIST, Caller, CallGroup, CallingList, CallRow
from geohazard_desktop.publishing.papers.calling_workbook import calling_workbook
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, publish_papers
from geohazard_desktop.publishing.papers.zone_ways import shelter_called
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_SHARED = 3  # doors from which on a note is said once for all of them
_EMPTY = CallGroup(title=_("要叫的住户和单位"), rows=tuple(CallRow(place=number) for number in range(1, 9)))
_FILES = {ZONE: _("叫人名单"), POINT: _("隐患点叫人名单"), STREET: _("街道叫人名单")}


def publish_calling_lists(
    ws: Workspace,
    folder: Path,
    *,
    layer: str = ZONE,
    form: str = "both",
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """A list for each danger zone ("danger_zone"), hazard point or 街道 ("subdistrict") of `uids` (None: all that have
    somebody to call) into `folder`; with `form` "both" an Excel workbook beside it. ExportRefused where nobody lives.
    """
    maker = CallingMaker(ws)
    wanted = None if uids is None else set(uids)
    subjects = [one for one in paper_subjects(ws, layer) if wanted is None or one.uid in wanted]
    if layer == POINT:
        subjects = visiting_order(subjects, offices_of(ws))
    if wanted is None:  # asked for all: whoever has nobody to call gets no list, and is no fault
        subjects = [one for one in subjects if maker.doors.of(one)]
    if not subjects:
        raise ExportRefused(
            _("没有可以叫的住户和单位，叫人名单是空的。"), _("请先登记住户，或换一个危险区、街道、隐患点再出。")
        )
    report = PublishReport(problems=list(maker.layers.style_faults))

    def make(subject: Feature) -> Paper | NoPaper:
        return maker.paper(subject, workbook=form == "both")

    publish_papers(ws, folder, subjects, make, report, progress)
    report.notes += maker.facts.notes()
    if uids is None:
        report.notes += maker.doors.left_over(subjects)
    return report


class CallingMaker:
    """Fills lists; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None) -> None:
        self.ws = ws
        self.layers = MapLayers(ws, lambda one: not about_people(one), personal_labels=False)
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._ways = WayFinder(ws)
        self.doors = CallingDoors(self.facts)

    # -- the paper ---------------------------------------------------------------------------------------------------

    def paper(self, subject: Feature, *, workbook: bool = False) -> Paper | NoPaper:
        name = subject.text("name") or subject.text("id")
        title = self.ws.definition(subject.layer).title
        if self.doors.over(subject):
            return NoPaper(_("危险区{name}已撤销，没有出叫人名单。").format(name=name))
        problem = ""
        if not self.doors.of(subject):
            words = _("{layer}{name}没有登记要叫的住户和单位，叫人名单是空表，留线手写。请先登记住户。")
            problem = words.format(layer=title, name=name)
        form = self.form(subject)
        number = subject.text("unified_code") or subject.text("id") or subject.text("code") or subject.uid[:8]
        # A 街道 is no person: its name is what people look for.
        parts = (number, name) if subject.layer == STREET and name != number else (number,)
        rows = [row for group in form.groups for row in group.rows]
        without = [str(one.number or one.place) for one in rows if not one.phone and not problem]
        note = (
            _("{name}有 {count} 处没有登记电话：{numbers}。名单上留了横线。").format(
                name=name, count=len(without), numbers="、".join(without[:8]) + (_("等") if len(without) > 8 else "")
            )
            if without
            else ""
        )
        zone = self.facts.zone_of_point(subject) if subject.layer == POINT else None
        return Paper(
            CALLING_LIST,
            {"form": form.to_json()},
            file_name(_FILES[subject.layer], *parts),
            form.title,
            lacking=form.empty_labels(),
            problem=problem,
            note=note,
            zone="" if zone is None else zone.uid,
            beside=(lambda ticket: {".xlsx": calling_workbook(form, ticket)}) if workbook else None,
        )

    def form(self, subject: Feature) -> CallingList:
        facts, doors = self.facts, self.doors.of(subject)
        point = subject if subject.layer == POINT else None
        zone = {ZONE: subject, POINT: None if point is None else facts.zone_of_point(point)}.get(subject.layer)
        hazard = point or facts.point_of(zone)
        name = subject.text("name") or subject.text("id")
        homes = [one for one in doors if one.layer == HOUSEHOLD]
        shared = self._shared(homes)
        street = subject.layer == STREET
        groups = self._groups(doors, shared, by_zone=street)
        used = [zone, hazard, *doors, *self._goals(homes)]
        if street:
            used += [facts.zone_of(one) for one in homes]
        return CallingList(
            title=_("{name}叫人名单").format(name=name),
            name=name,
            number=subject.text("id") or subject.text("code"),
            total=self._total(doors),
            signal=None if street else facts.signal(zone, hazard),
            callers=() if street else self._callers(zone, hazard),
            keepers=self._keepers(homes),
            how=how_to_call(),
            groups=tuple(groups) or (_EMPTY,),
            common=tuple(
                _("{count} 户登记的注意事项相同：{note}").format(count=count, note=note)
                for note, count in shared.items()
            ),
            issue=facts.issue(used),
        )

    def _total(self, doors: Sequence[Feature]) -> str:
        homes = [one for one in doors if one.layer == HOUSEHOLD]
        counted_people = [one["people"] for one in homes if isinstance(one["people"], int | float)]
        told = _("{homes} 户 {people} 人").format(homes=len(homes), people=int(sum(counted_people)))
        if len(counted_people) < len(homes):
            told += _("（{count} 户没填人数）").format(count=len(homes) - len(counted_people))
        helped = sum(needs_help(one.mobility) for home in homes for one in self._people(home))
        if helped:
            told += _("，其中要帮的 {count} 人").format(count=helped)
        others = len(doors) - len(homes)
        return told + (_("，另有单位、工棚 {count} 处").format(count=others) if others else "")

    def _shared(self, homes: Sequence[Feature]) -> dict[str, int]:
        """Notes that stand at several doors in the same words: sentences of the kind of hazard, nobody's own."""
        counts = Counter(one.text("notes") for one in homes if one.text("notes"))
        return {note: count for note, count in counts.items() if count >= _SHARED}

    def _groups(self, doors: Sequence[Feature], shared: Collection[str], *, by_zone: bool) -> list[CallGroup]:
        groups: dict[str, tuple[list[Feature], Feature | None]] = {}
        for one in doors:
            zone = self.doors.zone_at(one) if by_zone else None
            if one.layer == FACILITY and not by_zone:
                title = _("单位、工棚")
            elif by_zone:
                title = _("没有登记危险区的") if zone is None else _named(zone)
            else:
                parts = [one.text(part) for part in (STREET, "community", "group")]
                title = "　".join(part for part in parts if part) or _("没有登记街道的")
            groups.setdefault(title, ([], zone))[0].append(one)
        if by_zone:  # whoever nobody gave to a zone comes last
            groups = dict(sorted(groups.items(), key=lambda pair: pair[1][1] is None))
        place, found = 0, []
        for title, (some, zone) in groups.items():
            rows = [self._row(number, one, shared) for number, one in enumerate(some, place + 1)]
            place += len(rows)
            hazard = self.facts.point_of(zone)
            found.append(
                CallGroup(
                    title=title,
                    total=self._total(some),
                    callers=self._callers(zone, hazard) if by_zone else (),
                    signal=self.facts.signal(zone, hazard) if by_zone else None,
                    rows=tuple(rows),
                )
            )
        return found

    def _row(self, place: int, door: Feature, shared: Collection[str]) -> CallRow:
        people = door["people"]
        count = int(people) if isinstance(people, int | float) else None
        if door.layer == FACILITY:
            where = "　".join(one for one in (door.text("name"), door.text("unit"), door.text("kind")) if one)
            return CallRow(
                place=place,
                number=door.text("id"),
                head=door.text("contact"),
                phone=door.text("phone"),
                address=where,
                people=count,
                note=door.text("remark"),
            )
        route, shelter = self._way(door)
        own = door.text("notes")
        drawn = place_of(door) is not None and bool(door.text("evacuation_route"))
        asking = told_to_caller(self._ways.way(door), assigned=drawn)
        notes = [asking, own if own not in shared else "", door.text("remark")]
        members = self._people(door)
        call = self.facts.call(door, None, None)
        fetched = (_("{who} {phone} 来接").format(who=call.who, phone=call.phone),) if call and call.own else ()
        return CallRow(
            place=place,
            number=door.text("id"),
            head=door.text("head") or door.text("name"),
            phone=door.text("phone"),
            address=door.text("address"),
            people=count,
            registered=bool(members),
            help=(*help_words(members), *fetched),
            note="；".join(one.rstrip("。") for one in notes if one) or None,
            route=None if route is None else route_name(route),
            shelter=None if shelter is None else shelter_called(shelter),
        )

    def _people(self, household: Feature) -> list[Person]:
        found = self.facts.members(household)
        return [
            Person(str(one.name or ""), one.age if isinstance(one.age, int) else None, str(one.mobility or ""))
            for one in found
        ]

    def _way(self, household: Feature) -> tuple[Feature | None, Feature | None]:
        """Route and shelter as its card has them; of a house without a place on the map, whose card can't draw the way,
        those that it was given."""
        found = self._ways.way(household)
        if isinstance(found, HouseholdWay):
            return found.route, found.shelter
        if place_of(household) is not None:
            return None, None  # something is the matter with that way: nobody is sent along it
        route = self.facts.routes.get(household.text("evacuation_route"))
        return route, None if route is None else self.facts.shelters.get(route.text("shelter"))

    def _goals(self, homes: Iterable[Feature]) -> list[Feature]:
        return list({one.uid: one for home in homes for one in self._way(home) if one is not None}.values())

    def _callers(self, zone: Feature | None, hazard: Feature | None) -> tuple[Caller, ...]:
        """Who knocks: whoever watches the point, and whoever patrols the zone where that is somebody else; a line
        where nobody is registered."""
        named = []
        if hazard is not None:
            named.append(Caller(role=_("监测人"), person=hazard.text("monitor"), phone=hazard.text("monitor_phone")))
        if zone is not None:
            named.append(Caller(role=_("巡查人"), person=zone.text("patrol_person"), phone=zone.text("patrol_phone")))
        found: dict[str, Caller] = {}
        for one in named:
            if one.person:
                found.setdefault(str(one.person), one)
        return tuple(found.values()) or (Caller(role=_("监测人")),)

    def _keepers(self, homes: Iterable[Feature]) -> tuple[Caller, ...]:
        """Who opens the shelters that these households walk to."""
        goals = {one.uid: one for home in homes if (one := self._way(home)[1]) is not None}
        return tuple(
            Caller(role=shelter_called(one), person=one.text("contact"), phone=one.text("phone"))
            for one in goals.values()
        )


def _named(zone: Feature) -> str:
    return "　".join(one for one in (zone.text("name"), zone.text("id")) if one) or _("没有编号的危险区")
