"""The history in words, by day: sifted by layer, person, words or one feature; and what was deleted.

A chosen step says what it changed and marks it on the map. The journal is the only source; the list is read by page.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.history.compare_marks import Pair, bounds_of
from geohazard_desktop.desktop.history.list import PAGE, ROW, Row
from geohazard_desktop.desktop.history.widgets import HistoryWidgets
from geohazard_desktop.desktop.parts import button, icon_button
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.history import HistoryEntry, StepFilter
from geohazard_desktop.workspace.history_reading import DeletedFeature
from geohazard_desktop.workspace.workspace import Workspace

_KINDS = {"undo": _("撤销：{words}"), "redo": _("重做：{words}")}
_MOST_KEPT = 3000  # rows read again after a change, so that the list stays where it was scrolled to


class HistoryPanel(HistoryWidgets):
    """`compared` carries the shapes to mark, `place_asked` the box to look at, `return_asked` a step, `version_asked`
    (layer, uid, step), `restore_asked` DeletedFeatures, `feature_asked` a key."""

    compared = Signal(list)
    place_asked = Signal(tuple)
    return_asked = Signal(object)
    version_asked = Signal(str, str, object)
    restore_asked = Signal(list)
    feature_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.feature: Key | None = None
        self._pairs: list[Pair] = []
        session.closing.connect(self.forget)

    # -- what is listed --------------------------------------------------------------------------------------------

    @property
    def deleted_shown(self) -> bool:
        return self.deleted_button.isChecked()

    def show_feature(self, key: Key | None, name: str = "") -> None:
        """The steps of one feature alone; None shows those of all again."""
        self.feature = key
        self.only_words.setText(_("只看 {name}").format(name=name))
        self.steps_button.setChecked(True)
        self._turn()

    def show_deleted(self) -> None:
        self.deleted_button.setChecked(True)
        self._turn()

    def _turn(self) -> None:
        self.only.setVisible(self.feature is not None and not self.deleted_shown)
        self.actor.setVisible(not self.deleted_shown)
        self.layer.setEnabled(self.feature is None or self.deleted_shown)
        several = QAbstractItemView.SelectionMode.ExtendedSelection if self.deleted_shown else None
        self.list.setSelectionMode(several or QAbstractItemView.SelectionMode.SingleSelection)
        words = _("找编号或名称") if self.deleted_shown else _("找字，如“移动”或编号")
        self.search.setPlaceholderText(words)
        self.let_go()
        self.fill_filters()
        self.refresh()

    def appear(self) -> None:
        """The panel comes into sight."""
        self._turn()

    def fill_filters(self) -> None:
        ws = self._session.ws
        if ws is None:
            return
        with reporter().guard():
            layers = [(one, ws.definitions[one].title) for one in ws.history_layers()]
            _fill(self.layer, _("所有图层"), layers)
            _fill(self.actor, _("所有人"), [(one, one) for one in ws.history_actors()])

    def refresh(self) -> None:
        """Read anew, and stay where the list was."""
        self._typing.stop()
        ws = self._session.ws
        if ws is None:
            self.rows.show(None)
            return
        chosen = [self.rows.rows[one.row()].key for one in self.list.selectionModel().selectedIndexes()]
        scrolled = self.list.verticalScrollBar().value()
        count = min(max(self.rows.count, PAGE), _MOST_KEPT)
        try:
            self.rows.show(self._deleted(ws) if self.deleted_shown else self._steps(ws), count)
            undo, redo = ws.undo_words(), ws.redo_words()
        except GeohazardError as error:
            reporter().error(error)
            return
        for made, text in ((self.undo, undo), (self.redo, redo)):
            made.setEnabled(bool(text))
            made.setToolTip(text or "")
        self._settle_empty()
        self._choose_again(chosen)
        self.list.verticalScrollBar().setValue(scrolled)

    def _choose_again(self, keys: Sequence[object]) -> None:
        found = QItemSelection()
        for key in keys:
            place = self.rows.place_of(key)
            if place >= 0:
                found.select(self.rows.index(place), self.rows.index(place))
        if found.isEmpty():
            self.let_go()
        self.list.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _steps(self, ws: Workspace) -> Callable[[int], list[tuple[date, Row]]]:
        return _StepPages(ws, ws.steps(self.wanted()))

    def wanted(self) -> StepFilter:
        """What the list is sifted by."""
        layer, uid = self.feature or (self.layer.currentData() or "", "")
        return StepFilter(self.search.text().strip(), self.actor.currentData() or "", layer, uid)

    def _deleted(self, ws: Workspace) -> Callable[[int], list[tuple[date, Row]]]:
        def more(_count: int) -> list[tuple[date, Row]]:
            found = ws.deleted(self.layer.currentData() or "", self.search.text().strip())
            return [(one.made_at.date(), self._deleted_row(one)) for one in found]

        return more

    def _deleted_row(self, one: DeletedFeature) -> Row:
        what = self._session.label(one.feature)
        who = _("{time}　{actor} 删除").format(time=f"{one.made_at:%H:%M}", actor=one.actor)
        return Row(what, who, f"{what}\n{one.made_at:%Y-%m-%d %H:%M:%S}　{one.words}", one, one.entry)

    def _settle_empty(self) -> None:
        some = bool(self.rows.rows)
        sifted = bool(
            self.search.text().strip() or self.layer.currentData() or self.actor.currentData() or self.feature
        )
        words = _("还没有改动。画一笔，这里就记一条。")
        if self.deleted_shown:
            words = _("没有删除过要素。删掉的会列在这里，随时可以恢复。")
        if sifted:
            words = _("没有符合的。清空上面的条件，就又都列出来。")
        self.empty.setText(words)
        self.empty.setVisible(not some)
        self.splitter.setVisible(some)
        self._spring.setVisible(not some)

    # -- what is chosen --------------------------------------------------------------------------------------------

    def let_go(self) -> None:
        """Nothing is chosen, nothing marked."""
        self.list.clearSelection()
        self.detail.hide()
        self._mark([])

    def choose_newest(self) -> None:
        """Whatever the list was sifted by: the last step of all."""
        self.search.clear()
        for one in (self.layer, self.actor):
            one.setCurrentIndex(0)
        self.refresh()
        first = next((number for number, row in enumerate(self.rows.rows) if row.subject is not None), None)
        if first is not None:
            self.list.setCurrentIndex(self.rows.index(first))

    def forget(self) -> None:
        """The workspace closes."""
        self.feature = None
        self.only.hide()
        for one in (self.search, self.layer, self.actor):
            one.clear()
        self.let_go()
        self.rows.show(None)

    def _mark(self, pairs: list[Pair]) -> None:
        self._pairs = pairs
        self.compared.emit(pairs)

    def _chosen(self, _new: QItemSelection, _old: QItemSelection) -> None:
        indexes = self.list.selectionModel().selectedIndexes()
        subjects = [self.list.model().data(one, ROW).subject for one in indexes]
        if not subjects or self._session.ws is None:
            self.detail.hide()
            self._mark([])
            return
        with reporter().guard():
            if isinstance(subjects[0], HistoryEntry):
                self._show_step(self._session.ws, subjects[0])
            else:
                self._show_deleted([one for one in subjects if isinstance(one, DeletedFeature)])
            self._open_detail(indexes[-1])

    def _open_detail(self, index: QModelIndex) -> None:
        """The chosen row stays in sight beside what it says."""
        if self.detail.isHidden():
            self.detail.show()
            room = self.splitter.height()
            self.splitter.setSizes([room * 2 // 5, room * 3 // 5])
        self.list.scrollTo(index)

    def _show_step(self, ws: Workspace, step: HistoryEntry) -> None:
        deltas = [one for one in ws.step_deltas(step) if one.layer in ws.definitions]
        if self.feature is not None:
            deltas = [one for one in deltas if (one.layer, one.uid) == self.feature]
        notes = [f"{step.made_at:%Y-%m-%d %H:%M:%S}　{step.actor}"]
        if step.features > 1:
            notes.append(_("共 {count} 个要素").format(count=step.features))
        if not deltas:
            notes.append(_("这一步没有留下改动。"))
        self.detail.show_step(_KINDS.get(step.kind, "{words}").format(words=step.words), notes, deltas, self._go)
        self._mark(pairs_of(deltas))
        buttons = [button(_("回到这一步之后…"), lambda: self.return_asked.emit(step), size="small")]
        newest, *before = ws.history_page(ws.steps(), 2)
        if step.key == newest.key and before:
            # "Back to this one" would change nothing: of the last step its own undoing is meant.
            buttons = [button(_("退回这一步…"), lambda: self.return_asked.emit(before[0]), size="small")]
        if len(deltas) == 1 and not ws.definitions[deltas[0].layer].why_fixed:
            layer, uid = deltas[0].layer, deltas[0].uid
            words = _("只恢复它到这一版")
            buttons.append(button(words, lambda: self.version_asked.emit(layer, uid, step), size="small"))
        self._set_buttons(buttons)

    def _show_deleted(self, gone: Sequence[DeletedFeature]) -> None:
        first = gone[0]
        title = (
            self._session.label(first.feature)
            if len(gone) == 1
            else _("{count} 个已删除的要素").format(count=len(gone))
        )
        notes = [f"{first.made_at:%Y-%m-%d %H:%M:%S}　{first.actor}", first.words] if len(gone) == 1 else []
        self.detail.show_features(title, notes, [one.feature for one in gone])
        self._mark([(one.feature.geometry, None) for one in gone if one.feature.geometry is not None])
        words = _("恢复") if len(gone) == 1 else _("恢复这 {count} 个").format(count=len(gone))
        self._set_buttons([button(words, lambda: self.restore_asked.emit(list(gone)), primary=True, size="small")])

    def _set_buttons(self, buttons: Sequence[QWidget]) -> None:
        while (item := self.detail.footer.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        reason = self._session.read_only_reason()
        for one in buttons:
            one.setEnabled(not reason)
            one.setToolTip(reason)
            self.detail.footer.addWidget(one)
        box = bounds_of(self._pairs)
        if box is not None:
            self.detail.footer.addWidget(
                icon_button("zoom-selection", _("缩放到它"), lambda: self.place_asked.emit(box))
            )

    def _go(self, key: Key) -> None:
        self.feature_asked.emit(key)


class _StepPages:
    """Pages of steps as rows. A step that was undone since is faded: newer steps, which say so, are read first."""

    def __init__(self, ws: Workspace, steps: Iterator[HistoryEntry]) -> None:
        self._ws, self._steps = ws, steps
        self._undone: set[int] = set()

    def __call__(self, count: int) -> list[tuple[date, Row]]:
        return [(one.made_at.date(), self._row(one)) for one in self._ws.history_page(self._steps, count)]

    def _row(self, step: HistoryEntry) -> Row:
        faded = step.change_id in self._undone
        if step.kind in ("undo", "redo") and step.undoes is not None and not faded:
            self._undone.add(step.undoes)
        what = _KINDS.get(step.kind, "{words}").format(words=step.words)
        who = f"{step.made_at:%H:%M}　{step.actor}" + (_("　已撤销") if faded else "")
        tip = f"{what}\n{step.made_at:%Y-%m-%d %H:%M:%S}　{step.actor}"
        return Row(what, who, tip, step, step.key, faded)


def pairs_of(deltas: Sequence[Delta]) -> list[Pair]:
    """Shapes before and after, where they differ."""
    found: list[Pair] = []
    for one in deltas:
        before = one.before.geometry if one.before is not None else None
        after = one.after.geometry if one.after is not None else None
        if before is None and after is None:
            continue
        same = before is not None and after is not None and before.equals_exact(after, 0.0)
        found.append((None, after) if same else (before, after))
    return found


def _fill(combo: QComboBox, everything: str, choices: Sequence[tuple[str, str]]) -> None:
    """The choices anew, with the one that was chosen still chosen."""
    chosen = combo.currentData()
    combo.clear()
    combo.addItem(everything, "")
    for value, title in choices:
        combo.addItem(title, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
