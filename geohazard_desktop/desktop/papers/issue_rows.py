"""发卡登记 as rows: each subject's paper in force, or that it has none; sifted, in visiting order once compared."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import severity_pixmap
from geohazard_desktop.desktop.papers.paper_entries import printed_since
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister
from geohazard_desktop.publishing.issues.moved_papers import moved_standings
from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.publishing.issues.zone_papers import zones_of_subjects
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace

_CODE_FROM = 4  # characters of a code that are looked for without its stroke; fewer are in half of all codes
Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    _("编号"),
    _("户主或名称"),
    _("街道（镇）"),
    _("种类"),
    _("版次"),
    _("核对码"),
    _("发放"),
    _("签收"),
    _("现况"),
)
TO_PRINT, UNSIGNED, SIGNED, UNCONFIRMED, REPLACED = "to_print", "unsigned", "signed", "unconfirmed", "replaced"
WITHDRAWN, INCOMPARABLE = "withdrawn", "incomparable"
CASES = (
    ("", _("全部在用的")),
    (TO_PRINT, _("要重印的")),
    (UNSIGNED, _("没签收的")),
    (SIGNED, _("已签收的")),
    (UNCONFIRMED, _("未确认打印的")),
    (WITHDRAWN, _("要收回的")),
    (INCOMPARABLE, _("比不出来的")),
    (REPLACED, _("被代替和作废的")),
)
_SIGNS = {
    State.LATEST: "done",
    State.CHANGED: "warning",
    State.UNCONFIRMED: "warning",
    State.INCOMPARABLE: "info",
    State.NEVER: "info",
    State.WITHDRAWN: "error",
}
_SHORT = {"防灾避险明白卡": _("避险卡"), "防灾工作明白卡": _("工作卡"), "避险明白卡（大字版）": _("大字版")}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a paper, or a subject that has none. Personal: `who`."""

    product: str
    kind: str
    layer: str
    uid: str
    number: str
    who: str
    subdistrict: str
    zone: str  # its danger zone in words, which two zones may share but for their numbers
    paper: IssuedPaper | None = None
    successor: IssuedPaper | None = None
    standing: Standing | None = None
    zone_uid: str = ""
    pending: bool = False  # how it stands is being found out

    @property
    def key(self) -> tuple[str, str]:
        """Series and subject, as the register counts versions."""
        if self.paper is not None:
            return self.paper.key
        return self.standing.key if self.standing is not None else (self.product, self.uid)

    @property
    def state(self) -> str:
        """What stands under 现况."""
        if self.paper is not None and self.paper.void:
            return _("已作废")
        if self.successor is not None:
            return _("已被第 {version} 版代替").format(version=self.successor.version)
        if self.standing is not None:
            return _("图有变") if self.standing.drawing else str(self.standing.state)
        if self.paper is not None and not self.paper.printed:
            return str(State.UNCONFIRMED)
        if self.incomparable:
            return str(State.INCOMPARABLE)
        return _("正在比") if self.pending else _("没有比较")

    @property
    def told(self) -> str:
        """The state, the first of what changed, and how much more did; `reasons` has all."""
        told = self.standing is not None and (self.to_print or self.standing.state is State.WITHDRAWN)
        changes = self.reasons if told else ()
        state = self.state
        if len(changes) > 1 and self.standing is not None and self.standing.state is State.CHANGED:
            state = _("{count} 处有变").format(count=len(changes))
        return "：".join((state, *changes[:1]))

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that is different on it, a clause each."""
        return () if self.standing is None else self.standing.changes

    @property
    def in_force(self) -> bool:
        return self.paper is not None and self.successor is None and not self.paper.void

    @property
    def to_print(self) -> bool:
        return self.standing is not None and self.standing.state.to_print and self.successor is None

    @property
    def incomparable(self) -> bool:
        """Known without comparing: nothing was kept of it."""
        if self.standing is not None:
            return self.standing.state is State.INCOMPARABLE
        return self.in_force and self.paper is not None and not self.paper.inputs_hash

    def fits(self, case: str) -> bool:
        """Whether it is a case of the list's filter; "" takes all but what was replaced or is void."""
        if case == REPLACED:
            return self.paper is not None and not self.in_force
        if not (self.in_force or self.paper is None):
            return False
        paper = self.paper
        return {
            "": True,
            TO_PRINT: self.to_print,
            WITHDRAWN: self.standing is not None and self.standing.state is State.WITHDRAWN,
            INCOMPARABLE: self.incomparable,
            UNSIGNED: paper is not None and not paper.signed_on,
            SIGNED: paper is not None and bool(paper.signed_on),
            UNCONFIRMED: paper is not None and not paper.printed,
        }[case]

    def says(self, sought: str) -> bool:
        """Whether a word in small letters stands in its line, or in the words of its zone."""
        return sought in " ".join((*self.cells(), self.zone)).lower()

    @property
    def plain_code(self) -> str:
        return "" if self.paper is None else self.paper.code.replace("-", "").lower()

    def cells(self) -> tuple[str, ...]:
        paper = self.paper
        return (
            self.number,
            self.who,
            self.subdistrict,
            _SHORT.get(self.kind, self.kind if paper is None else paper.kind_words),
            "" if paper is None else str(paper.version),
            "" if paper is None else paper.code or _("旧卡，没有"),
            "" if paper is None else paper.issued_on,
            "" if paper is None else paper.signed_on,
            self.told,
        )


