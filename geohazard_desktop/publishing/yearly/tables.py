"""The tables of the yearly plan, from what the workspace holds. What is not registered is a blank, never a guess."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.shares import LAYER, Share, susceptibility_shares
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft
from geohazard_desktop.domain.quantities import registered
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.exchange.workbooks import Cell
from geohazard_desktop.publishing.cards.asking import ASK_FIRST
from geohazard_desktop.publishing.form_fields import Words
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.hazard_list import CLOSED, ListMaker
from geohazard_desktop.publishing.papers.plan_table import grade_of_zone
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.sheets.map_forms import SheetRoute
from geohazard_desktop.publishing.sheets.panels import route_rows, routes_in_force
from geohazard_desktop.publishing.yearly.listed import Told, listed, parts, text
from geohazard_desktop.publishing.yearly.model import Column, Table, Text, said
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_ASK = _("先问")  # in a cell that is too narrow for ASK_FIRST, which the note below the table says
_NUMBERS = ("threatened_households", "threatened_people", "threatened_property_wan")


class PlanTables:
    """Reads the workspace once and makes the tables. `public`: no column of persons, no coordinates."""

    def __init__(self, ws: Workspace, *, public: bool, today: date) -> None:
        self.ws, self.public, self.today = ws, public, today
        self.settings = ws.settings()
        self.list = ListMaker(ws, today, people=not public)
        self.layers = MapLayers(
            ws, lambda one: one.table in ("danger_zone", "evacuation_route", "shelter"), personal_labels=False
        )
        points = _all(ws, "hazard_point")
        # As list, cards and tables print them, so that the plan says one number of a point in both places.
        self.points = [self.list.facts.completed(one) for one in points if one.text("status") != CLOSED]
        self.closed = len(points) - len(self.points)
        self.zones = sorted(self.layers.features("danger_zone"), key=lambda one: one.text("id"))
        self.lifted = ws.count("danger_zone") - len(self.zones) if "danger_zone" in ws.definitions else 0
        self.routes = routes_in_force(self.layers, None)
        self.route_rows, _faults = route_rows(ws, self.layers, self.routes)  # what lacks there is a blank here
        self.problems = [
            _("撤离路线 {id} 不是连续的一条线，表里的路程和时间留空。").format(id=route.text("id"))
            for route, row in zip(self.routes, self.route_rows, strict=True)
            if row.metres is None
        ] + self.layers.doubtful.told(self.routes, _("年度方案的表"))
        self.shelters = sorted(self.layers.features("shelter"), key=lambda one: one.text("id"))
        self.key_areas = _all(ws, "key_area")
        self.persons = _all(ws, "person")
        self.shares: list[Share] = susceptibility_shares(ws) if LAYER in ws.definitions and ws.count(LAYER) else []

    # -- 分布 -------------------------------------------------------------------------------------------------------

    def share_table(self) -> Table:
        return listed(
            "shares",
            _("地质灾害易发程度分区面积"),
            self.shares,
            (
                Told(_("易发程度"), 26, lambda one: one.name or _("没有填等级")),
                Told(_("面积（km²）"), 24, lambda one: f"{one.km2:.2f}", "right"),
                Told(_("占比（%）"), 20, lambda one: f"{one.percent:.2f}", "right"),
                Told(_("预案占比（%）"), 26, _planned, "right"),
                Told(_("相差（百分点）"), 28, _difference, "right"),
                Told(_("和预案"), 18, _verdict, "centre"),
            ),
            note=_("面积和占比按工作文件里的易发程度分区量算，预案占比取单位设置里登记的数。"),
        )

    def street_table(self) -> Table:
        """Points by 街道 and kind, with whom they threaten; a row for those whose 街道 is not registered."""
        kinds = [one for one, _count in Counter(one.text("hazard_type") for one in self.points).most_common()]
        streets = sorted({one.text("subdistrict") for one in self.points}, key=self._street_order)
        rows = [
            self._street_row(street, [one for one in self.points if one.text("subdistrict") == street], kinds)
            for street in streets
        ]
        rows.append((said(_("合计")), *self._street_row(_("合计"), self.points, kinds)[1:]))
        return Table(
            "streets",
            _("隐患点和威胁对象分街道（镇）统计"),
            (
                Column(_("街道（镇）"), 30),
                *(Column(one or _("类型没登记"), 14, "right") for one in kinds),
                Column(_("合计（处）"), 14, "right"),
                Column(_("威胁户数"), 15, "right"),
                Column(_("威胁人数"), 15, "right"),
                Column(_("威胁财产（万元）"), 22, "right"),
            ),
            tuple(rows),
            note=self.missing_note(),
            total=True,
        )

    def _street_row(self, street: str, points: Sequence[Feature], kinds: Sequence[str]) -> tuple[Text, ...]:
        counts = Counter(one.text("hazard_type") for one in points)
        sums = [sum_words([one[name] for one in points]) for name in _NUMBERS]
        return (
            said(street),
            *(said(str(counts[one])) for one in kinds),
            said(str(len(points))),
            *(said(one) for one in sums),
        )

    def _street_order(self, street: str) -> tuple[bool, int, str]:
        units = self.list.units
        return not street, units.index(street) if street in units else len(units), street

    def missing_note(self) -> str:
        """How many points have no number registered, so that a sum is not taken for the whole."""
        titles = (_("户数"), _("人数"), _("财产"))
        told = []
        for name, title in zip(_NUMBERS, titles, strict=True):
            lacking = sum(not is_number(one[name]) for one in self.points)
            if lacking:
                told.append(_("{title} {count} 处").format(title=title, count=lacking))
        return _("合计只算登记了的；没登记的：{told}。").format(told="、".join(told)) if told else ""

    def key_area_table(self) -> Table:
        return listed(
            "key_areas",
            _("重点防控区"),
            self.key_areas,
            (
                Told(_("名称"), 46, lambda one: one.text("name") or one.text("id")),
                Told(_("类别"), 30, text("kind")),
                Told(_("灾害类型"), 36, parts("hazard_types")),
                Told(_("依据"), 32, text("basis")),
            ),
            serial=12,
        )

    # -- 威胁对象和范围 ------------------------------------------------------------------------------------------------

    def zone_table(self) -> Table:
        ways: dict[str, list[str]] = {}
        for route in self.routes:
            number = route.text("number") or route.text("id")
            asked = self.layers.doubtful.asking(route) is not None
            ways.setdefault(route.text("danger_zone"), []).append(f"{number}（{_ASK}）" if asked else number)
        columns: tuple[Told[Feature], ...] = (
            Told(_("名称（编号）"), 34, named),
            Told(_("街道（镇）"), 20, text("subdistrict")),
            Told(_("灾害类型"), 17, text("hazard_type")),
            Told(_("状态"), 15, lambda one: self.layers.states.get(one.uid, "")),
            Told(_("需转移人数"), 15, lambda one: number_words(must_move(self.ws, one).number), "right"),
            Told(_("潜在损失（万元）"), 17, lambda one: number_words(one["potential_loss_wan"]), "right"),
            Told(_("险情等级"), 13, lambda one: grade_of_zone(self.ws, one)),
            Told(_("路线号"), 15, lambda one: "、".join(ways.get(one.uid, [])) or self._closed(one)),
        )
        note = _("状态以危险区登记里的文件为准，没有文号的是拟划。险情等级按需转移人数和潜在损失判定，数字不全的空着。")
        note += self.list.numbers_note(self.points) + self._ask_note()
        return listed("zones", _("地质灾害危险区"), self.zones, columns, serial=10, small=True, note=note)

    def _closed(self, zone: Feature) -> str:
        """In place of the routes of a zone whose shelters are all closed, which is nobody's to fill in by hand."""
        return _("安置点停用，{ask}").format(ask=_ASK) if closed_ways_words(self.ws, {zone.uid}) else ""

    def _ask_note(self) -> str:
        """What 先问 means; "" where people can be sent along all ways."""
        if all(one.ask is None for one in self.route_rows):
            return ""
        return _("写着“{ask}”的路线{asking}，不写分钟。").format(ask=_ASK, asking=ASK_FIRST)

    def route_table(self) -> Table:
        columns: tuple[Told[SheetRoute], ...] = (
            Told(_("路线号"), 13, lambda one: _plain(one.number), "centre"),
            Told(_("危险区"), 36, _zone_of_route),
            Told(_("起点（集合点）"), 30, lambda one: _plain(one.start)),
            Told(_("避险安置点"), 30, lambda one: _plain(one.shelter)),
            Told(_("路程（米）"), 14, lambda one: one.metres, "right"),
            *(
                Told(_("{who}（分钟）").format(who=walker.label), 13, _minutes(at), "right")
                for at, walker in enumerate(walkers())
            ),
        )
        note = _("分钟只算走路，从起点算起，进到整分钟。") + self._ask_note()
        return listed("routes", _("撤离路线"), self.route_rows, columns, small=True, note=note)

    def shelter_table(self) -> Table:
        keeper = (Told(_("联系人"), 18, text("contact")), Told(_("联系电话"), 30, text("phone")))
        return listed(
            "shelters",
            _("避险安置点"),
            self.shelters,
            (
                Told(_("名称（编号）"), 38, named),
                Told(_("类别"), 14, text("kind")),
                Told(_("地址"), 32, text("address")),
                Told(_("可容人数"), 14, places_of, "right"),
                *(() if self.public else keeper),
            ),
            serial=10,
        )


