"""A finished PDF inside the window: the page as it will be printed, its text selectable, its names movable."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.page_search import PageSearch
from geohazard_desktop.desktop.page_thumbs import PageThumbs
from geohazard_desktop.desktop.page_view import PageView
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.publisher import Order, Result
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits.labels import LABELS, SHEETS
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.preview_extent import PreviewExtent
    from geohazard_desktop.desktop.preview_labels import PreviewLabels
    from geohazard_desktop.publishing.report import SheetMap


class PreviewPage(QWidget):
    """`reset_asked` (Order): names were moved, the page is to be set anew. `moving_changed`: names can be moved."""

    closed = Signal()
    print_asked = Signal()
    file_asked = Signal(int)  # the next (1) or previous (-1) of the finished files
    reset_asked = Signal(object)
    moving_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.path: Path | None = None
        self.labels: PreviewLabels | None = None
        self.extent: PreviewExtent | None = None
        self._session = session
        self._orders: dict[Path, tuple[Order, SheetMap]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = PageView(self._document)
        self.thumbs = PageThumbs(self._document)
        self.search = PageSearch(self._document, self.view)
        column.addWidget(self._head())
        column.addWidget(self._tools())
        self.stack = QStackedWidget()
        pages = QWidget()
        row = QHBoxLayout(pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thumbs)
        row.addWidget(self.view, 1)
        self.stack.addWidget(pages)
        column.addWidget(self.stack, 1)
        self.view.page_changed.connect(self._page_shown)
        self.view.zoomed.connect(self._zoomed)
        self.view.selected.connect(self.copy_button.setEnabled)
        self.view.file_asked.connect(self.file_asked)
        self.view.search_asked.connect(lambda way: self.search.step(way) if way else self.search.ask())
        self.view.left.connect(self.closed)
        self.thumbs.chosen.connect(self.view.go_to)
        session.changed.connect(self._changed)
        session.closing.connect(self._closing)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(10), 0)
        row.setSpacing(theme().px(6))
        self.title = Elided("", "body", "text")
        row.addWidget(self.title, 1)
        self.pages = label("", "note")
        row.addWidget(self.pages)
        self.move_button = button(_("移动注记"), self._toggle, size="small", icon_name="label-move")
        self.move_button.setCheckable(True)
        row.addWidget(self.move_button)
        self.extent_button = button(_("调整范围"), self._toggle_extent, size="small", icon_name="extent")
        self.extent_button.setCheckable(True)
        row.addWidget(self.extent_button)
        self.print_button = button(_("打印……"), self.print_asked.emit, size="small", icon_name="print")
        row.addWidget(self.print_button)
        self.open_button = icon_button("open", _("用系统程序打开"), self._open)
        row.addWidget(self.open_button)
        row.addWidget(button(_("回到地图"), self.closed.emit, size="small"))
        return head

    def _tools(self) -> QWidget:
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(theme().px(10), theme().px(2), theme().px(10), theme().px(5))
        row.setSpacing(theme().px(2))
        self.thumbs_button = icon_button("thumbs", _("页面缩略图"), self._show_thumbs)
        self.thumbs_button.setCheckable(True)
        row.addWidget(self.thumbs_button)
        row.addWidget(icon_button("chevron-left", _("上一页（PageUp）"), lambda: self._turn(-1)))
        self.number = QLineEdit()
        self.number.setFixedWidth(theme().px(44))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setAccessibleName(_("第几页"))
        self.number.setToolTip(_("写页码，按回车翻到那一页"))
        self.number.returnPressed.connect(self._go_to_typed)
        row.addWidget(self.number)
        self.of_pages = label("", "note")
        row.addWidget(self.of_pages)
        row.addWidget(icon_button("chevron-right", _("下一页（PageDown）"), lambda: self._turn(1)))
        row.addSpacing(theme().px(6))
        row.addWidget(icon_button("zoom-out", _("缩小（-）"), lambda: self._zoom(1 / 1.25)))
        self.percent = label("", "note")
        self.percent.setMinimumWidth(theme().px(42))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.percent)
        row.addWidget(icon_button("zoom-in", _("放大（+）"), lambda: self._zoom(1.25)))
        row.addWidget(button(_("整页"), self._whole, size="small"))
        row.addWidget(button(_("适宽"), lambda: self.view.set_fit("width"), size="small"))
        row.addWidget(button(_("100 %"), lambda: self.view.set_zoom(1.0), size="small"))
        self.two_button = icon_button(
            "two-pages", _("两页并排"), lambda: self.view.set_two(self.two_button.isChecked())
        )
        self.two_button.setCheckable(True)
        row.addWidget(self.two_button)
        self.copy_button = icon_button("copy", _("复制选中的文字（Ctrl+C）"), self.view.copy)
        self.copy_button.setEnabled(False)
        row.addWidget(self.copy_button)
        row.addSpacing(theme().px(6))
        row.addWidget(self.search, 1)
        self.before_button = icon_button("view-back", _("上一个文件（Ctrl+PageUp）"), lambda: self.file_asked.emit(-1))
        self.next_button = icon_button(
            "view-forward", _("下一个文件（Ctrl+PageDown）"), lambda: self.file_asked.emit(1)
        )
        row.addWidget(self.before_button)
        row.addWidget(self.next_button)
        return tools

    def show_file(self, path: Path, *, mark: str = "") -> None:
        """Show a PDF. It is read whole, so that the file itself stays free to be printed anew. `mark` is written
        across what is a preview only; such pages can't be printed."""
        same = path == self.path
        again = same and (self.moving or self.framing)
        content = path.read_bytes()
        self.path = path
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.title.set_text(_("预览：{name}").format(name=path.stem) if mark else path.name)
        self.title.setToolTip(path.stem if mark else str(path))
        self.view.mark = mark
        self.print_button.setEnabled(not mark and bool(self._document.pageCount()))
        self.print_button.setToolTip(_("这是预览，没有存成文件；出好以后再打印。") if mark else "")
        self.open_button.setEnabled(not mark)
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
        self.of_pages.setText(f"/ {count}")
        self.thumbs.reload()
        self.thumbs_button.setChecked(count > 1)
        self.thumbs.setVisible(count > 1)
        self.view.reload(keep=same)
        self.search.reload()
        self._page_shown(self.view.page)
        self._settle()
        at_hand = self.extent if self.framing else self.labels
        if again and at_hand is not None and path in self._orders:
            at_hand.show_sheet(self._document, self._orders[path][1])
            return
        self._leave()
        if not same:
            self._whole()

    def appear(self) -> None:
        """In sight now: the keys turn its pages, unless somebody works in a panel."""
        held = self.window().focusWidget()
        if held is None or not held.isVisible() or self.isAncestorOf(held):
            self.view.setFocus()

    # -- names -----------------------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether names can be moved now."""
        return self.labels is not None and self.stack.currentWidget() is self.labels

    def remember(self, result: Result) -> None:
        """What was printed, and where its names stand: only a sheet that this window set can be changed by hand."""
        if result.order.what not in PRODUCTS:
            return  # the files of an order list are many products'
        for one in result.maps:
            path = one.path or result.files[0]
            order = result.order
            if one.subject[0]:  # one of many: this one alone is set anew
                order = replace(order, options={**order.options, "uids": [one.subject[1]]})
            self._orders[path] = order, one

    def not_reset(self, order: Order) -> None:
        at_hand = self.labels if self.moving else self.extent if self.framing else None
        if at_hand is not None and self.path is not None:
            known = self._orders.get(self.path)
            if known is not None and known[0] == order:
                at_hand.failed()

    def _settle(self) -> None:
        reason = self._session.read_only_reason() if self._session.ws is not None else _("没有打开工作文件。")
        if self.path not in self._orders:
            reason = _("只有这次打开后出的警示图能移动注记、调整范围；请再出一次图。")
        self.extent_button.setEnabled(not reason)
        self.extent_button.setToolTip(reason or _("拖动地图、换比例尺，马上重排这一页；再出图还是这个范围。"))
        self.move_button.setEnabled(not reason)
        self.move_button.setToolTip(reason or _("把图上的名称拖到合适的地方，马上重排这一页。"))

    def _toggle(self) -> None:
        known = self._orders.get(self.path) if self.path is not None else None
        if self.moving or known is None:
            self._leave()
            self._whole()
            return
        self._leave()
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

    @property
    def framing(self) -> bool:
        """Whether the extent can be changed now."""
        return self.extent is not None and self.stack.currentWidget() is self.extent

    def _toggle_extent(self) -> None:
        known = self._orders.get(self.path) if self.path is not None else None
        if self.framing or known is None:
            self._leave()
            self._whole()
            return
        self._leave()
        if self.extent is None:
            from geohazard_desktop.desktop.preview_extent import PreviewExtent

            self.extent = PreviewExtent(self._session)
            self.extent.left.connect(self._toggle_extent)
            self.stack.addWidget(self.extent)
        self.stack.setCurrentWidget(self.extent)
        self.extent_button.setChecked(True)
        self.extent.show_sheet(self._document, known[1])
        self.extent.page.setFocus()
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
            self.stack.setCurrentIndex(0)
            self.moving_changed.emit(False)
        if self.framing:
            self.stack.setCurrentIndex(0)
            self.moving_changed.emit(False)
        self.extent_button.setChecked(False)
        self.move_button.setChecked(False)

    def _changed(self, deltas: Sequence[Delta]) -> None:
        """A name was moved here, or the extent changed, or that was undone: set the page anew."""
        known = self._orders.get(self.path) if self.path is not None else None
        at_hand = self.labels if self.moving else self.extent if self.framing else None
        if at_hand is None or known is None or not self.isVisible():
            return
        if any(one.layer in (LABELS, SHEETS) for one in deltas):
            at_hand.waiting()
            self.reset_asked.emit(known[0])

    def _closing(self) -> None:
        """The names of another workspace are no longer ours to move."""
        self._leave()
        self._orders.clear()
        for one in (self.labels, self.extent):
            if one is not None:
                self.stack.removeWidget(one)
                one.deleteLater()
        self.labels = self.extent = None
        self._settle()

    # -- looking ---------------------------------------------------------------------------------------------------

    def set_place_among(self, number: int, count: int) -> None:
        """Which of the finished files this is, from 0."""
        self.before_button.setEnabled(number > 0)
        self.next_button.setEnabled(0 <= number < count - 1)

    def _page_shown(self, page: int) -> None:
        self.number.setText(str(page + 1) if self._document.pageCount() else "")
        self.thumbs.show_page(page)

    def _zoomed(self, zoom: float) -> None:
        self.percent.setText(f"{zoom * 100:.0f} %")

    def _turn(self, way: int) -> None:
        self.view.go_to(self.view.page + way * (2 if self.view.two else 1))

    def _go_to_typed(self) -> None:
        words = self.number.text().strip()
        if words.isdigit() and 1 <= int(words) <= self.view.count:
            self.view.go_to(int(words) - 1)
            self.view.setFocus()
            return
        self._page_shown(self.view.page)
        self.number.selectAll()

    def _show_thumbs(self) -> None:
        self.thumbs.setVisible(self.thumbs_button.isChecked())

    def _zoom(self, factor: float) -> None:
        if self.moving and self.labels is not None:
            self.labels.zoom(factor)
            return
        self.view.set_zoom(self.view.zoom * factor)

    def _whole(self) -> None:
        if self.moving and self.labels is not None:
            self.labels.whole()
        self.view.set_fit("page")

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)
