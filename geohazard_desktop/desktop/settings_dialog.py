"""The office's settings, which sheets and cards print: name, duty line, signal, 审图号 …, each with its source; and how
its paper looks: logo, seal, fonts."""

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.cartography.base_maps.spec import is_base_map_row
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.edits.bilingual import is_bilingual_row
from geohazard_desktop.workspace.edits.templates import is_template_row
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, new_uid
from geohazard_desktop.workspace.issuer import PERSONAL, column_of, words_of
from geohazard_desktop.workspace.own_words import is_layer_row
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.templates.office_look import OfficeLook

# The coordinates of everything in the file follow from these: a workspace keeps them from its first day.
FIXED = frozenset({"district.epsg", "district.code"})
SETTING = "setting"
_OF_THE_PLAN = "share."  # shares of the classes that a district's own plan names


def _names(text: str) -> list[str] | None:
    """The names of a list, as the file of a district gives it; None for any other text."""
    try:
        found = json.loads(text) if text.startswith("[") else None
    except ValueError:
        return None
    return [str(one) for one in found] if isinstance(found, list) else None


def _shown(text: str) -> str:
    names = _names(text)
    return text if names is None else "、".join(names)


def _stored(typed: str, before: str) -> str:
    """A list stays one, however its names were parted."""
    if _names(before) is None:
        return typed.strip()
    if typed.strip() == _shown(before):
        return before
    return json.dumps([one for one in re.split(r"[、，,；;\s]+", typed) if one], ensure_ascii=False)


def _with_later(rows: Sequence[Feature]) -> list[Feature]:
    """With empty rows for settings that districts have today and this file, which keeps those of its first day, lacks:
    each behind the one that it stands behind there. They are stored when something is written."""
    found = list(rows)
    there = {one.text("key") for one in found}
    place = 0
    for key, one in read_district(resource("districts") / "template.toml").settings.items():
        if key in there:
            place = next(number for number, row in enumerate(found, 1) if row.text("key") == key)
        elif not key.startswith(_OF_THE_PLAN):
            found.insert(place, Feature(SETTING, new_uid(), None, {"key": key, "name": one.title}))
            place += 1
    return found


class SettingsDialog(QDialog):
    """`mongolian_asked`: for the dialog of the Mongolian texts. `at`: the key of the setting to begin with. After
    `exec`: `edit` is one step with all that was changed, None where nothing was. `look` is a page of its own beside the
    words. `store` puts it into the file, or says why it can't: then the dialog stays with all that was typed."""

    mongolian_asked = Signal()

    def __init__(self, ws: Workspace, parent: QWidget, look: "OfficeLook | None" = None, at: str = "") -> None:
        super().__init__(parent)
        self._ws, self.look, self._at = ws, look, at
        self.edit: Edit | None = None
        self.store: Callable[[Edit], bool] = lambda _edit: True
        self.setWindowTitle(_("单位设置"))
        open_at(self, 820 if look is None else 1040, 600 if look is None else 700)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(20), theme().px(12), theme().px(20), theme().px(12))
        column.setSpacing(theme().px(8))
        self.lines: dict[str, tuple[Feature, QLineEdit, QLineEdit]] = {}
        self.tabs = QTabWidget()
        self.tabs.addTab(self._words(), _("印的字"))
        if look is not None:
            self.tabs.addTab(look, _("徽标、盖章处、字体"))
        column.addWidget(self.tabs, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("标题的蒙古文…"), self.mongolian_asked.emit, size="small", flat=True))
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.take = button(_("存上"), self._take, primary=True)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)

    def _words(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme().px(8), 0, 0)
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("警示图、明白卡和网页上印的字。空着的，纸上留空，不编内容。"), "note", wrap=True))
        column.addWidget(self._table(), 1)
        return page

    def _table(self) -> QScrollArea:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        grid.setVerticalSpacing(theme().px(6))
        grid.setHorizontalSpacing(theme().px(10))
        for place, words in enumerate((_("项目"), _("内容"), _("来源"))):
            grid.addWidget(label(words, "label"), 0, place)
        elsewhere = (
            is_base_map_row,
            is_template_row,
            is_bilingual_row,
            is_layer_row,
        )  # rows that have windows of their own
        rows = [one for one in self._ws.table(SETTING) if not any(of(one.text("key")) for of in elsewhere)]
        self._stored = {one.uid for one in rows}
        for number, feature in enumerate(_with_later(rows), 1):
            key = feature.text("key")
            title = feature.text("name") or key
            value, source = QLineEdit(_shown(words_of(feature))), QLineEdit(feature.text("source"))
            value.setAccessibleName(title)
            source.setAccessibleName(_("{title}的来源").format(title=title))
            value.setPlaceholderText(_("空着；个人信息，只印在明白卡上") if key in PERSONAL else _("空着"))
            if key in PERSONAL:
                value.setToolTip(_("个人信息：只印在明白卡上；脱敏副本和公开的图、表、网页里没有。"))
            for one in (value, source):
                one.setMinimumHeight(theme().px(32))
                one.setCursorPosition(0)
                one.setEnabled(key not in FIXED)
            if _names(feature.text("value")) is not None:
                value.setToolTip(_("一个一个用顿号隔开。"))
            if key in FIXED:
                value.setToolTip(_("建文件时定下，不能改。"))
            grid.addWidget(label(title), number, 0)
            grid.addWidget(value, number, 1)
            grid.addWidget(source, number, 2)
            self.lines[key] = (feature, value, source)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setRowStretch(len(self.lines) + 1, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(body)
        return self._area

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._at in self.lines:
            line = self.lines[self._at][1]
            line.setFocus()
            self._area.ensureWidgetVisible(line)

    def _take(self) -> None:
        deltas: list[Delta] = []
        titles = []
        for feature, value, source in self.lines.values():
            column = column_of(feature.text("key"))
            values = {column: _stored(value.text(), words_of(feature)), "source": source.text().strip()}
            if any(values[name] != feature.text(name) for name in values):
                if feature.uid in self._stored:
                    deltas += change_values(self._ws.definitions, [feature], dict(values)).deltas
                else:
                    deltas += create_feature(self._ws.definitions, SETTING, None, {**feature.values, **values}).deltas
                titles.append(feature.text("name") or feature.text("key"))
        if self.look is not None and self.look.changed_files():
            try:
                deltas += self.look.deltas()
            except EditRefused as error:
                reporter().error(error)
                return
            titles.append(self.tabs.tabText(1))
        if deltas:
            edit = Edit(_("改单位设置：{titles}").format(titles="、".join(titles)), deltas)
            if not self.store(edit):
                return
            self.edit = edit
        self.accept()

    def done(self, result: int) -> None:
        if self.look is not None:
            if result != QDialog.DialogCode.Accepted:
                self.look.put_back()
            self.look.end()
        super().done(result)
