"""A layer's own title, typed into the tree with F2."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.undo_offer import say_done

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class LayerRenaming(QObject):
    """F2 in the tree, as in QGIS; what was typed is one step of the history, nothing typed is the title it was made
    with. What can't be is said, and the tree shows the title as it is."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.layers.tree.installEventFilter(self)
        window.layers.renamed.connect(self.store)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            self.ask(self._window.layers.current_layer())
            return True
        return False

    def ask(self, layer: str) -> None:
        """Open the title of a layer for typing, where it may be changed."""
        window = self._window
        definition = window.session.workspace.definitions.get(layer)
        if definition is None:
            return
        if window.session.read_only_reason():
            window.banner.say("info", _("图层名称改不了。"), window.session.read_only_reason())
        elif definition.geometry == "none":
            window.banner.say("info", _("{title}是登记，名称写进公文，不能改。").format(title=definition.title))
        else:
            window.layers.edit_title(layer)

    def store(self, layer: str, title: str) -> None:
        from geohazard_desktop.workspace.edits.layer_words import rename_layer

        window = self._window
        try:
            edit = rename_layer(window.session.workspace, layer, title)
        except GeohazardError as error:
            reporter().error(error)
            window.fill_layers()
            return
        if not edit.deltas or not window.session.apply(edit):
            window.fill_layers()
            return
        window.layer_desk.settle_layers()
        say_done(window, _("{words}。").format(words=edit.words))
