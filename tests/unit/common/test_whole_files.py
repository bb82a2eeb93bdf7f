"""What is written is whole or not there, and what lay there before stays where it can't be."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.whole_files import drop_drafts, write_whole


def test_a_file_open_in_another_program_is_said_and_stays(tmp_path, monkeypatch):
    path = tmp_path / "警示图.pdf"
    path.write_bytes(b"old")

    def held(_source: object, target: object) -> None:
        error = PermissionError(13, "The process cannot access the file", str(target))
        error.winerror = 32
        raise error

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(ExportRefused, match=r"没有写成 警示图\.pdf：文件正被其他程序打开。.*请关掉打开它的程序"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["警示图.pdf"]


def test_a_full_disk_leaves_the_former_file_and_no_half_one(tmp_path, monkeypatch):
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "警示图.pdf"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportRefused, match=r"没有写成 警示图\.pdf：磁盘满了"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["警示图.pdf"]


def test_a_folder_that_is_not_there_is_made_and_one_that_can_not_be_is_told(tmp_path):
    write_whole(tmp_path / "一" / "二" / "甲.pdf", b"x")
    assert (tmp_path / "一" / "二" / "甲.pdf").read_bytes() == b"x"
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ExportRefused, match=r"没有写成 甲\.pdf"):
        write_whole(tmp_path / "文件" / "甲.pdf", b"x")


_WRITES = """
import sys
from pathlib import Path
from geohazard_desktop.common.whole_files import drafts, whole_file
with whole_file(Path(sys.argv[1])) as draft, drafts(Path(sys.argv[1])) as folder:
    draft.write_bytes(b"half")
    (folder / "half.shp").write_bytes(b"half")
    print("writing", flush=True)
    sys.stdin.readline()
"""


def test_what_a_process_that_was_put_down_was_writing_goes_and_nothing_else(tmp_path: Path):
    deep = tmp_path / "东街道"
    deep.mkdir()
    (deep / "明白卡 0001.pdf").write_bytes(b"whole")
    words = [sys.executable, "-c", _WRITES, str(deep / "明白卡 0002.pdf")]
    stopped, going_on = (
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])
        for _both in range(2)
    )
    for one in (stopped, going_on):
        assert one.stdout is not None
        assert one.stdout.readline() == "writing\n"
    stopped.kill()
    stopped.communicate()
    assert len(list(deep.iterdir())) == 1 + 2 + 2
    assert len(drop_drafts(tmp_path, stopped.pid)) == 2
    assert len(list(deep.iterdir())) == 1 + 2
    going_on.communicate("\n")
    assert sorted(one.name for one in deep.iterdir()) == ["明白卡 0001.pdf", "明白卡 0002.pdf"]
