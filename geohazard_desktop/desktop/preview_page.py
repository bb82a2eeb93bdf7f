"""A finished PDF inside the window: the page as it will be printed, its text selectable, its names movable."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.publisher import Order, Result
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits.labels import LABELS
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.preview_labels import PreviewLabels
    from geohazard_desktop.publishing.report import SheetMap


class PreviewPage(QWidget):
    """`reset_asked` (Order): names were moved, the page is to be set anew. `moving_changed`: names can be moved."""

    closed = Signal()
    reset_asked = Signal(object)
    moving_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.path: Path | None = None
        self.labels: PreviewLabels | None = None
        self._session = session
        self._orders: dict[Path, tuple[Order, SheetMap]] = {}
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
        self.move_button = button(_("移动注记"), self._toggle, size="small", icon_name="label-move")
        self.move_button.setCheckable(True)
        row.addWidget(self.move_button)
        row.addWidget(icon_button("zoom-out", _("缩小"), lambda: self._zoom(1 / 1.25)))
        row.addWidget(icon_button("zoom-in", _("放大"), lambda: self._zoom(1.25)))
        row.addWidget(button(_("整页"), self._whole, size="small"))
        row.addWidget(button(_("用系统程序打开"), self._open, size="small"))
        row.addWidget(button(_("回到地图"), self.closed.emit, size="small"))
        column.addWidget(head)
        self.stack = QStackedWidget()
        self.view = QPdfView(self)
        self._document = QPdfDocument(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.stack.addWidget(self.view)
        self._buffer = QBuffer(self)
        column.addWidget(self.stack, 1)
        session.changed.connect(self._changed)
        session.closing.connect(self._closing)

    def show_file(self, path: Path) -> None:
        """Show a PDF. It is read whole, so that the file itself stays free to be printed anew."""
        again = path == self.path and self.moving
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
        self._settle()
        if again and self.labels is not None and path in self._orders:
            self.labels.show_sheet(self._document, self._orders[path][1])
            return
        self._leave()
        self._whole()

    # -- names -----------------------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether names can be moved now."""
        return self.labels is not None and self.stack.currentWidget() is self.labels

    def remember(self, result: Result) -> None:
        """What was printed, and where its names stand: only a sheet that this window set can be changed by hand."""
        if result.maps and result.files:
            self._orders[result.files[0]] = result.order, result.maps[0]

    def not_reset(self, order: Order) -> None:
        if self.moving and self.labels is not None and self.path is not None:
            known = self._orders.get(self.path)
            if known is not None and known[0] == order:
                self.labels.failed()

    def _settle(self) -> None:
        reason = self._session.read_only_reason() if self._session.ws is not None else _("没有打开工作文件。")
        if self.path not in self._orders:
            reason = _("只有这次打开后出的警示图能移动注记；请再出一次图。")
        self.move_button.setEnabled(not reason)
        self.move_button.setToolTip(reason or _("把图上的名称拖到合适的地方，马上重排这一页。"))

    def _toggle(self) -> None:
        known = self._orders.get(self.path) if self.path is not None else None
        if self.moving or known is None:
            self._leave()
            self._whole()
            return
        if self.labels is None:
            from geohazard_desktop.desktop.preview_labels import PreviewLabels

            self.labels = PreviewLabels(self._session)
            self.stack.addWidget(self.labels)
        self.stack.setCurrentWidget(self.labels)
        self.move_button.setChecked(True)
        self.labels.show_sheet(self._document, known[1])
        self.labels.look_at_map()
        self.labels.page.setFocus()
        self.moving_changed.emit(True)

    def take_labels(self) -> bool:
        """The tool 移动注记, taken while a page is in sight. False: the names of this page can't be moved."""
        if not self.move_button.isEnabled():
            return False
        if not self.moving:
            self._toggle()
        return True

    def _leave(self) -> None:
        if self.labels is not None and self.moving:
            self.labels.page.tool.cancel()
            self.stack.setCurrentWidget(self.view)
            self.moving_changed.emit(False)
        self.move_button.setChecked(False)

    def _changed(self, deltas: Sequence[Delta]) -> None:
        """A name was moved here, or undone: set the page anew."""
        known = self._orders.get(self.path) if self.path is not None else None
        if self.labels is None or not self.moving or known is None or not self.isVisible():
            return
        if any(one.layer == LABELS for one in deltas):
            self.labels.waiting()
            self.reset_asked.emit(known[0])

    def _closing(self) -> None:
        """The names of another workspace are no longer ours to move."""
        self._leave()
        self._orders.clear()
        if self.labels is not None:
            self.stack.removeWidget(self.labels)
            self.labels.deleteLater()
            self.labels = None
        self._settle()

    # -- looking ---------------------------------------------------------------------------------------------------

    def _zoom(self, factor: float) -> None:
        if self.moving and self.labels is not None:
            self.labels.zoom(factor)
            return
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
        if self.moving and self.labels is not None:
            self.labels.whole()
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)
