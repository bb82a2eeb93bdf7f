"""Which layers are locked: kept per workspace among what the user likes, shown and switched in the layer tree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.swatches import tile_size
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.locks import lockable, locked_at_first

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_COLUMN = 2
_MOST_WORKSPACES = 60  # whose locks are remembered


class LayerLocks(QObject):
    """A view setting like the visibility of a layer: it is in no history and needs no writable workspace."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        tree = window.layers.tree
        tree.setColumnCount(_COLUMN + 1)
        header = tree.header()
        header.setMinimumSectionSize(8)
        header.setSectionResizeMode(_COLUMN, QHeaderView.ResizeMode.Fixed)
        tree.itemClicked.connect(self._clicked)
        window.layers.filled.connect(self.mark)
        window.map.desk.locked = self.locked
        window.map.desk.met_locked.connect(self.told)

    def locked(self, layer: str) -> bool:
        ws = self._window.session.ws
        definition = ws.definitions.get(layer) if ws is not None else None
        if definition is None or not lockable(definition):
            return False
        return definition.reference or bool(self._own().get(layer, locked_at_first(definition)))

    def set(self, layer: str, *, locked: bool) -> None:
        """Lock a layer or open it, and say what that means."""
        window = self._window
        ws = window.session.workspace
        definition = ws.definitions[layer]
        if not lockable(definition):
            window.banner.say("info", _("{title}没有图形，不用锁。").format(title=definition.title))
            return
        if definition.reference:
            words = _("{why}单击不选中它，“查看”、登记表和捕捉照常。")
            window.banner.say("info", words.format(why=definition.why_fixed))
            return
        own = dict(self._own())
        own[layer] = locked
        if locked == locked_at_first(definition):
            del own[layer]
        kept = {path: one for path, one in window.liked.locks.items() if path != str(ws.path)}
        if own:
            kept[str(ws.path)] = own
        window.liked.locks = dict(list(kept.items())[-_MOST_WORKSPACES:])
        window.liked.store()
        if locked:
            window.session.select([key for key in window.session.selection if key[0] != layer])
        self.mark()
        window.map.desk.renew()
        told = (
            _("{title}已锁定：单击不再选中它，工具也不改它；“查看”和捕捉照常。")
            if locked
            else _("{title}已解锁，可以选、可以改。改完请在左边再点一下锁。")
        )
        window.banner.say("info", told.format(title=definition.title))

    def toggle(self, layer: str) -> None:
        self.set(layer, locked=not self.locked(layer))

    def told(self, layers: Sequence[str]) -> None:
        """An edit was refused because of these layers: which, why, and the way out."""
        window = self._window
        definitions = window.session.workspace.definitions
        fixed = [definitions[one].why_fixed for one in layers if definitions[one].reference]
        if fixed:
            remedy = _("不要了可以在左边整层移除；要改请改原来的文件，移除这一层，再添加一次。")
            window.banner.say("warning", "".join(fixed), remedy)
            return
        titles = "、".join(definitions[one].title for one in layers)
        words = _("{titles}锁着，没有改。真要改，请先解锁，再做一次。")

        def unlock() -> None:
            for one in layers:
                self.set(one, locked=False)

        window.banner.say(
            "warning", words.format(titles=titles), "", "", [(_("解锁{titles}").format(titles=titles), unlock)]
        )

    # -- tree ------------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """A closed lock beside each locked layer, a faint open one beside the others."""
        width = max(theme().px(24), tile_size().width() + theme().px(4))
        self._window.layers.tree.header().resizeSection(_COLUMN, width)
        for layer, item in self._window.layers.rows().items():
            ws = self._window.session.ws
            if ws is None or layer not in ws.definitions or not lockable(ws.definitions[layer]):
                continue
            locked = self.locked(layer)
            item.setIcon(_COLUMN, icon("latched", "text2") if locked else icon("unlatched", "disabled"))
            words = _("已锁定：单击不选中，工具不改。点一下解锁。") if locked else _("没有锁。点一下锁定。")
            if ws.definitions[layer].reference:
                words = _("参考图层：只看不改。")
            item.setToolTip(_COLUMN, words)
            item.setData(_COLUMN, Qt.ItemDataRole.AccessibleTextRole, words)

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        layer = next((key for key, one in self._window.layers.rows().items() if one is item), "")
        if column == _COLUMN and layer and not item.icon(_COLUMN).isNull():
            self.toggle(layer)

    def _own(self) -> dict[str, bool]:
        """What the user has said for this workspace, by layer."""
        ws = self._window.session.ws
        found = self._window.liked.locks.get(str(ws.path), {}) if ws is not None else {}
        return found if isinstance(found, dict) else {}
