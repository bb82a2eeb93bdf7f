"""What the cards of a workspace are filled from: features by uid, members by household, the zone a house stands in."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeGuard

from geohazard_desktop.analysis.calling_zone import CallingZones
from geohazard_desktop.analysis.counted_today import shelters_in_use
from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.hazard_links import point_of_zone, points_within, said_on_one_point, zone_of_point
from geohazard_desktop.analysis.measures import on_earth
from geohazard_desktop.analysis.must_move import threat_words
from geohazard_desktop.analysis.point_and_zone import TwoNumbers, two_numbers
from geohazard_desktop.analysis.point_facts import Taken, completed
from geohazard_desktop.analysis.relation import relation_to_hazard
from geohazard_desktop.analysis.warning_signal import Signal, origin_notes, zone_signal
from geohazard_desktop.analysis.ways_in_force import with_goals
from geohazard_desktop.analysis.whom_to_call import Call, whom_to_call
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import age_in, parse_day
from geohazard_desktop.domain.household_help import DEAF, HouseholdHelp, household_help, unheard_remarks
from geohazard_desktop.domain.household_pace import Pace, pace_of
from geohazard_desktop.domain.quantities import THIN, area_words, registered, volume_words
from geohazard_desktop.publishing.cards.forms import Member
from geohazard_desktop.publishing.form_fields import Emphasised, Issue, Words
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.workspace.edits.members import in_order
from geohazard_desktop.workspace.feature import Feature, Value, split_list
from geohazard_desktop.workspace.issuer import issuer
from geohazard_desktop.workspace.workspace import Workspace

_TOLD = 4  # names in one sentence


class CardFacts:
    """Read once for a batch. Nothing is guessed: what isn't in the workspace is None and prints as a line."""

    def __init__(self, ws: Workspace, layers: MapLayers, today: date) -> None:
        self.ws = ws
        self.today = today
        self.layers = layers
        self.settings = ws.settings()
        self.issuer = issuer(ws)
        self.hazard_points = _by_uid(ws, "hazard_point")
        self.shelters = {one.uid: one for one in shelters_in_use(ws)}
        drawn = _by_uid(ws, "evacuation_route")
        routes = with_goals(ws, drawn.values())
        self.routes = {one.uid: one for one in routes if one.uid not in layers.over}
        self.zones = {one.uid: one for one in layers.features("danger_zone")}
        of_route = {uid: one.text("danger_zone") for uid, one in drawn.items()}  # a closed one calls too
        self._calling = CallingZones(self.zones.values(), of_route)
        self._members: dict[str, list[Feature]] = defaultdict(list)
        for member in ws.table("household_member") if "household_member" in ws.definitions else ():
            self._members[member.text("household")].append(member)
        for household, rows in self._members.items():
            self._members[household] = in_order(rows)
        self._points: dict[str, Feature | None] = {}
        self._completed: dict[str, tuple[Feature, list[Taken]]] = {}
        self._signals: dict[str, tuple[Feature, Signal]] = {}
        self._remarked: dict[str, str] = {}  # households whose papers go by a remark
        self._phones: dict[str, set[str]] = defaultdict(set)
        for person in ws.table("person") if "person" in ws.definitions else ():
            self._phones[person.text("name")].add(person.text("phone"))

    # -- who and where ---------------------------------------------------------------------------------------------

    def members(self, household: Feature) -> tuple[Member, ...]:
        """In the order the office put them in; ages grown to this year."""
        return tuple(
            Member(name=one.text("name"), sex=one.text("sex"), age=self._age(one), mobility=one.text("mobility"))
            for one in self._members[household.uid]
        )

    def help_in(self, household: Feature) -> HouseholdHelp:
        """Who in it can't leave alone, by the register and by remarks that say more."""
        members = [(one.text("mobility"), one.text("remark")) for one in self._members[household.uid]]
        return household_help(members, (household.text("notes"), household.text("remark")), _head_count(household))

    def deaf_in(self, household: Feature) -> int:
        """How many are registered as not hearing."""
        return sum(one.text("hearing") == DEAF for one in self._members[household.uid])

    def hearing_of(self, household: Feature) -> tuple[str, ...]:
        """听力 of each of its members, in their order."""
        return tuple(one.text("hearing") for one in self._members[household.uid])

    def unheard_in(self, household: Feature) -> tuple[str, ...]:
        """Remarks that say of somebody in it that he does not hear, and the register does not."""
        members = [(one.text("hearing"), one.text("remark")) for one in self._members[household.uid]]
        return unheard_remarks(members, (household.text("notes"), household.text("remark")))

    def _age(self, member: Feature) -> int | None:
        born, age = member["birth_year"], member["age"]
        told_on = parse_day(member.text("surveyed_on"))
        return age_in(
            self.today.year,
            int(born) if isinstance(born, int | float) else None,
            int(age) if isinstance(age, int | float) else None,
            told_on,
        )

    def zone_of(self, household: Feature) -> Feature | None:
        """The zone, in force or drafted, whose signal calls it."""
        return self._calling.of(household)

    def hazard_of(self, feature: Feature, zone: Feature | None) -> Feature | None:
        """The hazard point set at the feature itself, else its zone's."""
        own = self.hazard_points.get(feature.text("hazard_point"))
        return own or self.point_of(zone)

    def zone_of_point(self, point: Feature) -> Feature | None:
        """The zone of a hazard point: named on either side, else by place where there is no doubt."""
        return zone_of_point(point, self.zones.values())

    def point_of(self, zone: Feature | None) -> Feature | None:
        """The hazard point of a zone, by the same rule seen from the other side."""
        if zone is None:
            return None
        if zone.uid not in self._points:
            self._points[zone.uid] = point_of_zone(zone, self.hazard_points.values())
        return self._points[zone.uid]

    def completed(self, point: Feature) -> Feature:
        """The point as paper prints it: what its own fields leave empty is taken from its zone, its place and the
        office; `taken_for` says what and whose."""
        if point.uid not in self._completed:
            self._completed[point.uid] = completed(self.ws, point, self.zone_of_point(point))
        return self._completed[point.uid][0]

    def threat(self, point: Feature, zone: Feature | None) -> str:
        """威胁对象: as typed, with the register's count where it says another; else what `completed` knows."""
        return threat_words(self.ws, point, zone, self.completed(point).text("threatened_objects"))

    @staticmethod
    def threat_sums(point: Feature, threat: str) -> str | None:
        """共 158 人，财产 2825 万元: what the register counts of a completed point and `threat` does not say yet."""
        said, told = "".join(threat.split()), []
        people, worth = point["threatened_people"], point["threatened_property_wan"]
        if _counted(people) and not re.search(rf"(?<!\d){registered(people)}人", said):
            told.append(_("共 {count} 人").format(count=registered(people)))
        if _counted(worth) and _("万元") not in said:
            told.append(_("财产 {sum} 万元").format(sum=registered(worth)))
        return "，".join(told) or None

    def two_numbers(self, point: Feature, zone: Feature | None) -> TwoNumbers | None:
        """What differs between the numbers of a point as papers print them and those of its zone."""
        return two_numbers(self.ws, self.completed(point), zone)

    def taken_for(self, point: Feature) -> list[Taken]:
        """What `completed` took for the point, and whose it is."""
        self.completed(point)
        return self._completed[point.uid][1]

    def position(self, household: Feature, zone: Feature | None, hazard: Feature | None) -> Words:
        """位置关系, from the house's place to the body's edge; the direction or 范围内 bold."""
        body = zone if zone is not None and zone.geometry is not None else hazard
        door = place_of(household)
        if body is None or body.geometry is None or door is None:
            return None
        if not (on_earth(body.geometry, self.ws.epsg) and on_earth(door, self.ws.epsg)):
            return None  # left to be written by hand; nothing measured from there would be true
        name = body.text("name") or body.text("id") or self.ws.definition(body.layer).title
        kind = _("危险区") if body.layer == "danger_zone" and not name.endswith(_("危险区")) else ""
        found = relation_to_hazard(door, body.geometry, self.ws.epsg, name=name + kind)
        strong = (found.direction + _("侧"),) if found.direction else (_("范围内"), _("边缘上"))
        return Emphasised(found.words, strong)

    def phone_of(self, name: str) -> str | None:
        """A person's phone from 责任人, when the register has one by that name and only one."""
        phones = self._phones.get(name, set()) if name else set()
        return (next(iter(phones)) or None) if len(phones) == 1 else None

    def call(self, household: Feature, zone: Feature | None, hazard: Feature | None) -> Call | None:
        """Whom the household phones when somebody can't walk, on whatever paper."""
        return whom_to_call(household, zone, hazard, self.settings, self.phone_of)

    def pace(self, household: Feature) -> Pace:
        """At whose pace the household leaves, and who in it needs help, by its remarks too."""
        found = self.help_in(household)
        if found.remarks:
            self._remarked[household.uid] = _called(household)
        return pace_of(found, _head_count(household), deaf=self.deaf_in(household))

    # -- words ------------------------------------------------------------------------------------------------------

    def signal(self, zone: Feature | None, point: Feature | None) -> str | None:
        """The signal of a zone, on whatever paper. Without a zone that of the hazard point's, without that the point's
        own: who is called with a zone waits for what is given there (`analysis/printed_signals`)."""
        zone = zone or (None if point is None else self.zone_of_point(point))
        found = zone_signal(self.settings, zone, point if zone is None else self.point_of(zone))
        if zone is not None:
            self._signals[zone.uid] = zone, found
        return found.words

    def used_for(self, subject: Feature) -> None:
        """Remember for `notes` what the card of a household or hazard point is filled from, where that was done by
        another process."""
        at_point = subject.layer == "hazard_point"
        zone = self.zone_of_point(subject) if at_point else self.zone_of(subject)
        self.signal(zone, subject if at_point else self.hazard_of(subject, zone))
        if not at_point:
            self.pace(subject)

    def notes(self) -> list[str]:
        """Which hazard point stood in for zones that name none, or could not be told; whose signal was printed for
        zones that have none of their own; whose remark alone says that somebody can't walk."""
        return [*self._link_notes(), *origin_notes(self._signals.values()), *self._remark_notes()]

    def _remark_notes(self) -> Iterator[str]:
        if self._remarked:
            told = "、".join([*self._remarked.values()][:_TOLD]) + (_("等") if len(self._remarked) > _TOLD else "")
            words = _("{count} 户只在备注里写着有人走不动，先当作要人帮印的：{homes}。请问清后在家庭成员里填行动能力。")
            yield words.format(count=len(self._remarked), homes=told)

    def _link_notes(self) -> Iterator[str]:
        for uid, point in self._points.items():
            zone = self.zones.get(uid)
            if zone is None or zone.text("hazard_point") or said_on_one_point(zone, self.hazard_points.values()):
                continue
            name = zone.text("id") or zone.text("name")
            if point is not None:
                words = _("危险区 {zone} 没有关联隐患点，诱发因素、规模等印的是区内隐患点 {point} 的。")
                yield words.format(zone=name, point=_called(point))
                continue
            within = points_within(zone, self.hazard_points.values())
            if within:
                words = _(
                    "危险区 {zone} 没有关联隐患点，区内有 {points}，不知道是哪一个。请在危险区的“关联隐患点”里选。"
                )
                yield words.format(zone=name, points="、".join(_called(one) for one in within[:_TOLD]))

    @staticmethod
    def scale(hazard: Feature | None) -> str | None:
        """中型（面积 12.80 公顷）, or what of it is known."""
        if hazard is None:
            return None
        measures = []
        for name, title, words in (("volume_m3", _("体积"), volume_words), ("area_m2", _("面积"), area_words)):
            value = hazard[name]
            if isinstance(value, int | float) and value > 0:
                # A cell is narrow: a thousand's thin space would be broken at.
                measures.append(f"{title} {words(float(value)).replace(THIN, '')}")
        known, size = hazard.text("scale_class"), "，".join(measures)
        return f"{known}（{size}）" if known and size else known or size or None

    @staticmethod
    def causes(*sources: Feature | None) -> str | None:
        return next(
            ("、".join(split_list(one["causes"])) for one in sources if one is not None and one["causes"]), None
        )

    def issue(self, used: Sequence[Feature | None], shown: Sequence[Feature] = ()) -> Issue:
        """What a paper says of itself: whether anything `used` or `shown` on its map is 示意数据, and which zones that
        it is about are only 拟划. A neighbour on the map says that by its own name there: stamped on the paper, it
        would take its force from a zone that has been approved."""
        about = marks_of(self.ws, [one for one in used if one is not None], self.layers.states)
        seen = marks_of(self.ws, shown, self.layers.states)
        return Issue(
            issued_on=self.today,
            offices=self.settings.get("office.name"),
            duty_phone=self.settings.get("duty.phone"),
            duty_office=self.settings.get("duty.office"),
            schematic=about.schematic or seen.schematic,
            drafts=about.drafts,
        )


def _counted(value: Value) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _head_count(household: Feature) -> int | None:
    people = household["people"]
    return int(people) if isinstance(people, int | float) else None


def _called(point: Feature) -> str:
    return " ".join(one for one in (point.text("id"), point.text("name")) if one) or point.uid[:8]


def _by_uid(ws: Workspace, layer: str) -> dict[str, Feature]:
    return {one.uid: one for one in ws.table(layer)} if layer in ws.definitions else {}
