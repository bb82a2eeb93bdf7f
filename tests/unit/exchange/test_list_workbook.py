"""A list as a workbook: what was in sight, as text, ready to print."""

import errno

import pytest
from openpyxl import load_workbook

from geohazard_desktop.common import whole_files
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.exchange.list_workbook import write_list
from geohazard_desktop.exchange.plain_sheet import write_sheet
from geohazard_desktop.exchange.titled_sheet import titled_sheet


def test_rows_come_out_as_they_are_written(tmp_path):
    path = tmp_path / "危险区过程.xlsx"
    rows = [["SL-W-0001", "2026-07-01", "=1+1"], ["SL-W-0002", "", "示政发〔2026〕1号"]]
    write_list(path, "危险区过程", ["危险区", "日期", "文号"], rows, "示例区自然资源分局")
    book = load_workbook(path)
    assert book.properties.creator == "地质灾害防治工作台"  # as its author is shown
    sheet = book.active
    assert sheet["A1"].value == "危险区过程"
    assert [one.value for one in sheet[3]] == ["危险区", "日期", "文号"]
    assert [one.value for one in sheet[4]] == rows[0]
    assert sheet["C4"].data_type == "s"  # what begins like a formula is none
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")


def test_a_row_is_as_high_as_its_wrapped_text(tmp_path):
    """LibreOffice reckons no heights for a file that says none: texts lay over each other."""
    long = "五虎山街道矿山路社区巷道两侧住户沿主巷往东走到社区广场集合，听到信号就动身"
    rows = [["短", "短"], ["短", long], ["短", "一\n二\n三"]]
    write_list(tmp_path / "表.xlsx", "表", ["甲", "乙"], rows, "")
    write_sheet(tmp_path / "页.xlsx", "页", [("甲", 10.0), ("乙", 42.0)], rows)
    (tmp_path / "册.xlsx").write_bytes(titled_sheet("册", ["册", "说明"], [("甲", 10.0), ("乙", 42.0)], rows, ["注"]))
    for name, first in (("表", 4), ("页", 2), ("册", 4)):
        sheet = load_workbook(tmp_path / f"{name}.xlsx").active
        assert sheet.column_dimensions["B"].width == 42.0
        one, two, three = (sheet.row_dimensions[first + at].height for at in range(3))
        line = one - 3
        assert (two - 3) / line == pytest.approx(2)
        assert (three - 3) / line == pytest.approx(3)


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
