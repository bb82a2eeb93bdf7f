"""Work off the window's path, told to whoever asked for it, even where it has ended before `start` returns."""

from threading import Event
from time import sleep

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from shiboken6 import isValid

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop import background
from geohazard_desktop.desktop.background import Cancelled, Job, Jobs


@pytest.fixture
def jobs(monkeypatch) -> Jobs:
    """Jobs whose thread is quicker than the line after `start`."""

    def start_and_end(job: Job) -> None:
        QThread.start(job)
        assert job.wait(10_000)

    monkeypatch.setattr(Job, "start", start_and_end)
    return Jobs(QObject())


def heard(jobs: Jobs, work) -> list[object]:
    said: list[object] = []
    jobs.start(
        work,
        lambda result: said.append(("done", result)),
        told=lambda done, total, words: said.append((done, total, words)),
        stopped=lambda: said.append("stopped"),
        failed=lambda: said.append("failed"),
        ended=lambda: said.append("ended"),
    )
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    return said


def test_progress_result_and_end_come_in_that_order(jobs):
    def work(progress):
        progress(1, 2, "一半")
        return 7

    assert heard(jobs, work) == [(1, 2, "一半"), ("done", 7), "ended"]


@pytest.mark.parametrize(
    ("error", "word"), [(GeohazardError("写不进。", "换一个。"), "failed"), (Cancelled(), "stopped")]
)
def test_what_ends_at_once_is_no_work_for_ever(jobs, error, word):
    def work(_progress):
        raise error

    assert heard(jobs, work) == [word, "ended"]


@pytest.mark.logs_errors
def test_an_error_of_the_program_is_an_end_too(jobs, caplog):
    assert heard(jobs, lambda _progress: 1 / 0) == ["failed", "ended"]
    assert [one.exc_info[0] for one in caplog.records] == [ZeroDivisionError]


@pytest.mark.parametrize(("stop", "word"), [(True, "stopped"), (False, ("done", 7))])
def test_what_has_ended_when_the_window_goes_is_handed_over(stop, word):
    jobs, said = Jobs(QObject()), []

    def work(progress):
        sleep(0.05)
        progress(1, 2)
        return 7

    jobs.start(
        work,
        lambda result: said.append(("done", result)),
        stopped=lambda: said.append("stopped"),
        ended=lambda: said.append("ended"),
    )
    jobs.wait(stop=stop)
    assert said == [word, "ended"]


def test_work_that_hangs_is_left_to_itself_and_ends_nothing():
    owner = QObject()
    jobs, said, end = Jobs(owner), [], Event()
    jobs.start(lambda _progress: end.wait(30), said.append, ended=lambda: said.append("ended"))
    jobs.wait(seconds=0.01)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    end.set()
    assert background._unheard.pop().wait(10_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    assert said == []


def test_work_that_has_ended_is_not_kept_by_a_window_that_stays(jobs):
    assert heard(jobs, lambda _progress: 7) == [("done", 7), "ended"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not jobs._parent.findChildren(Job)


def test_what_has_ended_and_is_gone_can_be_stopped_without_harm(jobs):
    job = jobs.start(lambda _progress: 1, lambda _result: None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    QCoreApplication.sendPostedEvents(job, QEvent.Type.DeferredDelete)
    assert not isValid(job)
    job.requestInterruption()
