"""The window opens no larger than its screen, where and as it stood the last time; panels as a hand left them."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop import window_place
from geohazard_desktop.desktop.preferences import Preferences


@pytest.mark.parametrize(
    ("room", "size", "filled"),
    [((1366, 728), (1366, 728), True), ((1024, 540), (1024, 540), True), ((1920, 1040), (1600, 1000), False)],
)
def test_the_window_fills_a_screen_that_is_smaller_than_it(application, room, size, filled):
    window = QWidget()
    window.setMinimumSize(1024, 640)
    window.resize(1600, 1000)
    window_place.show(window, QSize(*room))
    assert window.isMaximized() == filled
    assert (window.normalGeometry().size() if filled else window.size()) == QSize(*size)
    window.close()


@pytest.mark.parametrize("filled", [False, True])
def test_it_stands_where_it_stood_and_never_outside_all_screens(application, filled):
    before = QWidget()
    before.setGeometry(5000, 4000, 700, 500)  # on a screen that is gone
    if filled:
        before.setWindowState(before.windowState() | before.windowState().WindowMaximized)
    before.show()
    kept = bytes(before.saveGeometry().toBase64().data()).decode()
    before.close()
    window = QWidget()
    window.resize(1600, 1000)
    screen = window.screen().availableGeometry()
    window_place.show(window, screen.size(), kept)
    assert window.isMaximized() == filled
    assert screen.intersects(window.frameGeometry())
    if not filled:
        assert window.size() == QSize(700, 500)
    window.close()


def test_what_is_no_place_and_no_panel_is_not_believed(application):
    window = QWidget()
    window.resize(600, 400)
    window_place.show(window, QSize(1920, 1080), "没有")
    assert window.size() == QSize(600, 400)
    window.close()
    liked = Preferences(panels={"layers": 310, "side": 1, "register": "宽"}, stage="?")
    assert window_place.panel_sizes(liked, [276, 352, 324]) == [310, 352, 324]
    assert window_place.stage_of(liked) == "layers"
