"""The cards of a workspace as filled forms: 防灾工作明白卡 of hazard points, 防灾避险明白卡 and 大字版 of households.

Every value comes from the register or is computed from what is drawn; what isn't known prints as a line to write on.
Nothing is written and nothing is set here: what a card prints is in `Made`, whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from geohazard_desktop.analysis.evacuation import BarredWay, HouseholdWay, NoWay, WayFinder, place_of
from geohazard_desktop.analysis.hazard_links import signs_of
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.analysis.ways_in_force import by_number
from geohazard_desktop.analysis.whom_to_call import Call
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import card_notes
from geohazard_desktop.domain.household_pace import Pace
from geohazard_desktop.domain.numbering import household_card_number, serial_of, work_card_number
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.domain.walking import going_note, start_note, walkers
from geohazard_desktop.publishing.cards.asking import (
    ASK_FIRST,
    ask_first,
    first_line,
    headline,
    noted_for_officer,
    told_to_household,
    told_to_officer,
)
from geohazard_desktop.publishing.cards.code import with_code
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.forms import (
    HOUSEHOLD_CARD,
    LARGE_PRINT,
    WORK_CARD,
    HouseholdBack,
    HouseholdCard,
    Team,
    WalkingTime,
    WorkCard,
)
from geohazard_desktop.publishing.cards.help_words import (
    FETCHING_NOTE,
    WITHOUT_PHONE,
    pace_words,
    signs_note,
    signs_words,
    unable_words,
)
from geohazard_desktop.publishing.cards.household_frame import HouseholdFrames
from geohazard_desktop.publishing.cards.household_map import household_map
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.cards.notes import household_notes
from geohazard_desktop.publishing.cards.way_steps import by_places, way_step, with_signs
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import Emphasised, Words
from geohazard_desktop.publishing.issues.issuing import leads_of
from geohazard_desktop.publishing.issues.shown_changes import shown_features
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.papers.zone_ways import routes_words, shelters_words
from geohazard_desktop.publishing.typeset.office_settings import household_map_without
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.issuer import CONTACT, PHONE
from geohazard_desktop.workspace.workspace import Workspace


class CardMaker:
    """Fills the forms; reads the workspace once. `copies`: how many of each card are printed, each named (一式三份).
    `code`: a QR code on the back of household cards."""

    def __init__(self, ws: Workspace, today: date | None = None, *, copies: int = 1, code: bool = False) -> None:
        self.copies = copies
        self.code = code
        self.ws = ws
        without = household_map_without()
        self.layers = MapLayers(
            ws, lambda one: not about_people(one) and one.table not in without, personal_labels=False
        )
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._ways = WayFinder(ws)
        self._frames = HouseholdFrames(ws.crs, self.layers)
        self._prefix = ws.setting("district.prefix")
        self._digests: dict[str, Mapping[str, tuple[str, str]]] = {}

    # -- 防灾工作明白卡 ----------------------------------------------------------------------------------------------

    def work_card(self, point: Feature) -> Made:
        facts = self.facts
        zone = facts.zone_of_point(point)
        taken = tuple(facts.taken_for(point))
        threat = facts.threat(point, zone)
        stored, point = point, facts.completed(point)
        shelter = facts.shelters.get(point.text("shelter"))
        routes = [] if zone is None else self._routes_of(zone)
        leading = [facts.shelters.get(one.text("shelter")) for one in routes]
        base = point.text("unified_code") or point.text("id")
        number = work_card_number(base, 1) if base else None
        closed = point.text("status") == "销号"
        name = point.text("name")
        form = WorkCard(
            subdistrict=point.text("subdistrict"),
            community=point.text("community"),
            group=point.text("group"),
            card_number=number,
            hazard_name=_("{name}（已销号）").format(name=name) if closed else name,
            hazard_id=point.text("unified_code") or point.text("id"),
            hazard_location=point.text("address"),
            hazard_type=point.text("hazard_type"),
            hazard_scale=facts.scale(point),
            causes=facts.causes(point),
            threatened_objects=threat,
            threat_sums=facts.threat_sums(point, threat),
            monitoring_lead=point.text("monitoring_lead"),
            monitoring_phone=point.text("monitoring_phone"),
            signs=point.text("signs"),
            monitoring_methods=point.text("monitoring_methods"),
            criterion=point.text("criterion"),
            shelter=shelters_words(routes, facts.shelters, shelter),
            warning_signal=facts.signal(zone, point),
            evacuation_route=routes_words(self.ws, zone, routes, facts.shelters, facts.layers.doubtful),
            order_giver=point.text("order_giver"),
            duty_phone=point.text("duty_phone"),
            rescue=_team(point, "rescue"),
            security=_team(point, "security"),
            medical=_team(point, "medical"),
            issuer=facts.settings.get("office.name"),
            issuer_contact=facts.issuer.get(CONTACT),
            issuer_phone=facts.issuer.get(PHONE),
            issue=facts.issue([point, zone, shelter, *routes, *leading]),
            copies=self.copies,
        )
        file = file_name(_("工作明白卡"), number or point.uid[:8])
        note = _("{name}（{base}）已销号，卡上已写明。").format(name=name, base=base) if closed else ""
        note += "".join(facts.layers.doubtful.told(routes))
        title = _("防灾工作明白卡 {number}").format(number=number or "")
        return Made(
            WORK_CARD,
            form,
            {},
            file,
            title,
            note=note,
            taken=taken,
            leads=leads_of(routes, [*leading, shelter]),
            shows=self._shown([stored, zone, *routes, *leading]),
        )

    def _shown(self, used: Sequence[Feature | None]) -> Mapping[str, tuple[str, str]]:
        """What a card is made from; zones and routes, which many cards share, are digested once."""
        found: dict[str, tuple[str, str]] = {}
        for one in used:
            if one is not None:
                if one.uid not in self._digests:
                    self._digests[one.uid] = shown_features(self.ws, [one])
                found |= self._digests[one.uid]
        return found

    def _routes_of(self, zone: Feature) -> list[Feature]:
        return by_number(one for one in self.facts.routes.values() if one.text("danger_zone") == zone.uid)

    # -- 防灾避险明白卡 ----------------------------------------------------------------------------------------------

    def household_card(self, household: Feature) -> Made:
        """The official form with its back page."""
        made = self._household(household, drawn=True)
        return with_code(made) if self.code else made

    def large_card(self, household: Feature) -> Made:
        """大字版: the same household for weak eyes, on a page of its own and without a map."""
        made = self._household(household, drawn=False)
        form = made.form
        number = form.card_number or household.text("id") or household.uid[:8]
        signs: dict[str, str] = {}
        found = self._ways.way(household)
        if isinstance(form, HouseholdCard) and form.back is not None and isinstance(found, HouseholdWay):
            steps, signs = with_signs(form.back.steps, found)
            number_of = None if found.direct else found.route.text("number")
            back = replace(form.back, steps=steps, route_number=number_of, by_places=by_places(found))
            form = replace(form, back=back)
        return replace(
            made,
            template=LARGE_PRINT,
            form=form,
            images=signs,
            note=made.note + self._signs_note(household, form),
            name=file_name(_("避险明白卡大字版"), str(number)),
            title=_("避险明白卡（大字版） {number}").format(number=form.card_number or ""),
        )

    def _signs_note(self, household: Feature, form: WorkCard | HouseholdCard) -> str:
        zone = self.facts.zone_of(household)
        signs = signs_of(zone, self.facts.hazard_of(household, zone))
        back = form.back if isinstance(form, HouseholdCard) else None
        said = back.signs if back is not None and isinstance(back.signs, str) else None
        return signs_note(said, signs, household.text("id") or household.uid[:8])

    def _household(self, household: Feature, *, drawn: bool) -> Made:
        facts = self.facts
        zone = facts.zone_of(household)
        hazard = facts.hazard_of(household, zone)
        found = self._ways.way(household)
        way = found if isinstance(found, HouseholdWay) else None
        barred = found.zones if isinstance(found, BarredWay) else ()
        used = [household, zone, hazard, *([] if way is None else [way.route, way.shelter])]
        number = self._household_number(household, zone, hazard)
        banner = bool(facts.issue(used).drafts)
        pace, call = facts.pace(household), facts.call(household, zone, hazard)
        signs, phoning = signs_of(zone, hazard), pace.alone or ask_first(found, pace) is not None
        base = HouseholdBack(
            warning_signal=facts.signal(zone, hazard),
            helper=None if call is None else call.who,
            helper_phone=None if call is None else call.phone,
            helper_named=call is not None and call.named,
            at_signal=first_line(found, pace, call),
            ask_first=ask_first(found, pace),
            avoid=told_to_household(found),
            unable=unable_words(pace, phone=bool(household.text("phone"))),
            no_phone=None if household.text("phone") else WITHOUT_PHONE,
            fetched=pace.alone,
            signs=signs_words(signs, phone=phoning),
        )
        back, images, seen = self._back(household, found, base, pace, call, banner=banner, drawn=drawn)
        issue = facts.issue(used, [*barred, *seen])
        shelter = None if way is None else way.shelter
        kind = (zone.text("hazard_type") if zone is not None else "") or (hazard.text("hazard_type") if hazard else "")
        subject = zone or hazard
        giver = hazard.text("order_giver") if hazard else ""
        people = household["people"]
        standard = card_notes(kind) if kind else None
        form = HouseholdCard(
            subdistrict=household.text("subdistrict"),
            community=household.text("community"),
            group=household.text("group"),
            zone_name=None if subject is None else subject.text("name"),
            zone_id=None if subject is None else subject.text("id"),
            card_number=number,
            household_number=household.text("id"),
            head=household.text("head"),
            people=int(people) if isinstance(people, int | float) else None,
            house_type=household.text("house_type"),
            address=household.text("address"),
            members=facts.members(household),
            hazard_type=kind,
            hazard_scale=facts.scale(hazard),
            position_relation=facts.position(household, zone, hazard),
            causes=facts.causes(hazard),
            notes=household_notes(household.text("notes"), signs, standard, phone=phoning),
            monitor=hazard.text("monitor") if hazard else None,
            monitor_phone=hazard.text("monitor_phone") if hazard else None,
            warning_signal=facts.signal(zone, hazard),
            signal_giver=giver,
            signal_giver_phone=facts.phone_of(giver),
            evacuation_route=_route_words(found, pace),
            shelter=None if shelter is None else _named(shelter),
            shelter_contact=shelter.text("contact") if shelter else None,
            shelter_phone=shelter.text("phone") if shelter else None,
            medical_unit=hazard.text("medical_unit") if hazard else None,
            medical_contact=hazard.text("medical_person") if hazard else None,
            medical_phone=hazard.text("medical_phone") if hazard else None,
            issuer=facts.settings.get("office.name"),
            issuer_contact=facts.issuer.get(CONTACT),
            issuer_phone=facts.issuer.get(PHONE),
            head_phone=household.text("phone"),
            donts=() if standard is None else standard.donts,
            point_id=_number(hazard) or _number(zone),
            route_id=None if way is None else _number(way.route),
            issue=issue,
            copies=self.copies,
            back=back,
        )
        file = file_name(_("避险明白卡"), number or household.text("id") or household.uid[:8])
        called = household.text("id") or file
        return Made(
            HOUSEHOLD_CARD,
            form,
            images,
            file,
            _("防灾避险明白卡 {number}").format(number=number or ""),
            told_to_officer(found, called),
            noted_for_officer(found, called),
            leads={} if way is None else leads_of([way.route], [way.shelter]),
            shows=self._shown(used),
        )

    def _household_number(self, household: Feature, zone: Feature | None, hazard: Feature | None) -> str | None:
        """The number of this program's own form; none where the household has no number of its own."""
        base = (hazard.text("unified_code") or hazard.text("id")) if hazard else zone.text("id") if zone else ""
        letter = self.ws.definition("household").letter
        serial = serial_of(household.text("id"), self._prefix, letter)
        return household_card_number(base, serial) if base and serial else None

    def _back(
        self,
        household: Feature,
        found: HouseholdWay | NoWay,
        back: HouseholdBack,
        pace: Pace,
        call: Call | None,
        *,
        banner: bool,
        drawn: bool,
    ) -> tuple[HouseholdBack, dict[str, str], list[Feature]]:
        """The back page with the way put in, its pictures, and what its map shows."""
        way = found if isinstance(found, HouseholdWay) else None
        images: dict[str, str] = {}
        seen: list[Feature] = []
        house = place_of(household)
        if house is None:
            back = replace(back, headline=headline(found, pace, call))
            # The card's back says it in the place of the map, once; large print has no map.
            return replace(back, avoid=None, map_missing=back.avoid) if drawn else back, images, seen
        if drawn:
            found_map = household_map(self._frames, house, way, banner=banner)
            images, seen = found_map.images, found_map.features
            back = replace(back, map=found_map.frame)
        if way is None:
            return replace(back, headline=headline(found, pace, call)), images, seen
        shelter = way.shelter
        door = way_metres(way.metres_door)
        minutes = way.minutes
        # nobody of the household walks: the time is that of whoever comes
        timed = walkers() if pace.walker is not None else walkers()[:1]
        back = replace(
            back,
            headline=headline(way, pace, call),
            steps=tuple(way_step(one, _strong(one.words, way)) for one in way.steps),
            door_metres=door,
            route_metres=way.metres_rounded - door,
            total_metres=way.metres_rounded,
            times=tuple(WalkingTime(who=one.card_label, minutes=minutes[one.key]) for one in timed),
            start_note=start_note() if pace.walker is not None else FETCHING_NOTE,
            pace=WalkingTime(who=pace_words(pace), minutes=None if pace.walker is None else minutes[pace.walker.key]),
            going_note=None if pace.walker is None else going_note(lines=2),
            shelter=None if shelter is None else _named(shelter),
            shelter_capacity=None if shelter is None else places_of(shelter),
            shelter_address=shelter.text("address") if shelter else None,
            shelter_contact=shelter.text("contact") if shelter else None,
            shelter_phone=shelter.text("phone") if shelter else None,
        )
        return back, images, seen


