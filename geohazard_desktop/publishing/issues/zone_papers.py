"""Which issued papers are about a danger zone, by what they say, or by whose they are where an older entry says none.

Entries from before the papers of a sign, or of a household that only walks a zone's route, named their zone are given
to the zone that calls the household today (`analysis/called_households`).
"""

from collections.abc import Iterable

from geohazard_desktop.analysis.called_households import CalledHouseholds
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, folded, zone_in
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_SIGNS = "warning_sign"
_TIES = ("danger_zone", "about_zone", "subject_layer", "subject", "household")


def papers_of_zone(ws: Workspace, uid: str) -> list[IssuedPaper]:
    """The papers in force about a danger zone and its households, in the order in which they were issued; only their
    rows are read whole."""
    zone = ws.feature(ZONES, uid) if ZONES in ws.definitions else None
    if REGISTER not in ws.definitions:
        return []
    rows: dict[str, Feature] = {}
    ties = [one for one in _TIES if one in ws.definitions[REGISTER].by_name]
    for field_name in ("danger_zone", "about_zone", "subject"):
        if field_name in ties:
            rows |= {one.uid: one for one in ws.find(REGISTER, field_name, uid)}
    subjects: set[str] = set() if zone is None else set().union(*_subjects_of(ws, zone))
    if subjects:
        brief = ws.table(REGISTER, fields=ties)
        untold = [
            one.uid for one in brief if not zone_in(one) and subjects & {one.text("subject"), one.text("household")}
        ]
        rows |= {one.uid: one for one in (ws.table(REGISTER, uids=untold) if untold else ())}
    # Several are entered within one second: only the file knows their order.
    _there, entered = ws.rows(REGISTER, ws.row_ids_of(REGISTER, list(rows)), [])
    register = folded(rows[uid] for uid in entered.uids)
    return [one for one in register.papers if register.latest(*one.key) is one]


def zones_of_subjects(ws: Workspace, register: IssueRegister) -> dict[str, str]:
    """By the uid of a household or sign, the zone of its papers that name none; empty where all name one."""
    untold = {one.subject for one in register.papers if not one.danger_zone and one.subject}
    found: dict[str, str] = {}
    for zone in ws.table(ZONES) if untold and ZONES in ws.definitions else ():
        own, beyond = _subjects_of(ws, zone)
        found |= dict.fromkeys(untold & own, zone.uid)
        for uid in untold & beyond:
            found.setdefault(uid, zone.uid)
    return found


def _subjects_of(ws: Workspace, zone: Feature) -> tuple[set[str], set[str]]:
    """Its households, those too that moved away, and its signs; and who is called with it for its route alone. Of a
    zone that was lifted as well: its papers still hang."""
    residents = CalledHouseholds(ws, [zone]).residents(zone)
    signs: Iterable[Feature] = ws.find(_SIGNS, ZONES, zone.uid) if _SIGNS in ws.definitions else ()
    return {one.uid for one in (*residents.own, *residents.gone, *signs)}, {one.uid for one in residents.beyond}
