"""Columns that go nowhere are told as a loss with who would take them; who lives alone becomes a member at once."""

from geohazard_desktop.exchange.importer import import_file

LIST = """户主姓名,家庭人数,性别,年龄,行动不便,喜好,X,Y
李示例,1,女,81,,茶,4370100,36400100
王示例,4,男,52,母亲拄拐,酒,4370110,36400110
"""


def test_lost_columns_are_a_doubt_and_name_the_layer_that_would_take_them(workspace, tmp_path):
    (tmp_path / "住户.csv").write_text(LIST, encoding="utf-8")
    report = import_file(workspace, tmp_path / "住户.csv", "household")
    doubts = [one.sentence for one in report.evidence if one.doubt]
    members = next(one for one in doubts if "家庭成员" in one)
    assert members.startswith("不写进“住户”：性别、年龄、行动不便（行动能力）。它们是“家庭成员”的。")
    assert any(one.startswith("没有用到、不会导入的列：喜好。") for one in doubts)
    assert not any("subdistrict" in one.sentence for one in report.evidence)


def test_who_lives_alone_is_the_households_member(workspace, tmp_path):
    (tmp_path / "住户.csv").write_text(LIST, encoding="utf-8")
    import_file(workspace, tmp_path / "住户.csv", "household", constants={"subdistrict": "东街道"})
    (member,) = workspace.table("household_member")
    (alone,) = [one for one in workspace.table("household") if one["people"] == 1]
    assert (member["household"], member["name"], member["sex"], member["age"]) == (alone.uid, "李示例", "女", 81)


def test_what_is_filled_in_alike_is_told_by_its_title(workspace, tmp_path):
    (tmp_path / "住户.csv").write_text(LIST, encoding="utf-8")
    report = import_file(workspace, tmp_path / "住户.csv", "household", constants={"subdistrict": "东街道"})
    assert any(one.sentence == "统一填写：街道（镇）。" for one in report.evidence)
