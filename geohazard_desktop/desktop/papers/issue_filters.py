"""What 发卡登记 lists alone: by case, kind, 街道, danger zone and words; a filter that hides rows is told."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.papers.issue_rows import CASES, IssueModel, Row
from geohazard_desktop.desktop.parts import FlowLayout, button, label
from geohazard_desktop.desktop.theme import theme


class IssueFilters(QWidget):
    """`changed`: something else is to be listed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(self, theme().px(8), 0)  # in large type it goes on to a second row
        self._widths: dict[QWidget, int] = {}  # pixels at 100 %
        self.case = self._combo(row, _("情况"), 140)
        for key, title in CASES:
            self.case.addItem(title, key)
        self.kind = self._combo(row, _("种类"), 150)
        self.street = self._combo(row, _("街道"), 120)
        self.zone = self._combo(row, _("危险区"), 250)  # number and name
        self.all = button(_("去掉筛选"), self.clear, size="small")
        self.all.setToolTip(_("种类、街道、危险区和要找的字都放开；情况不变。"))
        self.all.setAutoDefault(False)
        self.all.hide()
        row.addWidget(self.all)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("找编号、姓名、核对码"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.textChanged.connect(lambda _text: self.changed.emit())
        row.addWidget(self.words)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.grow()

    def _combo(self, row: FlowLayout, words: str, width: int) -> CalmCombo:
        both = QWidget()  # the word stays beside what it names
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(8))
        beside.addWidget(label(words, "label"))
        made = CalmCombo()
        made.setAccessibleName(words)
        made.activated.connect(lambda _index: self.changed.emit())
        self._widths[made] = width
        beside.addWidget(made)
        row.addWidget(both)
        return made

    def grow(self) -> None:
        """Widths at the theme's size."""
        for one, width in self._widths.items():
            one.setMinimumWidth(theme().px(width))
        self.words.setFixedWidth(theme().px(200))

    def take(self, rows: Sequence[Row]) -> None:
        """The values that can be chosen. What is chosen stays, though no row has it any more."""
        for combo, values in (
            (self.kind, {one.kind: one.kind for one in rows}),
            (self.street, {one.subdistrict: one.subdistrict for one in rows}),
            (self.zone, {one.zone_uid: one.zone for one in rows}),
        ):
            chosen = str(combo.currentData() or "")
            words = {chosen: combo.currentText(), **values}
            words.pop("", None)
            combo.clear()
            combo.addItem(_("全部"), "")
            for key in sorted(words, key=lambda key: (words[key], key)):
                combo.addItem(words[key], key)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def choose_case(self, case: str) -> None:
        """Only the rows of one case, of all kinds and places. Nobody is told by it; `clear` and `show_zone` tell."""
        for one in (self.kind, self.street, self.zone):
            one.setCurrentIndex(0)
        self.words.clear()
        self.case.setCurrentIndex(max(0, self.case.findData(case)))

    def clear(self) -> None:
        self.choose_case(str(self.case.currentData() or ""))
        self.changed.emit()

    def show_zone(self, uid: str, words: str) -> None:
        """All papers in force of a danger zone, of which there may be none."""
        self.choose_case("")
        if self.zone.findData(uid) < 0:
            self.zone.addItem(words, uid)
        self.zone.setCurrentIndex(self.zone.findData(uid))
        self.changed.emit()

    def sift(self, model: IssueModel) -> None:
        model.sift(
            kind=str(self.kind.currentData() or ""),
            street=str(self.street.currentData() or ""),
            zone=str(self.zone.currentData() or ""),
            case=str(self.case.currentData() or ""),
            words=self.words.text(),
        )
        self.all.setVisible(bool(self._places()))

    def _places(self) -> list[str]:
        """What is chosen beside the case, as it is told: 危险区“东坡”."""
        chosen = [
            (title, one.currentText() if one.currentData() else "")
            for title, one in ((_("种类"), self.kind), (_("街道"), self.street), (_("危险区"), self.zone))
        ]
        chosen.append((_("要找的字"), self.words.text().strip()))
        return [_("{title}“{value}”").format(title=title, value=value) for title, value in chosen if value]

    def hides(self, model: IssueModel) -> str:
        """Of an empty list: what hides the rows of the case, and how many. "" where rows are listed or nothing is
        hidden."""
        places = self._places()
        if model.rows or not places:
            return ""
        zone = str(self.zone.currentData() or "")
        if zone and not any(one.zone_uid == zone and one.paper is not None for one in model.all):
            words = _("危险区“{zone}”还没有发过纸。到“出图与发卡”里出一次，这里就有。")
            return words.format(zone=self.zone.currentText())
        case = str(self.case.currentData() or "")
        hidden = sum(one.fits(case) for one in model.all)
        if not hidden:
            return ""
        return _("选了{places}，里面没有；别处有 {count} 张{case}没有列出，按“去掉筛选”看。").format(
            places="、".join(places), count=hidden, case=self.case.currentText() if case else _("在用的")
        )
