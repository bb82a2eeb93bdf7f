"""复制, 剪切, 粘贴 of features: what was copied here is kept whole beside the clipboard's text, which others paste."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.editing.copies import Foreign, foreign_all
from geohazard_desktop.editing.hanging import hanging_titles
from geohazard_desktop.editing.paste import PasteTool, paste
from geohazard_desktop.editing.tool import Key
from geohazard_desktop.workspace.edits.wording import called_all, followed, led

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST = 5000


class ClipboardHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._text = ""  # what this window put into the clipboard, and what it stands for
        self._copied: list[Foreign] = []
        self._from = ""
        self._passing = self._came_back = False

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "edit.copy": lambda: self._asked(Qt.Key.Key_C, self.copy),
            "edit.cut": lambda: self._asked(Qt.Key.Key_X, self.cut),
            "edit.paste": lambda: self._asked(Qt.Key.Key_V, self.paste),
            "edit.paste_in_place": lambda: self.paste(in_place=True),
        }

    def _asked(self, key: Qt.Key, do: Callable[[], object]) -> None:
        """A table or a list that has the keyboard copies and pastes what is its own."""
        if self._passing:
            self._came_back = True  # whoever got the key asks the window for it again: it is the window's
        elif not self._passed_on(key):
            do()

    def _passed_on(self, key: Qt.Key) -> bool:
        holder = QApplication.focusWidget()
        if holder is None or holder is self._window.map.canvas or not self._is_ours(holder):
            return False
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        self._passing, self._came_back = True, False
        try:
            QApplication.sendEvent(holder, event)
        finally:
            self._passing = False
        return event.isAccepted() and not self._came_back

    def _is_ours(self, widget: QWidget | None) -> bool:
        """Whether it stands in this window or in one of its dialogs; what is in another window is that one's."""
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is self._window

    # -- copying ---------------------------------------------------------------------------------------------------

    def copy(self) -> bool:
        from geohazard_desktop.editing.clipboard_text import text_of

        window = self._window
        ws = window.session.workspace
        features = [one for one in window.session.selected_features(_MOST) if one.geometry is not None]
        if not features:
            window.banner.say("info", _("选中的要素没有图形，没有复制。"))
            return False
        self._copied = foreign_all(ws, features)
        self._from = str(ws.path)
        self._text = text_of(ws, features)
        QGuiApplication.clipboard().setText(self._text)
        words = _("已复制{names}，QGIS 和表格里也能粘贴；文字里不含个人信息。")
        if len(window.session.selection) > _MOST:
            words = _("选中的太多，只复制了前 {count} 个：{{names}}。").format(count=_MOST)
        window.banner.say("done", words.format(names=led(called_all(ws.definitions, features))))
        return True

    def cut(self) -> None:
        if self.copy():
            self._window.handlers.delete()

    # -- pasting ---------------------------------------------------------------------------------------------------

    def paste(self, *, in_place: bool = False) -> None:
        from geohazard_desktop.desktop.photos import hands as photo_hands

        window = self._window
        if photo_hands.pasted(window):
            return
        ws, layer = window.session.workspace, window.layers.current_layer()
        text = QGuiApplication.clipboard().text()
        note = ""
        own = bool(self._copied) and text == self._text and str(ws.path) == self._from
        try:
            if own:
                sources: Sequence[Foreign] = self._copied
            else:
                from geohazard_desktop.editing.clipboard_text import read_text

                found = read_text(ws, text, layer)
                if found.doubts:
                    datum = self._agreed(
                        found.datum, found.doubts, lambda one: read_text(ws, text, layer, datum=one).doubts
                    )
                    if datum is None:
                        return
                    found = read_text(ws, text, layer, datum=datum) if datum != found.datum else found
                sources, note = found.sources, found.note
                titles = hanging_titles(ws, layer) if any(one.layer == layer for one in sources) else []
                if titles:
                    note += _("剪贴板的文字里没有{titles}和照片，没有带过来。").format(titles="、".join(titles))
        except GeohazardError as error:
            window.banner.say("warning", str(error))
            return
        window.show_map()
        window.layers.show_layer(layer)

        def done(keys: Sequence[Key], lost: Sequence[str], told: str) -> None:
            self._pasted(keys, lost, told + note)

        if own and not in_place:
            kept = list(sources)
            window.map.desk.hold("edit.paste", lambda context: PasteTool(context, kept, done, self._given_up), layer)
            window.refresh()
        elif paste(window.map.desk.context(layer), sources, (0.0, 0.0), done):
            window.map.look_at_keys_out_of_sight([*window.session.selection])

    def _agreed(self, datum: str, doubts: str, read: Callable[[str], str]) -> str | None:
        """The datum to paste by, None where nothing is to be pasted."""
        from geohazard_desktop.desktop.drawing.datum_choice import DoubtfulPaste

        asked = DoubtfulPaste(self._window, datum, doubts, read)
        chosen = asked.datum if asked.exec() else None
        asked.deleteLater()
        if chosen is None:
            self._window.banner.say("info", _("没有粘贴，什么也没有改。"))
        return chosen

    def _given_up(self) -> None:
        self._window.map.desk.take("tool.select")

    def _pasted(self, keys: Sequence[Key], lost: Sequence[str], note: str) -> None:
        window = self._window
        window.map.desk.take("tool.select")
        window.session.select(keys)
        features = window.session.selected_features()
        names = followed(led(called_all(window.session.workspace.definitions, features)))
        words = _("已粘贴{names}。").format(names=names.rstrip()) + note
        if lost:
            words += _("没有带过来：{fields}。").format(fields="、".join(lost))
        say_done(window, words)
