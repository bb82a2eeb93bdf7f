"""属性: what is selected. One feature has a form that stores each field as it is left; several of a layer have one step
for all of them; features of several layers are sorted out first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.placing import PLACE
from geohazard_desktop.desktop.forms.batch_form import BatchForm
from geohazard_desktop.desktop.forms.feature_form import Drafts, FeatureForm
from geohazard_desktop.desktop.forms.field_editors import FieldEditor
from geohazard_desktop.desktop.parts import FlowLayout, Link, button, icon_button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.desktop.zones.life_panel import ZONES, ZoneLifePanel
from geohazard_desktop.workspace.edits import Change
from geohazard_desktop.workspace.edits.placing import has_place
from geohazard_desktop.workspace.feature import Delta, Feature

_MOST_HITS = 12
_MOST_AT_ONCE = 2000  # features whose values are read as soon as they are selected


class FormPanel(QWidget):
    """`asked` carries what a button of the panel asks for: zoom, vertices, history, delete; `reference_asked` the
    key of the form, a field's name and pick, zoom or new."""

    asked = Signal(str)
    chosen = Signal(list)
    reference_asked = Signal(object, str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.setMinimumWidth(theme().px(280))
        self.form: FeatureForm | None = None
        self.batch: BatchForm | None = None
        self._drafts: Drafts = {}
        self._batch_drafts: dict[str, list[Change]] = {}
        self._path: Path | None = None  # whose drafts they are
        self._hits: list[Key] = []
        self._many_wanted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self._bar_place = QVBoxLayout()
        column.addLayout(self._bar_place)
        column.addWidget(self._make_footer())
        session.selection_changed.connect(self._selected)
        session.changed.connect(self._changed)
        session.when_opened(self._opened)
        self.show_selection()

    def _make_footer(self) -> QFrame:
        self.footer = QFrame()
        self.footer.setObjectName("footer")
        row = FlowLayout(self.footer, theme().px(6), theme().px(8))  # in large type it goes on to a second row
        row.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
        self.zoom_button = button(
            _("缩放到它"), lambda: self.asked.emit("zoom"), size="small", icon_name="zoom-selection"
        )
        self.vertex_button = button(_("改拐点"), lambda: self.asked.emit("vertices"), size="small", icon_name="vertex")
        self.place_button = button(_("重新放"), lambda: self.asked.emit(PLACE), size="small", icon_name="place")
        self.place_button.setToolTip(_("位置不对：点一下它该在的地方，也能键入坐标。"))
        self.delete_button = button(_("删除"), lambda: self.asked.emit("delete"), size="small", icon_name="delete")
        row.addWidget(self.zoom_button)
        row.addWidget(self.vertex_button)
        row.addWidget(self.place_button)
        self.history_button = icon_button("history", _("这个要素的历史"), lambda: self.asked.emit("history"))
        row.addWidget(self.history_button)
        row.addWidget(self.delete_button)
        return self.footer

    def forget(self) -> None:
        """What waits to be mended or applied is let go."""
        self._drafts.clear()
        self._batch_drafts.clear()

    def _opened(self) -> None:
        """The same file opened anew, as when a backup was put in its place, keeps what was typed."""
        if self._session.workspace.path != self._path:
            self.forget()
        self._path = self._session.workspace.path
        self._let_go()
        self.show_selection()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_hits(self, keys: Sequence[Key]) -> None:
        """Everything that lies under the pointer, to choose from."""
        self._hits = list(keys)
        self.show_selection()

    def _selected(self) -> None:
        if not self._shown_in_place():
            self.show_selection()

    def _shown_in_place(self) -> bool:
        """Another single feature of the same layer comes into the form that is there."""
        selection = self._session.selection
        form = self.form
        if form is None or self._session.ws is None or self._hits or len(selection) != 1:
            return False
        key = selection[0]
        if key[0] != form.feature.layer or key == (form.feature.layer, form.feature.uid):
            return False
        self.store_unfinished()
        feature = self._session.workspace.feature(*key)
        waits = key in self._drafts
        if feature is None or not form.show_feature(feature):
            return False
        self._area.verticalScrollBar().setValue(0)
        if waits:
            form.show_waiting()
        self._settle_footer()
        return True

    def show_selection(self) -> None:
        """Make everything anew for what is selected."""
        self.store_unfinished()
        self._let_go()
        selection = self._session.selection
        if not set(selection) <= set(self._hits):
            self._hits = []
        layers = {layer for layer, _uid in selection}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(14))
        column.setSpacing(theme().px(11))
        if len(self._hits) > 1:
            self._build_hits(column)
        if self._session.ws is None or not selection:
            self._build_empty(column)
        elif len(layers) > 1:
            self._build_mixed(column)
        elif len(selection) == 1:
            self._build_one(column, selection[0])
        elif len(selection) > _MOST_AT_ONCE and not self._many_wanted:
            self._build_many(column, next(iter(layers)))
        else:
            self._build_several(column, next(iter(layers)))
        column.addStretch(1)
        self._area.setWidget(body)
        self._settle_footer()

    def _let_go(self) -> None:
        """The former form goes with the area's widget; its bar goes here."""
        self.form = None
        if self.batch is not None:
            self.batch.bar.hide()
            self.batch.bar.deleteLater()
            self.batch = None

    def _settle_footer(self) -> None:
        selection = self._session.selection if self._session.ws is not None else []
        self.footer.setVisible(bool(selection))
        if not selection:
            return
        definitions = self._session.workspace.definitions
        kinds = {definitions[layer].geometry for layer, _uid in selection}
        definition = definitions[selection[0][0]]
        read_only = bool(self._session.read_only_reason())
        self.zoom_button.setVisible(kinds != {"none"})
        self.history_button.setVisible(len(selection) == 1)
        self.vertex_button.setVisible(len(kinds) == 1 and bool(kinds & {"polygon", "line"}))
        placed = self.form is not None and has_place(definitions, self.form.feature)
        self.place_button.setVisible(placed and kinds == {"point"})
        self.place_button.setEnabled(not read_only and not definition.why_fixed)
        self.vertex_button.setEnabled(not read_only and not definition.why_fixed)
        self.delete_button.setEnabled(not read_only and not definition.why_fixed)

    def _build_hits(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("这里有 {count} 个要素").format(count=len(self._hits)), "strong"))
        box = QFrame()
        box.setObjectName("box")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(theme().px(6), theme().px(4), theme().px(6), theme().px(4))
        rows.setSpacing(0)
        for key in self._hits[:_MOST_HITS]:
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

    def _build_one(self, column: QVBoxLayout, key: Key) -> None:
        feature = self._session.workspace.feature(*key)
        if feature is None:
            self._build_empty(column)
            return
        waits = key in self._drafts
        form = self.form = FeatureForm(self._session, feature, self._drafts)
        form.reference_asked.connect(
            lambda field, what: self.reference_asked.emit((form.feature.layer, form.feature.uid), field, what)
        )
        self.form.missing_asked.connect(self.focus_first_missing)
        self.form.asked.connect(self.asked)
        self.form.chosen.connect(self.chosen)
        column.addWidget(self.form)
        if waits:
            self.form.show_waiting()

    def _build_many(self, column: QVBoxLayout, layer: str) -> None:
        """Thousands picked at once, in the table or by a box: reading them all waits until it is wanted."""
        count, title = len(self._session.selection), self._session.workspace.definitions[layer].title
        words = _("{title}　{count} 个").format(title=title, count=grouped(count))
        column.addWidget(label(words, "title"))
        column.addWidget(label(_("一次选中很多，属性要读一会儿，需要时再读。"), "note", wrap=True))
        column.addWidget(button(_("一起改这 {count} 个").format(count=grouped(count)), self._want_many, size="small"))

    def _want_many(self) -> None:
        self._many_wanted = True
        try:
            self.show_selection()
        finally:
            self._many_wanted = False

    def _build_several(self, column: QVBoxLayout, layer: str) -> None:
        features = self._features(layer)
        if not features:
            self._build_empty(column)
            return
        self.batch = BatchForm(self._session, layer, features)
        self.batch.done.connect(lambda words: reporter().say("done", _("已{words}。").format(words=words)))
        if layer == ZONES:
            column.addWidget(ZoneLifePanel(self._session, features))
        column.addWidget(self.batch)
        self._bar_place.addWidget(self.batch.bar)
        kept = self._batch_drafts.pop(layer, [])
        if kept:
            self.batch.take_over(kept)

    def _features(self, layer: str) -> list[Feature]:
        return list(self._session.workspace.table(layer, uids=[uid for _layer, uid in self._session.selection]))

    # -- values ----------------------------------------------------------------------------------------------------

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field in the form in sight. KeyError where it has none."""
        if self.form is not None:
            return self.form.editors[name]
        if self.batch is not None:
            return self.batch.fields[name].editor
        raise KeyError(name)

    def focus_first_missing(self) -> None:
        """After drawing: the first required field that is still empty takes the keyboard."""
        if self.form is not None:
            editor = self.form.focus_first_missing()
            if editor is not None:
                self._area.ensureWidgetVisible(editor)

    def show_field(self, name: str) -> None:
        """The keyboard goes into a field of the form in sight, if it has such a field."""
        if self.form is not None and name in self.form.editors:
            editor = self.form.editors[name]
            self.form.show_editor(editor)
            self._area.ensureWidgetVisible(editor)

    def set_reference(self, key: Key, field: str, uid: str) -> None:
        """What was pointed at, or newly drawn, for a form that may be out of sight by now."""
        if self._session.selection != [key]:
            self._session.select([key])
        if self.form is not None:
            self.form.set_reference(field, uid)

    def store_unfinished(self) -> None:
        """What is being typed when the selection changes or the window closes is stored, or kept and told."""
        if self._session.ws is None:
            return
        if self.batch is not None:
            kept = [one for one in self.batch.changes() if one.way == "set"]
            if self.batch.unfinished():
                title = self.batch.definition.title
                words = _("批量填的内容还没有改到{title}上，先留着；再选两个以上{title}时接着用。").format(title=title)
                reporter().say("info", words)
                self._batch_drafts[self.batch.layer] = kept
        if self.form is not None and self._session.workspace.feature(self.form.feature.layer, self.form.feature.uid):
            waiting = self.form.store_unfinished()
            if waiting:
                told = "、".join(f"“{one.field.title}”" for one in waiting)
                name = self._session.label(self.form.feature)
                words = _("{name} 的{fields}填得不对，没有存；填的内容留着，回到它时接着改。").format(
                    name=name, fields=told
                )
                reporter().say("warning", words)

    def waiting(self) -> list[str]:
        """What was typed and is on no disk yet, named for people: asked about before the window closes."""
        self.store_unfinished()
        found = []
        for key, typed in self._drafts.items():
            feature = self._session.workspace.feature(*key)
            if feature is not None:
                fields = self._session.workspace.definitions[key[0]].by_name
                titles = "、".join(fields[name].title for name in typed)
                found.append(f"{self._session.label(feature)}：{titles}")
        for layer, changes in self._batch_drafts.items():
            title = self._session.workspace.definitions[layer].title
            found.append(_("{title}：批量填的 {count} 项").format(title=title, count=len(changes)))
        return found

    def _changed(self, deltas: list[Delta]) -> None:
        if self.batch is not None:
            self.batch.follow(deltas)
        elif self.form is not None:
            key = (self.form.feature.layer, self.form.feature.uid)
            uids = {key[1]}
            concerned = any((one.layer, one.uid) == key for one in deltas)
            # A record that speaks of this feature: a member, an event, a photo.
            spoken = any(uids & {str(value) for value in one.values.values()} for one in _sides(deltas))
            if concerned or spoken:
                placed = has_place(self._session.workspace.definitions, self.form.feature)
                there = self.form.follow(deltas)
                put = placed != has_place(self._session.workspace.definitions, self.form.feature)
                if not there or put or (spoken and not self.form.covers(deltas)):
                    QTimer.singleShot(0, self, self.show_selection)


def _sides(deltas: Sequence[Delta]) -> list[Feature]:
    return [one for delta in deltas for one in (delta.before, delta.after) if one is not None]
