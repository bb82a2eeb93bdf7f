"""What an area or a way means for people while it is drawn: counted right, from what lies around, followed by edits."""

import pytest
import shapely
from shapely import LineString, Point, box

from geohazard_desktop.analysis.live_facts import area_facts, way_facts
from geohazard_desktop.analysis.near import Near, TooMany
from geohazard_desktop.workspace.edits import create_feature

EAST, NORTH = 36_388_000.0, 4_372_000.0
AREA = box(EAST, NORTH, EAST + 200, NORTH + 200)


def at(east, north):
    return EAST + east, NORTH + north


@pytest.fixture
def near(workspace):
    found = Near(workspace, 100)
    yield found
    found.close()


def put(ws, layer, geometry, **values):
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return edit.deltas[0].uid


def test_people_goods_and_roads_inside(workspace, near):
    home = put(workspace, "household", Point(at(50, 50)), people=3, property_wan=20)
    put(workspace, "household", Point(at(200, 200)))  # on the edge counts
    put(workspace, "household", Point(at(900, 900)), people=9)
    put(workspace, "household_member", None, household=home, birth_year=1950)
    put(workspace, "household_member", None, household=home, age=64, mobility="需搀扶")
    put(workspace, "household_member", None, household=home, age=30, mobility="正常")
    put(workspace, "household_member", None, household=home, age=50, mobility="缓行")  # slow, and alone
    put(workspace, "building", box(*at(190, 10), *at(220, 30)))
    put(workspace, "facility", Point(at(10, 10)), people=40, property_wan=100)
    put(workspace, "road", LineString([at(-100, 100), at(300, 100)]))
    found = area_facts(near, AREA, year=2026)
    assert (found.households, found.people, found.households_without_people) == (2, 3, 1)
    assert (found.elderly, found.unable) == (1, 1)
    assert (found.buildings, found.facilities, found.facility_people, found.property_wan) == (1, 1, 40, 120)
    assert found.road_m == pytest.approx(200, rel=1e-3)


def test_an_edit_is_seen_at_the_next_count(workspace, near):
    assert area_facts(near, AREA, year=2026).households == 0
    put(workspace, "household", Point(at(50, 50)), people=3)
    assert area_facts(near, AREA, year=2026).people == 3


@pytest.mark.parametrize(
    ("way", "fine", "words"),
    [
        ([(100, 100), (400, 100)], True, "起点在区内，终点在区外"),
        ([(100, 100), (150, 100)], False, "终点还在区内，须改线"),
        ([(-50, 100), (400, 100)], False, "从区外穿过，须改线"),
        ([(100, 100), (300, 100), (300, 150), (150, 150), (150, 400)], False, "出了区又穿回区内，须改线"),
    ],
)
def test_routes_that_the_area_would_break(workspace, near, way, fine, words):
    put(workspace, "evacuation_route", LineString([at(*place) for place in way]), number="3")
    (found,) = area_facts(near, AREA, year=2026).routes
    assert (found.fine, found.name, found.words) == (fine, "路线 3", words)


def test_a_way_from_a_zone_to_a_shelter_and_what_it_goes_through(workspace, near):
    put(workspace, "danger_zone", AREA, name="示例沟", hazard_type="泥石流")
    put(workspace, "danger_zone", box(*at(300, 0), *at(400, 200)), name="示例坡", hazard_type="滑坡")
    put(workspace, "river_corridor", box(*at(500, 0), *at(520, 200)), name="示例河")
    put(workspace, "shelter", Point(at(700, 110)), name="示例广场")
    told = way_facts(near, LineString([at(100, 100), at(700, 100)]))
    assert [(one.fine, one.name, one.words) for one in told] == [
        (True, "起点", "在示例沟内"),
        (False, "途中", "第 200 米处穿过示例坡"),
        (False, "途中", "第 400 米处进入示例河，没有桥"),
        (True, "终点", "到示例广场"),
    ]
    told = way_facts(near, LineString([at(800, 800), at(900, 900)]))
    assert [one.fine for one in told] == [False, False]


def test_too_many_are_not_counted_while_somebody_draws(workspace):
    for step in range(4):
        put(workspace, "household", Point(at(10 + step, 10)))
    few = Near(workspace, 3)
    with pytest.raises(TooMany):
        area_facts(few, AREA, year=2026)
    assert area_facts(few, box(*at(500, 500), *at(510, 510)), year=2026).households == 0
    few.close()
    assert shapely.is_valid(AREA)


def test_a_way_that_ends_in_a_wide_river_before_its_middle_goes_into_it(workspace, near):
    way = LineString([at(100, 100), at(100, 40)])
    assert not [one for one in way_facts(near, way) if one.name == "途中"]
    put(workspace, "river", LineString([at(-500, 28), at(500, 28)]), width_m=40)
    (told,) = [one for one in way_facts(near, way) if one.name == "途中"]
    assert told.words == "第 52 米处进入河道，没有桥"
