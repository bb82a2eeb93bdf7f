"""警示牌 artwork for the printer's: red phrase above, facts, bans and the map below; bleed and crop marks around it.

One for each warning sign, with 您在此处 and the map turned to where its reader looks, or one for each danger zone with
north up. Nothing personal, no private telephone: the duty line alone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry import Point

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import control_brief, is_official, lifted, penalty_brief
from geohazard_desktop.domain.sign_words import sign_words
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import Day, Form, Issue, Words, cell
from geohazard_desktop.publishing.map_layers import MapLayers, Padding
from geohazard_desktop.publishing.papers.sign_founder import founder_of
from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper, publish_papers, subjects_of
from geohazard_desktop.publishing.papers.zone_map import (
    Look,
    Subject,
    ZoneMap,
    drawable,
    facing,
    on_public_map,
    routes_of,
    shelter_places,
    zone_map,
)
from geohazard_desktop.publishing.papers.zone_ways import closed_and_asked, closed_ways_words
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.public_signs import MOBILE, public_signs
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.map_forms import MapFrame, Millimetres
from geohazard_desktop.publishing.typeset.bilingual import MongolianWords
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

SIGN_BOARD = "sign_board"
SIGN_PICTURE: Millimetres = (109.0, 92.0)  # mm on the drawing of 300 by 200
_PADDING = Padding(9.0, 8.0, 9.0, 13.0)  # 您在此处 hangs below its place
# Of 前兆迹象, on a board of few routes; with more of them what is read from some metres would shrink.
_SIGNS_ROOM, _SIGNS_WAYS = 75, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SignWay(Form):
    """One route as the sign tells it."""

    number: Words = field(default=None, metadata=cell("路线号"))
    start: Words = field(default=None, metadata=cell("起点", quiet=True))
    shelter: Words = field(default=None, metadata=cell("安置点"))
    places: int | None = field(default=None, metadata=cell("可容人数", quiet=True))
    ask: Words = field(default=None, metadata=cell("先问再走", quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignBoard(Form):
    """A sign. Nothing personal. `bans` and `penalty` are law, `advice` is not."""

    number: Words = field(default=None, metadata=cell("警示牌编号", quiet=True))
    phrase: Words = field(default=None, metadata=cell("警示语"))
    second: Words = field(default=None, metadata=cell("第二行", quiet=True))
    mongolian: Words = field(default=None, metadata=cell("蒙古文警示语", quiet=True))
    mongolian_second: Words = field(default=None, metadata=cell("蒙古文第二行", quiet=True))
    zone_name: Words = field(default=None, metadata=cell("危险区名称"))
    zone_id: Words = field(default=None, metadata=cell("危险区编号", quiet=True))
    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    threat: Words = field(default=None, metadata=cell("威胁对象"))
    warning_signal: Words = field(default=None, metadata=cell("撤离信号"))
    ways: tuple[SignWay, ...] = field(default=(), metadata=cell("撤离路线"))
    closed_ways: Words = field(default=None, metadata=cell("停用的安置点", quiet=True))
    signs: Words = field(default=None, metadata=cell("前兆迹象", quiet=True))
    bans: Words = field(default=None, metadata=cell("禁止"))
    penalty: Words = field(default=None, metadata=cell("罚则"))
    law: Words = field(default=None, metadata=cell("依据", quiet=True))
    advice: Words = field(default=None, metadata=cell("提醒"))
    own_text: Words = field(default=None, metadata=cell("牌面文字", quiet=True))
    erected_by: Words = field(default=None, metadata=cell("设立单位"))
    erected_on: Day = field(default=None, metadata=cell("设立日期"))
    map: MapFrame | None = field(default=None, metadata=cell("示意图"))
    turned: bool = False
    issue: Issue = field(default_factory=Issue)

    def empty_labels(self) -> list[str]:
        """Labels that print as a line, the duty line among them."""
        own = Form.empty_labels(self)
        if self.closed_ways and not self.ways:
            own.remove(_("撤离路线"))
        return [*own, *([] if self.issue.duty_phone else [_("值班电话")])]


def publish_sign_boards(
    ws: Workspace,
    folder: Path,
    *,
    per: str = "sign",
    size: str = "1500",
    scale: str = "fifth",
    turned: bool = True,
    arrows: str = "green",
    bilingual: bool = True,
    uids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PublishReport:
    """Artwork into `folder`. `per` "sign" or "zone"; `size` "1500" (by 1000 mm) or "1200" (by 800); `scale` "fifth" or
    "full"; `turned`: the map of a sign looks where its reader looks; `arrows` "red" or "green"; `bilingual`: with
    the Mongolian that the office typed for phrase and second line."""
    subjects = subjects_of(ws, "danger_zone" if per == "zone" else "warning_sign", uids)
    maker = SignMaker(ws, turned=turned, red=arrows == "red", bilingual=bilingual)
    report = PublishReport(problems=list(maker.layers.style_faults))

    def make(feature: Feature) -> Paper | NoPaper:
        made = maker.of_zone(feature) if per == "zone" else maker.of_sign(feature)
        if isinstance(made, NoPaper):
            return made
        number = feature.text("id") or feature.uid[:8]
        return Paper(
            SIGN_BOARD,
            {"size": size, "scale": scale, "sign": made.form.to_json()},
            file_name(_("警示牌"), number, f"{size}mm", _("足尺") if scale == "full" else _("1比5")),
            _("警示牌 {number}").format(number=number),
            made.images,
            made.form.empty_labels(),
            made.problem,
            made.note,
        )

    publish_papers(ws, folder, subjects, make, report, progress)
    report.notes += [*maker.mongolian.notes(), *maker.facts.notes()]
    return report


@dataclass(frozen=True, slots=True)
class MadeSign:
    """A sign's form, its pictures, what the office must know of it and what it had better look at ("": nothing)."""

    form: SignBoard
    images: dict[str, str]
    problem: str = ""
    note: str = ""


