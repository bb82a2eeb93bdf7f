"""Ctrl+K: one box for commands, 编号, names and coordinates; what is found is listed with what it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.commands import COMMANDS
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.coordinates import looks_like_coordinates, read_coordinates
from geohazard_desktop.workspace.workspace import Workspace

_MOST = 30
_SEARCHED = ("id", "name", "head", "unified_code", "address")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list, and what choosing it does."""

    words: str
    note: str
    icon: str
    do: Callable[[], object]
    usable: bool = True


class Finder(QFrame):
    """`feature_chosen` (layer, uid), `place_chosen` (east, north)."""

    feature_chosen = Signal(str, str)
    place_chosen = Signal(float, float)

    def __init__(self, parent: QWidget, center: CommandCenter) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._center = center
        self._ws: Workspace | None = None
        self._found: list[Found] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(10), theme().px(10), theme().px(10), theme().px(8))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("键入命令、编号、名称或坐标"))
        self.edit.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.list, 1)
        self.note = label("", "small", wrap=True)
        column.addWidget(self.note)
        self.hide()

    def ask(self, ws: Workspace | None) -> None:
        self._ws = ws
        parent = self.parentWidget()
        assert parent is not None
        width = min(theme().px(640), parent.width() - 40)
        self.setGeometry((parent.width() - width) // 2, theme().px(70), width, theme().px(430))
        self.edit.clear()
        self._search("")
        self.show()
        self.raise_()
        self.edit.setFocus()

    def _search(self, text: str) -> None:
        text = text.strip()
        self._found = [*self._places(text), *self._features(text), *self._commands(text)][:_MOST]
        self.list.clear()
        for one in self._found:
            item = QListWidgetItem(icon(one.icon or "chevron-right", "text2"), f"{one.words}　{one.note}")
            if not one.usable:
                item.setForeground(theme().colour("disabled"))
            self.list.addItem(item)
        if self._found:
            self.list.setCurrentRow(0)
            self.note.setText(_("↑ ↓ 选，回车执行，Esc 收起"))
        else:
            self.note.setText(_("没有找到“{text}”。可以试编号、名称的一部分，或坐标。").format(text=text))

    def _places(self, text: str) -> list[Found]:
        if self._ws is None or not text or not looks_like_coordinates(text):
            return []
        try:
            readings = read_coordinates(text, self._ws.epsg, bounds=self._ws.extent())
        except GeohazardError:
            return []  # the list says that nothing was found
        return [
            Found(one.words, "", "locate", lambda one=one: self.place_chosen.emit(one.east, one.north))
            for one in readings
        ]

    def _features(self, text: str) -> list[Found]:
        if self._ws is None or not text:
            return []
        wanted = text.lower()
        found: list[tuple[int, Found]] = []
        for definition in self._ws.definitions.values():
            if definition.helper:
                continue
            table = self._ws.table(definition.table)
            for name in _SEARCHED:
                for index, value in enumerate(table.columns.get(name, ())):
                    if value and wanted in str(value).lower():
                        row = table.feature(index)
                        words = "　".join(filter(None, (row.text("name") or row.text("head"), row.text("id"))))
                        key = (definition.table, row.uid)
                        found.append(
                            (
                                0 if str(value).lower() == wanted else 1,
                                Found(
                                    words or str(value),
                                    definition.title,
                                    "point",
                                    lambda key=key: self.feature_chosen.emit(*key),
                                ),
                            )
                        )
                    if len(found) > 20 * _MOST:
                        break
        unique: dict[tuple[str, str], tuple[int, Found]] = {}
        for rank, one in sorted(found, key=lambda pair: pair[0]):
            unique.setdefault((one.words, one.note), (rank, one))
        return [one for _rank, one in unique.values()]

    def _commands(self, text: str) -> Sequence[Found]:
        found = []
        for command in COMMANDS:
            if command.id == "tools.palette" or (text and text.lower() not in command.text.lower()):
                continue
            reason = command.reason(self._center.situation)
            note = reason or command.shortcut
            found.append(
                Found(
                    command.text.rstrip("…"),
                    note,
                    command.icon,
                    lambda id=command.id: self._center.run(id),
                    not reason,
                )
            )
        return sorted(found, key=lambda one: not one.usable)

    def _choose(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.hide()
            self._found[row].do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                row = max(0, min(self.list.count() - 1, self.list.currentRow() + step))
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)
