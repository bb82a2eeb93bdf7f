"""队列: what is to be made in one go; what was stopped goes on where it stopped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import button, label, scrolled
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.whole_rows import WholeRows
from geohazard_desktop.publishing.batch import FOLDERS, Batch, BatchLine
from geohazard_desktop.publishing.product import CHANGED_ONLY
from geohazard_desktop.publishing.products import PRODUCTS


class QueuePage(QWidget):
    """`ordered` (Batch). `changed`: another number of lines. `left_asked`: how many are left is to be counted."""

    ordered = Signal(object)
    changed = Signal()
    left_asked = Signal()
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[BatchLine, int]] = []  # with the number of papers
        self._words: list[str] = []  # what is said of each line
        self.stopped = self._busy = False
        self.left: int | None = None  # papers that are to be made, where that has to be found out; None: not known
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme().px(10))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), 0)
        column.setSpacing(theme().px(7))
        outer.addWidget(scrolled(body), 1)
        column.addWidget(label(_("一次出齐的队列"), "strong"))
        self.note = label("", "note", wrap=True)
        column.addWidget(self.note)
        self.list = QListWidget()
        self.list.setObjectName("boxedLines")
        self.list.setAccessibleName(_("队列"))
        self.list.setWordWrap(True)  # each line is read whole, at any width
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(WholeRows(self.list), 1)
        row = QHBoxLayout()
        self.remove = button(_("拿掉这一项"), self._remove, size="small")
        self.empty = button(_("清空"), self._empty, size="small")
        row.addWidget(self.remove)
        row.addWidget(self.empty)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(_("文件夹"), "label"))
        self.folders = QComboBox()
        for key, words in FOLDERS.items():
            self.folders.addItem(words, key)
        column.addWidget(self.folders)
        self.go = button("", self._order, primary=True)
        below = QHBoxLayout()
        below.setContentsMargins(theme().px(14), 0, theme().px(14), 0)
        below.addWidget(self.go)
        outer.addLayout(below)
        self.list.currentRowChanged.connect(lambda _row: self._settle())
        self._settle()

    def add(self, line: BatchLine, papers: int, words: str) -> None:
        """A line of the same product with the same options takes the place of the former. `words` say whose it is, on
        which paper and how many."""
        same = [
            number
            for number, (one, _papers) in enumerate(self.lines)
            if one.product == line.product and one.options == line.options
        ]
        if same:
            self.lines[same[0]], self._words[same[0]] = (line, papers), words
        else:
            self.lines.append((line, papers))
            self._words.append(words)
        self.stopped = False
        self._fill()

    def clear(self) -> None:
        self.lines, self._words = [], []
        self.stopped = False
        self._fill()

    def drop(self, line: BatchLine) -> None:
        """It was made otherwise."""
        for row in [number for number, (one, _papers) in enumerate(self.lines) if one == line]:
            del self.lines[row], self._words[row]
            self._fill()

    def batch(self) -> Batch:
        return Batch(tuple(line for line, _papers in self.lines), str(self.folders.currentData()))

    @property
    def papers(self) -> int:
        return sum(papers for _line, papers in self.lines)

    def set_busy(self, busy: bool) -> None:
        if busy and self.go.hasFocus():
            self.list.setFocus()  # a disabled button would hand the keyboard to whatever comes next
        self._busy = busy
        self._settle()

    def was_stopped(self) -> None:
        self.stopped, self.left = True, None
        self._settle()
        if self.lines:
            self.left_asked.emit()  # also where nobody looks: the message about it offers the way here

    @property
    def uncertain(self) -> bool:
        """Whether how many will be made has to be found out: what is made is skipped, and where only what changed is
        wanted, what says what it said."""
        return bool(self.lines) and (self.stopped or any(_sifted(line) for line, _papers in self.lines))

    def count_anew(self) -> None:
        """Another queue, or other data: how many are left is asked again, at once where somebody looks."""
        self.left = None
        self._settle()
        if self.uncertain and self.isVisible():
            self.left_asked.emit()

    def know_left(self, papers: int) -> None:
        """How many papers of the queue are to be made."""
        self.left = papers
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.uncertain and self.left is None:
            self.left_asked.emit()

    def _fill(self) -> None:
        self.list.clear()
        for (line, _papers), words in zip(self.lines, self._words, strict=True):
            product = PRODUCTS[line.product]
            item = QListWidgetItem(icon(product.icon or "file", "text2"), words)
            told = [f"{one.label}：{_words(one, line)}" for one in product.options if one.key in line.options]
            item.setToolTip("\n".join([words, *told]))
            self.list.addItem(item)
        self._settle()
        self.changed.emit()
        self.count_anew()

    def _settle(self) -> None:
        there, free = bool(self.lines), not self._busy
        self.go.setEnabled(there and free)
        self.empty.setEnabled(there and free)
        self.remove.setEnabled(self.list.currentRow() >= 0 and free)
        self.folders.setEnabled(free)
        words = _("接着出") if self.stopped else _("全部出")
        if self.stopped:
            count = "" if self.left is None else _("（还剩 {count} 份）").format(count=self.left)
        elif not self.uncertain:
            count = _("（{count} 份）").format(count=self.papers)
        elif self.left is None:
            count = _("（最多 {count} 份）").format(count=self.papers)
        else:
            count = _("（要出 {count} 份）").format(count=self.left)
        self.go.setText(words + count if there else words)
        if self.stopped:
            told = _("没有出完，一共 {count} 份。出好的在“已出”里，接着出时，内容没变的不重出。").format(
                count=self.papers
            )
        elif there:
            told = _("一份出错不耽误其余的；停下以后可以接着出。")
        else:
            told = _("在“选”里挑好要出的，按“加入队列”，几样东西就能一次出齐。")
        self.note.setText(told)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            del self.lines[row], self._words[row]
            self._fill()
        if not self.lines:
            self._empty()

    def _empty(self) -> None:
        """By hand: nothing of it is wanted any more."""
        self.clear()
        self.emptied.emit()

    def _order(self) -> None:
        if self.lines:
            self.ordered.emit(self.batch())

    def keyPressEvent(self, event: object) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():  # type: ignore[attr-defined]
            self._remove()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]


def _sifted(line: BatchLine) -> bool:
    return bool(line.options.get(CHANGED_ONLY.key))


def _words(option: object, line: BatchLine) -> str:
    value = line.options[option.key]  # type: ignore[attr-defined]
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return dict(option.values).get(str(value), str(value))  # type: ignore[attr-defined]
