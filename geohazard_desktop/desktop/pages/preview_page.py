"""A finished PDF inside the window: the page as it will be printed, its text selectable, its names movable."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.pages.page_search import PageSearch
from geohazard_desktop.desktop.pages.page_thumbs import PageThumbs
from geohazard_desktop.desktop.pages.page_view import PageView
from geohazard_desktop.desktop.pages.preview_hands import PreviewHands
from geohazard_desktop.desktop.pages.unticked_layers import UntickedLayers
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme


class PreviewPage(QWidget):
    """The page at hand; `hands` are what is changed on it (names, extent, 您在这里)."""

    closed = Signal()
    print_asked = Signal()
    file_asked = Signal(int)  # the next (1) or previous (-1) of the finished files

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.path: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = PageView(self._document)
        self.thumbs = PageThumbs(self._document)
        self.search = PageSearch(self._document, self.view)
        self.hands = PreviewHands(session, self)
        column.addWidget(self._head())
        column.addWidget(self._tools())
        self.unticked = UntickedLayers(session, self.hands)
        column.addWidget(self.unticked.line)
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
        self.hands.turned.connect(self._hands_turned)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(10), 0)
        row.setSpacing(theme().px(6))
        self.title = Elided("", "body", "text")
        row.addWidget(self.title, 1)
        self.pages = label("", "note")
        row.addWidget(self.pages)
        for one in self.hands.buttons.values():
            row.addWidget(one)
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
        self._show(path, path.read_bytes(), mark)

    def show_anew(self, content: bytes) -> None:
        """The page at hand as it was set anew, in memory: its file stays as it was issued."""
        if self.path is not None:
            self._show(self.path, content, self.view.mark)

    def _show(self, path: Path, content: bytes, mark: str) -> None:
        same = path == self.path
        again = same and bool(self.hands.at_hand)
        self.path = path
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.title.set_text(_("预览：{name}").format(name=path.stem) if mark else path.name)
        self.title.setToolTip(path.stem if mark else str(path))
        self.view.mark = mark
        self.open_button.setEnabled(not mark)
        count = self._document.pageCount()
        if count:
            size = self._document.pagePointSize(0)
            self.pages.setText(
                _("{width:.0f} × {height:.0f} 毫米").format(
                    width=size.width() / 72 * 25.4, height=size.height() / 72 * 25.4
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
        if again and self.hands.show_again():
            self.settle_print()
            return
        self.hands.show()
        self.settle_print()
        if not same:
            self._whole()

    def settle_print(self) -> None:
        """Only what was issued as it is shown can be printed."""
        self.unticked.settle()
        mark, waiting = self.view.mark, self.hands.waiting_to_issue
        self.print_button.setEnabled(not mark and not waiting and bool(self._document.pageCount()))
        told = _("这是预览，没有存成文件；出好以后再打印。") if mark else ""
        self.print_button.setToolTip(_("调过的这一页还没有出成文件，调好了再打印。") if waiting else told)

    @property
    def document(self) -> QPdfDocument:
        return self._document

    def appear(self) -> None:
        """In sight now: the keys turn its pages, unless somebody works in a panel."""
        held = self.window().focusWidget()
        if held is None or not held.isVisible() or self.isAncestorOf(held):
            self.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self.hands.at_hand:
            self.hands.leave()

    def _hands_turned(self) -> None:
        self.settle_print()
        if not self.hands.at_hand:
            self._whole()

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
        if self.hands.labels is not None and self.hands.at_hand == "labels":
            self.hands.labels.zoom(factor)
            return
        self.view.set_zoom(self.view.zoom * factor)

    def _whole(self) -> None:
        if self.hands.labels is not None and self.hands.at_hand == "labels":
            self.hands.labels.whole()
        self.view.set_fit("page")

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)
