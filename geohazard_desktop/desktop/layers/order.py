"""The order of drawing as a list: what stands above lies above on the map. Dragged, or moved with Alt and an arrow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.swatches import tile_size
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.plan_layers import PLAN

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_LAYER = int(Qt.ItemDataRole.UserRole)


class OrderPanel(QWidget):
    """`moved` (layer, place): it was dragged there, 0 being on top. `closed`."""

    moved = Signal(str, int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(10))
        column.setSpacing(theme().px(8))
        head = QHBoxLayout()
        head.addWidget(label(_("图层次序"), "title"), 1)
        self.up = icon_button("arrow-up", _("上移一层　Alt+↑"), lambda: self.step(-1))
        self.down = icon_button("arrow-down", _("下移一层　Alt+↓"), lambda: self.step(1))
        for one in (self.up, self.down, icon_button("close", _("收起"), self.closed.emit)):
            head.addWidget(one)
        column.addLayout(head)
        note = _("上面的压着下面的，屏幕和纸上一样。拖动来换；加粗的几层管警示和撤离，面和线不能盖住它们。")
        column.addWidget(label(note, "note", wrap=True))
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setAccessibleName(_("图层次序，上面的压着下面的"))
        self.list.model().rowsMoved.connect(self._rows_moved)
        self.list.installEventFilter(self)
        column.addWidget(self.list, 1)
        self._filling = False

    def fill(self, rows: list[QListWidgetItem], current: str) -> None:
        self._filling = True
        self.list.setIconSize(tile_size())
        self.list.clear()
        for one in rows:
            self.list.addItem(one)
            if one.data(_LAYER) == current:
                self.list.setCurrentItem(one)
        self._filling = False

    def current(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_LAYER))

    def layers(self) -> list[str]:
        return [str(self.list.item(row).data(_LAYER)) for row in range(self.list.count())]

    def step(self, by: int) -> None:
        """The current layer by one place."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            self.moved.emit(self.current(), row + by)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.step(steps[event.key()])
            return True
        return False

    def _rows_moved(self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, row: int) -> None:
        if self._filling:
            return
        place = row - 1 if row > first else row
        layer = str(self.list.item(place).data(_LAYER))
        # When the drop is over: the list is filled anew from what could be stored.
        QTimer.singleShot(0, self, lambda: self.moved.emit(layer, place))


class OrderDesk(QObject):
    """Opens the list beside the map; each move is one step of the history."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.panel: OrderPanel | None = None
        self._before: QWidget | None = None
        window.session.changed.connect(self._followed)
        window.session.closing.connect(self.close)

    def open(self) -> None:
        window = self._window
        if self.panel is None:
            self.panel = OrderPanel()
            self.panel.moved.connect(self._move)
            self.panel.closed.connect(self.close)
            self._before = window.side.currentWidget()
            window.side.addTab(self.panel, _("次序"))
        self._fill(window.layers.current_layer())
        window.docks["side"].show()
        window.side.setCurrentWidget(self.panel)
        self.panel.list.setFocus()

    def close(self) -> None:
        panel, window = self.panel, self._window
        if panel is None:
            return
        self.panel = None
        shown = window.side.currentWidget() is panel
        window.side.removeTab(window.side.indexOf(panel))
        if shown and self._before is not None:
            window.side.setCurrentWidget(self._before)
        panel.deleteLater()

    def _fill(self, current: str) -> None:
        if self.panel is None:
            return
        from geohazard_desktop.workspace.edits.draw_order import drawn_in_order

        ws, rows = self._window.session.workspace, []
        tree = self._window.layers.rows()
        for layer in drawn_in_order(ws):
            item = QListWidgetItem(ws.definitions[layer].title)
            item.setData(_LAYER, layer)
            if layer in tree:
                item.setIcon(tree[layer].icon(0))
            if layer in PLAN:
                font = theme().font()
                font.setBold(True)
                item.setFont(font)
            rows.append(item)
        self.panel.fill(rows, current)

    def _move(self, layer: str, place: int) -> None:
        from geohazard_desktop.workspace.edits.draw_order import move_layer

        window = self._window
        try:
            edit = move_layer(window.session.workspace, layer, place)
        except GeohazardError as error:
            reporter().error(error)
            self._fill(layer)
            return
        if edit.deltas and window.session.apply(edit):
            say_done(window, _("{words}。").format(words=edit.words))
            window.map.redraw()
        self._fill(layer)

    def _followed(self, deltas: list[Delta]) -> None:
        if self.panel is not None and any(one.layer == "style" for one in deltas):
            self._fill(self.panel.current())
