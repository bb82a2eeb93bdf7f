"""Which 街道 there are where nobody loaded their outlines, and what belongs to them."""

import pytest
from put_in import add
from shapely import Point, box

from geohazard_desktop.analysis.street_register import belonging, outlined, street, streets

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def village(workspace):
    """Three 街道 and a 镇, of which one has an outline; nobody else's is known."""
    ws = workspace
    add(ws, "subdistrict", box(E + 5000, N, E + 7000, N + 2000), name="南街道")
    point = add(ws, "hazard_point", Point(E, N), name="东坡", subdistrict="东街道")
    add(ws, "danger_zone", box(E, N, E + 100, N + 100), name="东坡", hazard_point=point)
    west = add(ws, "danger_zone", box(E + 900, N, E + 1000, N + 100), name="西沟", subdistrict="西街道、东街道")
    add(ws, "danger_zone", box(E + 5100, N, E + 5200, N + 100), name="南坡", subdistrict="南街道")
    add(ws, "hazard_point", Point(E + 3000, N), name="旧坡", subdistrict="旧街道", status="销号")
    add(ws, "household", Point(E + 950, N + 50), head="李示例", subdistrict="北镇", danger_zone=west)
    add(ws, "household", Point(E + 960, N + 50), head="赵示例", subdistrict="远镇", danger_zone=west,
        moved_out_on="2020-01-01")  # fmt: skip
    return ws


def test_whoever_the_register_names_is_a_street_and_who_is_over_is_none(village):
    found = streets(village)
    assert [one.text("name") for one in found] == ["南街道", "东街道", "北镇", "西街道"]
    assert [outlined(one) for one in found] == [True, False, False, False]
    assert street(village, found[1].uid).text("name") == "东街道"
    assert [one.uid for one in streets(village)] == [one.uid for one in found], "known again by its name"
    assert street(village, "0" * 32) is None


@pytest.mark.parametrize(
    ("name", "zones", "points"),
    [("东街道", ["东坡", "西沟"], ["东坡"]), ("西街道", ["西沟"], []), ("北镇", ["西沟"], []), ("旧街道", [], [])],
)
def test_a_zone_is_of_every_street_that_it_its_point_or_its_households_name(village, name, zones, points):
    found = belonging(village, name)
    assert [one.text("name") for one in found.zones] == zones
    assert [one.text("name") for one in found.points] == points


def test_an_outline_that_comes_later_takes_the_place_of_the_name(village):
    add(village, "subdistrict", box(E, N, E + 500, N + 500), name="东街道")
    assert [one.text("name") for one in streets(village)] == ["南街道", "东街道", "北镇", "西街道"]
    assert [outlined(one) for one in streets(village)] == [True, True, False, False]
