"""A page of a printed sheet under the hand: as large as its room allows, painted once for each size."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from geohazard_desktop.publishing.report import SheetMap


class PageUnderHand(QWidget):
    """What stands over the page is the subclass's: it paints `page_image` first."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._document: QPdfDocument | None = None
        self._sheet: SheetMap | None = None
        self._image = QImage()
        self._factor = 1.0  # of the size at which the whole page is in sight

    def set_page(self, document: QPdfDocument, sheet: SheetMap) -> None:
        self._document, self._sheet = document, sheet
        self._image = QImage()

    def fit(self, room: QSize) -> None:
        if self._document is None or self._sheet is None:
            return
        points = self._document.pagePointSize(self._sheet.page)
        scale = min(room.width() / points.width(), room.height() / points.height()) * self._factor
        self.resize(max(1, round(points.width() * scale)), max(1, round(points.height() * scale)))
        self._image = QImage()
        self.update()

    @property
    def pixels_per_mm(self) -> float:
        assert self._document is not None
        assert self._sheet is not None
        return self.width() / (self._document.pagePointSize(self._sheet.page).width() / 72 * 25.4)

    def page_image(self) -> QImage:
        """The page on white at this size and the screen's own resolution."""
        assert self._document is not None
        assert self._sheet is not None
        if self._image.isNull():
            ratio = self.devicePixelRatioF()
            whole = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
            whole.fill(Qt.GlobalColor.white)
            inside = QPainter(whole)
            inside.drawImage(0, 0, self._document.render(self._sheet.page, whole.size()))
            inside.end()
            whole.setDevicePixelRatio(ratio)
            self._image = whole
        return self._image
