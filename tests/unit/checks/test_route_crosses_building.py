"""A route that leads through houses is told of; the houses that it may touch are not."""

import pytest
from shapely import Polygon
from test_rules import E, N, box, office  # noqa: F401


def test_how_many_houses_and_where_is_said(office):  # noqa: F811
    for north in (130, 170, 230):
        office.put("building", box(395, north, 10))
    (one,) = office.found("route_crosses_building")
    assert one.sentence == (
        "撤离路线 SL-L-0001 穿过 3 处建筑（走到第 180、220、280 米处），人走不过去，请沿着路改画；"
        "有门洞、过道走得通的，现场看过再带理由搁置这一条。"
    )
    assert (one.layer, one.place.x) == ("evacuation_route", pytest.approx(E + 400))
    for north in (110, 120, 140, 150, 160):
        office.put("building", box(396, north, 6))
    (one,) = office.found("route_crosses_building")
    assert "穿过 8 处建筑（走到第 160、170、180、190、200 米 等处）" in one.sentence


def test_a_house_crossed_twice_is_one_house(office):  # noqa: F811
    office.put("building", box(350, 90, 60).difference(box(360, 95, 10)))
    (one,) = office.found("route_crosses_building")
    assert "穿过 1 处建筑" in one.sentence


def test_the_house_where_it_begins_and_the_one_it_leads_to_are_no_walls_in_its_way(office):  # noqa: F811
    office.put("building", box(240, 90, 20))
    office.put("building", box(680, 400, 40))
    assert office.found("route_crosses_building") == []


def test_a_corner_brushed_is_the_hand_s_error(office):  # noqa: F811
    office.put("building", box(320, 99.6, 5))  # it runs 0.4 m inside the wall
    corner = Polygon([(E + 398.8, N + 150), (E + 410, N + 140), (E + 410, N + 160)])
    office.put("building", corner)  # not a metre of it lies deeper than half a metre in the wall
    office.put("building", box(401, 120, 30))
    assert office.found("route_crosses_building") == []
