"""How long it still takes is reckoned from what is made now."""

import time

import pytest

from geohazard_desktop.desktop.progress_strip import ProgressStrip


def test_what_another_day_made_does_not_make_the_rest_look_quick(application, monkeypatch: pytest.MonkeyPatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    strip = ProgressStrip()
    strip.begin("明白卡")
    strip.show_progress(0, 660, "正在读工作文件")
    now[0] += 30.0
    strip.show_progress(250, 660, "")
    now[0] += 10.0
    strip.show_progress(260, 660, "")
    assert strip.left.text() == "还要约 7 分钟"
    assert strip.stop.text() == "停下，以后接着出"
