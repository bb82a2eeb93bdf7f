"""A register as a file for other offices: types, texts that stay texts, personal columns, all or nothing."""

import csv
import datetime
import errno
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from shapely import Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.exchange import register_export
from geohazard_desktop.exchange.register_export import ExportOrder, export_register
from geohazard_desktop.workspace.edits import change_values, create_feature, create_features
from geohazard_desktop.workspace.feature import Feature, new_uid
from geohazard_desktop.workspace.register_query import AREA

KEYS = ("id", "name", "hazard_type", "threatened_people", "volume_m3", "closed_on", "schematic", "monitor", "remark")
ROWS = [
    {
        "id": "0012",
        "name": "=1+1",
        "hazard_type": "崩塌",
        "threatened_people": 12,
        "volume_m3": 1234.5,
        "closed_on": "2026-07-18",
        "schematic": True,
        "monitor": "甲某",
        "remark": "一行\n两行,有逗号\x0b",
    },
    {"id": "SL-D-0002", "name": "-沟", "hazard_type": "滑坡", "monitor_phone": "139 0000 0001"},
    {"id": "SL-D-0003", "name": "𠮷沟", "hazard_type": "滑坡"},
]


@pytest.fixture
def ws(workspace):
    features = [Feature("hazard_point", new_uid(), Point(500, 500), values) for values in ROWS]
    workspace.apply(create_features(workspace.definitions, features))
    return workspace


def ordered(ws, **more) -> ExportOrder:
    ids, _uids = ws.all_rows("hazard_point")
    return ExportOrder("hazard_point", ids, KEYS, **more)


def sheet_of(path: Path):
    return openpyxl.load_workbook(path)["隐患点"]


def test_a_workbook_keeps_types_and_texts(ws, tmp_path):
    path = tmp_path / "隐患点.xlsx"
    report = export_register(ws, ordered(ws, about=("=来源",)), path)
    sheet = sheet_of(path)
    head = [cell.value for cell in sheet[1]]
    assert head[:5] == ["编号", "名称", "灾害类型", "威胁人数（人）", "体积（m³）"]
    first = sheet[2]
    assert [cell.value for cell in first[:5]] == ["0012", "=1+1", "崩塌", 12, 1234.5]
    assert first[1].data_type == "s", "a text is no formula"
    assert first[1].quotePrefix is True
    assert first[0].number_format == "@"
    assert first[5].value == datetime.datetime(2026, 7, 18)
    assert first[5].number_format == "yyyy-mm-dd"
    assert first[6].value == "是"
    assert first[8].value == "一行\n两行,有逗号"
    assert [cell.value for cell in sheet["B"]][2:] == ["-沟", "𠮷沟"]
    assert sheet["D3"].value is None, "empty stays empty"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_cols == "$A:$A"  # a page of the columns further on says whose they are
    assert sheet.auto_filter.ref == "A1:I4"
    assert sheet.column_dimensions["I"].width == 40
    assert report.rows == 3
    assert report.personal == ["监测人"]
    assert any("控制字符" in one for one in report.notes)
    about = openpyxl.load_workbook(path)["说明"]
    assert [cell.value for cell in about["A"]] == ["=来源", *report.notes]
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx"] == ["隐患点.xlsx"]


def test_rows_come_in_the_order_asked_for(ws, tmp_path):
    ids, _uids = ws.all_rows("hazard_point")
    path = tmp_path / "a.xlsx"
    export_register(ws, ExportOrder("hazard_point", ids[[2, 0]], ("name",)), path)
    assert [cell.value for cell in sheet_of(path)["A"]] == ["名称", "𠮷沟", "=1+1"]


def test_the_public_table_has_no_personal_column(ws, tmp_path):
    path = tmp_path / "公开.xlsx"
    report = export_register(ws, ordered(ws, profile="public"), path)
    assert report.left_out == ["监测人"]
    assert report.personal == []
    assert "甲某" not in {cell.value for row in sheet_of(path) for cell in row}
    ids, _uids = ws.all_rows("person")
    with pytest.raises(ExportRefused, match="整层都是个人信息"):
        export_register(ws, ExportOrder("person", ids, ("name",), profile="public"), path)
    with pytest.raises(ExportRefused, match="没有一列"):
        export_register(ws, ExportOrder("hazard_point", ids, ("monitor",), profile="public"), path)


def test_names_and_mobiles_in_other_texts_of_a_public_table_are_covered(ws, tmp_path):
    """As in a layer that leaves in public: both are told to hold nothing personal."""
    point = ws.table("hazard_point").feature(0)
    told = {"monitor": "欧阳某某", "remark": "欧阳某某说坡上有缝", "rescue_phone": "139 0000 0078"}
    ws.apply(change_values(ws.definitions, [point], told))
    ids, _uids = ws.all_rows("hazard_point")
    for profile, expected in (
        ("internal", ("欧阳某某说坡上有缝", "139 0000 0078")),
        ("public", ("〔略〕说坡上有缝", "〔略〕")),
    ):
        path = tmp_path / f"{profile}.xlsx"
        order = ExportOrder("hazard_point", ids[:1], ("remark", "rescue_phone"), profile=profile)
        report = export_register(ws, order, path)
        assert tuple(cell.value for cell in sheet_of(path)[2]) == expected
        assert any("2 处" in one for one in report.notes) == (profile == "public")


