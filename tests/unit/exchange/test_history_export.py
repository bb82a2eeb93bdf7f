"""The history as a table: a line a changed field, personal values only when they are asked for."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from shapely import Point, box

from geohazard_desktop.common.errors import ExportRefused, UsageWrong
from geohazard_desktop.exchange.history_export import HEADINGS, export_history
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features, move_features
from geohazard_desktop.workspace.history import StepFilter
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def worked(workspace: Workspace) -> Workspace:
    ws = workspace
    ws.apply(create_feature(ws.definitions, "danger_zone", box(0, 0, 9, 9), {"id": "SL-W-0001", "name": "南沟"}))
    (zone,) = ws.table("danger_zone")
    told = {"name": "=1+1", "patrol_person": "甲某某", "remark": "甲某某巡查"}
    ws.apply(change_values(ws.definitions, [zone], told))
    told = {"key": "issuer.contact", "name": "发放单位负责人", "person": "癸某局"}
    ws.apply(create_feature(ws.definitions, "setting", None, told))
    (row,) = ws.find("setting", "key", "issuer.contact")
    ws.apply(change_values(ws.definitions, [row], {"person": "子某局"}))
    ws.apply(move_features(ws.definitions, [ws.feature("danger_zone", zone.uid)], 3, 4))
    ws.apply(create_feature(ws.definitions, "shelter", Point(1, 1), {"id": "SL-A-0001"}))
    (shelter,) = ws.table("shelter")
    ws.apply(delete_features(ws.definitions, [shelter]))
    return ws


def rows_of(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    book = load_workbook(path)
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    head, *rows = book.active.iter_rows(values_only=True)
    assert head == HEADINGS
    return [dict(zip(HEADINGS, (one or "" for one in row), strict=True)) for row in rows]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_line_a_changed_field(worked: Workspace, tmp_path: Path, suffix):
    path = tmp_path / f"历史{suffix}"
    report = export_history(worked, path)
    rows = rows_of(path)
    assert report.lines == len(rows)
    assert report.steps == len(worked.history(1000))
    named = next(one for one in rows if one["字段"] == "名称")
    assert named["原来"] == "南沟"
    assert named["后来"].lstrip("'") == "=1+1"
    assert (named["图层"], named["编号"], named["改动"]) == ("危险区", "SL-W-0001", "修改")
    assert [one["改动"] for one in rows if one["图层"] == "避险安置点"] == ["删除", "新增"]
    assert any(one["字段"] == "图形" for one in rows)
    assert [one["后来"] for one in rows if one["字段"] == "备注"] == ["〔略〕巡查"]
    assert report.left_out == 4
    assert "甲某某" not in str(rows)
    assert not {"癸某局", "子某局"} & {value for one in rows for value in one.values()}


def test_personal_values_when_they_are_asked_for(worked: Workspace, tmp_path: Path):
    report = export_history(worked, tmp_path / "历史.csv", personal=True)
    assert report.left_out == 0
    assert any(one["后来"] == "甲某某" for one in rows_of(tmp_path / "历史.csv"))


def test_what_is_listed_alone(worked: Workspace, tmp_path: Path):
    report = export_history(worked, tmp_path / "历史.csv", StepFilter(layer="shelter"))
    assert report.steps == 2
    assert {one["图层"] for one in rows_of(tmp_path / "历史.csv")} == {"避险安置点"}


def test_what_can_not_be_written_leaves_what_was_there(worked: Workspace, tmp_path: Path):
    with pytest.raises(UsageWrong, match="后缀"):
        export_history(worked, tmp_path / "历史.txt")
    with pytest.raises(ExportRefused, match="没有写成"):
        export_history(worked, tmp_path / "不在" / "历史.csv")
    assert not any(tmp_path.glob("*.part"))
