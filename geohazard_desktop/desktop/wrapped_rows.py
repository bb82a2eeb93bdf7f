"""Rows of a list that are never cut: as many lines as the words take at the list's width."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from geohazard_desktop.desktop.theme import theme

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class WrappedRows(QStyledItemDelegate):
    """Qt's own delegate reckons the height of a wrapped row without what a style sheet takes of its width."""

    def __init__(self, rows: QListWidget) -> None:
        super().__init__(rows)
        self._rows = rows

    def _font(self, index: Index) -> QFont:
        own = QFont(self._rows.font())
        asked = index.data(Qt.ItemDataRole.FontRole)
        own.setBold(isinstance(asked, QFont) and asked.bold())
        return own

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        pad = theme().px(6)
        bar = self._rows.verticalScrollBar().sizeHint().width()  # it may come only after the rows are laid out
        around = 2 * (self._rows.frameWidth() + self._rows.spacing() + pad)
        width = max(1, self._rows.width() - bar - around)
        room = QRect(0, 0, width, 100_000)
        high = QFontMetrics(self._font(index)).boundingRect(room, _WRAP, str(index.data() or "")).height()
        return QSize(width, high + theme().px(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.text = ""
        style = self._rows.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, self._rows)
        painter.save()
        painter.setFont(self._font(index))
        painter.setPen(theme().colour("text"))
        pad = theme().px(6)
        painter.drawText(option.rect.adjusted(pad, 0, -pad, 0), _WRAP, str(index.data() or ""))
        painter.restore()
