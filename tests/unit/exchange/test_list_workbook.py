"""A list as a workbook: what was in sight, as text, ready to print."""

import pytest
from openpyxl import load_workbook

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.exchange.list_workbook import write_list


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
    with pytest.raises(ExportRefused, match="写不了"):
        write_list(tmp_path / "没有" / "表.xlsx", "表", ["甲"], [], "")
