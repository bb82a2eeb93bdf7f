"""How far a layer is seen through: a slider with its number in the tree's menu, shown on the map while it moves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QSpinBox, QWidget, QWidgetAction

from geohazard_desktop.cartography.style import LEAST_OPACITY
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace import plan_layers

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_WAIT_MS = 40  # a slider that is drawn along tells each pixel of its way


class OpacityRow(QWidgetAction):
    """A row of a menu. `tried` carries a percentage while the hand is at it, `taken` the last one when the menu closes
    and it is another than before."""

    tried = Signal(int)
    taken = Signal(int)

    def __init__(self, menu: QMenu, percent: int, least: int) -> None:
        super().__init__(menu)
        self._before = percent
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(theme().px(14), theme().px(4), theme().px(12), theme().px(4))
        row.setSpacing(theme().px(8))
        row.addWidget(label(_("不透明度"), "body"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumWidth(theme().px(110))
        self.number = QSpinBox()
        self.number.setSuffix(" %")
        for one in (self.slider, self.number):
            one.setRange(least, 100)
            one.setSingleStep(5)
            one.setValue(percent)
            one.setAccessibleName(_("不透明度"))
            row.addWidget(one)
        self.setDefaultWidget(box)
        self.slider.valueChanged.connect(self.number.setValue)
        self.number.valueChanged.connect(self.slider.setValue)
        self.slider.valueChanged.connect(self.tried)
        menu.aboutToHide.connect(self._end)

    def _end(self) -> None:
        if self.slider.value() != self._before:
            self._before = self.slider.value()
            self.taken.emit(self._before)


class OpacityDesk(QObject):
    """Shows what is tried, stores what is taken: one step of the history for a whole movement of the hand."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._tried: tuple[str, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._show)

    def least(self, layer: str) -> int:
        """Of 100: what warns must come through a copier."""
        return round(100 * (plan_layers.LEAST_OPACITY if layer in plan_layers.PLAN else LEAST_OPACITY))

    def fill(self, menu: QMenu, layer: str) -> None:
        """The row of the layer's menu; none where its style is in the style editor's hands, or can't be changed."""
        window = self._window
        edited = window.styles.editor is not None and window.styles.layer == layer
        if edited or window.session.read_only_reason() or not window.session.workspace.definitions[layer].style:
            return
        row = OpacityRow(menu, round(100 * window.map.scene.style(layer).opacity), self.least(layer))
        row.tried.connect(lambda percent: self._try(layer, percent))
        row.taken.connect(lambda percent: self.take(layer, percent))
        first = next(iter(menu.actions()), None)
        menu.insertAction(first, row) if first is not None else menu.addAction(row)

    def take(self, layer: str, percent: int) -> None:
        """Store it; what was tried is shown no longer, whether it could be stored or not."""
        from geohazard_desktop.workspace.edits.style import change_style, style_now

        window = self._window
        self._timer.stop()
        self._tried = None
        with reporter().guard():
            ws = window.session.workspace
            mapping = {key: value for key, value in style_now(ws, layer).items() if key != "opacity"}
            if percent < 100:
                mapping = {"opacity": percent / 100, **mapping}
            edit = change_style(ws, layer, mapping)
            if edit.deltas and window.session.apply(edit):
                say_done(window, _("{words}。").format(words=edit.words))
        window.map.scene.preview_style(layer, None)
        window.map.redraw()

    def _try(self, layer: str, percent: int) -> None:
        self._tried = layer, percent
        if not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        if self._tried is None:
            return
        from geohazard_desktop.workspace.edits.style import style_now

        layer, percent = self._tried
        mapping = style_now(self._window.session.workspace, layer)
        self._window.map.scene.preview_style(layer, {**mapping, "opacity": percent / 100})
        self._window.map.redraw()
