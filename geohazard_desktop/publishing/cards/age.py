"""Cards by the doors that are older than a card should be: resources/rules/deadlines.toml says after how many days."""

from datetime import date, timedelta

from geohazard_desktop.analysis.counted_today import counts_today
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.deadlines import Overdue, card_days
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.workspace import Workspace

SUBJECTS = ("household", "hazard_point")


def old_cards(ws: Workspace, layer: str, today: date) -> dict[str, tuple[Overdue, ...]]:
    """By uid: of a layer that has cards each feature's card in force that is too old; of the register of issues the
    rows of such cards. {} for other layers."""
    if layer != REGISTER and layer not in SUBJECTS:
        return {}
    days, products = card_days()
    found: dict[str, tuple[Overdue, ...]] = {}
    register = read_register(ws)
    moved = {one.uid for one in ws.attributes("household") if not counts_today(one)}
    for paper in register.papers:
        if paper.subject in moved:
            continue  # to be taken back, not renewed
        told = _told(paper, days, today) if paper.product in products and _in_force(register, paper) else None
        if told is None:
            continue
        if layer == REGISTER:
            found[paper.row.uid] = (Overdue("issued_at", told.late, told.sentence),)
        elif paper.subject_layer == layer and paper.subject:
            found[paper.subject] = (*found.get(paper.subject, ()), told)
    return found


def _in_force(register: IssueRegister, paper: IssuedPaper) -> bool:
    last = register.latest(*paper.key)
    return last is not None and last.row.uid == paper.row.uid


def _told(paper: IssuedPaper, days: int, today: date) -> Overdue | None:
    issued = parse_day(paper.issued_on)
    if issued is None or issued + timedelta(days=days) >= today:
        return None
    late = _("{days} 天").format(days=(today - issued).days - days)
    sentence = _("{kind}第 {version} 版是 {day}发的，满 {days} 天应核对换发，已过 {late}。请在“出图与发卡”里重出。")
    return Overdue(
        "",
        late,
        sentence.format(
            kind=paper.kind or _("明白卡"), version=paper.version, day=day_words(issued), days=days, late=late
        ),
    )
