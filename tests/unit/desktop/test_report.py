"""What the window writes down survives a second window and a full profile."""

import logging
import os

import pytest

from geohazard_desktop.common.log import LARGEST_BYTES, log_file, stop_log
from geohazard_desktop.desktop import report


@pytest.fixture
def installed(monkeypatch):
    root = logging.getLogger("geohazard_desktop")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr("sys.excepthook", None)
    report.install()
    yield root
    for one in [one for one in root.handlers if isinstance(one, logging.FileHandler)]:
        stop_log(one)


def test_no_record_is_lost_while_a_second_window_holds_a_full_log(installed, monkeypatch):
    """Windows moves no file that another process has open, so nothing may hang on moving it."""

    def held(source: object, *_more: object) -> None:
        raise PermissionError(13, "The process cannot access the file", str(source))

    monkeypatch.setattr(os, "rename", held)
    monkeypatch.setattr(os, "replace", held)
    for number in range(12):
        installed.info("%s end of %d", "x" * (LARGEST_BYTES // 10), number)
    text = log_file().read_text(encoding="utf-8")
    assert [f"end of {number}\n" in text for number in range(12)] == [True] * 12


def test_a_second_window_of_the_process_writes_no_line_twice(installed):
    report.install()
    installed.info("one line")
    assert log_file().read_text(encoding="utf-8").count("one line") == 1
