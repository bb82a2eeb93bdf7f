"""What keeps the window from opening is said where it was started from; it opens no larger than its screen."""

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from geohazard_desktop import app
from geohazard_desktop.cartography.map_process import launch
from geohazard_desktop.desktop import start


def test_a_machine_without_chinese_is_told_so_instead_of_shown_boxes(monkeypatch, capsys):
    def made(**_more: object) -> None:
        raise AssertionError("a window full of boxes")

    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(launch, "warm_up", lambda: None)
    monkeypatch.setattr(start, "make_window", made)
    monkeypatch.setattr(QFontDatabase, "families", lambda *_script: [])
    assert app.main([]) == 2
    said = capsys.readouterr().err
    assert "没有中文字体" in said
    assert "fonts-noto-cjk" in said


@pytest.mark.parametrize(
    ("room", "size", "filled"), [((1366, 728), (1366, 728), True), ((1920, 1040), (1600, 1000), False)]
)
def test_the_window_fills_a_screen_that_is_smaller_than_it(room, size, filled):
    window = QWidget()
    window.resize(1600, 1000)
    start.show_within(window, QSize(*room))
    assert window.isMaximized() == filled
    assert (window.normalGeometry().size() if filled else window.size()) == QSize(*size)
    window.close()
