"""Import: what the file is taken for, with the evidence; which column goes where; how it lies on the map; a promise.

Every guess can be changed, and the rest is judged anew at once. Nothing is written before the last button.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.imports.alike import AlikeChooser
from geohazard_desktop.desktop.imports.evidence_list import EvidenceList
from geohazard_desktop.desktop.imports.field_table import FieldTable
from geohazard_desktop.desktop.imports.map import ImportMap
from geohazard_desktop.desktop.imports.namesakes import NamesakeChooser
from geohazard_desktop.desktop.imports.part import PartChooser
from geohazard_desktop.desktop.imports.promise import button_words, promise, ready, spoken, state_of
from geohazard_desktop.desktop.imports.reference import ReferenceChooser
from geohazard_desktop.desktop.imports.table_list import TableList
from geohazard_desktop.desktop.imports.whose import WhoseChooser
from geohazard_desktop.desktop.imports.within import WithinChooser
from geohazard_desktop.desktop.imports.word_choices import WordChooser
from geohazard_desktop.desktop.imports.work import Look, Table, Wish, begin, look_together, store, take
from geohazard_desktop.desktop.parts import Elided, button, label, line
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.exchange.crs import candidates
from geohazard_desktop.exchange.crs_choices import old_choices
from geohazard_desktop.exchange.layer_guess import takes_none
from geohazard_desktop.exchange.report import Problem
from geohazard_desktop.exchange.source import DRAWING_SUFFIXES, FIELD_SUFFIXES
from geohazard_desktop.workspace.definition import NEW_REFERENCE

_ENCODINGS = ("UTF-8", "GBK", "GB18030", "BIG5")
_OF_THE_FILE = {"encoding", "epsg", "shift"}  # said of a phone's file or a drawing, they hold for all its tables
_BESIDE = 900  # px at 100 % that what is read and how it lies on the map need to stand beside each other


class ImportDialog(QDialog):
    """`imported` ([(ImportReport, layer)], one for each table) after the step is on disk."""

    imported = Signal(list)

    def __init__(self, parent: QWidget, session: Session, path: Path, layer: str) -> None:
        super().__init__(parent)
        self._session = session
        chosen = layer == NEW_REFERENCE
        self._first = Wish(path, layer, guessing=not chosen, chosen=chosen)
        self._tables: list[Table] = []
        self._row = 0  # of the table that is shown
        self._asked: list[tuple[Table, Wish]] = []  # what the job under way looks at
        self._job: Job | None = None
        self._again = False
        self._over = False  # the dialog was left: nothing more is looked at
        self._stored_already = False
        self.setWindowTitle(_("导入数据"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(20), theme().px(14), theme().px(20), theme().px(12))
        head.setSpacing(theme().px(10))
        head.addWidget(label(_("导入数据"), "title"))
        head.addWidget(label(path.name, "note"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(line())
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        column.addWidget(self._bar)
        self._beside = QWidget()
        self._middle = QHBoxLayout(self._beside)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._titles = (label(_("读什么，写到哪里"), "strong"), label(_("放到图上看看"), "strong"))
        self._sides = (self._left(), self._right())
        self._middle.addWidget(self._sides[0], 5)
        self._middle.addWidget(line(vertical=True))
        self._middle.addWidget(self._sides[1], 4)
        column.addWidget(self._beside, 1)
        self.pages = QTabWidget()
        self.pages.hide()
        column.addWidget(self.pages, 1)
        column.addWidget(self._foot())
        open_at(self, 1240, 800)
        self._arrange()  # before it is shown: a window is never smaller than its layout wants
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.setInterval(350)
        self._settle_timer.timeout.connect(self._start)
        self._start()

    @property
    def busy(self) -> bool:
        """Something is being read, judged or written."""
        return self._job is not None or self._settle_timer.isActive()

    # -- large type ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Both sides beside each other, or, where large type leaves them too little width, one page each."""
        narrow = self.width() < theme().px(_BESIDE)
        if narrow != self.pages.isHidden():
            return
        left, right = self._sides
        self._beside.setHidden(narrow)
        self.pages.setVisible(narrow)
        if narrow:
            self.pages.addTab(left, self._titles[0].text())
            self.pages.addTab(right, self._titles[1].text())
            self._name_pages()
        else:
            self._middle.insertWidget(0, left, 5)
            self._middle.addWidget(right, 4)
            left.show()  # a page that was not the current one is hidden
            right.show()
        for title in self._titles:
            title.setHidden(narrow)  # they are on the tabs
        way = QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom
        self._looks.setDirection(way)

    def _name_pages(self) -> None:
        """What is to be put right stands on the second page: its number is on the tab, for whoever sees the first."""
        if self.pages.count():
            told = [self._titles[1].text(), *([self._problems_title.text()] if self.problems.count() else [])]
            self.pages.setTabText(1, "　".join(told))

    # -- building --------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        body = QWidget()
        area.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(20), theme().px(12), theme().px(16), theme().px(12))
        column.setSpacing(theme().px(8))
        column.addWidget(self._titles[0])
        self.tables = TableList()
        self.tables.shown.connect(self._show_row)
        self.tables.ticked.connect(self._tick)
        self.tables.chosen.connect(self._choose)
        column.addWidget(self.tables)
        column.addLayout(self._choices())
        self.reference = ReferenceChooser()
        self.reference.chosen.connect(lambda title, origin: self._change(title=title, origin=origin))
        column.addWidget(self.reference)
        self.part = PartChooser()
        self.part.chosen.connect(lambda only: self._change(only=only))
        self.part.hide()
        column.addWidget(self.part)
        self.within = WithinChooser()
        self.within.chosen.connect(lambda within: self._change(within=within))
        column.addWidget(self.within)
        self.alike = AlikeChooser()
        self.alike.chosen.connect(lambda way: self._change(alike=way))
        column.addWidget(self.alike)
        self.namesakes = NamesakeChooser()
        self.namesakes.chosen.connect(lambda answers: self._change(namesakes=answers))
        column.addWidget(self.namesakes)
        self.meanings = WordChooser()
        self.meanings.chosen.connect(lambda words: self._change(words=words))
        column.addWidget(self.meanings)
        self.whose = WhoseChooser()
        self.whose.chosen.connect(lambda whose: self._change(whose=whose))
        column.addWidget(self.whose)
        column.addWidget(label(_("认出来的内容"), "strong"))
        self.evidence = EvidenceList()
        self.evidence.layer_asked.connect(self.retarget)
        self.evidence.part_asked.connect(self.part.pick)
        self.evidence.shift_asked.connect(lambda: self._change(epsg=4490, shift="gcj02"))
        column.addWidget(self.evidence)
        self._fields_title = label(_("字段对应"), "strong", wrap=True)
        column.addWidget(self._fields_title)
        self.fields = FieldTable()
        self.fields.mapped.connect(lambda mapping: self._change(mapping=mapping))
        self.fields.filled.connect(lambda constants: self._change(constants=constants))
        column.addWidget(self.fields, 1)
        return area

    def _choices(self) -> QHBoxLayout:
        """Target, encoding, CRS: each guessed, each can be said otherwise."""
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        self.target = CalmCombo()
        for one in self._session.workspace.definitions.values():
            if not one.helper and not one.why_fixed:
                self.target.addItem(one.title, one.table)
        self.target.addItem(_("参考图层（新建）"), NEW_REFERENCE)
        self.target.setCurrentIndex(max(0, self.target.findData(self._first.layer)))
        self.target.activated.connect(lambda _index: self._choose(self._row, self.target.currentData()))
        self.encoding = CalmCombo()
        self.encoding.addItem(_("自动判断"), None)
        for name in _ENCODINGS:
            self.encoding.addItem(name, name)
        self.encoding.activated.connect(lambda _index: self._change(encoding=self.encoding.currentData()))
        self.crs = CalmCombo()
        self.crs.addItem(_("自动判断"), (None, None))
        for code, title in candidates(self._session.workspace.crs):
            self.crs.addItem(f"{title}（EPSG:{code}）", (code, None))
        for code, title in old_choices(self._session.workspace.crs):
            self.crs.addItem(title, (code, None))
        self.crs.addItem(_("火星坐标（GCJ-02）"), (4490, "gcj02"))
        self.crs.addItem(_("百度坐标（BD-09）"), (4490, "bd09"))
        self.crs.activated.connect(self._recrs)
        self._target_box = self._titled(_("写入图层"), self.target)
        boxes = (
            self._target_box,
            self._titled(_("文字编码"), self.encoding),
            self._titled(_("坐标系"), self.crs),
        )
        for box in boxes:
            row.addWidget(box, 1)
        return row

    def _titled(self, title: str, widget: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        column.addWidget(label(title, "label"))
        column.addWidget(widget)
        return box

    def _right(self) -> QWidget:
        side = QWidget()
        self._looks = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self._looks.setContentsMargins(theme().px(16), theme().px(12), theme().px(20), theme().px(12))
        self._looks.setSpacing(theme().px(8))
        lies = QVBoxLayout()
        lies.addWidget(self._titles[1])
        self.map = ImportMap(self._session)
        lies.addWidget(self.map, 1)
        self._looks.addLayout(lies, 3)
        told = QVBoxLayout()
        self._problems_title = label(_("要处理的"), "strong")
        told.addWidget(self._problems_title)
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        told.addWidget(self.problems, 1)
        told.addStretch(0)  # the title stands above, also where there is no list
        self._looks.addLayout(told, 2)
        return side

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme().px(20), theme().px(12), theme().px(20), theme().px(12))
        self.promise = Elided("", "body", "text")
        row.addWidget(self.promise, 1)
        self.cancel_button = button(_("取消"), self.reject)
        row.addWidget(self.cancel_button)
        self.go_button = button(_("导入"), self._import, primary=True)
        self.go_button.setDefault(True)
        row.addWidget(self.go_button)
        return foot

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def _table(self) -> Table | None:
        return self._tables[self._row] if self._tables else None

    def _recrs(self, _index: int) -> None:
        epsg, shift = self.crs.currentData()
        self._change(epsg=epsg, shift=shift)

    def _change(self, **changes: object) -> None:
        """Of the table that is shown; what is said of the whole file, of all."""
        suffix = self._first.path.suffix.lower()
        for_all = set(changes) <= _OF_THE_FILE and suffix in (*FIELD_SUFFIXES, *DRAWING_SUFFIXES)
        for one in self._tables if for_all else filter(None, [self._table]):
            one.wish = one.wish.with_(**changes)
        self._settle()

    def _choose(self, row: int, layer: str) -> None:
        """Another layer for a table."""
        one = self._tables[row]
        one.why = []
        one.wish = one.wish.with_(layer=layer, mapping={}, constants={}, guessing=False, chosen=True)
        self._settle()

    def retarget(self, layer: str) -> None:
        """The table that is shown into another layer, as if it had been picked from the list."""
        self._choose(self._row, layer)

    def _tick(self, row: int, ticked: bool) -> None:
        self._tables[row].ticked = ticked
        self._tables[row].look = None
        self._settle()

    def _settle(self) -> None:
        """What was judged holds no longer: nothing is stored by it."""
        self.go_button.setEnabled(False)
        self._settle_timer.start()

    def _start(self) -> None:
        if self._over:
            return
        if self._job is not None:
            self._again = True  # what was changed meanwhile is looked at when this look is done
            return
        path, first = self._session.workspace.path, self._first
        self._bar.show()
        self.go_button.setEnabled(False)
        self.promise.set_text(_("正在读 {name} ……").format(name=first.path.name), "text2")
        if self._tables:
            ticked = [one for one in self._tables if one.ticked]
            wishes = [one.wish for one in ticked]
            before = [one.look for one in ticked if one.look is not None]
            self._job = Job(lambda _progress: look_together(path, wishes, before), self)
            self._asked = list(zip(ticked, wishes, strict=True))
            self._job.finished_with.connect(self._looked)
            self._job.refused.connect(self._not_looked)
            self._job.broken.connect(self._not_looked)
        else:
            self._job = Job(lambda _progress: begin(path, first), self)
            self._job.finished_with.connect(self._begun)
        self._run()

    def _run(self) -> None:
        assert self._job is not None
        self._job.refused.connect(self._failed)
        self._job.broken.connect(self._failed)
        self._job.finished.connect(self._free)
        self._job.start()

    def _failed(self, error: Exception) -> None:
        """It is told in the window below this one, too; here nothing may stand that is no longer so."""
        reason = error.sentence if isinstance(error, GeohazardError) else _("程序出错了。")
        self.promise.set_text(_("还不能导入：{reason}").format(reason=spoken(reason)), "error")

    def _not_looked(self, _error: Exception) -> None:
        """What was judged before is of what was chosen before: nothing is stored by it."""
        for table, _wish in self._asked:
            table.look = None

    def _free(self) -> None:
        """Only now may the last button be pressed: a press while the look still ends would be lost."""
        self._job = None
        self._bar.hide()
        if self._again:
            self._again = False
            self._start()
            return
        # What was changed in the last moments of the look is still to be looked at: what it judged may not be stored.
        settled = not self._settle_timer.isActive()
        may = settled and not self._stored_already and not self._session.read_only_reason()
        self.go_button.setEnabled(may and ready(self._tables))

    # -- showing ---------------------------------------------------------------------------------------------------

    def _begun(self, found: tuple[list[Table], int]) -> None:
        self._tables, self._row = found
        self._show()

    def _looked(self, looks: Sequence[Look]) -> None:
        for (table, wish), found in zip(self._asked, looks, strict=True):
            if table.wish is wish and table.ticked:  # else it was changed meanwhile, and is looked at again
                take(table, found)
        if not self._again and not self._settle_timer.isActive():  # else what is in sight would be put back
            self._show()

    def _show_row(self, row: int) -> None:
        self._row = row
        self._show()

    def _show(self) -> None:
        table = self._table
        assert table is not None
        found, wish = table.look, table.wish
        self.tables.show_tables(self._tables, self._row, self._layers_for, state_of)
        self._target_box.setVisible(len(self._tables) < 2)
        self.target.setCurrentIndex(self.target.findData(wish.layer))
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(wish.encoding)))
        # Qt finds a pair only if it is the very same object.
        pairs = [self.crs.itemData(one) for one in range(self.crs.count())]
        said = (wish.epsg, wish.shift)
        self.crs.setCurrentIndex(pairs.index(said) if said in pairs else 0)
        if found is not None and found.whole is not None and not table.folder:
            self.part.show_source(found.whole, wish.only)
        elif found is None or table.folder:
            self.part.hide()
        plan = found.plan if found is not None else None
        self.within.show_count(plan.beyond if plan else 0, len(plan.source) if plan else 0, within=wish.within)
        self.alike.show_count(plan.alike if plan else 0, wish.alike)
        self.namesakes.show_rows(plan.namesakes if plan else [], wish.namesakes)
        self.meanings.show_questions(found.questions if found is not None else [], wish.words)
        self.whose.show_count(plan.of_several if plan else 0, wish.whose)
        self.reference.show_layer(found.reference.definition if found is not None and found.reference else None)
        self.evidence.show_table(table, self._title_of)
        self.fields.show_look(found)
        self._fields_title.setText(self.fields.title)
        self._list_problems(plan.report.problems if plan else [])
        self.map.show_features(
            [one for each in self._tables if each.look and each.look.plan for one in each.look.plan.features]
        )
        words, colour = promise(self._tables)
        self.promise.set_text(words, colour)
        self.go_button.setText(button_words(self._tables))

    def _title_of(self, layer: str) -> str:
        return self.target.itemText(self.target.findData(layer))

    def _layers_for(self, table: Table) -> list[tuple[str, str]]:
        """Titles and layers that take the shapes of a table; all of them before it was looked at."""
        found = [(self.target.itemText(one), str(self.target.itemData(one))) for one in range(self.target.count())]
        source = table.look.source if table.look is not None else None
        if source is None:
            return found
        definitions = self._session.workspace.definitions
        return [
            (title, one) for title, one in found if one not in definitions or not takes_none(definitions[one], source)
        ]

    def _list_problems(self, problems: Sequence[Problem]) -> None:
        kinds = {"repaired": _("修复"), "skipped": _("跳过"), "note": _("请看")}
        self.problems.clear()
        for one in problems[:500]:
            self.problems.addItem(f"{kinds[one.kind]}　{spoken(one.sentence)}")
        self._problems_title.setText(
            _("要处理的 {count} 处").format(count=len(problems)) if problems else _("没有要处理的")
        )
        self.problems.setVisible(bool(problems))
        self._name_pages()

    # -- doing -----------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        if self.busy or not ready(self._tables):
            return
        window = self._session.workspace
        looks = [one.look for one in self._tables if one.ticked and one.look is not None]
        self._bar.show()
        self.go_button.setEnabled(False)
        self._job = Job(lambda _progress: store(window, looks), self)
        self._job.finished_with.connect(self._stored)
        self._run()

    def _stored(self, stored: list[object]) -> None:
        self._stored_already = True
        self.imported.emit(stored)
        self.accept()

    def done(self, result: int) -> None:
        """However it is left: what is under way ends, and nothing begins in a dialog that nobody sees."""
        self._over = True
        self._settle_timer.stop()
        if self._job is not None:
            self._job.wait()
        super().done(result)
