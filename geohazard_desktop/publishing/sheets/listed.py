"""危险区、隐患点 of a 街道 or key area in a table beside its map, and on a wall those of the district: numbers as every
paper says them. Internal sheets alone have it, where their panels leave room (sheet_internal.typ).

A point that belongs to a danger zone has the zone's numbers: two registers may differ. They are said once, in the
zone's row; at the point where the zone is on another sheet.
"""

from collections.abc import Collection, Sequence

import shapely

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.hazard_links import CLOSED, POINTS, zone_of_point
from geohazard_desktop.analysis.must_move import MustMove, must_move, whole_number
from geohazard_desktop.analysis.point_facts import completed
from geohazard_desktop.analysis.street_register import STREETS, belonging
from geohazard_desktop.analysis.zone_grade import ZoneGrade, zone_grade
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official, lifted
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.map_forms import Listed, ListedPlace
from geohazard_desktop.publishing.sheets.subjects import KEY_AREAS, SheetSubject
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_ELSEWHERE = ("shelter", "subdistrict", "community", "address", "signs", "duty_phone")  # not in the table


def listed(ws: Workspace, layers: MapLayers, subject: SheetSubject, *, wall: bool) -> Listed | None:
    """The table of a sheet of `subject`; None where it has none: a zone's own sheet, or a small one of the district."""
    if subject.layer not in (STREETS, KEY_AREAS) and (subject.layer or not wall):
        return None
    holding = [one for one in layers.features(ZONES) if layers.states.get(one.uid) != lifted()]
    zones = sorted(
        (one for one in holding if subject.zones is None or one.uid in subject.zones), key=lambda one: one.text("id")
    )
    points = _points(ws, layers, subject)
    own = subject.name if subject.layer != KEY_AREAS else _("本图范围")
    rows = [_zone(ws, one) for one in zones]
    note = None
    if subject.layer:
        rows += [_point(ws, one, holding, {one.uid for one in zones}) for one in points]
    elif count := sum(one.text("status") != CLOSED for one in points):
        note = _("在册的隐患点 {count} 处，见隐患点一览表。").format(count=count)
    lacking = [words for words, there in ((_("危险区"), zones), (_("隐患点"), points)) if not there]
    return Listed(
        title=_("{name}的危险区、隐患点").format(name=own) if subject.layer else _("{name}的危险区").format(name=own),
        rows=tuple(rows),
        none=_("也没有登记{what}。").format(what=_("和").join(lacking)) if lacking else None,
        note=note,
    )


def _points(ws: Workspace, layers: MapLayers, subject: SheetSubject) -> list[Feature]:
    """Those that lie in it and those that the register gives to a 街道; what was taken off the list comes last."""
    every = layers.features(POINTS)
    wanted = {one.uid for one in every} if not subject.layer else set[str]()
    if subject.layer == STREETS:
        wanted |= {one.uid for one in belonging(ws, subject.name).points}
    if subject.land is not None:
        ground = shapely.make_valid(subject.land)
        wanted |= {one.uid for one in every if (place := place_of(one)) is not None and ground.intersects(place)}
    return sorted(
        (one for one in every if one.uid in wanted), key=lambda one: (one.text("status") == CLOSED, _number(one))
    )


def _zone(ws: Workspace, zone: Feature) -> ListedPlace:
    need = must_move(ws, zone)
    return ListedPlace(
        number=zone.text("id"),
        name=zone.text("name"),
        kind=zone.text("hazard_type"),
        grade=_grade(zone_grade(ws, zone, need)),
        people=_moved(need),
        state=zone.text("state"),
        draft=not is_official(zone.text("state")),
    )


def _moved(need: MustMove) -> str:
    """14 户 50 人."""
    # 户 of the register beside 人 of the form would be one number made of two: 12 户 157 人.
    households = len(need.residents.households) if need.agrees and not need.others else 0
    told = [_("{count} 户").format(count=grouped(households))] if households else []
    return " ".join([*told, need.told() or _("人数未登记")])


def _point(ws: Workspace, own: Feature, zones: Sequence[Feature], rows: Collection[str]) -> ListedPlace:
    """`rows`: uids of the zones that have rows of their own."""
    zone = zone_of_point(own, zones)
    point, _taken = completed(ws, own, zone, without=_ELSEWHERE)
    if zone is None:
        people = _threatened(point)
    elif zone.uid in rows:
        people = _("见 {zone}").format(zone=zone.text("id") or zone.text("name"))
    else:
        people = _moved(must_move(ws, zone))
    return ListedPlace(
        number=_number(point),
        name=point.text("name"),
        kind=point.text("hazard_type"),
        grade=_grade(None if zone is None else zone_grade(ws, zone)),
        people=people,
        state=point.text("status"),
    )


def _number(point: Feature) -> str:
    return point.text("unified_code") or point.text("id")


def _grade(grade: ZoneGrade | None) -> str:
    """小型, 不低于小型; nobody registers a grade, it is judged by a zone's numbers."""
    if grade is None or grade.judged is None:
        return _("未判定")
    return grade.judged.grade if grade.complete else _("不低于{grade}").format(grade=grade.judged.grade)


def _threatened(point: Feature) -> str:
    """4 户 12 人, what of it is registered."""
    units = (("threatened_households", _("{count} 户")), ("threatened_people", _("{count} 人")))
    told = [(whole_number(point[name]), words) for name, words in units]
    return " ".join(words.format(count=grouped(count)) for count, words in told if count is not None) or _("未登记")
