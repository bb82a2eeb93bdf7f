"""门贴: what hangs at the inside of a door. Signal, route number, shelter, duty line, huge; nothing of a person.

One for each household by its own route, or one for each danger zone by the zone's routes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from geohazard_desktop.analysis.evacuation import BarredWay, HouseholdWay, WayFinder
from geohazard_desktop.analysis.shelter_room import shelter_words
from geohazard_desktop.analysis.ways_in_force import by_number
from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.domain.walking import going_note
from geohazard_desktop.publishing.cards.asking import (
    ASK_FIRST,
    ask_first,
    first_line,
    told_to_household,
    told_to_officer,
)
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.forms import WayStep
from geohazard_desktop.publishing.cards.help_words import ASK_THEN_GO, AT_SIGNAL, pace_words, unable_sentence
from geohazard_desktop.publishing.cards.way_steps import out_of_door
from geohazard_desktop.publishing.files import beside_words, file_name, part_words, path_beside
from geohazard_desktop.publishing.form_fields import Form, Issue, JsonValue, Words, cell
from geohazard_desktop.publishing.issues.issuing import Issued, Printed, leads_of
from geohazard_desktop.publishing.issues.paper_issuing import PaperDesk, subject_of
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, lacking_notes, publish_papers, subjects_of
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.public_signs import public_signs
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.bilingual import MongolianWords
from geohazard_desktop.publishing.typeset.typesetting import typeset, uncovered_characters
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

DOOR_STICKER = "door_sticker"
PHRASE = AT_SIGNAL
# How the stickers lie on the paper; the template knows the same words.
SINGLE = ("A6", "A5")
_SIGNS_ROOM = 74  # characters of 前兆迹象: two lines at 9 pt
_MOST_WAYS, _BESIDE_SIGNS = 6, 5  # lines for a zone's routes in letters that can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class StickerWay(Form):
    """One route: its number in a disc, where it leads, how long the household walks (None: not told), and in one line
    that getting going takes time too."""

    number: Words = field(default=None, metadata=cell("路线号"))
    start: Words = field(default=None, metadata=cell("起点", quiet=True))  # of a zone's sticker: whose way it is
    shelter: Words = field(default=None, metadata=cell("安置点"))
    who: Words = None
    minutes: int | None = None
    going_note: Words = field(default=None, metadata=cell("动身时间", quiet=True))
    fetched: bool = False  # the household does not set out: the way is for whoever comes to fetch them
    ask: Words = field(default=None, metadata=cell("先问再走", quiet=True))  # of a zone's sticker
    direct: bool = False  # nothing of the route is left to walk: no number, straight to the shelter
    out: WayStep | None = None  # which way out of the door; an officer's own words are not among it


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSticker(Form):
    """A sticker. A household is told by its number alone. Personal: `unable`, which only a household has where somebody
    can't leave without help, holds the telephone of who comes to fetch them."""

    number: Words = field(default=None, metadata=cell("编号", quiet=True))
    zone_name: Words = field(default=None, metadata=cell("危险区名称", quiet=True))
    zone_id: Words = field(default=None, metadata=cell("危险区编号", quiet=True))
    at_signal: Words = field(default=None, metadata=cell("听到信号做什么", quiet=True))
    warning_signal: Words = field(default=None, metadata=cell("撤离信号"))
    unable: Words = field(default=None, metadata=cell("走不动的人怎么办", personal=True, quiet=True))
    indoors: Words = field(default=None, metadata=cell("贴在哪里", quiet=True))  # where it holds that telephone
    ways: tuple[StickerWay, ...] = field(default=(), metadata=cell("撤离路线"))
    more_ways: Words = field(default=None, metadata=cell("另外的路线", quiet=True))  # of a zone with many: where
    # as on the household's card (cards/asking.py): in place of the order to go, and why
    ask_first: Words = field(default=None, metadata=cell("先问再走", quiet=True))
    avoid: Words = field(default=None, metadata=cell("不要走", quiet=True))
    signs: Words = field(default=None, metadata=cell("前兆迹象", quiet=True))  # of a zone's
    mongolian: Words = field(default=None, metadata=cell("蒙古文提示语", quiet=True))
    issue: Issue = field(default_factory=Issue)

    def empty_labels(self) -> list[str]:
        """Labels that print as a line, those of the routes and of the duty line included. Where the sticker says to ask
        first there is no line for a route."""
        own = Form.empty_labels(self)
        if self.ask_first and not self.ways:
            own.remove(_("撤离路线"))
        for way in self.ways:
            own += way.empty_labels()
        return [*own, *([] if self.issue.duty_phone else [_("值班电话")])]


