"""The filter of one column: its values with their counts, or a range; empty or not; and its order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import read_value
from geohazard_desktop.desktop.parts import button, label, line, restyle
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.register.filter_words import Name, limit_words, value_words
from geohazard_desktop.desktop.register.widgets import switch
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.register_query import AREA, Among, Between, Condition, Containing, Filled

_MOST_LISTED = 400  # values that are listed; the others are found by typing
_VALUE = int(Qt.ItemDataRole.UserRole)
_TICKED, _OPEN = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnFilter(QFrame):
    """`asked` carries the condition or None, `order_asked` whether downwards. Closes when it has asked."""

    asked = Signal(object)
    order_asked = Signal(bool)

    def __init__(self, column: RegisterColumn, now: Condition | None, name: Name, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column, self._now, self._name = column, now, name
        self.setFixedWidth(theme().px(292))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10))
        self._column.setSpacing(theme().px(8))
        self._column.addWidget(label(column.heading, "strong"))
        self._orders()
        self._column.addWidget(line())
        kind = "real" if column.field is None else column.field.type
        self.ranged = kind in ("integer", "real", "date", "datetime")
        self.low: QLineEdit | None = None
        self.high: QLineEdit | None = None
        self.values: QListWidget | None = None
        if self.ranged:
            self._range(kind)
        else:
            self._list()
        self._emptiness()
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self._column.addWidget(self.fault)
        self._buttons()

    # -- building --------------------------------------------------------------------------------------------------

    def _orders(self) -> None:
        row = QHBoxLayout()
        numeric = self.column.numeric
        for down, words in (
            (False, _("从小到大") if numeric else _("升序")),
            (True, _("从大到小") if numeric else _("降序")),
        ):
            made = button(
                words,
                lambda down=down: self._order(down),
                size="small",
                icon_name="chevron-down" if down else "chevron-up",
            )
            row.addWidget(made, 1)
        self._column.addLayout(row)

    def _order(self, down: bool) -> None:
        self.order_asked.emit(down)
        self.close()

    def _range(self, kind: str) -> None:
        row = QHBoxLayout()
        self.low, self.high = QLineEdit(), QLineEdit()
        for edit, words in ((self.low, _("从")), (self.high, _("到"))):
            edit.setPlaceholderText(_("如 2026-07-18") if kind in ("date", "datetime") else words)
            edit.setAccessibleName(f"{self.column.title}{words}")
            edit.returnPressed.connect(self._ask)
            row.addWidget(label(words, "label"))
            row.addWidget(edit, 1)
        if isinstance(self._now, Between):
            self.low.setText(limit_words(self.column, self._now.low))
            self.high.setText(limit_words(self.column, self._now.high))
        self._column.addLayout(row)

    def _list(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("找值，或按回车筛出含这几个字的"))
        self.search.setAccessibleName(_("在{title}里找").format(title=self.column.title))
        self.search.setClearButtonEnabled(True)
        if isinstance(self._now, Containing):
            self.search.setText(self._now.text)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._ask_containing)
        self._column.addWidget(self.search)
        row = QHBoxLayout()
        row.addWidget(button(_("全选"), lambda: self._tick_all(True), size="small", flat=True))
        row.addWidget(button(_("全不选"), lambda: self._tick_all(False), size="small", flat=True))
        row.addStretch(1)
        self._column.addLayout(row)
        self.values = QListWidget()
        self.values.setObjectName("boxed")
        self.values.setMinimumHeight(theme().px(210))
        self.values.setUniformItemSizes(True)
        self.values.itemChanged.connect(self._ticked)
        self._column.addWidget(self.values)
        self.more = label(_("正在数……"), "small", wrap=True)
        self._column.addWidget(self.more)
        self._counts: list[tuple[Value, int, str]] = []
        self._on: set[Value] = set()

    def _emptiness(self) -> None:
        if not self.ranged:
            return
        row = QHBoxLayout()
        self.filled = switch(_("有内容"), _("只看填了的"))
        self.empty = switch(_("空着"), _("只看没有填的"))
        for one, other in ((self.filled, self.empty), (self.empty, self.filled)):
            one.toggled.connect(lambda on, other=other: other.setChecked(False) if on else None)
            row.addWidget(one)
        if isinstance(self._now, Filled):
            (self.filled if self._now.filled else self.empty).setChecked(True)
        row.addStretch(1)
        self._column.addLayout(row)

    def _buttons(self) -> None:
        row = QHBoxLayout()
        row.addWidget(button(_("不筛这一列"), lambda: self._done(None), size="small"))
        row.addStretch(1)
        self.take = button(_("筛选"), self._ask, primary=True, size="small")
        row.addWidget(self.take)
        self._column.addLayout(row)

    # -- values ----------------------------------------------------------------------------------------------------

    def show_counts(self, counts: Mapping[Value, int]) -> None:
        """The column's values and how often each stands: those that are frequent first, a fixed list in its order."""
        if self.values is None:
            return
        field = self.column.field
        listed = {value: place for place, value in enumerate(field.values)} if field is not None else {}
        rows = [(value, count, value_words(self.column, value, self._name)) for value, count in counts.items()]
        if isinstance(self._now, Among):  # a value that is asked for but stands nowhere now can be taken off
            rows += [
                (one, 0, value_words(self.column, one, self._name)) for one in self._now.values if one not in counts
            ]
        rows.sort(key=lambda row: (listed.get(str(row[0]), len(listed)), row[0] is None, -row[1], row[2]))
        self._counts = rows
        self._on = set(self._now.values) if isinstance(self._now, Among) else {row[0] for row in rows}
        self._fill()

    def _wanted(self) -> Sequence[tuple[Value, int, str]]:
        typed = self.search.text().strip()
        return [row for row in self._counts if matches(row[2], typed)] if typed else self._counts

    def _fill(self) -> None:
        if self.values is None:
            return
        wanted = self._wanted()
        self.values.blockSignals(True)
        self.values.clear()
        for value, count, words in wanted[:_MOST_LISTED]:
            item = QListWidgetItem(f"{words}　{grouped(count)}")
            item.setData(_VALUE, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(_TICKED if value in self._on else _OPEN)
            item.setToolTip(words)
            self.values.addItem(item)
        self.values.blockSignals(False)
        told = _("共 {count} 种").format(count=grouped(len(self._counts)))
        if len(wanted) > _MOST_LISTED:
            told = _("共 {count} 种，列出前 {most} 种；其余的键入文字来找。").format(
                count=grouped(len(wanted)), most=_MOST_LISTED
            )
        self.more.setText(told)

    def _ticked(self, item: QListWidgetItem) -> None:
        (self._on.add if item.checkState() == _TICKED else self._on.discard)(item.data(_VALUE))

    def _tick_all(self, on: bool) -> None:
        """All that the search leaves, those beyond the list too."""
        for value, _count, _words in self._wanted():
            (self._on.add if on else self._on.discard)(value)
        self._fill()

    # -- asking ----------------------------------------------------------------------------------------------------

    def _ask_containing(self) -> None:
        """Enter in the search of a text: rows that contain it, however many values those are."""
        typed = self.search.text().strip()
        field = self.column.field
        if typed and field is not None and field.type == "text" and not field.values:
            self._done(Containing(field.name, typed))
        elif typed:
            self._on &= {row[0] for row in self._wanted()}
            self._ask()
        else:
            self._ask()

    def _ask(self) -> None:
        if self.ranged:
            self._ask_range()
            return
        if len(self._on) >= len(self._counts):
            self._done(None)
        elif not self._on:
            self._say(_("一个值也没有选，表里就没有行了。请至少选一个。"))
        else:
            self._done(Among(self.column.key, tuple(row[0] for row in self._counts if row[0] in self._on)))

    def _ask_range(self) -> None:
        assert self.low is not None
        assert self.high is not None
        if self.filled.isChecked() or self.empty.isChecked():
            self._done(Filled(self.column.key, self.filled.isChecked()))
            return
        limits = []
        for edit in (self.low, self.high):
            value, fault = self._limit(edit.text())
            restyle(edit, wrong=bool(fault))
            if fault:
                self._say(fault)
                return
            limits.append(value)
        low, high = limits
        if low is None and high is None:
            self._done(None)
        elif low is not None and high is not None and low > high:  # type: ignore[operator]
            self._say(_("“从”比“到”大，请对调。"))
        else:
            self._done(Between(self.column.key, low, high))

    def _limit(self, text: str) -> tuple[Value, str]:
        """What was typed as a limit, and what is wrong with it."""
        if not text.strip():
            return None, ""
        measure = self.column.field is None
        field = self.column.field or FieldDefinition(self.column.key, self.column.title, "real")
        if field.type == "datetime":
            field = replace(field, type="date")
        # A limit may lie outside the field's own range, and be no whole number.
        field = replace(field, minimum=None, maximum=None, type="real" if field.type == "integer" else field.type)
        value = read_value(field, text)
        fault = value_fault(field, value)
        if fault:
            return None, f"{fault}。"
        if measure and self.column.key == AREA and isinstance(value, int | float):
            return float(value) * 10_000, ""
        return value, ""

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()
        QTimer.singleShot(0, self, self.adjustSize)

    def _done(self, condition: Condition | None) -> None:
        self.asked.emit(condition)
        self.close()

    def open_at(self, place: QPoint, room: QWidget) -> None:
        """Below a head, and inside the window."""
        self.adjustSize()
        corner = room.mapToGlobal(QPoint(0, 0))
        left = min(place.x(), corner.x() + room.width() - self.width() - 8)
        top = min(place.y(), corner.y() + room.height() - self.height() - 8)
        self.move(max(left, corner.x() + 8), max(top, corner.y() + 8))
        self.show()
        first = self.low if self.ranged else self.search
        assert first is not None
        first.setFocus()
