"""Position in words, who is exposed, and the susceptibility shares against the plan."""

import pytest
import shapely
from fresh import fresh_workspace
from shapely import Point

from geohazard_desktop.analysis.exposure import exposure
from geohazard_desktop.analysis.relation import Side, compass, inside, relation_to_hazard
from geohazard_desktop.analysis.shares import susceptibility_shares
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.edits import create_feature

EPSG = 4524
E, N = 36_389_000.0, 4_372_000.0
ZONE = shapely.box(E, N, E + 300, N + 200)


@pytest.fixture
def ws(tmp_path, district):
    with fresh_workspace(tmp_path / "a.gpkg", district) as found:
        yield found


def put(ws, layer, geometry, **values) -> None:
    ws.apply(create_feature(ws.definitions, layer, geometry, values))


@pytest.mark.parametrize(
    ("place", "side", "words"),
    [
        ((385, 285), Side.OUTSIDE, "位于北坡东北侧约 120 米"),
        ((150, -80), Side.OUTSIDE, "位于北坡南侧约 80 米"),
        ((100, 50), Side.INSIDE, "位于北坡范围内，距边缘约 50 米"),
        ((150, 200.4), Side.EDGE, "位于北坡的边缘上"),
    ],
)
def test_position_relative_to_a_zone(place, side, words):
    found = relation_to_hazard(Point(E + place[0], N + place[1]), ZONE, EPSG, name="北坡")
    assert (found.side, found.words) == (side, words)


def test_position_relative_to_a_point():
    found = relation_to_hazard(Point(E + 100, N), Point(E, N), EPSG)
    assert found.words == "位于灾害体东侧约 100 米"
    assert relation_to_hazard(Point(E, N), Point(E, N), EPSG).words == "就在灾害体处"


def test_the_edge_counts_as_inside():
    assert inside(Point(E, N + 50), ZONE)
    assert not inside(Point(E - 1, N + 50), ZONE)
    assert not inside(Point(E, N), None)


def test_directions_and_rounding():
    assert [compass(one) for one in (0, 44, 90, 180, 270, 337, 338, -45)] == [
        "北", "东北", "东", "南", "西", "西北", "北", "西北",
    ]  # fmt: skip
    assert [way_metres(one) for one in (0.4, 9.4, 14.9, 15.1, 126)] == [0, 9, 10, 20, 130]


def test_exposure_counts_who_is_inside_and_says_what_is_unknown(ws):
    put(ws, "household", Point(E + 10, N + 10), head="李示例", people=3, property_wan=20.0)
    put(ws, "household", Point(E, N + 10), head="王示例")  # on the edge, head count unknown
    put(ws, "household", Point(E - 10, N + 10), head="张示例", people=9)
    put(ws, "building", shapely.box(E - 5, N + 50, E + 5, N + 60))
    put(ws, "facility", Point(E + 20, N + 20), people=40, property_wan=100.0)
    found = exposure(ws, ZONE)
    assert (found.household_count, found.people, found.households_without_people) == (2, 3, 1)
    assert (found.buildings, found.facility_people, found.property_wan) == (1, 40, 120.0)
    assert exposure(ws, shapely.Polygon()).household_count == 0


def plan(ws, **shares) -> None:
    for name, value in shares.items():
        put(ws, "setting", None, key=f"share.{name}", value=value)


def test_shares_are_of_the_sum_and_compared_with_the_plan(ws):
    put(ws, "susceptibility_zone", shapely.box(E, N, E + 1000, N + 250), **{"class": "中易发区"})
    put(ws, "susceptibility_zone", shapely.box(E, N + 250, E + 1000, N + 1000), **{"class": "不发育区"})
    plan(ws, 中易发区="25.04", 不发育区="75.10")
    first, second = susceptibility_shares(ws)
    assert (first.name, second.name) == ("中易发区", "不发育区")
    assert first.percent == pytest.approx(25, abs=0.01)
    assert first.percent + second.percent == pytest.approx(100)
    assert first.agrees
    assert not second.agrees
    assert second.difference == pytest.approx(-0.10, abs=0.01)


def test_a_class_that_the_plan_has_and_the_map_lacks_disagrees(ws):
    put(ws, "susceptibility_zone", shapely.box(E, N, E + 1000, N + 250), **{"class": "中易发区"})
    plan(ws, 低易发区="3.12 %")
    by_name = {one.name: one for one in susceptibility_shares(ws)}
    assert by_name["低易发区"].agrees is False
    assert by_name["中易发区"].agrees is None


def test_no_zones_no_shares(ws):
    assert susceptibility_shares(ws) == []
