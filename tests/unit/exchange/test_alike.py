"""A list that brings a household again says so, and leaves it out, puts it over the one that is there, or adds it."""

import pytest
from shapely import Point

from geohazard_desktop.exchange.importer import plan_import, run_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0
HEAD = "户主,联系电话,家庭人数,东坐标,北坐标"


@pytest.fixture
def there(ws):
    values = {"id": "SL-H-0001", "head": "赵示例", "phone": "139 0000 0001", "people": 3, "house_type": "砖混"}
    ws.apply(create_feature(ws.definitions, "household", Point(E, N), values))
    return ws


@pytest.fixture
def plan(there, tmp_path):
    def planned(way, *rows, head=HEAD, namesakes=None):
        path = tmp_path / "名册.csv"
        path.write_text("\n".join((head, *rows)), encoding="utf-8")
        return plan_import(there, open_source(path), "household", alike=way, namesakes=namesakes)

    return planned


SAME_PHONE = f"赵示例,13900000001,5,{E + 500},{N}"
SAME_PLACE = f"赵示例,,5,{E + 0.5},{N}"
NEIGHBOUR = f"钱示例,13900000002,2,{E},{N}"  # another family behind the same door
NAMESAKE = f"赵示例,13900000003,2,{E + 900},{N}"


@pytest.mark.parametrize(("row", "why"), [(SAME_PHONE, "户主和电话相同"), (SAME_PLACE, "户主相同、在同一个地方")])
def test_who_is_there_already_is_told_and_left_out(plan, row, why):
    found = plan("skip", row, NEIGHBOUR, NAMESAKE)
    assert found.alike == 1
    assert [one["head"] for one in found.features] == ["钱示例", "赵示例"]
    (problem,) = [one for one in found.report.problems if one.kind == "skipped"]
    assert f"像已有的住户 SL-H-0001（{why}），没有导入" in problem.sentence
    assert any(one.doubt and "1 行像已有的住户" in one.sentence for one in found.report.evidence)
    assert found.report.skipped == 1


def test_a_row_of_the_same_list_twice_is_found_too(plan):
    found = plan("skip", NEIGHBOUR, NEIGHBOUR.replace(",2,", ",4,"))
    assert (len(found.features), found.alike) == (1, 1)
    assert "第 2 行" in next(one.sentence for one in found.report.problems if one.kind == "skipped")


def test_an_update_takes_what_the_list_says_and_keeps_the_rest_in_one_step(plan, there):
    found = plan("update", SAME_PHONE, NEIGHBOUR)
    run_import(there, found)
    first, second = there.table("household")
    assert (first["people"], first["house_type"], first.text("id")) == (5, "砖混", "SL-H-0001")
    assert first.geometry.centroid.x == pytest.approx(E + 500)
    assert second.text("head") == "钱示例"
    assert there.history()[0].words.endswith("导入 1 个住户，更新 1 个")
    there.undo()
    assert [one["people"] for one in there.table("household")] == [3]


def test_an_update_alone_is_an_import_too(plan, there):
    run_import(there, plan("update", SAME_PHONE))
    assert [one["people"] for one in there.table("household")] == [5]


def test_added_all_the_same_it_is_still_told(plan):
    found = plan("add", SAME_PHONE)
    assert len(found.features) == 1
    assert [one.kind for one in found.report.problems if "像已有的住户" in one.sentence] == ["note"]


def test_who_moved_away_is_no_likeness(plan, there):
    from datetime import date

    from geohazard_desktop.workspace.edits.endings import end

    there.apply(end(there.definitions, list(there.table("household")), date(2026, 1, 1), "搬走"))
    assert plan("skip", SAME_PHONE).alike == 0


def test_of_two_telephones_in_a_cell_each_says_who_it_is(plan, there):
    both = f"赵示例,13900000009 13900000001,3,{E + 500},{N}"
    found = plan("skip", both)
    assert (found.alike, found.namesakes) == (1, [])
    assert plan("skip", both.replace("13900000009 13900000001", "13900000009/139 0000 0001")).alike == 1


