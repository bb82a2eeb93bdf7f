"""The question before 迁出 and 停用: from which day, why, and what follows from it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.analysis.shelter_load import Displaced, displaced
from geohazard_desktop.analysis.shelter_users import users_of
from geohazard_desktop.analysis.way_words import shelter_name
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.dates import parse_day
from geohazard_desktop.domain.endings import ENDED_ON, REASON
from geohazard_desktop.workspace.edits.wording import called, called_all, followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


class EndingDialog(QDialog):
    """`features` are households, or shelters. After `exec`: `day` and `reason`, never empty."""

    def __init__(self, parent: QWidget, ws: Workspace, features: Sequence[Feature], today: date) -> None:
        super().__init__(parent)
        layer = features[0].layer
        home = layer == "household"
        title = _("住户迁出") if home else _("安置点停用")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme().px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(10))
        column.addWidget(label(title, "title"))
        who = name_of(ws, features[0]) if len(features) == 1 else called_all(ws.definitions, features)
        self.who = label(who, "strong", wrap=True)
        column.addWidget(self.who)
        self.told = label(_home_words() if home else _shelter_words(ws, features), "reminder", wrap=True)
        column.addWidget(self.told)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(1, 1)
        known = parse_day(features[0].text(ENDED_ON[layer])) or today
        self.date = QDateEdit(QDate(known.year, known.month, known.day))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.why = QLineEdit(features[0].text(REASON[layer]))
        self.why.setPlaceholderText(_("比如：搬走，房子空了") if home else _("比如：改作工地，大门锁着"))
        definition = ws.definitions[layer]
        for row, (name, widget) in enumerate(((ENDED_ON[layer], self.date), (REASON[layer], self.why))):
            words = definition.by_name[name].title
            grid.addWidget(label(words, "label"), row, 0)
            grid.addWidget(widget, row, 1)
            widget.setAccessibleName(words)
        column.addLayout(grid)
        later = _("日期可以写以后的某一天，到那天才生效。可以撤销，也可以用“{back}”改回来。").format(
            back=_("住户迁回") if home else _("安置点重新启用")
        )
        column.addWidget(label(later, "note", wrap=True))
        row_ = QHBoxLayout()
        self.lacks = label(_("写了迁出原因才能迁出。") if home else _("写了停用原因才能停用。"), "note")
        row_.addWidget(self.lacks)
        row_.addStretch(1)
        row_.addWidget(button(_("取消"), self.reject))
        verb = _("迁出 {count} 户") if home else _("停用 {count} 处")
        self.yes = button(verb.format(count=len(features)), self.accept, primary=True)
        self.yes.setDefault(True)
        row_.addWidget(self.yes)
        column.addLayout(row_)
        self.why.textChanged.connect(lambda _text: self._follow())
        self._follow()
        self.why.setFocus()

    @property
    def day(self) -> date:
        found = self.date.date()
        return date(found.year(), found.month(), found.day())

    @property
    def reason(self) -> str:
        return self.why.text().strip()

    def _follow(self) -> None:
        self.yes.setEnabled(bool(self.reason))
        self.lacks.setVisible(not self.reason)


def _home_words() -> str:
    return _("从这一天起，不再算在户数、人数和安置点的安排里，不再出卡、门贴和签收表。已经发的要收回。")


def _shelter_words(ws: Workspace, features: Sequence[Feature]) -> str:
    """Who would still be sent there, how many of them have no other way, and what their cards say from that day on."""
    users = users_of(ws, {one.uid: one for one in features})
    lines = [
        _("{shelter}：{users}。").format(shelter=called(ws.definitions, one), users=users[one.uid].words())
        for one in features
        if one.uid in users
    ]
    if not lines:
        return _("没有路线通往这里。")
    lines += _displaced_words(displaced(ws, features))
    lines.append(_("从这一天起，这些路线不再印；这些户的卡上路线空着，叫人打值班电话。请改画路线，再重印他们的卡。"))
    return "\n".join(lines)


def _displaced_words(found: Displaced) -> list[str]:
    """Numbers of those whom the closing leaves without a goal."""
    if not found.everybody.households:
        return []
    everybody = followed(found.everybody.words())
    if not found.elsewhere.households:
        return [_("停用后 {sent}没有去处，门前也没有别的走得通的路线。").format(sent=everybody)]
    told = [_("停用后 {sent}没有去处，要给他们改选路线。").format(sent=everybody)]
    for shelter, sent in found.goals:
        words = _("{sent}门前有走得通的路线到{shelter}。")
        told.append(words.format(sent=followed(sent.words()), shelter=shelter_name(shelter)))
    if found.nowhere.households:
        told.append(_("{sent}门前没有别的走得通的路线。").format(sent=followed(found.nowhere.words())))
    return ["".join(told), *found.overfull]
