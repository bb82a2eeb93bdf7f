"""What a template gets: the names that it may use, with what stands in them for the page in sight."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme

_LONGEST = 200
_MOST = 60  # items of a list: the twentieth row looks like the first


class DataPage(QWidget):
    """A tree of names and values; a double click copies the name as a template would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), 0)
        column.setSpacing(theme().px(6))
        column.addWidget(label(_("模板里能用的名字，和这一页现在的值。双击把名字复制下来。"), "note", wrap=True))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([_("名字"), _("现在的值")])
        self.tree.setAccessibleName(_("这一页的数据"))
        self.tree.header().resizeSection(0, theme().px(190))
        self.tree.itemDoubleClicked.connect(lambda item, _column: _copy(item))
        column.addWidget(self.tree, 1)
        self._shown: Mapping[str, Any] | None = None

    def show_data(self, data: Mapping[str, Any]) -> None:
        """The same data leave the tree as it was folded."""
        if data == self._shown:
            return
        self._shown = data
        self.tree.clear()
        self.tree.addTopLevelItems(list(_items(data)))
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None:
                item.setExpanded(True)
                if item.childCount():
                    item.child(0).setExpanded(True)


def _items(value: Any) -> Iterator[QTreeWidgetItem]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value[:_MOST], 1)
    for key, one in pairs:
        branch = isinstance(one, Mapping) or (isinstance(one, list | tuple) and one)
        text = "" if branch else _("（空着）") if one in (None, "", [], ()) else str(one)
        item = QTreeWidgetItem([str(key), text if len(text) <= _LONGEST else text[:_LONGEST] + "…"])
        item.setToolTip(1, text[:1000])
        if branch:
            if not isinstance(one, Mapping):
                item.setText(1, _("{count} 项").format(count=len(one)))
            item.addChildren(list(_items(one)))
        yield item


def _copy(item: QTreeWidgetItem) -> None:
    QGuiApplication.clipboard().setText(item.text(0))
