"""Merging: which values the one feature will have, where those that become one differ."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits.merge import Difference
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.feature import Feature, Value

_MOST_ROWS_HEIGHT = 360


class MergeDialog(QDialog):
    """One row a field that differs, with the values to choose from; the kept feature's stands first."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        features: Sequence[Feature],
        kept: Feature,
        differences: Sequence[Difference],
        *,
        several_parts: bool,
        told: str,
    ) -> None:
        super().__init__(parent)
        self._session, self._differences = session, differences
        name = called(session.workspace.definitions, kept)
        self.setWindowTitle(_("合并"))
        self.setMinimumWidth(theme().px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        column.addWidget(label(_("{count} 个合并为{name}").format(count=len(features), name=name), "title", wrap=True))
        column.addWidget(label(told, "note", wrap=True))
        if differences:
            column.addWidget(label(_("这些内容不一样，请选留下哪一个："), "strong"))
            column.addWidget(self._rows(kept))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.yes = button(_("合并成多个部分") if several_parts else _("合并"), self.accept, primary=True)
        self.yes.setDefault(True)
        row.addWidget(self.yes)
        column.addLayout(row)

    def _rows(self, kept: Feature) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, QComboBox] = {}
        for index, one in enumerate(self._differences):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            box.setAccessibleName(one.field.title)
            values: dict[Value, str] = {}
            for uid, value in one.values.items():
                values.setdefault(value or None, uid)
            for value, uid in values.items():
                of = self._session.workspace.feature(kept.layer, uid)
                whose = of.text("id") or of.text("name") if of is not None else ""
                spoken = self._spoken(one.field, value)
                box.addItem(_("{value}（{whose}）").format(value=spoken, whose=whose) if whose else spoken, value)
            grid.addWidget(label(one.field.title, "label"), index, 0)
            grid.addWidget(box, index, 1)
            self.boxes[one.field.name] = box
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setFixedHeight(min(inside.sizeHint().height() + 4, theme().px(_MOST_ROWS_HEIGHT)))
        return area

    def _spoken(self, field: FieldDefinition, value: Value) -> str:
        if value is None or value == "":
            return words.EMPTY
        if field.type == "reference":
            found = self._session.workspace.feature(field.target, str(value))
            return self._session.label(found) if found is not None else str(value)
        if field.type == "boolean":
            return _("是") if value else _("否")
        text = str(value).removesuffix(".0").replace("\n", " ")
        return f"{text} {field.unit}".strip()

    def values(self) -> Mapping[str, Value]:
        """What the officer chose, by field; the kept feature's own where nothing was changed."""
        return {name: box.currentData() for name, box in getattr(self, "boxes", {}).items()}
