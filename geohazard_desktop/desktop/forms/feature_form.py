"""The form of one feature: its facts, its fields in groups, the sections of its layer. A field is stored when left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.feature_facts import facts_of, name_of, related
from geohazard_desktop.desktop.forms.field_editors import FieldEditor, editor_for
from geohazard_desktop.desktop.forms.form_choices import choices_near, judges_of, words_of_reference
from geohazard_desktop.desktop.forms.form_group import LONG_FORM, FormGroup, go_on, groups_of, set_tab_order
from geohazard_desktop.desktop.forms.form_sections import ABOVE, BELOW, FormSection, sections_of
from geohazard_desktop.desktop.parts import Elided, Link, button, emptied, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.automatic import automatic_values
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Delta, Feature, Value

Drafts = dict[tuple[str, str], dict[str, Value]]
_MOST_RECORDS = 60


class FeatureForm(QWidget):
    """`reference_asked` carries a field's name and pick, zoom or new. `drafts` keeps, by feature, what was typed and
    may not be stored yet, so that a change of the selection does not lose it. `asked`, `chosen`: see FormSection."""

    reference_asked = Signal(str, str)
    missing_changed = Signal()
    missing_asked = Signal()
    asked = Signal(str)
    chosen = Signal(list)

    def __init__(self, session: Session, feature: Feature, drafts: Drafts) -> None:
        super().__init__()
        self._session, self.feature, self._drafts = session, feature, drafts
        self.editors: dict[str, FieldEditor] = {}
        self.groups: list[FormGroup] = []
        self.sections: list[FormSection] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(11))
        self.setAcceptDrops(True)
        self._build()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        definition = self._session.workspace.definitions[self.feature.layer]
        self._column.addLayout(self._head(definition.title))
        facts = QWidget()
        self._facts = QVBoxLayout(facts)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setSpacing(theme().px(3))
        self._column.addWidget(facts)
        self._fill_facts()
        self.reason = self._why_locked()
        if self.reason:
            self._column.addWidget(label(self.reason, "reminder", wrap=True))
        self._above = self._holder()
        judges = judges_of(self._session.workspace, lambda: self.feature)
        for title, fields in groups_of(definition):
            group = FormGroup(self.feature.layer, title)
            for field in fields:
                editor = editor_for(
                    field,
                    personal=definition.is_personal(field.name),
                    choices=lambda layer: choices_near(self._session.workspace, layer, self.feature),
                    judges=judges,
                )
                self._wire(editor)
                group.add(editor)
                self.editors[field.name] = editor
            self.groups.append(group)
            self._column.addWidget(group)
        set_tab_order(self.groups)
        self._below = self._holder()
        self._show()

    def _holder(self) -> QVBoxLayout:
        """A place for what is made anew for each feature."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(11))
        self._column.addWidget(holder)
        return column

    def show_feature(self, feature: Feature) -> bool:
        """Show another feature of the same layer in the same widgets: making them takes ten times as long. False where
        they do not fit it. Whatever was typed is stored or in `drafts` by now."""
        if feature.layer != self.feature.layer or self._why_locked() != self.reason:
            return False
        self.feature = feature
        self._fill_facts()
        self.sections.clear()
        for holder in (self._above, self._below):
            emptied(holder)
        self._show()
        return True

    def _show(self) -> None:
        self._schematic.setVisible(bool(self.feature["schematic"]))
        self._add_sections(ABOVE, self._above)
        for name in self.editors:
            self._fill(name)
        self._fill_automatic()
        for name, typed in self._drafts.get((self.feature.layer, self.feature.uid), {}).items():
            if name in self.editors:
                self.editors[name].set_value(typed)
        for group in self.groups:
            group.ready(long_form=len(self.editors) >= LONG_FORM)
        self._settle()
        self._add_sections(BELOW, self._below)
        self._build_related()
        for holder in (self._above, self._below):
            widget = holder.parentWidget()
            assert widget is not None
            widget.setVisible(any(one.parentWidget() is widget and not one.empty for one in self.sections))

    def _why_locked(self) -> str:
        definition = self._session.workspace.definitions[self.feature.layer]
        return self._session.read_only_reason() or definition.why_fixed

    def _head(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(title, "note"))
        self._schematic = QLabel(_("示意数据"))
        self._schematic.setProperty("role", "chip")
        self._schematic.setToolTip(_("不是实测，印出来也会注明“示意数据”"))
        row.addWidget(self._schematic)
        row.addStretch(1)
        self.lacking = button("", self.missing_asked.emit, flat=True, size="small")
        self.lacking.setToolTip(_("到第一个还没填的必填项"))
        row.addWidget(self.lacking)
        return row

    def _wire(self, editor: FieldEditor) -> None:
        editor.set_read_only(bool(self.reason), self.reason)
        editor.committed.connect(self._commit)
        editor.typed.connect(self._typed)
        editor.asked.connect(self.reference_asked)
        editor.automatic_asked.connect(self._take_automatic)
        editor.gone_on.connect(lambda name: go_on(self.groups, name))

    def _add_sections(self, place: dict, holder: QVBoxLayout) -> None:
        for section in sections_of(place, self._session, self.feature):
            section.asked.connect(self.asked)
            section.chosen.connect(self.chosen)
            self.sections.append(section)
            holder.addWidget(section)

    def _fill_facts(self) -> None:
        emptied(self._facts)
        ws = self._session.workspace
        self._facts.addWidget(Elided(name_of(ws, self.feature), "title"))
        for told in facts_of(ws, self.feature):
            self._facts.addWidget(label(told, "note", wrap=True))

    def _build_related(self) -> None:
        """Records without a place that hang on this feature: a zone's events, a household's cards."""
        covered = {layer for section in self.sections for layer in section.covers}
        for definition, field, rows in related(self._session.workspace, self.feature):
            if definition.table in covered:
                continue
            self._below.addWidget(line())
            head = QHBoxLayout()
            head.addWidget(label(_("{title}　{count}").format(title=definition.title, count=len(rows)), "strong"), 1)
            if not definition.append_only and not self._session.read_only_reason():
                told = _("加一个{title}").format(title=definition.title)
                add = button(
                    told, lambda layer=definition.table, name=field: self._add_related(layer, name), size="small"
                )
                head.addWidget(add)
            self._below.addLayout(head)
            for one in rows[:_MOST_RECORDS]:
                told = name_of(self._session.workspace, one)
                self._below.addWidget(Link(told, lambda key=(one.layer, one.uid): self._session.select([key])))

    def _add_related(self, layer: str, field: str) -> None:
        with reporter().guard():
            edit = create_feature(self._session.workspace.definitions, layer, None, {field: self.feature.uid})
            if self._session.apply(edit):
                self._session.select([(layer, edit.deltas[0].uid)])

    # -- values ----------------------------------------------------------------------------------------------------

    def _fill(self, name: str) -> None:
        field = self.editors[name].field
        value = self.feature[name]
        self.editors[name].show_value(value, words_of_reference(self._session.workspace, field, value))

    def _fill_automatic(self) -> None:
        try:
            known = automatic_values(self._session.workspace, self.feature)
        except GeohazardError as error:
            reporter().error(error)
            return
        for name, editor in self.editors.items():
            one = known.get(name)
            told = ""
            if one is not None:
                reference = words_of_reference(self._session.workspace, editor.field, one.value)
                unit = f" {editor.field.unit}" if editor.field.unit else ""
                told = reference or f"{words.shown(one.value)}{unit}"
            editor.set_automatic(one, told)

    def _take_automatic(self, name: str) -> None:
        known = automatic_values(self._session.workspace, self.feature).get(name)
        if known is not None:
            self._commit(name, known.value)
            self._fill(name)
            self._settle()

    def set_reference(self, name: str, uid: str) -> None:
        """What was pointed at on the map, or newly drawn."""
        self._commit(name, uid)
        self._fill(name)
        self._settle()

    def _commit(self, name: str, value: Value) -> None:
        """One field is one step of the history. Refused: what was typed stays, and the bar says why."""
        try:
            now = self._session.workspace.feature(self.feature.layer, self.feature.uid)
            features = [] if now is None else [now]
            edit = change_values(self._session.workspace.definitions, features, {name: value})
            stored = not edit.deltas or self._session.apply(edit)
        except GeohazardError as error:
            reporter().error(error)
            stored = False
        if not stored:
            # The disk has the old value still: the editor must not believe otherwise.
            self.editors[name].show_value(self.feature[name])
            self.editors[name].set_value(
                value, words_of_reference(self._session.workspace, self.editors[name].field, value)
            )

    def _typed(self, _name: str) -> None:
        self._settle()

    def missing(self) -> list[FieldEditor]:
        """Required fields that are still empty, in reading order."""
        return [one for one in self.editors.values() if one.field.required and one.value() is None]

    def faulty(self) -> list[FieldEditor]:
        """Fields in which something stands that can't be stored."""
        return [one for one in self.editors.values() if one.error() and one.value() is not None]

    def _settle(self) -> None:
        count = len(self.missing())
        self.lacking.setVisible(bool(count) and not self.reason)
        self.lacking.setText(_("还缺 {count} 项").format(count=count))
        for group in self.groups:
            group.settle()
        self.missing_changed.emit()

    def focus_first_missing(self) -> FieldEditor | None:
        for editor in self.missing():
            self.show_editor(editor)
            return editor
        return None

    def show_editor(self, editor: FieldEditor) -> None:
        """Unfold its group, give it the keyboard."""
        for group in self.groups:
            if editor in group.editors and group.folded:
                group.fold(False)
        editor.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def store_unfinished(self) -> list[FieldEditor]:
        """The selection changes: what may be stored is; what can't be waits in `drafts`. Returns the latter."""
        for editor in self.editors.values():
            editor.commit()
        for section in self.sections:
            section.store_unfinished()
        waiting = self.faulty()
        key = (self.feature.layer, self.feature.uid)
        self._drafts.pop(key, None)
        if waiting:
            self._drafts[key] = {one.field.name: one.value() for one in waiting}
        return waiting

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos fall into the form wherever they are let go; what no section wants is the window's (an import)."""
        if any(one.wants(event.mimeData()) for one in self.sections):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        for section in self.sections:
            if section.wants(event.mimeData()):
                section.take(event.mimeData())
                event.acceptProposedAction()
                return
        event.ignore()

    def show_waiting(self) -> None:
        """The feature is here again, with what could not be stored: the first such field has the keyboard."""
        for editor in self.faulty()[:1]:
            self.show_editor(editor)

    # -- following -------------------------------------------------------------------------------------------------

    def follow(self, deltas: Sequence[Delta]) -> bool:
        """Show what changed elsewhere, by undo, or here. False: the feature is gone."""
        fresh = self._session.workspace.feature(self.feature.layer, self.feature.uid)
        if fresh is None:
            return False
        before, self.feature = self.feature, fresh
        for name, editor in self.editors.items():
            if before[name] == fresh[name]:
                continue
            told = words_of_reference(self._session.workspace, editor.field, fresh[name])
            if editor.dirty() and editor.value() != fresh[name] and editor.value() != before[name]:
                editor.changed_elsewhere(fresh[name], told)
            else:
                editor.show_value(fresh[name], told)
        self._fill_facts()
        self._fill_automatic()
        for section in self.sections:
            section.follow(deltas)
        self._settle()
        return True

    def covers(self, deltas: Sequence[Delta]) -> bool:
        """Whether the sections show by themselves what `deltas` changed, so that the form need not be made anew."""
        covered = {layer for section in self.sections for layer in section.covers}
        definitions = self._session.workspace.definitions
        listed = {one.layer for one in deltas if definitions[one.layer].geometry == "none"}  # below the fields, by name
        return not listed - covered - {self.feature.layer}