def _named(shelter: Feature) -> str:
    return shelter.text("name") or shelter.text("id")


def _number(feature: Feature | None) -> str | None:
    return None if feature is None else feature.text("unified_code") or feature.text("id") or None


def _team(point: Feature, name: str) -> Team:
    return Team(unit=point.text(f"{name}_unit"), person=point.text(f"{name}_person"), phone=point.text(f"{name}_phone"))


def _route_words(found: HouseholdWay | NoWay, pace: Pace) -> Words:
    """The steps in one narrow cell; the back page says them in full. To ask first comes before them, or alone."""
    asking = ask_first(found, pace)
    told = "" if asking is None else f"{asking}。{told_to_household(found)}"
    if isinstance(found, NoWay):
        return Emphasised(told, (ASK_FIRST,))
    words = "，".join(one.brief for one in found.steps) + "。"
    if not found.direct:
        words += _("共约 {m} 米。").format(m=found.metres_rounded)
    elif pace.walker is not None:  # one step has no sum; how long it takes says that it is near
        words += _("{who} {minutes} 分钟。").format(who=pace.walker.card_label, minutes=found.minutes[pace.walker.key])
    if pace.alone:
        words = _("来接的人走：{words}").format(words=words)
    return _strong(told + words, found)


def _strong(words: str, way: HouseholdWay) -> Emphasised:
    goal = _named(way.shelter) if way.shelter is not None else ""
    return Emphasised(words, (ASK_FIRST, goal, _("左转"), _("右转")))
