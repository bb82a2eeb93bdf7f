"""A list as a workbook: what was in sight, as text, ready to print."""

import errno

import pytest
from openpyxl import load_workbook

from geohazard_desktop.common import whole_files
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.exchange.list_workbook import write_list
from geohazard_desktop.exchange.plain_sheet import write_sheet


def test_rows_come_out_as_they_are_written(tmp_path):
    path = tmp_path / "危险区过程.xlsx"
    rows = [["SL-W-0001", "2026-07-01", "=1+1"], ["SL-W-0002", "", "示政发〔2026〕1号"]]
    write_list(path, "危险区过程", ["危险区", "日期", "文号"], rows, "示例区自然资源分局")
    sheet = load_workbook(path).active
    assert sheet["A1"].value == "危险区过程"
    assert [one.value for one in sheet[3]] == ["危险区", "日期", "文号"]
    assert [one.value for one in sheet[4]] == rows[0]
    assert sheet["C4"].data_type == "s"  # what begins like a formula is none
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExportRefused, match="没有写成"):
        write_list(tmp_path / "没有" / "表.xlsx", "表", ["甲"], [], "")


def test_a_sign_that_no_workbook_holds_is_left_out(tmp_path):
    write_list(tmp_path / "表.xlsx", "表", ["甲"], [["东街\x0b三号"]], "")
    assert load_workbook(tmp_path / "表.xlsx").active["A4"].value == "东街三号"
    write_sheet(tmp_path / "页.xlsx", "页", [("甲", 10.0)], [["=东街\x0b三号"]])
    assert load_workbook(tmp_path / "页.xlsx").active["A2"].value == "=东街三号"


@pytest.mark.parametrize(
    "write",
    [
        lambda path: write_list(path, "表", ["甲"], [["乙"]], ""),
        lambda path: write_sheet(path, "表", [("甲", 10.0)], [["乙"]]),
    ],
)
def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch, write):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"before")

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(ExportRefused, match="磁盘满了"):
        write(path)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["表.xlsx"]
