"""Repairs of values: what the place, the register or the text itself says. The price names the new value."""

from collections.abc import Mapping
from datetime import date

from geohazard_desktop.analysis.evacuation import WayFinder, route_name, shelter_name
from geohazard_desktop.analysis.hazard_links import danger_zone_of
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.ways_in_force import holding, ways_over
from geohazard_desktop.analysis.zone_recording import register_of
from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.analysis.zone_states import zone_states
from geohazard_desktop.checks.bench import Bench, Maker, Repair
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.rules.phone_form import plain_phone
from geohazard_desktop.checks.rules.scale_class import class_of
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.signs import unseen, without_unseen
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import parse_day
from geohazard_desktop.domain.household_help import DEAF, surely_deaf
from geohazard_desktop.domain.lifecycle import draft
from geohazard_desktop.domain.threat_numbers import threat_numbers, with_numbers
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.edits.endings import end
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.edits.zone_events import follow_register
from geohazard_desktop.workspace.feature import Feature, Value

_MEMBERS = "household_member"
_CLEAR_WAY = _("换成不穿过危险区的路线")


def _next_number(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    number = bench.next_number(finding.layer)
    if not number:
        raise _unclear()
    return _set(bench, one, _("给它编号"), {"id": number}, _("编为 {value}").format(value=number))


def _clear_reference(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    title = bench.definitions[finding.layer].by_name[finding.about].title
    price = _("{title}改为空").format(title=title)
    return _set(bench, one, _("清空引用"), {finding.about: None}, price)


def _date(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    day = parse_day(one.text(finding.about))
    if day is None:
        raise _unclear()
    written = day.isoformat()
    price = _("{old} 改为 {value}").format(old=one.text(finding.about), value=written)
    return _set(bench, one, _("改成日期写法"), {finding.about: written}, price)


def _phone(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    number = plain_phone(one.text(finding.about))
    if not number:
        raise _unclear()
    # The number is personal: the form shows it, the list only says what becomes of it.
    return _set(bench, one, _("只留号码"), {finding.about: number}, _("去掉号码外的字"))


def _without_unseen(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    text = one.text(finding.about)
    price = _("去掉 {count} 个字符").format(count=len(unseen(text)))
    return _set(bench, one, _("去掉看不见的字符"), {finding.about: without_unseen(text) or None}, price)


def _state_by_register(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    proved = zone_states(bench.ws).get(one.uid, draft())
    price = _("{old}改为{value}").format(old=one.text("state") or draft(), value=proved)
    edit = follow_register(bench.definitions, one, register_of(bench.ws, one.uid))
    if not edit.deltas:
        raise _unclear()
    return Repair(_("按登记改状态"), price, (), edit)


def _zone_by_place(bench: Bench, finding: Finding) -> Repair:
    """The danger zone in which a household lies, or on whose boundary a sign stands."""
    one = bench.feature(finding.layer, finding.uid)
    if one.geometry is None:
        raise _unclear()
    near = parameter("danger_zone_sign", "sign_distance_m") if finding.layer == "warning_sign" else 0.0
    zones = Office(bench.ws).zones_at(one.geometry.buffer(near) if near else one.geometry)
    if not zones or (near and len(zones) > 1):
        raise _unclear()
    price = _("改为{zone}").format(zone=called(bench.definitions, zones[0]))
    return _set(bench, one, _("按位置改危险区"), {"danger_zone": zones[0].uid}, price)


def _only_route(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    zones = Office(bench.ws).zones_at(one.geometry) if one.geometry is not None else []
    routes = bench.ws.find("evacuation_route", "danger_zone", zones[0].uid) if len(zones) == 1 else []
    routes = holding(routes, ways_over(bench.ws))
    if len(routes) != 1:
        raise _unclear()
    price = _("指定{route}").format(route=called(bench.definitions, routes[0]))
    return _set(bench, one, _("指定这个区的路线"), {"evacuation_route": routes[0].uid}, price)


def _clear_way(bench: Bench, finding: Finding) -> Repair:
    """The shortest way of those that lead through no danger zone."""
    one = bench.feature(finding.layer, finding.uid)
    way = WayFinder(bench.ws).clear_way(one)
    if way is None:
        raise _unclear()
    price = _("改走{route}，到{shelter}，约 {metres} 米").format(
        route=route_name(way.route), shelter=shelter_name(way.shelter), metres=way.metres_rounded
    )
    values: dict[str, Value] = {"evacuation_route": way.route.uid}
    if one.text("door_note"):
        values["door_note"] = None  # it says how to walk to the other route
        price += _("；出门的走法是到原来那条路线的，清空")
    return _set(bench, one, _CLEAR_WAY, values, price)


def _only_hazard_point(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    points = Office(bench.ws).meeting("hazard_point", one.geometry) if one.geometry is not None else []
    if len(points) != 1:
        raise _unclear()
    price = _("关联{point}").format(point=called(bench.definitions, points[0]))
    return _set(bench, one, _("关联区内的隐患点"), {"hazard_point": points[0].uid}, price)


def _street_by_place(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    streets = Office(bench.ws).meeting("subdistrict", one.geometry) if one.geometry is not None else []
    names = {street.text("name").strip() for street in streets if street.text("name").strip()}
    if len(names) != 1:
        raise _unclear()
    (name,) = names
    typed = one.text("subdistrict")
    price = _("{old}改为{value}").format(old=typed, value=name) if typed else _("填{value}").format(value=name)
    return _set(bench, one, _("按位置填街道"), {"subdistrict": name}, price)


def _scale_by_volume(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    reckoned = class_of(one)
    if reckoned is None:
        raise _unclear()
    price = _("{old}改为{value}").format(old=one.text("scale_class"), value=reckoned[0])
    return _set(bench, one, _("按规模改等级"), {"scale_class": reckoned[0]}, price)


def _threat_numbers(bench: Bench, finding: Finding) -> Repair:
    """威胁对象 in its own words, with the register's 户 and 人."""
    one = bench.feature(finding.layer, finding.uid)
    text, residents = one.text(finding.about), residents_of(bench.ws, danger_zone_of(bench.ws, one))
    said = threat_numbers(text)
    if said is None or not said.clear or residents.uncounted:
        raise _unclear()
    right = with_numbers(text, len(residents.households), residents.people)
    price = _("{old}改为{value}").format(old=_("“{text}”").format(text=text), value=_("“{text}”").format(text=right))
    return _set(bench, one, _("按登记改数"), {finding.about: right}, price)


def _hearing_by_remark(bench: Bench, finding: Finding) -> Repair:
    """Who does not hear by a remark that can be of nobody else has it in the register, which all papers go by."""
    home = bench.feature(finding.layer, finding.uid)
    rows = [bench.feature(one.layer, one.uid) for one in bench.ws.find(_MEMBERS, "household", home.uid)]
    people = int(home["people"]) if isinstance(home["people"], int | float) else None
    said = [(one.text("hearing"), one.text("remark")) for one in rows]
    sure = surely_deaf(said, (home.text("remark"), home.text("notes")), people)
    if not sure:
        raise _unclear()
    who = [rows[number] for number in sure]
    names = "、".join(one.text("name") or _("没有姓名的一人") for one in who)
    edit = change_values(bench.definitions, who, {"hearing": DEAF})
    return Repair(_("按备注填听力"), _("{names}：{value}").format(names=names, value=DEAF), (), edit)


def _end_copy(bench: Bench, finding: Finding) -> Repair:
    """The one of two alike that has no paper goes out of the counts; what was issued to it stays with its history."""
    one, other = bench.feature(finding.layer, finding.uid), bench.feature(finding.layer, finding.others[0])
    if _issued(bench, one) and not _issued(bench, other):
        one, other = other, one
    known = other.text("id") or called(bench.definitions, other)
    reason = _("与 {other} 重复").format(other=known)
    edit = end(bench.definitions, [one], date.today(), reason)
    return Repair(_("重复的一户迁出"), _("{one}：{reason}").format(one=one.text("id"), reason=reason), (), edit)


def _issued(bench: Bench, one: Feature) -> bool:
    known = REGISTER in bench.ws.definitions and one.layer in bench.ws.definitions[REGISTER].by_name
    return known and bool(bench.ws.find(REGISTER, one.layer, one.uid))


def _set(bench: Bench, one: Feature, label: str, values: dict[str, Value], price: str) -> Repair:
    edit = change_values(bench.definitions, [one], values)
    if not edit.deltas:
        raise _unclear()
    return Repair(label, price, (), edit)


def _unclear() -> EditRefused:
    return EditRefused(_("这一处已经变了，程序不能替你决定。"), _("请再检查一次，或在属性里改。"))


REPAIRS: Mapping[str, tuple[str, Maker]] = {
    "next_number": (_("给它编号"), _next_number),
    "clear_reference": (_("清空引用"), _clear_reference),
    "date": (_("改成日期写法"), _date),
    "phone": (_("只留号码"), _phone),
    "unseen_signs": (_("去掉看不见的字符"), _without_unseen),
    "state_by_register": (_("按登记改状态"), _state_by_register),
    "zone_by_place": (_("按位置改危险区"), _zone_by_place),
    "only_route": (_("指定这个区的路线"), _only_route),
    "clear_way": (_CLEAR_WAY, _clear_way),
    "only_hazard_point": (_("关联区内的隐患点"), _only_hazard_point),
    "street_by_place": (_("按位置填街道"), _street_by_place),
    "threat_numbers": (_("按登记改数"), _threat_numbers),
    "hearing_by_remark": (_("按备注填听力"), _hearing_by_remark),
    "end_copy": (_("重复的一户迁出"), _end_copy),
    "scale_by_volume": (_("按规模改等级"), _scale_by_volume),
}