def publish_door_stickers(
    ws: Workspace,
    folder: Path,
    *,
    per: str = "household",
    size: str = "A6x4",
    bilingual: bool = True,
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """Stickers into `folder`. `per` "household" or "zone"; `size` "A6" or "A5" a file each, "A6x4" and "A5x2" all of
    them on A4 sheets to be cut, in one file; `bilingual`: with the Mongolian that the office typed for PHRASE."""
    maker = StickerMaker(ws, bilingual=bilingual)
    report = PublishReport(problems=list(maker.layers.style_faults))
    subjects = subjects_of(ws, "danger_zone" if per == "zone" else "household", uids)
    make = maker.of_zone if per == "zone" else maker.of_household
    if size in SINGLE:
        publish_papers(ws, folder, subjects, lambda one: maker.paper(make(one), one, size), report, progress)
        report.tell_all(shelter_words(ws, maker.shelters()))
        report.notes += [*maker.notes(), *maker.facts.notes()]
        return report
    desk = PaperDesk(ws)
    made: list[DoorSticker] = []
    papers: list[Issued] = []
    for number, feature in enumerate(subjects):
        if progress is not None:
            progress(number, len(subjects), feature.text("id"))
        found = make(feature)
        if isinstance(found, NoPaper):
            report.problems.append(found.sentence)
            continue
        paper = maker.paper(found, feature, size)
        assert isinstance(paper, Paper)
        issued = desk.take(subject_of(feature, paper.zone, paper.leads), paper.content)
        if issued is None:
            report.unchanged.append(feature.uid)
        elif _printable(found, report, feature):
            made.append(found)
            papers.append(issued)
            if paper.problem:
                report.problems.append(paper.problem)
    if made:
        stickers = [one for issued in papers for one in issued.paper.data["stickers"]]
        pdf = typeset(DOOR_STICKER, {"size": size, "stickers": stickers}, title=_("门贴（A4 拼版）"))
        some = report.unchanged or len(subjects) < len(subjects_of(ws, subjects[0].layer, None))
        numbers = [one.subject.name or one.subject.uid[:8] for one in papers] if some else []
        name = file_name(_("门贴"), _("危险区") if per == "zone" else _("住户"), part_words(numbers), f"A4_{size}")
        asked = folder / f"{name}.pdf"
        path = path_beside(asked, pdf) if some else asked
        report.notes += beside_words(asked, path)
        desk.put(Printed(path, pdf, papers), report)
    desk.finish(report)
    report.tell_all(shelter_words(ws, maker.shelters()))
    report.made.clear()  # one file is everybody's
    if progress is not None:
        progress(len(subjects), len(subjects), "")
    report.notes += desk.notes()
    report.notes.append(_("共 {count} 张门贴，沿虚线裁开。").format(count=len(made)))
    report.notes += [*maker.notes(), *maker.facts.notes()]
    short = [one.empty_labels() for one in made]
    labels = list(dict.fromkeys(label for one in short for label in one))
    report.notes += lacking_notes(sum(map(bool, short)), labels)
    return report


def stickers_data(stickers: Sequence[DoorSticker], size: str) -> dict[str, JsonValue]:
    """What typeset() takes for DOOR_STICKER."""
    return {"size": size, "stickers": [one.to_json() for one in stickers]}


def _printable(sticker: DoorSticker, report: PublishReport, feature: Feature) -> bool:
    """One sticker with a character that no font has must not keep back the others on its sheet."""
    lacking = list(uncovered_characters(sticker.to_json()))
    if lacking:
        reason = FontMissing(lacking[0].words + _("没有字体可以印。"), _("请装上有这个字的字体，再出一次。"))
        name = file_name(_("门贴"), feature.text("id") or feature.uid[:8])
        report.problems.append(_("{name} 没有出：{reason}").format(name=name, reason=reason))
    return not lacking


def _complete(sticker: DoorSticker) -> bool:
    return bool(sticker.ways) and all(one.shelter for one in sticker.ways)


def _without_way(feature: Feature) -> str:
    name = feature.text("id") or feature.uid[:8]
    return _("{name} 没有完整的撤离路线，门贴上留了横线。请先画路线、指定安置点。").format(name=name)


class StickerMaker:
    """Fills stickers; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None, *, bilingual: bool = False) -> None:
        self.mongolian = MongolianWords(ws, on=bilingual)
        self.layers = MapLayers(ws, lambda one: not about_people(one), personal_labels=False)
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._ways = WayFinder(ws)
        # By household, once its sticker is filled: the way it tells, and what its report says of it.
        self._leads: dict[str, Mapping[str, Value]] = {}
        self._faults: dict[str, str] = {}
        self._unsaid: list[str] = []  # of signs that a zone's sticker has no room for
        self._with_telephone: set[str] = set()  # households whose sticker holds a person's

    def notes(self) -> list[str]:
        """Which Mongolian is lacking; how many stickers hold the telephone of a person."""
        found = [*self.mongolian.notes(), *self._unsaid]
        if self._with_telephone:
            words = _("{count} 张门贴印了来接走不动的人的电话，请贴在屋里。")
            found.append(words.format(count=len(self._with_telephone)))
        return found

    def shelters(self) -> set[str]:
        """Uids of those that the households are sent to whose sticker was filled."""
        return {str(one.get("shelter", "")) for one in self._leads.values()}

    def paper(self, made: DoorSticker | NoPaper, feature: Feature, size: str) -> Paper | NoPaper:
        """The sticker of a household or zone as a paper of its own."""
        if isinstance(made, NoPaper):
            return made
        number = feature.text("id") or feature.uid[:8]
        zone = self.facts.zone_of(feature) if feature.layer == "household" else feature
        return Paper(
            DOOR_STICKER,
            stickers_data([made], size),
            file_name(_("门贴"), number),
            _("门贴 {number}").format(number=number),
            lacking=made.empty_labels(),
            problem=self._faults.get(feature.uid) or ("" if _complete(made) else _without_way(feature)),
            zone="" if zone is None else zone.uid,
            leads=self._leads.get(feature.uid, {}),
        )

    def of_household(self, household: Feature) -> DoorSticker:
        facts = self.facts
        zone = facts.zone_of(household)
        hazard = facts.hazard_of(household, zone)
        found = self._ways.way(household)
        way = found if isinstance(found, HouseholdWay) else None
        pace = facts.pace(household)
        call = facts.call(household, zone, hazard)
        unable = unable_sentence(pace, call)
        indoors = _("请贴在屋里") if unable and call is not None and call.named else None
        if indoors:
            self._with_telephone.add(household.uid)
        ways: tuple[StickerWay, ...] = ()
        if way is not None:
            walker = pace.walker
            out = None if walker is None or ask_first(found, pace) else out_of_door(way)
            ways = (
                StickerWay(
                    number=way.route.text("number"),
                    shelter=_name(way.shelter),
                    who=pace_words(pace),
                    minutes=None if walker is None else way.minutes[walker.key],
                    going_note=None if walker is None else going_note(lines=1 if out is None else 2),
                    fetched=pace.alone,
                    direct=way.direct,
                    out=out,
                ),
            )
        self._leads[household.uid] = {} if way is None else leads_of([way.route], [way.shelter])
        barred = found.zones if isinstance(found, BarredWay) else ()
        used = [household, zone, *([] if way is None else [way.route, way.shelter])]
        self._faults[household.uid] = told_to_officer(found, household.text("id") or household.uid[:8])
        first = first_line(found, pace, call)
        made = self._sticker(household.text("id"), zone, facts.signal(zone, hazard), ways, used, first, barred)
        asking = ask_first(found, pace)
        avoid = told_to_household(found) if asking else None
        return replace(made, unable=unable, indoors=indoors, ask_first=asking, avoid=avoid)

    def of_zone(self, zone: Feature) -> DoorSticker | NoPaper:
        facts = self.facts
        name = zone.text("name") or zone.text("id")
        if facts.layers.states.get(zone.uid) == lifted():
            return NoPaper(_("危险区{name}已撤销，没有出门贴。").format(name=name))
        hazard = facts.point_of(zone)
        routes = by_number(one for one in facts.routes.values() if one.text("danger_zone") == zone.uid)
        self._unsaid += facts.layers.doubtful.told(routes)
        shelters = [facts.shelters.get(one.text("shelter")) for one in routes]
        ways = tuple(
            StickerWay(
                number=one.text("number"),
                start=one.text("start"),
                shelter=_name(shelter),
                ask=facts.layers.doubtful.asking(one),
            )
            for one, shelter in zip(routes, shelters, strict=True)
        )
        closed = closed_ways_words(facts.ws, {zone.uid})
        asked = facts.layers.doubtful.all_ask(routes, closed)
        signs = public_signs(zone, hazard, room=_SIGNS_ROOM, phone=asked)
        most = _MOST_WAYS if signs.words is None else _BESIDE_SIGNS
        ways, more = (ways, None) if len(ways) <= most else (ways[: most - 1], _further(ways[most - 1 :]))
        if more:
            self._unsaid.append(
                _("{name}的门贴：写不下全部 {count} 条路线，写了“{more}”。").format(
                    name=name, count=len(routes), more=more
                )
            )
        if signs.note:
            self._unsaid.append(_("{name}的门贴：{note}").format(name=name, note=signs.note))
        first = ASK_THEN_GO if asked else PHRASE
        made = self._sticker(None, zone, facts.signal(zone, hazard), ways, [zone, *routes, *shelters], first)
        if closed is not None and not routes:
            made = replace(made, ask_first=ASK_FIRST, avoid=_("{closed}。").format(closed=closed))
            words = _("{name}：{closed}。门贴上写的是{asking}，请把路线改画到别的安置点，再重印。")
            self._faults[zone.uid] = words.format(name=name, closed=closed, asking=ASK_FIRST)
        return replace(made, signs=signs.words, more_ways=more)

    def _sticker(
        self,
        number: str | None,
        zone: Feature | None,
        signal: str | None,
        ways: tuple[StickerWay, ...],
        used: Sequence[Feature | None],
        first: str = PHRASE,
        barred: Sequence[Feature] = (),
    ) -> DoorSticker:
        return DoorSticker(
            number=number,
            zone_name=None if zone is None else zone.text("name"),
            zone_id=None if zone is None else zone.text("id"),
            at_signal=first,
            warning_signal=signal,
            ways=ways,
            mongolian=self.mongolian.of(first),
            issue=self.facts.issue(used, barred),
        )


def _further(ways: Sequence[StickerWay]) -> str:
    """Where the routes stand that a sticker has no line for."""
    numbers = "、".join(str(one.number) for one in ways if one.number)
    which = _(" {numbers} 号路线").format(numbers=numbers) if numbers else _(" {count} 条路线").format(count=len(ways))
    return _("另有{which}，见危险区公告，或打值班电话问").format(which=which)


def _name(shelter: Feature | None) -> str | None:
    return None if shelter is None else shelter.text("name") or shelter.text("id")
