"""What nobody foresaw is written down for the maintainer, in the user's own folder."""

import logging

import pytest

from geohazard_desktop.common.log import LARGEST_BYTES, log_file, start_log, stop_log


@pytest.fixture
def handler():
    started = start_log()
    yield started
    stop_log(started)


def test_nothing_to_say_makes_no_file(handler):
    assert not log_file().exists()


@pytest.mark.logs_errors
def test_a_failure_is_written_with_its_traceback(handler, home):
    try:
        raise ValueError("第 3 行")
    except ValueError:
        logging.getLogger("geohazard_desktop.exchange").exception("unforeseen")
    text = log_file().read_text(encoding="utf-8")
    assert log_file().is_relative_to(home)
    assert "Traceback" in text
    assert "ValueError: 第 3 行" in text


def test_other_packages_do_not_fill_it(handler):
    logging.getLogger("pyogrio").warning("chatter")
    assert not log_file().exists()


def test_a_long_log_is_set_aside_at_the_next_start():
    log_file().write_bytes(b"x" * (LARGEST_BYTES + 1))
    started = start_log()
    try:
        logging.getLogger("geohazard_desktop").info("new")
    finally:
        stop_log(started)
    assert log_file().read_text(encoding="utf-8").endswith("new\n")
    assert log_file().with_suffix(".1.log").stat().st_size == LARGEST_BYTES + 1
