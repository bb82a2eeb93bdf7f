"""Tables of one file that are ticked together: what comes in with the first is known to the next."""

import pytest

from geohazard_desktop.desktop.imports.promise import button_words
from geohazard_desktop.desktop.imports.work import Table, Wish, look_together, store

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def twice(tmp_path):
    head, row = ["户主", "联系电话", "人口", "X", "Y", "行动能力"], ["甲示例", "139 0000 0001", 2, N, E, "卧床"]
    return sheets(tmp_path / "名单.xlsx", ("一组", head, row), ("汇总", head, row))


def sheets(path, *tables):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, *rows in tables:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_members_of_a_household_on_two_sheets_come_in_once(workspace, twice):
    looks = look_together(workspace.path, [Wish(twice, "household", source_layer=one) for one in ("一组", "汇总")])
    assert [len(one.plan.members) for one in looks] == [1, 0]
    store(workspace, looks)
    (home,), (member,) = workspace.table("household"), workspace.table("household_member")
    assert (member["household"], member["mobility"]) == (home.uid, "卧床")


def test_two_tables_that_update_one_household_are_one_change_and_told_where_they_differ(workspace, tmp_path):
    head = ["户主", "联系电话", "人口", "住址", "房屋结构", "X", "Y"]
    phone = "139 0000 0001"
    first = sheets(tmp_path / "一.xlsx", ("一组", head, ["甲示例", phone, 2, "", "", N, E]))
    store(workspace, look_together(workspace.path, [Wish(first, "household", source_layer="一组")]))
    again = sheets(
        tmp_path / "二.xlsx",
        ("一组", head, ["甲示例", phone, 3, "示例村12号", "", N, E]),
        ("汇总", head, ["甲示例", phone, 4, "", "砖混", N, E + 40]),
    )
    wishes = [Wish(again, "household", source_layer=one, alike="update") for one in ("一组", "汇总")]
    looks = look_together(workspace.path, wishes)
    told = [one.sentence for one in looks[1].plan.report.problems if "按后一张的更新" in one.sentence]
    assert len(told) == 1
    assert "“一组”写的是“3”，“汇总”写的是“4”" in told[0]
    assert button_words([Table("", one.wish, True, one) for one in looks]) == "导入 0 个，更新 1 个"
    store(workspace, looks)
    (home,) = workspace.table("household")
    assert (home["people"], home["address"], home["house_type"]) == (4, "示例村12号", "砖混")
    assert home.geometry.centroid.x == pytest.approx(E + 40)
    assert workspace.history()[0].words == "从 二.xlsx 更新 1 个"
    workspace.undo()
    assert [one["people"] for one in workspace.table("household")] == [2]
