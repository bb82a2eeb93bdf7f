"""Processes that paint find the system's fonts, on Windows too."""

import os
import re
import sys
from pathlib import Path

import geohazard_desktop
from geohazard_desktop.common.without_window import paint_without_window


def test_on_windows_qt_keeps_the_platform_that_knows_the_fonts(monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    paint_without_window()
    assert "QT_QPA_PLATFORM" not in os.environ


def test_elsewhere_no_screen_is_looked_for(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(sys, "platform", "linux")
    paint_without_window()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_no_process_chooses_by_itself():
    package = Path(geohazard_desktop.__file__).parent
    choosing = [
        one.relative_to(package).as_posix()
        for one in package.rglob("*.py")
        if re.search(r"""environ\[["']QT_QPA_PLATFORM["']\] *=""", one.read_text(encoding="utf-8"))
    ]
    assert choosing == ["common/without_window.py"]
