"""A list or table as high as whole rows: one that ends in the middle of a line looks as if that line were the last."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from geohazard_desktop.desktop.theme import theme


class WholeRows(QWidget):
    """Stands in a layout for `view`, and comes and goes with it. `least` rows are always asked for."""

    def __init__(self, view: QAbstractItemView, least: int = 3) -> None:
        super().__init__()
        self.view, self._least = view, least
        view.setParent(self)
        view.installEventFilter(self)

    def _row(self) -> int:
        if isinstance(self.view, QTableView):
            return self.view.verticalHeader().defaultSectionSize()
        hint = self.view.sizeHintForRow(0)
        return hint if hint > 0 else theme().px(25)

    def _around(self) -> int:
        """Head and frame."""
        frame = self.view.height() - self.view.contentsRect().height()  # also what the style sheet draws around it
        head = self.view.horizontalHeader() if isinstance(self.view, QTableView) else None
        return frame + (head.sizeHint().height() if head is not None and not head.isHidden() else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.view.minimumSizeHint().width(), self._around() + self._least * self._row())

    def sizeHint(self) -> QSize:
        return QSize(self.view.sizeHint().width(), max(self.view.sizeHint().height(), self.minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        room = self.height() - self._around()
        rows = room // self._row()
        high = self._around() + rows * self._row() if rows > 0 else self.height()
        self.view.setGeometry(0, 0, self.width(), high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setHidden(self.view.isHidden())
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutRequest):
            self.updateGeometry()
            self.fit()
        return super().eventFilter(watched, event)
