"""Menus of a register: of a row, of a head, of the table; and which columns are shown in which order."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.register.columns import TITLE
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.register_query import Among, Condition, Filled

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel

_KEY = int(Qt.ItemDataRole.UserRole)


class ColumnChooser(QFrame):
    """Ticks say which columns are shown, dragging says in which order."""

    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._panel = panel
        self.setFixedWidth(theme().px(270))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10))
        column.setSpacing(theme().px(6))
        column.addWidget(label(_("显示哪些列"), "strong"))
        column.addWidget(label(_("打勾显示，上下拖动改先后。名称总在最左边。"), "small", wrap=True))
        self.list = QListWidget()
        self.list.setObjectName("boxed")
        self.list.setMinimumHeight(theme().px(300))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(button(_("全选"), lambda: self._tick(True), size="small", flat=True))
        row.addWidget(button(_("全不选"), lambda: self._tick(False), size="small", flat=True))
        row.addStretch(1)
        row.addWidget(button(_("恢复默认"), self._reset, size="small"))
        column.addLayout(row)
        self._fill()
        self.list.itemChanged.connect(lambda _item: self._take())
        self.list.model().rowsMoved.connect(self._take)

    def _fill(self) -> None:
        model, shown = self._panel.model, self._panel.view.shown_columns()
        hidden = [one for one in range(len(model.columns)) if one not in shown]
        self.list.blockSignals(True)
        self.list.clear()
        for place in [*shown, *hidden]:
            if place == TITLE:
                continue
            made = model.columns[place]
            item = QListWidgetItem(made.heading)
            if made.personal:
                item.setIcon(icon("read-only", "text3"))
                item.setToolTip(_("个人信息"))
            item.setData(_KEY, made.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if place in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _tick(self, on: bool) -> None:
        self.list.blockSignals(True)
        for one in self._items():
            one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._take()

    def _take(self, *_moved: object) -> None:
        keys = [str(one.data(_KEY)) for one in self._items() if one.checkState() == Qt.CheckState.Checked]
        self._panel.choose_columns([self._panel.model.columns[TITLE].key, *keys])

    def _reset(self) -> None:
        self._panel.columns.reset()
        self._fill()


class RegisterMenus(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self.chooser: ColumnChooser | None = None
        panel.view.menu_asked.connect(self._row_menu)
        for head in (panel.view.head, panel.view.frozen.head):
            head.menu_asked.connect(self._head_menu)
        panel.columns_button.clicked.connect(lambda _on=False: self.choose_columns())
        panel.more_menu.aboutToShow.connect(self._fill_more)

    def choose_columns(self) -> None:
        panel = self._panel
        if not panel.layer:
            return
        chooser = ColumnChooser(panel)
        chooser.destroyed.connect(self._gone)
        self.chooser = chooser
        chooser.adjustSize()
        window, below = panel.window(), panel.columns_button.mapToGlobal(QPoint(0, panel.columns_button.height()))
        corner = window.mapToGlobal(QPoint(0, 0))
        left = min(below.x(), corner.x() + window.width() - chooser.width() - 8)
        top = min(below.y(), corner.y() + window.height() - chooser.height() - 8)
        chooser.move(left, max(top, corner.y() + 8))
        chooser.show()

    def _gone(self) -> None:
        self.chooser = None

    def _row_menu(self, place: QPoint) -> None:
        panel, view = self._panel, self._panel.view
        here = view.currentIndex()
        menu = QMenu(panel)
        menu.setToolTipsVisible(True)
        if here.isValid() and here.row() < len(panel.model.order):
            column = panel.model.columns[here.column()]
            zoom = menu.addAction(icon("zoom-selection"), _("在图上看这一行"), lambda: view.zoom_asked.emit(here.row()))
            zoom.setEnabled(panel.model.definition is not None and panel.model.definition.geometry != "none")
            if panel.model.definition is not None and panel.model.definition.geometry == "point":
                key = (panel.layer, panel.model.uid(here.row()))
                menu.addAction(icon("place"), _("放到地图上"), lambda: panel.place_asked.emit(key))
            menu.addSeparator()
            edit = menu.addAction(icon("pencil"), _("改这一格　F2"), lambda: view.edit(here))
            self._give_reason(edit, panel.edits.lock(here.column()))
            fill = menu.addAction(_("向下填　Ctrl+D"), panel.edits.fill_down)
            self._give_reason(fill, panel.edits.lock(here.column()))
            paste = menu.addAction(_("粘贴……　Ctrl+V"), panel.edits.paste)
            self._give_reason(paste, "" if QGuiApplication.clipboard().text() else _("剪贴板里没有文字。"))
            menu.addSeparator()
            words = (
                panel.model.words(here.row(), column) if here.column() != TITLE else panel.model.title(here.row())[0]
            )
            if column.field is not None:
                told = _("只看“{title}”是“{words}”的").format(title=column.title, words=words[:16])
                menu.addAction(icon("filter"), told, lambda: self._only(here.row(), here.column()))
            menu.addSeparator()
        menu.addAction(_("复制所选行，带列名　Ctrl+C"), panel.edits.copy)
        menu.addAction(_("只复制所选格　Ctrl+Shift+C"), lambda: panel.edits.copy(cells_alone=True))
        menu.addAction(_("全选　Ctrl+A"), view.selectAll)
        menu.exec(place)
        menu.deleteLater()

    def _give_reason(self, action: object, reason: str) -> None:
        action.setEnabled(not reason)  # type: ignore[attr-defined]
        action.setToolTip(reason)  # type: ignore[attr-defined]

    def _only(self, row: int, column: int) -> None:
        """Rows with the value of a cell."""
        panel, made = self._panel, self._panel.model.columns[column]
        value = panel.model.values(row).get(made.key)
        asked: Condition = Filled(made.key, filled=False) if value in (None, "") else Among(made.key, (value,))
        panel.state.put(made.key, asked)
        panel.arrange()

    def _head_menu(self, column: int, place: QPoint) -> None:
        panel = self._panel
        made = panel.model.columns[column]
        menu = QMenu(panel)
        menu.addAction(icon("chevron-up"), _("升序"), lambda: panel.order_by(made.key, down=False))
        menu.addAction(icon("chevron-down"), _("降序"), lambda: panel.order_by(made.key, down=True))
        if column == TITLE and any(one.key == "id" for one in panel.model.columns):
            menu.addAction(_("按编号升序"), lambda: panel.order_by("id", down=False))
            menu.addAction(_("按编号降序"), lambda: panel.order_by("id", down=True))
        menu.addAction(icon("filter"), _("筛选……"), lambda: panel.filters.open(column))
        menu.addSeparator()
        menu.addAction(_("列宽合适"), lambda: panel.view.resizeColumnToContents(column))
        if column != TITLE:
            menu.addAction(_("藏起这一列"), lambda: self._hide(column))
        menu.addAction(icon("columns"), _("选列……"), self.choose_columns)
        menu.exec(place)
        menu.deleteLater()

    def _hide(self, column: int) -> None:
        panel = self._panel
        panel.choose_columns([key for key in panel.columns.shown() if key != panel.model.columns[column].key])

    def _fill_more(self) -> None:
        """What has no button of its own."""
        panel, menu = self._panel, self._panel.more_menu
        menu.clear()
        menu.addAction(_("选中列出的全部"), panel.selection.choose_all_shown)
        menu.addAction(_("列出的里面反选"), panel.selection.choose_others)
        menu.addSeparator()
        menu.addAction(_("不排序"), panel.unsort).setEnabled(bool(panel.state.sort))
        menu.addAction(_("列恢复默认"), panel.columns.reset)
        away = [one for one in panel.in_the_menu() if one.isHidden()]
        if away:
            menu.addSeparator()
        for one in away:
            if one.menu() is not None:
                one.menu().setTitle(one.accessibleName())
                menu.addMenu(one.menu())
            else:
                menu.addAction(one.icon(), one.accessibleName(), one.click)
