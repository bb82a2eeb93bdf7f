"""All rules over a workspace. Errors come first, then by rule, layer and number."""

import datetime
from types import ModuleType

from geohazard_desktop.analysis.parameters import severity
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.rules import (
    danger_zone_events,
    danger_zone_hazard_point,
    danger_zone_overlap,
    danger_zone_people,
    danger_zone_route,
    danger_zone_sign,
    dangling_reference,
    dates,
    duplicate_id,
    field_values,
    geometry,
    hazard_point_closed,
    hazard_point_responsible,
    household_door,
    household_members,
    household_phone,
    household_route,
    household_zone,
    inside_district,
    missing_id,
    office_settings,
    phone_form,
    required_fields,
    route_crosses_channel,
    route_shelter,
    route_start,
    route_through_zone,
    schematic,
    shelter_capacity,
    shelter_in_danger_zone,
    shelter_place,
    susceptibility_overlap,
    susceptibility_shares,
    unified_code,
)
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["RULES", "Finding", "check"]

RULES: tuple[ModuleType, ...] = (
    geometry,
    inside_district,
    required_fields,
    field_values,
    missing_id,
    duplicate_id,
    dangling_reference,
    dates,
    danger_zone_hazard_point,
    danger_zone_overlap,
    danger_zone_people,
    danger_zone_route,
    danger_zone_sign,
    danger_zone_events,
    route_through_zone,
    route_crosses_channel,
    route_start,
    route_shelter,
    shelter_in_danger_zone,
    shelter_place,
    shelter_capacity,
    household_route,
    household_door,
    household_zone,
    household_phone,
    household_members,
    hazard_point_responsible,
    hazard_point_closed,
    unified_code,
    phone_form,
    susceptibility_shares,
    susceptibility_overlap,
    office_settings,
    schematic,
)


def check(ws: Workspace, *, today: datetime.date | None = None) -> list[Finding]:
    """Every finding in the workspace. `today` is for tests; dates are compared with it."""
    office = Office(ws, today=today)
    found: list[Finding] = []
    for rule in RULES:
        if severity(rule.RULE) != "off":
            found += rule.find(office)
    order = {rule.RULE: index for index, rule in enumerate(RULES)}
    found.sort(key=lambda one: (one.severity != "error", order[one.rule], one.layer, one.id))
    return found
