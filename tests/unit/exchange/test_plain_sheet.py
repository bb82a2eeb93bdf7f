"""A list for others is a whole Excel sheet, or what was there before."""

import errno
import os

import openpyxl
import pytest

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.exchange.plain_sheet import write_sheet

HEADINGS = [("序号", 6.0), ("内容", 40.0)]


def test_rows_come_back_as_text(tmp_path):
    path = tmp_path / "检查结果.xlsx"
    write_sheet(path, "检查结果", HEADINGS, [["1", "=1+1"], ["2", "𠮷家坡"]])
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    assert list(rows) == [("序号", "内容"), ("1", "=1+1"), ("2", "𠮷家坡")]
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_full_disk_keeps_the_list_of_yesterday(tmp_path, monkeypatch):
    path = tmp_path / "检查结果.xlsx"
    write_sheet(path, "检查结果", HEADINGS, [["1", "昨天"]])
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportRefused, match=r"检查结果.*磁盘满了"):
        write_sheet(path, "检查结果", HEADINGS, [["1", "今天"]])
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
