"""家庭成员: the members of a household as a small table in its form, typed like a spreadsheet.

The last row is empty: what is typed into it registers a new member. An age follows from the year of birth where that
is known; each value is one step of the history.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.field_inputs import ChoiceInput, input_for
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import icon_button, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.dates import age_in, parse_day
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.edits.members import (
    MEMBERS,
    add_member,
    change_member,
    delete_member,
    in_order,
    move_member,
)
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value

_COLUMNS = ("name", "sex", "birth_year", "age", "mobility", "hearing")
_HEADINGS = (_("姓名"), _("性别"), _("出生"), _("岁"), _("行动"), _("听力"))
_WIDTHS = (58, 42, 47, 38, 57, 57)
Index = QModelIndex | QPersistentModelIndex


class MemberModel(QAbstractTableModel):
    def __init__(self, session: Session, household: Feature) -> None:
        super().__init__()
        self._session, self.household = session, household
        self.read_only = bool(session.read_only_reason())
        self.rows: list[Feature] = []
        self.read()

    def read(self) -> None:
        self.beginResetModel()
        self.rows = in_order(self._session.workspace.find(MEMBERS, "household", self.household.uid))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows) + (not self.read_only)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADINGS[section] if orientation == Qt.Orientation.Horizontal else ""

    def member(self, row: int) -> Feature | None:
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def _age(self, member: Feature) -> int | None:
        born, age = member["birth_year"], member["age"]
        return age_in(
            date.today().year,
            born if isinstance(born, int) else None,
            age if isinstance(age, int) else None,
            parse_day(member.text("surveyed_on")),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        member, name = self.member(index.row()), _COLUMNS[index.column()]
        if member is None:
            return self._last_row(index.column(), role)
        if role == Qt.ItemDataRole.EditRole:
            return member[name]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explained(member, name)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self._age(member) if name == "age" else member[name]
        return words.EMPTY if value is None else str(value)

    def _last_row(self, column: int, role: int) -> object:
        """The empty row that new members are typed into."""
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return _("添加")
        return theme().colour("text3") if role == Qt.ItemDataRole.ForegroundRole else None

    def _explained(self, member: Feature, name: str) -> str:
        if name == "age" and member["birth_year"] is not None:
            return _("由出生年份算出，每年自动长。要改请改出生年份。")
        if name == "age" and member["age"] is not None:
            return _("{day} 登记为 {age} 岁，以后每年加一。").format(
                day=member.text("surveyed_on") or _("没有记日期，"), age=member["age"]
            )
        return member.text(name)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        member = self.member(index.row())
        computed = member is not None and _COLUMNS[index.column()] == "age" and member["birth_year"] is not None
        if not self.read_only and not computed:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def put(self, row: int, column: int, value: Value) -> bool:
        """Store one value. False when it was refused, which has been said."""
        name, member = _COLUMNS[column], self.member(row)
        definitions = self._session.workspace.definitions
        try:
            if member is None:
                if value is None:
                    return True
                edit = add_member(definitions, self.household, self.rows, name, value, date.today())
            else:
                edit = change_member(definitions, member, name, value, date.today())
        except GeohazardError as error:
            reporter().error(error)
            return False
        return not edit.deltas or self._session.apply(edit)


class _Cells(QStyledItemDelegate):
    """The same widgets as in a form, without their titles. What may not stand keeps the cell open."""

    def __init__(self, parent: QObject, session: Session) -> None:
        super().__init__(parent)
        self._fields = session.workspace.definitions[MEMBERS].by_name

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = input_for(self._fields[_COLUMNS[index.column()]])
        made.setParent(parent)
        made.setProperty("cell", True)
        if isinstance(made, ChoiceInput):
            made.activated.connect(lambda _index: self._finish(made))
            QTimer.singleShot(0, made, made.showPopup)  # once it has its place: the choices are what was asked for
        return made

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        editor.show_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value = editor.read()
        if value != index.data(Qt.ItemDataRole.EditRole) and isinstance(model, MemberModel):
            fault = value_fault(editor.field, value)
            if fault:
                reporter().say("warning", _("{fault}，没有存。").format(fault=fault))
                return
            model.put(index.row(), index.column(), value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        forward = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in forward:
            fault = value_fault(editor.field, editor.read())
            if fault:
                reporter().say("warning", _("{fault}。").format(fault=fault), _("请改好，或按 Esc 恢复原来的。"))
                return True
        return super().eventFilter(editor, event)


class MemberTable(FormSection):
    covers = (MEMBERS,)

    def __init__(self, session: Session, household: Feature) -> None:
        super().__init__()
        self._session, self._household = session, household
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        column.addWidget(line())
        head = QHBoxLayout()
        self.title = label("", "strong")
        head.addWidget(self.title, 1)
        self.up = icon_button("arrow-up", _("往前排一位"), lambda: self._move(-1))
        self.down = icon_button("arrow-down", _("往后排一位"), lambda: self._move(1))
        self.remove = icon_button("delete", _("删除这位成员"), self._delete)
        for one in (self.up, self.down, self.remove):
            head.addWidget(one)
        column.addLayout(head)
        self.model = MemberModel(session, household)
        self.view = QTableView()
        self.view.setObjectName("boxed")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(self.view, session))
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme().px(31))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(True)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme().px(34))
        for section, width in enumerate(_WIDTHS):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(section, theme().px(width))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._settle())
        self._fit()

    def _fit(self) -> None:
        count = len(self.model.rows)
        people = self._household["people"]
        told = _("家庭成员　{count} 人").format(count=count) if count else _("家庭成员")
        if count and isinstance(people, int) and people != count:
            told = _("家庭成员　登记 {count} 人，家庭人数 {people} 人").format(count=count, people=people)
        self.title.setText(told)
        rows = max(1, self.model.rowCount())
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + rows * theme().px(31) + 4)
        self._settle()

    def _settle(self) -> None:
        row, count = self.view.currentIndex().row(), len(self.model.rows)
        there = 0 <= row < count and not self.model.read_only
        self.up.setEnabled(there and row > 0)
        self.down.setEnabled(there and row + 1 < count)
        self.remove.setEnabled(there)
        for one in (self.up, self.down, self.remove):
            one.setVisible(not self.model.read_only)

    def follow(self, deltas: Sequence[Delta]) -> None:
        self._household = self._session.workspace.feature(self._household.layer, self._household.uid) or self._household
        self.model.household = self._household
        if any(one.layer == MEMBERS for one in deltas):
            place = self.view.currentIndex()
            row, column = place.row(), place.column()
            self.model.read()
            self.view.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), max(column, 0)))
        self._fit()

    def _apply(self, edit: Edit) -> bool:
        return bool(edit.deltas) and self._session.apply(edit)

    def _move(self, by: int) -> None:
        place = self.view.currentIndex()
        with reporter().guard():
            definitions = self._session.workspace.definitions
            if self._apply(move_member(definitions, self._household, self.model.rows, place.row(), by)):
                self.view.setCurrentIndex(self.model.index(place.row() + by, place.column()))

    def _delete(self) -> None:
        member = self.model.member(self.view.currentIndex().row())
        if member is None:
            return
        with reporter().guard():
            definitions = self._session.workspace.definitions
            edit = delete_member(definitions, self._household, self.model.rows, member)
            if self._apply(edit):
                reporter().say("done", _("已删除一位家庭成员，按 Ctrl+Z 可以找回。"))


def member_table(session: Session, household: Feature) -> MemberTable | None:
    """For workspaces that register members."""
    return MemberTable(session, household) if MEMBERS in session.workspace.definitions else None
