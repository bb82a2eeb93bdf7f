"""Bookmarks: views of the map that were given a name, by workspace among what the user likes. Nobody else's data."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.finder import Found
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.words import scale

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_WORKSPACES = 60
_MOST = 60  # of one workspace
_LONGEST = 40
View = tuple[float, float, float]  # east, north in metres of the workspace's CRS, scale denominator


class Bookmarks:
    """加书签 and 书签; 转到 and the palette find them by name too."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.dialog: QInputDialog | None = None
        self._menu: QMenu | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        return {"view.bookmark": self.ask, "view.bookmarks": self.show}

    # -- what there is -----------------------------------------------------------------------------------------------

    def views(self) -> dict[str, View]:
        """Those of the open workspace by name, the last one made last."""
        ws = self._window.session.ws
        kept = self._window.liked.bookmarks.get(str(ws.path)) if ws is not None else None
        if not isinstance(kept, dict):
            return {}
        found: dict[str, View] = {}
        for name, view in kept.items():
            if isinstance(view, (list, tuple)) and len(view) == 3 and all(isinstance(n, (int, float)) for n in view):
                found[str(name)] = (float(view[0]), float(view[1]), float(view[2]))
        return found

    def found(self, text: str) -> list[Found]:
        """Lines of the palette: those whose name has all that was typed."""
        sought = text.lower().split()
        if not sought:
            return []
        return [
            Found(name, _("书签　{scale}").format(scale=scale(view[2])), "star", self._way_to(name))
            for name, view in self.views().items()
            if all(one in name.lower() for one in sought)
        ]

    # -- what is done ------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """The present view gets a name."""
        dialog = self.dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("加书签"))
        dialog.setLabelText(_("这个视图叫什么？以后从“书签”（Ctrl+Shift+B）回到这里。"))
        dialog.setTextValue(self._suggested())
        dialog.setOkButtonText(_("记住"))
        dialog.setCancelButtonText(_("取消"))
        line = dialog.findChild(QLineEdit)
        if line is not None:
            line.setMaxLength(_LONGEST)
        dialog.textValueSelected.connect(self.add)
        dialog.open()

    def _suggested(self) -> str:
        """What is selected and in sight, else a number."""
        session, bounds = self._window.session, self._window.map.canvas.viewport.bounds
        chosen = session.selected_features(1)
        shape = chosen[0].geometry if chosen else None
        if shape is not None and not shape.is_empty:
            west, south, east, north = shape.bounds
            if west <= bounds[2] and east >= bounds[0] and south <= bounds[3] and north >= bounds[1]:
                return session.label(chosen[0])[:_LONGEST]
        taken = self.views()
        return next(
            name for number in range(1, len(taken) + 2) if (name := _("书签 {n}").format(n=number)) not in taken
        )

    def add(self, typed: str) -> None:
        """The same name again takes the view that is seen now; that is said, and can be taken back."""
        name, window = typed.strip(), self._window
        if not name:
            window.banner.say("info", _("书签要有名称，没有记。"))
            return
        before = self.views()
        if name not in before and len(before) >= _MOST:
            words = _("书签已有 {count} 个，没有再记。请先在“书签”里删掉不用的。")
            window.banner.say("warning", words.format(count=len(before)))
            return
        view = window.map.canvas.viewport
        path = self._path()  # an undo may come when another workspace is open
        self._keep(path, {**before, name: (view.east, view.north, view.denominator)})
        words = _("书签“{name}”改成了现在的视图。") if name in before else _("已记住书签“{name}”，按 Ctrl+Shift+B 选。")
        window.banner.say("done", words.format(name=name), "", "", [(_("撤销"), lambda: self._keep(path, before))])

    def remove(self, name: str) -> None:
        before, path = self.views(), self._path()
        self._keep(path, {key: view for key, view in before.items() if key != name})
        words = _("已删除书签“{name}”。").format(name=name)
        self._window.banner.say("done", words, "", "", [(_("撤销"), lambda: self._keep(path, before))])

    def go(self, name: str) -> None:
        east, north, denominator = self.views()[name]
        window = self._window
        window.show_map()
        window.map.canvas.look(window.map.canvas.viewport.centred(east, north).at_scale(denominator), settle=True)

    def _way_to(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def _path(self) -> str:
        return str(self._window.session.workspace.path)

    def _keep(self, path: str, views: Mapping[str, View]) -> None:
        liked = self._window.liked
        kept = {key: one for key, one in liked.bookmarks.items() if key != path}
        if views:
            kept[path] = {name: list(view) for name, view in views.items()}
        liked.bookmarks = dict(list(kept.items())[-_MOST_WORKSPACES:])
        liked.store()

    # -- list --------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        canvas = self._window.map.canvas
        self._menu = menu = self.menu()
        # Later: a menu that is opened while another one closes would close with it.
        QTimer.singleShot(0, canvas, lambda: menu.popup(canvas.mapToGlobal(QPoint(12, 12))))

    def menu(self) -> QMenu:
        """Each view, a new one, and those to be deleted."""
        menu, views = QMenu(self._window), self.views()
        for name, view in views.items():
            words = _("{name}　{scale}").format(name=name.replace("&", "&&"), scale=scale(view[2]))
            menu.addAction(icon("star"), words).triggered.connect(self._way_to(name))
        if views:
            menu.addSeparator()
        else:
            menu.addAction(_("还没有书签")).setEnabled(False)
        menu.addAction(_("给现在的视图加书签……")).triggered.connect(self.ask)
        if views:
            away = menu.addMenu(icon("delete"), _("删除书签"))
            for name in views:
                away.addAction(name.replace("&", "&&")).triggered.connect(
                    lambda _on=False, name=name: self.remove(name)
                )
        return menu
