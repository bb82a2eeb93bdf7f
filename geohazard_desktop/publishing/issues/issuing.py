"""Issuing: every paper gets its version and code from the register, is entered there, written, and confirmed.

The order is what makes the register hold: set in memory, entered (one transaction for a batch, with what it was
printed from), written whole, confirmed. A crash before the entry leaves no paper; one after it leaves an entry that
says 未确认打印. There is never a paper without a row.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.domain.issue_code import new_code
from geohazard_desktop.publishing.issues.issue_order import IssueOrder
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.publishing.issues.kept_paper import (
    Paper,
    inputs_hash,
    kept_paper,
    packed,
    same_pdf,
    still_says,
    template_bundle,
)
from geohazard_desktop.publishing.issues.last_copies import more_copies
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.typesetting import page_count
from geohazard_desktop.workspace.edits.card_issues import PRINTED, REGISTER, issue_papers, note_step
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

BATCH = 100  # papers that a transaction enters
_HELD_SECONDS = 3.0  # what a stop or a crash may cost


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about and who it is for. `refers` are further fields of the register's row (household,
    danger_zone …); `number` is the card's, `name` the subject's own number. `holder` and `holder_phone` are personal.
    `layer` and `uid` are "" for the whole district; `of` are the uids of those that a list was made of."""

    layer: str
    uid: str
    number: str = ""
    name: str = ""
    subdistrict: str = ""
    holder: str = ""
    holder_phone: str = ""
    refers: Mapping[str, Value] = field(default_factory=dict)
    of: Sequence[str] = ()


def leads_of(routes: Iterable[Feature], shelters: Iterable[Feature | None]) -> dict[str, Value]:
    """The one way and the one shelter that a paper tells, as fields of its row; of several none, since a row has room
    for one and the choice would be ours."""
    found: dict[str, Value] = {}
    for name, ones in (("evacuation_route", routes), ("shelter", shelters)):
        uids = {one.uid for one in ones if one is not None}
        if len(uids) == 1:
            found[name] = uids.pop()
    return found


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a paper is to say of its issue; the forms' fields of the same names."""

    code: str
    version: int
    issued_on: date
    replaces: str = ""  # "第 1 版（2026-05-20）"
    replaces_code: str = ""
    replaces_version: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper with its ticket. `again`: it says what it said when it was issued last, and keeps that ticket. `ticket`
    None: nothing is entered here, and the paper says nothing of an issue."""

    subject: Subject
    plain_hash: str
    paper: Paper
    ticket: Ticket | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that is set and not yet written, with the papers in it."""

    path: Path
    pdf: bytes
    papers: Sequence[Issued]

    def write(self, report: PublishReport) -> None:
        """The file, whole, and in the report."""
        write_whole(self.path, self.pdf)
        report.files.append(self.path)
        codes = tuple(one.ticket.code for one in self.papers if one.ticket is not None)
        if codes:
            report.codes[self.path] = codes
        report.made |= {one.subject.uid: self.path for one in self.papers if one.subject.uid}
        report.pages += page_count(self.pdf)


