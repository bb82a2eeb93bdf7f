"""The form of what is selected, made from the layer's definition. Each field is stored as soon as it is left.

Several features of one layer share a form: fields in which they differ say so, and what is typed is set in all.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.feature_facts import facts_of, name_of, reading_order, related
from geohazard_desktop.desktop.field_editors import SEVERAL, FieldEditor
from geohazard_desktop.desktop.parts import Elided, Link, button, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Delta, Feature, Value

# Fields that two of stand in a row: short values.
_SHORT = {"integer", "real", "boolean", "date"}


class FormPanel(QWidget):
    """`asked` carries what a button of the panel asks for: zoom, vertices, delete; `select_asked` a list of keys."""

    asked = Signal(str)
    select_asked = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.setMinimumWidth(theme().px(280))
        self._features: list[Feature] = []
        self._editors: dict[str, FieldEditor] = {}
        self._layer = ""
        self._hits: list[Key] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self.footer = QFrame()
        self.footer.setObjectName("footer")
        row = QHBoxLayout(self.footer)
        row.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
        self.zoom_button = button(
            _("缩放到它"), lambda: self.asked.emit("zoom"), size="small", icon_name="zoom-selection"
        )
        self.vertex_button = button(_("改拐点"), lambda: self.asked.emit("vertices"), size="small", icon_name="vertex")
        self.delete_button = button(_("删除"), lambda: self.asked.emit("delete"), size="small", icon_name="delete")
        row.addWidget(self.zoom_button)
        row.addWidget(self.vertex_button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        column.addWidget(self.footer)
        session.selection_changed.connect(self.show_selection)
        session.changed.connect(self._changed)
        session.opened.connect(self.show_selection)
        self.show_selection()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_hits(self, keys: Sequence[Key]) -> None:
        """Everything that lies under the pointer, to choose from."""
        self._hits = list(keys)
        self.show_selection()

    def show_selection(self) -> None:
        self._store_unfinished()
        if not set(self._session.selection) <= set(self._hits):
            self._hits = []
        self._features = self._session.selected_features()
        layers = {one.layer for one in self._features}
        self._editors = {}
        self._layer = layers.pop() if len(layers) == 1 else ""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(14))
        column.setSpacing(theme().px(11))
        if len(self._hits) > 1:
            self._build_hits(column)
        if not self._features:
            self._build_empty(column)
        elif not self._layer:
            self._build_mixed(column)
        else:
            self._build_form(column)
        column.addStretch(1)
        self._area.setWidget(body)
        self._settle_footer()

    def _settle_footer(self) -> None:
        self.footer.setVisible(bool(self._features))
        if not self._features:
            return
        read_only = bool(self._session.read_only_reason())
        spatial = any(one.geometry is not None for one in self._features)
        definition = self._session.workspace.definitions.get(self._layer)
        self.zoom_button.setVisible(spatial)
        self.vertex_button.setVisible(spatial and definition is not None and definition.geometry in ("polygon", "line"))
        self.vertex_button.setEnabled(not read_only)
        self.delete_button.setEnabled(not read_only and not (definition is not None and definition.append_only))

    def _build_hits(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("这里有 {count} 个要素").format(count=len(self._hits)), "strong"))
        box = QFrame()
        box.setObjectName("box")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(theme().px(6), theme().px(4), theme().px(6), theme().px(4))
        rows.setSpacing(0)
        for key in self._hits[:12]:
            feature = self._session.workspace.feature(*key)
            if feature is not None:
                words = self._session.label(feature)
                rows.addWidget(
                    Link(words, lambda key=key: self._session.select([key]), bold=key in self._session.selection)
                )
        column.addWidget(box)

    def _build_empty(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("属性"), "title"))
        if self._session.ws is not None:
            words = _("在图上点一个要素，这里就显示它的属性，可以直接改。")
            if self._session.read_only_reason():
                words = _("在图上点一个要素，这里就显示它的属性。")
            column.addWidget(label(words, "note", wrap=True))

    def _build_mixed(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("选中 {count} 个要素").format(count=len(self._session.selection)), "title"))
        counts: dict[str, int] = {}
        for layer, _uid in self._session.selection:
            counts[layer] = counts.get(layer, 0) + 1
        for layer, count in counts.items():
            title = self._session.workspace.definitions[layer].title
            keys = [key for key in self._session.selection if key[0] == layer]
            words = _("{title}　{count} 个").format(title=title, count=count)
            row = QHBoxLayout()
            row.addWidget(label(words), 1)
            row.addWidget(button(_("只选这些"), lambda keys=keys: self._session.select(keys), size="small"))
            column.addLayout(row)
        column.addWidget(label(_("属于不同的图层，不能一起改属性；只选一种就可以。"), "note", wrap=True))

    def _build_form(self, column: QVBoxLayout) -> None:
        definition = self._session.workspace.definitions[self._layer]
        first, count = self._features[0], len(self._session.selection)
        column.addLayout(self._head(definition.title, count))
        if count == 1:
            self._facts = QWidget()
            self._facts_column = QVBoxLayout(self._facts)
            self._facts_column.setContentsMargins(0, 0, 0, 0)
            self._facts_column.setSpacing(theme().px(3))
            column.addWidget(self._facts)
            self._fill_facts(first)
        else:
            words = _("一起改这 {count} 个：填进去的会写到每一个，可以撤销。").format(count=count)
            column.addWidget(label(words, "note", wrap=True))
        reason = self._session.read_only_reason() or (
            _("{title}是只增不减的登记，不能改。").format(title=definition.title) if definition.append_only else ""
        )
        if reason:
            column.addWidget(label(reason, "reminder", wrap=True))
        pending: FieldEditor | None = None
        for field in reading_order(definition):
            if field.name in ("id", "name") and count > 1:
                continue
            editor = FieldEditor(field, personal=definition.is_personal(field.name), choices=self._choices)
            editor.set_read_only(bool(reason))
            editor.committed.connect(self._commit)
            self._editors[field.name] = editor
            self._fill(field.name)
            pending = self._place(column, editor, pending)
        if pending is not None:
            column.addWidget(pending)
        if count == 1:
            self._build_related(column, first)

    def _head(self, title: str, count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        words = title if count == 1 else _("{title}　{count} 个").format(title=title, count=count)
        row.addWidget(label(words, "note"))
        if any(one["schematic"] for one in self._features):
            chip = QLabel(_("示意数据"))
            chip.setProperty("role", "chip")
            chip.setToolTip(_("不是实测，印出来也会注明“示意数据”"))
            row.addWidget(chip)
        row.addStretch(1)
        return row

    def _place(self, column: QVBoxLayout, editor: FieldEditor, pending: FieldEditor | None) -> FieldEditor | None:
        """Short fields stand two in a row."""
        short = editor.field.type in _SHORT and len(editor.field.title) <= 7
        if pending is not None and short:
            row = QHBoxLayout()
            row.setSpacing(theme().px(8))
            row.addWidget(pending, 1, Qt.AlignmentFlag.AlignTop)
            row.addWidget(editor, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            return None
        if pending is not None:
            column.addWidget(pending)
        if short:
            return editor
        column.addWidget(editor)
        return None

    def _fill_facts(self, feature: Feature) -> None:
        while (item := self._facts_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._facts_column.addWidget(Elided(name_of(self._session.workspace, feature), "title"))
        for words in facts_of(self._session.workspace, feature):
            self._facts_column.addWidget(label(words, "note", wrap=True))

    def _build_related(self, column: QVBoxLayout, feature: Feature) -> None:
        """Records without a place that hang on this feature: a household's members, a zone's events."""
        for definition, field, rows in related(self._session.workspace, feature):
            column.addWidget(line())
            head = QHBoxLayout()
            head.addWidget(label(_("{title}　{count}").format(title=definition.title, count=len(rows)), "strong"), 1)
            if not definition.append_only and not self._session.read_only_reason():
                words = _("加一个{title}").format(title=definition.title)
                add = button(
                    words,
                    lambda layer=definition.table, name=field: self._add_related(layer, name, feature.uid),
                    size="small",
                )
                head.addWidget(add)
            column.addLayout(head)
            for one in rows[:60]:
                words = name_of(self._session.workspace, one)
                column.addWidget(Link(words, lambda key=(one.layer, one.uid): self._session.select([key])))

    def _add_related(self, layer: str, field: str, uid: str) -> None:
        with reporter().guard():
            edit = create_feature(self._session.workspace.definitions, layer, None, {field: uid})
            if self._session.apply(edit):
                self._session.select([(layer, edit.deltas[0].uid)])

    # -- values ----------------------------------------------------------------------------------------------------

    def editor(self, name: str) -> FieldEditor:
        return self._editors[name]

    def focus_first_missing(self) -> None:
        """After drawing: the first required field that is still empty takes the keyboard."""
        for editor in self._editors.values():
            if editor.field.required and not editor.value():
                self._area.ensureWidgetVisible(editor)
                editor.input.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _fill(self, name: str) -> None:
        values = {one[name] for one in self._features}
        value = values.pop() if len(values) == 1 else SEVERAL
        words = ""
        field = self._editors[name].field
        if field.type == "reference" and isinstance(value, str):
            target = self._session.workspace.feature(field.target, value)
            words = name_of(self._session.workspace, target) if target else _("（已不在）")
        self._editors[name].show_value(value, words)

    def _choices(self, layer: str) -> list[tuple[str, str]]:
        ws = self._session.workspace
        found = [(one.uid, name_of(ws, one)) for one in ws.table(layer)]
        return sorted(found, key=lambda pair: pair[1])

    def _commit(self, name: str, value: Value) -> None:
        """One field is one step of the history. Refused: what is on disk is shown again, and the bar says why."""
        try:
            features = self._session.selected_features()
            edit = change_values(self._session.workspace.definitions, features, {name: value})
        except GeohazardError as error:
            reporter().error(error)
            self._fill(name)
            return
        if edit.deltas and not self._session.apply(edit):
            self._fill(name)

    def _store_unfinished(self) -> None:
        """What is being typed when the selection changes is stored, not lost."""
        for editor in self._editors.values():
            if editor.input.hasFocus() or editor.isAncestorOf(editor.input.focusWidget() or editor.input):
                editor._commit()

    def _changed(self, deltas: list[Delta]) -> None:
        keys = {(one.layer, one.uid): one for one in deltas}
        if self._layer and any((one.layer, one.uid) in keys for one in self._features):
            fresh = self._session.selected_features()
            if {one.layer for one in fresh} != {self._layer}:
                return
            before, self._features = self._features, fresh
            for name, editor in self._editors.items():
                if [one[name] for one in before] != [one[name] for one in fresh] and not editor.input.hasFocus():
                    self._fill(name)
            if len(fresh) == 1:
                self._fill_facts(fresh[0])
        elif self._features and any(one.values.get(name) for one in _sides(deltas) for name in one.values if name):
            uids = {one.uid for one in self._features}
            if any(uids & set(map(str, one.values.values())) for one in _sides(deltas)):
                QTimer.singleShot(0, self.show_selection)


def _sides(deltas: Sequence[Delta]) -> list[Feature]:
    return [one for delta in deltas for one in (delta.before, delta.after) if one is not None]
