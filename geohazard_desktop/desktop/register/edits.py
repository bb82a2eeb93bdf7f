"""What a hand changes in a register: one cell, a column filled down, a block pasted; each one step of the history."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.forms.field_editors import FieldEditor, editor_for
from geohazard_desktop.desktop.forms.form_choices import choices_near, doubt_about, judges_of, words_of_reference
from geohazard_desktop.desktop.register.clipboard import from_text, harmless, to_text
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.register.paste import CellPlan, Planner, without_heading
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.words import EMPTY, grouped
from geohazard_desktop.workspace.edits import change_cells
from geohazard_desktop.workspace.feature import Feature, Value

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel

_ASKED = 100  # cells from which a fill is shown before it is done
_MOST_COPIED = 200_000  # cells that a clipboard takes without holding up the window
_STEPS: Mapping[str, tuple[int, int]] = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


class RegisterEdits(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        view = panel.view
        view.delegate.editor_for = self._editor
        view.lock = self.lock
        view.delegate.edited.connect(self._edited)
        view.delegate.dropped.connect(panel.tell_passing)
        view.edit_refused.connect(panel.tell_passing)
        view.copy_asked.connect(self.copy)
        view.paste_asked.connect(self.paste)
        view.fill_asked.connect(self.fill_down)
        view.delete_pressed.connect(
            lambda: panel.tell_passing(_("清空一格：按 F2 再删；删除整行：用菜单“编辑 > 删除所选”。"))
        )

    # -- what may be changed ---------------------------------------------------------------------------------------

    def lock(self, column: int) -> str:
        """Why a column can't be edited, as a sentence; "" when it can."""
        panel = self._panel
        definition, made = panel.model.definition, panel.model.columns[column]
        if definition is None:
            return _("没有打开登记表。")
        if made.field is None:
            return _("“{title}”由图形算出，不能改。").format(title=made.title)
        if panel.session.read_only_reason():
            return panel.session.read_only_reason()
        if definition.why_fixed:
            corrected = _("{title}是只增不减的登记，不能改；有错请再记一条更正。").format(title=definition.title)
            return corrected if definition.append_only else definition.why_fixed
        if (definition.table, made.key) == ("danger_zone", "state"):
            return _("危险区的状态由它的过程登记决定：请在右边的属性里登记下一步。")
        return ""

    def _editor(self, uid: str, column: int) -> FieldEditor:
        panel = self._panel
        ws, made = panel.session.workspace, panel.model.columns[column]
        assert made.field is not None
        feature = ws.feature(panel.layer, uid)
        editor = editor_for(
            made.field,
            personal=made.personal,
            choices=lambda layer: choices_near(ws, layer, feature),
            judges=judges_of(ws, lambda: feature),
            bare=True,
        )
        value = feature[made.key] if feature is not None else None
        editor.show_value(value, words_of_reference(ws, made.field, value))
        return editor

    # -- changing --------------------------------------------------------------------------------------------------

    def _edited(self, uid: str, column: int, value: Value, onward: str) -> None:
        """A cell's editor was left with a sound value: stored in its row, or in every row picked in the column."""
        view = self._panel.view
        view.setFocus()
        uids = [uid]
        if onward == "all":
            picked = [rows for one, rows in view.picked_cells() if one == column]
            uids = self._panel.model.uids_of(picked[0].tolist()) if picked else uids
        planner = self._planned([(one, column, value) for one in uids])
        if planner is not None and planner.plan.faults:
            self._panel.tell_passing(planner.plan.faults[0][2])
        elif planner is not None and self._confirmed(planner.plan, _("填到选中的格")):
            self._store(planner.plan, quiet=len(uids) == 1)
            self._tell_doubt(uid, column)
        if onward in _STEPS:
            view.step(*_STEPS[onward])

    def _tell_doubt(self, uid: str, column: int) -> None:
        """The cell's editor has gone with its note: what is doubtful about what was stored is said below the table."""
        panel = self._panel
        ws, field = panel.session.workspace, panel.model.columns[column].field
        feature = ws.feature(panel.layer, uid)
        if field is not None and feature is not None:
            doubt = doubt_about(ws, feature, field, feature[field.name])
            if doubt:
                panel.tell_passing(f"{name_of(ws, feature)}：{doubt}")

    def fill_down(self) -> None:
        """The topmost of the picked cells of each column into those below it."""
        panel = self._panel
        cells = [(column, rows) for column, rows in panel.view.picked_cells() if len(rows) > 1]
        if not cells:
            panel.tell_passing(_("向下填：先在一列里选中几格，最上面一格的内容会填到下面。"))
            return
        locked = next((self.lock(column) for column, _rows in cells if self.lock(column)), "")
        if locked:
            panel.tell_passing(locked)
            return
        wanted: list[tuple[str, int, Value]] = []
        for column, rows in cells:
            value = panel.model.values(int(rows[0])).get(panel.model.columns[column].key)
            wanted += [(uid, column, value) for uid in panel.model.uids_of(rows[1:].tolist())]
        planner = self._planned(wanted)
        if planner is not None and self._confirmed(planner.plan, _("向下填")):
            self._store(planner.plan)

    def _planned(self, wanted: Sequence[tuple[str, int, Value]]) -> Planner | None:
        panel = self._panel
        ws = panel.session.workspace
        with reporter().guard():
            planner = Planner(ws)
            features = self._features([uid for uid, _column, _value in wanted])
            for uid, column, value in wanted:
                if uid in features:
                    planner.put(features[uid], self._called(features[uid]), panel.model.columns[column], value)
            return planner
        return None

    def _features(self, uids: Sequence[str]) -> dict[str, Feature]:
        found = self._panel.session.workspace.table(self._panel.layer, uids=list(dict.fromkeys(uids)))
        return {one.uid: one for one in found}

    def _called(self, feature: Feature) -> str:
        return feature.text("name") or feature.text("head") or feature.text("id") or _("（没有名称）")

    def _confirmed(self, plan: CellPlan, title: str, *, ask: bool = False) -> bool:
        """Many cells, or cells that can't take what they should, are shown before anything is done."""
        if not ask and len(plan.changes) < _ASKED and not plan.faults:
            return True
        from geohazard_desktop.desktop.register.paste_dialog import PasteDialog

        dialog = PasteDialog(plan, title, self._panel.window())
        agreed = bool(dialog.exec())
        dialog.deleteLater()
        return agreed

    def _store(self, plan: CellPlan, *, quiet: bool = False) -> None:
        panel = self._panel
        values = plan.values()
        if not values:
            if not quiet:
                panel.tell_passing(_("内容本来就一样，没有改动。"))
            return
        try:
            features = self._features(list(values))
            edit = change_cells(panel.session.workspace.definitions, [(features[uid], values[uid]) for uid in features])
        except GeohazardError as error:
            reporter().error(error)
            return
        if panel.session.apply(edit) and not quiet:
            panel.tell_passing(_("已改 {count} 格，按 Ctrl+Z 一步撤销。").format(count=grouped(len(plan.changes))))

    # -- clipboard -------------------------------------------------------------------------------------------------

    def copy(self, cells_alone: bool = False) -> None:
        """The rows of the selection with their heads; `cells_alone`: the selected cells as they are, without."""
        panel, view = self._panel, self._panel.view
        rows = view.picked_rows().tolist()
        if not rows:
            rows = [row for row in range(len(panel.model.order)) if panel.model.is_chosen(row)]
        columns = view.picked_columns() if cells_alone else view.shown_columns()
        if not rows or not columns:
            panel.tell_passing(_("先选中要复制的行。"))
            return
        if len(rows) * len(columns) > _MOST_COPIED:
            panel.tell_passing(_("{count} 行太多，剪贴板装不下；请用“导出”。").format(count=grouped(len(rows))))
            return
        made = [panel.model.columns[one] for one in columns]
        if not cells_alone and made and made[0].key != "id" and "id" not in {one.key for one in made}:
            number = next((one for one in panel.model.columns if one.key == "id"), None)
            made = made if number is None else [number, *made]  # it stands below the name and belongs to the row
        lines = [[self._copied(row, one) for one in made] for row in rows]
        heads = [] if cells_alone else [[one.heading for one in made]]
        QGuiApplication.clipboard().setText(to_text([*heads, *lines]))
        personal = "、".join(one.title for one in made if one.personal)
        told = _("已复制 {count} 行").format(count=grouped(len(rows)))
        if cells_alone:
            told = _("已复制 {count} 格").format(count=grouped(len(rows) * len(columns)))
        panel.tell_passing(told + (_("，含个人信息：{titles}").format(titles=personal) if personal else _("。")))

    def _copied(self, row: int, column: RegisterColumn) -> str:
        """A cell for a spreadsheet: numbers without thin spaces, — as nothing, text never a formula."""
        model = self._panel.model
        if column.field is not None and column.numeric:
            value = model.values(row).get(column.key)
            return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
        told = model.words(row, column)
        if column.field is None:
            return told.replace("\u2009", "") if told != EMPTY else ""
        return "" if told == EMPTY else harmless(told)

    def paste(self) -> None:
        """A block from a spreadsheet, from the current cell on; one value into all picked cells. Shown before it is
        done."""
        panel, view = self._panel, self._panel.view
        rows = from_text(QGuiApplication.clipboard().text())
        here = view.currentIndex()
        if not rows or not here.isValid():
            panel.tell_passing(_("剪贴板里没有文字。") if not rows else _("先点一格，再粘贴。"))
            return
        shown = view.shown_columns()
        with reporter().guard():
            if len(rows) == 1 and len(rows[0]) == 1 and sum(len(picked) for _one, picked in view.picked_cells()) > 1:
                plan = self._plan_one(rows[0][0])
            else:
                top = int(view.picked_rows()[0]) if len(view.picked_rows()) else here.row()
                picked = view.picked_columns()
                first = shown.index(picked[0]) if picked else shown.index(here.column())
                plan = self._plan_block(rows, top, shown[first:])
            if self._confirmed(plan, _("粘贴"), ask=True):
                self._store(plan)

    def _plan_one(self, text: str) -> CellPlan:
        panel = self._panel
        planner = Planner(panel.session.workspace)
        for column, rows in panel.view.picked_cells():
            uids = panel.model.uids_of(rows.tolist())
            features = self._features(uids)
            for uid in uids:
                self._put(planner, features.get(uid), column, text)
        return planner.plan

    def _plan_block(self, rows: list[list[str]], top: int, columns: Sequence[int]) -> CellPlan:
        panel = self._panel
        planner = Planner(panel.session.workspace)
        rows = without_heading(rows, [panel.model.columns[one] for one in columns])
        fitting = rows[: len(panel.model.order) - top]
        uids = panel.model.uids_of(range(top, top + len(fitting)))
        features = self._features(uids)
        planner.plan.outside += sum(map(len, rows[len(fitting) :]))
        for uid, cells in zip(uids, fitting, strict=True):
            planner.plan.outside += max(0, len(cells) - len(columns))
            for column, text in zip(columns, cells, strict=False):
                self._put(planner, features.get(uid), column, text)
        return planner.plan

    def _put(self, planner: Planner, feature: Feature | None, column: int, text: str) -> None:
        if feature is not None:
            made = self._panel.model.columns[column]
            planner.put_text(feature, self._called(feature), made, self.lock(column), text)