# A corrected list without telephones and addresses: the places moved, the families grew.
BARE = "户主,家庭人数,东坐标,北坐标"
MOVED, OTHER = f"赵示例,4,{E + 40},{N}", f"赵示例,2,{E + 900},{N}"


def test_a_namesake_of_whom_nothing_says_who_he_is_is_asked_about(plan, there):
    found = plan("skip", MOVED, OTHER, head=BARE)
    assert [(one.name, one.answer) for one in found.namesakes] == [("第 2 行（赵示例）", ""), ("第 3 行（赵示例）", "")]
    assert [one.text("id") for one in found.namesakes[0].candidates] == ["SL-H-0001"]
    assert found.unanswered == 2
    assert len(found.features) == 2, "where nobody can be asked nobody is lost"
    assert any("2 行和已有的住户户主同名" in one.sentence and one.doubt for one in found.report.evidence)


def test_each_namesake_becomes_what_was_answered_in_one_step(plan, there):
    (uid,) = there.table("household").uids
    answers = {"第 2 行（赵示例）": uid, "第 3 行（赵示例）": "add", "第 4 行（赵示例）": "skip"}
    third = f"赵示例,1,{E + 1900},{N}"
    found = plan("skip", MOVED, OTHER, third, head=BARE, namesakes=answers)
    assert found.unanswered == 0
    run_import(there, found)
    first, second = there.table("household")
    assert (first.uid, first["people"], first["phone"]) == (uid, 4, "139 0000 0001")
    assert first.geometry.centroid.x == pytest.approx(E + 40)
    assert second["people"] == 2
    told = [one.sentence for one in found.report.problems]
    assert [word in one for word, one in zip(("更新了它", "是另一户", "没有导入"), told, strict=True)] == [True] * 3
    there.undo()
    assert [one["people"] for one in there.table("household")] == [3]


def test_two_rows_are_not_one_household(plan, there):
    (uid,) = there.table("household").uids
    answers = {"第 2 行（赵示例）": uid, "第 3 行（赵示例）": uid}
    found = plan("skip", MOVED, OTHER, head=BARE, namesakes=answers)
    assert [one.answer for one in found.namesakes] == [uid, ""]
    assert found.unanswered == 1


def test_another_telephone_or_address_is_another_household_and_no_question(plan, there):
    assert plan("skip", NAMESAKE).namesakes == []


# 2 组 is many doors: an address with a number in it does not make one household of two namesakes.
IN_ONE_GROUP = "户主,家庭人数,住址,东坐标,北坐标"


@pytest.fixture
def group_of_two(ws):
    def with_place(place):
        values = {"head": "王示例", "people": 2, "address": "示例村2组"}
        ws.apply(Edit("导入", [inserted(Feature("household", new_uid(), place, values))]))  # as a list without places

    return with_place


@pytest.mark.parametrize("way", ["skip", "update"])
def test_namesakes_of_one_group_at_two_places_are_asked_about(plan, ws, group_of_two, way):
    group_of_two(Point(E, N + 300))
    found = plan(way, f"王示例,5,示例村2组,{E + 600},{N + 300}", head=IN_ONE_GROUP, namesakes={})
    assert (found.unanswered, found.alike, found.updates) == (1, 0, [])
    assert [one["people"] for one in found.features] == [5]
    assert any("住址写得相同，位置不同" in one.sentence for one in found.report.problems)


def test_a_household_without_a_place_is_another_where_its_size_is(plan, ws, group_of_two):
    group_of_two(None)
    asked = plan("skip", f"王示例,5,示例村2组,{E + 600},{N + 300}", head=IN_ONE_GROUP, namesakes={})
    assert (asked.unanswered, asked.updates) == (1, [])
    assert any("人数不同" in one.sentence for one in asked.report.problems)
    placed = plan("skip", f"王示例,2,示例村2组,{E + 600},{N + 300}", head=IN_ONE_GROUP, namesakes={})
    assert (placed.unanswered, len(placed.updates)) == (0, 1)
