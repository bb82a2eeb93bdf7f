"""Strokes laid down unfinished when another tool was taken: kept, seen on the map, offered to go on with."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import BY_ID
from geohazard_desktop.desktop.drawing.strokes_in_hand import Laid
from geohazard_desktop.desktop.maps.canvas_marks import dashed
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.editing.draw import DrawTool

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_BAR = "laid-stroke"
_MOST_WORKSPACES = 20  # whose unfinished strokes are kept
_log = logging.getLogger(__name__)


class LaidStrokes(QObject):
    """A bar that stays as long as a stroke waits: 接着画 takes it up again, 不要了 lets it go."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._strokes = window, window.map.desk.strokes
        self._strokes.changed.connect(self._tell)
        self._strokes.putting_down.connect(self._keep)
        window.session.when_opened(self._restore)
        window.map.canvas.overlays.append(self._paint)

    def resume(self) -> None:
        """Go on with the stroke that was laid down last."""
        window = self._window
        if not self._strokes.laid:
            window.banner.say("info", _("没有放下的、没画完的东西。"))
            return
        window.show_map()
        layer = self._strokes.laid[-1].layer
        if layer:
            window.layers.show_layer(layer)
        self._strokes.resume()
        window.refresh()

    def _keep(self) -> None:
        """The workspace is left: what is unfinished waits among what the user likes until it is opened again."""
        window, ws = self._window, self._window.session.ws
        if ws is None:
            return
        strokes = [
            {"name": one.name, "layer": one.layer, "way": one.tool.way.key, "steps": one.tool.steps}
            for one in self._strokes.laid
            if type(one.tool) is DrawTool and one.layer
        ]
        before = window.liked.strokes
        kept = {path: one for path, one in before.items() if path != str(ws.path)}
        if strokes:
            kept[str(ws.path)] = strokes
        if kept != before:
            window.liked.strokes = dict(list(kept.items())[-_MOST_WORKSPACES:])
            window.liked.store()

    def _restore(self) -> None:
        ws = self._window.session.workspace
        for one in self._window.liked.strokes.get(str(ws.path), ()):
            try:
                name, layer, way = str(one["name"]), str(one["layer"]), str(one["way"])
                steps = [[(float(east), float(north)) for east, north in step] for step in one["steps"]]
                if BY_ID[name] and ws.definitions[layer].geometry != "none":
                    self._strokes.lay_again(name, layer, way, steps)
            except (KeyError, TypeError, ValueError) as error:
                _log.warning("a kept stroke can't be read: %s", error)

    def _drop(self) -> None:
        self._strokes.laid.pop()
        self._strokes.changed.emit()

    def _tell(self) -> None:
        banner, laid = self._window.banner, self._strokes.laid
        banner.take_down(_BAR)
        if laid:
            words = _("已放下没画完的{what}。").format(what=words_of(laid[-1]))
            if len(laid) > 1:
                words += _("另有 {count} 笔在它之前放下的。").format(count=len(laid) - 1)
            banner.keep(_BAR, "info", words, "", [(_("接着画"), self.resume), (_("不要了"), self._drop)])
        self._window.map.canvas.update()

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        for one in self._strokes.laid:
            dashed(painter, viewport, one.tool.places, QColor(MARKS.drawn), 1.6, [3, 4])


def words_of(laid: Laid) -> str:
    """What was being drawn, and how far: 危险区（4 个点）."""
    title = laid.tool.title.removeprefix(_("画"))
    return _("{title}（{count} 个点）").format(title=title, count=len(laid.tool.places))
