"""All rules over a workspace, or over what an edit touched. Errors come first, then by rule, layer and number."""

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

import shapely

from geohazard_desktop.analysis.parameters import severity
from geohazard_desktop.checks.finding import GRAVITY, Finding
from geohazard_desktop.checks.focus import Touched, near
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.checks.rules import (
    coordinates_swapped,
    danger_zone_events,
    danger_zone_gap,
    danger_zone_grade,
    danger_zone_hazard_point,
    danger_zone_overlap,
    danger_zone_people,
    danger_zone_point_numbers,
    danger_zone_route,
    danger_zone_sign,
    danger_zone_unregistered,
    dangle,
    dangling_reference,
    dates,
    duplicate_corners,
    duplicate_features,
    duplicate_id,
    field_values,
    geometry,
    hazard_point_closed,
    hazard_point_responsible,
    household_crosses_zone,
    household_door,
    household_helper,
    household_members,
    household_not_fetched,
    household_phone,
    household_remarks,
    household_route,
    household_twice,
    household_zone,
    inside_district,
    missing_id,
    mobility_unknown,
    office_settings,
    one_district,
    people_in_settings,
    personal_data,
    phone_form,
    place_names,
    public_map,
    report_deadline,
    required_fields,
    route_crosses_building,
    route_crosses_channel,
    route_landmarks,
    route_shelter,
    route_start,
    route_through_zone,
    route_time,
    scale_class,
    schematic,
    season,
    shelter_area,
    shelter_capacity,
    shelter_closed,
    shelter_in_danger_zone,
    shelter_place,
    sign_zone,
    signal_differs,
    signal_missing,
    sliver,
    susceptibility_gap,
    susceptibility_overlap,
    susceptibility_shares,
    unified_code,
    unseen_signs,
)
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["RULES", "Finding", "Recheck", "check", "check_near", "merged", "title_of"]

RULES: tuple[ModuleType, ...] = (
    geometry,
    coordinates_swapped,
    inside_district,
    duplicate_corners,
    duplicate_features,
    sliver,
    dangle,
    required_fields,
    field_values,
    one_district,
    missing_id,
    duplicate_id,
    dangling_reference,
    dates,
    personal_data,
    unseen_signs,
    place_names,
    danger_zone_hazard_point,
    signal_differs,
    signal_missing,
    danger_zone_overlap,
    danger_zone_gap,
    danger_zone_people,
    danger_zone_point_numbers,
    danger_zone_unregistered,
    danger_zone_grade,
    danger_zone_route,
    danger_zone_sign,
    danger_zone_events,
    sign_zone,
    route_through_zone,
    route_crosses_channel,
    route_crosses_building,
    route_start,
    route_shelter,
    route_time,
    route_landmarks,
    shelter_in_danger_zone,
    shelter_place,
    shelter_capacity,
    shelter_closed,
    shelter_area,
    household_route,
    household_crosses_zone,
    household_door,
    household_zone,
    household_phone,
    household_members,
    household_remarks,
    household_twice,
    mobility_unknown,
    household_not_fetched,
    household_helper,
    hazard_point_responsible,
    hazard_point_closed,
    scale_class,
    unified_code,
    phone_form,
    report_deadline,
    susceptibility_shares,
    susceptibility_overlap,
    susceptibility_gap,
    office_settings,
    people_in_settings,
    season,
    public_map,
    schematic,
)
_ORDER = {rule.RULE: index for index, rule in enumerate(RULES)}
_TITLES = {rule.RULE: rule.TITLE for rule in RULES}
_MOST_BY_ITSELF = 5000  # features of a layer beyond which a rule about the whole layer waits for 全部检查

Progress = Callable[[int, int, str], object]


def title_of(rule: str) -> str:
    """What people call a rule: 危险区互相重叠."""
    return str(_TITLES.get(rule, rule))


def check(ws: Workspace, *, today: datetime.date | None = None, progress: Progress | None = None) -> list[Finding]:
    """Every finding in the workspace. `today` is for tests; dates are compared with it. `progress` is told (done,
    total, words) before each rule and now and then within one, and may raise to stop the run."""
    rules = [rule for rule in RULES if severity(rule.RULE) != "off"]
    at = [0]

    def tick() -> None:
        if progress is not None:
            progress(at[0], len(rules), rules[at[0]].TITLE)

    office = Office(ws, today=today, tick=tick)
    found: list[Finding] = []
    for index, rule in enumerate(rules):
        at[0] = index
        tick()
        found += rule.find(office)
    return _sorted(_with_streets(office, found))


@dataclass(frozen=True, slots=True)
class Recheck:
    """What looking again at a part of the workspace gave. `judged` are the (layer, uid) looked at, `rules` those about
    whole layers that ran again; findings about either before are out of date. `complete` is False where so much hangs
    on the change that only a whole run would tell."""

    findings: tuple[Finding, ...]
    judged: frozenset[tuple[str, str]]
    rules: frozenset[str]
    complete: bool = True


def check_near(ws: Workspace, touched: Sequence[Touched], *, today: datetime.date | None = None) -> Recheck:
    """Findings about the features touched, those near them, and those that refer to them or that they refer to."""
    focus, complete = near(ws, touched)
    office = Office(ws, today=today, focus=focus)
    layers = {one.layer for one in touched}
    found: list[Finding] = []
    again: set[str] = set()
    for rule in RULES:
        if severity(rule.RULE) == "off":
            continue
        whole: Collection[str] | None = getattr(rule, "WHOLE", None)
        if whole is None:
            found += rule.find(office)
        elif layers & set(whole) and all(ws.count(layer) <= _MOST_BY_ITSELF for layer in layers & set(whole)):
            again.add(rule.RULE)
            found += rule.find(office)
    judged = frozenset((layer, uid) for layer, uids in focus.items() for uid in uids)
    return Recheck(tuple(_with_streets(office, found)), judged, frozenset(again), complete)


def merged(before: Sequence[Finding], again: Recheck) -> list[Finding]:
    """The findings before with those of a recheck in place of what it looked at."""
    kept = [
        one for one in before if one.rule not in again.rules and not any(key in again.judged for key in one.features)
    ]
    found = {one.key: one for one in (*kept, *again.findings)}
    return _sorted(list(found.values()))


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (GRAVITY[one.severity], _ORDER[one.rule], one.layer, one.id))


def _with_streets(office: Office, found: list[Finding]) -> list[Finding]:
    """Each finding with the 街道 in which its place lies."""
    areas = [(one.text("name"), shape) for one, shape in shaped(office.features("subdistrict")) if shape.is_valid]
    placed = [index for index, one in enumerate(found) if one.place is not None]
    if not areas or not placed:
        return found
    tree = shapely.STRtree([shape for _name, shape in areas])
    for at, area in tree.query([found[index].place for index in placed], predicate="intersects").T:
        found[placed[at]] = replace(found[placed[at]], street=areas[area][0])
    return found
