"""Issuing of whatever is no card: sheets, signs, notices, stickers, tables get their version and code here.

Who sets pages hands each paper as it is without an issue, and gets it back with one: as the register counts it, as it
was (it says what it said), without one (nothing is entered here), or not at all (it is not to be printed).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import day_words
from geohazard_desktop.publishing.issues.issuing import Held, Issued, IssueDesk, Printed, Subject, Ticket
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_AT_ONCE = 20  # papers that are set before they are entered and written


class PaperDesk:
    """As the press in force says (`Press.issue`); without an order of that kind nothing is entered."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._order = press().issue
        collecting = self._order is not None and self._order.collect is not None
        self._desk = (
            None
            if self._order is None or collecting
            else IssueDesk(ws, self._order.series, self._order.kind, order=self._order)
        )
        self._held = Held(_AT_ONCE)
        self._skipped = self._again = 0
        self.taken = 0  # papers that were handed in

    def take(self, subject: Subject, plain: Paper, shown: Paper | None = None) -> Issued | None:
        """The paper as it is to be set; None where it is not to be printed. `shown` is it with what may differ each
        time and makes no other paper of it (base maps from the net)."""
        self.taken += 1
        order, desk, whole = self._order, self._desk, shown or plain
        if order is not None and order.collect is not None:
            order.collect(subject, plain)
            return None
        if desk is None:
            return Issued(subject, "", whole, None)
        if order is not None and order.changed_only and desk.unchanged(subject.uid, plain) is not None:
            self._skipped += 1
            return None
        issued = desk.take(subject, plain, lambda ticket: ticketed(whole, ticket))
        self._again += issued.again
        return issued if issued.ticket is not None else replace(issued, paper=whole)

    def ticket_in_force(self, subject: Subject, plain: Paper) -> Ticket | None:
        """Of the paper that was issued last, where it says the same; nothing is entered."""
        return None if self._desk is None else self._desk.ticket_in_force(subject.uid, plain)

    def put(self, file: Printed, report: PublishReport) -> None:
        """A file that is set: entered and written with others, at `finish` at the latest."""
        self._held.add(file)
        if self._held.due:
            self.finish(report)

    def finish(self, report: PublishReport) -> None:
        """Everything that was put is entered and written. Raises ExportRefused as IssueDesk.write."""
        held = self._held.take()
        if self._desk is not None:
            self._desk.write(held, report)
            return
        for one in held:
            one.write(report)

    def notes(self) -> list[str]:
        notes = []
        if self._skipped:
            notes.append(_("{count} 份与上次发的一样，没有再出。").format(count=self._skipped))
        if self._again:
            notes.append(_("{count} 份与上次发的一样，照原样重印，核对码不变。").format(count=self._again))
        if self._desk is not None and self.ws.read_only:
            notes.append(_("工作文件只能读，没有登记，纸上没有核对码。要正式发放，请在能写的文件里再出一次。"))
        return notes


def ticketed(paper: Paper, ticket: Ticket) -> Paper:
    """The paper saying which issue it is, wherever its form has room for that."""
    return replace(paper, data=_ticketed(paper.data, ticket))


def _ticketed(value: Any, ticket: Ticket) -> Any:
    if isinstance(value, Mapping):
        made = {key: _ticketed(one, ticket) for key, one in value.items()}
        if "check_code" in made and "version" in made:
            made |= {"check_code": ticket.code, "version": ticket.version}
            days = {"issued_on", "compiled_on"} & made.keys()
            made |= dict.fromkeys(days, day_words(ticket.issued_on))
            if "replaces" in made:
                made["replaces"] = ticket.replaces or None
        return made
    if isinstance(value, list | tuple):
        return [_ticketed(one, ticket) for one in value]
    return value


def subject_of(feature: Feature, zone: str = "", leads: Mapping[str, Value] = MappingProxyType({})) -> Subject:
    """A feature as the register keeps it; `zone` is the uid of the danger zone that it belongs to, `leads` the way that
    a household's paper tells (`leads_of`). A household's head
    is who holds what hangs at its door, and stays as long as the register speaks of it. A zone or a sign may go: a
    draft must not be kept because it was once printed; its papers are then to be called back."""
    home = feature.layer == "household"
    about = zone or (feature.uid if feature.layer == "danger_zone" else feature.text("danger_zone"))
    refers: dict[str, Value] = {"about_zone": about}
    if home:
        refers = {**leads, "household": feature.uid, "danger_zone": about}
    return Subject(
        feature.layer,
        feature.uid,
        name=feature.text("id") or feature.text("code") or ("" if home else feature.text("name")),
        subdistrict=feature.text("name") if feature.layer == "subdistrict" else feature.text("subdistrict"),
        holder=feature.text("head") if home else "",
        holder_phone=feature.text("phone") if home else "",
        refers=refers,
    )


def district_subject(of: Sequence[str] = ()) -> Subject:
    """The whole district; `of` are the uids of those that a list was made of, where it is not all."""
    return Subject("", _listed(of), of=of)


def _listed(of: Sequence[str]) -> str:
    """A list of other features is another paper."""
    from geohazard_desktop.publishing.batch_state import digest

    return digest(*sorted(of))[:16] if of else ""
