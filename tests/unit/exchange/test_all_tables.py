"""A whole file where nobody looks: what speaks of a layer comes in as one step, what does not is told."""

import pytest
from look_alikes import workbook

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.all_tables import import_all

HOUSEHOLDS = [
    ["户主姓名", "家庭人口", "联系电话", "住址", "经度", "纬度", "隐患点"],
    ["张示例", 3, "139 0000 0001", "示例村1号", 106.72, 39.5, "示例沟泥石流"],
    ["李示例", 2, "139 0000 0002", "示例村2号", 106.721, 39.5, "示例沟泥石流"],
]
MEMBERS = [["户主姓名", "姓名", "行动能力"], ["张示例", "张小例", "卧床"]]
POINTS = [["名称", "灾害类型", "经度", "纬度"], ["示例沟泥石流", "泥石流", 106.722, 39.501]]
COVER = [["示例社区地质灾害防治资料"], ["二〇二六年六月"]]


def test_tables_find_each_other_and_are_one_step(workspace, tmp_path):
    path = workbook(tmp_path / "示例社区.xlsx", ("住户", HOUSEHOLDS), ("家庭成员", MEMBERS), ("隐患点", POINTS))
    steps = len(workspace.history())
    tables = import_all(workspace, path)
    assert [(one.table, one.layer, one.report.imported) for one in tables] == [
        ("住户", "household", 2),
        ("隐患点", "hazard_point", 1),
    ]
    assert "写到了“住户”；不对的，撤销这一步" in tables[0].report.evidence[0].sentence
    (point,), homes = workspace.table("hazard_point"), list(workspace.table("household"))
    assert {one["hazard_point"] for one in homes} == {point.uid}
    assert [one["mobility"] for one in workspace.table("household_member")] == ["卧床"]
    assert len(workspace.history()) == steps + 1
    workspace.undo()
    assert (workspace.count("household"), workspace.count("hazard_point")) == (0, 0)


def test_what_speaks_of_no_layer_is_told_and_an_empty_table_too(workspace, tmp_path):
    sheets = (("封面", COVER), ("隐患点", POINTS), ("安置点", [["名称", "经度", "纬度"]]))
    cover, point, shelter = import_all(workspace, workbook(tmp_path / "住户名单.xlsx", *sheets))
    assert (cover.layer, cover.rows) == ("", 1)
    assert "“封面”看不出写到哪个图层，1 行没有导入" in cover.why
    assert (point.layer, point.report.imported) == ("hazard_point", 1)
    assert (shelter.why, shelter.rows) == ("“安置点”里一行数据也没有。", 0)
    assert cover.to_json() == {"table": "封面", "layer": None, "why": cover.why}
    assert point.to_json()["imported"] == 1


def test_a_table_that_can_not_be_read_into_its_layer_stops_the_file(workspace, tmp_path):
    homes = [["西安80坐标系"], ["户主姓名", "家庭人口", "联系电话", "X", "Y"], ["张示例", 3, "139", 4374850, 389900]]
    path = workbook(tmp_path / "示例社区.xlsx", ("隐患点", POINTS), ("住户", homes))
    with pytest.raises(ImportRefused, match=r"“住户”（写到“住户”）不能导入.*一张表都没有导入.*1980 西安坐标系"):
        import_all(workspace, path)
    assert workspace.count("hazard_point") == 0


def test_a_sheet_that_is_no_table_is_told_and_one_of_blanks_is_none(workspace, tmp_path):
    title = [[None, None], [None, "示例社区地质灾害防治资料"]]
    path = workbook(tmp_path / "资料.xlsx", ("封面", title), ("隐患点", POINTS), ("Sheet3", [[" "]]))
    cover, point = import_all(workspace, path)
    assert (cover.rows, point.report.imported) == (None, 1)
    assert "“封面”没有导入，也看不出写到哪个图层：资料.xlsx 里没有表头。" in cover.why
    homes = workbook(tmp_path / "资料2.xlsx", ("隐患点", POINTS), ("住户", title))
    with pytest.raises(ImportRefused, match="没有表头"):
        import_all(workspace, homes)


def test_a_file_of_which_nothing_speaks_of_a_layer_is_refused(workspace, tmp_path):
    with pytest.raises(ImportRefused, match=r"没有看得出写到哪个图层的表.*“封面”看不出"):
        import_all(workspace, workbook(tmp_path / "资料.xlsx", ("封面", COVER)))


def test_the_workspace_itself_is_no_file_to_import(workspace):
    with pytest.raises(ImportRefused, match="就是正在用的工作文件"):
        import_all(workspace, workspace.path)
