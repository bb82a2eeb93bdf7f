"""The subjects of a product as rows: which are ticked, where they belong, what of them is still to be filled in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.icons import severity_pixmap
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.subject_parts import Parts
from geohazard_desktop.workspace.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
NAME, NUMBER, STATE = range(3)


@dataclass(frozen=True, slots=True)
class SubjectRow:
    layer: str
    uid: str
    name: str
    number: str
    street: str
    zone: str
    sought: str  # what the search line looks into
    zone_uid: str = ""
    point_uid: str = ""


def rows_of(ws: Workspace, layer: str) -> list[SubjectRow]:
    """In visiting order."""
    parts = Parts(ws)
    found = []
    for one in parts.in_order(layer):
        # Side by side, so that a long name pushes no number out of sight.
        name, number = name_of(ws, one.with_values(id=None)), one.text("id") or one.text("code")
        street, within = parts.street(one), parts.zone_of(one)
        zone, point = parts.zone_words(within), parts.point_of(one, within)
        sought = f"{name} {number} {street} {zone}".lower()
        of = ["" if place is None else place.uid for place in (within, point)]
        found.append(SubjectRow(layer, one.uid, name, number, street, zone, sought, *of))
    return found


class SubjectModel(QAbstractTableModel):
    """`ticked`: other rows are ticked or shown."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SubjectRow] = []
        self.shown: list[SubjectRow] = []
        self.chosen: set[str] = set()
        self.lacking: dict[str, Sequence[str]] = {}
        self.product = ""
        self.states: dict[str, str] = {}
        self.copies: dict[str, int] | None = None  # of those that had several last; None: not looked up yet

    def fill(self, product: str, rows: Sequence[SubjectRow], chosen: Collection[str]) -> None:
        self.beginResetModel()
        self.product, self.rows, self.shown = product, list(rows), list(rows)
        self.chosen = set(chosen)
        self.lacking = {}
        self.states = {}
        self.copies = None
        self.endResetModel()
        self.ticked.emit()

    def show_only(self, keep: Callable[[SubjectRow], bool]) -> None:
        self.beginResetModel()
        self.shown = [one for one in self.rows if keep(one)]
        self.endResetModel()
        self.ticked.emit()

    def know(self, lacking: Mapping[str, Sequence[str]], states: Mapping[str, str]) -> None:
        """What lacks of each subject, and how its last paper stands (已是最新, 内容有变 …)."""
        self.lacking, self.states = dict(lacking), dict(states)
        if self.shown:
            self.dataChanged.emit(self.index(0, STATE), self.index(len(self.shown) - 1, STATE))

    def tick(self, uids: Collection[str], on: bool) -> None:
        self.chosen = self.chosen | set(uids) if on else self.chosen - set(uids)
        if self.shown:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self.shown) - 1, NAME))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return (_("名称"), _("编号"), _("情况"))[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        row = self.shown[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            return Qt.CheckState.Checked if row.uid in self.chosen else Qt.CheckState.Unchecked
        if role == _DISPLAY:
            return (row.name, row.number, self._standing(row.uid))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATE and self.lacking.get(row.uid):
            return severity_pixmap("warning", theme().px(14), 1.0)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick([self.shown[index.row()].uid], on)
        return True

    def _standing(self, uid: str) -> str:
        """How its last paper stands; where papers are not registered, what it lacks. Lacking has its sign in either."""
        return self.states.get(uid, "") or self._lacks(uid)

    def _lacks(self, uid: str) -> str:
        if uid not in self.lacking:
            return ""
        count = len(self.lacking[uid])
        return _("缺 {count} 项").format(count=count) if count else _("齐全")

    def _tip(self, row: SubjectRow, column: int) -> str:
        if column == STATE:
            lacks, state = self.lacking.get(row.uid, ()), self.states.get(row.uid)
            told = _("缺 {count} 项，没有登记，印出来是横线：{labels}")
            return "\n".join(
                [
                    *([_("上次发的：{state}").format(state=state)] if state else []),
                    told.format(count=len(lacks), labels="、".join(lacks)) if lacks else self._lacks(row.uid),
                ]
            )
        return "\n".join(one for one in (row.name, row.number, row.street, row.zone, _("双击到图上看")) if one)
