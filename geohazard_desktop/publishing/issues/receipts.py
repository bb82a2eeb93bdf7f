"""发卡签收表: who is to sign for what, in the order of the walk, A4. Internal: names and addresses.

A household signs once for all that hangs at its door: card, large print and sticker are papers of their own, each with
its version and code, and stand together on its line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geohazard_desktop.analysis.counted_today import closed_shelters
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.subjects import subjects_of
from geohazard_desktop.publishing.form_fields import Day, Form, Words, cell
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.publishing.issues.ways_on_papers import WaysOnPapers
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.papers.zone_ways import shelter_called
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.typesetting import page_count, typeset
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

RECEIPTS = "receipts"  # the template
_MOST_TOLD = 6  # households whose way is told in the report; the list marks all
_MOST_SAMPLES, _SAMPLE_CODE = 12, "0000-0000"  # of a proof; no paper's code is all zeros
# By the option `kind`: what the list is called, whose papers, of which products with their short names.
_LISTS = {
    "household": (
        _("避险明白卡"),
        "household",
        {"cards_household": _("避险卡"), "cards_large": _("大字版"), "stickers_household": _("门贴")},
    ),
    "large": (_("避险明白卡（大字版）"), "household", {"cards_large": _("大字版")}),
    "sticker": (_("门贴"), "household", {"stickers_household": _("门贴")}),
    "work": (_("防灾工作明白卡"), "hazard_point", {"cards_work": _("工作卡")}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper(Form):
    """One paper of a line: 避险卡 第 2 版 W9AF-E9AC; `signed_on` where that is known and the line is not signed yet.
    It must not be handed over where `closed` names the shelter to which it sends people, which is closed by now, or
    where `astray` says why nobody may be sent along its way any more (where the shelter is closed that says it)."""

    kind: str
    version: int = 1
    code: Words = field(default=None, metadata=cell("核对码", quiet=True))
    signed_on: str | None = None
    closed: Words = None
    astray: Words = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow(Form):
    """One household or post that signs, with all its papers. `signed_by` and `signed_on` once for all of them."""

    place: int
    number: Words = field(default=None, metadata=cell("户号"))  # as on card, large print and sticker
    card_number: Words = field(default=None, metadata=cell("卡号", quiet=True))
    address: Words = field(default=None, metadata=cell("地址", personal=True))
    holder: Words = field(default=None, metadata=cell("户主或单位", personal=True))
    papers: tuple[ReceiptPaper, ...] = ()
    signed_by: Words = field(default=None, metadata=cell("签名", personal=True, quiet=True))
    signed_on: str | None = field(default=None, metadata=cell("日期", quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGroup(Form):
    """The lines of a 社区, under its name: `total` 5 户, `told` 避险卡 5 张、大字版 1 张."""

    title: str
    total: str = ""
    told: str = ""
    rows: tuple[ReceiptRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptList(Form):
    """The whole list. Personal."""

    title: str
    number_label: str = ""  # what the number of a line is: 户号, or 卡号 of a post
    office: Words = field(default=None, metadata=cell("发放单位"))
    printed_on: Day = None
    total: Words = None  # lines to sign: 6 户
    told: str = ""
    note: Words = None
    groups: tuple[ReceiptGroup, ...] = ()


def publish_receipts(
    ws: Workspace, out: Path, *, kind: str = "household", part: str = "", unsigned: bool = True
) -> PublishReport:
    """Write the list of what households were given ("household": cards, large print and stickers on one line each;
    "large" and "sticker" of these alone) or posts ("work"); with `unsigned` what is not signed for.

    Raises ExportRefused where there is none, FontMissing, TypesettingFailed.
    """
    facts = CardFacts(ws, MapLayers(ws, lambda one: not about_people(one), personal_labels=False), date.today())
    title, layer, kinds = _LISTS[kind]
    subjects = subjects_of(facts, layer, part=part) if layer in ws.definitions else []
    faults = _Faults(ws)
    groups = _groups(read_register(ws), subjects, kinds, faults, unsigned=unsigned)
    if not groups and press().proof is not None:
        groups = _samples(subjects, kinds)
    rows = [row for group in groups for row in group.rows]
    if not rows:
        raise ExportRefused(
            _("没有等着签收的{kind}。").format(kind=title),
            _("请先出卡；已经签收的，去掉“只列没签收的”再出。"),
        )
    form = ReceiptList(
        title=_("{district}{kind}签收表").format(district=facts.settings.get("district.name", ""), kind=title),
        number_label=_("户　号") if layer == "household" else _("卡　号"),
        office=facts.settings.get("office.name"),
        printed_on=facts.today,
        total=_lines(layer, len(rows)),
        told=_told(rows),
        note=_("同一户的避险卡、大字版、门贴各编版次、各有核对码，签一次就是都收到。") if len(kinds) > 1 else None,
        groups=tuple(groups),
    )
    pdf = typeset(RECEIPTS, {"receipts": form.to_json()}, title=form.title)
    write_whole(out, pdf)
    notes = [_("{count}，{papers}，按走访的先后排。").format(count=form.total, papers=form.told)]
    return PublishReport(files=[out], notes=notes, problems=_problems(layer, rows), pages=page_count(pdf))


class _Faults:
    """What papers that wait for a signature say that does not hold any more."""

    def __init__(self, ws: Workspace) -> None:
        self.closed = {uid: shelter_called(one) for uid, one in closed_shelters(ws).items()}
        self.ways = WaysOnPapers(ws)

    def of(self, subject: Feature, paper: IssuedPaper) -> tuple[str | None, str | None]:
        """The closed shelter, and what is the matter with the way."""
        closed = self.closed.get(paper.row.text("shelter"))
        if closed is not None or subject.layer != "household":
            return closed, None
        return None, self.ways.fault(subject, paper) or None


def _problems(layer: str, rows: Sequence[ReceiptRow]) -> list[str]:
    """What has to be printed anew before anybody walks, and why."""
    found = []
    remedy = _("表上写明了。请先重印这些纸，没送的换下，送出去的收回。")
    shelters = dict.fromkeys(str(one.closed) for row in rows for one in row.papers if one.closed)
    if shelters:
        count = sum(any(one.closed for one in row.papers) for row in rows)
        words = _("{count}的纸上写着去已经停用的{shelters}，{remedy}")
        found.append(words.format(count=_lines(layer, count), shelters="、".join(shelters), remedy=remedy))
    astray = list(dict.fromkeys(str(one.astray) for row in rows for one in row.papers if one.astray))
    if astray:
        count = sum(any(one.astray for one in row.papers) for row in rows)
        words = _("{count}的纸上写的撤离路线现在不能照着走，{remedy}")
        found.append(words.format(count=_lines(layer, count), remedy=remedy))
        found += astray[:_MOST_TOLD]
        if len(astray) > _MOST_TOLD:
            found.append(_("其余 {count} 处也是这样，见表上的红字。").format(count=len(astray) - _MOST_TOLD))
    return found


def _groups(
    register: IssueRegister,
    subjects: Sequence[Feature],
    kinds: Mapping[str, str],
    faults: _Faults,
    *,
    unsigned: bool,
) -> list[ReceiptGroup]:
    groups: dict[str, list[ReceiptRow]] = {}
    number = 0
    for subject in subjects:
        papers = [
            (words, paper)
            for product, words in kinds.items()
            if (paper := register.latest(product, subject.uid)) is not None
            and paper.printed
            and not (unsigned and paper.signed_on)
        ]
        if papers:
            number += 1
            groups.setdefault(_group(subject), []).append(_row(number, subject, papers, faults))
    layer = subjects[0].layer if subjects else ""
    return [
        ReceiptGroup(title=name, total=_lines(layer, len(rows)), told=_told(rows), rows=tuple(rows))
        for name, rows in groups.items()
    ]


def _samples(subjects: Sequence[Feature], kinds: Mapping[str, str]) -> list[ReceiptGroup]:
    """What the template editor shows where nothing waits for a signature: a form is mended before the first card goes
    out. Only a proof has these lines, so no code of theirs can be taken for one."""
    some = subjects[:_MOST_SAMPLES]
    if not some:
        return []
    papers = tuple(ReceiptPaper(kind=words, code=_SAMPLE_CODE) for words in kinds.values())
    rows = tuple(
        ReceiptRow(
            place=place,
            number=one.text("id"),
            address=one.text("address"),
            holder=one.text("head") or one.text("monitoring_lead"),
            papers=papers,
        )
        for place, one in enumerate(some, 1)
    )
    return [ReceiptGroup(title=_group(some[0]), total=_lines(some[0].layer, len(rows)), told=_told(rows), rows=rows)]


def _row(place: int, subject: Feature, papers: Sequence[tuple[str, IssuedPaper]], faults: _Faults) -> ReceiptRow:
    first = papers[0][1]
    signed = all(one.signed_on for _words, one in papers)
    last = max((one for _words, one in papers), key=lambda one: one.signed_on)
    card = next((one.number for _words, one in papers if one.number), "")
    own = subject.text("id") if subject.layer == "household" else ""
    told = [faults.of(subject, one) for _words, one in papers]
    return ReceiptRow(
        place=place,
        number=own or card or first.subject_name,
        card_number=card if own and card != own else None,
        address=subject.text("address"),
        holder=first.holder or subject.text("head") or subject.text("monitoring_lead"),
        papers=tuple(
            ReceiptPaper(
                kind=words,
                version=one.version,
                code=one.code,
                signed_on=None if signed else one.signed_on or None,
                closed=closed,
                astray=astray,
            )
            for (words, one), (closed, astray) in zip(papers, told, strict=True)
        ),
        signed_by=last.signed_by if signed else None,
        signed_on=last.signed_on if signed else None,
    )


def _lines(layer: str, count: int) -> str:
    return (_("{count} 户") if layer == "household" else _("{count} 处")).format(count=count)


def _told(rows: Sequence[ReceiptRow]) -> str:
    """避险卡 5 张、大字版 1 张."""
    counts = Counter(paper.kind for row in rows for paper in row.papers)
    return "、".join(_("{kind} {count} 张").format(kind=kind, count=count) for kind, count in counts.items())


def _group(subject: Feature) -> str:
    names = [subject.text(one) for one in ("subdistrict", "community", "group")]
    return "　".join(one for one in names if one) or _("没有登记街道的")
