"""改底图: its name, its credit, whether it is printed, and a service's key."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.cartography.base_maps.keys import store_key
from geohazard_desktop.cartography.base_maps.service_urls import needs_key
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.base_maps.dialog import KEY_NOTE
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme


class BaseMapEditDialog(QDialog):
    """After `exec`: `values` are what was changed, for `change_base_map`; a key is stored by itself."""

    def __init__(self, parent: QWidget, one: BaseMap) -> None:
        super().__init__(parent)
        self._one = one
        self.values: dict[str, Any] = {}
        self.setWindowTitle(_("改底图"))
        self.setMinimumWidth(theme().px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("改底图"), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(1, 1)
        self.name, self.credit, self.key = QLineEdit(one.title), QLineEdit(one.attribution), QLineEdit(one.key)
        rows = [(_("名称"), self.name), (_("来源"), self.credit)]
        if needs_key(one.source):
            rows.append((_("密钥"), self.key))
        for number, (words, edit) in enumerate(rows):
            edit.setAccessibleName(words)
            edit.setCursorPosition(0)
            grid.addWidget(label(words, "label"), number, 0)
            grid.addWidget(edit, number, 1)
        self.printed = QCheckBox(_("印在内部警示图上"))
        self.printed.setChecked(one.printed)
        grid.addWidget(self.printed, len(rows), 1)
        column.addLayout(grid)
        source = _("网址：{source}") if one.is_service else _("文件：{source}")
        column.addWidget(Elided(source.format(source=one.source), "small", "text3"))
        if needs_key(one.source):
            column.addWidget(label(KEY_NOTE, "small", wrap=True))
        column.addSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        take = button(_("存上"), self._take, primary=True)
        take.setDefault(True)
        row.addWidget(take)
        column.addLayout(row)

    def _take(self) -> None:
        said = {
            "title": self.name.text().strip() or self._one.title,
            "attribution": self.credit.text().strip(),
            "printed": self.printed.isChecked(),
        }
        self.values = {name: value for name, value in said.items() if value != getattr(self._one, name)}
        if needs_key(self._one.source) and self.key.text().strip() != self._one.key:
            try:
                store_key(self._one.source, self.key.text())
            except (GeohazardError, OSError) as error:
                reporter().say("error", _("密钥没有存上：{reason}").format(reason=error))
                return
        self.accept()
