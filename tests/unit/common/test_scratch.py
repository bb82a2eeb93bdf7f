"""What a process needs for moments is gone with it, whatever became of it; what a living one needs stays."""

import errno
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geohazard_desktop.common import scratch as module
from geohazard_desktop.common.scratch import scratch, scratch_folder, sweep
from geohazard_desktop.exchange.workbooks import new_book, packed

# Makes its folder with a list of people in it, says where, and ends when it is told to.
_PROCESS = """
import os, sys
from geohazard_desktop.common.scratch import scratch
(scratch() / "名册").mkdir()
(scratch() / "名册" / "住户.xlsx").write_text("张三")
print(scratch(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the system for these processes alone."""
    folder = tmp_path / "系统 临时"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def own_process(outside: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process as if it had asked for nothing yet, with `outside` as the system's temporary folder."""
    monkeypatch.setattr(module, "_own", None)
    monkeypatch.setattr(tempfile, "tempdir", str(outside))
    yield outside
    held = module._own
    assert held is not None
    module._remove(held)


def test_a_disk_that_knows_no_locks_still_has_room_for_a_moment(own_process: Path, monkeypatch) -> None:
    def none(_file: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(module, "_lock", none)
    with scratch_folder() as folder:
        (folder / "住户.xlsx").write_text("张三")
    assert scratch() == scratch()
    assert list(own_process.iterdir()) == [scratch()]
    assert sweep(own_process) == []


def _started() -> tuple["subprocess.Popen[str]", Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _PROCESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_nothing_is_left_of_a_process_that_ended(outside: Path) -> None:
    process, folder = _started()
    assert folder.parent == outside
    assert (folder / "名册" / "住户.xlsx").exists()
    process.communicate("\n")
    assert list(outside.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_a_living_one_has_stays(outside: Path) -> None:
    killed, left = _started()
    living, kept = _started()
    killed.kill()
    killed.communicate()
    assert left.exists()
    assert sweep(outside) == [left]
    assert not left.exists()
    assert (kept / "名册" / "住户.xlsx").exists()
    living.communicate("\n")


def test_a_process_that_ends_takes_along_what_killed_ones_left(outside: Path) -> None:
    killed, left = _started()
    killed.kill()
    killed.communicate()
    ending, _folder = _started()
    ending.communicate("\n")
    assert not left.exists()
    assert list(outside.iterdir()) == []


def test_what_is_not_ours_stays(outside: Path) -> None:
    """Nothing is known of a folder but its name: without our mark in it, it may be anybody's work."""
    alike = outside / "geohazard_desktop-run-backup"
    alike.mkdir()
    (alike / "成果.gpkg").write_text("work")
    assert sweep(outside) == []
    assert (alike / "成果.gpkg").exists()


def test_a_folder_that_was_cleared_away_is_made_anew(own_process: Path) -> None:
    first = scratch()
    assert first.parent == own_process
    assert scratch() == first
    shutil.rmtree(first)
    second = scratch()
    assert second != first
    assert second.parent == own_process
    assert second.is_dir()


def test_a_folder_for_a_block_is_gone_with_it(own_process: Path) -> None:
    with scratch_folder() as folder:
        (folder / "解开.shp").write_text("x")
        assert folder.parent == scratch()
    assert not folder.exists()
    assert scratch().is_dir()


def test_sheets_of_workbooks_pass_through_the_own_folder(own_process: Path) -> None:
    book = new_book(write_only=True)
    book.create_sheet("名册").append(["张三", "139 0000 0001"])
    assert [one.name[:9] for one in scratch().iterdir() if one.is_file() and one.name[0] != "."] == ["openpyxl."]
    packed(book)
    assert [one for one in own_process.iterdir() if one != scratch()] == []
