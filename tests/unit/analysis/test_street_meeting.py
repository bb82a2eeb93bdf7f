"""What a meeting of each 街道 looks at."""

import pytest
from put_in import add
from shapely import LineString, Point, box

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.street_meeting import street_pages
from geohazard_desktop.workspace.edits import change_values

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def streets(workspace):
    ws = workspace
    add(ws, "district", box(E, N, E + 4000, N + 2000), name="示例区")
    add(ws, "subdistrict", box(E, N, E + 2000, N + 2000), name="西街道")
    add(ws, "subdistrict", box(E + 2000, N, E + 4000, N + 2000), name="东街道")
    west = add(ws, "danger_zone", box(E + 500, N + 500, E + 900, N + 900), name="西沟", must_move_people=40)
    add(ws, "danger_zone", box(E + 1900, N + 1500, E + 2100, N + 1700), name="界上")
    shelter = add(ws, "shelter", Point(E + 1200, N + 700), name="广场")
    line = LineString([(E + 800, N + 700), (E + 1200, N + 700)])
    add(ws, "evacuation_route", line, number="2", danger_zone=west, shelter=shelter)
    return ws


def test_the_district_comes_first_then_each_street_with_what_lies_in_it(streets):
    district, west, east = street_pages(streets)
    assert [district.name, west.name, east.name] == ["", "西街道", "东街道"]
    assert [one.name for one in west.zones] == ["西沟", "界上"]
    assert [one.name for one in east.zones] == ["界上"]  # a zone across the border is spoken of on both sides
    assert (len(district.zones), district.people, district.uncounted, len(district.shelters)) == (2, 40, 1, 1)
    assert ([one.name for one in west.shelters], east.shelters) == (["广场"], ())
    assert (east.people, east.uncounted) == (0, 1)  # not filled in is no zero: it is told
    assert west.holds(Point(E + 1, N + 1))
    assert not east.holds(Point(E + 1, N + 1))


def test_a_meeting_says_the_number_that_the_zones_sheet_says(streets):
    """Of form and register the larger; who is registered in a zone whose form is empty is told too."""
    gully = next(one for one in streets.table("danger_zone") if one.text("name") == "西沟")
    assert street_pages(streets)[0].people == must_move(streets, gully).number == 40
    add(streets, "household", Point(E + 700, N + 700), head="李示例", people=46)
    add(streets, "household", Point(E + 1950, N + 1600), head="王示例", people=3)
    district, west, east = street_pages(streets)
    assert (west.people, east.people, district.uncounted) == (49, 3, 0)
    assert must_move(streets, gully).number == 46


def test_a_route_tells_metres_and_three_times(streets):
    route = street_pages(streets)[1].routes[0]
    assert (route.number, route.zone, route.shelter, route.metres) == ("2", "西沟", "广场", 400)
    assert route.minutes == (7, 9, 14)


def test_a_shelter_without_room_for_those_who_are_sent_there_says_how_many_lack_a_place(streets):
    shelter = next(iter(streets.table("shelter")))
    route = next(iter(streets.table("evacuation_route")))
    streets.apply(change_values(streets.definitions, [shelter], {"capacity": 8}))
    for people in (6, 5):
        add(streets, "household", Point(E + 700, N + 700), head="李示例", people=people, evacuation_route=route.uid)
    add(streets, "household", Point(E + 700, N + 700), head="王示例", people=9, evacuation_route=route.uid,
        moved_out_on="2020-01-01")  # fmt: skip
    district, west, east = street_pages(streets)
    assert [(one.name, one.places, one.sent, one.lacking) for one in west.full] == [("广场", 8, 11, 3)]
    assert district.full == west.full
    assert east.full == ()
    streets.apply(change_values(streets.definitions, list(streets.table("shelter")), {"capacity": None}))
    assert street_pages(streets)[1].full == (), "nobody said how many it holds"


