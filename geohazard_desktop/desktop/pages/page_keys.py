"""The keys of the page view, as readers of PDFs have them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from geohazard_desktop.desktop.pages.page_view import PageView

_K = Qt.Key
_NAMES: Mapping[tuple[str, int], str] = {
    ("", _K.Key_PageDown): "next",
    ("", _K.Key_PageUp): "before",
    ("", _K.Key_Right): "next",
    ("", _K.Key_Left): "before",
    ("", _K.Key_Down): "down",
    ("", _K.Key_Up): "up",
    ("", _K.Key_Space): "screen",
    ("shift", _K.Key_Space): "screen_back",
    ("", _K.Key_Home): "first",
    ("", _K.Key_End): "last",
    ("", _K.Key_Plus): "larger",
    ("", _K.Key_Equal): "larger",
    ("", _K.Key_Minus): "smaller",
    ("ctrl", _K.Key_A): "all",
    ("ctrl", _K.Key_C): "copy",
    ("ctrl", _K.Key_F): "find",
    ("", _K.Key_F3): "find_next",
    ("shift", _K.Key_F3): "find_before",
    ("ctrl", _K.Key_PageDown): "file_next",
    ("ctrl", _K.Key_PageUp): "file_before",
    ("", _K.Key_Escape): "leave",
}


def wanted(event: QKeyEvent) -> str:
    """The name of what a key asks for; "" when the page has no use for it."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    words = {
        Qt.KeyboardModifier.NoModifier: "",
        Qt.KeyboardModifier.ControlModifier: "ctrl",
        Qt.KeyboardModifier.ShiftModifier: "shift",
    }
    modifier = words.get(held)
    if modifier is None:
        return ""
    if event.key() == _K.Key_Plus:  # typed with shift on most keyboards
        modifier = ""
    return _NAMES.get((modifier, event.key()), "")


def _scroll(view: "PageView", steps: float) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + round(steps))


def _leave(view: "PageView") -> None:
    if view.text:
        view.clear_selection()
    else:
        view.left.emit()


def _turn(view: "PageView", way: int) -> None:
    view.go_to(view.page + way * (2 if view.two else 1))


KEYS: Mapping[str, Callable[["PageView"], object]] = {
    "next": lambda view: _turn(view, 1),
    "before": lambda view: _turn(view, -1),
    "down": lambda view: _scroll(view, view.verticalScrollBar().singleStep()),
    "up": lambda view: _scroll(view, -view.verticalScrollBar().singleStep()),
    "screen": lambda view: _scroll(view, view.viewport().height() * 0.9),
    "screen_back": lambda view: _scroll(view, -view.viewport().height() * 0.9),
    "first": lambda view: view.go_to(0),
    "last": lambda view: view.go_to(view.count - 1),
    "larger": lambda view: view.set_zoom(view.zoom * 1.25),
    "smaller": lambda view: view.set_zoom(view.zoom / 1.25),
    "all": lambda view: view.select_all(),
    "copy": lambda view: view.copy(),
    "find": lambda view: view.ask_search(0),
    "find_next": lambda view: view.ask_search(1),
    "find_before": lambda view: view.ask_search(-1),
    "file_next": lambda view: view.ask_file(1),
    "file_before": lambda view: view.ask_file(-1),
    "leave": _leave,
}
