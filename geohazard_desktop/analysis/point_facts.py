"""What the workspace knows of a hazard point that its own fields leave empty: from its zone, its place, the office.

Nothing is stored and nothing is guessed. The form shows it as 自动 beside the field, paper prints it where the field is
empty, and the report says whose it is. What was typed always comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.counted_today import closed_shelters
from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.measures import bearing, geodesic_distance, measurable
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.relation import compass
from geohazard_desktop.analysis.zone_residents import Residents, residents_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_PLACES = ("place", "settlement", "landmark")
_FACILITIES_TOLD = 3
_POINTS_TOLD = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A value as the field would store it, and in words whose it is."""

    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that paper took from elsewhere: of which feature (as reports call it), under which title, whose."""

    feature: str
    title: str
    reason: str


def known_of_point(ws: Workspace, point: Feature, zone: Feature | None) -> dict[str, Known]:
    """By field name, whatever the point's own value is; `zone` is the zone it belongs to. Fields of which nothing is
    known without doubt are left out."""
    residents = residents_of(ws, zone)
    street, community = _street(ws, point, zone, residents), _same(residents, "community")
    found = {
        "subdistrict": street,
        "community": community,
        "address": _address(ws, point),
        "threatened_objects": _threatened(ws, zone, residents),
        **_numbers(ws, zone, residents),
        "signs": Known(zone.text("signs"), _("危险区的前兆迹象")) if zone is not None and zone.text("signs") else None,
        "shelter": _shelter(ws, zone),
        "duty_phone": _office(ws, "duty.phone"),
    }
    fields = ws.definition(point.layer).by_name
    return {name: one for name, one in found.items() if one is not None and name in fields}


def completed(
    ws: Workspace, point: Feature, zone: Feature | None, *, without: Sequence[str] = ("shelter",)
) -> tuple[Feature, list[Taken]]:
    """The point with its empty fields filled by what is known, as paper prints it, and what was taken from where.
    `without` are fields that paper takes by a way of its own."""
    taken = {
        name: one
        for name, one in known_of_point(ws, point, zone).items()
        if name not in without and (point[name] is None or not point.text(name))
    }
    called = point.text("unified_code") or point.text("id") or point.text("name") or point.uid[:8]
    fields = ws.definition(point.layer).by_name
    told = [Taken(called, fields[name].title, one.reason) for name, one in taken.items()]
    return point.with_values(**{name: one.value for name, one in taken.items()}), told


def taken_notes(taken: Iterable[Taken]) -> list[str]:
    """A sentence for each group of points that lacked the same: which fields, and whose values were printed instead."""
    fields: dict[str, dict[str, str]] = {}
    for one in taken:
        fields.setdefault(one.feature, {})[one.title] = one.reason
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for feature, found in fields.items():
        groups.setdefault(tuple(found.items()), []).append(feature)
    notes = []
    for pairs, points in groups.items():
        names = "、".join(points[:_POINTS_TOLD])
        if len(points) > _POINTS_TOLD:
            names += _(" 等 {count} 个").format(count=len(points))
        told = "，".join(_("{title}取{reason}").format(title=title, reason=reason) for title, reason in pairs)
        notes.append(_("隐患点 {names} 自己没有填的，印的是：{told}。").format(names=names, told=told))
    return notes


def _numbers(ws: Workspace, zone: Feature | None, residents: Residents) -> Mapping[str, Known | None]:
    """户, 人 and 万元. A sum without the households that nobody counted would be too small: then what the zone says."""
    if zone is None:
        return {}
    people: Known | None = None
    need = must_move(ws, zone)
    if residents.households and not residents.uncounted:
        reason = _("危险区登记住户和设施的人数之和") if need.others else _("危险区登记住户的人数之和")
        people = Known(need.counted, reason)
    elif need.typed and need.number:
        people = Known(need.number, _("危险区的需转移人数"))
    loss = zone["potential_loss_wan"]
    return {
        "threatened_households": Known(len(residents.households), _("危险区登记住户的户数"))
        if residents.households
        else None,
        "threatened_people": people,
        "threatened_property_wan": Known(loss, _("危险区的潜在损失")) if _number(loss) else None,
    }


def _threatened(ws: Workspace, zone: Feature | None, residents: Residents) -> Known | None:
    """住户 30 户 109 人、黄白茨小学: who and what stands in the zone."""
    if zone is None:
        return None
    told = [residents.plain()] if residents.households else []
    shape = zone.geometry
    if shape is not None and not shape.is_empty and shape.is_valid:
        names = [one.text("name") for one in features_inside(ws, "facility", shape) if one.text("name")]
        told += names[:_FACILITIES_TOLD]
        if len(names) > _FACILITIES_TOLD:
            told.append(_("另 {count} 处设施").format(count=len(names) - _FACILITIES_TOLD))
    reason = _("危险区的登记住户和区内设施")
    if residents.uncounted:
        reason += _("（{count} 户没填人数，所以没写人数）").format(count=residents.uncounted)
    return Known("、".join(told), reason) if told else None


def _street(ws: Workspace, point: Feature, zone: Feature | None, residents: Residents) -> Known | None:
    place = place_of(point)
    if place is not None and measurable(place):
        around = [one.text("name") for one in features_inside(ws, "subdistrict", place) if one.text("name")]
        if len(around) == 1:
            return Known(around[0], _("所在位置的街道（镇）"))
    if zone is not None and zone.text("subdistrict"):
        return Known(zone.text("subdistrict"), _("危险区的街道（镇）"))
    return _same(residents, "subdistrict")


def _same(residents: Residents, field: str) -> Known | None:
    """What all households of the zone say alike; one that says nothing is no doubt."""
    told = {one.text(field) for one in residents.own} - {""}
    return Known(told.pop(), _("危险区登记住户填的那个")) if len(told) == 1 else None


def _address(ws: Workspace, point: Feature) -> Known | None:
    """黄白茨小学东北约 120 米: by the nearest thing with a name, where one is near."""
    place, reach = place_of(point), parameter("point_facts", "named_within_m")
    if place is None or not measurable(place):
        return None
    around = (place.x - reach, place.y - reach, place.x + reach, place.y + reach)
    near = [
        (metres, one.text("name"), at)
        for layer in _PLACES
        if layer in ws.definitions
        for one in ws.table(layer, bounds=around)
        if one.text("name") and one.geometry is not None and measurable(one.geometry)
        for at in [place_of(one) or one.geometry.representative_point()]
        if (metres := geodesic_distance((at.x, at.y), (place.x, place.y), ws.epsg)) <= reach
    ]
    if not near:
        return None
    metres, name, at = min(near, key=lambda one: one[:2])
    reason = _("最近的有名称的地物")
    if metres <= parameter("point_facts", "at_m"):
        return Known(name, reason)
    words = _("{name}{direction}侧约 {metres} 米").format(
        name=name, direction=compass(bearing((at.x, at.y), (place.x, place.y))), metres=way_metres(metres)
    )
    return Known(words, reason)


def _shelter(ws: Workspace, zone: Feature | None) -> Known | None:
    """The one shelter that the zone's routes lead to."""
    if zone is None or "evacuation_route" not in ws.definitions:
        return None
    leading = {one.text("shelter") for one in ws.find("evacuation_route", "danger_zone", zone.uid)}
    leading -= {"", *closed_shelters(ws)}
    leading -= closed_shelters(ws).keys()
    return Known(leading.pop(), _("危险区的路线通到的安置点")) if len(leading) == 1 else None


def _office(ws: Workspace, key: str) -> Known | None:
    words = ws.setting(key).strip()
    return Known(words, _("单位设置里的那个")) if words else None


def _number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
