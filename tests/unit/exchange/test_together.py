"""Tables of one file that come in together know of each other, and are one step."""

import pytest
from shapely import LineString, Point

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.importer import plan_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.exchange.together import order_of, run_together

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def outing(tmp_path):
    """A shelter and a way that names it, and the shelter once more, in a table each."""
    import geopandas

    path = tmp_path / "外业.gpkg"
    way = {"名称": ["示例路"], "安置点": ["示例学校"]}
    geopandas.GeoDataFrame(way, geometry=[LineString([(E, N), (E + 90, N)])], crs=4524).to_file(path, layer="路")
    for layer, name in (("点", "示例学校"), ("点 2", "示例学校"), ("点 3", "示例广场")):
        frame = geopandas.GeoDataFrame({"名称": [name]}, geometry=[Point(E + 90 * len(name), N)], crs=4524)
        frame.to_file(path, layer=layer)
    return path


def planned(ws, path, *tables):
    plans, earlier = [], []
    for table, layer in tables:
        plan = plan_import(ws, open_source(path, layer=table), layer, earlier=earlier)
        plans.append(plan)
        earlier += plan.features
    return plans


def test_a_way_finds_the_shelter_that_comes_in_with_it_and_both_are_one_step(ws, outing):
    steps = len(ws.history())
    reports = run_together(ws, planned(ws, outing, ("点", "shelter"), ("路", "evacuation_route")))
    assert [one.imported for one in reports] == [1, 1]
    (shelter,), (way,) = ws.table("shelter"), ws.table("evacuation_route")
    assert way["shelter"] == shelter.uid
    assert ws.history()[0].words == "从 外业.gpkg 导入 1 个避险安置点、1 个撤离路线"
    assert len(ws.history()) == steps + 1
    ws.undo()
    assert (ws.count("shelter"), ws.count("evacuation_route")) == (0, 0)


def test_the_same_in_two_tables_comes_in_once_and_numbers_are_given_once(ws, outing):
    plans = planned(ws, outing, ("点", "shelter"), ("点 2", "shelter"), ("点 3", "shelter"))
    (told,) = [one.sentence for one in plans[1].report.problems]
    assert "这个文件的另一张表里有一样的，只导入一次" in told
    run_together(ws, plans)
    found = list(ws.table("shelter"))
    assert [one["name"] for one in found] == ["示例学校", "示例广场"]
    assert len({one["id"] for one in found} - {None}) == 2


def test_a_household_of_two_sheets_is_told_in_the_second(ws, tmp_path):
    from look_alikes import workbook

    head = ["户主", "联系电话", "人口", "X", "Y"]
    sheets = [
        ("一组", [head, ["甲示例", "139 0000 0001", 3, N, E]]),
        ("二组", [head, ["甲示例", "139 0000 0001", 4, N, E + 500]]),
    ]
    path = workbook(tmp_path / "名单.xlsx", *sheets)
    plans = planned(ws, path, ("一组", "household"), ("二组", "household"))
    assert any("和另一张表里的一户像是同一户（户主和电话相同）" in one.sentence for one in plans[1].report.problems)


def test_where_nothing_is_new_the_refusal_says_why(ws, outing):
    run_together(ws, planned(ws, outing, ("点", "shelter"), ("点 3", "shelter")))
    steps = len(ws.history())
    with pytest.raises(ImportRefused, match="已经有一样的了"):
        run_together(ws, planned(ws, outing, ("点", "shelter"), ("点 3", "shelter")))
    assert len(ws.history()) == steps


def test_what_is_referred_to_is_judged_first(ws):
    layers = ["household", "evacuation_route", "shelter", None]
    order = order_of([ws.definitions.get(one) if one else None for one in layers])
    assert sorted(order) == [0, 1, 2, 3]
    assert order.index(2) < order.index(1)
