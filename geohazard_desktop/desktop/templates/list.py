"""The list of templates: group by group, with where each comes from in words."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.typeset.template_catalog import GROUPS, ORIGIN_WORDS, TemplateFile

_PATH = Qt.ItemDataRole.UserRole
_ICONS = {"settings": "settings", "page": "file", "part": "layers", "web": "web", "picture": "camera", "other": "file"}


class TemplateList(QTreeWidget):
    """`chosen` (path)."""

    chosen = Signal(str)

    def __init__(self, drafts: TemplateDrafts) -> None:
        super().__init__()
        self._drafts = drafts
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setObjectName("templates")
        self.setAccessibleName(_("模板"))
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(theme().px(12))
        self.setIconSize(QSize(theme().px(16), theme().px(16)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._moved)
        drafts.reloaded.connect(self.fill)
        drafts.changed.connect(lambda _path: self._tell())
        theme().changed.connect(self.fill)

    def fill(self) -> None:
        current = self.current()
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        for group, words in GROUPS.items():
            inside = [one for one in self._drafts.files.values() if one.group == group]
            if not inside:
                continue
            head = QTreeWidgetItem([words])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            self.addTopLevelItem(head)
            for one in inside:
                item = QTreeWidgetItem()
                item.setData(0, _PATH, one.path)
                item.setIcon(0, icon(_ICONS[group], "text2"))
                head.addChild(item)
                self._items[one.path] = item
            head.setExpanded(True)
        self._tell()
        if current in self._items:
            self.setCurrentItem(self._items[current])
        self.blockSignals(False)

    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(0, _PATH) or "") if item is not None else ""

    def choose(self, path: str) -> None:
        if path in self._items:
            self.setCurrentItem(self._items[path])
            self.scrollToItem(self._items[path])

    def _moved(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        path = str(item.data(0, _PATH) or "") if item is not None else ""
        if path:
            self.chosen.emit(path)

    def _tell(self) -> None:
        """An own one is bold and says so, an unsaved one ends in a dot and says so: never by colour alone."""
        for path, item in self._items.items():
            one = self._drafts.files.get(path)
            if one is None:  # the workspace is closed, or the file has just gone; the list is filled anew
                continue
            draft = self._drafts.is_draft(path)
            item.setText(0, f"{one.title}{' ●' if draft else ''}")
            font = item.font(0)
            font.setBold(draft or one.origin != "shipped")
            item.setFont(0, font)
            words = state_words(one, draft=draft)
            item.setToolTip(0, f"{path}\n{words}")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{one.title}，{words}")


def state_words(one: TemplateFile, *, draft: bool) -> str:
    """自带的, 工作文件里改过 …, and whether there is more that is not saved."""
    words = ORIGIN_WORDS[one.origin]
    return _("{words}，有没存的改动").format(words=words) if draft else words
