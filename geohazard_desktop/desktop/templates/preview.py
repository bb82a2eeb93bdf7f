"""The page beside the template: set anew when the typing hand stops, the last good one kept while there is a fault."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.parts import Elided, icon_button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.templates.process import Answer
from geohazard_desktop.desktop.templates.proofs import Proofs
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.proof import Wish

WAIT_MS = 120  # after the last key
MOST_SUBJECTS = 500
DEMO = "demo"


def previewed() -> Iterator[Product]:
    """The products that set pages from templates."""
    for one in PRODUCTS.values():
        if one.sets_pages:
            yield one


class TemplatePreview(QWidget):
    """`answered` (Answer): a page was set, or why it was not."""

    answered = Signal(object)

    def __init__(self, session: Session, drafts: TemplateDrafts) -> None:
        super().__init__()
        self.setObjectName("preview")
        self._session, self._drafts = session, drafts
        self.proofs = Proofs(self)
        self.proofs.answered.connect(self._answered)
        self.fault: Answer | None = None
        self.template = ""  # which one the product uses, once a page has been set
        self._fresh = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setAccessibleName(_("预览的版面"))
        self.view.setMinimumHeight(theme().px(60))
        column.addWidget(self.view, 1)
        self._dress()
        theme().changed.connect(self._dress)
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self.state = Elided("", "small", "text2")
        foot = QWidget()
        foot.setObjectName("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme().px(10), theme().px(4), theme().px(6), theme().px(4))
        row.addWidget(self.state, 1)
        row.addWidget(icon_button("zoom-out", _("缩小"), lambda: self._zoom(1 / 1.25)))
        row.addWidget(icon_button("zoom-in", _("放大"), lambda: self._zoom(1.25)))
        row.addWidget(icon_button("full-extent", _("整页"), self._whole))
        column.addWidget(foot)
        drafts.changed.connect(lambda _path: self.later())
        drafts.reloaded.connect(self.later)
        drafts.data_changed.connect(self._stale)

    def _dress(self) -> None:
        palette = self.view.palette()
        palette.setBrush(QPalette.ColorRole.Dark, theme().colour("desk"))  # what lies behind the sheets
        self.view.setPalette(palette)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("panel")
        grid = QGridLayout(head)
        grid.setContentsMargins(theme().px(12), theme().px(8), theme().px(12), theme().px(8))
        grid.setHorizontalSpacing(theme().px(8))
        grid.setVerticalSpacing(theme().px(6))
        self.product = QComboBox()
        self.product.setAccessibleName(_("看哪一种"))
        self.subject = QComboBox()
        self.subject.setAccessibleName(_("用谁的数据"))
        for one in previewed():
            self.product.addItem(one.title, one.key)
        for row, (words, combo) in enumerate(((_("看哪一种"), self.product), (_("用谁的数据"), self.subject))):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            above = theme().percent > 150  # beside it, large type would leave the choice four signs
            grid.addWidget(label(words, "label"), 2 * row, 0)
            grid.addWidget(combo, 2 * row + above, 0 if above else 1)
        grid.setColumnStretch(0 if theme().percent > 150 else 1, 1)
        self.product.currentIndexChanged.connect(lambda _row: self._product_chosen())
        self.subject.currentIndexChanged.connect(lambda _row: self.later())
        return head

    # -- of what ---------------------------------------------------------------------------------------------------

    def choose_product(self, key: str) -> None:
        row = self.product.findData(key)
        if row >= 0 and row != self.product.currentIndex():
            self.product.setCurrentIndex(row)

    def fill_subjects(self) -> None:
        """The features of the product's layer; where there are none, the demo's data."""
        kept = self.subject.currentData()
        self.subject.blockSignals(True)
        self.subject.clear()
        ws = self._session.ws
        product = PRODUCTS[str(self.product.currentData())]
        if ws is not None and not product.subjects:
            self.subject.addItem(_("本工作文件"), "")
        elif ws is not None:
            for number, feature in enumerate(paper_subjects(ws, product.subjects, shapes=False)):
                if number >= MOST_SUBJECTS:
                    break
                self.subject.addItem(name_of(ws, feature), feature.uid)
        self.subject.addItem(_("演示数据（不是真的）"), DEMO)
        self.subject.setCurrentIndex(max(0, self.subject.findData(kept)))
        self.subject.blockSignals(False)

    def _product_chosen(self) -> None:
        self.template = ""
        self.fill_subjects()
        self.later()

    def _stale(self) -> None:
        self._fresh = True
        self.later()

    # -- setting ---------------------------------------------------------------------------------------------------

    def later(self) -> None:
        """Set the page a moment after the last change."""
        if self.isVisible():
            self._wait.start()

    def ask(self) -> None:
        """Set it now."""
        self._wait.stop()
        ws = self._session.ws
        if ws is None or self.product.currentIndex() < 0:
            return
        uid = str(self.subject.currentData() or "")
        demo = uid == DEMO
        wish = Wish(str(self.product.currentData()), "" if demo else uid)
        self.proofs.ask(None if demo else ws.path, wish, self._drafts.merged(), fresh=self._fresh)
        self._fresh = False
        self.state.set_text(_("正在排版……"), "text3")

    def _answered(self, answer: Answer) -> None:
        if answer.pdf is None:
            self.fault = answer
            kept = _("，下面是改坏以前的版面") if self._document is not None else ""
            self.state.set_text(_("没有排成{kept}").format(kept=kept), "error")
        else:
            self.fault = None
            self.template = answer.template
            self._show(answer.pdf)
            self.state.set_text(self._told(answer), "text2")
        self.answered.emit(answer)

    def _told(self, answer: Answer) -> str:
        document = self._document
        assert document is not None
        size = document.pagePointSize(0)
        return _("共 {count} 页　{width:.0f} × {height:.0f} 毫米　排版 {seconds:.2f} 秒").format(
            count=document.pageCount(),
            width=size.width() / 72 * 25.4,
            height=size.height() / 72 * 25.4,
            seconds=answer.seconds,
        )

    def _show(self, pdf: bytes) -> None:
        """Another document in the same place: zoom and scroll stay where the eye is."""
        across, down = self.view.horizontalScrollBar().value(), self.view.verticalScrollBar().value()
        document, buffer = QPdfDocument(self), QBuffer(self)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        old, old_buffer = self._document, self._buffer
        self._document, self._buffer = document, buffer
        self.view.setDocument(document)
        self.view.horizontalScrollBar().setValue(across)
        self.view.verticalScrollBar().setValue(down)
        if old is not None and old_buffer is not None:
            old.deleteLater()
            old_buffer.deleteLater()

    @property
    def pages(self) -> int:
        """Pages in sight; 0 while none was set."""
        return 0 if self._document is None else self._document.pageCount()

    # -- looking ---------------------------------------------------------------------------------------------------

    def _zoom(self, factor: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom and self._document is not None:
            size = self._document.pagePointSize(0)
            dots = self.logicalDpiX() / 72
            room = self.view.viewport()
            now = min(room.width() / (size.width() * dots), room.height() / (size.height() * dots))
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(0.1, min(8.0, now * factor)))

    def _whole(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def close_document(self) -> None:
        """Another workspace: nothing of the former one stays in sight."""
        self.proofs.close()
        self._wait.stop()
        if self._document is not None:
            self._document.close()
            self._document = None
        self.state.set_text("")
        self.fault = None
