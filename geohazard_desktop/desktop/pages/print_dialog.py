"""打印: printer, paper, sides, copies; set from the pages themselves, and a word where the paper does not fit them."""

from pathlib import Path

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QCloseEvent, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.pages.print_choice import PrintChoice, PrintOffer
from geohazard_desktop.desktop.pages.print_plan import (
    OWN,
    PAPERS,
    Fit,
    fits,
    paper_counts,
    paper_name,
    parts,
    shrink_scale,
    tile_grid,
)
from geohazard_desktop.desktop.pages.print_work import PrintWork, page_sizes
from geohazard_desktop.desktop.parts import button, label, severity_label
from geohazard_desktop.desktop.theme import theme

_TO_FILE = ""  # the entry of the list that needs no printer


class PrintDialog(QDialog):
    """`offer`: what can be printed. `told` is what was done, in a sentence."""

    def __init__(self, parent: QWidget, offer: PrintOffer) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("打印"))
        self.setMinimumWidth(theme().px(520))
        self.told = ""
        self._offer = offer
        self._sizes: dict[Path, list[QSizeF]] = {}
        self._work: PrintWork | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        self.what = label("", "title", wrap=True)
        column.addWidget(self.what)
        self.missing = label(_("这台机器没有装打印机。可以存成 PDF，拿到有打印机的机器上打印。"), "reminder", wrap=True)
        column.addWidget(self.missing)
        column.addLayout(self._form())
        column.addWidget(self._fit_box())
        self.left_out = label("", "reminder", wrap=True)
        column.addWidget(self.left_out)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        column.addWidget(self.bar)
        self.note = label("", "note", wrap=True)
        column.addWidget(self.note)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button(_("不打印"), self.reject)
        self.go = button("", self._start, primary=True)
        self.go.setDefault(True)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addLayout(row)
        self._preset()

    # -- what can be chosen ----------------------------------------------------------------------------------------

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(theme().px(9))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.scope = QComboBox()
        for choice in self._offer.choices:
            self.scope.addItem(choice.words)
        self.scope.setCurrentIndex(self._offer.first)
        self.printer = QComboBox()
        names = QPrinterInfo.availablePrinterNames()
        for name in names:
            self.printer.addItem(name, name)
        self.printer.addItem(_("存成 PDF 文件（不用打印机）"), _TO_FILE)
        default = QPrinterInfo.defaultPrinterName()
        if default in names:
            self.printer.setCurrentIndex(names.index(default))
        self.missing.setVisible(not names)
        self.paper = QComboBox()
        self.sides = QComboBox()
        for words, duplex in (
            (_("单面"), QPrinter.DuplexMode.DuplexNone),
            (_("双面，沿长边翻"), QPrinter.DuplexMode.DuplexLongSide),
            (_("双面，沿短边翻"), QPrinter.DuplexMode.DuplexShortSide),
        ):
            self.sides.addItem(words, duplex)
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.grey = QCheckBox(_("黑白"))
        for words, widget in (
            (_("打印什么"), self.scope),
            (_("打印机"), self.printer),
            (_("纸张"), self.paper),
            (_("单双面"), self.sides),
            (_("份数"), self.copies),
            ("", self.grey),
        ):
            form.addRow(words, widget)
        self.scope.currentIndexChanged.connect(self._preset)
        self.printer.currentIndexChanged.connect(self._papers)
        self.paper.currentIndexChanged.connect(self._settle)
        self.sides.currentIndexChanged.connect(self._settle)
        self.copies.valueChanged.connect(self._settle)
        return form

    def _fit_box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(severity_label("warning", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.mismatch = label("", "strong", wrap=True)
        row.addWidget(self.mismatch, 1)
        column.addLayout(row)
        self.shrink, self.tiles, self.other = QRadioButton(), QRadioButton(), QRadioButton()
        group = QButtonGroup(box)
        for one in (self.tiles, self.shrink, self.other):
            group.addButton(one)
            column.addWidget(one)
            one.toggled.connect(self._told)
        self.tiles.setChecked(True)
        self._fits = box
        return box

    # -- presets ---------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Path]:
        """The files that are printed: of what is chosen those that can be read."""
        return [one for one in self._wanted().paths if self._pages_of(one)]

    def _wanted(self) -> PrintChoice:
        return self._offer.choices[self.scope.currentIndex()]

    def _pages_of(self, path: Path) -> list[QSizeF]:
        if path not in self._sizes:
            self._sizes[path] = page_sizes(path)
        return self._sizes[path]

    def pages(self) -> list[list[QSizeF]]:
        """Sizes in mm of the pages of each file to print."""
        return [self._pages_of(path) for path in self.chosen]

    def _largest(self) -> QSizeF:
        pages = [one for sizes in self.pages() for one in sizes]
        return max(pages, key=lambda one: one.width() * one.height())

    def _preset(self) -> None:
        """What the pages ask for: their paper, both sides where a file has two pages and none has more."""
        pages = self.pages()
        self.go.setEnabled(bool(pages))
        lost = [one.name for one in self._wanted().paths if not self._pages_of(one)]
        broken = _("{names} 读不了，不在里面，请再出一次。").format(names="、".join(lost)) if lost else ""
        self.left_out.setText(broken + self._wanted().left_out)
        self.left_out.setVisible(bool(self.left_out.text()))
        if not pages:
            self.what.setText(self._wanted().words)
            return
        backed = [one[0] for one in pages if len(one) == 2]
        two = bool(backed) and all(len(one) <= 2 for one in pages)
        lying = two and backed[0].width() > backed[0].height()
        self.sides.setCurrentIndex((2 if lying else 1) if two else 0)
        self._papers()

    def _papers(self) -> None:
        """The papers that the printer says it takes; those of an office where it says nothing."""
        if not self.chosen:
            return  # nothing that could ask for a paper
        name = self.printer.currentData()
        known = [] if name == _TO_FILE else QPrinterInfo.printerInfo(name).supportedPageSizes()
        sizes: list[tuple[str, QSizeF]] = [(one.name(), one.size(QPageSize.Unit.Millimeter)) for one in known]
        if not sizes:
            sizes = [(title, QSizeF(*size)) for title, size in PAPERS.items()]
        page = self._largest()
        if name == _TO_FILE and not any(paper_name(page) == paper_name(size) for _title, size in sizes):
            sizes.append((paper_name(page), page))
        self.paper.blockSignals(True)
        self.paper.clear()
        counts = paper_counts([one for pages in self.pages() for one in pages])
        own = len(counts) > 1 and (name == _TO_FILE or counts.keys() <= {paper_name(size) for _title, size in sizes})
        if own:
            told = _("、").join(_("{paper} {count} 页").format(paper=one, count=n) for one, n in counts.items())
            self.paper.addItem(_("各用各的纸：{papers}").format(papers=told), OWN)
        for title, size in sizes:
            self.paper.addItem(paper_name(size) if paper_name(size) in PAPERS else title, size)
        wanted = [number for number, (_title, size) in enumerate(sizes) if paper_name(size) == paper_name(page)]
        plain = [number for number, (_title, size) in enumerate(sizes) if paper_name(size) == "A4"]
        self.paper.setCurrentIndex(0 if own else (wanted or plain or [0])[0])
        self.paper.blockSignals(False)
        self._settle()

    def _settle(self) -> None:
        paper = self.paper.currentData()
        if paper is None or not self.chosen:
            return  # the list of papers is being filled, or nothing can be read
        page = self._largest()
        fitting = fits(page, paper)
        self._fits.setVisible(not fitting)
        chosen = self.chosen
        count = sum(len(one) for one in self.pages())
        name = chosen[0].name if len(chosen) == 1 else _("{count} 个文件").format(count=len(chosen))
        size = "、".join(paper_counts([one for pages in self.pages() for one in pages]))
        self.what.setText(_("{name}，{pages} 页，{size}").format(name=name, pages=count, size=size))
        if not fitting:
            self.mismatch.setText(
                _("这张图是 {page}，打印机里选的是 {paper}。").format(page=paper_name(page), paper=paper_name(paper))
            )
            scale = shrink_scale(page, paper) * 100
            _sheet, across, down = tile_grid(page, paper)
            self.tiles.setText(
                _("分成 {count} 张 {paper}，按原大打印后拼贴").format(count=across * down, paper=paper_name(paper))
            )
            self.shrink.setText(_("缩到一张 {paper} 上（{scale:.0f} %）").format(paper=paper_name(paper), scale=scale))
            other = self._fitting_paper()
            self.other.setVisible(other >= 0)
            self.other.setText(_("换纸：改用 {paper}").format(paper=self.paper.itemText(other)))
            if self.other.isHidden() and self.other.isChecked():
                self.tiles.setChecked(True)
        self._told()

    def _fitting_paper(self) -> int:
        """The smallest paper of the list that takes the page; -1 when there is none."""
        page = self._largest()
        found = [number for number in range(self.paper.count()) if fits(page, self.paper.itemData(number))]
        area = lambda number: self.paper.itemData(number).width() * self.paper.itemData(number).height()  # noqa: E731
        return min(found, key=area, default=-1)

    @property
    def fit(self) -> Fit:
        if fits(self._largest(), self._sheet()):
            return "real"
        return "tiles" if self.tiles.isChecked() else "shrink"

    def _sheet(self) -> QSizeF:
        paper: QSizeF = self.paper.currentData()
        if not self._fits.isHidden() and self.other.isChecked():
            other: QSizeF = self.paper.itemData(self._fitting_paper())
            return other
        return paper

    @property
    def _duplex(self) -> bool:
        return bool(self.sides.currentData() != QPrinter.DuplexMode.DuplexNone)

    def _told(self) -> None:
        if self.paper.currentData() is None or not self.chosen:
            return
        fit = self.fit
        words = {
            "real": _("按原大打印，图上的比例尺是准的。"),
            "tiles": _("按原大打印，图上的比例尺是准的；相邻两张重叠 10 毫米。"),
            "shrink": _("缩小后图上写的比例尺不再准确，只能看，不能量。"),
        }[fit]
        count = len(parts(self.pages(), self._sheet(), fit, duplex=self._duplex))
        sheets = ((count + 1) // 2 if self._duplex else count) * self.copies.value()
        to_file = self.printer.currentData() == _TO_FILE
        self.note.setText(words + ("" if to_file else _("一共用 {count} 张纸。").format(count=sheets)))
        self.go.setText(_("存成 PDF……") if to_file else _("打印 {count} 张").format(count=sheets))

    # -- printing --------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        name = self.printer.currentData()
        if name == _TO_FILE:
            path = files.ask_save(
                self, _("存成 PDF"), self.chosen[0].stem + _(" 打印.pdf"), _("PDF 文件 (*.pdf)"), ".pdf"
            )
            if path is None:
                return
            if path in self.chosen:
                self.note.setText(_("不能盖住正要打印的文件，请换一个名字。"))
                return
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(path))
            self.told = _("已存成 {name}。").format(name=path.name)
        else:
            printer.setPrinterName(name)
            printer.setCopyCount(self.copies.value())
            printer.setDuplex(self.sides.currentData())
            self.told = _("已送到打印机“{name}”。").format(name=name)
        printer.setDocName(self.chosen[0].stem)
        if self.grey.isChecked():
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        self.begin(printer)

    def begin(self, printer: QPrinter) -> None:
        sheets = parts(self.pages(), self._sheet(), self.fit, duplex=self._duplex)
        self._work = PrintWork(printer, self.chosen, sheets, self)
        self._work.progressed.connect(self._progressed)
        self._work.finished.connect(self.accept)
        self._work.failed.connect(self._failed)
        self.go.setEnabled(False)
        self.cancel.setText(_("停下"))
        self.bar.setRange(0, len(sheets))
        self.bar.setValue(0)
        self.bar.show()
        self._work.start()

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setValue(done)
        self.note.setText(_("送出了 {done} 面，共 {total} 面。").format(done=done, total=total))

    def _failed(self, sentence: str) -> None:
        self._work, self.told = None, ""
        self.bar.hide()
        self.go.setEnabled(True)
        self.cancel.setText(_("不打印"))
        self.note.setText(sentence)

    def reject(self) -> None:
        if self._work is not None:
            self._work.stop()
            self.told = ""
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)
