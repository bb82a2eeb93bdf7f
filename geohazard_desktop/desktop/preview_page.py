"""A finished PDF inside the window: the page as it will be printed, its text selectable."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.theme import theme


class PreviewPage(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.path: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(10), theme().px(6))
        self.title = Elided("", "body", "text")
        row.addWidget(self.title, 1)
        self.pages = label("", "note")
        row.addWidget(self.pages)
        row.addWidget(icon_button("zoom-out", _("缩小"), lambda: self._zoom(1 / 1.25)))
        row.addWidget(icon_button("zoom-in", _("放大"), lambda: self._zoom(1.25)))
        row.addWidget(button(_("整页"), self._whole, size="small"))
        row.addWidget(button(_("用系统程序打开"), self._open, size="small"))
        row.addWidget(button(_("回到地图"), self.closed.emit, size="small"))
        column.addWidget(head)
        self.view = QPdfView(self)
        self._document = QPdfDocument(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._buffer = QBuffer(self)
        column.addWidget(self.view, 1)

    def show_file(self, path: Path) -> None:
        """Show a PDF. It is read whole, so that the file itself stays free to be printed anew."""
        self.path = path
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(path.read_bytes()))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.title.set_text(path.name)
        self.title.setToolTip(str(path))
        count = self._document.pageCount()
        if count:
            size = self._document.pagePointSize(0)
            self.pages.setText(
                _("共 {count} 页　{width:.0f} × {height:.0f} 毫米").format(
                    count=count, width=size.width() / 72 * 25.4, height=size.height() / 72 * 25.4
                )
            )
        else:
            self.pages.setText(_("打不开这个文件"))
        self._whole()

    def _zoom(self, factor: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom and self._document.pageCount():
            size = self._document.pagePointSize(0)
            dots = self.logicalDpiX() / 72
            now = min(
                self.view.viewport().width() / (size.width() * dots),
                self.view.viewport().height() / (size.height() * dots),
            )
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(0.1, min(8.0, now * factor)))

    def _whole(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)