def sum_words(values: Sequence[Value]) -> str:
    """The sum of the numbers that are there; "" where there is none."""
    known = [float(one) for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    return number_words(sum(known)) if known else ""


def _all(ws: Workspace, layer: str) -> list[Feature]:
    return sorted(ws.table(layer), key=lambda one: one.text("id")) if layer in ws.definitions else []


def named(one: Feature) -> str:
    return joined(one.text("name"), one.text("id"))


def joined(name: object, number: object) -> str:
    name, number = str(name or ""), str(number or "")
    return f"{name}\n（{number}）" if name and number else name or number


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_words(value: Value | Cell) -> str:
    """A number with all that was registered of it: 12, 0.5, 1234567.25."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    return registered(value)


def _planned(one: Share) -> str:
    return "" if one.planned_percent is None else f"{one.planned_percent:.2f}"


def _difference(one: Share) -> str:
    return "" if one.difference is None else _signed(one.difference)


def _verdict(one: Share) -> str:
    return "" if one.agrees is None else _("相符") if one.agrees else _("不符")


def _zone_of_route(one: SheetRoute) -> str:
    return joined(one.zone_name, one.zone_id) + (_("（{draft}）").format(draft=draft()) if one.draft else "")


def _minutes(at: int) -> Callable[[SheetRoute], int | str | None]:
    """The walking time of the walker at this place among `walkers()`; none of a way that nobody may take unasked."""
    return lambda one: _ASK if one.ask else one.minutes[at]


def _plain(words: Words) -> str:
    return words if isinstance(words, str) else ""


def _signed(points: float) -> str:
    """+0.02; 0.00 without a sign."""
    text = f"{points:+.2f}"
    return text[1:] if text in ("+0.00", "-0.00") else text
