"""A heading in a form with the fields below it; long forms fold what nobody fills in just now."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import reading_order
from geohazard_desktop.desktop.forms.field_editors import FieldEditor
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.kept import kept_reason

# Fields that two of stand in a row: short values.
_SHORT = {"integer", "real", "date"}
_LONGEST_TITLE = 7
_LONGEST_CHOICE = 5
LONG_FORM = 20  # from this many fields on, groups that are empty come folded
_folded: dict[tuple[str, str], bool] = {}  # what the officer folded or opened, for as long as the program runs


def groups_of(definition: LayerDefinition) -> list[tuple[str, list[FieldDefinition]]]:
    """The fields in reading order by their headings; those before the first heading have none."""
    found: list[tuple[str, list[FieldDefinition]]] = []
    title = ""
    for one in reading_order(definition):
        if kept_reason(definition.table, one.name):
            continue  # a section of its own says what it is and why
        title = one.section or title
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(one)
    return found


def is_short(field: FieldDefinition) -> bool:
    """Whether a field is narrow enough to share its row."""
    narrow = field.type in _SHORT or bool(field.role)
    choice = field.type == "text" and bool(field.values) and max(map(len, field.values)) <= _LONGEST_CHOICE
    return (narrow or choice) and len(field.title) <= _LONGEST_TITLE


def set_tab_order(groups: "Sequence[FormGroup]") -> None:
    """Tab goes as the eye reads: heading, fields, next heading."""
    stops = [stop for group in groups for stop in group.tab_stops()]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def go_on(groups: "Sequence[FormGroup]", name: str) -> bool:
    """Enter goes to the next field that is in sight and can be filled in. False behind the last one."""
    editors = [one for group in groups if not group.folded for one in group.editors]
    places = [index for index, one in enumerate(editors) if one.field.name == name]
    for one in editors[places[0] + 1 :] if places else ():
        if not one.read_only:
            one.input.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


class FormGroup(QWidget):
    def __init__(self, layer: str, title: str) -> None:
        super().__init__()
        self._key = (layer, title)
        self.editors: list[FieldEditor] = []
        self.folded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.head = QToolButton()
        self.head.setObjectName("sectionhead")
        self.head.setText(title)
        self.head.setCheckable(False)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(QSize(theme().px(12), theme().px(12)))
        self.head.clicked.connect(lambda _on=False: self.fold(not self.folded))
        self.count = label("", "small")
        if title:
            row = QHBoxLayout()
            row.addWidget(self.head)
            row.addWidget(self.count)
            row.addStretch(1)
            column.addLayout(row)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(11))
        column.addWidget(self._body)
        self._pending: QWidget | None = None

    def add(self, editor: FieldEditor) -> None:
        self.add_field(editor, editor)

    def add_field(self, holder: QWidget, editor: FieldEditor) -> None:
        """`holder` is the editor, or what stands around it. Short fields stand two in a row."""
        self.editors.append(editor)
        short = is_short(editor.field)
        if self._pending is not None and short:
            row = QHBoxLayout()
            row.setSpacing(theme().px(8))
            self._column.removeWidget(self._pending)
            row.addWidget(self._pending, 1, Qt.AlignmentFlag.AlignTop)
            row.addWidget(holder, 1, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)
            self._pending = None
            return
        self._column.addWidget(holder)
        self._pending = holder if short else None

    def tab_stops(self) -> list[QWidget]:
        head = [self.head] if self.head.text() else []
        return [*head, *(stop for one in self.editors for stop in one.tab_stops())]

    def ready(self, *, long_form: bool) -> None:
        """All fields are in and filled: fold what is empty in a long form, as the officer left it before."""
        empty = all(one.value() in (None, False) and not one.error() for one in self.editors)
        self.fold(_folded.get(self._key, long_form and empty), remember=False)

    def fold(self, on: bool, *, remember: bool = True) -> None:
        if not self.head.text():
            return
        self.folded = on
        self._body.setVisible(not on)
        self.head.setIcon(icon("chevron-right" if on else "chevron-down", "text2"))
        if remember:
            _folded[self._key] = on
        self.settle()

    def settle(self) -> None:
        """Beside a folded heading stands how much is filled in below it."""
        filled = sum(one.value() is not None for one in self.editors)
        faults = sum(bool(one.error()) for one in self.editors)
        words = _("已填 {filled} / {count}").format(filled=filled, count=len(self.editors)) if self.folded else ""
        if faults:
            words = _("{count} 处要改").format(count=faults) if self.folded else ""
        self.count.setText(words)
        self.head.setAccessibleName(f"{self.head.text()} {words}".strip())
