"""Papers that hang at doors nobody lives behind any more: they are 要收回, until they are declared void.

Whether a household moved away is known without making its card anew, so no comparison has to be asked for.
"""

from collections.abc import Collection
from datetime import date

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS, counts_today
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister
from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def moved_out(ws: Workspace, paper: IssuedPaper) -> Feature | None:
    """The household of a paper, where it has moved away."""
    if paper.subject_layer != HOUSEHOLDS or HOUSEHOLDS not in ws.definitions:
        return None
    household = ws.feature(HOUSEHOLDS, paper.subject)
    return None if household is None or counts_today(household) else household


def moved_words(household: Feature) -> str:
    """Since when nobody lives there, why, and where the paper hangs. Personal."""
    day = parse_day(household.text("moved_out_on")) or date.today()
    reason = household.text("moved_out_reason")
    told = _("这一户 {day}已迁出").format(day=day_words(day)) + (
        _("（{reason}）").format(reason=reason) if reason else ""
    )
    place = household.text("address")
    return told + (_("，纸贴在{place}").format(place=place) if place else _("，住址没有登记，纸贴在原来的家里"))


def moved_standings(
    ws: Workspace, register: IssueRegister, *, product: str = "", uids: Collection[str] | None = None
) -> list[Standing]:
    """The papers in force of households that moved away; of one product, of some of their uids."""
    if HOUSEHOLDS not in ws.definitions:
        return []
    gone = {one.uid: one for one in ws.attributes(HOUSEHOLDS) if not counts_today(one)}
    found = []
    for paper in register.papers if gone else ():
        household = gone.get(paper.subject) if paper.subject_layer == HOUSEHOLDS else None
        last = register.latest(*paper.key)
        if household is None or last is None or last.row.uid != paper.row.uid:
            continue
        if (product and paper.product != product) or (uids is not None and paper.subject not in uids):
            continue
        found.append(_standing(paper, household))
    return found


def _standing(paper: IssuedPaper, household: Feature) -> Standing:
    return Standing(
        paper.product,
        paper.subject_layer,
        paper.subject,
        household.text("id"),
        household.text("head") or household.text("name"),
        paper.subdistrict or household.text("subdistrict"),
        State.WITHDRAWN,
        (moved_words(household),),
        paper.code,
        paper.version,
        paper.series,
    )