class Held:
    """Files that are set and wait for one transaction: no more than `most` papers, and none for long."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._files: list[Printed] = []
        self._since = time.monotonic()

    def add(self, file: Printed) -> None:
        self._files.append(file)

    @property
    def due(self) -> bool:
        """Whether they are to be written now."""
        late = time.monotonic() - self._since >= _HELD_SECONDS
        return bool(self._files) and (late or sum(len(one.papers) for one in self._files) >= self._most)

    def take(self) -> list[Printed]:
        """All of them, to be written; the time counts anew."""
        found, self._files, self._since = self._files, [], time.monotonic()
        return found


class IssueDesk:
    """Issues the papers of one product. A workspace that can't be written issues nothing: its papers have no code."""

    def __init__(
        self, ws: Workspace, product: str, kind: str, *, order: IssueOrder | None = None, today: date | None = None
    ) -> None:
        """`product` is the series that versions are counted in; `order` says what else the rows tell of it."""
        self.ws = ws
        self.product, self.kind = product, kind
        self._order = order
        self.today = today or date.today()
        # A preview shows the page and enters nothing.
        self.enabled = not ws.read_only and press().proof is None and REGISTER in ws.definitions
        self.register: IssueRegister = read_register(ws) if REGISTER in ws.definitions else IssueRegister()
        self._templates, self._bundle = template_bundle() if self.enabled else ("", b"")
        self._drawn: set[str] = set()

    def unchanged(self, subject: str, plain: Paper) -> IssuedPaper | None:
        """The paper in force that says the same; None for one that is to be issued anew, or was never printed."""
        last = self.register.latest(self.product, subject)
        if last is None or not last.printed:
            return None
        return last if still_says(self.ws, last.inputs_hash, last.kept, plain) else None

    def ticket_in_force(self, subject: str, plain: Paper) -> Ticket | None:
        """What the paper in force says of its issue, where it says the same as `plain`."""
        same = self.unchanged(subject, plain)
        return None if same is None else self._ticket_of(same)

    def take(self, subject: Subject, plain: Paper, issued: Callable[[Ticket], Paper]) -> Issued:
        """A paper for a subject: `plain` is it without an issue, `issued` makes it with a ticket."""
        if not self.enabled:
            return Issued(subject, "", plain, None)
        same = self.unchanged(subject.uid, plain)
        if same is not None and same.template_hash == self._templates:
            ticket = self._ticket_of(same)
            return Issued(subject, same.inputs_hash, issued(ticket), ticket, again=True)
        ticket = self._next(subject.uid)
        return Issued(subject, inputs_hash(plain), issued(ticket), ticket)

    def write(self, files: Sequence[Printed], report: PublishReport) -> None:
        """Enter the papers of these files in one transaction, write each file, confirm what was written; of one that
        was printed before, where there are now more copies of it.

        Raises ExportRefused where the folder can't be written: files written until then are confirmed.
        """
        with press().writing:
            self._write(files, report)

    def _write(self, files: Sequence[Printed], report: PublishReport) -> None:
        fresh = {
            id(one): (one, file.pdf if len(file.papers) == 1 else b"")
            for file in files
            for one in file.papers
            if one.ticket is not None and not one.again
        }
        rows = dict(zip(fresh, self._enter(list(fresh.values())), strict=True))
        written: list[Feature] = []
        more: dict[int, list[Feature]] = {}  # by how many copies
        done: list[Printed] = []
        try:
            for file in files:
                file.write(report)
                done.append(file)
                written += [rows[id(one)] for one in file.papers if id(one) in rows]
                for row, copies in self._more_copies(file.papers):
                    more.setdefault(copies, []).append(row)
        finally:
            if written:
                self._confirm(written)
                for row in written:
                    self.register.confirm(row.text("check_code"))
            for copies, again in more.items():
                words = _("照原样重印，一式 {copies} 份").format(copies=copies)
                self._confirm(again, reason=words, options=json.dumps({"copies": copies}))
            told = press().wrote
            if told is not None and done:
                told(report, {one.path: [paper.subject.uid for paper in one.papers] for one in done})

    def _more_copies(self, papers: Sequence[Issued]) -> Iterator[tuple[Feature, int]]:
        """The rows of papers that were printed again in more copies than before, and in how many."""
        for one in papers:
            if one.again and one.ticket is not None:
                last = self.register.by_code[one.ticket.code]
                if copies := more_copies(self.ws, last, one.paper.data):
                    yield last.row, copies

    def _confirm(self, rows: Sequence[Feature], **values: Value) -> None:
        stamp = {**self._stamp(), **values}
        self.ws.apply(note_step(self.ws.definitions, [one.values for one in rows], PRINTED, stamp))

    def _next(self, subject: str) -> Ticket:
        """The next version of a subject's paper and a code that nobody has."""
        last = self.register.latest(self.product, subject)
        code = new_code(lambda one: one in self.register.by_code or one in self._drawn)
        self._drawn.add(code)
        version = self.register.highest((self.product, subject)) + 1
        if last is None:
            return Ticket(code, version, self.today)
        return Ticket(code, version, self.today, last.version_words, last.code, last.version)

    def _ticket_of(self, paper: IssuedPaper) -> Ticket:
        """What a paper said of its issue."""
        before = self.register.version_of(paper.key, paper.row["replaces_version"])
        words = "" if before is None else before.version_words
        return Ticket(paper.code, paper.version, date.fromisoformat(paper.issued_on), words)

    def _enter(self, fresh: Sequence[tuple[Issued, bytes]]) -> list[Feature]:
        """One transaction for what they were printed from, one for the rows."""
        if not fresh:
            return []
        (bundle,) = self.ws.keep_files([self._bundle])
        kept = self.ws.keep_files([packed(one.paper, bundle, pdf) for one, pdf in fresh])
        edit = issue_papers(
            self.ws.definitions, [self._row(one, digest) for (one, _pdf), digest in zip(fresh, kept, strict=True)]
        )
        entering = press().entering
        if entering is not None:
            entering([one.ticket.code for one, _pdf in fresh if one.ticket is not None])
        self.ws.apply(edit)
        entered = [one.after for one in edit.deltas if one.after is not None]
        for row in entered:
            self.register.take(row)
        return entered

    def _row(self, issued: Issued, kept: str) -> dict[str, Value]:
        subject, ticket = issued.subject, issued.ticket
        assert ticket is not None
        known = self.ws.definitions[REGISTER].by_name
        return {
            **{name: value for name, value in subject.refers.items() if name in known},
            "card_no": subject.number,
            "kind": self.kind,
            "product": self.product,
            "subject_layer": subject.layer,
            "subject": subject.uid,
            "subject_name": subject.name,
            "subdistrict": subject.subdistrict,
            "holder": subject.holder,
            "holder_phone": subject.holder_phone,
            **self._told(subject),
            "version": ticket.version,
            "replaces_version": ticket.replaces_version,
            "replaces_code": ticket.replaces_code,
            "check_code": ticket.code,
            "template": issued.paper.template,
            "template_hash": self._templates,
            "inputs_hash": issued.plain_hash,
            "kept": kept,
            **self._stamp(),
        }

    def _told(self, subject: Subject) -> dict[str, Value]:
        order = self._order
        if order is None:
            return {}
        options = {**order.options, **({"uids": list(subject.of)} if subject.of else {})}
        return {"variant": order.variant, "options": json.dumps(options, ensure_ascii=False, separators=(",", ":"))}

    def _stamp(self) -> dict[str, Value]:
        now = datetime.now().replace(microsecond=0)
        day = datetime.combine(self.today, now.time())
        return {"issued_at": day.isoformat(), "issued_by": self.ws.setting("office.name")}


