"""What keeps the window from opening is said where it was started from; it opens no larger than its screen."""

import gc

from PySide6.QtGui import QFontDatabase

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
