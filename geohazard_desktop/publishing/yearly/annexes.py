"""The lists behind the yearly plan and its tables of persons: 隐患点一览表 in two sheets, who patrols, who answers."""

import re

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft, is_official
from geohazard_desktop.exchange.workbooks import Cell
from geohazard_desktop.publishing.yearly.listed import Told, listed, parts, text
from geohazard_desktop.publishing.yearly.model import Column, Table, Text, quiet, said
from geohazard_desktop.publishing.yearly.tables import PlanTables, named, number_words
from geohazard_desktop.workspace.feature import Feature

_PHONE = re.compile(r" (?=[0-9+][0-9 +-]{5,}$)")  # where a telephone begins behind a name

_RIGHT = ("households", "people", "property")
_FACTS: dict[str, float] = {
    "serial": 10, "code": 27, "name": 24, "place": 34, "longitude": 25, "latitude": 23, "kind": 13, "size": 20,
    "scale": 12, "grade": 13, "stability": 20, "threatened": 26, "households": 11, "people": 11, "property": 14,
}  # fmt: skip
_MEASURES: dict[str, float] = {
    "serial": 9, "code": 25, "name": 28, "causes": 22, "season": 22, "measures": 54, "lead": 33, "monitor": 33,
    "remark": 30,
}  # fmt: skip


def patrol_table(tables: PlanTables) -> Table:
    return listed(
        "patrols",
        _("危险区巡查责任人"),
        tables.zones,
        (
            Told(_("名称（编号）"), 50, lambda one: named(one) + _draft_mark(tables, one)),
            Told(_("街道（镇）"), 30, text("subdistrict")),
            Told(_("巡查责任人"), 26, text("patrol_person")),
            Told(_("联系电话"), 38, text("patrol_phone")),
        ),
        serial=12,
    )


def _draft_mark(tables: PlanTables, zone: Feature) -> str:
    """（拟划） behind the name of a zone that no document bears out."""
    return "" if is_official(tables.layers.states.get(zone.uid, "")) else _("（{draft}）").format(draft=draft())


def person_table(tables: PlanTables) -> Table:
    return listed(
        "persons",
        _("责任人名册"),
        tables.persons,
        (
            Told(_("姓名"), 22, text("name")),
            Told(_("职务"), 40, text("post")),
            Told(_("单位"), 52, text("unit")),
            Told(_("联系电话"), 32, text("phone")),
            Told(_("职责"), 70, parts("roles")),
        ),
        serial=10,
        small=True,
        series="附表",
    )


def point_tables(tables: PlanTables) -> list[Table]:
    """隐患点一览表 in two sheets, because A4 holds half of its columns: what a point is, and what is done there."""
    keys = [one.key for one in tables.list.columns]
    titles = {one.key: one.title for one in tables.list.columns}
    found = [dict(zip(keys, row, strict=True)) for row in tables.list.rows(tables.points)]
    second = _("隐患点一览表（二）：防治措施") if tables.public else _("隐患点一览表（二）：防治措施和责任人")
    return [
        _point_table(tables, "points", _("隐患点一览表（一）：位置、规模和威胁对象"), _FACTS, titles, found),
        _point_table(tables, "measures", second, _MEASURES, titles, found),
    ]


def _point_table(
    tables: PlanTables,
    key: str,
    caption: str,
    wide: dict[str, float],
    titles: dict[str, str],
    found: list[dict[str, Cell]],
) -> Table:
    chosen = [one for one in wide if one in titles and not (tables.public and one in ("longitude", "latitude"))]
    rows = tuple(tuple(_cell(one, row[one]) for one in chosen) for row in found)
    columns = tuple(
        Column(titles[one], wide[one], "centre" if one == "serial" else "right" if one in _RIGHT else "left")
        for one in chosen
    )
    return Table(key, caption, columns, rows, note=_list_note(tables, key), small=True, series="附表")


def _list_note(tables: PlanTables, key: str) -> str:
    if key == "measures" and not tables.public:
        return _("防灾责任人取登记的监测负责人，监测责任人取登记的监测人；职务取责任人名册里唯一同名的。")
    if key != "points":
        return ""
    note = _("险情等级按所在危险区的需转移人数和潜在损失判定，数字不全的空着。")
    return note + tables.list.numbers_note(tables.points)


def _cell(key: str, value: Cell) -> Text:
    if key == "remark":
        return quiet(str(value or ""))
    if key == "size":  # volume and area each on a line: a number is not to be broken
        return said(str(value or "").replace("，", "\n"))
    if key in ("lead", "monitor"):
        return said(_PHONE.sub("\n", str(value or ""), count=1))
    return said(number_words(value) if isinstance(value, int | float) else str(value or ""))
