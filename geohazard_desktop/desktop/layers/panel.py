"""The layer tree: which layers are seen, which is at hand, and what can be done with one.

Its rows are made in `tree_rows.py`; what stands beside and below their names is `LayerPanel.marks` (`row_marks.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.layers.menu import Offer, fill_menu
from geohazard_desktop.desktop.layers.row_marks import RowMarks
from geohazard_desktop.desktop.layers.tree_rows import LAYER, NOTE, Entry, group_row, layer_row, show_matching, width_of
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.swatches import tile_size
from geohazard_desktop.desktop.theme import theme

_WIDEST = 298
_MOST_OF_WINDOW = 0.3


class LayerPanel(QWidget):
    """`visibility_changed`; `current_changed` (layer); `filled`; `asked` (what, layer) from the context menu: zoom,
    and the others of `menu.py`; by a click on a mark: faults, findings."""

    visibility_changed = Signal()
    current_changed = Signal(str)
    asked = Signal(str, str)
    filled = Signal()
    renamed = Signal(str, str)  # layer, what was typed for its title
    menu_filled = Signal(object, str)  # QMenu, layer: who has something to offer puts it in

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme().changed.connect(self._keep_names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme().px(10), 0, 0)
        column.setSpacing(theme().px(6))
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(14), 0, theme().px(10), 0)
        head.addWidget(label(_("图层"), "title"), 1)
        self.style_button = icon_button("style", _("选中图层的样式　F7"), self._ask_style)
        head.addWidget(self.style_button)
        column.addLayout(head)
        column.addLayout(self._filter_row())
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(_("图层"))
        self.tree.itemChanged.connect(self._checked)
        self.tree.currentItemChanged.connect(self._current)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.itemDoubleClicked.connect(self._double)
        self.tree.itemClicked.connect(self._clicked)
        column.addWidget(self.tree, 1)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._spatial: dict[str, bool] = {}
        self._said: dict[str, tuple[str, str, str]] = {}
        self._papers: dict[str, str] = {}  # of reference layers: on which papers they are
        self._choices: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {}
        self._filling = False
        self.marks = RowMarks(self.tree, self._items, self._quietly)
        self._keep_names()

    # -- filling ---------------------------------------------------------------------------------------------------

    def _keep_names(self) -> None:
        """Wide enough for every name beside swatch, count and lock, also in large type; one that is longer still than
        any of the district's is cut."""
        wanted = width_of(self.tree, self._items.values())
        least = max(246, theme().px(212), min(wanted + theme().px(6), theme().px(_WIDEST)))
        # In large type and a small window the map and the other dock must find room as well: names are cut before.
        self.setMinimumWidth(min(least, max(246, round(self.window().width() * _MOST_OF_WINDOW))))

    def _filter_row(self) -> QHBoxLayout:
        self.filter = QLineEdit()
        self.filter.setAccessibleName(_("筛选图层"))
        self.filter.setPlaceholderText(_("筛选图层"))
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.textChanged.connect(self._sift)
        around = QHBoxLayout()
        around.setContentsMargins(theme().px(10), 0, theme().px(10), 0)
        around.addWidget(self.filter)
        return around

    def fill(self, entries: Sequence[Entry]) -> None:
        """Show the layers of a workspace; visibility and what is unfolded are kept where the layer was there before."""
        hidden = {layer for layer in self._items if not self.visible(layer)}
        current = self.current_layer()
        unfolded = {layer: one.isExpanded() for layer, one in self._items.items() if one.childCount()}
        closed = {group.text(0) for group in self._groups() if not group.isExpanded()}
        self.tree.setIconSize(tile_size())
        self.tree.setIndentation(theme().px(16))
        with self._quietly():
            self.tree.clear()
            self._items.clear()
            self._spatial = {one.layer: one.spatial for one in entries}
            self._said = {one.layer: (one.title, one.paper or "", one.source) for one in entries}
            self._papers = {one.layer: one.paper for one in entries if one.paper is not None}
            groups: dict[str, QTreeWidgetItem] = {}
            for one in entries:
                if one.group not in groups:
                    groups[one.group] = group_row(self.tree, one.group)
                    groups[one.group].setExpanded(groups[one.group].text(0) not in closed)
                ratio = self.devicePixelRatioF()
                item = layer_row(groups[one.group], one, hidden=one.layer in hidden, ratio=ratio)
                self._items[one.layer] = item
                figures = any(figure for _icon, _words, figure, _tip in one.classes)
                item.setExpanded(bool(one.fault) or unfolded.get(one.layer, figures))
        self.set_current(current if current in self._items else next(iter(self._items), ""))
        self._sift(self.filter.text())
        self.marks.filled({one.layer: one.count for one in entries}, {one.layer for one in entries if one.personal})
        self._keep_names()
        self.filled.emit()

    def set_choices(self, layer: str, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """A submenu of a layer: `title`, and rows of what is asked for and its words."""
        self._choices[layer] = (title, rows)

    def _ask_style(self) -> None:
        layer = self.current_layer()
        if layer:
            self.asked.emit("style", layer)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        return [one for one in found if one is not None]

    def said(self) -> Mapping[str, tuple[str, str, str]]:
        """Title, papers and source of each layer as the tree shows them."""
        return self._said

    def rows(self) -> Mapping[str, QTreeWidgetItem]:
        """The row of each layer."""
        return self._items

    # -- asking ----------------------------------------------------------------------------------------------------

    def visible(self, layer: str) -> bool:
        item = self._items.get(layer)
        return item is not None and self._spatial[layer] and item.checkState(0) == Qt.CheckState.Checked

    def current_layer(self) -> str:
        item = self.tree.currentItem()
        while item is not None:
            found = item.data(0, LAYER)
            if found:
                return str(found)
            item = item.parent()
        return ""

    def set_current(self, layer: str) -> None:
        item = self._items.get(layer)
        if item is not None and self.current_layer() != layer:
            self.tree.setCurrentItem(item)

    def show_layer(self, layer: str, on: bool = True) -> None:
        item = self._items.get(layer)
        if item is not None and self._spatial[layer]:
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def show_all(self) -> None:
        self._set_all(lambda _layer: True)

    def show_only(self, layer: str) -> None:
        self._set_all(lambda one: one == layer)

    def _set_all(self, wanted: Callable[[str], bool]) -> None:
        with self._quietly():
            for layer in self._items:
                self.show_layer(layer, wanted(layer))
        self.visibility_changed.emit()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What changes meanwhile is the program's doing, not a hand's."""
        before, self._filling = self._filling, True
        try:
            yield
        finally:
            self._filling = before

    # -- events ----------------------------------------------------------------------------------------------------

    def edit_title(self, layer: str) -> None:
        """Let the title be typed in its row."""
        item = self._items[layer]
        with self._quietly():
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.tree.scrollToItem(item)
        self.tree.setCurrentItem(item)
        self.tree.editItem(item, 0)

    def _checked(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        layer = str(item.data(0, LAYER) or "")
        if layer and item.text(0) != self._said[layer][0]:
            # Not at once: the editor that tells it is still open, and the tree is filled anew.
            typed = item.text(0)
            QTimer.singleShot(0, self, lambda: self.renamed.emit(layer, typed))
        else:
            self.visibility_changed.emit()

    def _current(self, _now: object, _before: object) -> None:
        if not self._filling:
            self.current_changed.emit(self.current_layer())

    def _double(self, item: QTreeWidgetItem, _column: int) -> None:
        """How the layer looks, as in QGIS; of one without shapes, its rows."""
        layer = item.data(0, LAYER)
        if layer:
            self.asked.emit("style" if self._spatial[layer] else "table", str(layer))

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        layer = str(item.data(0, LAYER) or "")
        kind, above = item.data(0, NOTE), item.parent()
        if kind and kind != "warning" and above is not None:
            self.asked.emit(str(kind), str(above.data(0, LAYER)))
        elif column == 1 and self.marks.asked_by_sign(layer):
            self.asked.emit(self.marks.asked_by_sign(layer), layer)

    def _menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        layer = str(item.data(0, LAYER) or "") if item is not None else ""
        if not layer:
            return
        menu = self.menu_for(layer)
        menu.exec(self.tree.viewport().mapToGlobal(place))

    def menu_for(self, layer: str) -> QMenu:
        """What can be done with a layer; the rows are `menu.py`'s."""
        menu = QMenu(self)
        fill_menu(menu, self._entry(layer), lambda what: self.asked.emit(what, layer))
        if self._spatial[layer]:
            self.menu_filled.emit(menu, layer)
        return menu

    def _entry(self, layer: str) -> Offer:
        """What the menu's rows depend on."""
        return Offer(
            spatial=self._spatial[layer],
            visible=self.visible(layer),
            faulty=bool(self.marks.warning(layer)),
            reference=layer in self._papers,
            paper=self._papers.get(layer, ""),
            choices=self._choices.get(layer, ("", ())),
        )

    def _sift(self, text: str) -> None:
        show_matching(self.tree, text)
