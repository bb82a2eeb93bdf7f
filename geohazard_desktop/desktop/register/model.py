"""The model of a register: row ids in their order; the cells of a row are read when it comes into sight.

A step of the history costs what it touches: cells that changed are read again where they stand, rows that came stand
at the end, rows that went are taken out. Order and filter are asked for anew by people, so that no row jumps from under
the hand that edits it.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from geohazard_desktop.analysis.zone_states import ZONES, zone_states
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.register.columns import (
    TITLE,
    RegisterColumn,
    cell_words,
    columns_of,
    measure_words,
    title_field,
)
from geohazard_desktop.desktop.register.lateness import Lateness
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Delta, Value
from geohazard_desktop.workspace.register_query import Measured
from geohazard_desktop.workspace.register_rows import figures
from geohazard_desktop.workspace.rows import RowIds, no_rows
from geohazard_desktop.workspace.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
Values = dict[str, Value]

_PAGE = 128
_MOST_KEPT = 12_000  # rows whose cells are kept
_ONE_BY_ONE = 400  # more rows that come or go at once are taken in together

ROLE = Qt.ItemDataRole
SECOND = int(ROLE.UserRole) + 1  # the small line below the name: the number
LATE = SECOND + 1  # how long ago what the cell is about should have been done; "" where nothing is overdue


class RegisterModel(QAbstractTableModel):
    """`rows_changed` after rows came or went by a step of the history; `outdated` when order or filter may have."""

    rows_changed = Signal()
    outdated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ws: Workspace | None = None
        self.definition: LayerDefinition | None = None
        self.columns: list[RegisterColumn] = []
        self.measured: Measured = {}
        self.true_states: Mapping[str, str] | None = None  # of danger zones: what their register bears out
        self.lateness = Lateness()
        self._forget_rows()

    def _forget_rows(self) -> None:
        self.fids: RowIds = no_rows()  # all rows of the layer, ascending
        self.uids: list[str] = []
        self.order: NDArray[np.intp] = np.empty(0, dtype=np.intp)  # shown rows: places in `fids`
        self.chosen: NDArray[np.bool_] = np.empty(0, dtype=bool)  # by place in `fids`
        self._kept: dict[int, Values] = {}
        self._words: dict[str, str] = {}
        self._places: dict[str, int] | None = None

    # -- content ---------------------------------------------------------------------------------------------------

    def open(self, ws: Workspace | None, layer: str) -> None:
        """Show all rows of a layer in file order; nothing without one."""
        self.beginResetModel()
        self._forget_rows()
        self.measured = {}
        self._ws = ws
        self.definition = None if ws is None else ws.definitions.get(layer)
        self.columns = [] if self.definition is None else columns_of(self.definition)
        if ws is not None and self.definition is not None:
            self.fids, self.uids = ws.all_rows(layer)
            self.order = np.arange(len(self.fids))
            self.chosen = np.zeros(len(self.fids), dtype=bool)
        self._read_states()
        self.lateness.read(ws, self.layer)
        self.endResetModel()

    def _read_states(self) -> None:
        zones = self._ws is not None and self.layer == ZONES
        self.true_states = zone_states(self._ws) if zones and self._ws is not None else None

    @property
    def layer(self) -> str:
        return "" if self.definition is None else self.definition.table

    @property
    def total(self) -> int:
        return len(self.fids)

    def show_rows(self, ids: RowIds) -> None:
        """Show these rows in this order; ids that are unknown (gone meanwhile) are left out."""
        self.beginResetModel()
        self.order = self._places_of_ids(ids)
        self.endResetModel()

    def _places_of_ids(self, ids: RowIds) -> NDArray[np.intp]:
        if not len(self.fids):
            return np.empty(0, dtype=np.intp)
        places = np.minimum(np.searchsorted(self.fids, ids), len(self.fids) - 1)
        return places[self.fids[places] == ids]

    def shown_ids(self) -> RowIds:
        return self.fids[self.order]

    def uid(self, row: int) -> str:
        return self.uids[self.order[row]]

    def uids_of(self, rows: Iterable[int]) -> list[str]:
        uids, order = self.uids, self.order
        return [uids[order[row]] for row in rows]

    def place(self, uid: str) -> int | None:
        """Where a feature stands among all rows of the layer."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self.uids)}
        return self._places.get(uid)

    def row_of(self, uid: str) -> int | None:
        """The shown row of a feature; None when it is filtered out or gone."""
        place = self.place(uid)
        found = np.flatnonzero(self.order == place) if place is not None else ()
        return int(found[0]) if len(found) else None

    # -- cells -----------------------------------------------------------------------------------------------------

    def values(self, row: int) -> Values:
        """The values of a shown row; {} when it went meanwhile."""
        fid = int(self.fids[self.order[row]])
        if fid not in self._kept:
            self._read_page(row)
        return self._kept.get(fid, {})

    def _read_page(self, row: int) -> None:
        assert self._ws is not None
        first = row - row % _PAGE
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        ids = np.sort(self.fids[self.order[first : first + _PAGE]])
        names = [one.field.name for one in self.columns if one.field is not None]
        there, table = self._ws.cells(self.layer, ids, names)
        for index, fid in enumerate(there.tolist()):
            self._kept[fid] = {name: column[index] for name, column in table.columns.items()}
        for fid in ids.tolist():
            self._kept.setdefault(fid, {})
        for one in self.columns:
            if one.field is not None and one.field.type == "reference":
                self._read_words(one.field.target, table.columns.get(one.key, ()))

    def _read_words(self, target: str, uids: Iterable[Value]) -> None:
        assert self._ws is not None
        wanted = {str(one) for one in uids if one} - self._words.keys()
        if wanted and target in self._ws.definitions:
            found = self._ws.table(target, uids=sorted(wanted))
            self._words |= {one.uid: name_of(self._ws, one) for one in found}
        for uid in wanted:
            self._words.setdefault(uid, _("（已不在）"))

    def words(self, row: int, column: RegisterColumn) -> str:
        """What a cell shows."""
        if column.field is None:
            ids = self.fids[self.order[row : row + 1]]
            return measure_words(column.key, float(figures(self.measured, column.key, ids)[0]))
        value = self.values(row).get(column.key)
        if column.field.type == "reference" and value:
            return self._words.get(str(value), str(value))
        return cell_words(column, value)

    def title(self, row: int) -> tuple[str, str]:
        """What people call a row, and the small line below: its number."""
        assert self.definition is not None
        values = self.values(row)
        number = str(values.get("id") or "")
        name = str(values.get(title_field(self.definition)) or values.get("name") or "")
        if name:
            return name, number
        if number:
            return number, ""
        for one in self.columns[1:]:
            if one.field is not None and one.key not in ("source", "remark") and values.get(one.key) not in (None, ""):
                return self.words(row, one), ""
        return _("（没有名称）"), ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == ROLE.DisplayRole:
            return self.title(index.row())[0] if index.column() == TITLE else self.words(index.row(), column)
        if role == ROLE.AccessibleTextRole:
            return "　".join(one for one in (str(index.data()), str(index.data(LATE))) if one)
        if role == SECOND:
            return self.title(index.row())[1] if index.column() == TITLE else ""
        if role == ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return self._of_lateness(index.row(), column, role)

    def _of_lateness(self, row: int, column: RegisterColumn, role: int) -> str | None:
        uid, field = self.uid(row), "" if column is self.columns[TITLE] else column.key
        if role == LATE:
            return self.lateness.words(uid, field)
        if role != ROLE.ToolTipRole:
            return None
        told = self.words(row, column)
        return "\n".join([*([told] if len(told) > 8 and column.field else []), *self.lateness.sentences(uid, field)])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return section + 1 if role == ROLE.DisplayRole else None
        column = self.columns[section]
        if role == ROLE.DisplayRole:
            return column.heading
        if role == ROLE.ToolTipRole:
            told = [column.heading]
            if column.personal:
                told.append(_("个人信息，公开的表里没有这一列"))
            if column.field is None:
                told.append(_("由图形算出，不能改"))
            return "\n".join(told)
        return None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    # -- selection of the map ----------------------------------------------------------------------------------------

    def choose(self, uids: Sequence[str]) -> None:
        """Mark the rows of these features, shown or not."""
        self.chosen[:] = False
        if len(uids) == 1 and self._places is None:  # the usual click needs no list of all
            places = [self.uids.index(uids[0])] if uids[0] in self.uids else []
        else:
            places = [place for place in map(self.place, uids) if place is not None]
        self.chosen[places] = True

    def is_chosen(self, row: int) -> bool:
        return bool(self.chosen[self.order[row]])

    def first_chosen(self) -> int | None:
        found = np.flatnonzero(self.chosen[self.order]) if self.chosen.any() else ()
        return int(found[0]) if len(found) else None

    def late_ids(self) -> RowIds:
        """The rows of which something is overdue, ascending."""
        places = sorted(place for place in map(self.place, self.lateness.uids()) if place is not None)
        return self.fids[places] if places else no_rows()

    def chosen_uids(self) -> list[str]:
        """In the order of the file, those that are filtered out too."""
        return [self.uids[place] for place in np.flatnonzero(self.chosen).tolist()]

    # -- steps of the history ----------------------------------------------------------------------------------------

    def follow(self, deltas: Sequence[Delta]) -> None:
        """Take in a step: the rows it touches, and no other."""
        if self._ws is None or self.definition is None:
            return
        targets = {one.field.target for one in self.columns if one.field is not None and one.field.type == "reference"}
        if any(one.layer in targets for one in deltas):
            self._words.clear()
            self._kept.clear()
            self._say_changed(0, len(self.order) - 1)
        if self.true_states is not None and any(one.layer == "zone_event" for one in deltas):
            self._read_states()
            self._say_changed(0, len(self.order) - 1)
        if late := self.lateness.follow(self._ws, self.layer, deltas):
            self._say_changed(0, len(self.order) - 1)
        own = {one.uid: one for one in deltas if one.layer == self.layer}
        came = [uid for uid, one in own.items() if one.after is not None and self.place(uid) is None]
        gone = [uid for uid, one in own.items() if one.after is None and self.place(uid) is not None]
        stayed = [uid for uid, one in own.items() if one.after is not None and self.place(uid) is not None]
        if stayed:
            self._reread(stayed)
        if gone:
            self._take_out(gone)
        if came:
            self._put_in()
        if gone or came:
            self.rows_changed.emit()
        if stayed or came or late:
            self.outdated.emit()

    def _say_changed(self, first: int, last: int) -> None:
        if last >= first and self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _reread(self, uids: Sequence[str]) -> None:
        places = np.array([self.place(uid) for uid in uids], dtype=np.intp)
        for fid in self.fids[places].tolist():
            self._kept.pop(fid, None)
        rows = np.flatnonzero(np.isin(self.order, places))
        if len(rows) > _ONE_BY_ONE:
            self._say_changed(0, len(self.order) - 1)
        else:
            for row in rows.tolist():
                self._say_changed(row, row)

    def _take_out(self, uids: Sequence[str]) -> None:
        places = np.array(sorted(place for place in map(self.place, uids) if place is not None), dtype=np.intp)
        rows = np.flatnonzero(np.isin(self.order, places))
        together = len(rows) > _ONE_BY_ONE
        if together:
            self.beginResetModel()
            self.order = np.delete(self.order, rows)
        for row in () if together else rows[::-1].tolist():
            self.beginRemoveRows(QModelIndex(), row, row)
            self.order = np.delete(self.order, row)
            self.endRemoveRows()
        left = np.ones(len(self.fids), dtype=bool)
        left[places] = False
        renumbered = np.cumsum(left) - 1
        self.order = renumbered[self.order]
        self.fids, self.chosen = self.fids[left], self.chosen[left]
        gone = set(uids)
        self.uids = [one for one in self.uids if one not in gone]
        self._places = None
        if together:
            self.endResetModel()

    def _put_in(self) -> None:
        """New rows at the end, where they are seen whatever order and filter say."""
        assert self._ws is not None
        shown = self.fids[self.order]
        fids, all_uids = self._ws.all_rows(self.layer)
        chosen = set(self.chosen_uids())
        came = fids[np.isin(fids, self.fids, invert=True)]
        together = len(came) > _ONE_BY_ONE
        if together:
            self.beginResetModel()
        else:
            self.beginInsertRows(QModelIndex(), len(shown), len(shown) + len(came) - 1)
        self.fids, self.uids, self._places = fids, all_uids, None
        self.chosen = np.fromiter((uid in chosen for uid in all_uids), bool, len(all_uids))
        self.order = self._places_of_ids(np.concatenate([shown, came]))
        if together:
            self.endResetModel()
        else:
            self.endInsertRows()
