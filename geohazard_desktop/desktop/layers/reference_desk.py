"""What the tree offers for reference layers: whose data they are, on which papers they are, taking them away."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.layers.menu import PAPER
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.feature import Edit

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class ReferenceDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def steps(self, layer: str) -> dict[str, Callable[[], object]]:
        """What the tree's menu can ask for, by its key."""
        return {
            "source": lambda: self.ask_source(layer),
            "remove": lambda: self.remove(layer),
            PAPER: lambda: self._print(layer, ""),
            f"{PAPER}internal": lambda: self._print(layer, "internal"),
            f"{PAPER}public": lambda: self._print(layer, "public"),
        }

    def ask_source(self, layer: str) -> bool:
        """Title and source in one small window; True when they were stored."""
        window = self._window
        dialog = SourceDialog(window, window.session.workspace.definitions[layer])
        dialog.checked = lambda title, source: self._edit_of(layer, title, source)
        stored = False
        if dialog.exec() and dialog.edit is not None and dialog.edit.deltas:
            stored = self._store(dialog.edit)
        dialog.deleteLater()
        return stored

    def remove(self, layer: str) -> None:
        """Done at once and offered back."""
        from geohazard_desktop.workspace.edits.layer_words import remove_layer

        window = self._window
        edit = remove_layer(window.session.workspace, layer)
        if window.session.apply(edit):
            say_done(window, _("已{words}。").format(words=edit.words))

    def _edit_of(self, layer: str, title: str, source: str) -> Edit:
        from geohazard_desktop.workspace.edits.layer_words import change_source, rename_layer

        ws = self._window.session.workspace
        renamed, told = rename_layer(ws, layer, title), change_source(ws, layer, source)
        words = "；".join(one.words for one in (renamed, told) if one.deltas)
        return Edit(words, [*renamed.deltas, *told.deltas])

    def _print(self, layer: str, paper: Paper) -> None:
        """A layer whose source nobody has said asks for it first."""
        from geohazard_desktop.workspace.edits.layer_words import print_layer

        ws = self._window.session.workspace
        if paper and not ws.definitions[layer].source and not self.ask_source(layer):
            return
        self._store(print_layer(ws, layer, paper))

    def _store(self, edit: Edit) -> bool:
        window = self._window
        if not edit.deltas or not window.session.apply(edit):
            return False
        say_done(window, _("{words}。").format(words=edit.words))
        return True


class SourceDialog(QDialog):
    """`checked` makes the edit of what was typed or refuses it; after `exec`: `edit`."""

    def __init__(self, parent: QWidget, definition: LayerDefinition) -> None:
        super().__init__(parent)
        self.checked: Callable[[str, str], Edit] = lambda _title, _source: Edit("", [])
        self.edit: Edit | None = None
        self.setWindowTitle(_("名称和来源：{title}").format(title=definition.title))
        self.setMinimumWidth(theme().px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(5))
        column.addWidget(label(_("名称和来源"), "title"))
        column.addSpacing(theme().px(6))
        self.title, self.source = QLineEdit(definition.title), QLineEdit(definition.source)
        self.source.setPlaceholderText(_("如 市自然资源局，2025 年 12 月"))
        for name, box in ((_("图层名称"), self.title), (_("资料来源（印在图上时写进图例）"), self.source)):
            box.setAccessibleName(name)
            column.addWidget(label(name, "label"))
            column.addWidget(box)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addSpacing(theme().px(8))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.take = button(_("存上"), self._take, primary=True)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)
        (self.title if definition.source else self.source).setFocus()

    def _take(self) -> None:
        try:
            self.edit = self.checked(self.title.text(), self.source.text())
        except EditRefused as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        self.accept()
