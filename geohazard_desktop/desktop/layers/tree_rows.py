"""The rows that the layer tree is made of: a group, a layer in it, its classes below; and how wide they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import severity_pixmap
from geohazard_desktop.desktop.theme import theme

LAYER = int(Qt.ItemDataRole.UserRole)  # of a layer's row: its table
NOTE = LAYER + 7  # of a note's row: its kind


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


def group_row(tree: QTreeWidget, title: str) -> QTreeWidgetItem:
    """A group at the end of the tree."""
    item = QTreeWidgetItem(tree)
    item.setText(0, title or _("其他"))
    item.setFlags((item.flags() | Qt.ItemFlag.ItemIsAutoTristate) & ~Qt.ItemFlag.ItemIsSelectable)
    font = theme().font()
    font.setBold(True)
    item.setFont(0, font)
    item.setExpanded(True)
    return item


def layer_row(group: QTreeWidgetItem, one: Entry, *, hidden: bool, ratio: float) -> QTreeWidgetItem:
    """A layer with its classes, at the end of its group; `ratio` is the screen's device pixels to a logical one."""
    item = QTreeWidgetItem(group)
    item.setText(0, one.title)
    item.setToolTip(0, one.tip)
    item.setData(0, LAYER, one.layer)
    if one.icon is not None:
        item.setIcon(0, one.icon)
    if one.spatial:
        item.setCheckState(0, Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
    if one.fault:
        _fault_row(item, one.fault, ratio)
    _dress_figure(item)
    for picture, words, figure, tip in one.classes:
        child = QTreeWidgetItem(item)
        child.setText(0, words)
        child.setIcon(0, picture)
        child.setText(1, figure)
        child.setToolTip(0, tip or words)
        child.setToolTip(1, tip)
        _dress_figure(child)
        child.setFlags(child.flags() & ~Qt.ItemFlag.ItemIsSelectable)
    return item


def _dress_figure(item: QTreeWidgetItem) -> None:
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setForeground(1, theme().colour("text3"))
    item.setFont(1, theme().font("small"))


def _fault_row(item: QTreeWidgetItem, words: str, ratio: float) -> None:
    child = QTreeWidgetItem(item)
    child.setText(0, _("样式读不懂"))
    child.setIcon(0, QIcon(severity_pixmap("warning", 14, ratio)))
    child.setFlags(child.flags() & ~Qt.ItemFlag.ItemIsSelectable)
    for one in (item, child):
        one.setToolTip(0, words)


def width_of(tree: QTreeWidget, layers: Iterable[QTreeWidgetItem]) -> int:
    """Device-independent pixels that every name takes beside swatch, count and lock, with a scroll bar."""
    columns = [0] * tree.columnCount()
    for item in layers:
        rows = [(item, 2), *((item.child(at), 3) for at in range(item.childCount()))]
        for row, depth in rows:
            for column in range(len(columns)):
                indent = tree.indentation() * depth if column == 0 else 0
                hint = tree.sizeHintForIndex(tree.indexFromItem(row, column)).width() + indent
                columns[column] = max(columns[column], hint)
    # Shares and marks come later: they find their room, and no run of the checks makes the dock wider.
    columns[1] = max(columns[1], QFontMetrics(theme().font("small")).horizontalAdvance("88.88 %") + theme().px(16))
    columns[2:] = [max(one, theme().px(26)) for one in columns[2:]]
    return sum(columns) + tree.verticalScrollBar().sizeHint().width()


def show_matching(tree: QTreeWidget, text: str) -> None:
    """List the layers whose title, or whose group's, has what was typed; "" lists all."""
    wanted = text.strip().lower()
    for index in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(index)
        if group is None:
            continue
        shown = 0
        for row in range(group.childCount()):
            item = group.child(row)
            hit = not wanted or wanted in item.text(0).lower() or wanted in group.text(0).lower()
            item.setHidden(not hit)
            shown += hit
        group.setHidden(not shown)
