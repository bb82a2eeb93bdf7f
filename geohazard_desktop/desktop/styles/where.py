"""The conditions of one rule: the first beside the rule's name, further ones below; all of them must hold."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.cartography.class_styles import Plain
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label
from geohazard_desktop.desktop.styles.condition import ConditionRow
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import Titled
from geohazard_desktop.desktop.theme import theme

_MOST = 6  # more nobody overlooks; the text page takes them


class WhereField(QWidget):
    """`edited` after the rule's conditions were changed in place."""

    edited = Signal()

    def __init__(self, draft: StyleDraft, rule: Plain) -> None:
        super().__init__()
        self._draft, self._rule = draft, rule
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self._further = QVBoxLayout()
        self._further.setSpacing(theme().px(6))
        conditions = self._conditions()
        self._wholes: list[QWidget] = []  # of the rows after the first
        self.rows = [self._row(conditions[0] if conditions else {}, first=True)]
        self.titled = Titled(_("条件"), self.rows[0].field)  # stands beside the rule's name
        column.addWidget(self.rows[0])
        column.addLayout(self._further)
        for one in conditions[1:]:
            self._append(one)
        self.add_button = button(_("再加一个条件，要同时满足"), self.add, size="small", flat=True)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)
        self._show_add()

    def _conditions(self) -> list[dict[str, Any]]:
        where = self._rule.get("where")
        found = where if isinstance(where, list) else [] if where is None else [where]
        return [dict(one) for one in found]

    def _row(self, where: dict[str, Any], *, first: bool = False) -> ConditionRow:
        made = ConditionRow(self._draft, where, self, first=first)
        made.changed.connect(self._changed)
        return made

    def _append(self, where: dict[str, Any]) -> ConditionRow:
        """Further conditions bring their field with them, and a way to take them away."""
        made = self._row(where)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        head.setSpacing(theme().px(6))
        head.addWidget(label(_("且"), "strong"))
        head.addWidget(made.field, 1)
        head.addWidget(icon_button("close", _("去掉这个条件"), lambda: self._remove(made, whole)))
        column.addLayout(head)
        column.addWidget(made)
        self._further.addWidget(whole)
        self.rows.append(made)
        self._wholes.append(whole)
        return made

    def add(self) -> None:
        """A row that counts as soon as it has a field."""
        self._append({}).field.setFocus()
        self._show_add()

    def _remove(self, row: ConditionRow, whole: QWidget) -> None:
        self._drop(row, whole)
        self._changed()

    def _drop(self, row: ConditionRow, whole: QWidget) -> None:
        self.rows.remove(row)
        self._wholes.remove(whole)
        whole.hide()
        whole.deleteLater()

    def _changed(self) -> None:
        found = [one.where for one in self.rows if one.where]
        if not self.rows[0].where:  # all others: nothing else to ask
            found = []
            for row, whole in zip(self.rows[1:], list(self._wholes), strict=True):
                self._drop(row, whole)
        if found:
            self._rule["where"] = found[0] if len(found) == 1 else found
        else:
            self._rule.pop("where", None)
        self._show_add()
        self.edited.emit()

    def _show_add(self) -> None:
        self.add_button.setVisible(bool(self.rows[0].where) and all(one.where for one in self.rows))
        self.add_button.setEnabled(len(self.rows) < _MOST)
