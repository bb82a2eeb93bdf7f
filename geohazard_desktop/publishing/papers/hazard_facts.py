"""What the office's own sheet of a hazard point says of it beside the map: what the register holds, and who watches.
Said as 预案表 and work card say it, and never on a public sheet."""

from typing import TypeGuard

from geohazard_desktop.analysis.hazard_links import CLOSED, POINTS, danger_zone_of
from geohazard_desktop.analysis.must_move import threat_words
from geohazard_desktop.analysis.point_and_zone import two_numbers, with_remark
from geohazard_desktop.analysis.point_facts import completed, taken_notes
from geohazard_desktop.analysis.zone_grade import ungraded_words, zone_grade
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import registered
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.form_fields import LINE
from geohazard_desktop.publishing.sheets.map_forms import PointFacts
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_ELSEWHERE = ("shelter", "subdistrict", "community", "address", "signs", "duty_phone")  # not on the panel


def point_facts(ws: Workspace, uid: str) -> tuple[PointFacts | None, list[str]]:
    """The facts of a hazard point, and what is to be said of what lacks and of what was taken from elsewhere."""
    own = ws.feature(POINTS, uid)
    if own is None:
        return None, []
    zone = danger_zone_of(ws, own)
    grade = None if zone is None else zone_grade(ws, zone)
    point, taken = completed(ws, own, zone, without=_ELSEWHERE)
    facts = PointFacts(
        unified_code=point.text("unified_code"),
        state=_state(point),
        hazard_type=point.text("hazard_type"),
        scale=CardFacts.scale(point),
        danger_grade=None if grade is None else grade.words(),
        stability="，".join(one for one in (point.text("stability"), point.text("trend")) if one),
        threat=_threat(point),
        causes=CardFacts.causes(point),
        lead=point.text("monitoring_lead"),
        lead_phone=point.text("monitoring_phone"),
        monitor=point.text("monitor"),
        monitor_phone=point.text("monitor_phone"),
        objects=with_remark(
            threat_words(ws, own, zone, point.text("threatened_objects")), two_numbers(ws, point, zone)
        ),
        methods=point.text("monitoring_methods"),
        cycle=point.text("monitoring_cycle"),
    )
    notes = taken_notes(taken)
    if empty := facts.empty_labels():
        notes.append(_("没有登记{what}，图上留了横线手写。").format(what="、".join(empty)))
    notes += [one for one in (ungraded_words(grade),) if one]
    return facts, notes


def _state(point: Feature) -> str:
    """在册; 销号（2025-10-20，险情已消除）."""
    state = point.text("status")
    told = [point.text("closed_on"), point.text("closed_reason")] if state == CLOSED else []
    words = "，".join(one for one in told if one)
    return _("{state}（{words}）").format(state=state, words=words) if words else state


def _threat(point: Feature) -> str | None:
    """14 户 50 人、277 万元; None where none of the three is known, a line for one that is not."""
    values = [point[name] for name in ("threatened_households", "threatened_people", "threatened_property_wan")]
    if not any(_known(one) for one in values):
        return None
    households, people, sum_wan = (registered(one) if _known(one) else LINE for one in values)
    return _("{households} 户 {people} 人、{sum} 万元").format(households=households, people=people, sum=sum_wan)


def _known(value: Value) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
