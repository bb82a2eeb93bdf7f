"""Entering steps of danger zones: what the ground must show before a step, and the edits that the window asks for."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.zone_signs import days_for_signs, signs_on_boundary
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import moving_out, signed
from geohazard_desktop.domain.zone_register import Life, life_of, step_fault
from geohazard_desktop.workspace.edits.wording import called, followed
from geohazard_desktop.workspace.edits.zone_events import as_events, correct_entry, record_step
from geohazard_desktop.workspace.feature import Edit, Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

GOVERNMENT = "government.name"


def register_of(ws: Workspace, uid: str) -> list[Feature]:
    """The rows of a zone's register in the order in which they were entered."""
    return ws.find(EVENTS, ZONES, uid) if EVENTS in ws.definitions else []


def life_of_zone(ws: Workspace, uid: str) -> Life:
    return life_of(as_events(register_of(ws, uid)))


def why_not_yet(ws: Workspace, zone: Feature, life: Life, step: str) -> str:
    """Why a zone can't take a step whatever is filled in: its turn, or what must stand on the ground; else ""."""
    refused = step_fault(life, step)
    if refused or step != signed() or signs_on_boundary(ws, zone.geometry):
        return refused
    near = parameter("danger_zone_sign", "sign_distance_m")
    return _("边界 {near:.0f} 米以内还没有警示标志，请先放一个。").format(near=near)


def sign_deadline(ws: Workspace, life: Life) -> date | None:
    """Until when signs should stand, from the day of the announcement; None before it or once they are registered."""
    announced = life.last("已公告")
    if announced is None or announced.day is None or life.last(signed()) is not None:
        return None
    return announced.day + timedelta(days=days_for_signs(ws))


def people_doubt(ws: Workspace, zones: Sequence[Feature], step: str, values: Mapping[str, Value]) -> str:
    """What is to be asked before a step is entered that moves far more people than a zone has to move; "" for nothing.
    Others than its households may be there, so it is no fault."""
    people = values.get("people_moved")
    if step != moving_out() or not isinstance(people, int):
        return ""
    times = parameter("people_moved", "times")
    found = [(one, need) for one in zones if (need := must_move(ws, one).number)]
    zone, need = min(found, key=lambda one: one[1], default=(None, 0))
    if zone is None or people <= need * times:
        return ""
    name = " ".join(one for one in (zone.text("id"), zone.text("name")) if one)
    return _("{zone}需转移 {need} 人，这里填的是 {people} 人。请核对；人数没有错，再按一次就记入。").format(
        zone=name + " " if name else _("这个危险区"), need=need, people=people
    )


def record(ws: Workspace, zones: Sequence[Feature], step: str, values: Mapping[str, Value], *, today: date) -> Edit:
    """The same step for one or several zones. Raises EditRefused naming the first zone that it may not follow on."""
    registers = {one.uid: register_of(ws, one.uid) for one in zones}
    for one in zones:
        refused = why_not_yet(ws, one, life_of(as_events(registers[one.uid])), step)
        if refused:
            raise EditRefused(
                _("{name}没有登记。{reason}").format(name=followed(called(ws.definitions, one)), reason=refused),
                _("请核对后再登记。"),
            )
    return record_step(ws.definitions, zones, registers, step, values, today=today)


def correct(
    ws: Workspace, zone: Feature, uid: str, values: Mapping[str, Value] | None, reason: str, *, today: date
) -> Edit:
    """A further entry that corrects the one of `uid`; `values` None declares it void. Raises EditRefused."""
    return correct_entry(ws.definitions, zone, register_of(ws, zone.uid), uid, values, reason, today=today)


def actors(ws: Workspace) -> list[str]:
    """Who does the steps here, from the district's settings: the government, the office, the 街道 and 镇."""
    settings = ws.settings()
    found = [government(ws), settings.get("office.name", "")]
    try:
        units = json.loads(settings.get("administrative.units") or "[]")
    except ValueError:
        units = []  # an office's own wording of that row: nothing to choose from, and anything may still be typed
    for one in units if isinstance(units, list) else []:
        town = str(one).endswith(("镇", "乡"))
        found.append((_("{name}人民政府") if town else _("{name}办事处")).format(name=one))
    return [one for one in dict.fromkeys(found) if one]


def government(ws: Workspace) -> str:
    """The county-level government, whose act the delimiting is."""
    settings = ws.settings()
    name = settings.get("district.name", "")
    return settings.get(GOVERNMENT, "") or (_("{name}人民政府").format(name=name) if name else "")


def last_patrol(ws: Workspace, uid: str) -> str:
    """The day of a zone's last patrol in the register, "" for none."""
    if "patrol" not in ws.definitions:
        return ""
    return max((one.text("patrolled_at")[:10] for one in ws.find("patrol", ZONES, uid)), default="")
