"""What is looked at, and how: places, nets, names, the window's theme and size. Nothing here changes data."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.theme import SIZES, theme

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_CLOSER = 1.5  # of one step


class ViewHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        window, page = self._window, self._window.map
        return {
            "view.full": self._full,
            "view.layer": lambda: page.look_at_layer(window.layers.current_layer()),
            "view.selection": lambda: page.look_at_keys(window.session.selection),
            "view.zoom_in": lambda: page.canvas.zoom(_CLOSER),
            "view.zoom_out": lambda: page.canvas.zoom(1 / _CLOSER),
            "view.back": lambda: self._view(-1),
            "view.forward": lambda: self._view(1),
            "view.redraw": self._redraw,
            "view.labels": self._labels,
            "view.grid": lambda: self._net("grid"),
            "view.graticule": lambda: self._net("graticule"),
            "view.alone": self._alone,
            "view.dark": self._dark,
            "view.bright": self._bright,
            "view.larger": lambda: self.resize(1),
            "view.smaller": lambda: self.resize(-1),
            "view.normal": lambda: self.resize(0),
            "measure.copy": self._copy_measured,
        }

    def _full(self) -> None:
        """The whole map looks the same wherever one was before, its names too."""
        self._window.map.canvas.maker.names_anew = True
        self._window.map.look_at_all()

    def _view(self, by: int) -> None:
        if not self._window.map.views.step(by):
            words = _("前面没有看过别的地方。") if by < 0 else _("后面没有看过别的地方。")
            self._window.banner.say("info", words)

    def _copy_measured(self) -> None:
        self._window.map.measures.copy()
        self._window.banner.say("done", _("量测的数字已复制。"))

    def _redraw(self) -> None:
        self._window.session.poll()
        self._window.base_maps.retry()
        self._window.map.refresh()

    def _labels(self) -> None:
        maker = self._window.map.canvas.maker
        maker.labels = not maker.labels
        self._window.center.check("view.labels", maker.labels)
        self._window.map.canvas.redraw()

    def _net(self, name: str) -> None:
        window = self._window
        on = not getattr(window.map.canvas.nets, name)
        setattr(window.map.canvas.nets, name, on)
        setattr(window.liked, name, on)
        window.liked.store()
        window.center.check(f"view.{name}", on)
        window.map.canvas.update()

    def _alone(self) -> None:
        window = self._window
        shown = not window.docks["layers"].isHidden()
        for one in (window.docks["layers"], window.docks["side"], window.stages, window.tools):
            one.setVisible(not shown)
        window.settle_top()
        window.center.check("view.alone", shown)

    def _dark(self) -> None:
        window = self._window
        window.liked.theme = "light" if window.liked.theme == "dark" else "dark"
        window.liked.store()
        theme().set(name=window.liked.theme)
        window.refresh()

    def _bright(self) -> None:
        window = self._window
        window.liked.bright_map = window.map.canvas.bright = not window.liked.bright_map
        window.liked.store()
        window.map.canvas.update()
        window.refresh()

    def resize(self, by: int, *, around: bool = False) -> None:
        window = self._window
        place = min(range(len(SIZES)), key=lambda index: abs(SIZES[index] - window.liked.percent))
        wanted = 0 if by == 0 else place + by
        if around:
            wanted %= len(SIZES)
        window.liked.percent = SIZES[max(0, min(len(SIZES) - 1, wanted))]
        window.liked.store()
        theme().set(percent=window.liked.percent)

    def set_scale(self, denominator: float) -> None:
        canvas = self._window.map.canvas
        canvas.look(canvas.viewport.at_scale(denominator))
        canvas.setFocus()
