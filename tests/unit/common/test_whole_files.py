"""What is written is whole or not there, and what lay there before stays where it can't be."""

import errno
import os

import pytest

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.whole_files import write_whole


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
