"""The window's end of the map process: a process that dies is replaced, and people are told when it keeps dying."""

import os
import signal
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shapely import box

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps import frame
from geohazard_desktop.desktop.maps.frame import FrameMaker
from geohazard_desktop.workspace.edits import create_feature

E, N = 36_400_000.0, 4_370_000.0
VIEW = Viewport(E, N, 10_000.0, 300.0, 200.0)


@pytest.fixture
def maker(workspace):
    zone = create_feature(workspace.definitions, "danger_zone", box(E, N, E + 200, N + 200), {"hazard_type": "崩塌"})
    workspace.apply(zone)
    parent = QObject()
    made = FrameMaker(parent)
    made.layers = lambda: ("danger_zone",)
    made.frames, made.said = [], []
    made.ready.connect(made.frames.append)
    made.refused.connect(made.said.append)
    made.open(workspace.path)
    yield made
    made.close()


def until(holds, what):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, what
        QApplication.processEvents()
        time.sleep(0.005)


def kill(maker):
    process = maker._running.process
    os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.join(10)


def test_a_picture_is_as_large_as_the_view_with_its_margin(maker):
    maker.start(VIEW, 2.0)
    assert maker.busy
    until(lambda: maker.frames, "a picture")
    (made,) = maker.frames
    assert not maker.busy
    assert made.viewport == VIEW
    assert (made.image.width(), made.image.height()) == (2 * (300 + 192), 2 * (200 + 192))
    assert made.image.devicePixelRatio() == 2.0


@pytest.mark.logs_errors
def test_a_process_that_dies_is_replaced_and_the_picture_comes(maker):
    maker.start(VIEW, 1.0)
    until(lambda: maker.frames, "a picture")
    kill(maker)
    maker.start(VIEW.panned(10, 0), 1.0)
    until(lambda: len(maker.frames) == 2, "a second picture")
    assert maker.frames[1].viewport == VIEW.panned(10, 0)
    assert not maker.said


@pytest.mark.logs_errors
def test_one_that_keeps_dying_is_told(maker, monkeypatch):
    monkeypatch.setattr(frame, "_MOST_LOSSES", 1)
    for _ in range(2):
        maker.start(VIEW, 1.0)
        running = maker._running
        kill(maker)
        until(lambda running=running: maker._running is not running, "the end is noticed")
    until(lambda: maker.said, "a sentence")
    assert "一再中断" in maker.said[0]
    assert not maker.busy


def test_nothing_comes_after_stop(maker):
    maker.start(VIEW, 1.0)
    maker.stop()
    maker.start(VIEW.panned(5, 5), 1.0)
    until(lambda: maker.frames, "a picture")
    assert [one.viewport for one in maker.frames] == [VIEW.panned(5, 5)]


def test_views_of_one_scale_differ_by_whole_pixels():
    first = VIEW.aligned(1.25)
    second = VIEW.panned(13.3, -7.9).aligned(1.25)
    pixel = VIEW.pixel / 1.25
    for way in ((second.east - first.east) / pixel, (second.north - first.north) / pixel):
        assert abs(way - round(way)) < 1e-3
    assert abs(first.east - VIEW.east) <= pixel
