"""What was announced is on paper: which danger zones an edit would reshape although a document speaks of them, and what
has to be announced and printed anew then. One rule for every tool, table and repair.

Source: 《地质灾害防治条例》 art. 19: the county's government announces the area and its boundary.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.zone_recording import life_of_zone
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official, states
from geohazard_desktop.domain.zone_register import Life
from geohazard_desktop.publishing.issues.zone_papers import papers_of_zone
from geohazard_desktop.workspace.edits.nodes import ON_EDGE_M
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Announced:
    """A zone as it is before the edit, the state its register bears out, the `document` that put it there ("" where
    the step asks for none) and the papers in force that name it, counted by kind."""

    zone: Feature
    state: str
    document: str
    papers: tuple[tuple[str, int], ...]


def is_announced(ws: Workspace, zone: Feature) -> bool:
    """Whether a document speaks of this danger zone's shape: its register is beyond 拟划."""
    return zone.layer == ZONES and EVENTS in ws.definitions and is_official(life_of_zone(ws, zone.uid).state)


def announced_by(ws: Workspace, edit: Edit) -> list[Announced]:
    """The announced zones whose area `edit` would change. A corner put into a straight side changes no area."""
    zones = [one.before for one in edit.deltas if one.layer == ZONES and one.before is not None and _reshaped(one)]
    if not zones or EVENTS not in ws.definitions:
        return []
    lives = [(zone, life_of_zone(ws, zone.uid)) for zone in zones]
    found = [(zone, life) for zone, life in lives if is_official(life.state)]
    papers = _papers(ws, {zone.uid for zone, _life in found}) if found else {}
    return [
        Announced(zone, life.state, _document(life), tuple(sorted(papers.get(zone.uid, Counter()).items())))
        for zone, life in found
    ]


def announced_words(ws: Workspace, found: Sequence[Announced]) -> str:
    """What the officer should know before such an edit: which zone, by which document, what is to be printed anew."""
    told = [_sentence(ws, one) for one in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        told.append(_("另外还有 {count} 个这样的危险区。").format(count=len(found) - _MOST_NAMED))
    told.append(_("公告、警示图和标志牌上印的还是原来的界线：改了就要重新公告，并换掉这些纸。改错了可以撤销。"))
    return "\n".join(told)


def _sentence(ws: Workspace, one: Announced) -> str:
    name = one.zone.text("name")
    zone = called(ws.definitions, one.zone) + (f" {name}" if name and one.zone.text("id") else "")
    document = _("（文号 {number}）").format(number=one.document) if one.document else ""
    words = _("{zone}：{state}{document}。").format(zone=zone, state=one.state, document=document)
    if not one.papers:
        return words
    listed = "、".join(_("{kind} {count} 份").format(kind=kind, count=count) for kind, count in one.papers)
    return words + _("发卡登记里要换发的有：{listed}。").format(listed=listed)


def _reshaped(delta: Delta) -> bool:
    before = delta.before.geometry if delta.before is not None else None
    after = delta.after.geometry if delta.after is not None else None
    if before is None or delta.after is None or before is after:
        return False
    return after is None or not _same_area(before, after)


def _same_area(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether the borders lie within a millimetre of each other."""
    if bool(one.equals_exact(other, 0.0)):
        return True
    try:
        apart = float(shapely.symmetric_difference(one, other).area)
    except shapely.errors.GEOSException:  # an outline that crosses itself has no area to compare
        return False
    return apart <= ON_EDGE_M * max(float(one.length), 1.0)


def _document(life: Life) -> str:
    """The number of the latest step that has one, which is what people quote."""
    numbers = [entry.text("document_no") for name in states() if (entry := life.last(name)) is not None]
    return next((one for one in reversed(numbers) if one), "")


def _papers(ws: Workspace, zones: set[str]) -> dict[str, Counter[str]]:
    """Papers of the issue register that are in force and about one of `zones`, counted by kind."""
    return {uid: Counter(one.kind for one in papers_of_zone(ws, uid)) for uid in zones}
