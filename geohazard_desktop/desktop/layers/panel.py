"""The layer tree: groups, visibility, swatches by the map's own symbols, counts, and what can be done with a layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon
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
from geohazard_desktop.desktop.icons import icon, severity_pixmap
from geohazard_desktop.desktop.layers.menu import Offer, fill_menu
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.theme import theme

_LAYER = int(Qt.ItemDataRole.UserRole)
_NOTE = _LAYER + 7
_WIDEST = 298
_MOST_OF_WINDOW = 0.3


@dataclass(frozen=True, slots=True)
class Entry:
    """One layer as the tree shows it. `classes` are (icon, label, figure, tip) below it."""

    layer: str
    title: str
    group: str
    icon: QIcon | None
    count: int
    personal: bool = False
    spatial: bool = True
    classes: Sequence[tuple[QIcon, str, str, str]] = field(default_factory=tuple)
    fault: str = ""  # why the layer is drawn in its default style
    paper: str | None = None  # of a reference layer: on which papers it is; None for the workspace's own layers
    source: str = ""
    tip: str = ""


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
        self.tree.setIconSize(QSize(22, 16))
        self.tree.setIndentation(theme().px(16))
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
        self._personal: set[str] = set()
        self._warnings: dict[str, str] = {}
        self._notes: dict[tuple[str, str], tuple[str, str]] = {}  # by layer and kind
        self._left_out: dict[str, tuple[int, str]] = {}  # features that are not shown, and why
        self._numbers: dict[str, int] = {}
        self._choices: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {}
        self._findings: dict[str, tuple[str, str]] = {}
        self._filling = False
        self._keep_names()

    # -- filling ---------------------------------------------------------------------------------------------------

    def _keep_names(self) -> None:
        """Wide enough for every name beside swatch, count and lock, also in large type; one that is longer still than
        any of the district's is cut."""
        tree = self.tree
        columns = [0] * tree.columnCount()
        for item in self._items.values():
            rows = [(item, 2), *((item.child(at), 3) for at in range(item.childCount()))]
            for row, depth in rows:
                for column in range(len(columns)):
                    indent = tree.indentation() * depth if column == 0 else 0
                    hint = tree.sizeHintForIndex(tree.indexFromItem(row, column)).width() + indent
                    columns[column] = max(columns[column], hint)
        # Shares and marks come later: they find their room, and no run of the checks makes the dock wider.
        columns[1] = max(columns[1], QFontMetrics(theme().font("small")).horizontalAdvance("88.88 %") + theme().px(16))
        columns[2:] = [max(one, theme().px(26)) for one in columns[2:]]
        wanted = sum(columns) + tree.verticalScrollBar().sizeHint().width()
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
        self._filling = True
        self.tree.clear()
        self._items, self._spatial = {}, {}
        self._said = {one.layer: (one.title, one.paper or "", one.source) for one in entries}
        self._papers = {one.layer: one.paper for one in entries if one.paper is not None}
        self._personal = {one.layer for one in entries if one.personal}
        groups: dict[str, QTreeWidgetItem] = {}
        for one in entries:
            if one.group not in groups:
                groups[one.group] = self._group(one.group)
                groups[one.group].setExpanded(groups[one.group].text(0) not in closed)
            item = QTreeWidgetItem(groups[one.group])
            item.setText(0, one.title)
            item.setToolTip(0, one.tip)
            item.setData(0, _LAYER, one.layer)
            if one.icon is not None:
                item.setIcon(0, one.icon)
            if one.spatial:
                item.setCheckState(0, Qt.CheckState.Unchecked if one.layer in hidden else Qt.CheckState.Checked)
            if one.fault:
                self._say_fault(item, one.fault)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, theme().colour("text3"))
            item.setFont(1, theme().font("small"))
            self._items[one.layer], self._spatial[one.layer] = item, one.spatial
            self._count(one.layer, one.count)
            self._mark(one.layer)
            for picture, words, figure, tip in one.classes:
                child = QTreeWidgetItem(item)
                child.setText(0, words)
                child.setIcon(0, picture)
                child.setText(1, figure)
                child.setToolTip(0, tip or words)
                child.setToolTip(1, tip)
                child.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                child.setForeground(1, theme().colour("text3"))
                child.setFont(1, theme().font("small"))
                child.setFlags(child.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            figures = any(figure for _icon, _words, figure, _tip in one.classes)
            item.setExpanded(bool(one.fault) or unfolded.get(one.layer, figures))
        self._filling = False
        self.set_current(current if current in self._items else next(iter(self._items), ""))
        self._sift(self.filter.text())
        for (layer, kind), (note, tip) in list(self._notes.items()):
            self.set_note(layer, note, tip, kind)
        self._keep_names()
        self.filled.emit()

    def set_note(self, layer: str, note: str, tip: str, kind: str = "warning") -> None:
        """What holds in a layer just now (people are moved out; a filter is on), in a row of its own below it, where it
        takes no room from a name; and a sentence about it. "" takes it away. A click on the row of a `kind` that is no
        warning asks for it."""
        item = self._items.get(layer)
        if item is None or (not note and (layer, kind) not in self._notes):
            return
        self._notes[layer, kind] = note, tip
        if not note:
            del self._notes[layer, kind]
        self._filling = True
        row = next((item.child(at) for at in range(item.childCount()) if item.child(at).data(0, _NOTE) == kind), None)
        if not note and row is not None:
            item.removeChild(row)
        elif note:
            if row is None:
                row = QTreeWidgetItem()
                row.setData(0, _NOTE, kind)
                warns = kind == "warning"
                sign = QIcon(severity_pixmap("warning", theme().px(14), self.devicePixelRatioF()))
                row.setIcon(0, sign if warns else icon(kind, "accent"))
                row.setForeground(0, theme().colour("reminder" if warns else "accent"))
                row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsSelectable)
                item.insertChild(0, row)
                item.setExpanded(True)
            row.setText(0, note)
            row.setToolTip(0, tip)
        said = "\n".join(tip for (one, _kind), (_note, tip) in self._notes.items() if one == layer)
        item.setToolTip(0, said)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)
        self._filling = False

    def noted(self, kind: str) -> list[str]:
        """The layers with a note of that kind."""
        return [layer for layer, one in self._notes if one == kind]

    def set_left_out(self, layer: str, count: int, words: str) -> None:
        """Say with a layer's count how much of it is not shown (7 / 8), and why in its tooltip."""
        if self._left_out.get(layer, (0, "")) != (count, words):
            self._left_out[layer] = (count, words)
            if layer in self._items:
                self.set_counts({layer: self._numbers.get(layer, 0)})
                self._filling = True
                self._mark(layer)
                self._filling = False

    def set_choices(self, layer: str, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """A submenu of a layer: `title`, and rows of what is asked for and its words."""
        self._choices[layer] = (title, rows)

    def set_warnings(self, warnings: Mapping[str, str]) -> None:
        """Mark these layers; the sentence is the mark's tooltip. A click on the mark asks for "faults"."""
        self._warnings = dict(warnings)
        self._filling = True
        for layer in self._items:
            self._mark(layer)
        self._filling = False

    def set_findings(self, findings: Mapping[str, tuple[str, str]]) -> None:
        """Mark layers that the checks found something in: (severity, words). A click asks for "findings"."""
        self._findings = dict(findings)
        self.set_warnings(self._warnings)

    def warning(self, layer: str) -> str:
        """What the mark of a layer says; "" without one."""
        return self._warnings.get(layer, "")

    def _mark(self, layer: str) -> None:
        """Beside the count: a warning rather than the sign of personal data, since it alone asks for work."""
        item, warning = self._items[layer], self._warnings.get(layer, "")
        private = _("个人信息，不进公开图") if layer in self._personal else ""
        severity, found = self._findings.get(layer, ("warning", ""))
        if warning or found:
            item.setIcon(1, QIcon(severity_pixmap(severity, theme().px(14), self.devicePixelRatioF())))
        else:
            item.setIcon(1, icon("user", "text3") if private else QIcon())
        said = [
            self._left_out.get(layer, (0, ""))[1],
            warning,
            found,
            _("点一下，选中这些要素。") if warning else _("点一下，列出来。") if found else "",
            private,
        ]
        item.setToolTip(1, "\n".join(one for one in said if one))
        item.setData(1, Qt.ItemDataRole.AccessibleDescriptionRole, warning or found or private)

    def _say_fault(self, item: QTreeWidgetItem, words: str) -> None:
        child = QTreeWidgetItem(item)
        child.setText(0, _("样式读不懂"))
        child.setIcon(0, QIcon(severity_pixmap("warning", 14, self.devicePixelRatioF())))
        child.setFlags(child.flags() & ~Qt.ItemFlag.ItemIsSelectable)
        for one in (item, child):
            one.setToolTip(0, words)

    def _ask_style(self) -> None:
        layer = self.current_layer()
        if layer:
            self.asked.emit("style", layer)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        return [one for one in found if one is not None]

    def _group(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree)
        item.setText(0, title or _("其他"))
        item.setFlags((item.flags() | Qt.ItemFlag.ItemIsAutoTristate) & ~Qt.ItemFlag.ItemIsSelectable)
        font = theme().font()
        font.setBold(True)
        item.setFont(0, font)
        item.setExpanded(True)
        return item

    def set_counts(self, counts: Mapping[str, int]) -> None:
        self._filling = True
        for layer, count in counts.items():
            self._count(layer, count)
        self._filling = False

    def _count(self, layer: str, count: int) -> None:
        item = self._items.get(layer)
        if item is not None:
            self._numbers[layer] = count
            hidden = self._left_out.get(layer, (0, ""))[0]
            shown = f"{count - hidden:,} / " if hidden else ""
            item.setText(1, f"{shown}{count:,}".replace(",", "\u2009"))
            item.setForeground(1, theme().colour("text3"))
            item.setForeground(0, theme().colour("text" if count else "text3"))

    def set_figures(self, layer: str, figures: Mapping[str, tuple[str, str]]) -> None:
        """Figures and tips of a layer's classes by their label (the susceptibility shares)."""
        item = self._items.get(layer)
        if item is None:
            return
        self._filling = True
        for index in range(item.childCount()):
            child = item.child(index)
            figure, tip = figures.get(child.text(0), ("", ""))
            child.setText(1, figure)
            child.setToolTip(1, tip)
        if any(figure for figure, _tip in figures.values()):
            item.setExpanded(True)
        self._filling = False

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
            found = item.data(0, _LAYER)
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

    def _set_all(self, wanted: object) -> None:
        self._filling = True
        for layer in self._items:
            self.show_layer(layer, wanted(layer))  # type: ignore[operator]
        self._filling = False
        self.visibility_changed.emit()

    # -- events ----------------------------------------------------------------------------------------------------

    def edit_title(self, layer: str) -> None:
        """Let the title be typed in its row."""
        item = self._items[layer]
        self._filling = True
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self._filling = False
        self.tree.scrollToItem(item)
        self.tree.setCurrentItem(item)
        self.tree.editItem(item, 0)

    def _checked(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        layer = str(item.data(0, _LAYER) or "")
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
        layer = item.data(0, _LAYER)
        if layer:
            self.asked.emit("zoom" if self._spatial[layer] else "table", str(layer))

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        layer = str(item.data(0, _LAYER) or "")
        kind, above = item.data(0, _NOTE), item.parent()
        if kind and kind != "warning" and above is not None:
            self.asked.emit(str(kind), str(above.data(0, _LAYER)))
        elif column == 1 and layer in self._warnings:
            self.asked.emit("faults", layer)
        elif column == 1 and layer in self._findings:
            self.asked.emit("findings", layer)

    def _menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        layer = str(item.data(0, _LAYER) or "") if item is not None else ""
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
            faulty=layer in self._warnings,
            reference=layer in self._papers,
            paper=self._papers.get(layer, ""),
            choices=self._choices.get(layer, ("", ())),
        )

    def _sift(self, text: str) -> None:
        wanted = text.strip().lower()
        for index in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(index)
            if group is None:
                continue
            shown = 0
            for row in range(group.childCount()):
                item = group.child(row)
                hit = not wanted or wanted in item.text(0).lower() or wanted in group.text(0).lower()
                item.setHidden(not hit)
                shown += hit
            group.setHidden(not shown)
