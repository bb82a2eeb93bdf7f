"""发卡登记 read as papers: the rows of one code folded into what was issued, to whom, and what became of it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.card_issues import ISSUED, PRINTED, RECEIVED, REGISTER, VOID
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Key = tuple[str, str]  # series (the product, and what makes a paper of its own), uid of the subject ("": the district)
# Registers from before codes were printed name the kind only.
_PRODUCT_OF_KIND = {
    "防灾避险明白卡": ("cards_household", "household"),
    "防灾工作明白卡": ("cards_work", "hazard_point"),
}


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One paper that was issued. Days are ISO texts, "" where there is none. `holder` and `signed_by` are personal.

    `printed`: its file was written whole. `kept` is the digest of what it was printed from, "" for papers from before.
    """

    row: Feature
    code: str
    number: str
    kind: str
    product: str
    subject_layer: str
    subject: str
    subject_name: str
    subdistrict: str
    danger_zone: str
    version: int
    issued_on: str
    holder: str
    printed: bool
    series: str = ""
    variant: str = ""  # "A3 横，公开张贴"
    signed_on: str = ""
    signed_by: str = ""
    void: str = ""  # the reason, for one that is no longer to be used
    copies: int = 0  # in how many it was printed again, where that is more than what was kept says

    @property
    def key(self) -> Key:
        return self.series or self.product, self.subject

    @property
    def kept(self) -> str:
        return self.row.text("kept")

    @property
    def options(self) -> dict[str, Any]:
        """The product's options that it was made with; empty for papers from before, and where they can't be read."""
        return _options(self.row)

    @property
    def kind_words(self) -> str:
        """危险区警示图（A3 横，公开张贴）."""
        return f"{self.kind}（{self.variant}）" if self.variant else self.kind

    @property
    def inputs_hash(self) -> str:
        return self.row.text("inputs_hash")

    @property
    def template_hash(self) -> str:
        return self.row.text("template_hash")

    @property
    def version_words(self) -> str:
        """第 2 版（2026-11-22）."""
        day = _("（{day}）").format(day=self.issued_on) if self.issued_on else ""
        return _("第 {version} 版").format(version=self.version) + day


@dataclass(slots=True)
class IssueRegister:
    """All papers in the order in which they were issued."""

    papers: list[IssuedPaper] = field(default_factory=list)
    by_code: dict[str, IssuedPaper] = field(default_factory=dict)
    _latest: dict[Key, IssuedPaper] = field(default_factory=dict)
    _highest: dict[Key, int] = field(default_factory=dict)

    def in_force(self, product: str) -> list[IssuedPaper]:
        """The last papers of a product, of whatever series and subject, in the order in which they were issued."""
        return [one for one in self.papers if one.product == product and self._latest.get(one.key) is one]

    def latest(self, series: str, subject: str) -> IssuedPaper | None:
        """The last paper of a subject that was not declared void."""
        return self._latest.get((series, subject))

    def take(self, row: Feature, steps: Sequence[Feature] = ()) -> None:
        """A row that issued a paper, with the further rows of its code."""
        paper = _followed(_paper(row), steps)
        self.papers.append(paper)
        if paper.code:
            self.by_code[paper.code] = paper
        self._highest[paper.key] = max(paper.version, self.highest(paper.key))
        before = self._latest.get(paper.key)
        if not paper.void and (before is None or before.version <= paper.version):
            self._latest[paper.key] = paper

    def highest(self, key: Key) -> int:
        """The highest version of a subject's paper, void ones too: a number is never given twice. 0 for none."""
        return self._highest.get(key, 0)

    def version_of(self, key: Key, version: object) -> IssuedPaper | None:
        """That version of a subject's paper, the last of two that were numbered alike."""
        found = [one for one in self.papers if one.key == key and one.version == version] if version else []
        return found[-1] if found else None

    def confirm(self, code: str) -> None:
        """A paper's file was written."""
        paper = self.by_code[code]
        printed = replace(paper, printed=True)
        self.papers[self.papers.index(paper)] = self.by_code[code] = printed
        if self._latest.get(paper.key) == paper:
            self._latest[paper.key] = printed

    def successor(self, paper: IssuedPaper) -> IssuedPaper | None:
        """The paper that is in force in place of `paper`; None where `paper` is. Two windows that print at once may
        number two papers of a subject alike: the one that was entered last is in force, and only that."""
        last = self._latest.get(paper.key)
        return None if last is None or last.row.uid == paper.row.uid or last.version < paper.version else last


def read_register(ws: Workspace) -> IssueRegister:
    """The register of now; empty where the workspace has none."""
    return folded(ws.attributes(REGISTER)) if REGISTER in ws.definitions else IssueRegister()


def folded(rows: Iterable[Feature]) -> IssueRegister:
    """Rows in the order in which they were entered."""
    found = IssueRegister()
    steps: dict[str, list[Feature]] = {}
    issued: list[Feature] = []
    for row in rows:
        if row.text("step") in ("", ISSUED):
            issued.append(row)
        else:
            steps.setdefault(row.text("check_code") or row.text("card_no"), []).append(row)
    for row in issued:
        found.take(row, steps.get(row.text("check_code") or row.text("card_no"), ()))
    return found


def _paper(row: Feature) -> IssuedPaper:
    kind = row.text("kind")
    product, layer = row.text("product"), row.text("subject_layer")
    subject = row.text("subject")
    if not product and kind in _PRODUCT_OF_KIND:
        product, layer = _PRODUCT_OF_KIND[kind]
        subject = row.text(layer)
    version = row["version"]
    return IssuedPaper(
        row=row,
        code=row.text("check_code"),
        number=row.text("card_no"),
        kind=kind,
        product=product.partition(":")[0],
        series=product,
        variant=row.text("variant"),
        subject_layer=layer,
        subject=subject,
        subject_name=row.text("subject_name"),
        subdistrict=row.text("subdistrict"),
        danger_zone=zone_in(row),
        version=int(version) if isinstance(version, int | float) else 1,
        issued_on=row.text("issued_at")[:10],
        holder=row.text("holder"),
        printed=row.text("step") == "",  # entered by hand or before: paper that was seen
        signed_on=row.text("signed_on"),
        signed_by=row.text("holder") if row.text("signed_on") else "",
    )


def zone_in(row: Feature) -> str:
    """The danger zone that a paper is about, whatever of it holds the reference."""
    own = row.text("subject") if row.text("subject_layer") == "danger_zone" else ""
    return row.text("danger_zone") or row.text("about_zone") or own


def _followed(paper: IssuedPaper, steps: Sequence[Feature]) -> IssuedPaper:
    for row in steps:
        step = row.text("step")
        if step == PRINTED:
            copies = _options(row).get("copies")
            more = copies if isinstance(copies, int) else 0
            paper = replace(paper, printed=True, copies=max(paper.copies, more))
        elif step == RECEIVED:
            # Who holds a paper saw it: it was printed, whatever happened to the program meanwhile.
            signed_by = row.text("holder") or paper.holder
            paper = replace(paper, printed=True, signed_on=row.text("signed_on"), signed_by=signed_by)
        elif step == VOID:
            paper = replace(paper, void=row.text("reason") or _("已作废"))
    return paper


def _options(row: Feature) -> dict[str, Any]:
    try:
        found = json.loads(row.text("options") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
