"""Printing: the pages of PDFs go to a printer sheet by sheet, sharp, and never all in memory at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.print_plan import OVERLAP, Part
from geohazard_desktop.desktop.theme import theme

_LEAST_DPI, _MOST_DPI = 300, 600
_BAND_PIXELS = 8_000_000
_A4 = 210 * 297 * 1.05


def page_sizes(path: Path) -> list[QSizeF]:
    """Of every page, in mm; empty where the file can't be read as a PDF."""
    document = QPdfDocument()
    document.load(str(path))
    found = [document.pagePointSize(page) * (25.4 / 72) for page in range(document.pageCount())]
    document.close()
    return found


def dpi_of(printer: QPrinter, part: Part) -> int:
    """At least 300; 600 at most, and 300 on sheets larger than A4, which are not read from so near."""
    most = _MOST_DPI if part.target.width() * part.target.height() <= _A4 else _LEAST_DPI
    return max(_LEAST_DPI, min(most, printer.resolution()))


class PrintWork(QObject):
    """One sheet a turn of the event loop. `progressed` (done, of how many), then `finished` or `failed` (sentence)."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, printer: QPrinter, files: Sequence[Path], parts: Sequence[Part | None], parent: QObject) -> None:
        super().__init__(parent)
        self._printer, self._files, self._parts = printer, files, list(parts)
        self._painter = QPainter()
        self._document = QPdfDocument(self)
        self._file = -1
        self._done = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        self._lay(self._parts[0])
        if not self._painter.begin(self._printer):
            name = self._printer.printerName() or self._printer.outputFileName()
            self.failed.emit(_("“{name}”打不开，没有打印。请看看它是不是开着、有没有连上。").format(name=name))
            return
        self._timer.start()

    def stop(self) -> None:
        """No further sheets; those that the printer has already it will print."""
        if self._timer.isActive():
            self._timer.stop()
            self._printer.abort()
            self._painter.end()
            self._document.close()

    def _lay(self, part: Part | None) -> None:
        if part is None:
            return
        low, high = sorted((part.paper.width(), part.paper.height()))
        size = QPageSize(QSizeF(low, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        lying = part.paper.width() > part.paper.height()
        way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
        layout.setMode(QPageLayout.Mode.FullPageMode)
        self._printer.setPageLayout(layout)
        self._printer.setFullPage(True)

    def _next(self) -> None:
        part = self._parts[self._done]
        if self._done:
            self._lay(part)
            if not self._printer.newPage():
                self._end(_("打印机没有接收第 {n} 张，后面的没有打印。").format(n=self._done + 1))
                return
        if part is not None and not self._paint(part):
            name = self._files[part.file].name
            self._end(_("{name} 读不了，后面的没有打印。文件可能被移走了，请再出一次。").format(name=name))
            return
        self._done += 1
        self.progressed.emit(self._done, len(self._parts))
        if self._done == len(self._parts):
            self._end("")

    def _end(self, fault: str) -> None:
        self._timer.stop()
        written = self._painter.end()
        self._document.close()
        if fault or not written:
            self.failed.emit(fault or _("没有写成，磁盘可能满了。请换一个有空间的地方。"))
        else:
            self.finished.emit()

    def _paint(self, part: Part) -> bool:
        if part.file != self._file:
            self._document.close()
            self._document.load(str(self._files[part.file]))
            self._file = part.file
        if part.page >= self._document.pageCount():
            return False
        dots = self._printer.resolution() / 25.4
        dpi = dpi_of(self._printer, part)
        scale = part.target.width() / part.source.width()
        fine = dpi / 25.4 * scale  # rendered dots a mm of the page
        page = self._document.pagePointSize(part.page) * (25.4 / 72)
        whole = QSize(round(page.width() * fine), round(page.height() * fine))
        clip = QRectF(
            part.source.x() * fine, part.source.y() * fine, part.source.width() * fine, part.source.height() * fine
        ).toAlignedRect()
        clip = clip.intersected(QRect(0, 0, whole.width(), whole.height()))
        band = max(1, _BAND_PIXELS // max(1, clip.width()))
        unit = 25.4 / dpi * dots  # printer dots a rendered dot
        corner = QPointF(part.target.x() * dots, part.target.y() * dots)
        for top in range(0, clip.height(), band):
            piece = QRect(clip.x(), clip.y() + top, clip.width(), min(band, clip.height() - top))
            image = self._render(part.page, whole, piece)
            place = QRectF(corner.x(), corner.y() + top * unit, piece.width() * unit, piece.height() * unit)
            self._painter.drawImage(place, image)
        if part.label:
            self._paint_glue(part, dots)
        return True

    def _render(self, page: int, whole: QSize, piece: QRect) -> QImage:
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(piece)
        image = self._document.render(page, piece.size(), options)
        white = QImage(image.size(), QImage.Format.Format_RGB32)
        white.fill(Qt.GlobalColor.white)
        painter = QPainter(white)
        painter.drawImage(0, 0, image)
        painter.end()
        return white

    def _paint_glue(self, part: Part, dots: float) -> None:
        """The strips that the next part covers, a frame to cut along, and which part this is."""
        painter = self._painter
        frame = QRectF(
            part.target.x() * dots, part.target.y() * dots, part.target.width() * dots, part.target.height() * dots
        )
        painter.save()
        painter.setPen(QPen(Qt.GlobalColor.darkGray, 0.2 * dots, Qt.PenStyle.DashLine))
        painter.drawRect(frame)
        strip = OVERLAP * dots
        if part.glue_right:
            x = frame.right() - strip
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        if part.glue_below:
            y = frame.bottom() - strip
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        font = theme().font("small")
        font.setPixelSize(max(1, round(2.6 * dots)))
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        below = QRectF(
            frame.left(), frame.bottom() + 0.5 * dots, (part.paper.width() - 2 * part.target.x()) * dots, 4 * dots
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, part.label)
        painter.restore()
