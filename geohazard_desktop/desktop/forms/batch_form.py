"""The form of several features of one layer: what they have in common, and one step that changes them all.

Nothing is stored while it is filled in; the bar below says beforehand how many really change.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.batch_field import BatchField
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.forms.field_editors import SEVERAL, Judges, editor_for
from geohazard_desktop.desktop.forms.form_choices import choices_near, doubt_about, street_names, words_of_reference
from geohazard_desktop.desktop.forms.form_group import FormGroup, go_on, groups_of, set_tab_order
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import BatchPlan, Change, plan_batch
from geohazard_desktop.workspace.feature import Delta, Feature, Value

_SHOWN_LINES = 8
_ALONE = "id"  # each feature has a number of its own


class BatchForm(QWidget):
    """`bar` stands below the form. `done` after the step is on disk, with its words."""

    done = Signal(str)

    def __init__(self, session: Session, layer: str, features: Sequence[Feature]) -> None:
        super().__init__()
        self._session, self.layer, self.features = session, layer, list(features)
        self.definition = session.workspace.definitions[layer]
        self.fields: dict[str, BatchField] = {}
        self.groups: list[FormGroup] = []
        self.plan: BatchPlan | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(60)
        self._later.timeout.connect(self.settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(11))
        told = _("{title}　{count} 个").format(title=self.definition.title, count=len(self.features))
        column.addWidget(label(told, "title"))
        self.reason = session.read_only_reason() or self.definition.why_fixed
        note = self.reason or _("填好要改的几项，按下面的按钮一起改，一步可以撤销。编号各不相同，不一起改。")
        column.addWidget(label(note, "reminder" if self.reason else "note", wrap=True))

        def doubt(field: FieldDefinition, value: Value) -> str:
            # Of one for all: only a 统一编号 is compared with the feature's own place, and that is each one's own.
            return (
                "" if field.role == "unified_code" else doubt_about(session.workspace, self.features[0], field, value)
            )

        for title, fields in groups_of(self.definition):
            group = FormGroup(layer, title)
            for field in fields:
                if field.name == _ALONE:
                    continue
                editor = editor_for(
                    field,
                    personal=self.definition.is_personal(field.name),
                    choices=lambda target: choices_near(session.workspace, target, None),
                    judges=Judges(doubt, names=lambda one: street_names(session.workspace, one)),
                )
                one = BatchField(self.definition, editor)
                editor.set_read_only(bool(self.reason), self.reason)
                one.ways.setVisible(not self.reason)
                one.changed.connect(self._later.start)
                editor.gone_on.connect(self._go_on)
                self.fields[field.name] = one
                group.add_field(one, editor)
            self.groups.append(group)
            column.addWidget(group)
        self.bar = self._make_bar()
        self._fill()
        for group in self.groups:
            group.ready(long_form=False)
        set_tab_order(self.groups)
        self.settle()

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("footer")
        column = QVBoxLayout(bar)
        column.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
        column.setSpacing(theme().px(6))
        self.told = label("", "note", wrap=True)
        column.addWidget(self.told)
        self.lines = label("", "small", wrap=True)
        self.lines.hide()
        column.addWidget(self.lines)
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("理由（记入历史，可不填；请不写人名）"))
        self.why.setAccessibleName(_("理由"))
        column.addWidget(self.why)
        row = QHBoxLayout()
        self.look = button(_("看改动"), self._look, size="small")
        self.drop = button(_("不改了"), self.revert, size="small")
        self.go = button("", self.apply, primary=True, size="small")
        row.addWidget(self.look)
        row.addStretch(1)
        row.addWidget(self.drop)
        row.addWidget(self.go)
        column.addLayout(row)
        return bar

    def _fill(self) -> None:
        for name, one in self.fields.items():
            values = {feature[name] for feature in self.features}
            value = values.pop() if len(values) == 1 else SEVERAL
            shown = value if value is None or isinstance(value, str) else None
            told = words_of_reference(self._session.workspace, one.field, shown)
            one.editor.show_value(value, told)

    def _go_on(self, name: str) -> None:
        if not go_on(self.groups, name):
            self.why.setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is going to happen -----------------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        return [change for one in self.fields.values() if (change := one.change()) is not None]

    def unfinished(self) -> bool:
        return bool(self.changes()) or any(one.fault() for one in self.fields.values())

    def settle(self) -> None:
        """Plan the step anew and say what it would do."""
        changes = self.changes()
        faults = [one.fault() for one in self.fields.values() if one.fault()]
        self.plan = None
        try:
            if changes and not self.reason:
                self.plan = plan_batch(self._session.workspace.definitions, self.features, changes)
        except GeohazardError as error:
            faults.append(str(error))
        self.bar.setVisible(bool(changes or faults) and not self.reason)
        count = self.plan.count if self.plan is not None else 0
        self.go.setText(_("改这 {count} 个").format(count=count))
        self.go.setEnabled(bool(count) and not faults)
        self.look.setEnabled(bool(count))
        self.told.setText(self._sentence(faults))
        if self.lines.isVisibleTo(self.bar):
            self.lines.setText(self._listed())

    def _sentence(self, faults: list[str]) -> str:
        if faults:
            return _("有 {count} 处要先改对：{fault}").format(count=len(faults), fault=faults[0])
        plan = self.plan
        if plan is None:
            return ""
        parts = [_("{count} 个会变").format(count=plan.count)]
        if plan.same:
            parts.append(_("{count} 个已经是这样，不变").format(count=len(plan.same)))
        if plan.refused:
            parts.append(
                _("{count} 个不能改（{why}）").format(
                    count=len(plan.refused), why=plan.refused[0].sentence.rstrip("。")
                )
            )
        return "；".join(parts) + "。" + (_("改后可一步撤销。") if plan.count else "")

    def _look(self) -> None:
        shown = not self.lines.isVisibleTo(self.bar)
        self.look.setText(_("收起改动") if shown else _("看改动"))
        self.lines.setText(self._listed())
        self.lines.setVisible(shown)

    def _listed(self) -> str:
        if self.plan is None:
            return ""
        lines = [self._line(one) for one in self.plan.edit.deltas[:_SHOWN_LINES]]
        more = len(self.plan.edit.deltas) - _SHOWN_LINES
        if more > 0:
            lines.append(_("还有 {count} 个").format(count=more))
        return "\n".join(lines)

    def _line(self, delta: Delta) -> str:
        before, after = delta.before, delta.after
        assert before is not None
        assert after is not None
        parts = []
        for name, one in self.fields.items():
            if before[name] == after[name]:
                continue
            ws = self._session.workspace
            old, new = (
                words_of_reference(ws, one.field, side[name]) or words.shown_as(one.field.type, side[name])
                for side in (before, after)
            )
            parts.append(f"{one.field.title} {old} → {new}")
        return f"{name_of(self._session.workspace, before)}：{'；'.join(parts)}"

    # -- doing it --------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """All in one step. The features are read afresh: another window may have changed them meanwhile."""
        changes = self.changes()
        if not changes or any(one.fault() for one in self.fields.values()):
            return
        with reporter().guard():
            ws = self._session.workspace
            fresh = list(ws.table(self.layer, uids=[one.uid for one in self.features]))
            plan = plan_batch(ws.definitions, fresh, changes, reason=self.why.text())
            if plan.edit.deltas and self._session.apply(plan.edit):
                self.features = list(ws.table(self.layer, uids=[one.uid for one in self.features]))
                self.revert()
                self.done.emit(plan.edit.words)

    def revert(self) -> None:
        self.why.clear()
        self.lines.hide()
        self.look.setText(_("看改动"))
        for one in self.fields.values():
            one.revert()
        self._fill()
        self.settle()

    def follow(self, deltas: Sequence[Delta]) -> None:
        """What is typed stays; what nobody touches shows what is on disk now."""
        touched = {one.uid for one in deltas if one.layer == self.layer}
        if not touched & {one.uid for one in self.features}:
            return
        ws = self._session.workspace
        self.features = list(ws.table(self.layer, uids=[one.uid for one in self.features]))
        for name, one in self.fields.items():
            if one.change() is None and not one.fault():
                values = {feature[name] for feature in self.features}
                value = values.pop() if len(values) == 1 else SEVERAL
                shown = value if isinstance(value, str) else None
                one.editor.show_value(value, words_of_reference(ws, one.field, shown))
        self.settle()

    def take_over(self, changes: Sequence[Change]) -> None:
        """What had been filled in for another selection of the layer: put in again, still not stored."""
        for change in changes:
            one = self.fields.get(change.field)
            if one is not None and change.way == "set":
                told = words_of_reference(
                    self._session.workspace, one.field, change.value if isinstance(change.value, str) else None
                )
                one.editor.set_value(change.value, told)
        self.settle()
