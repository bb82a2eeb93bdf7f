"""What to make: all products group by group, folded into one line so that the subjects have room."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.product import GROUPS
from geohazard_desktop.publishing.products import PRODUCTS


class ProductPicker(CalmCombo):
    """`chosen` (key of the product)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("要出什么"))
        self.setMaxVisibleItems(30)
        self.setMinimumContentsLength(8)
        model = QStandardItemModel(self)
        group = ""
        for one in PRODUCTS.values():
            if one.group != group:
                group = one.group
                head = QStandardItem(GROUPS[group])
                head.setSelectable(False)
                head.setEnabled(False)
                model.appendRow(head)
            item = QStandardItem(one.title)
            item.setData(one.key, 0x0100)
            item.setToolTip(one.note)
            model.appendRow(item)
        self.setModel(model)
        self.dress()
        self.currentIndexChanged.connect(self._changed)
        theme().changed.connect(self.dress)

    def dress(self) -> None:
        for row in range(self.count()):
            key = self.itemData(row, 0x0100)
            if key:
                self.setItemIcon(row, icon(PRODUCTS[key].icon or "file", "text2"))
        self.setIconSize(QSize(theme().px(18), theme().px(18)))

    def choose(self, key: str) -> None:
        self.setCurrentIndex(self.findData(key, 0x0100))

    def _changed(self, row: int) -> None:
        key = self.itemData(row, 0x0100)
        if key:
            self.chosen.emit(key)
