"""The tables of the yearly plan, from what the workspace holds. What is not registered is a blank, never a guess."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from geohazard_desktop.analysis.shares import LAYER, Share, susceptibility_shares
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.exchange.titled_sheet import Cell
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.hazard_list import CLOSED, ListMaker
from geohazard_desktop.publishing.papers.plan_table import zone_grade
from geohazard_desktop.publishing.sheets.panels import route_rows, routes_in_force, shelter_capacity
from geohazard_desktop.publishing.yearly.model import Column, Table, Text, said
from geohazard_desktop.workspace.feature import Feature, Value, split_list
from geohazard_desktop.workspace.workspace import Workspace

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
        ]
        self.shelters = sorted(self.layers.features("shelter"), key=lambda one: one.text("id"))
        self.key_areas = _all(ws, "key_area")
        self.persons = _all(ws, "person")
        self.shares: list[Share] = susceptibility_shares(ws) if LAYER in ws.definitions and ws.count(LAYER) else []

    # -- 分布 -------------------------------------------------------------------------------------------------------

    def share_table(self) -> Table:
        rows = []
        for one in self.shares:
            verdict = "" if one.agrees is None else _("相符") if one.agrees else _("不符")
            rows.append(
                (
                    said(one.name or _("没有填等级")),
                    said(f"{one.km2:.2f}"),
                    said(f"{one.percent:.2f}"),
                    said("" if one.planned_percent is None else f"{one.planned_percent:.2f}"),
                    said("" if one.difference is None else _signed(one.difference)),
                    said(verdict),
                )
            )
        return Table(
            "shares",
            _("地质灾害易发程度分区面积"),
            (
                Column(_("易发程度"), 26),
                Column(_("面积（km²）"), 24, "right"),
                Column(_("占比（%）"), 20, "right"),
                Column(_("预案占比（%）"), 26, "right"),
                Column(_("相差（百分点）"), 28, "right"),
                Column(_("和预案"), 18, "centre"),
            ),
            tuple(rows),
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
        rows = [
            (
                said(str(number)),
                said(one.text("name") or one.text("id")),
                said(one.text("kind")),
                said("、".join(split_list(one["hazard_types"]))),
                said(one.text("basis")),
            )
            for number, one in enumerate(self.key_areas, 1)
        ]
        return Table(
            "key_areas",
            _("重点防控区"),
            (
                Column(_("序号"), 12, "centre"),
                Column(_("名称"), 46),
                Column(_("类别"), 30),
                Column(_("灾害类型"), 36),
                Column(_("依据"), 32),
            ),
            tuple(rows),
        )

    # -- 威胁对象和范围 ------------------------------------------------------------------------------------------------

    def zone_table(self) -> Table:
        ways: dict[str, list[str]] = {}
        for route in self.routes:
            ways.setdefault(route.text("danger_zone"), []).append(route.text("number") or route.text("id"))
        rows = [
            (
                said(str(number)),
                said(named(one)),
                said(one.text("subdistrict")),
                said(one.text("hazard_type")),
                said(self.layers.states.get(one.uid, "")),
                said(number_words(one["must_move_people"])),
                said(number_words(one["potential_loss_wan"])),
                said(zone_grade(one)),
                said("、".join(ways.get(one.uid, []))),
            )
            for number, one in enumerate(self.zones, 1)
        ]
        return Table(
            "zones",
            _("地质灾害危险区"),
            (
                Column(_("序号"), 10, "centre"),
                Column(_("名称（编号）"), 34),
                Column(_("街道（镇）"), 20),
                Column(_("灾害类型"), 17),
                Column(_("状态"), 15),
                Column(_("需转移人数"), 15, "right"),
                Column(_("潜在损失（万元）"), 17, "right"),
                Column(_("险情等级"), 13),
                Column(_("路线号"), 15),
            ),
            tuple(rows),
            small=True,
            note=_(
                "状态以危险区登记里的文件为准，没有文号的是拟划。险情等级按需转移人数和潜在损失判定，数字不全的空着。"
            ),
        )

    def route_table(self) -> Table:
        rows = [
            (
                said(one.number if isinstance(one.number, str) else ""),
                said(
                    joined(one.zone_name, one.zone_id) + (_("（{draft}）").format(draft=draft()) if one.draft else "")
                ),
                said(one.start if isinstance(one.start, str) else ""),
                said(one.shelter if isinstance(one.shelter, str) else ""),
                said(one.metres),
                *(said(minutes) for minutes in one.minutes),
            )
            for one in self.route_rows
        ]
        return Table(
            "routes",
            _("撤离路线"),
            (
                Column(_("路线号"), 13, "centre"),
                Column(_("危险区"), 36),
                Column(_("起点（集合点）"), 30),
                Column(_("避险安置点"), 30),
                Column(_("路程（米）"), 14, "right"),
                *(Column(_("{who}（分钟）").format(who=one.label), 13, "right") for one in walkers()),
            ),
            tuple(rows),
            small=True,
            note=_("分钟只算走路，从起点算起，进到整分钟。"),
        )

    def shelter_table(self) -> Table:
        rows = []
        for number, one in enumerate(self.shelters, 1):
            row = [
                said(str(number)),
                said(named(one)),
                said(one.text("kind")),
                said(one.text("address")),
                said(shelter_capacity(one)),
            ]
            rows.append((*row, said(one.text("contact")), said(one.text("phone"))) if not self.public else tuple(row))
        persons = () if self.public else (Column(_("联系人"), 18), Column(_("联系电话"), 30))
        return Table(
            "shelters",
            _("避险安置点"),
            (
                Column(_("序号"), 10, "centre"),
                Column(_("名称（编号）"), 38),
                Column(_("类别"), 14),
                Column(_("地址"), 32),
                Column(_("可容人数"), 14, "right"),
                *persons,
            ),
            tuple(rows),
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
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _signed(points: float) -> str:
    """+0.02; 0.00 without a sign."""
    text = f"{points:+.2f}"
    return text[1:] if text in ("+0.00", "-0.00") else text
