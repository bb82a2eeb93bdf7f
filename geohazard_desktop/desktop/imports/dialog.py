"""Import: what the file is taken for, with the evidence; which column goes where; how it lies on the map; a promise.

Every guess can be changed, and the rest is judged anew at once. Nothing is written before the last button.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.background import Job
from geohazard_desktop.desktop.forms.feature_facts import reading_order
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.imports.alike import AlikeChooser
from geohazard_desktop.desktop.imports.map import ImportMap
from geohazard_desktop.desktop.imports.part import PartChooser
from geohazard_desktop.desktop.imports.reference import ReferenceChooser
from geohazard_desktop.desktop.imports.whose import WhoseChooser
from geohazard_desktop.desktop.imports.word_choices import WordChooser
from geohazard_desktop.desktop.imports.work import Look, Wish, look, store
from geohazard_desktop.desktop.parts import Elided, button, label, line, severity_label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.crs import candidates
from geohazard_desktop.exchange.report import Evidence, ImportReport, Problem, listed
from geohazard_desktop.workspace.definition import NEW_REFERENCE, FieldDefinition

_ENCODINGS = ("UTF-8", "GBK", "GB18030", "BIG5")
_SUBJECTS = {
    "encoding": _("编码"),
    "crs": _("坐标系"),
    "shift": _("偏移"),
    "geometry": _("图形"),
    "fields": _("字段"),
    "table": _("表格"),
}
_OFFERED = 4  # layers as buttons; the others stand in the list
_NAMED = 6  # unused columns above the table; all stand in the evidence
_NOT_IMPORTED = _("不导入")


_FOR_THE_COMMAND_LINE = re.compile(r"（[^（）]*--[a-z][^（）]*）")


def spoken(sentence: str) -> str:
    """A sentence of the importer without the command line's options: here everything is chosen in the dialog."""
    return _FOR_THE_COMMAND_LINE.sub("", sentence)


def _places(report: ImportReport) -> str:
    """（4 处）, where some feature was repaired more than once."""
    places = sum(one.kind == "repaired" for one in report.problems)
    return _("（{count} 处）").format(count=places) if places > report.repaired else ""


