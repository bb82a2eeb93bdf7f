"""Findings of the checks, worst first or in groups; filters, what was set aside, and how far a run is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.analysis.shares import Share
from geohazard_desktop.checks.finding import Finding, counted
from geohazard_desktop.checks.repair import label_of
from geohazard_desktop.checks.set_aside import Aside
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.checking.rows import Doing, FindingRow, GroupHead
from geohazard_desktop.desktop.checking.sift import GROUPS, HOUSEHOLDS, Sift, features_of
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button, label, line, severity_label
from geohazard_desktop.desktop.theme import theme

_A_PAGE = 15  # rows of a group made at once: each is a handful of widgets
_ALL_PAGES = 60  # rows made at once; groups beyond begin folded
_AT_ONCE, _A_TURN = 16, 6  # rows laid out before the list is seen, more than any window shows, and in a turn after it
_LOW = 600  # height of a window, in pixels at 100 %, below which shares and list don't fit beside each other
_NOTHING_YET = _("还没有检查。")
_KINDS = (("", _("全部")), ("error", _("错误")), ("warning", _("提醒")), ("info", _("说明")), ("aside", _("搁置")))


class ChecksPanel(QWidget):
    """`located` (Finding), `run_asked`, `stop_asked`, `repair_asked` (Finding), `repair_all_asked` (findings),
    `field_asked`, `place_asked`, `aside_asked` (Finding), `setting_asked` (its key), `back_asked` (list of Aside),
    `export_asked`, `select_asked` and `cards_asked` (the findings of a group), `appeared` when it comes into sight."""

    located = Signal(object)
    run_asked = Signal()
    stop_asked = Signal()
    repair_asked = Signal(object)
    repair_all_asked = Signal(list)
    field_asked = Signal(object)
    setting_asked = Signal(str)
    place_asked = Signal(object)
    aside_asked = Signal(object)
    back_asked = Signal(list)
    export_asked = Signal()
    select_asked = Signal(list)
    cards_asked = Signal(list)
    appeared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.findings: list[Finding] = []
        self.asides: list[tuple[Finding, Aside]] = []
        self.current: Finding | None = None
        self.sift = Sift()
        self.titles: Mapping[str, str] = {}
        self._rows: dict[str, FindingRow] = {}
        self._pages: dict[str, int] = {}
        self._folded: set[str] = set()
        self._stale = False
        self._steps: Iterator[None] = iter(())  # what of the list is still to be laid out
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(lambda: self._lay(_A_TURN))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._kinds())
        self._shares = QVBoxLayout()
        self._shares.setContentsMargins(theme().px(14), 0, theme().px(14), theme().px(8))
        column.addLayout(self._shares)
        self._told_shares: Sequence[Share] = ()
        self._low = False
        self._price: tuple[Finding, str, bool] | None = None
        column.addWidget(line())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(theme().px(48))
        column.addWidget(self._area, 1)
        self._rebuild()

    # -- building --------------------------------------------------------------------------------------------------

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(6))
        column.setSpacing(theme().px(6))
        row = QHBoxLayout()
        self.summary = label(_NOTHING_YET, "strong", wrap=True)
        row.addWidget(self.summary, 1)
        self.run_button = button(_("全部检查"), self._run_or_stop, size="small", icon_name="check-all")
        row.addWidget(self.run_button)
        self._more = icon_button("more", _("分组、筛选、导出"), self._open_menu)
        row.addWidget(self._more)
        column.addLayout(row)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme().px(4))
        self.progress.hide()
        column.addWidget(self.progress)
        self._sifted = button("", self._clear_sift, size="small", icon_name="close")
        self._sifted.setToolTip(_("去掉筛选"))
        self._sifted.hide()
        column.addWidget(self._sifted, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _kinds(self) -> QWidget:
        # Their counts grow with a run: they go on to a second row and never make the dock wider, which moves the map.
        holder = QWidget()
        row = FlowLayout(holder, theme().px(4), 0)
        row.setContentsMargins(theme().px(14), 0, theme().px(14), theme().px(8))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        group = QButtonGroup(self)
        self.kinds: dict[str, QPushButton] = {}
        for key, words in _KINDS:
            made = QPushButton(words)
            made.setProperty("size", "small")
            made.setProperty("kind", True)
            made.setCheckable(True)
            made.setChecked(not key)
            made.clicked.connect(lambda _on=False, key=key: self._choose_kind(key))
            group.addButton(made)
            row.addWidget(made)
            self.kinds[key] = made
        return holder

    def _run_or_stop(self) -> None:
        (self.stop_asked if not self.progress.isHidden() else self.run_asked).emit()

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def menu(self) -> QMenu:
        """Group and filter the list, hand it out."""
        menu = QMenu(self)
        grouping = menu.addMenu(_("分组"))
        for key, words in GROUPS:
            action = grouping.addAction(words)
            action.setCheckable(True)
            action.setChecked(self.sift.group == key)
            action.triggered.connect(lambda _on=False, key=key: self._set_sift(group=key))
        for name, words in (("rule", _("按规则筛选")), ("layer", _("按图层筛选")), ("street", _("按街道筛选"))):
            sub = menu.addMenu(words)
            for value, told, count in self.sift.choices(self.findings, name, self.titles):
                action = sub.addAction(f"{told}　{count}")
                action.setCheckable(True)
                action.setChecked(getattr(self.sift, name) == value)
                action.triggered.connect(lambda _on=False, name=name, value=value: self._set_sift(**{name: value}))
            sub.setEnabled(not sub.isEmpty())
        menu.addSeparator()
        export = menu.addAction(icon("export"), _("导出检查结果……"))
        export.triggered.connect(self.export_asked)
        export.setEnabled(bool(self.findings or self.asides))
        back = menu.addAction(_("恢复全部搁置的提醒"))
        back.triggered.connect(lambda: self.back_asked.emit([aside for _finding, aside in self.asides]))
        back.setEnabled(bool(self.asides))
        return menu

    # -- filters ---------------------------------------------------------------------------------------------------

    def _choose_kind(self, kind: str) -> None:
        self._set_sift(kind=kind)

    def show_layer(self, layer: str) -> None:
        """The findings of one layer alone."""
        self.kinds[""].setChecked(True)
        self.sift = Sift(group=self.sift.group)
        self._set_sift(layer=layer)

    def _clear_sift(self) -> None:
        self._set_sift(rule="", layer="", street="")

    def _set_sift(self, **values: str) -> None:
        self.sift = self.sift.with_(**values)
        self._pages.clear()
        self._rebuild()

    def shown(self) -> list[Finding]:
        """What the list holds now, in its order."""
        if self.sift.kind == "aside":
            return [one for one, _aside in self.asides if self.sift.takes(one)]
        groups = self.sift.grouped(self.findings, self.titles)
        return [one for _name, group in groups for one in group]

    # -- content ---------------------------------------------------------------------------------------------------

    def show_progress(self, done: int, total: int, words: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.summary.setText(_("正在检查：{words}……").format(words=words) if words else _("正在检查……"))

    def set_running(self, on: bool) -> None:
        self.progress.setVisible(on)
        self.run_button.setText(_("停下") if on else _("全部检查"))

    def show_findings(
        self,
        findings: Sequence[Finding],
        asides: Sequence[tuple[Finding, Aside]],
        titles: Mapping[str, str],
        moment: str,
    ) -> None:
        """`titles` are the layers' names. `moment` says of when the result is, "" where nothing was looked at yet."""
        seen = self.isVisible()
        same = seen and list(findings) == self.findings and list(asides) == self.asides
        self.findings, self.asides, self.titles = list(findings), list(asides), titles
        counts = {"": len(findings), "aside": len(asides), **counted(findings)}
        errors, warnings = counts.get("error", 0), counts.get("warning", 0)
        told = _("没有发现问题")
        if errors or warnings:
            told = _("{errors} 个错误，{warnings} 个提醒").format(errors=errors, warnings=warnings)
        words = _("{told}（{moment}）").format(told=told, moment=moment) if moment else _NOTHING_YET
        self.summary.setText(words)
        for key, words in _KINDS:
            self.kinds[key].setText(f"{words} {counts[key]}" if counts.get(key) else words)
        if self.current is not None:
            self.current = next((one for one in findings if one.key == self.current.key), None)
        if not seen:
            self._stale = True  # nobody looks: made when the panel comes into sight
        elif not same:
            self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._rebuild()
        self.appeared.emit()

    def _rebuild(self) -> None:
        self._stale = False
        place = self._area.verticalScrollBar().value()
        words = self.sift.words(self.titles)
        self._sifted.setText(words)
        self._sifted.setVisible(bool(words))
        self._rows = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)  # everything comes before it
        self._steps = self._laid(column)
        self._lay(None if place else _AT_ONCE)
        self._area.setWidget(body)
        self._area.verticalScrollBar().setValue(place)

    def _lay(self, most: int | None) -> None:
        """The next rows (None: all that are left); the rest in the turns to come, the hand served between. A list that
        was scrolled has to have its height at once."""
        self._turn.stop()
        if sum(1 for _row in islice(self._steps, most)) == most:
            self._turn.start()

    def _laid(self, column: QVBoxLayout) -> Iterator[None]:
        """Lays out the list; takes a breath after each row."""
        if self._low and self._told_shares:
            holder = QWidget()
            head = QVBoxLayout(holder)
            head.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
            head.addWidget(_share_box(self._told_shares))
            _add(column, holder)
        if self.sift.kind == "aside":
            for finding, aside in self.asides:
                if self.sift.takes(finding):
                    self._add_row(column, finding, aside=aside)
                    yield
        else:
            for name, group in self.sift.grouped(self.findings, self.titles):
                yield from self._add_group(column, name, group)
        if not self._rows and (self.findings or self.asides):
            _add(column, self._nothing())

    def _nothing(self) -> QWidget:
        made = label(_("这里没有。"), "note", wrap=True)
        made.setContentsMargins(theme().px(14), theme().px(14), theme().px(14), 0)
        return made

    def _add_group(self, column: QVBoxLayout, name: str, group: Sequence[Finding]) -> Iterator[None]:
        if name:
            crowded = len(self._rows) >= _ALL_PAGES and name not in self._pages
            folded = name in self._folded or crowded
            _add(column, GroupHead(name, len(group), folded, lambda: self._fold(name, folded), self._doings(group)))
            if folded:
                return
        most = _A_PAGE * self._pages.get(name, 1)
        for one in group[:most]:
            self._add_row(column, one)
            yield
        if len(group) > most:
            words = _("再列 {count} 条（还有 {left} 条）").format(
                count=min(_A_PAGE, len(group) - most), left=len(group) - most
            )
            _add(column, button(words, lambda: self._next_page(name), flat=True))

    def _doings(self, group: Sequence[Finding]) -> list[Doing]:
        """What can be done with all of a group: choose its features, print their cards, mend what has one repair."""
        features = features_of(group, self.titles.__contains__)
        homes = sum(layer == HOUSEHOLDS for layer, _uid in features)
        found: list[Doing] = []
        if len(features) > 1:
            told = _("在地图和登记表里选中这 {count} 个要素。").format(count=len(features))
            found.append((_("选中这些"), told, lambda: self.select_asked.emit(list(group))))
        if homes > 1:
            told = _("到出图与发卡，这 {count} 户已经勾好。").format(count=homes)
            found.append((_("打印这些住户的卡"), told, lambda: self.cards_asked.emit(list(group))))
        mendable = [one for one in group if one.fix]
        if len(mendable) > 1 and len({one.fix for one in mendable}) == 1:
            words = _("全部{name} {count} 处").format(name=label_of(mendable[0].fix), count=len(mendable))
            found.append((words, "", lambda: self.repair_all_asked.emit(mendable)))
        return found

    def _add_row(self, column: QVBoxLayout, finding: Finding, aside: Aside | None = None) -> None:
        row = FindingRow(finding, grouped=self.sift.group == "rule" and aside is None, aside=aside)
        row.clicked.connect(self.go)
        row.repair_asked.connect(self.repair_asked)
        row.field_asked.connect(self.field_asked)
        row.setting_asked.connect(self.setting_asked)
        row.place_asked.connect(self.place_asked)
        row.aside_asked.connect(self.aside_asked)
        row.back_asked.connect(lambda one: self.back_asked.emit([one]))
        _add(column, row)
        self._rows[finding.key] = row
        if self.current is not None and finding.key == self.current.key:
            row.show_current(True)
        if self._price is not None and finding.key == self._price[0].key:
            row.show_price(self._price[1], ready=self._price[2])

    def _fold(self, name: str, folded: bool) -> None:
        if folded:
            self._folded.discard(name)
            self._pages.setdefault(name, 1)
        else:
            self._folded.add(name)
        self._rebuild()

    def _next_page(self, name: str) -> None:
        self._pages[name] = self._pages.get(name, 1) + 1
        self._rebuild()

    # -- walking through -------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        listed = self.shown()
        if not listed:
            return
        keys = [one.key for one in listed]
        at = keys.index(self.current.key) + by if self.current and self.current.key in keys else (0 if by > 0 else -1)
        self.go(listed[at % len(listed)])

    def go(self, finding: Finding) -> None:
        """Make it the current one and ask to be shown the place."""
        if self.current is not None and self.current.key in self._rows:
            self._rows[self.current.key].show_current(False)
        self.current = finding
        if finding.key not in self._rows:
            self._lay(None)
        if finding.key not in self._rows:
            self._reveal(finding)
        row = self._rows.get(finding.key)
        if row is not None:
            row.show_current(True)
        self.located.emit(finding)
        if finding.key in self._rows:
            self._area.ensureWidgetVisible(self._rows[finding.key])  # with the price that it has now

    def _reveal(self, finding: Finding) -> None:
        """Unfold its group and list as many pages as it takes."""
        for name, group in self.sift.grouped(self.findings, self.titles):
            keys = [one.key for one in group]
            if finding.key in keys:
                self._folded.discard(name)
                self._pages[name] = keys.index(finding.key) // _A_PAGE + 1
                self._rebuild()
                self._lay(None)

    def show_price(self, finding: Finding, words: str, *, ready: bool) -> None:
        """What would mend a finding and how, or why that can't be; it stays when the list is laid out anew."""
        self._price = (finding, words, ready)
        row = self._rows.get(finding.key)
        if row is not None:
            row.show_price(words, ready=ready)

    @property
    def priced(self) -> str:
        """The finding whose price is told, by its key; "" where none is."""
        return "" if self._price is None else self._price[0].key

    def put_price_away(self) -> None:
        if self._price is not None:
            row = self._rows.get(self._price[0].key)
            self._price = None
            if row is not None:
                row.show_price("", ready=False)

    # -- shares ----------------------------------------------------------------------------------------------------

    def show_shares(self, shares: Sequence[Share]) -> None:
        """The susceptibility shares beside the plan's figures, judged."""
        self._told_shares = shares if any(one.planned_percent is not None for one in shares) else ()
        self._place_shares()

    def _place_shares(self) -> None:
        """Above the list; in large type and a low window they go with the list, or no row of it would be in sight."""
        was, self._low = self._low, self.window().height() < theme().px(_LOW)
        _empty(self._shares)
        if self._told_shares and not self._low:
            self._shares.addWidget(_share_box(self._told_shares))
        if self._low or was:
            self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._low != (self.window().height() < theme().px(_LOW)):
            QTimer.singleShot(0, self, self._place_shares)


def _add(column: QVBoxLayout, widget: QWidget) -> None:
    """Before the stretch at the end."""
    column.insertWidget(column.count() - 1, widget)


def _share_box(shares: Sequence[Share]) -> QFrame:
    box = QFrame()
    box.setObjectName("box")
    column = QVBoxLayout(box)
    column.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
    column.setSpacing(theme().px(3))
    good = all(one.agrees for one in shares if one.agrees is not None)
    head = QHBoxLayout()
    head.addWidget(severity_label("done" if good else "warning"))
    words = _("易发区占比与预案一致") if good else _("易发区占比与预案不一致")
    head.addWidget(label(words, "strong"), 1)
    column.addLayout(head)
    for one in shares:
        planned = "" if one.planned_percent is None else _("预案 {n:.2f} %").format(n=one.planned_percent)
        words = _("{name}　{percent:.2f} %（{km2:.2f} km²）").format(name=one.name, percent=one.percent, km2=one.km2)
        row = QHBoxLayout()
        row.addWidget(label(words, "note"), 1)
        row.addWidget(label(planned, "note" if one.agrees is not False else "error"))
        column.addLayout(row)
    return box


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
