"""出图与发卡: what to make, for whom, whereto; then the results, to look at, to open, to find in their folder."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.feature_facts import name_of
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import button, icon_button, label, line, severity_label
from geohazard_desktop.desktop.product_list import OptionsForm, ProductList
from geohazard_desktop.desktop.publisher import Order, Result
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.products import PRODUCTS


class PublishPanel(QWidget):
    """`ordered` (Order), `shown` (Path of a file to look at)."""

    ordered = Signal(object)
    shown = Signal(object)
    stop_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.kind = "map_internal"
        self._folder: Path | None = None
        self._results: list[Path] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(area, 1)
        body = QWidget()
        area.setWidget(body)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12))
        inside.setSpacing(theme().px(7))
        inside.addWidget(label(_("要出什么"), "strong"))
        self.products = ProductList()
        self.products.chosen.connect(self.choose)
        inside.addWidget(self.products)
        self.note = label("", "note", wrap=True)
        inside.addWidget(self.note)
        self.options = OptionsForm()
        inside.addWidget(self.options)
        self._subjects = self._subject_box()
        inside.addWidget(self._subjects)
        self._build_target(inside)
        self._build_results(inside)
        self.products.choose(self.kind)
        self._settle_results()
        session.opened.connect(self._opened)
        session.selection_changed.connect(self._settle)

    def _build_target(self, inside: QVBoxLayout) -> None:
        inside.addWidget(line())
        inside.addWidget(label(_("存到文件夹"), "label"))
        row = QHBoxLayout()
        self.place = QLineEdit()
        self.place.setAccessibleName(_("存到哪个文件夹"))
        self.place.setReadOnly(True)
        row.addWidget(self.place, 1)
        row.addWidget(icon_button("open", _("换个文件夹"), self._elsewhere))
        inside.addLayout(row)
        self.go = button("", self._order, primary=True)
        inside.addWidget(self.go)

    def _build_results(self, inside: QVBoxLayout) -> None:
        inside.addWidget(line())
        self._results_title = label(_("已经出的"), "strong")
        inside.addWidget(self._results_title)
        self.told = QVBoxLayout()
        self.told.setSpacing(theme().px(5))
        inside.addLayout(self.told)
        self.list = QListWidget()
        self.list.setMinimumHeight(theme().px(150))
        self.list.itemClicked.connect(self._look)
        self.list.itemActivated.connect(self._look)
        inside.addWidget(self.list)
        row = QHBoxLayout()
        self.open_button = button(_("用系统程序打开"), self._open, size="small")
        self.folder_button = button(_("打开文件夹"), self._open_folder, size="small")
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addStretch(1)

    def _subject_box(self) -> QFrame:
        box = QFrame()
        box.setObjectName("box")
        column = QVBoxLayout(box)
        column.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        column.setSpacing(theme().px(5))
        self.all = QRadioButton()
        self.chosen = QRadioButton()
        group = QButtonGroup(box)
        group.addButton(self.all)
        group.addButton(self.chosen)
        self.all.setChecked(True)
        self.chosen_names = label("", "small", wrap=True)
        column.addWidget(self.all)
        column.addWidget(self.chosen)
        column.addWidget(self.chosen_names)
        return box

    def _opened(self) -> None:
        self._folder = None
        self._results = []
        self._clear_told()
        self._settle()
        self._settle_results()

    def folder(self) -> Path:
        """Beside the workspace, in a folder of its own name, unless the user chose another."""
        if self._folder is not None:
            return self._folder
        ws = self._session.ws
        if ws is None:
            return documents_folder()
        home = ws.path.parent if not ws.read_only else documents_folder()
        return home / _("{name} 出图").format(name=ws.path.stem)

    @property
    def product(self) -> Product:
        return PRODUCTS[self.kind]

    def choose(self, key: str) -> None:
        self.kind = key
        self.products.choose(key)
        self.options.show_product(self.product)
        self._settle()

    def _settle(self) -> None:
        self.note.setText(self.product.note)
        self.place.setText(str(self.folder()))
        self.place.setToolTip(str(self.folder()))
        self.place.setCursorPosition(0)
        layer = self.product.subjects
        self._subjects.setVisible(bool(layer))
        ws = self._session.ws
        count = 0
        if layer and ws is not None:
            title = ws.definitions[layer].title
            count = ws.count(layer)
            uids = self.subjects()
            self.all.setText(_("全部{title}　{count} 个").format(title=title, count=count))
            self.chosen.setText(_("图上选中的{title}　{count} 个").format(title=title, count=len(uids)))
            self.chosen.setEnabled(bool(uids))
            if not uids and self.chosen.isChecked():
                self.all.setChecked(True)
            names = [name_of(ws, one) for one in (ws.feature(layer, uid) for uid in uids[:6]) if one is not None]
            self.chosen_names.setText("、".join(names) + (" ……" if len(uids) > 6 else ""))
            self.chosen_names.setVisible(bool(uids))
        words = _("出{title}") if not self.product.title[0].isascii() else _("出 {title}")
        self.go.setText(words.format(title=self.product.title))

    def subjects(self) -> list[str]:
        """The selected features that the product at hand is made for."""
        layer = self.product.subjects
        return [uid for one, uid in self._session.selection if one == layer]

    def _elsewhere(self) -> None:
        found = files.ask_folder(self, _("存到哪个文件夹"))
        if found is not None:
            self._folder = found
            self._settle()

    def _order(self) -> None:
        ws = self._session.workspace
        folder = self.folder()
        name = ws.setting("district.name") or ws.path.stem
        out = folder / self.product.out.format(district=name)
        options: dict[str, Any] = dict(self.options.values())
        if self.product.subjects and self.chosen.isChecked():
            options["uids"] = self.subjects()
        self.ordered.emit(Order(self.kind, self.product.title, out, options))

    # -- results ---------------------------------------------------------------------------------------------------

    def set_busy(self, busy: bool) -> None:
        if busy and self.go.hasFocus():
            self.products.setFocus()  # a disabled button would hand the keyboard to whatever comes next
        self.go.setEnabled(not busy)

    def show_result(self, result: Result) -> None:
        self._clear_told()
        pages = _("，共 {pages} 页").format(pages=result.pages) if result.pages else ""
        words = _("{title}：{count} 个文件{pages}，用了 {seconds:.1f} 秒。").format(
            title=result.order.title, count=len(result.files), pages=pages, seconds=result.seconds
        )
        self._tell("done", words)
        for sentence in result.problems[:30]:
            self._tell("warning", sentence)
        for sentence in result.notes[:12]:
            self._tell("info", sentence)
        self._results = [*result.files, *(one for one in self._results if one not in result.files)]
        self._settle_results()
        if result.files:
            self.list.setCurrentRow(0)

    @property
    def results(self) -> list[Path]:
        """Files that were made since the workspace was opened, the last first."""
        return list(self._results)

    def step(self, way: int) -> None:
        """Look at the next or previous of the finished files."""
        row = self.list.currentRow() + way
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            self.shown.emit(self._results[row])

    def _tell(self, severity: str, sentence: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(severity_label(severity, 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(sentence, "note", wrap=True), 1)
        self.told.addWidget(box)

    def _clear_told(self) -> None:
        while (item := self.told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _settle_results(self) -> None:
        self.list.clear()
        for path in self._results:
            name = "web" if path.suffix == ".html" else "file"
            item = QListWidgetItem(icon(name, "text2"), path.name)
            item.setToolTip(str(path))
            self.list.addItem(item)
        there = bool(self._results)
        for one in (self._results_title, self.list, self.open_button, self.folder_button):
            one.setVisible(there)

    def _current(self) -> Path | None:
        row = self.list.currentRow()
        return self._results[row] if 0 <= row < len(self._results) else None

    def _look(self, _item: QListWidgetItem) -> None:
        path = self._current()
        if path is not None:
            self.shown.emit(path)

    def _open(self) -> None:
        path = self._current()
        if path is not None:
            files.show_in_system(path)

    def _open_folder(self) -> None:
        path = self._current() or (self._results[0] if self._results else None)
        files.show_in_system(path.parent if path is not None else self.folder())