def test_a_reference_to_a_person_leaves_as_a_number_in_public(ws, tmp_path):
    household = create_feature(
        ws.definitions, "household", Point(1, 1), {"id": "SL-H-0001", "head": "甲某", "name": "北沟一号"}
    )
    ws.apply(household)
    key = next(one.name for one in ws.definitions["card_issue"].fields if one.target == "household")
    ws.apply(create_feature(ws.definitions, "card_issue", None, {key: household.deltas[0].uid}))
    ids, _uids = ws.all_rows("card_issue")
    told = {}
    for profile in ("internal", "public"):
        path = tmp_path / f"{profile}.csv"
        order = ExportOrder("card_issue", ids, (key,), kind="csv", profile=profile)
        export_register(ws, order, path)
        told[profile] = path.read_text(encoding="utf-8-sig")
    assert "甲某" in told["internal"]
    assert "甲某" not in told["public"]
    assert "SL-H-0001" in told["public"]


@pytest.mark.parametrize(("kind", "encoding"), [("csv", "utf-8-sig"), ("csv-gb18030", "gb18030")])
def test_csv_in_both_encodings(ws, tmp_path, kind, encoding):
    path = tmp_path / "a.csv"
    export_register(ws, ordered(ws, kind=kind), path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (kind == "csv")
    assert raw.count(b"\r\n") >= 4
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:7] == ["0012", "'=1+1", "崩塌", "12", "1234.5", "2026-07-18", "是"]
    assert rows[2][1] == "'-沟"
    assert rows[3][1] == "𠮷沟"


def test_a_zones_state_is_told_as_its_register_bears_it_out(workspace, tmp_path):
    made = create_feature(
        workspace.definitions, "danger_zone", box(0, 0, 100, 100), {"id": "SL-W-0001", "state": "已划定"}
    )
    workspace.apply(made)
    ids, uids = workspace.all_rows("danger_zone")
    path = tmp_path / "a.csv"
    order = ExportOrder(
        "danger_zone",
        ids,
        ("id", "state", AREA),
        kind="csv",
        instead={"state": {uids[0]: "拟划"}},
        measured={AREA: (ids, np.array([10_000.0]))},
    )
    report = export_register(workspace, order, path)
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "SL-W-0001,拟划,1.0"
    assert report.notes == ["1 行的状态按过程登记写，和字段里填的不同。"]


def test_a_full_disk_leaves_what_was_there(ws, tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(register_export, "write_sheet", full)
    with pytest.raises(ExportRefused, match="磁盘满了") as caught:
        export_register(ws, ordered(ws), path)
    assert "没有动" in caught.value.remedy
    assert path.read_bytes() == b"before"
    assert {one.name for one in tmp_path.iterdir()} == {"a.xlsx", ws.path.name}


def test_a_stop_leaves_nothing(ws, tmp_path):
    class Stopped(Exception):
        pass

    def stop(done: int, _all: int) -> None:
        if done:
            raise Stopped

    for kind in ("xlsx", "csv"):
        with pytest.raises(Stopped):
            export_register(ws, ordered(ws, kind=kind), tmp_path / "a.file", stop)
    assert {one.name for one in tmp_path.iterdir()} == {ws.path.name}


def test_a_missing_folder_is_a_sentence(ws, tmp_path):
    with pytest.raises(ExportRefused, match="文件夹或文件不在"):
        export_register(ws, ordered(ws, kind="csv"), tmp_path / "away" / "a.csv")


def test_a_workbook_adds_up_by_street_what_counts_something(workspace, tmp_path):
    rows = [
        {"subdistrict": "乙街道", "threatened_people": 12, "volume_m3": 1.5, "id": "SL-D-0001"},
        {"subdistrict": "乙街道", "threatened_people": 3, "id": "SL-D-0002"},
        {"subdistrict": "甲镇", "threatened_people": 5, "id": "SL-D-0003"},
        {"threatened_people": 1, "id": "SL-D-0004"},
    ]
    features = [Feature("hazard_point", new_uid(), Point(500, 500), {**one, "hazard_type": "滑坡"}) for one in rows]
    workspace.apply(create_features(workspace.definitions, features))
    ids, uids = workspace.all_rows("hazard_point")
    keys = ("id", "subdistrict", "threatened_people", "volume_m3")
    late = {features[0].uid: "警示标志已过 3 天。"}
    export_register(workspace, ExportOrder("hazard_point", ids, keys, late=late), tmp_path / "统计.xlsx")
    book = openpyxl.load_workbook(tmp_path / "统计.xlsx")
    assert [[cell.value for cell in row] for row in book["按街道统计"]] == [
        ["街道（镇）", "行数", "威胁人数（人）合计", "体积（m³）合计", "逾期的行数"],
        ["甲镇", 1, 5, 0, 0],
        ["乙街道", 2, 15, 1.5, 1],
        ["（没有填）", 1, 1, 0, 0],
        ["合计", 4, 21, 1.5, 1],
    ]
    export_register(workspace, ExportOrder("hazard_point", ids, ("id", "threatened_people")), tmp_path / "无.xlsx")
    assert "按街道统计" not in openpyxl.load_workbook(tmp_path / "无.xlsx").sheetnames
    assert len(uids) == 4
