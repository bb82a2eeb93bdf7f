"""What to make: all products group by group, folded into one line so that the subjects have room."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.papers.product_popup import ProductPopup
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.products import PRODUCTS


class ProductPicker(CalmCombo):
    """`chosen` (key of the product). ↑ ↓ go through all of them; what is typed is searched in the list, which opens."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("要出什么"))
        self.setMinimumContentsLength(8)
        model = QStandardItemModel(self)
        for one in PRODUCTS.values():
            item = QStandardItem(one.title)
            item.setData(one.key, 0x0100)
            model.appendRow(item)
        self.setModel(model)
        self.list: ProductPopup | None = None  # made when it is opened first
        self.dress()
        self.currentIndexChanged.connect(self._changed)
        theme().changed.connect(self.dress)

    def dress(self) -> None:
        for row in range(self.count()):
            self.setItemIcon(row, icon(PRODUCTS[self.itemData(row, 0x0100)].icon or "file", "text2"))
        self.setIconSize(QSize(theme().px(18), theme().px(18)))
        if self.list is not None:
            self.list.deleteLater()  # the next one has the new sizes
            self.list = None

    def choose(self, key: str) -> None:
        self.setCurrentIndex(self.findData(key, 0x0100))

    def showPopup(self) -> None:
        self._open("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() and event.text().isprintable():
            self._open(event.text())
        else:
            super().keyPressEvent(event)

    def _open(self, begun: str) -> None:
        if self.list is None:
            self.list = ProductPopup(self)
            self.list.chosen.connect(self.choose)
        self.list.ask(self.currentData(0x0100), self, begun)

    def _changed(self, row: int) -> None:
        key = self.itemData(row, 0x0100)
        if key:
            self.chosen.emit(key)
