"""The office's settings, which sheets and cards print: name, duty line, signal, 审图号 …, each with its source; and how
its paper looks: logo, seal, fonts."""

import json
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
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
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.edits.bilingual import is_bilingual_row
from geohazard_desktop.workspace.edits.templates import is_template_row
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.own_words import is_layer_row
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.templates.office_look import OfficeLook

# The coordinates of everything in the file follow from these: a workspace keeps them from its first day.
FIXED = frozenset({"district.epsg", "district.code"})


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
    return json.dumps(re.split(r"[、，,；;\s]+", typed.strip(" 、，,；;")), ensure_ascii=False)


class SettingsDialog(QDialog):
    """`mongolian_asked`: for the dialog of the Mongolian texts. After `exec`: `edit` is one step with all that was
    changed, None where nothing was. `look` is a page of its own beside the words."""

    mongolian_asked = Signal()

    def __init__(self, ws: Workspace, parent: QWidget, look: "OfficeLook | None" = None) -> None:
        super().__init__(parent)
        self._ws, self.look = ws, look
        self.edit: Edit | None = None
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
        rows = [one for one in self._ws.table("setting") if not any(of(one.text("key")) for of in elsewhere)]
        for number, feature in enumerate(rows, 1):
            key = feature.text("key")
            title = feature.text("name") or key
            value, source = QLineEdit(_shown(feature.text("value"))), QLineEdit(feature.text("source"))
            value.setAccessibleName(title)
            source.setAccessibleName(_("{title}的来源").format(title=title))
            value.setPlaceholderText(_("空着"))
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
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        return area

    def _take(self) -> None:
        deltas: list[Delta] = []
        titles = []
        for feature, value, source in self.lines.values():
            values = {"value": _stored(value.text(), feature.text("value")), "source": source.text().strip()}
            if any(values[name] != feature.text(name) for name in values):
                deltas += change_values(self._ws.definitions, [feature], dict(values)).deltas
                titles.append(feature.text("name") or feature.text("key"))
        if self.look is not None and self.look.changed_files():
            try:
                deltas += self.look.deltas()
            except EditRefused as error:
                reporter().error(error)
                return
            titles.append(self.tabs.tabText(1))
        if deltas:
            self.edit = Edit(_("改单位设置：{titles}").format(titles="、".join(titles)), deltas)
        self.accept()

    def done(self, result: int) -> None:
        if self.look is not None:
            if result != QDialog.DialogCode.Accepted:
                self.look.put_back()
            self.look.end()
        super().done(result)