class ImportDialog(QDialog):
    """`imported` (ImportReport, layer) after the step is on disk."""

    imported = Signal(object, str)

    def __init__(self, parent: QWidget, session: Session, path: Path, layer: str, table: str | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wish = Wish(path, layer, table, guessing=layer != NEW_REFERENCE)
        self._look: Look | None = None
        self._job: Job | None = None
        self._again = False
        self._why: list[Evidence] = []  # why the program chose the layer
        self._said = False  # whether somebody chose it
        self.report: ImportReport | None = None
        self.setWindowTitle(_("导入数据"))
        self.resize(min(theme().px(1240), parent.width() - 40), min(theme().px(800), parent.height() - 40))
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
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._left(), 5)
        middle.addWidget(line(vertical=True))
        middle.addWidget(self._right(), 4)
        column.addLayout(middle, 1)
        column.addWidget(self._foot())
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.setInterval(350)
        self._settle_timer.timeout.connect(self._start)
        self._start()

    @property
    def busy(self) -> bool:
        """Something is being read, judged or written."""
        return self._job is not None or self._settle_timer.isActive()

    # -- building --------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        area.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(20), theme().px(12), theme().px(16), theme().px(12))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("读什么，写到哪里"), "strong"))
        column.addLayout(self._choices())
        self.reference = ReferenceChooser()
        self.reference.chosen.connect(lambda title, origin: self._change(title=title, origin=origin))
        column.addWidget(self.reference)
        self.part = PartChooser()
        self.part.chosen.connect(lambda only: self._change(only=only))
        self.part.hide()
        column.addWidget(self.part)
        self.alike = AlikeChooser()
        self.alike.chosen.connect(lambda way: self._change(alike=way))
        column.addWidget(self.alike)
        self.meanings = WordChooser()
        self.meanings.chosen.connect(lambda words: self._change(words=words))
        column.addWidget(self.meanings)
        self.whose = WhoseChooser()
        self.whose.chosen.connect(lambda whose: self._change(whose=whose))
        column.addWidget(self.whose)
        column.addWidget(label(_("认出来的内容"), "strong"))
        self._evidence = QVBoxLayout()
        self._evidence.setSpacing(theme().px(6))
        column.addLayout(self._evidence)
        self._fields_title = label(_("字段对应"), "strong")
        column.addWidget(self._fields_title)
        self.fields = QTableWidget(0, 4)
        self.fields.setHorizontalHeaderLabels([_("写入字段"), _("取自这一列"), _("样例"), _("或统一填写")])
        self.fields.verticalHeader().hide()
        self.fields.verticalHeader().setDefaultSectionSize(theme().px(38))
        self.fields.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.fields.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.fields.setShowGrid(False)
        for index, mode in enumerate((3, 1, 1, 1)):
            self.fields.horizontalHeader().setSectionResizeMode(index, QHeaderView.ResizeMode(mode))
        self.fields.setMinimumHeight(theme().px(260))
        column.addWidget(self.fields, 1)
        return area

    def _choices(self) -> QHBoxLayout:
        """Target, layer of the file, encoding, CRS: each guessed, each can be said otherwise."""
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        self.target = CalmCombo()
        for one in self._session.workspace.definitions.values():
            if not one.helper and not one.why_fixed:
                self.target.addItem(one.title, one.table)
        self.target.addItem(_("参考图层（新建）"), NEW_REFERENCE)
        self.target.setCurrentIndex(max(0, self.target.findData(self._wish.layer)))
        self.target.activated.connect(self._retarget)
        self.source_layer = CalmCombo()
        self.source_layer.activated.connect(self._reread)
        self.encoding = CalmCombo()
        self.encoding.addItem(_("自动判断"), None)
        for name in _ENCODINGS:
            self.encoding.addItem(name, name)
        self.encoding.activated.connect(lambda _index: self._change(encoding=self.encoding.currentData()))
        self.crs = CalmCombo()
        self.crs.addItem(_("自动判断"), (None, None))
        for code, title in candidates(self._session.workspace.crs):
            self.crs.addItem(f"{title}（EPSG:{code}）", (code, None))
        self.crs.addItem(_("火星坐标（GCJ-02）"), (4490, "gcj02"))
        self.crs.addItem(_("百度坐标（BD-09）"), (4490, "bd09"))
        self.crs.activated.connect(self._recrs)
        self._source_box = self._titled(_("文件里的图层（表）"), self.source_layer)
        boxes = (
            self._titled(_("写入图层"), self.target),
            self._source_box,
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
        column = QVBoxLayout(side)
        column.setContentsMargins(theme().px(16), theme().px(12), theme().px(20), theme().px(12))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("放到图上看看"), "strong"))
        self.map = ImportMap(self._session)
        column.addWidget(self.map, 3)
        self._problems_title = label(_("要处理的"), "strong")
        column.addWidget(self._problems_title)
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        column.addWidget(self.problems, 2)
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

    def _retarget(self, _index: int) -> None:
        self._why, self._said = [], True
        self._change(layer=self.target.currentData(), mapping={}, constants={}, guessing=False)

    def _reread(self, _index: int) -> None:
        table = self.source_layer.currentText()
        self._change(source_layer=table, mapping={}, only={}, guessing=not self._said)

    def _recrs(self, _index: int) -> None:
        epsg, shift = self.crs.currentData()
        self._change(epsg=epsg, shift=shift)

    def _change(self, **changes: object) -> None:
        self._wish = self._wish.with_(**changes)
        self._settle_timer.start()

    def _start(self) -> None:
        if self._job is not None:
            self._again = True  # what was changed meanwhile is looked at when this look is done
            return
        path, wish = self._session.workspace.path, self._wish
        self._bar.show()
        self.go_button.setEnabled(False)
        self.promise.set_text(_("正在读 {name} ……").format(name=wish.path.name), "text2")
        self._job = Job(lambda _progress: look(path, wish), self)
        self._job.finished_with.connect(self._show)
        self._job.finished.connect(self._free)
        self._job.start()

    def _free(self) -> None:
        """Only now may the last button be pressed: a press while the look still ends would be lost."""
        self._job = None
        self._bar.hide()
        if self._again:
            self._again = False
            self._start()
            return
        plan = self._look.plan if self._look is not None and self.report is None else None
        self.go_button.setEnabled(plan is not None and plan.changes_anything and not self._session.read_only_reason())

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show(self, found: Look) -> None:
        self._look = found
        if self._wish.source_layer is None:
            self._wish = self._wish.with_(source_layer=found.wish.source_layer)
        if found.guess is not None and self._wish.guessing:
            self._wish = self._wish.with_(layer=found.guess.layer, guessing=False)
            self._why = found.guess.evidence
            self.target.setCurrentIndex(self.target.findData(found.guess.layer))
        self._source_box.setVisible(len(found.layers) > 1)
        if self.source_layer.count() != len(found.layers):
            self.source_layer.clear()
            self.source_layer.addItems(found.layers)
        if found.wish.source_layer:
            self.source_layer.setCurrentText(found.wish.source_layer)
        if found.whole is not None:
            self.part.show_source(found.whole)
        self.alike.show_count(found.plan.alike if found.plan else 0)
        self.meanings.show_questions(found.questions)
        self.whose.show_count(found.plan.of_several if found.plan else 0)
        self.reference.show_layer(found.reference.definition if found.reference is not None else None)
        self._show_evidence(found)
        self._show_fields(found)
        self._show_problems(found)
        self.map.show_features(found.plan.features if found.plan else [])
        self._show_promise(found)

    def _show_evidence(self, found: Look) -> None:
        while (item := self._evidence.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        rows: list[tuple[str, str, str]] = []
        report = found.plan.report if found.plan else None
        evidence = report.evidence if report else found.source.evidence if found.source else []
        evidence = [*self._why, *evidence]
        rows = [("warning" if one.doubt else "done", _SUBJECTS[one.subject], one.sentence) for one in evidence]
        if found.refusal is not None:
            rows.append(("error", _("还不能导入"), str(found.refusal)))
        rows = [(severity, title, spoken(sentence)) for severity, title, sentence in rows]
        for severity, title, sentence in rows:
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme().px(8))
            row.addWidget(severity_label(severity), 0, Qt.AlignmentFlag.AlignTop)
            name = label(title, "strong")
            name.setFixedWidth(theme().px(80 if severity == "error" else 52))
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(sentence, "note", wrap=True), 1)
            self._evidence.addWidget(box)
        if found.fitting or found.own:
            self._evidence.addWidget(self._offers(found.fitting, found.own))

    def _offers(self, layers: Sequence[str], own: dict[str, str]) -> QWidget:
        """One press each for the own part of the file, and for the layers that take such shapes."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        if own:
            row.addWidget(
                button(
                    _("只取本区（{text}）").format(text=next(iter(own.values()))),
                    lambda: self.part.pick(own),
                    size="small",
                )
            )
        row.addWidget(label(_("改导入到"), "label"))
        offered = [*layers[:_OFFERED], *(one for one in layers[_OFFERED:] if one == NEW_REFERENCE)]
        for layer in offered:
            title = self.target.itemText(self.target.findData(layer))
            row.addWidget(button(title, lambda layer=layer: self.retarget(layer), size="small"))
        row.addStretch(1)
        return box

    def retarget(self, layer: str) -> None:
        """Into another layer, as if it had been picked from the list."""
        self.target.setCurrentIndex(self.target.findData(layer))
        self._retarget(self.target.currentIndex())

    def _show_fields(self, found: Look) -> None:
        self.fields.setRowCount(0)
        definition = found.definition
        if found.source is None or found.matching is None or definition is None:
            return
        columns = [one for one in found.source.columns if one != "uid"]
        # As it was judged: coordinates, and what goes to the members, are no unused columns.
        matching = found.matching if found.plan is None else found.plan.matching
        fields = sorted(
            reading_order(definition), key=lambda one: (matching.source_of(one.name) is None, not one.required)
        )
        known = len(matching.matches)
        self._fields_title.setText(
            _("字段对应　认出 {known} 个，没有用到的列 {unused} 个").format(known=known, unused=len(matching.unused))
            + (_("：{names}").format(names=listed(matching.unused, _NAMED)) if matching.unused else "")
        )
        for row, one in enumerate(fields):
            self.fields.insertRow(row)
            match = matching.source_of(one.name)
            title = one.title + (f"（{one.unit}）" if one.unit else "") + (" *" if one.required else "")
            self.fields.setItem(row, 0, QTableWidgetItem(title))
            choice = CalmCombo()
            choice.addItem(_NOT_IMPORTED, "")
            for name in columns:
                choice.addItem(name, name)
            choice.setCurrentIndex(choice.findData(match.source) if match else 0)
            choice.activated.connect(lambda _index, field=one, box=choice: self._map(field, box))
            self.fields.setCellWidget(row, 1, choice)
            sample = words.EMPTY
            if match is not None:
                values = (value for value in found.source.columns[match.source] if value not in (None, ""))
                sample = words.shown(next(values, None))
            self.fields.setItem(row, 2, QTableWidgetItem(sample))
            self.fields.setCellWidget(row, 3, self._constant(one, found.wish.constants.get(one.name, "")))

    def _constant(self, field: FieldDefinition, value: str) -> QWidget:
        made: QComboBox | QLineEdit
        if field.values and field.type == "text":
            made = CalmCombo()
            made.addItem("", "")
            for one in field.values:
                made.addItem(one, one)
            made.setCurrentIndex(max(0, made.findData(value)))
            made.activated.connect(lambda _index: self._set(field, str(made.currentData() or "")))
        else:
            made = QLineEdit(value)
            made.editingFinished.connect(lambda: self._set(field, made.text().strip()))  # type: ignore[union-attr]
        return made

    def _map(self, field: FieldDefinition, box: CalmCombo) -> None:
        mapping = {name: source for name, source in self._wish.mapping.items() if name != field.name}
        if box.currentData():
            mapping = {name: source for name, source in mapping.items() if source != box.currentData()}
            mapping[field.name] = str(box.currentData())
        self._change(mapping=mapping)

    def _set(self, field: FieldDefinition, text: str) -> None:
        if text == self._wish.constants.get(field.name, ""):
            return
        constants = {name: value for name, value in self._wish.constants.items() if name != field.name}
        if text:
            constants[field.name] = text
        self._change(constants=constants)

    def _show_problems(self, found: Look) -> None:
        self.problems.clear()
        problems = found.plan.report.problems if found.plan else []
        self._list_problems(problems)

    def _list_problems(self, problems: Sequence[Problem]) -> None:
        kinds = {"repaired": _("修复"), "skipped": _("跳过"), "note": _("请看")}
        for one in problems[:500]:
            self.problems.addItem(f"{kinds[one.kind]}　{spoken(one.sentence)}")
        self._problems_title.setText(
            _("要处理的 {count} 处").format(count=len(problems)) if problems else _("没有要处理的")
        )
        self.problems.setVisible(bool(problems))

    def _show_promise(self, found: Look) -> None:
        if found.plan is None or found.definition is None:
            reason = found.refusal.sentence if found.refusal is not None else ""
            self.promise.set_text(_("还不能导入：{reason}").format(reason=spoken(reason)), "error")
            self.go_button.setText(_("导入"))
            return
        report = found.plan.report
        title = found.definition.title
        words = _("写入图层“{title}”：{count} 个，其中修复 {repaired} 个{places}；跳过 {skipped} 个。可以整体撤销。")
        counts = {"count": report.imported, "repaired": report.repaired, "skipped": report.skipped}
        self.promise.set_text(words.format(title=title, places=_places(report), **counts), "text")
        told = _("导入 {count} 个").format(count=report.imported)
        if found.plan.updates:
            told += _("，更新 {count} 个").format(count=len(found.plan.updates))
        self.go_button.setText(told)

    # -- doing -----------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        if self._look is None or self._look.plan is None or self._job is not None:
            return
        window, plan, reference = self._session.workspace, self._look.plan, self._look.reference
        self._bar.show()
        self.go_button.setEnabled(False)
        self._job = Job(lambda _progress: store(window, plan, reference), self)
        self._job.finished_with.connect(self._stored)
        self._job.finished.connect(self._free)
        self._job.start()

    def _stored(self, report: ImportReport) -> None:
        assert self._look is not None
        self.report = report
        self.imported.emit(report, self._look.layer)
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.wait()
        super().closeEvent(event)

    def reject(self) -> None:
        if self._job is not None:
            self._job.wait()
        super().reject()
