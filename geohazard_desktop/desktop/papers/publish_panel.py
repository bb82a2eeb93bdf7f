"""出图与发卡: what to make, for whom, whereto; several things in one go; then the results."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.papers.mongolian_line import MongolianLine
from geohazard_desktop.desktop.papers.product_list import OptionsForm
from geohazard_desktop.desktop.papers.product_picker import ProductPicker
from geohazard_desktop.desktop.papers.publish_process import PREVIEW
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.papers.queue_page import QueuePage
from geohazard_desktop.desktop.papers.queue_words import COPIES, line_words, sheets_of
from geohazard_desktop.desktop.papers.replaced_papers import replaced_in
from geohazard_desktop.desktop.papers.results_page import ResultsPage
from geohazard_desktop.desktop.papers.subject_table import SubjectTable
from geohazard_desktop.desktop.papers.thin_line import ThinLine
from geohazard_desktop.desktop.parts import button, icon_button, label, scrolled
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.shown_page import ShownPage
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.batch import Batch, BatchLine
from geohazard_desktop.publishing.batch_state import made_before
from geohazard_desktop.publishing.issues.last_copies import AS_LAST
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.product import VIEW, Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.bilingual_option import KEY as BILINGUAL

CHOOSE, QUEUE, RESULTS = range(3)
_MOST_EARLIER = 200  # files of former days that 已出 lists
_LOW = 300  # px at 100 %


class PublishPanel(QWidget):
    """`ordered` (Order), `shown` (Path of a file to look at), `asked_for` (layer, uid): on the map; `mongolian_asked`:
    to where Mongolian is typed."""

    ordered = Signal(object)
    shown = Signal(object)
    stop_asked = Signal()
    asked_for = Signal(str, str)
    mongolian_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.kind = "map_internal"
        self._folder: Path | None = None
        self._busy = False
        self.looked_at: Callable[[], Ground]  # what the map shows now; the window says how to ask
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._segment())
        self.pages = ShownPage()
        column.addWidget(self.pages, 1)
        self.queue = QueuePage()
        self.made = ResultsPage()
        self.subject_table = SubjectTable(session)
        self.pages.addWidget(self._choosing())
        self.pages.addWidget(self.queue)
        self.pages.addWidget(self.made)
        self.list = self.made.list
        self.made.replaced = self._replaced
        self.queue.ordered.connect(self._order_batch)
        self.queue.changed.connect(self._count)
        self.made.changed.connect(self._count)
        self.made.shown.connect(self.shown)
        self.made.asked_for.connect(self.asked_for)
        self.made.mongolian_asked.connect(self.mongolian_asked)
        self.subject_table.asked_for.connect(self.asked_for)
        self.subject_table.changed.connect(self._settle_go)
        self.subject_table.changed.connect(self._tell_corners)
        self.subject_table.tell_of(self.options.values)
        self.options.changed.connect(self.subject_table.options_changed)
        self.options.changed.connect(self._settle_go)
        self.products.choose(self.kind)
        session.when_opened(self._opened)
        self._count()

    # -- building --------------------------------------------------------------------------------------------------

    def _segment(self) -> QWidget:
        """选, 队列 and 已出, with their numbers: nothing below the fold, nothing cut on a small screen."""
        outer = QWidget()
        column = QVBoxLayout(outer)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), 0)
        box = QFrame()
        box.setObjectName("segment")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(box)
        self.tabs: list[QToolButton] = []
        for number in (CHOOSE, QUEUE, RESULTS):
            one = QToolButton()
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            one.clicked.connect(lambda _on=False, number=number: self.turn_to(number))
            group.addButton(one)
            row.addWidget(one)
            self.tabs.append(one)
        self.tabs[CHOOSE].setChecked(True)
        column.addWidget(box)
        return outer

    def _choosing(self) -> QWidget:
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QWidget()
        outer.addWidget(scrolled(body), 1)
        self._inside = inside = QVBoxLayout(body)
        inside.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
        inside.setSpacing(theme().px(7))
        self.products = ProductPicker()
        self.products.chosen.connect(self.choose)
        inside.addWidget(self.products)
        self.note = label("", "note", wrap=True)
        inside.addWidget(self.note)
        inside.addWidget(self.subject_table, 1)
        self.options = OptionsForm()
        inside.addWidget(self.options)
        self.mongolian = MongolianLine(self._session)
        self.mongolian.asked.connect(self.mongolian_asked)
        self.options.changed.connect(self._tell_mongolian)
        self.corners = ThinLine(self._session)
        self.options.changed.connect(self._tell_corners)
        inside.addWidget(self.corners)
        inside.addWidget(self.mongolian)
        inside.addStretch(0)
        outer.addWidget(self._target())
        return page

    def _target(self) -> QWidget:
        """Whereto, and the buttons: in sight wherever one has scrolled to."""
        foot = QFrame()
        foot.setObjectName("footer")
        self._foot = column = QVBoxLayout(foot)
        column.setContentsMargins(theme().px(14), theme().px(7), theme().px(14), theme().px(9))
        column.setSpacing(theme().px(6))
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("存到"), "label"))
        self.place = QLineEdit()
        self.place.setAccessibleName(_("存到哪个文件夹"))
        self.place.setReadOnly(True)
        row.addWidget(self.place, 1)
        row.addWidget(icon_button("open", _("换个文件夹"), self._elsewhere))
        column.addWidget(self._where)
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.preview_button = button(_("预览"), self._preview)
        self.queue_button = button(_("加入队列"), self._enqueue)
        self.go = button("", self._order, primary=True)
        row.addWidget(self.preview_button)
        row.addWidget(self.queue_button)
        row.addWidget(self.go, 1)
        column.addLayout(row)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large type on a small screen the folder goes below the options, or what is chosen would have no room."""
        super().resizeEvent(event)
        if self.height() < theme().px(_LOW):
            self._inside.addWidget(self._where)
        else:
            self._foot.insertWidget(0, self._where)

    # -- state -----------------------------------------------------------------------------------------------------

    def _replaced(self, codes: Mapping[Path, Sequence[str]]) -> Mapping[Path, str]:
        return {} if self._session.ws is None else replaced_in(self._session.ws, codes)

    def turn_to(self, number: int) -> None:
        if number == RESULTS:
            self.made.mark_replaced()
        self.tabs[number].setChecked(True)
        self.pages.setCurrentIndex(number)

    def _opened(self) -> None:
        self._folder = None
        self.made.forget()
        self.tell_earlier([self.folder()])
        self.queue.clear()
        self.turn_to(CHOOSE)
        self.choose(self.kind)

    def tell_earlier(self, folders: Iterable[Path]) -> None:
        """已出 lists what was made there on other days."""
        self.made.remember({path: codes for one in folders for path, codes in made_before(one, _MOST_EARLIER).items()})

    def folder(self) -> Path:
        """What is made goes there: beside the workspace, unless the user chose another."""
        return self._folder or self.home()

    def home(self) -> Path:
        """Beside the workspace, in a folder of its own name."""
        ws = self._session.ws
        if ws is None:
            return documents_folder()
        home = ws.path.parent if not ws.read_only else documents_folder()
        return home / _("{name} 出图").format(name=ws.path.stem)

    @property
    def product(self) -> Product:
        return PRODUCTS[self.kind]

    @property
    def results(self) -> list[Path]:
        """Files that were made since the workspace was opened, the last first."""
        return list(self.made.results)

    def step(self, way: int) -> None:
        self.made.step(way)

    def choose(self, key: str) -> None:
        self.kind = key
        self.turn_to(CHOOSE)
        self.products.choose(key)
        self.options.show_product(self.product)
        self._tell_mongolian()
        self._tell_corners()
        self.note.setText(self.product.note)
        self.place.setText(str(self.folder()))
        self.place.setToolTip(str(self.folder()))
        self.place.setCursorPosition(0)
        self.subject_table.setVisible(bool(self.product.subjects))
        if self.product.subjects:
            self.subject_table.show_product(self.product)
        self._settle_go()

    def _settle_go(self) -> None:
        papers = self._papers()
        sheets = self._sheets()
        words = _("出 {count} 份") if sheets in (papers, None) else _("出 {count} 份（{sheets} 张）")
        self.go.setText(words.format(count=papers, sheets=sheets) if self.product.subjects else _("出图"))
        for one in (self.go, self.queue_button):
            one.setEnabled(papers > 0 and not self._busy)
            one.setToolTip("" if papers else _("先勾选要出的。"))
        paper = self.product.pdf and Path(self.product.out).suffix in ("", ".pdf")
        self.preview_button.setEnabled(paper and papers > 0 and not self._busy)
        self.preview_button.setToolTip(
            _("看看第一份出来是什么样子，不存文件，不登记。") if paper else _("这一种没有页面可以预览。")
        )

    def _tell_mongolian(self) -> None:
        self.mongolian.show_product(self.product, self.options.values().get(BILINGUAL))

    def _tell_corners(self) -> None:
        self.corners.tell(self.product, self.options.values(), self.subject_table.model.chosen)

    def _papers(self) -> int:
        return self.subject_table.number if self.product.subjects else 1

    def _sheets(self) -> int | None:
        """How many sheets that is with all copies; None: as many as before, which is still looked up."""
        options, last = self.options.values(), self.subject_table.model.copies
        if options.get(COPIES) == AS_LAST and last is None:
            return None
        chosen = self.subject_table.model.chosen if self.product.subjects else ()
        return sheets_of(options, list(chosen), self._papers(), last or {})

    def _count(self) -> None:
        lines, made = len(self.queue.lines), len(self.made.listed)
        self.tabs[CHOOSE].setText(_("选"))
        self.tabs[QUEUE].setText(_("队列 {count}").format(count=lines) if lines else _("队列"))
        self.tabs[RESULTS].setText(_("已出 {count}").format(count=made) if made else _("已出"))

    def tick_listed(self) -> bool:
        """Tick all subjects that are listed. False where this product has no list."""
        if not self.product.subjects or not self.subject_table.isVisible():
            return False
        self.subject_table.tick_listed()
        return True

    def subjects(self) -> list[str]:
        """The features selected on the map that the product at hand is made for."""
        layer = self.product.subjects
        return [uid for one, uid in self._session.selection if one == layer]

    # -- orders ----------------------------------------------------------------------------------------------------

    def _elsewhere(self) -> None:
        found = files.ask_folder(self, _("存到哪个文件夹"))
        if found is not None:
            self.print_to(found)
            self.tell_earlier([found])

    def print_to(self, folder: Path) -> None:
        """From now on everything goes there."""
        self._folder = folder
        self.choose(self.kind)

    def _out(self, folder: Path) -> Path:
        ws = self._session.workspace
        return folder / self.product.own_name(ws.setting("district.name") or ws.path.stem, self.options.values())

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = dict(self.options.values())
        uids = self.subject_table.chosen() if self.product.subjects else None
        if uids is not None:
            options["uids"] = uids
        return options

    def _order(self) -> None:
        self.ordered.emit(Order(self.kind, self.product.title, self._out(self.folder()), self._options()))

    def _preview(self) -> None:
        """The first of what is ticked; the one under the cursor when it is ticked."""
        options: dict[str, Any] = {**self.options.values(), PREVIEW: True}
        if self.product.subjects:
            model = self.subject_table.model
            row = self.subject_table.table.currentIndex().row()
            under = [model.shown[row].uid] if 0 <= row < len(model.shown) else []
            first = [one.uid for one in model.rows if one.uid in model.chosen]
            options["uids"] = [one for one in under if one in model.chosen] or first[:1]
        self.ordered.emit(Order(self.kind, self.product.title, self._out(Path()), options))

    def _enqueue(self) -> None:
        uids = self.subject_table.chosen() if self.product.subjects else None
        options = dict(self.options.values())
        if options.get("ground") == VIEW:
            # Printed later, when the map may show something else: the ground is the one in sight now.
            options["ground"] = self.looked_at().text()
        line = BatchLine(self.kind, options, None if uids is None else tuple(uids))
        words = line_words(self._session.workspace, line, self._papers(), self._sheets())
        self.queue.add(line, self._papers(), words)
        self.turn_to(QUEUE)

    def _order_batch(self, batch: Batch) -> None:
        self.ordered.emit(Order("batch", _("队列"), self.folder(), {"batch": batch}))

    # -- results ---------------------------------------------------------------------------------------------------

    def set_busy(self, busy: bool) -> None:
        if busy and self.go.hasFocus():
            self.products.setFocus()  # a disabled button would hand the keyboard to whatever comes next
        self._busy = busy
        self._settle_go()
        self.queue.set_busy(busy)

    def show_result(self, result: Result) -> None:
        self.made.show_result(result)
        if result.order.what == "batch":
            self.queue.clear()
        self.turn_to(RESULTS)

    def stopped(self, order: Order, since: float) -> None:
        """What it had finished stands in 已出 at once, what is left in the queue, which is shown."""
        folder = order.out if order.what == "batch" else order.out.parent
        self.made.show_stopped(order, made_before(folder, _MOST_EARLIER), since)
        if self.queue.lines:
            self.queue.was_stopped()
            self.turn_to(QUEUE)
