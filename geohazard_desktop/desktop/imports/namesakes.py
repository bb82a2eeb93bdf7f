"""Rows whose head is called as a household in the register: is it that one? Nobody is taken for another unasked, and
nobody comes in twice unasked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSizePolicy, QTableWidget, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.read_table import read_table
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.alike import ADD, SKIP, Namesake
from geohazard_desktop.workspace.feature import Feature

_LIST, _REGISTER, _ANSWER = range(3)
_IN_SIGHT = 4  # rows before the list scrolls
_SAME = "same"  # of all: each is the household that it is called as
_NAMED = 3  # rows in the sentence
_NEAR_M = 1000  # metres; beyond, a distance is said in kilometres


class NamesakeChooser(QWidget):
    """In sight only where there are such rows. `chosen` carries {name of the row: answer} of all that have one."""

    chosen = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        self.words = label("", "strong", wrap=True)
        head.addWidget(self.words, 1)
        head.addWidget(label(_("全部"), "label"))
        self.all = CalmCombo()
        self.all.setAccessibleName(_("全部同名的户"))
        self.all.setPlaceholderText(_("逐户选"))
        for title, key in (
            (_("都是同一户，更新登记里的"), _SAME),
            (_("都是另一户，添加"), ADD),
            (_("都不导入"), SKIP),
        ):
            self.all.addItem(title, key)
        self.all.setCurrentIndex(-1)
        self.all.setMinimumWidth(theme().px(220))
        self.all.activated.connect(lambda _index: self._answer_all(str(self.all.currentData())))
        head.addWidget(self.all)
        column.addLayout(head)
        self.rows = read_table(_("同名的户"), [_("名单里"), _("登记里"), _("是同一户吗")], 40, boxed=True)
        self.rows.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.rows.setWordWrap(True)
        self.rows.horizontalHeader().setSectionResizeMode(_REGISTER, QHeaderView.ResizeMode.Stretch)
        for index, width in ((_LIST, 170), (_ANSWER, 200)):
            self.rows.horizontalHeader().setSectionResizeMode(index, QHeaderView.ResizeMode.Fixed)
            self.rows.setColumnWidth(index, theme().px(width))
        column.addWidget(self.rows)
        self.boxes: dict[str, CalmCombo] = {}
        self._asked: tuple[Namesake, ...] = ()
        self.hide()

    def show_rows(self, asked: Sequence[Namesake], answers: Mapping[str, str]) -> None:
        """The boxes stay while what is told beside them does; what each says is its answer, also one that does not
        hold because another row is that household."""
        self.setVisible(bool(asked))
        open_ones = sum(not one.answer for one in asked)
        words = _("同名 {count} 户：是登记里的那一户吗").format(count=len(asked))
        words += _("（还有 {count} 户没有选）").format(count=open_ones) if open_ones else ""
        twice = [one.name for one in asked if not one.answer and answers.get(one.name)]
        if twice:
            words += _("。{names}选的那一户，别的行已经是了，请改选").format(names="、".join(twice[:_NAMED]))
        self.words.setText(words)
        before, self._asked = self._asked, tuple(asked)
        if [_facts(one) for one in asked] != [_facts(one) for one in before]:
            self._build(asked)
        for one in asked:
            box = self.boxes[one.name]
            box.setCurrentIndex(box.findData(answers[one.name]) if answers.get(one.name) else -1)
        if open_ones:
            self.all.setCurrentIndex(-1)

    def _build(self, asked: Sequence[Namesake]) -> None:
        self.rows.setRowCount(0)
        self.rows.setRowCount(len(asked))
        self.boxes = {}
        for row, one in enumerate(asked):
            _uids, mine, theirs = _facts(one)
            for column, words in ((_LIST, mine), (_REGISTER, theirs)):
                cell = label(words, "note", wrap=True)
                cell.setContentsMargins(theme().px(8), 0, theme().px(4), 0)
                self.rows.setCellWidget(row, column, cell)
            box = CalmCombo()
            box.setAccessibleName(_("{name}是同一户吗").format(name=one.name))
            box.setPlaceholderText(_("请选"))
            for each in one.candidates:
                which = each.text("id") or _("那一户")
                title = (
                    _("是同一户，更新登记里的") if len(one.candidates) < 2 else _("是 {id}，更新它").format(id=which)
                )
                box.addItem(title, each.uid)
            box.addItem(_("另一户，添加"), ADD)
            box.addItem(_("不导入"), SKIP)
            box.activated.connect(lambda _index: self._tell())
            frame = QWidget()
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(theme().px(4), 0, theme().px(4), 0)
            inside.addWidget(box)  # in the middle of a row of several lines, as high as any box
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.rows.setCellWidget(row, _ANSWER, frame)
            self.boxes[one.name] = box
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # when the columns have their widths

    def _fit(self) -> None:
        """Rows as high as their words, and the list as high as the first of them."""
        least = self.rows.verticalHeader().defaultSectionSize()
        for row in range(self.rows.rowCount()):
            cells = [(column, self.rows.cellWidget(row, column)) for column in (_LIST, _REGISTER)]
            needed = [
                cell.heightForWidth(self.rows.columnWidth(column) - theme().px(18))  # the style pads cells
                for column, cell in cells
                if cell is not None
            ]
            self.rows.setRowHeight(row, max([least, *(one + theme().px(6) for one in needed)]))
        height = sum(self.rows.rowHeight(row) for row in range(min(self.rows.rowCount(), _IN_SIGHT)))
        self.rows.setFixedHeight(self.rows.horizontalHeader().sizeHint().height() + height + theme().px(4))

    def _answer_all(self, way: str) -> None:
        """A row that may be one of several households stays open, or as it was answered: all can't say which."""
        for one in self._asked:
            box, there = self.boxes[one.name], [each.uid for each in one.candidates]
            if way != _SAME:
                box.setCurrentIndex(box.findData(way))
            elif len(there) == 1:
                box.setCurrentIndex(box.findData(there[0]))
            elif box.currentData() not in there:
                box.setCurrentIndex(-1)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit({name: str(box.currentData()) for name, box in self.boxes.items() if box.currentData()})


def _facts(asked: Namesake) -> tuple[tuple[str, ...], str, str]:
    """The households it may be, what is told of the row, and what of them: read otherwise (another CRS, another
    column, another table), the same row tells something else."""
    mine = f"{asked.name}，{_told(asked.feature)}"
    theirs = "\n".join(_known(each, asked.feature) for each in asked.candidates)
    return tuple(each.uid for each in asked.candidates), mine, theirs


def _told(feature: Feature) -> str:
    """What is said of a household beside its head's name."""
    people = feature["people"]
    parts = [
        _("{count} 人").format(count=people) if people else "",
        feature.text("phone"),
        feature.text("address"),
        "" if feature.geometry is not None else _("没有位置"),
    ]
    return "，".join(one for one in parts if one) or _("别的都没写")


def _known(there: Feature, feature: Feature) -> str:
    words = "，".join(one for one in (there.text("id"), there.text("head"), _told(there)) if one)
    if there.geometry is None or feature.geometry is None:
        return words
    away = there.geometry.distance(feature.geometry)
    near = _("，相距 {far:.0f} 米") if away < _NEAR_M else _("，相距 {far:.1f} 公里")
    return words + near.format(far=away if away < _NEAR_M else away / _NEAR_M)
