"""Ctrl+K: one box for commands, 编号, names and coordinates; what is found is listed with what it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.command_synonyms import rank
from geohazard_desktop.desktop.commands import COMMANDS
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.destinations import Destination, Gazetteer
from geohazard_desktop.workspace.workspace import Workspace

_MOST = 30
_NOTHING = _("没有找到“{text}”。可以试编号、名称的一部分、拼音首字母，或坐标。")
_PLACES_HINT = _("键入要去的地方：坐标先看清落在哪里，再按回车；Alt+← 回到原来的地方。")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list, and what choosing it does."""

    words: str
    note: str
    icon: str
    do: Callable[[], object]
    usable: bool = True
    rank: int = 2  # of a command, how well it answers (`command_synonyms.rank`)


class Finder(QFrame):
    """`feature_chosen` (layer, uid), `place_chosen` (east, north), `scale_chosen` (denominator)."""

    feature_chosen = Signal(str, str)
    place_chosen = Signal(float, float)
    scale_chosen = Signal(float)

    def __init__(self, parent: QWidget, center: CommandCenter) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._center = center
        self._gazetteer: Gazetteer | None = None
        self._places_only = False
        self.bookmarks: Callable[[str], list[Found]] = lambda _text: []
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
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the end of a line is cut with …
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.list, 1)
        self.note = label("", "small", wrap=True)
        column.addWidget(self.note)
        self.hide()

    def ask(self, ws: Workspace | None, *, places_only: bool = False) -> None:
        """`places_only`: 转到, without commands."""
        self._gazetteer = None if ws is None else Gazetteer(ws)
        self._places_only = places_only
        told = (
            _("坐标、地名、编号、拼音首字母、1:5000，或 路线 3 第 200 米")
            if places_only
            else _("键入命令、编号、名称或坐标")
        )
        self.edit.setPlaceholderText(told)
        parent = self.parentWidget()
        assert parent is not None
        width = min(theme().px(740), parent.width() - 40)
        self.setGeometry((parent.width() - width) // 2, theme().px(70), width, theme().px(430))
        self.edit.clear()
        self._search("")
        self.show()
        self.raise_()
        self.edit.setFocus()

    def _search(self, text: str) -> None:
        text = text.strip()
        places = [*self.bookmarks(text), *self._destinations(text)]
        commands = [] if self._places_only else self._commands(text)
        named = [one for one in commands if one.rank == 0] if text else []  # typed as CAD users type: the command first
        rest = [one for one in commands if one not in named]
        kept = max(_MOST - len(named) - min(len(rest), _MOST // 2), 0)  # many places leave room for commands
        self._found = [*named, *places[:kept], *rest][:_MOST]
        self.list.clear()
        for one in self._found:
            item = QListWidgetItem(icon(one.icon or "chevron-right", "text2"), f"{one.words}　{one.note}")
            if not one.usable:
                item.setForeground(theme().colour("disabled"))
            item.setToolTip(item.text())
            self.list.addItem(item)
        if self._found:
            self.list.setCurrentRow(0)
            self.note.setText(_("↑ ↓ 选，回车执行，Esc 收起"))
        else:
            self.note.setText(_PLACES_HINT if not text else _NOTHING.format(text=text))

    def _destinations(self, text: str) -> list[Found]:
        if self._gazetteer is None:
            return []
        return [
            Found(one.words, one.note, one.icon, self._way_to(one), one.usable)
            for one in self._gazetteer.destinations(text)
        ]

    def _way_to(self, one: Destination) -> Callable[[], object]:
        def go() -> None:
            if one.key is not None:
                self.feature_chosen.emit(*one.key)
            elif one.place is not None:
                self.place_chosen.emit(*one.place)
            elif one.denominator is not None:
                self.scale_chosen.emit(one.denominator)

        return go

    def _commands(self, text: str) -> Sequence[Found]:
        found = []
        for command in COMMANDS:
            how_well = rank(command, text)
            if command.id == "tools.palette" or how_well is None:
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
                    how_well,
                )
            )
        return sorted(found, key=lambda one: (one.rank, not one.usable))

    def _choose(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found) and (self._found[row].usable or not self._places_only):
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
