"""What a field would say by itself: by the feature's place, or by what is already registered.

Nothing here is stored. The form shows it beside the field, and an officer takes it or types over it; what was typed
stays until somebody asks for the automatic value again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geohazard_desktop.analysis.exposure import exposure
from geohazard_desktop.analysis.hazard_links import danger_zone_of, hazard_point_of
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.point_facts import known_of_point
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.shelter import capacity
from geohazard_desktop.editing.defaults import values_by_place
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Automatic:
    """A value as the field would store it, and why it is so."""

    value: Value
    reason: str


def automatic_values(ws: Workspace, feature: Feature) -> dict[str, Automatic]:
    """By field name, for those fields that something is known of without doubt; empty for the rest."""
    definition = ws.definition(feature.layer)
    found: dict[str, Automatic] = {}
    if feature.geometry is not None and not feature.geometry.is_empty and feature.geometry.is_valid:
        for name, value in values_by_place(ws, feature.layer, feature.geometry).items():
            found[name] = Automatic(value, _("按位置"))
    if feature.layer in _BY_REGISTER:
        found |= _BY_REGISTER[feature.layer](ws, feature)
    return {name: one for name, one in found.items() if name in definition.by_name and one.value is not None}


def _zone(ws: Workspace, zone: Feature) -> dict[str, Automatic]:
    found = {}
    point = None if zone.text("hazard_point") else hazard_point_of(ws, zone)
    if point is not None:
        reason = _("这个隐患点填的是本区") if point.text("danger_zone") else _("区内只有这一个隐患点")
        found["hazard_point"] = Automatic(point.uid, reason)
    return found | _exposed(ws, zone)


def _point(ws: Workspace, point: Feature) -> dict[str, Automatic]:
    zone = danger_zone_of(ws, point)
    found = {name: Automatic(one.value, one.reason) for name, one in known_of_point(ws, point, zone).items()}
    if zone is not None and zone.text("hazard_point") == point.uid:
        found["danger_zone"] = Automatic(zone.uid, _("这个危险区关联的是本隐患点"))
    return found


def _exposed(ws: Workspace, zone: Feature) -> dict[str, Automatic]:
    if zone.geometry is None or zone.geometry.is_empty or not zone.geometry.is_valid:
        return {}
    inside = exposure(ws, zone.geometry)
    found = {}
    need = must_move(ws, zone)
    if need.registered:
        found["must_move_people"] = Automatic(need.counted, need.counted_words())
    if inside.property_wan:
        reason = _("区内 {households} 户和 {facilities} 处设施的财产之和").format(
            households=inside.household_count, facilities=len(inside.facilities)
        )
        found["potential_loss_wan"] = Automatic(round(inside.property_wan, 2), reason)
    return found


def _household(ws: Workspace, household: Feature) -> dict[str, Automatic]:
    members = ws.find("household_member", "household", household.uid) if "household_member" in ws.definitions else []
    if not members:
        return {}
    return {"people": Automatic(len(members), _("登记了 {count} 位家庭成员").format(count=len(members)))}


def _shelter(_ws: Workspace, shelter: Feature) -> dict[str, Automatic]:
    area, each = shelter["area_m2"], shelter["area_per_person"]
    numbers = [one if isinstance(one, int | float) else None for one in (area, each)]
    people = capacity(None, numbers[0], numbers[1])
    if people is None:
        return {}
    return {"capacity": Automatic(people, _("有效面积除以人均面积，舍去不足一人的"))}


_BY_REGISTER: Mapping[str, Callable[[Workspace, Feature], dict[str, Automatic]]] = {
    "danger_zone": _zone,
    "hazard_point": _point,
    "household": _household,
    "shelter": _shelter,
}
