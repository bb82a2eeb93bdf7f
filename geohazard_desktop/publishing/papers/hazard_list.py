"""隐患点一览表 of the yearly plan: all hazard points on A3 sheets and as an Excel workbook, with the columns that the
regulation's article 18 asks for (distribution, threatened objects, key period, measures, persons responsible)."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.measures import to_geographic
from geohazard_desktop.analysis.point_and_zone import two_numbers_note
from geohazard_desktop.analysis.point_facts import Taken, taken_notes
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.domain.quantities import THIN, area_words, dms, registered, volume_words
from geohazard_desktop.domain.season import season_of
from geohazard_desktop.exchange.titled_sheet import titled_sheet
from geohazard_desktop.exchange.workbooks import Cell
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import Form, Issue, cell, day_words, texts_in
from geohazard_desktop.publishing.issues.issuing import Printed, Ticket
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.issues.paper_issuing import PaperDesk, district_subject
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.plan_table import grade_of_zone, located
from geohazard_desktop.publishing.papers.single_sheets import subjects_of
from geohazard_desktop.publishing.papers.zone_map import drawable
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

HAZARD_LIST = "hazard_list"
CLOSED = "销号"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `wide` mm on the A3 sheet; `number`: summed and aligned to the right; `personal`: of persons."""

    key: str
    title: str
    wide: float
    number: bool = False
    personal: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("serial", _("序号"), 8.0),
    Column("code", _("统一编号"), 23.0),
    Column("name", _("名称"), 24.0),
    Column("place", _("位置"), 32.0),
    Column("longitude", _("经度"), 22.0),
    Column("latitude", _("纬度"), 21.0),
    Column("kind", _("灾害类型"), 13.0),
    Column("size", _("规模（体积、面积）"), 17.0),
    Column("scale", _("规模等级"), 11.0),
    Column("grade", _("险情等级"), 11.0),
    Column("stability", _("稳定性、发展趋势"), 18.0),
    Column("threatened", _("威胁对象"), 25.0),
    Column("households", _("威胁户数"), 10.0, number=True),
    Column("people", _("威胁人数"), 10.0, number=True),
    Column("property", _("威胁财产（万元）"), 13.0, number=True),
    Column("causes", _("诱发因素"), 18.0),
    Column("season", _("重点防范期"), 17.0),
    Column("measures", _("防治措施"), 32.0),
    Column("lead", _("防灾责任人（职务、电话）"), 23.0, personal=True),
    Column("monitor", _("监测责任人（职务、电话）"), 23.0, personal=True),
    Column("remark", _("备注"), 29.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardList(Form):
    """The list. Personal: the columns marked so; a list for the public is made without them."""

    title: str = field(default="", metadata=cell("标题"))
    unit: str | None = field(default=None, metadata=cell("编制单位"))
    note: str = ""
    totals: str = ""
    issue: Issue = field(default_factory=Issue)


def publish_hazard_list(
    ws: Workspace,
    folder: Path,
    *,
    form: str = "both",
    people: bool = True,
    closed: bool = True,
    uids: Collection[str] | None = None,
) -> PublishReport:
    """The list into `folder`: `form` "pdf", "xlsx" or "both". Without `people` the columns of persons are left out;
    with `closed`, points that were taken off the list (销号) stand at its end."""
    maker = ListMaker(ws, people=people)
    points = [one for one in subjects_of(ws, "hazard_point", uids) if closed or one.text("status") != CLOSED]
    if not points:
        raise ExportRefused(
            _("选中的隐患点都已销号，一览表是空的。"), _("请勾上“列出已销号的”，或另选隐患点，再出一次。")
        )
    rows = maker.rows(points)
    made = maker.form(points, rows)
    name = file_name(_("隐患点一览表"), "" if people else _("公开"))
    report = PublishReport(problems=list(maker.layers.style_faults))
    # Only those chosen: the list of some points does not replace the list of all.
    of = [] if uids is None or len(points) == ws.count("hazard_point") else [one.uid for one in points]
    desk = PaperDesk(ws)
    plain = Paper(HAZARD_LIST, list_data(made, maker.columns, rows), {}, made.title)
    ticket = desk.ticket_in_force(district_subject(of), plain)
    if form != "xlsx":
        issued = desk.take(district_subject(of), plain)
        if issued is not None:
            desk.put(Printed(folder / f"{name}.pdf", issued.paper.typeset(), [issued]), report)
            desk.finish(report)
            ticket = issued.ticket
        report.notes += desk.notes()
        if issued is None:
            report.unchanged += [one.uid for one in points]
            return report
    elif ticket is None:
        report.notes.append(_("只出 Excel 的不登记，表上没有核对码；要核对码，请连 PDF 一起出。"))
    if form != "pdf":
        press().hear(text for _where, text in texts_in(plain.data))
        write_whole(folder / f"{name}.xlsx", workbook(made, maker.columns, rows, ticket))
        report.files.append(folder / f"{name}.xlsx")
    report.notes.append(_("列出 {count} 处隐患点。").format(count=len(rows)))
    lacking = [one.title for number, one in enumerate(maker.columns) if any(row[number] in (None, "") for row in rows)]
    lacking = [one for one in lacking if one != _("备注")]
    report.notes += taken_notes(maker.taken)
    if lacking:
        report.notes.append(_("有的隐患点没有登记：{columns}，表上空着。").format(columns="、".join(lacking)))
    return report


def list_data(form: HazardList, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """What typeset() takes for HAZARD_LIST."""
    return {
        "form": form.to_json(),
        "columns": [{"title": one.title, "wide": one.wide, "number": one.number} for one in columns],
        "rows": [[_shown(value) for value in row] for row in rows],
    }


def workbook(
    form: HazardList, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], ticket: Ticket | None = None
) -> bytes:
    """The list as an Excel workbook; with a ticket it says which issue it is, as the PDF does."""
    marks = [form.unit or "", _("示意数据　不是实测成果") if form.issue.schematic else ""]
    if ticket is not None:
        words = _("第 {version} 版　{day}印　核对码 {code}")
        marks.append(words.format(version=ticket.version, day=day_words(ticket.issued_on), code=ticket.code))
    return titled_sheet(
        _("隐患点一览表"),
        [form.title, "　".join(one for one in marks if one)],
        [(one.title, max(6.0, one.wide / 1.9)) for one in columns],
        rows,
        [form.totals, form.note],
    )


class ListMaker:
    """Fills the list; reads the workspace once."""

    def __init__(self, ws: Workspace, today: date | None = None, *, people: bool = True) -> None:
        self.ws = ws
        self.today = today or date.today()
        self.layers = MapLayers(ws, lambda one: one.table == "danger_zone")
        self.facts = CardFacts(ws, self.layers, self.today)
        self.columns = tuple(one for one in COLUMNS if people or not one.personal)
        season = season_of(self.facts.settings)
        self._season = "" if season is None else season.words()
        self._posts = _posts(ws)
        self.taken: list[Taken] = []
        self.units = _units(self.facts.settings.get("administrative.units", ""))  # 街道（镇） in the district's order

    def rows(self, points: Sequence[Feature]) -> list[list[Cell]]:
        """In the order of the district's 街道, then by number; points taken off the list last."""
        units = self.units

        def order(point: Feature) -> tuple[bool, int, str]:
            where = point.text("subdistrict")
            unit = units.index(where) if where in units else len(units)
            return point.text("status") == CLOSED, unit, point.text("unified_code") or point.text("id")

        found = []
        for serial, point in enumerate(sorted(points, key=order), 1):
            values = self._values(point) | {"serial": float(serial)}
            found.append([values[one.key] for one in self.columns])
        return found

    def _values(self, point: Feature) -> dict[str, Cell]:
        facts = self.facts
        zone = facts.zone_of_point(point)
        self.taken += facts.taken_for(point)
        threat = facts.threat(point, zone)
        point = facts.completed(point)
        where = place_of(point)
        degrees: tuple[Cell, Cell] = (None, None)
        if where is not None and drawable(where, self.ws.epsg):
            longitude, latitude = to_geographic(self.ws.epsg).transform(where.x, where.y)
            degrees = dms(longitude), dms(latitude)
        closed = point.text("status") == CLOSED
        remark = [
            "，".join(one for one in (_("已销号"), point.text("closed_on"), point.text("closed_reason")) if one)
            if closed
            else "",
            point.text("status") if point.text("status") == "治理" else "",
            # Our own number is no 统一编号; without one it is what the list and the cards find each other by.
            ""
            if point.text("unified_code") or not point.text("id")
            else _("本单位编号 {id}").format(id=point.text("id")),
            point.text("remark"),
        ]
        return {
            "code": point.text("unified_code"),
            "name": point.text("name"),
            "place": located("", point),
            "longitude": degrees[0],
            "latitude": degrees[1],
            "kind": point.text("hazard_type"),
            "size": _size(point),
            "scale": point.text("scale_class"),
            "grade": grade_of_zone(self.ws, zone),
            "stability": "，".join(one for one in (point.text("stability"), point.text("trend")) if one),
            "threatened": threat,
            "households": _number(point["threatened_households"]),
            "people": _number(point["threatened_people"]),
            "property": _number(point["threatened_property_wan"]),
            "causes": facts.causes(point),
            "season": self._season,
            "measures": point.text("treatment_advice"),
            "lead": self._person(point.text("monitoring_lead"), point.text("monitoring_phone")),
            "monitor": self._person(point.text("monitor"), point.text("monitor_phone")),
            "remark": "；".join(one for one in remark if one),
        }

    def _person(self, name: str, phone: str) -> str:
        """Name, post where the register of persons has one by that name and only one, telephone."""
        posts = self._posts.get(name, set())
        post = next(iter(posts)) if len(posts) == 1 else ""
        return " ".join(one for one in (name, post, phone) if one)

    def form(self, points: Sequence[Feature], rows: Sequence[Sequence[Cell]]) -> HazardList:
        """Title, note and totals. `rows` are those of `points` as rows() orders them, those taken off the list last."""
        settings = self.facts.settings
        keys = [one.key for one in self.columns]
        # As the yearly plan counts: what was taken off the list threatens nobody any more and is told apart.
        off = sum(one.text("status") == CLOSED for one in points)
        rows = rows[: len(rows) - off]
        told = [_("在册合计 {count} 处").format(count=len(rows))]
        for key, unit in (("households", _("户")), ("people", _("人")), ("property", _("万元"))):
            values = [row[keys.index(key)] for row in rows]
            known = [one for one in values if isinstance(one, float)]
            missing = len(values) - len(known)
            words = _("{sum} {unit}").format(sum=registered(sum(known)), unit=unit)
            told.append(words + (_("（另有 {count} 处没登记）").format(count=missing) if missing else ""))
        note = _("险情等级按所在危险区的需转移人数和潜在损失判定，数字不全的空着。")
        if "lead" in keys:
            note = _("防灾责任人取登记的监测负责人，监测责任人取登记的监测人。") + note
        note += self.numbers_note(points)
        return HazardList(
            title=_("{district}地质灾害隐患点一览表").format(district=settings.get("district.name", "")),
            unit=settings.get("office.name") or None,
            note=note,
            totals="，".join(told) + "。" + (_("另有已销号 {count} 处，不计入。").format(count=off) if off else ""),
            issue=self.facts.issue(points),
        )

    def numbers_note(self, points: Sequence[Feature]) -> str:
        """Which of `points` have other numbers than their zones, both said with why; "" where none has."""
        facts = self.facts
        kept = [one for one in points if one.text("status") != CLOSED]
        return two_numbers_note(facts.two_numbers(one, facts.zone_of_point(one)) for one in kept)


def _posts(ws: Workspace) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in ws.table("person") if "person" in ws.definitions else ():
        found.setdefault(one.text("name"), set()).add(one.text("post"))
    return found


def _units(text: str) -> list[str]:
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []


def _size(point: Feature) -> str:
    told = []
    for name, words in (("volume_m3", volume_words), ("area_m2", area_words)):
        value = _number(point[name])
        if value:
            told.append(words(value).replace(THIN, ""))
    return "，".join(told)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _shown(value: Cell) -> str | None:
    if isinstance(value, float):
        return registered(value)
    return value or None
