"""For whom: the subjects of the product at hand, to search, to sift and to tick; what lacks is said before printing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.lacking_line import LackingLine
from geohazard_desktop.desktop.papers.listed_choice import ListedChoice
from geohazard_desktop.desktop.papers.map_choice import MapChoice
from geohazard_desktop.desktop.papers.meant_subjects import ZONES, Key, asked_by, away_among, meant_by, words_of
from geohazard_desktop.desktop.papers.no_subjects import NoSubjects
from geohazard_desktop.desktop.papers.publisher import Order, Publisher, Result
from geohazard_desktop.desktop.papers.subject_model import NAME, NUMBER, STATE, SubjectModel, SubjectRow, rows_of
from geohazard_desktop.desktop.papers.subject_sift import SubjectSift
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.whole_rows import WholeRows
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.product import OptionValue, Product

_MOST_LOOKED_INTO = 3000  # subjects whose forms are filled to see what lacks
_IN_SIGHT = 5  # rows of the list at least


class _Table(QTableView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            model = self.model()
            assert isinstance(model, SubjectModel)
            row = model.shown[self.currentIndex().row()]
            rows = {one.row() for one in self.selectedIndexes()} or {self.currentIndex().row()}
            model.tick([model.shown[one].uid for one in rows], row.uid not in model.chosen)
            return
        super().keyPressEvent(event)


class SubjectTable(QWidget):
    """`changed`: other subjects are ticked. `asked_for` (layer, uid): look at it on the map."""

    changed = Signal()
    asked_for = Signal(str, str)
    import_asked = Signal(str)  # layer: there is nothing to make papers for
    setting_asked = Signal(str)  # key: something that every paper lacks

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._product: Product | None = None
        self._stale = True
        self._options: Callable[[], Mapping[str, OptionValue]] = dict
        self._series = ""  # of which the papers are told
        self._ticked_for: frozenset[Key] = frozenset()  # the map's selection that was seen last
        self._looking = False  # the map is being led to a row of this list
        self.model = SubjectModel()
        self.looker = Publisher(self)  # a process that fills the forms to see what lacks
        self._build()
        self.search.textChanged.connect(self._sifted)
        self.sift.currentIndexChanged.connect(self._sifted)
        self.table.doubleClicked.connect(self._look)
        self.model.ticked.connect(self._settle)
        self.looker.finished.connect(self._looked)
        self.looker.failed.connect(lambda _order: self._settle())  # nobody is looking any more
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(400)
        self._later.timeout.connect(self._reread)
        session.changed.connect(self._changed)
        session.closing.connect(self._closing)
        session.selection_changed.connect(self._selection)
        theme().changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(5))
        self.count = label("", "strong")
        column.addWidget(self.count)
        self.map_choice = MapChoice()
        self.map_choice.all_asked.connect(self._tick_all)
        column.addWidget(self.map_choice)
        self.listed_choice = ListedChoice()
        self.listed_choice.listed_asked.connect(self.tick_listed)
        column.addWidget(self.listed_choice)
        self.lacks = LackingLine()
        self.lacks.asked.connect(self.setting_asked)
        column.addWidget(self.lacks)
        row = QHBoxLayout()
        row.setSpacing(theme().px(5))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("找名称、编号、街道"))
        self.search.setClearButtonEnabled(True)
        row.addWidget(self.search, 1)
        self.sift = SubjectSift(self.model)
        row.addWidget(self.sift, 1)
        column.addLayout(row)
        self.nothing = NoSubjects()
        self.nothing.import_asked.connect(self.import_asked)
        column.addWidget(self.nothing)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setObjectName("boxed")
        self.table.setProperty("dense", True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(WholeRows(self.table, _IN_SIGHT), 1)
        row = QHBoxLayout()
        row.setSpacing(theme().px(5))
        row.addWidget(button(_("全选"), lambda: self._tick_shown(True), size="small"))
        row.addWidget(button(_("全不选"), lambda: self._tick_shown(False), size="small"))
        self.told = label("", "small")
        row.addWidget(self.told, 1)
        column.addLayout(row)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_product(self, product: Product) -> None:
        """Its subjects: those selected on the map ticked, without any all of them. The same subjects stay ticked as
        they are, unless others were selected since."""
        same = self._product is not None and self._product.subjects == product.subjects
        self._product = product
        self._read(keep=same and not self._selected_since())

    def tell_of(self, options: Callable[[], Mapping[str, OptionValue]]) -> None:
        """`options` are those at hand: how the last paper stands is told of the paper that they make."""
        self._options = options

    def options_changed(self) -> None:
        product = self._product
        if product is not None and product.registers and self._series_at_hand(product) != self._series:
            self.model.know(self.model.lacking, {})  # how papers of other options stand is not to be read of these
            self._ask_what_lacks(product, self.model.rows)

    def _series_at_hand(self, product: Product) -> str:
        return product.issue_order(product.chosen(self._options())).series if product.registers else ""

    def follow_selection(self) -> None:
        """Asked for from the menu: what is selected on the map is what is meant."""
        # Who is selected and gets no paper, since it moved away, is no choice among the others.
        selected = self._meant(self.model.rows)
        if selected and not self._stale:
            self._ticked_for = self._asked()
            self._take_from_map(selected)
            self.choose(selected)
            self._come_to_ticked()

    def _come_to_ticked(self) -> None:
        """Few that are ticked must not be below the fold."""
        rows = [number for number, one in enumerate(self.model.shown) if one.uid in self.model.chosen]
        if rows and len(rows) < len(self.model.shown):
            self.table.scrollTo(self.model.index(rows[0], NAME))

    def _asked(self) -> frozenset[Key]:
        """What is selected on the map or in the register and says for whom."""
        return frozenset() if self._product is None else asked_by(self._session.selection, self._product.subjects)

    def _meant(self, rows: Sequence[SubjectRow]) -> frozenset[str]:
        """Whom of them it means."""
        ws = self._session.ws
        return frozenset() if ws is None else meant_by(ws, self._asked(), rows)

    def _of_zone(self, uid: str) -> frozenset[str]:
        ws = self._session.ws
        return frozenset() if ws is None else meant_by(ws, [(ZONES, uid)], self.model.rows)

    def _take_from_map(self, uids: Collection[str]) -> None:
        layer = "" if self._product is None else self._product.subjects
        ws, asked = self._session.workspace, self._asked()
        if not uids:
            self.map_choice.take(())
        else:
            self.map_choice.take(uids, words_of(ws, asked, layer), away_among(ws, asked, uids))

    def _selected_since(self) -> bool:
        asked, ticked = self._asked(), self._ticked()
        if asked == self._ticked_for or not self._meant(self.model.rows):
            return False
        # Whoever looks at a zone has not taken back what a hand ticked; one of the list's own is another choice.
        by_hand = not (self.listed_choice.follows(ticked, len(self.model.rows)) or self.map_choice.holds(ticked))
        return not by_hand or any(one.uid == uid for one in self.model.rows for _layer, uid in asked)

    def _read(self, *, keep: bool) -> None:
        product, ws = self._product, self._session.ws
        self._stale = not self.isVisible()
        if self._stale or ws is None or product is None or product.subjects not in ws.definitions:
            if ws is None:
                self.model.fill("", [], [])
            return
        rows = rows_of(ws, product.subjects)
        known = {one.uid for one in self.model.rows} if keep else set()
        chosen = {one.uid for one in rows if one.uid in self.model.chosen or one.uid not in known}
        if not keep:
            self._ticked_for = self._asked()
            selected = set(self._meant(rows))
            self._take_from_map(selected)
            chosen = selected or chosen
        words, sift = self.search.text(), self.sift.currentData() if keep else None
        if keep and self.listed_choice.follows(self._ticked(), len(self.model.rows)):
            chosen = {one.uid for one in rows}  # and with the list again, below
        self.listed_choice.take(None)
        self.model.fill(product.key, rows, chosen)
        self.sift.fill(sift)
        self.search.setText(words if keep else "")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
        self._dress()
        self._sifted()
        self._come_to_ticked()
        self._ask_what_lacks(product, rows)

    def _dress(self) -> None:
        """Rows and columns grow with the type."""
        self.table.verticalHeader().setDefaultSectionSize(theme().px(27))
        self.table.setColumnWidth(STATE, theme().px(80))  # 内容有变 behind the sign that something lacks
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        """As wide as the longest number, which is read whole; the name has the rest."""
        self.table.ensurePolished()
        metrics = self.table.fontMetrics()
        widest = max((metrics.horizontalAdvance(one.number) for one in self.model.rows), default=0)
        self.table.setColumnHidden(NUMBER, not widest)
        self.table.horizontalHeader().setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.Fixed)
        self.table.setColumnWidth(NUMBER, min(widest + theme().px(14), theme().px(150)))

    def _sifted(self) -> None:
        words = self.search.text().strip().lower().split()
        keep = self.sift.keeper(lambda: self._meant(self.model.rows), self._of_zone)
        follows = self.listed_choice.follows(self._ticked(), len(self.model.rows))
        self.model.show_only(
            lambda one: keep(one) and all(word in one.sought or matches(one.name, word) for word in words)
        )
        if follows:
            listed = {one.uid for one in self.model.shown}
            self.listed_choice.take(listed)
            self.choose(listed)

    # -- what is chosen --------------------------------------------------------------------------------------------

    def chosen(self) -> list[str] | None:
        """Uids to make papers for, in order; None where it is all of them."""
        found = [one.uid for one in self.model.rows if one.uid in self.model.chosen]
        return None if len(found) == len(self.model.rows) else found

    def _ticked(self) -> set[str]:
        """Ticked, and there still."""
        return {one.uid for one in self.model.rows if one.uid in self.model.chosen}

    @property
    def number(self) -> int:
        return len(self._ticked())

    def choose(self, uids: Collection[str]) -> None:
        """Tick these and no others."""
        self.model.tick([one.uid for one in self.model.rows], False)
        self.model.tick(uids, True)

    def _tick_all(self) -> None:
        self.model.tick([one.uid for one in self.model.rows], True)

    def tick_listed(self) -> None:
        """全选: what is listed, whatever hides the rest."""
        self._tick_shown(True)

    def _tick_shown(self, on: bool) -> None:
        """What is not listed is not made: 全选 ticks the listed ones alone."""
        if on:
            self.model.tick([one.uid for one in self.model.rows], False)
        self.model.tick([one.uid for one in self.model.shown], on)
        self.listed_choice.take(None)

    def _settle(self) -> None:
        ws, product = self._session.ws, self._product
        if ws is None or product is None or not product.subjects:
            return
        title = ws.definitions[product.subjects].title
        self._tell_nothing()
        self.count.setText(
            _("{title}：选了 {chosen} 个，共 {total} 个").format(
                title=title, chosen=self.number, total=len(self.model.rows)
            )
        )
        self.map_choice.tell(self._ticked(), len(self.model.rows))
        self.listed_choice.tell(len(self._ticked() - {one.uid for one in self.model.shown}))
        listed = len(self.model.shown)
        self.told.setText(
            _("列出 {count} 个").format(count=listed) if listed != len(self.model.rows) else self._lacks()
        )
        self.lacks.tell([self.model.lacking.get(uid, ()) for uid in self.model.chosen])
        self.changed.emit()

    def _tell_nothing(self) -> None:
        """An empty list says what would fill it."""
        ws, product = self._session.ws, self._product
        empty = ws is not None and product is not None and not self.model.rows
        self.table.setVisible(not empty)
        if ws is None or product is None:
            self.nothing.hide()
        else:
            self.nothing.tell(ws, product.subjects, self.model.rows)

    def _lacks(self) -> str:
        if self.looker.busy:
            return _("正在看缺什么……")
        count = sum(bool(self.model.lacking.get(uid)) for uid in self.model.chosen)
        words = [_("其中 {count} 个缺资料").format(count=count)] if count else []
        due = sum(self.model.states.get(uid) == State.CHANGED for uid in self.model.chosen)
        words += [_("{count} 个内容有变").format(count=due)] if due else []
        return "，".join(words)

    # -- what lacks ------------------------------------------------------------------------------------------------

    def _ask_what_lacks(self, product: Product, rows: list[SubjectRow]) -> None:
        self.looker.stop()
        if not rows or len(rows) > _MOST_LOOKED_INTO:
            return
        path: Path = self._session.workspace.path
        self._series = self._series_at_hand(product)
        wanted = {"product": product.key, "uids": [one.uid for one in rows], "options": dict(self._options())}
        self.looker.start(Order("lacking", product.key, path, wanted), path)
        self._settle()

    def _looked(self, result: Result) -> None:
        if self._product is not None and result.order.title == self._product.key:
            self.model.copies = result.copies
            self.model.know(result.lacking, result.states)
            self.sift.fill(self.sift.currentData())
            if self.sift.kind in ("lacking", "whole", "state"):
                self._sifted()
        self._settle()

    # -- what changes around it ------------------------------------------------------------------------------------

    def _changed(self, _deltas: object) -> None:
        self._later.start()

    def _reread(self) -> None:
        self._read(keep=True)

    def _selection(self) -> None:
        if self.isVisible():
            self._ticked_for = self._asked()
        if not self._looking:  # a look at the map from here changes no tick
            self._follow_map()
        if self.sift.kind == "selected":
            self._sifted()

    def _follow_map(self) -> None:
        """Ticks that came from the map go on with it, until a hand ticks something else; nothing selected is all."""
        if not self.map_choice.holds(self._ticked()):
            return
        selected = self._meant(self.model.rows)
        self._take_from_map(selected)
        if selected:
            self.choose(selected)
        else:
            self._tick_all()

    def _closing(self) -> None:
        self._later.stop()
        self.looker.stop()
        self.model.fill("", [], [])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._product is not None:
            QTimer.singleShot(0, self, lambda: self._read(keep=not self._selected_since()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.looker.stop()
        self._stale = True

    def _look(self, index: QModelIndex) -> None:
        row = self.model.shown[index.row()]
        self._looking = True
        try:
            self.asked_for.emit(row.layer, row.uid)
        finally:
            self._looking = False
