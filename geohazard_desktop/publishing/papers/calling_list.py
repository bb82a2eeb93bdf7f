"""叫人名单 for those who knock at the doors: of a danger zone, of a hazard point or of a 街道, in visiting order.

Each door has its telephones, who there can't leave alone, what its own note says, its route and shelter, and cells to
tick. For the office and its helpers alone: there is no public list.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder, place_of, route_name
from geohazard_desktop.analysis.must_move import must_move, whole_number
from geohazard_desktop.analysis.workplaces import FACILITY, workplace_ways, workplaces_words
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.calling import Person, at_home_words, help_words, how_to_call
from geohazard_desktop.publishing.cards.asking import CallerFacts, told_to_caller
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.subjects import offices_of, visiting_order
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.issues.closed_on_papers import ClosedOnPapers
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.papers.calling_doors import HOUSEHOLD, POINT, STREET, ZONE, CallingDoors, shared_notes
from geohazard_desktop.publishing.papers.calling_forms import CALLING_LIST, Caller, CallGroup, CallingList, CallRow
from geohazard_desktop.publishing.papers.calling_workbook import calling_workbook
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, publish_papers
from geohazard_desktop.publishing.papers.zone_ways import shelter_called
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_FETCH_FIRST, _FIRST_UNHEARD = _("先接走不动的"), _("先接走不动的、先叫听不见的")
_NO_PHONE = _("没登记电话，先敲门")
_SEVERAL = 3  # doors of which one thing is true
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
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
        subjects = [one for one in subjects if maker.doors.of(one) or maker.beyond(one)]
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
    elif layer != STREET:
        report.notes += maker.doors.nowhere()
    return report


class CallingMaker:
    """Fills lists; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None) -> None:
        self.ws = ws
        self.layers = MapLayers(ws, lambda one: not about_people(one), personal_labels=False)
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._ways = WayFinder(ws)
        self.doors = CallingDoors(self.facts)
        self._closed = ClosedOnPapers(ws)

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
        number = subject.text("unified_code") or subject.text("id") or subject.text("code")
        # A 街道 is no person: its name is what people look for, and tells it where it has no number.
        parts = [one for one in (number, name if subject.layer == STREET and name != number else "") if one]
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
            file_name(_FILES[subject.layer], *(parts or [subject.uid[:8]])),
            form.title,
            lacking=form.empty_labels(),
            problem=problem,
            note=" ".join(one for one in (*form.beyond, note) if one),
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
        shared = shared_notes(homes)
        asked = {one.uid: self._asked(one, zone or self.doors.zone_at(one)) for one in doors}
        marks = _marks(asked.values())
        street = subject.layer == STREET
        told = {uid: _ask_words(one, marks) for uid, one in asked.items()}
        groups = self._groups(doors, shared, zone, told, by_zone=street)
        goals = self._goals(doors, zone)
        used = [zone, hazard, *doors, *goals]
        if street:
            used += [facts.zone_of(one) for one in homes]
        return CallingList(
            title=_("{name}叫人名单").format(name=name),
            name=name,
            number=subject.text("id") or subject.text("code"),
            total=self._total(doors),
            beyond=self.beyond(subject),
            signal=None if street else facts.signal(zone, hazard),
            callers=() if street else self._callers(zone, hazard),
            keepers=self._keepers(goals),
            how=how_to_call(),
            groups=tuple(groups) or (_EMPTY,),
            common=tuple(
                _("{count} 户登记的注意事项相同：{note}").format(count=count, note=note)
                for note, count in shared.items()
            ),
            asked=tuple(f"{mark} {fact}" for fact, mark in marks.items()),
            issue=facts.issue(used),
        )

    def beyond(self, subject: Feature) -> tuple[str, ...]:
        """A sentence for each danger zone of a list that says how many who must leave it stand on no list: the form
        counts them, no register has them. A list that looks whole would leave them asleep."""
        if subject.layer == STREET:
            doors = self.doors.of(subject)
            met = {zone.uid for one in doors if (zone := self.doors.zone_at(one)) is not None}
            name = subject.text("name")
            zones = [one for one in self.facts.zones.values() if one.uid in met or one.text(STREET) == name]
        else:
            zone = subject if subject.layer == ZONE else self.facts.zone_of_point(subject)
            zones = [] if zone is None else [zone]
        told = [self._beyond(one) for one in zones if not self.doors.over(one)]
        return tuple(one for one in told if one)

    def _beyond(self, zone: Feature) -> str:
        need = must_move(self.ws, zone, self.facts.today)
        listed = sum(count for one in self.doors.of(zone) if (count := whole_number(one["people"])))
        if need.number is None or need.number <= listed:
            return ""
        point = self.facts.point_of(zone)
        threatened = "" if point is None else point.text("threatened_objects")
        return _(
            "{zone}：另有约 {count} 人不在名单上：需转移 {number} 人，登记了的 {listed} 人。{what}"
            "先打值班电话问清他们在哪里、谁去叫。"
        ).format(
            zone=_named(zone),
            count=need.number - listed,
            number=need.number,
            listed=listed,
            what=_("威胁对象填的是“{words}”。").format(words=threatened.rstrip("。")) if threatened else "",
        )

    def _asked(self, door: Feature, zone: Feature | None) -> CallerFacts:
        """What whoever knocks there has to know before they send anybody off."""
        if door.layer == FACILITY:
            ways = self._workplace_ways(door, zone)
            return told_to_caller(ways[0]) if ways else CallerFacts()
        drawn = place_of(door) is not None and bool(door.text("evacuation_route"))
        return told_to_caller(self._ways.way(door), assigned=drawn, closed=self._closed.at(door.uid))

    def _total(self, doors: Sequence[Feature]) -> str:
        homes = [one for one in doors if one.layer == HOUSEHOLD]
        counted_people = [one["people"] for one in homes if isinstance(one["people"], int | float)]
        places = workplaces_words([one for one in doors if one.layer == FACILITY])
        if places and not homes:
            return _("没有登记住户；{places}").format(places=places)
        told = _("{homes} 户 {people} 人").format(homes=len(homes), people=int(sum(counted_people)))
        if len(counted_people) < len(homes):
            told += _("（{count} 户没填人数）").format(count=len(homes) - len(counted_people))
        helped = sum(one.helped for home in homes for one in self.facts.help_in(home).people)
        if helped:
            told += _("，其中要帮的 {count} 人").format(count=helped)
        deaf = sum(self.facts.deaf_in(home) for home in homes)
        if deaf:
            told += _("，听不见的 {count} 人").format(count=deaf)
        return "；".join(one for one in (told, places) if one)

    def _groups(
        self,
        doors: Sequence[Feature],
        shared: Collection[str],
        whole: Feature | None,
        told: Mapping[str, str | None],
        *,
        by_zone: bool,
    ) -> list[CallGroup]:
        """`whole` is the zone of the whole list, if it has one. Whoever can't walk comes first: of a zone or point in a
        group of their own, of a 街道 first in each zone, since others knock there."""
        groups: dict[tuple[str, str], tuple[list[Feature], Feature | None]] = {}
        for one in doors:
            zone = self.doors.zone_at(one) if by_zone else None
            if one.layer == FACILITY and not by_zone:
                title = _("单位、工棚")
            elif by_zone:
                title = _("没有登记危险区的") if zone is None else _named(zone)
            elif self.doors.urgency(one) < 2:
                title = _FETCH_FIRST
            else:
                parts = [one.text(part) for part in (STREET, "community", "group")]
                title = "　".join(part for part in parts if part) or _("没有登记街道的")
            # By the zone too: two of one name are two, each with its own signal and people to knock.
            groups.setdefault((title, zone.uid if by_zone and zone is not None else ""), ([], zone))[0].append(one)
        if by_zone:  # whoever nobody gave to a zone comes last
            groups = dict(sorted(groups.items(), key=lambda pair: pair[1][1] is None))
        else:
            groups = dict(sorted(groups.items(), key=lambda pair: pair[0][0] != _FETCH_FIRST))
        place, found = 0, []
        for (title, _zone), (some, zone) in groups.items():
            some.sort(key=self.doors.urgency)
            rows = [
                self._row(number, one, shared, zone or whole, told[one.uid])
                for number, one in enumerate(some, place + 1)
            ]
            place += len(rows)
            hazard = self.facts.point_of(zone)
            found.append(
                CallGroup(
                    title=_FIRST_UNHEARD if title == _FETCH_FIRST and any(map(self.doors.unheard, some)) else title,
                    total=self._total(some)
                    if by_zone or any(one.layer == HOUSEHOLD for one in some)
                    else workplaces_words(some),
                    callers=self._callers(zone, hazard) if by_zone else (),
                    signal=self._signals(zone, some) if by_zone else None,
                    rows=tuple(rows),
                )
            )
        return found

    def _signals(self, zone: Feature | None, doors: Sequence[Feature]) -> str | None:
        """The signal on the papers of these doors; outside zones of each hazard point apart, where they differ."""
        whose: dict[str | None, dict[str, None]] = {}
        for one in doors:
            hazard = self.facts.hazard_of(one, zone)
            told = "" if zone is not None or hazard is None else _named(hazard)
            whose.setdefault(self.facts.signal(zone, hazard), {})[told] = None
        if len(whose) < 2:
            return next(iter(whose), None)
        return "；".join(
            _("{places}：{signal}").format(
                places="、".join(_("{point}的户").format(point=one) if one else _("其余的户") for one in points),
                signal=words or _("没有填"),
            )
            for words, points in sorted(whose.items(), key=lambda pair: "" in pair[1])
        )

    def _row(
        self, place: int, door: Feature, shared: Collection[str], zone: Feature | None, ask: str | None
    ) -> CallRow:
        people = door["people"]
        count = int(people) if isinstance(people, int | float) else None
        if door.layer == FACILITY:
            ways = self._workplace_ways(door, zone)
            where = "　".join(one for one in (door.text("name"), door.text("unit"), door.text("kind")) if one)
            return CallRow(
                place=place,
                number=door.text("id"),
                head=door.text("contact"),
                phone=door.text("phone"),
                no_phone="" if door.text("phone") else _NO_PHONE,
                address=where,
                people=count,
                ask=ask,
                note=door.text("remark").rstrip("。") or None,
                route=_either(route_name(one.route) for one in ways),
                shelter=_either(shelter_called(one.shelter) for one in ways if one.shelter is not None),
            )
        route, shelter = self._way(door)
        own = door.text("notes")
        nowhere = None
        if place_of(door) is None:
            nowhere = _nowhere(door)
        remarked = self.doors.remarked(door)
        unheard = [one.rstrip("。") for one in self.facts.unheard_in(door)]
        said = [*remarked.split("；"), *unheard, door.text("at_home")]
        own_words = [own if own not in shared else "", door.text("remark")]
        own_words = [one for one in own_words if one and one.rstrip("。") not in said]
        notes = [nowhere, at_home_words(door.text("at_home"), phone=bool(door.text("phone"))), *own_words]
        needing = [_("可能走不动：{remark}").format(remark=remarked)] if remarked else []
        if unheard:
            needing.append(_("可能听不见，进屋叫、打手电：{remark}").format(remark="；".join(unheard)))
        members = self._people(door)
        return CallRow(
            place=place,
            number=door.text("id"),
            head=door.text("head") or door.text("name"),
            phone=door.text("phone"),
            no_phone="" if door.text("phone") else _NO_PHONE,
            address=door.text("address"),
            people=count,
            registered=bool(members),
            help=(*help_words(members), *needing, *self._fetched(door, zone)),
            ask=ask,
            note="；".join(one.rstrip("。") for one in notes if one) or None,
            route=None if route is None else route_name(route),
            shelter=None if shelter is None else shelter_called(shelter),
        )

    def _fetched(self, household: Feature, zone: Feature | None) -> tuple[str, ...]:
        """Who comes: the household's own helper; for somebody who can't leave alone else whom its papers say."""
        zone = self.facts.zone_of(household) or zone
        call = self.facts.call(household, zone, self.facts.hazard_of(household, zone))
        if call is not None and (call.own or (call.named and self.facts.pace(household).helped)):
            return (_("{who} {phone} 来接").format(who=call.who, phone=call.phone),)
        return ()

    def _workplace_ways(self, door: Feature, zone: Feature | None) -> list[HouseholdWay]:
        return [] if zone is None else workplace_ways(self._ways, door, zone, self.facts.routes.values())

    def _people(self, household: Feature) -> list[Person]:
        found = zip(self.facts.members(household), self.facts.hearing_of(household), strict=True)
        return [
            Person(str(one.name or ""), one.age if isinstance(one.age, int) else None, str(one.mobility or ""), hearing)
            for one, hearing in found
        ]

    def _way(self, household: Feature) -> tuple[Feature | None, Feature | None]:
        """Route and shelter as its card has them; of a house without a place on the map, whose card can't draw the way,
        those that it was given."""
        found = self._ways.way(household)
        if isinstance(found, HouseholdWay):
            return found.route, found.shelter
        if place_of(household) is not None or not self._ways.sends(household):
            return None, None  # something is the matter with that way: nobody is sent along it
        route = self.facts.routes.get(household.text("evacuation_route"))
        return route, None if route is None else self.facts.shelters.get(route.text("shelter"))

    def _goals(self, doors: Iterable[Feature], whole: Feature | None) -> list[Feature]:
        """The routes and shelters that the list sends to, each once."""
        found: dict[str, Feature] = {}
        for door in doors:
            if door.layer == FACILITY:
                zone = whole or self.doors.zone_at(door)
                ends = [end for way in self._workplace_ways(door, zone) for end in (way.route, way.shelter)]
            else:
                ends = [*self._way(door)]
            found |= {one.uid: one for one in ends if one is not None}
        return list(found.values())

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
            known = found.get(str(one.person))
            if one.person and (known is None or not known.phone):
                found[str(one.person)] = one
        return tuple(found.values()) or (Caller(role=_("监测人")),)

    def _keepers(self, goals: Iterable[Feature]) -> tuple[Caller, ...]:
        """Who opens the shelters among `goals`."""
        return tuple(
            Caller(role=shelter_called(one), person=one.text("contact"), phone=one.text("phone"))
            for one in goals
            if one.layer == "shelter"
        )


