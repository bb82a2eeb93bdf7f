"""Tables of one file that are ticked together: what comes in with the first is known to the next."""

import pytest

from geohazard_desktop.desktop.imports.work import Wish, look_together, store

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def twice(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in ("一组", "汇总"):
        sheet = book.create_sheet(title)
        sheet.append(["户主", "联系电话", "人口", "X", "Y", "行动能力"])
        sheet.append(["甲示例", "139 0000 0001", 2, N, E, "卧床"])
    path = tmp_path / "名单.xlsx"
    book.save(path)
    return path


def test_members_of_a_household_on_two_sheets_come_in_once(workspace, twice):
    looks = look_together(workspace.path, [Wish(twice, "household", source_layer=one) for one in ("一组", "汇总")])
    assert [len(one.plan.members) for one in looks] == [1, 0]
    store(workspace, looks)
    (home,), (member,) = workspace.table("household"), workspace.table("household_member")
    assert (member["household"], member["mobility"]) == (home.uid, "卧床")
