"""发卡签收表: who is to sign for which card, in the order of the walk, A4. Internal: names and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.card_facts import CardFacts
from geohazard_desktop.publishing.card_subjects import subjects_of
from geohazard_desktop.publishing.cards import KINDS
from geohazard_desktop.publishing.files import write_whole
from geohazard_desktop.publishing.form_fields import Day, Form, Words, cell
from geohazard_desktop.publishing.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typesetting import page_count, typeset
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

RECEIPTS = "receipts"  # the template
_STICKERS = ("stickers_household", "household", _("门贴"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow(Form):
    """One card to sign for."""

    place: int
    number: Words = field(default=None, metadata=cell("卡号"))
    address: Words = field(default=None, metadata=cell("地址", personal=True))
    holder: Words = field(default=None, metadata=cell("户主或单位", personal=True))
    code: Words = field(default=None, metadata=cell("核对码", quiet=True))
    version: int = 1
    kind: str = ""
    signed_by: Words = field(default=None, metadata=cell("签名", personal=True, quiet=True))
    signed_on: str | None = field(default=None, metadata=cell("日期", quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGroup(Form):
    """The cards of a 社区, under its name."""

    title: str
    rows: tuple[ReceiptRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptList(Form):
    """The whole list. Personal."""

    title: str
    office: Words = field(default=None, metadata=cell("发放单位"))
    printed_on: Day = None
    total: int = 0
    groups: tuple[ReceiptGroup, ...] = ()


def publish_receipts(
    ws: Workspace, out: Path, *, kind: str = "household", part: str = "", unsigned: bool = True
) -> PublishReport:
    """Write the list of the cards in force of a kind ("household", "large", "work"), or of the stickers at doors
    ("sticker"), or those of them not signed for.

    Raises ExportRefused where there is none, FontMissing, TypesettingFailed.
    """
    facts = CardFacts(ws, MapLayers(ws, lambda one: not about_people(one), personal_labels=False), date.today())
    register = read_register(ws)
    chosen = KINDS.get(kind)
    product, layer, title = _STICKERS if chosen is None else (chosen.product, chosen.layer, chosen.title)
    subjects = subjects_of(facts, layer, part=part) if layer in ws.definitions else []
    form = _form(facts, register, product, title, subjects, unsigned=unsigned)
    if not form.total:
        raise ExportRefused(
            _("没有等着签收的{kind}。").format(kind=title),
            _("请先出卡；已经签收的，去掉“只列没签收的”再出。"),
        )
    pdf = typeset(RECEIPTS, {"receipts": form.to_json()}, title=form.title)
    write_whole(out, pdf)
    notes = [_("{count} 份，按走访的先后排。").format(count=form.total)]
    return PublishReport(files=[out], notes=notes, pages=page_count(pdf))


def _form(
    facts: CardFacts, register: IssueRegister, product: str, title: str, subjects: list[Feature], *, unsigned: bool
) -> ReceiptList:
    groups: dict[str, list[ReceiptRow]] = {}
    number = 0
    for subject, paper in _papers(register, product, subjects):
        if unsigned and paper.signed_on:
            continue
        number += 1
        groups.setdefault(_group(subject), []).append(
            ReceiptRow(
                place=number,
                number=paper.number or paper.subject_name,
                address=subject.text("address"),
                holder=paper.holder or subject.text("head") or subject.text("monitoring_lead"),
                code=paper.code,
                version=paper.version,
                kind=_("大字") if product == "cards_large" else "",
                signed_by=paper.signed_by if paper.signed_on else None,
                signed_on=paper.signed_on or None,
            )
        )
    return ReceiptList(
        title=_("{district}{kind}签收表").format(district=facts.settings.get("district.name", ""), kind=title),
        office=facts.settings.get("office.name"),
        printed_on=facts.today,
        total=number,
        groups=tuple(ReceiptGroup(title=name, rows=tuple(rows)) for name, rows in groups.items()),
    )


def _papers(register: IssueRegister, product: str, subjects: list[Feature]) -> Iterator[tuple[Feature, IssuedPaper]]:
    for one in subjects:
        paper = register.latest(product, one.uid)
        if paper is not None and paper.printed:
            yield one, paper


def _group(subject: Feature) -> str:
    names = [subject.text(one) for one in ("subdistrict", "community", "group")]
    return "　".join(one for one in names if one) or _("没有登记街道的")