def reprint(ws: Workspace, code: str) -> bytes:
    """The paper of a code as it was printed. Raises ExportRefused for a code that the register does not have, or where
    the paper's content is not kept."""
    paper = read_register(ws).by_code.get(code)
    if paper is None:
        raise ExportRefused(_("发卡登记里没有核对码 {code}。").format(code=code), _("请核对后再输入一次。"))
    return reprint_bytes(ws, paper)


def reprint_to(ws: Workspace, code: str, out: str, *, progress: Callable[[int, int, str], object]) -> list[str]:
    """As `reprint`, written whole to the file `out`; returns notes. Raises ExportRefused also for a full disk."""
    progress(0, 1, code)
    paper = read_register(ws).by_code.get(code)
    if paper is None:
        raise ExportRefused(_("发卡登记里没有核对码 {code}。").format(code=code), _("请核对后再输入一次。"))
    report = PublishReport()
    whole = Path(out)
    write_whole(whole, reprint_bytes(ws, paper, report))
    for suffix, pdf in kept_paper(ws, paper.kept).further():
        write_whole(whole.with_stem(f"{whole.stem}{suffix}"), pdf)
    return report.notes


def reprint_bytes(ws: Workspace, paper: IssuedPaper, report: PublishReport | None = None) -> bytes:
    """As `reprint`. Where this machine's fonts set it otherwise than then, `report` says so."""
    kept = kept_paper(ws, paper.kept)
    pdf = kept.typeset()
    if report is not None and kept.pdf_digest and not same_pdf(pdf, kept.pdf_digest):
        report.notes.append(
            _("{code} 的内容和版式与当时一样，但这台电脑的字体不同，字的样子可能略有出入。").format(code=paper.code)
        )
    return pdf