def test_one_zone_is_looked_at_with_its_routes_as_far_as_their_shelters(streets):
    west = street_pages(streets)[1]
    gully, border = west.zones
    alone = west.of_zone(gully.uid)
    assert ([one.name for one in alone.zones], [one.number for one in alone.routes]) == (["西沟"], ["2"])
    assert [one.name for one in alone.shelters] == ["广场"]
    assert alone.bounds == (E + 500, N + 500, E + 1200, N + 900)
    assert (alone.name, alone.people) == ("西街道", 40)
    assert alone.holds(Point(E + 1250, N + 700))
    assert not alone.holds(Point(E + 1500, N + 1500)), "of the 街道, but of another zone"
    assert west.of_zone(border.uid).bounds == (E + 1900, N + 1500, E + 2100, N + 1700)


def test_a_shelter_beyond_the_border_is_looked_at_with_the_zone_but_counts_for_its_own_street(streets):
    far = add(streets, "shelter", Point(E + 2500, N + 1600), name="东广场", capacity=1)
    border = next(one for one in streets.table("danger_zone") if one.text("name") == "界上")
    line = LineString([(E + 1950, N + 1600), (E + 2500, N + 1600)])
    route = add(streets, "evacuation_route", line, number="3", danger_zone=border.uid, shelter=far)
    add(streets, "household", Point(E + 1950, N + 1600), head="李示例", people=4, evacuation_route=route)
    _district, west, east = street_pages(streets)
    assert [one.name for one in west.shelters] == ["广场"]
    assert [one.name for one in west.full] == [one.name for one in east.full] == ["东广场"]
    assert west.of_zone(border.uid).bounds[2] == E + 2500


def test_a_shelter_that_only_a_drawn_end_reaches_is_looked_at_like_one_that_is_named(streets):
    """Who is sent to a shelter is counted so; else one that lacks places would be in no meeting of its zone."""
    add(streets, "shelter", Point(E + 2510, N + 1600), name="东广场", capacity=1)
    border = next(one for one in streets.table("danger_zone") if one.text("name") == "界上")
    line = LineString([(E + 1950, N + 1600), (E + 2500, N + 1600)])
    route = add(streets, "evacuation_route", line, number="3", danger_zone=border.uid)
    add(streets, "household", Point(E + 1950, N + 1600), head="李示例", people=4, evacuation_route=route)
    west = street_pages(streets)[1]
    assert [(one.name, one.lacking) for one in west.full] == [("东广场", 3)]
    assert [way.bounds for way in west.full[0].ways] == [line.bounds]
    alone = west.of_zone(border.uid)
    assert [one.name for one in alone.full] == ["东广场"]
    assert [one.shelter for one in alone.routes] == ["东广场"]


def test_an_empty_workspace_has_nothing_to_look_at(workspace):
    assert street_pages(workspace) == []


def test_a_street_without_an_outline_speaks_of_what_the_register_gives_to_it(streets):
    point = add(streets, "hazard_point", Point(E + 3000, N + 300), name="北坡", subdistrict="北街道")
    add(streets, "danger_zone", box(E + 2900, N + 200, E + 3100, N + 400), name="北坡", hazard_point=point,
        must_move_people=7)  # fmt: skip
    north = street_pages(streets)[-1]
    assert (north.name, north.registered, north.ground) == ("北街道", True, None)
    assert ([one.name for one in north.zones], north.people, north.routes, north.shelters) == (["北坡"], 7, (), ())
    assert north.bounds == (E + 2650, N - 50, E + 3350, N + 650)
    assert north.holds(Point(E + 3000, N + 300)), "said of no 街道, it lies on its map"
    assert not north.holds(Point(E + 3000, N + 300), "东街道")
    assert north.holds(Point(E, N), "北街道"), "said in its own meeting"
    add(streets, "household", Point(E + 100, N + 100), head="李示例", subdistrict="无区镇")
    assert street_pages(streets)[-1].name == "北街道", "nothing of it could be looked at"