def rows_of(
    ws: Workspace, register: IssueRegister, standings: Mapping[tuple[str, str], Standing], *, pending: bool = False
) -> list[Row]:
    """Those that were compared first, in their order; then the rest of the register, the last issued first. `pending`:
    of the rest it is being found out how they stand."""
    # Whoever moved away is known without a comparison.
    standings = {**standings, **{one.key: one for one in moved_standings(ws, register)}}
    zones = zone_words(ws)
    layers = {one.subject_layer for one in register.papers} | {"household", "hazard_point"}
    names = {layer: _names(ws, layer, ("id", "name")) for layer in layers}
    # A household is told by its holder; everything else by its own name.
    called = {layer: _names(ws, layer, ("name", "id")) for layer in layers - {"household", "hazard_point"}}
    homes = zones_of_subjects(ws, register)
    by_key: dict[tuple[str, str], list[IssuedPaper]] = {}
    for paper in register.papers:
        by_key.setdefault(paper.key, []).append(paper)
    kinds = {one.product: one.kind for one in register.papers}
    found = []
    for key, standing in standings.items():
        papers = by_key.pop(key, [])
        found += [_row(one, register, names, called, (zones, homes), standing) for one in reversed(papers)]
        if not any(one.in_force for one in found[len(found) - len(papers) :]):
            kind = kinds.get(standing.product, _KINDS.get(standing.product, PRODUCTS[standing.product].title))
            found.append(
                Row(
                    standing.product, kind, standing.layer, standing.uid, standing.number, standing.who,
                    standing.subdistrict, "", standing=standing,
                )
            )  # fmt: skip
    rest = sorted((one for papers in by_key.values() for one in papers), key=lambda one: one.issued_on, reverse=True)
    others = [_row(one, register, names, called, (zones, homes), None) for one in rest]
    return found + [replace(one, pending=pending and one.in_force) for one in others]


def followed(standing: Standing, last: IssuedPaper | None, *, pending: bool = False) -> Standing | None:
    """What was compared, after a further version was issued. None where nobody knows any more: the paper was declared
    void since, its file was written after all, or a further one is still to be compared (`pending`)."""
    version = 0 if last is None else last.version
    if version < standing.version:
        return None
    if last is None or (version == standing.version and last.code == standing.code):
        written = last is not None and last.printed and standing.state is State.UNCONFIRMED
        return None if written else standing
    if pending and last.printed:
        return None
    made = printed_since(standing, last.code, last.version)
    return made if last.printed else replace(made, state=State.UNCONFIRMED)


_KINDS = {"cards_household": "防灾避险明白卡", "cards_work": "防灾工作明白卡", "cards_large": "避险明白卡（大字版）"}


def _row(
    paper: IssuedPaper,
    register: IssueRegister,
    names: Mapping[str, Mapping[str, str]],
    called: Mapping[str, Mapping[str, str]],
    around: tuple[Mapping[str, str], Mapping[str, str]],
    standing: Standing | None,
) -> Row:
    zones, homes = around
    zone = paper.danger_zone or homes.get(paper.subject, "")
    number = paper.subject_name or names.get(paper.subject_layer, {}).get(paper.subject, "") or paper.number
    successor = register.successor(paper)
    return Row(
        paper.product,
        paper.kind,
        paper.subject_layer,
        paper.subject,
        number,
        paper.holder
        or (standing.who if standing is not None else "")
        or (called.get(paper.subject_layer, {}).get(paper.subject, "") if paper.subject else _("全区")),
        paper.subdistrict or (standing.subdistrict if standing is not None else ""),
        zones.get(zone, ""),
        paper,
        successor,
        standing if successor is None and not paper.void else None,
        zone if zone in zones else "",
    )


def zone_words(ws: Workspace) -> dict[str, str]:
    """Number and name of each danger zone, by its uid: of two that are called alike the number says which."""
    if "danger_zone" not in ws.definitions:
        return {}
    table = ws.attributes("danger_zone")
    words = {one.uid: " ".join(filter(None, (one.text("id"), one.text("name")))) for one in table}
    return {uid: one or _("没有名称和编号的") for uid, one in words.items()}


def _names(ws: Workspace, layer: str, fields: Sequence[str]) -> dict[str, str]:
    if layer not in ws.definitions:
        return {}
    table = ws.attributes(layer)
    return {one.uid: next((text for name in fields if (text := one.text(name))), "") for one in table}


def reasons_tip(state: str, reasons: Sequence[str]) -> str:
    """All reasons below each other, each on its own line."""
    if len(reasons) == 1:
        return f"{state}\n{reasons[0]}"
    return "\n".join(
        (_("{state}，{count} 处：").format(state=state, count=len(reasons)), *(f"· {one}" for one in reasons))
    )


class IssueModel(QAbstractTableModel):
    """The rows that fit the filter."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Row] = []
        self.rows: list[Row] = []

    def take(self, rows: Sequence[Row]) -> None:
        self.all = list(rows)

    def sift(self, *, kind: str, street: str, zone: str, case: str, words: str) -> None:
        sought = unicodedata.normalize("NFKC", words).strip().lower()
        code = "".join(sought.replace("-", " ").split())  # as it is read out: without the stroke
        self.beginResetModel()
        self.rows = [
            one
            for one in self.all
            if (not kind or one.kind == kind)
            and (not street or one.subdistrict == street)
            and (not zone or one.zone_uid == zone)
            and one.fits(case)
            and (not sought or one.says(sought) or (len(code) >= _CODE_FROM and code in one.plain_code))
        ]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and row.reasons and index.column() == len(COLUMNS) - 1:
            return reasons_tip(row.state, row.reasons)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells()[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == len(COLUMNS) - 1 and row.standing is not None:
            return QIcon(severity_pixmap(_SIGNS[row.standing.state], theme().px(14)))
        return None
