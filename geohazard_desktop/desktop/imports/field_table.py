"""Which column of the file goes into which field of the layer, or one content for all; each can be said otherwise."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.feature_facts import reading_order
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.imports.work import Look
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.report import listed
from geohazard_desktop.workspace.definition import FieldDefinition

_NAMED = 6  # unused columns above the table; all stand in the evidence
_NOT_IMPORTED = _("不导入")


class FieldTable(QTableWidget):
    """`mapped` carries {field: column}, `filled` {field: content for all}: all that was said so far."""

    mapped = Signal(dict)
    filled = Signal(dict)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.title = ""
        self._mapping: dict[str, str] = {}
        self._constants: dict[str, str] = {}
        self.setHorizontalHeaderLabels([_("写入字段"), _("取自这一列"), _("样例"), _("或统一填写")])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(38))
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        for index, mode in enumerate((3, 1, 1, 1)):
            self.horizontalHeader().setSectionResizeMode(index, QHeaderView.ResizeMode(mode))
        self.setMinimumHeight(theme().px(200))

    def show_look(self, found: Look | None) -> None:
        """The fields of the layer with what was recognized; `title` then says how much that is."""
        self.setRowCount(0)
        self.title = _("字段对应")
        if found is None or found.source is None or found.matching is None or found.definition is None:
            return
        self._mapping, self._constants = dict(found.wish.mapping), dict(found.wish.constants)
        columns = [one for one in found.source.columns if one != "uid"]
        # As it was judged: coordinates, and what goes to the members, are no unused columns.
        matching = found.matching if found.plan is None else found.plan.matching
        fields = sorted(
            reading_order(found.definition), key=lambda one: (matching.source_of(one.name) is None, not one.required)
        )
        self.title = _("字段对应　认出 {known} 个，没有用到的列 {unused} 个").format(
            known=len(matching.matches), unused=len(matching.unused)
        ) + (_("：{names}").format(names=listed(matching.unused, _NAMED)) if matching.unused else "")
        for row, one in enumerate(fields):
            self.insertRow(row)
            match = matching.source_of(one.name)
            title = one.title + (f"（{one.unit}）" if one.unit else "") + (" *" if one.required else "")
            self.setItem(row, 0, QTableWidgetItem(title))
            choice = CalmCombo()
            choice.addItem(_NOT_IMPORTED, "")
            for name in columns:
                choice.addItem(name, name)
            choice.setCurrentIndex(choice.findData(match.source) if match else 0)
            choice.activated.connect(lambda _index, field=one, box=choice: self._map(field, box))
            self.setCellWidget(row, 1, choice)
            sample = words.EMPTY
            if match is not None:
                values = (value for value in found.source.columns[match.source] if value not in (None, ""))
                sample = words.shown(next(values, None))
            self.setItem(row, 2, QTableWidgetItem(sample))
            self.setCellWidget(row, 3, self._constant(one, found.wish.constants.get(one.name, "")))

    def _constant(self, field: FieldDefinition, value: str) -> QWidget:
        made: QComboBox | QLineEdit
        if field.values and field.type == "text":
            made = CalmCombo()
            made.addItem("", "")
            for one in field.values:
                made.addItem(one, one)
            made.setCurrentIndex(max(0, made.findData(value)))
            made.activated.connect(lambda _index: self._set(field, str(made.currentData() or "")))
        else:
            made = QLineEdit(value)
            made.editingFinished.connect(lambda: self._set(field, made.text().strip()))  # type: ignore[union-attr]
        return made

    def _map(self, field: FieldDefinition, box: CalmCombo) -> None:
        """A column goes into one field; 不导入 is said too, or the field would find its column by its name again."""
        column = str(box.currentData() or "")
        kept = {name: source for name, source in self._mapping.items() if not column or source != column}
        self._mapping = {**kept, field.name: column}
        self.mapped.emit(dict(self._mapping))

    def _set(self, field: FieldDefinition, text: str) -> None:
        if text == self._constants.get(field.name, ""):
            return
        self._constants = {name: value for name, value in self._constants.items() if name != field.name}
        if text:
            self._constants[field.name] = text
        self.filled.emit(dict(self._constants))
