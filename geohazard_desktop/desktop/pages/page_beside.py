"""A page under the hand and the panel beside it: how both stand, and that the page fills its room."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.desktop.pages.page_under_hand import PageUnderHand
from geohazard_desktop.desktop.theme import theme

_MARGIN = 8


class PageBeside(QWidget):
    """`left`: the user is done. What stands in `column` is the subclass's."""

    left = Signal()

    def __init__(self, page: PageUnderHand) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._page = page
        self.area = QScrollArea()
        self.area.setWidget(page)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.viewport().installEventFilter(self)
        row.addWidget(self.area, 1)
        side = QWidget()
        side.setObjectName("panel")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(theme().px(252))
        self.column = QVBoxLayout(side)
        self.column.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12))
        self.column.setSpacing(theme().px(7))
        row.addWidget(side)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _fit(self) -> None:
        self._page.fit(self.area.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN))
