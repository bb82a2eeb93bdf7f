"""A widget that only a cycle holds goes in the window's thread, between two events, wherever it was made due."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.cycle_collector import CycleCollector
from geohazard_desktop.desktop.theme import theme


class Left(QWidget):
    """Holds itself, as a dialog does whose button calls one of its own methods."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


class Busy(QWidget):
    """Makes a great deal whenever it is dressed."""

    def changeEvent(self, event: QEvent) -> None:
        make_much()
        super().changeEvent(event)


def make_much() -> None:
    for _number in range(30_000):
        itself: list[object] = []
        itself.append(itself)


@pytest.fixture
def collector() -> Iterator[CycleCollector]:
    gc.collect()
    gc.enable()  # as Python begins
    made = CycleCollector()
    yield made
    made.deleteLater()


def left(gone: list[threading.Thread]) -> None:
    one = Left()
    one.show()
    one.hide()
    weakref.finalize(one, lambda: gone.append(threading.current_thread()))


def wait_for(gone: list[threading.Thread], many: int) -> None:
    for _time in range(250):
        if len(gone) >= many:
            break
        QTest.qWait(20)
    assert len(gone) == many


def test_it_goes_in_the_windows_thread_though_a_job_made_it_due(collector: CycleCollector, application: QApplication):
    gone: list[threading.Thread] = []
    left(gone)
    jobs = Jobs(application)
    jobs.start(lambda _progress: make_much(), lambda _none: None)
    jobs.wait(stop=False)
    assert not gone
    wait_for(gone, 1)
    assert gone == [threading.main_thread()]


def test_a_new_style_that_many_widgets_get_loses_none_of_them_under_way(collector: CycleCollector):
    gone: list[threading.Thread] = []
    busy = Busy()
    busy.show()
    for _one in range(30):
        left(gone)
    theme().set(percent=125)
    assert not gone
    wait_for(gone, 30)
    theme().set(percent=100)
    busy.close()


def test_what_lives_long_is_looked_through_a_hundredth_of_the_time_at_most(collector: CycleCollector):
    looks: list[int] = []

    def looked(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            looks.append(about["generation"])

    gc.callbacks.append(looked)
    for _time in range(400):
        made = [[] for _one in range(2 * gc.get_threshold()[0])]
        collector.look()
        made.clear()
    gc.callbacks.remove(looked)
    assert looks.count(0) > looks.count(1) > 0
    assert looks.count(2) <= 2