def _nowhere(door: Feature) -> str:
    """How to find a household without a place on the map."""
    if door.text("address"):
        return _("位置没有登记，按住址找")
    if door.text("phone"):
        return _("位置、住址都没有登记，打电话问在哪里")
    return _("位置、住址、电话都没有登记，问邻居、监测人在哪里")


def _marks(asked: Iterable[CallerFacts]) -> dict[str, str]:
    """Of what is true of several doors the mark of each, told once: at each of them it would bury what is its own."""
    counts = Counter(fact for one in asked for fact in one.facts)
    several = [fact for fact, count in counts.items() if count >= _SEVERAL]
    return dict(zip(several, _CIRCLED, strict=False))


def _ask_words(asked: CallerFacts, marks: Mapping[str, str]) -> str | None:
    above = "".join(marks[one] for one in asked.facts if one in marks)
    told = [_("看上面 {marks}").format(marks=above)] if above else []
    told += [one for one in asked.facts if one not in marks]
    if not told:
        return None
    return (_("先问值班：{facts}") if asked.ask else "{facts}").format(facts="；".join(told))


def _either(names: Iterable[str]) -> str | None:
    return _(" 或 ").join(dict.fromkeys(names)) or None


def _named(zone: Feature) -> str:
    return "　".join(one for one in (zone.text("name"), zone.text("id")) if one) or _("没有编号的危险区")
