"""图件分发表: which sheets, signs, notices and tables are handed out, for whoever hangs them up to sign, A4 landscape.

Nothing personal: where a sheet goes and who takes it is written by hand.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.form_fields import Day, Form, Words, cell
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.moved_papers import moved_out
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.typesetting import page_count, typeset
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

DISTRIBUTION = "distribution"  # the template


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut(Form):
    """One paper in force, or with `count` what the households or posts of a 街道 have, signed for door by door.

    Copies, where it goes, signature and day are lines to write on.
    """

    place: int
    kind: Words = field(default=None, metadata=cell("图、单据"))
    name: Words = field(default=None, metadata=cell("名称", quiet=True))
    number: Words = field(default=None, metadata=cell("编号", quiet=True))
    version: int | None = None
    issued_on: str = ""
    count: int | None = None
    code: Words = field(default=None, metadata=cell("核对码", quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOutGroup(Form):
    """What goes to a 街道, under its name; `total` papers."""

    title: str
    total: int = 0
    rows: tuple[HandedOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionList(Form):
    """The whole list. Nothing personal."""

    title: str
    office: Words = field(default=None, metadata=cell("发放单位"))
    printed_on: Day = None
    total: int = 0
    groups: tuple[HandedOutGroup, ...] = ()


def publish_distribution(ws: Workspace, out: Path, *, kind: str = "") -> PublishReport:
    """Write the list of the papers in force of a product, or ("") of all; what goes to households and posts is one row
    a 街道 and kind, since it is signed for on the list of receipts.

    Raises ExportRefused where there is none, FontMissing, TypesettingFailed."""
    from geohazard_desktop.publishing.issues.receipt_products import HANDED_OUT, SIGNED_FOR

    register = read_register(ws)
    wanted = [key for key, _title in HANDED_OUT if not kind or key == kind]
    papers = [one for key in wanted for one in register.in_force(key) if one.printed]
    homes = [one for key in SIGNED_FOR if not kind for one in register.in_force(key) if one.printed]
    homes = [one for one in homes if moved_out(ws, one) is None]
    if not papers and not homes:
        title = dict(HANDED_OUT).get(kind, _("图件"))
        raise ExportRefused(_("还没有发过{title}，分发表是空的。").format(title=title), _("请先出图，再出分发表。"))
    form = DistributionList(
        title=_("{district}地质灾害图件分发表").format(district=ws.setting("district.name")),
        office=ws.setting("office.name"),
        printed_on=date.today(),
        total=len(papers) + len(homes),
        groups=tuple(_groups(ws, papers, homes)),
    )
    pdf = typeset(DISTRIBUTION, {"form": form.to_json()}, title=form.title)
    write_whole(out, pdf)
    notes = [_("{count} 份，按街道排。").format(count=len(papers) + len(homes))]
    if homes:
        notes.append(_("其中各户、各单位的卡 {count} 张，逐户签收用“发卡签收表”。").format(count=len(homes)))
    return PublishReport(files=[out], notes=notes, pages=page_count(pdf))


def _groups(ws: Workspace, papers: Sequence[IssuedPaper], homes: Sequence[IssuedPaper]) -> Iterator[HandedOutGroup]:
    """The district's first, then by 街道; within it as the products stand in the list, in the order of issue; at its
    end what its households and posts have."""
    by_street: dict[str, list[tuple[str, IssuedPaper]]] = {}
    for one in papers:
        feature = paper_subject(ws, one.subject_layer, one.subject) if one.subject_layer else None
        name = _("全区") if not one.subject_layer else "" if feature is None else feature.text("name")
        by_street.setdefault(_street(ws, one, feature), []).append((name, one))
    counts: dict[str, Counter[str]] = {}
    for one in homes:
        street = one.subdistrict or _street(ws, one, ws.feature(one.subject_layer, one.subject))
        counts.setdefault(street, Counter())[one.kind] += 1
    number = 0
    for street in sorted({*by_street, *counts}, key=lambda one: (bool(one), one)):
        rows = []
        for name, one in by_street.get(street, ()):
            number += 1
            rows.append(
                HandedOut(
                    place=number,
                    kind=one.kind_words,
                    name=name,
                    number=one.subject_name,
                    version=one.version,
                    issued_on=one.issued_on,
                    code=one.code,
                )
            )
        total = len(rows)
        for kind, count in counts.get(street, Counter()).items():
            number += 1
            total += count
            rows.append(
                HandedOut(place=number, kind=kind, name=_("逐户（单位）签收"), number=_("见发卡签收表"), count=count)
            )
        yield HandedOutGroup(title=street or _("全区和没有登记街道的"), total=total, rows=tuple(rows))


def _street(ws: Workspace, paper: IssuedPaper, feature: Feature | None) -> str:
    street = paper.subdistrict if paper.subject_layer else ""
    if feature is not None and not street:
        street = feature.text("subdistrict")
    if feature is not None and not street and feature.text("danger_zone"):
        zone = ws.feature("danger_zone", feature.text("danger_zone"))  # a sign stands in its zone's 街道
        street = "" if zone is None else zone.text("subdistrict")
    return street
