"""What the machine says of itself: enough to decide whether work is divided."""

import os

import pytest

from geohazard_desktop.common import machine


def test_it_has_cores_and_memory():
    assert 1 <= machine.cores() <= (os.cpu_count() or 1)
    free = machine.free_memory()
    assert free is None or 10**6 < free < 10**14


@pytest.mark.parametrize("words", ["", "MemAvailable: much\n", "MemAvailable:\n"])
def test_a_system_that_does_not_say_is_not_guessed(tmp_path, words):
    source = tmp_path / "meminfo"
    source.write_text(words, encoding="ascii")
    assert machine._free_on_linux(source) is None
    assert machine._free_on_linux(tmp_path / "nothing") is None
    source.write_text("MemTotal: 9 kB\nMemAvailable:    2048 kB\n", encoding="ascii")
    assert machine._free_on_linux(source) == 2 * 2**20
