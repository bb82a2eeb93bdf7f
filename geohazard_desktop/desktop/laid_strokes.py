"""Strokes laid down unfinished when another tool was taken: kept, seen on the map, offered to go on with."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.canvas_marks import dashed
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.tool_desk import Laid

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_BAR = "laid-stroke"


class LaidStrokes(QObject):
    """A bar that stays as long as a stroke waits: 接着画 takes it up again, 不要了 lets it go."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._desk = window, window.map.desk
        self._desk.laid_changed.connect(self._tell)
        window.map.canvas.overlays.append(self._paint)

    def resume(self) -> None:
        """Go on with the stroke that was laid down last."""
        window = self._window
        if not self._desk.laid:
            window.banner.say("info", _("没有放下的、没画完的东西。"))
            return
        window.show_map()
        layer = self._desk.laid[-1].layer
        if layer:
            window.layers.show_layer(layer)
        self._desk.resume()
        window.refresh()

    def _drop(self) -> None:
        self._desk.laid.pop()
        self._desk.laid_changed.emit()

    def _tell(self) -> None:
        banner, laid = self._window.banner, self._desk.laid
        banner.take_down(_BAR)
        if laid:
            words = _("已放下没画完的{what}。").format(what=words_of(laid[-1]))
            if len(laid) > 1:
                words += _("另有 {count} 笔在它之前放下的。").format(count=len(laid) - 1)
            banner.keep(_BAR, "info", words, "", [(_("接着画"), self.resume), (_("不要了"), self._drop)])
        self._window.map.canvas.update()

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        for one in self._desk.laid:
            dashed(painter, viewport, one.tool.places, QColor(MARKS.drawn), 1.6, [3, 4])


def words_of(laid: Laid) -> str:
    """What was being drawn, and how far: 危险区（4 个点）."""
    title = laid.tool.title.removeprefix(_("画"))
    return _("{title}（{count} 个点）").format(title=title, count=len(laid.tool.places))
