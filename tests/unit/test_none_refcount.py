"""PySide6 must not drop references to None: on Python 3.11 a later PySide6 did, at every call that returns nothing, and
the process soon aborted with none_dealloc, taking an officer's work with it."""

import subprocess
import sys

import pytest

CALLS = 1000
WORDS = f"""
import sys
from PySide6.QtGui import QPainterPath
path = QPainterPath()
path.moveTo(0, 0)
before = sys.getrefcount(None)
for number in range({CALLS}):
    path.moveTo(number, number)
print(before - sys.getrefcount(None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: its count never moves")
def test_calls_that_return_nothing_keep_none_alive():
    # In a process of its own: should it abort, the other tests still run.
    done = subprocess.run([sys.executable, "-c", WORDS], capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < CALLS // 10


def test_the_pinned_qt_is_the_one_in_use():
    import PySide6

    assert PySide6.__version__ == "6.9.3"
