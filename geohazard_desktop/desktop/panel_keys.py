"""Getting around the window without a mouse: from panel to panel, to the form, to the search; docks put away."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_SELECTED = 20_000  # a map that marks more than this marks nothing


class PanelKeys:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._put_away: list[str] = []  # docks that Tab has hidden

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "view.next_panel": lambda: self.step(1),
            "view.previous_panel": lambda: self.step(-1),
            "view.docks": self.docks,
            "view.form": self.form,
            "tools.find": self.find,
            "edit.select_all": self.select_all,
        }

    # -- from panel to panel ---------------------------------------------------------------------------------------

    def panels(self) -> list[QWidget]:
        """Those in sight, in reading order; the page in the middle is one of them."""
        window = self._window
        found: list[QWidget] = [window.tools, window.docks["layers"], window.pages, window.docks["register"]]
        found.append(window.docks["side"])
        return [one for one in found if one.isVisible() and first_focus(one) is not None]

    def step(self, by: int) -> None:
        panels = self.panels()
        now = QApplication.focusWidget()
        inside = next((index for index, one in enumerate(panels) if now is not None and one.isAncestorOf(now)), None)
        place = (-1 if by > 0 else 0) if inside is None else inside
        wanted = first_focus(panels[(place + by) % len(panels)]) if panels else None
        if wanted is not None:
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            if wanted is self._window.map.canvas:
                wanted.setProperty("keyboard", True)
            wanted.setFocus(reason)

    def docks(self) -> None:
        """Out of sight, and back as they were."""
        window = self._window
        if window.tools.isHidden():  # 只看地图
            window.center.run("view.alone")
            return
        shown = [key for key, one in window.docks.items() if not one.isHidden()]
        if shown:
            self._put_away = shown
        elif not self._put_away:
            self._put_away = ["layers", "side"]
        for key in self._put_away:
            window.docks[key].setVisible(not shown)
        window.map.canvas.setFocus()
        window.refresh()

    # -- to one thing ----------------------------------------------------------------------------------------------

    def form(self) -> None:
        window = self._window
        window.docks["side"].show()
        window.side.setCurrentWidget(window.form)
        field = next((one for one in _inputs(window.form) if one.isEnabled()), None) or first_focus(window.form)
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def find(self) -> None:
        """In the table where it is open; else the search for everything."""
        window = self._window
        if window.docks["register"].isVisible():
            window.register.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            window.register.search.selectAll()
        else:
            window.center.run("tools.palette")

    def select_all(self) -> None:
        """The features of the current layer; while papers are made the subjects that are listed."""
        window = self._window
        if window.stage == "publish":
            if not window.publish.tick_listed():
                window.banner.say("info", _("出图这一步，全选只用在要出的名单上；这一种图不用选。"))
            return
        layer = window.layers.current_layer()
        ws = window.session.workspace
        count = ws.count(layer)
        if count > _MOST_SELECTED:
            words = _("{title}有 {count} 个，太多了，没有全选。请在登记表里筛选以后再选。")
            window.banner.say("info", words.format(title=ws.definitions[layer].title, count=count))
            return
        window.layers.show_layer(layer)
        window.session.select([(layer, uid) for uid in ws.attributes(layer).uids])


def _inputs(inside: QWidget) -> list[QWidget]:
    kinds = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit")
    return [
        one
        for one in inside.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus and any(one.inherits(kind) for kind in kinds)
    ]


def first_focus(inside: QWidget) -> QWidget | None:
    """What a key goes to when a panel is entered: its list, its table or first field, else its first button."""
    found = [
        one
        for one in [inside, *inside.findChildren(QWidget)]
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for kind in (QAbstractItemView, QLineEdit, QAbstractButton):
        first = next((one for one in found if isinstance(one, kind)), None)
        if first is not None:
            return first
    return found[0] if found else None