class SignMaker:
    """Fills signs; reads the workspace once."""

    def __init__(
        self,
        ws: Workspace,
        today: date | None = None,
        *,
        turned: bool = True,
        red: bool = False,
        bilingual: bool = False,
    ) -> None:
        self.ws = ws
        self.mongolian = MongolianWords(ws, on=bilingual)
        self.layers = MapLayers(ws, on_public_map, personal_labels=False)
        self.facts = CardFacts(ws, self.layers, today or date.today())
        self._zones = {one.uid: one for one in ws.table("danger_zone")} if "danger_zone" in ws.definitions else {}
        self._turned = turned
        self._red = red

    def of_sign(self, sign: Feature) -> MadeSign | NoPaper:
        """A sign's own board. One without a zone gets none: nobody could say what it warns of."""
        zone = self._zones.get(sign.text("danger_zone"))
        number = sign.text("id") or sign.uid[:8]
        if zone is None:
            return NoPaper(
                _("警示标志 {number} 没有指定危险区，没有出。请在它的属性里选危险区。").format(number=number)
            )
        return self._made(zone, sign)

    def of_zone(self, zone: Feature) -> MadeSign | NoPaper:
        """A board for any place at the zone's edge: north up, nobody stands anywhere."""
        return self._made(zone, None)

    def _made(self, zone: Feature, sign: Feature | None) -> MadeSign | NoPaper:
        facts = self.facts
        name = zone.text("name") or zone.text("id")
        state = facts.layers.states.get(zone.uid, "")
        if state == lifted():
            number = zone.text("id") if sign is None else sign.text("id")
            return NoPaper(_("{number}：危险区{name}已撤销，没有出警示牌。").format(number=number, name=name))
        hazard = facts.point_of(zone)
        kind = zone.text("hazard_type") or (hazard.text("hazard_type") if hazard else "")
        said = sign_words(kind)
        routes = routes_of(self.ws, zone, facts.shelters)
        shelters = [facts.shelters.get(one.text("shelter")) for one, _line in routes]
        drawn = self._map(zone, sign)
        own, problem = self._own_text(sign)
        founder = founder_of(self.ws, zone, sign)
        threat, note = self._threat(zone, hazard)
        closed = closed_ways_words(self.ws, {zone.uid})
        asked = facts.layers.doubtful.all_ask((one for one, _line in routes), closed)
        room = _SIGNS_ROOM if len(routes) <= _SIGNS_WAYS else 0
        signs = public_signs(zone, hazard, room=room, phone=asked)
        bans, bans_source = control_brief()
        penalty, penalty_source = penalty_brief()
        used = [zone, sign, *(one for one, _line in routes), *shelters]
        form = SignBoard(
            number=None if sign is None else sign.text("id"),
            phrase=said.phrase,
            second=said.second,
            mongolian=self.mongolian.of(said.phrase),
            mongolian_second=self.mongolian.of(said.second),
            zone_name=name if name.endswith(_("危险区")) else _("{name}危险区").format(name=name),
            zone_id=zone.text("id"),
            hazard_type=kind,
            threat=threat,
            warning_signal=facts.signal(zone, hazard),
            ways=tuple(
                SignWay(
                    number=route.text("number"),
                    start=route.text("start"),
                    shelter=None if shelter is None else shelter.text("name") or shelter.text("id"),
                    places=None if shelter is None else places_of(shelter),
                    ask=facts.layers.doubtful.asking(route),
                )
                for (route, _line), shelter in zip(routes, shelters, strict=True)
            ),
            closed_ways=closed if routes else closed_and_asked(closed),
            signs=signs.words,
            bans=bans,
            penalty=penalty,
            law=_("{one}、{other}").format(one=bans_source, other=penalty_source.removeprefix(_act(bans_source))),
            advice=said.advice,
            own_text=own,
            erected_by=founder.unit,
            erected_on=founder.day,
            map=None if drawn is None else drawn.frame,
            turned=drawn is not None and bool(drawn.turned),
            issue=facts.issue(used, [] if drawn is None else drawn.features),
        )
        if drawn is None:
            problem += _("{name}的范围画不出来，警示牌上没有示意图。请先画好危险区。").format(name=name)
        if closed is not None:
            problem += _("{name}：{closed}。已经立的警示牌上写着去那里的，请换下或遮住。").format(
                name=name, closed=closed
            )
        problem += "".join(facts.layers.doubtful.told(route for route, _line in routes))
        told = "".join(
            one
            for one in (founder.doubt, note, signs.note and _("{name}：{note}").format(name=name, note=signs.note))
            if one
        )
        return MadeSign(form, {} if drawn is None else drawn.images, problem, told)

    def _threat(self, zone: Feature, hazard: Feature | None) -> tuple[str | None, str]:
        """威胁对象 as passers-by read it, one number of each thing, and what the office should know of it: that the
        register counts otherwise is no matter of theirs."""
        need = must_move(self.ws, zone)
        residents = need.residents
        if hazard is not None and hazard.text("threatened_objects"):
            said = hazard.text("threatened_objects")
            agrees = said == residents.beside(said, hazard["threatened_households"], hazard["threatened_people"])
        elif need.typed is not None and need.number and (moving := need.need_words()):
            said, agrees = moving, need.agrees
        else:
            return (residents.plain() if residents.households else None), ""
        if agrees:
            return said, ""
        name = zone.text("name") or zone.text("id")
        return said, _("{name}的警示牌印的威胁对象是“{said}”，登记的是住户 {count}。请核对后改成一个数。").format(
            name=name, said=said, count=residents.words()
        )

    @staticmethod
    def _own_text(sign: Feature | None) -> tuple[str | None, str]:
        """The office's own words for this sign, without lines that hold a private telephone number."""
        if sign is None or not sign.text("text"):
            return None, ""
        lines = [one.strip() for one in sign.text("text").splitlines() if one.strip()]
        kept = [one for one in lines if not MOBILE.search(one)]
        if len(kept) == len(lines):
            return "；".join(kept), ""
        words = _("警示标志 {number} 的牌面文字里有手机号，那一行没有印：牌上只留值班电话。")
        return "；".join(kept) or None, words.format(number=sign.text("id") or sign.uid[:8])

    def _shown_beside(self, zone: Feature) -> frozenset[str]:
        """A board stands for years: a neighbour that nobody has approved is not on it."""
        states = self.facts.layers.states
        return frozenset((zone.uid, *(uid for uid, state in states.items() if is_official(state))))

    def _map(self, zone: Feature, sign: Feature | None) -> ZoneMap | None:
        epsg = self.ws.epsg
        if zone.geometry is None or not drawable(zone.geometry, epsg):
            return None
        routes = routes_of(self.ws, zone, self.facts.shelters)
        lines = [(route, line) for route, line in routes if line is not None]
        here = place_of(sign)
        if here is not None and not drawable(here, epsg):
            here = None
        places = [one for one in shelter_places(routes, self.facts.shelters) if drawable(one, epsg)]
        turned = facing(here, zone.geometry) if here is not None and self._turned else 0.0
        return zone_map(
            self.ws,
            self.layers,
            Subject([_whole(zone.geometry), *places], lines, here, turned, zones=self._shown_beside(zone)),
            Look(SIGN_PICTURE, (16.0, 22.0), _PADDING, prefix="sign", way_mm=2.4, red_ways=self._red),
            alt=_("{name}和撤离路线的示意图").format(name=zone.text("name") or zone.text("id")),
        )


def _whole(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.make_valid(shape) if not isinstance(shape, Point) else shape


def _act(source: str) -> str:
    """地质灾害防治条例 of 地质灾害防治条例第十九条: one act is named once."""
    return source.partition("第")[0]
