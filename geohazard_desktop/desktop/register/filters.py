"""Filters of a register as people handle them: the popover of a column, chips above the table, saved filters."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QInputDialog, QMenu, QPushButton

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Progress
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import FlowLayout, button
from geohazard_desktop.desktop.register.arranging import AT_ONCE
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.register.filter import ColumnFilter
from geohazard_desktop.desktop.register.filter_words import condition_words
from geohazard_desktop.desktop.register.state import RegisterState
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.register_query import Condition
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel


class RegisterFilters(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._row = FlowLayout(panel.chips, theme().px(6), theme().px(4))
        self._told: list[str] = []
        self.popover: ColumnFilter | None = None
        self._opened = 0

    # -- one column ------------------------------------------------------------------------------------------------

    def open(self, column: int) -> None:
        """The popover of a column below its head."""
        panel = self._panel
        if not 0 <= column < len(panel.model.columns):
            return
        made = panel.model.columns[column]
        now = next((one for one in panel.state.conditions if one.field == made.key), None)
        popover = ColumnFilter(made, now, self.name, panel)
        popover.asked.connect(lambda condition: self._put(made.key, condition))
        popover.order_asked.connect(lambda down: self._order(made.key, down))
        self._opened += 1
        popover.destroyed.connect(lambda _gone, opened=self._opened: self._gone(opened))
        self.popover = popover
        head = panel.view.head
        place = head.mapToGlobal(QPoint(max(head.sectionViewportPosition(column), 0), head.height()))
        popover.open_at(place, panel.window())
        if popover.values is not None:
            self._count(popover, made)

    def _gone(self, opened: int) -> None:
        if opened == self._opened:  # one that was opened since is still there
            self.popover = None

    def _count(self, popover: ColumnFilter, column: RegisterColumn) -> None:
        panel, ws = self._panel, self._panel.session.ws
        query, measured = panel.query(), panel.model.measured
        if ws is None:
            return
        if panel.model.total <= AT_ONCE or panel.arranging.jobs is None:
            with reporter().guard():
                popover.show_counts(ws.value_counts(query, column.key, measured))
            return
        path = ws.path

        def work(_progress: Progress) -> object:
            with Workspace.open(path, read_only=True) as own:
                return own.value_counts(query, column.key, measured)

        def done(counts: Any) -> None:
            if self.popover is popover:
                popover.show_counts(counts)

        panel.arranging.jobs.start(work, done)

    def name(self, uid: str) -> str:
        """What a reference's target is called, whichever layer it is in."""
        ws = self._panel.session.workspace
        targets = {one.field.target for one in self._panel.model.columns if one.field and one.field.type == "reference"}
        for target in targets:
            try:
                feature = ws.feature(target, uid)
            except GeohazardError:  # a layer that the workspace lost: its references are told as gone
                continue
            if feature is not None:
                return name_of(ws, feature)
        return _("（已不在）")

    def _put(self, key: str, condition: Condition | None) -> None:
        self._panel.state.put(key, condition)
        self._panel.arrange()

    def _order(self, key: str, down: bool) -> None:
        self._panel.state.order_by(key, descending=down)
        self._panel.arrange()

    # -- chips -----------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """A chip for each condition: a click changes it, × takes it off."""
        panel = self._panel
        place = {one.key: index for index, one in enumerate(panel.model.columns)}
        shown = [one for one in panel.state.conditions if one.field in place]
        told = [condition_words(panel.model.columns[place[one.field]], one, self.name) for one in shown]
        if told == self._told:
            return
        self._told = told
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for one, words in zip(shown, told, strict=True):
            self._row.addWidget(self._chip(place[one.field], one.field, words))
        panel.chips.setVisible(bool(told))

    def _chip(self, column: int, key: str, words: str) -> QFrame:
        chip = QFrame()
        chip.setObjectName("tag")
        row = QHBoxLayout(chip)
        row.setContentsMargins(theme().px(6), 0, 0, 0)
        row.setSpacing(0)
        change = button(words, lambda: self.open(column), size="small", flat=True)
        change.setToolTip(_("改这个筛选"))
        row.addWidget(change)
        away = QPushButton()
        away.setProperty("flat", True)
        away.setProperty("size", "small")
        away.setIcon(icon("close", "text3"))
        away.setToolTip(_("去掉这个筛选"))
        away.setAccessibleName(_("去掉筛选：{words}").format(words=words))
        away.clicked.connect(lambda _on=False: self._put(key, None))
        row.addWidget(away)
        return chip

    # -- saved -----------------------------------------------------------------------------------------------------

    def saved(self) -> list[dict[str, Any]]:
        """The layer's saved filters: title and what `RegisterState.data` made."""
        found = self._panel.columns.of(self._panel.layer).get("filters")
        return [one for one in found if isinstance(one, dict) and one.get("title")] if isinstance(found, list) else []

    def fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        saved = self.saved()
        for one in saved:
            menu.addAction(str(one["title"]), lambda one=one: self.use(one))
        if saved:
            menu.addSeparator()
        state = self._panel.state
        keep = menu.addAction(_("把现在的筛选和排序存为常用……"), self.ask_name)
        keep.setEnabled(bool(state.conditions or state.text or state.sort or state.only_late))
        keep.setToolTip("" if keep.isEnabled() else _("先筛选或排序。"))
        if saved:
            away = menu.addMenu(_("删除常用筛选"))
            for one in saved:
                away.addAction(str(one["title"]), lambda one=one: self.forget(str(one["title"])))

    def ask_name(self) -> None:
        dialog = QInputDialog(self._panel)
        dialog.setWindowTitle(_("存为常用筛选"))
        dialog.setLabelText(_("给它起个名字，同名的会被替换："))
        dialog.setTextValue("；".join(self._told)[:30])
        dialog.setOkButtonText(_("存上"))
        dialog.setCancelButtonText(_("取消"))
        if dialog.exec() and dialog.textValue().strip():
            self.keep(dialog.textValue().strip())
        dialog.deleteLater()

    def keep(self, title: str) -> None:
        """Save filters and order under a name, in place of one of that name."""
        others = [one for one in self.saved() if one["title"] != title]
        kept = self._panel.columns.of(self._panel.layer)
        kept["filters"] = [*others, {"title": title, **self._panel.state.data()}]
        self._panel.liked.store()

    def forget(self, title: str) -> None:
        kept = self._panel.columns.of(self._panel.layer)
        kept["filters"] = [one for one in self.saved() if one["title"] != title]
        self._panel.liked.store()

    def use(self, saved: dict[str, Any]) -> None:
        """Filter and order as they were saved."""
        try:
            state = RegisterState.of(saved)
        except ValueError:
            reporter().say(
                "warning",
                _("常用筛选“{title}”读不懂了。").format(title=saved.get("title")),
                _("请删除它，重新存一个。"),
            )
            return
        self._panel.take_state(state)
