"""A list that brings a household again says so, and leaves it out, puts it over the one that is there, or adds it."""

import pytest
from shapely import Point

from geohazard_desktop.exchange.importer import plan_import, run_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.edits import create_feature

E, N = 36_400_000.0, 4_370_000.0
HEAD = "户主,联系电话,家庭人数,东坐标,北坐标"


@pytest.fixture
def there(ws):
    values = {"id": "SL-H-0001", "head": "赵示例", "phone": "139 0000 0001", "people": 3, "house_type": "砖混"}
    ws.apply(create_feature(ws.definitions, "household", Point(E, N), values))
    return ws


@pytest.fixture
def plan(there, tmp_path):
    def planned(way, *rows):
        path = tmp_path / "名册.csv"
        path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
        return plan_import(there, open_source(path), "household", alike=way)

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
