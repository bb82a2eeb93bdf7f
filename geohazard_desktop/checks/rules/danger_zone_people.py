"""A danger zone's 需转移人数 covers who is registered in it, and nobody who has moved away: the grade of the 险情 and
every paper rest on this number. 威胁对象, which the sign prints as it was typed, names the register's 户 and 人."""

from collections.abc import Iterator

from geohazard_desktop.analysis.hazard_links import CLOSED, POINTS, danger_zone_of, hazard_point_of
from geohazard_desktop.analysis.must_move import MustMove, whole_number
from geohazard_desktop.analysis.zone_grade import zone_grade
from geohazard_desktop.analysis.zone_residents import people_in
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.threat_numbers import ThreatNumbers, threat_numbers
from geohazard_desktop.workspace.feature import Feature

RULE = "danger_zone_people"
TITLE = _("人数与登记的住户不一致")
_OBJECTS = "threatened_objects"


def find(office: Office) -> Iterator[Finding]:
    yield from _numbers(office)
    yield from _words(office)


def _numbers(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if one.geometry is None or not one.geometry.is_valid:
            continue
        need = office.need_of(one)
        if not need.registered and not need.residents.gone:
            continue
        told = [_("{name}填的需转移人数是 {people} 人").format(name=office.called(one), people=need.typed)]
        told = told if stale(need) else []
        point = hazard_point_of(office.ws, one)
        if point is not None and (numbers := _of_point(need, point)):
            told.append(_("{name}填的是威胁 {numbers}").format(name=office.called(point), numbers=numbers))
        if told:
            counted = need.residents.words() if need.residents.households else _("没有在册的")
            others = _("，重要设施 {count} 人").format(count=need.others) if need.others else ""
            gone = need.residents.gone_words()
            grade = zone_grade(office.ws, one, need).doubt()
            sentence = _("{told}；登记住户 {counted}{others}{gone}。{grade}请核对后改{rest}。").format(
                told="，".join(told),
                counted=counted,
                others=others,
                gone=_("，另有 {gone}").format(gone=gone) if gone else "",
                grade=_("{words}，图纸上印的是前一个。").format(words=grade) if grade else "",
                rest=_more(need),
            )
            yield office.finding(RULE, one, sentence, others=[] if point is None else [point])


def _words(office: Office) -> Iterator[Finding]:
    """Points whose 威胁对象 names other numbers than the register of their zone."""
    for one in office.judged(POINTS):
        said = None if one.text("status") == CLOSED else threat_numbers(one.text(_OBJECTS))
        zone = danger_zone_of(office.ws, one) if said is not None else None
        if said is None or zone is None:
            continue
        need = office.need_of(zone)
        residents = need.residents
        if not (residents.households or residents.gone) or _same(said, need):
            continue
        gone = residents.gone_words()
        more = not gone and (said.households > len(residents.households) or (said.people or 0) > residents.people)
        words = _(
            "{name}的{title}里写的是 {said}，{zone}登记的是住户 {counted}{gone}。"
            "警示牌、预案表印的是前一个，叫人名单印后一个，请核对后改成一样的{rest}。"
        )
        sentence = words.format(
            name=office.called(one),
            title=office.ws.definition(POINTS).by_name[_OBJECTS].title,
            said=_said(said),
            zone=office.called(zone),
            counted=residents.words(),
            gone=_("，另有 {gone}").format(gone=gone) if gone else "",
            rest=_("；多出来的还没有登记的，先登记，不要改小") if more else "",
        )
        fix = "threat_numbers" if said.clear and not residents.uncounted else ""
        yield office.finding(RULE, one, sentence, about=_OBJECTS, fix=fix, opens="" if fix else _OBJECTS)


def _same(said: ThreatNumbers, need: MustMove) -> bool:
    """Whether the words agree with the register: with all who leave with the zone, or with those who live inside it;
    their 人 may count those of facilities too. 户 of the one and 人 of the other are no agreement."""
    residents, away = need.residents, need.residents.away
    for without in ((), away):
        people = residents.people - people_in(without)
        if said.households == len(residents.households) - len(without) and (
            said.people is None
            or said.people in (people, people + need.others)
            or (residents.uncounted > 0 and said.people >= people)
        ):
            return True
    return False


def _said(said: ThreatNumbers) -> str:
    if said.people is None:
        return _("{count} 户").format(count=said.households)
    return _("{households} 户 {people} 人").format(households=said.households, people=said.people)


def _more(need: MustMove) -> str:
    """What else can be done where the typed number is the larger one: it may count others than who has moved away."""
    if need.typed is None or need.typed <= need.counted:
        return ""
    return _("；多出来的是工人、学生的，请在区内的重要设施里填人数，或者在检查里搁置这一条")


def stale(need: MustMove) -> bool:
    """Whether the typed number is too small, or may count who has moved away: it is larger by at least as many. A
    larger one may count workers or pupils whom no register has (danger_zone_unregistered)."""
    if need.typed is None:
        return False
    if not need.registered:
        return need.typed > 0  # everybody who was registered has moved away
    if need.agrees:
        return False
    gone = need.residents.gone
    return need.typed < need.counted or (bool(gone) and need.typed - need.counted >= people_in(gone))


def _of_point(need: MustMove, point: Feature) -> str:
    """6 户 18 人: the numbers of the zone's point that are out of date; "" where they are not."""
    residents = need.residents
    households, people = whole_number(point["threatened_households"]), whole_number(point["threatened_people"])
    count = len(residents.households)
    told = []
    if households is not None and (households < count or (residents.gone and households > count)):
        told.append(_("{count} 户").format(count=households))
    if people is not None and stale(MustMove(people, residents, need.others)):
        told.append(_("{count} 人").format(count=people))
    return " ".join(told)
