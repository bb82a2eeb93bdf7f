"""The pages of a PDF as a column of small pictures; each is rendered when it comes into sight."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.theme import theme

Index = QModelIndex | QPersistentModelIndex


class PageThumbs(QListWidget):
    """`chosen` (number of the page, from 0)."""

    chosen = Signal(int)

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self.setObjectName("thumbs")
        self.setAccessibleName(_("页面缩略图"))
        self.setFixedWidth(theme().px(132))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.document = document
        self.images: dict[int, QImage] = {}
        self._asked: dict[int, int] = {}
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._rendered)
        self.setItemDelegate(_Thumb(self))
        self.currentRowChanged.connect(self._row)

    def reload(self) -> None:
        self.images.clear()
        self._asked.clear()
        self.blockSignals(True)
        self.clear()
        for number in range(self.document.pageCount()):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("第 {n} 页").format(n=number + 1))
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)

    def show_page(self, page: int) -> None:
        """Mark the page that is looked at."""
        self.blockSignals(True)
        self.setCurrentRow(page)
        self.blockSignals(False)
        item = self.item(page)
        if item is not None:
            self.scrollToItem(item)

    def _row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def size_of(self, page: int) -> QSize:
        """Of the small picture, in logical pixels."""
        points = self.document.pagePointSize(page)
        room = theme().px(96)
        scale = min(room / max(1.0, points.width()), room * 1.2 / max(1.0, points.height()))
        return QSize(max(1, round(points.width() * scale)), max(1, round(points.height() * scale)))

    def ask(self, page: int) -> None:
        if page in self._asked.values():
            return
        size = self.size_of(page) * self.devicePixelRatioF()
        self._asked[self._renderer.requestPage(page, size, QPdfDocumentRenderOptions())] = page

    def _rendered(self, page: int, _size: QSize, image: QImage, _options: object, number: int) -> None:
        if self._asked.pop(number, None) is not None and not image.isNull():
            self.images[page] = image
            self.viewport().update()


class _Thumb(QStyledItemDelegate):
    def __init__(self, thumbs: PageThumbs) -> None:
        super().__init__(thumbs)
        self._thumbs = thumbs

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self._thumbs.size_of(index.row())
        return QSize(size.width() + theme().px(16), size.height() + theme().px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        page = index.row()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        current = page == self._thumbs.currentRow()
        if current:
            painter.fillRect(rect, theme().colour("selected"))
        size = self._thumbs.size_of(page)
        box = QRect(rect.center().x() - size.width() // 2, rect.top() + theme().px(7), size.width(), size.height())
        painter.fillRect(box, Qt.GlobalColor.white)
        image = self._thumbs.images.get(page)
        if image is not None:
            painter.drawImage(box, image)
        else:
            self._thumbs.ask(page)
        painter.setPen(theme().colour("accent" if current else "border"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(theme().colour("text" if current else "text2"))
        painter.setFont(theme().font("small", bold=current))
        below = QRect(rect.left(), box.bottom() + 1, rect.width(), rect.bottom() - box.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))
