"""Which features of a file are wanted: all, or those whose column holds one value (one district of a city's three)."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import text_of

_MOST_VALUES = 300


class PartChooser(QWidget):
    """`chosen` carries {} for all, or {column: value}."""

    chosen = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(label(_("读哪些"), "label"))
        self.column = CalmCombo()
        self.column.setAccessibleName(_("按哪一列取"))
        self.column.activated.connect(lambda _index: self._column_chosen())
        row.addWidget(self.column, 1)
        self.value = CalmCombo()
        self.value.setAccessibleName(_("取哪个值"))
        self.value.activated.connect(lambda _index: self._tell())
        row.addWidget(self.value, 1)
        row.addStretch(1)
        self._values: dict[str, list[str]] = {}

    def show_source(self, whole: SourceTable, only: Mapping[str, str]) -> None:
        """Offer the columns of the file as it was read, before any part was chosen; `only` is the part chosen now."""
        values: dict[str, list[str]] = {}
        for name, column in whole.columns.items():
            found = sorted({text_of(one) for one in column} - {""})
            if name != "uid" and 1 < len(found) <= _MOST_VALUES:
                values[name] = found
        self.setVisible(bool(values))
        if values != self._values:
            self._values = values
            self.column.clear()
            self.column.addItem(_("全部要素"), "")
            for name in values:
                self.column.addItem(_("只取 {column} 是").format(column=name), name)
        chosen = next(iter(only), "")
        if chosen != self.column.currentData() or only.get(chosen, "") != self.value.currentText() or not chosen:
            self.column.setCurrentIndex(max(0, self.column.findData(chosen)))
            self._show_values()
            self.value.setCurrentText(only.get(chosen, ""))

    def pick(self, only: dict[str, str]) -> None:
        """As if the column and the value of `only` had been picked from the lists."""
        for name, text in only.items():
            self.column.setCurrentIndex(self.column.findData(name))
            self._show_values()
            self.value.setCurrentText(text)
            self._tell()

    def _column_chosen(self) -> None:
        self._show_values()
        self._tell()

    def _show_values(self) -> None:
        name = self.column.currentData()
        self.value.clear()
        self.value.addItems(self._values.get(name, []))
        self.value.setVisible(bool(name))

    def _tell(self) -> None:
        name = self.column.currentData()
        self.chosen.emit({name: self.value.currentText()} if name else {})
