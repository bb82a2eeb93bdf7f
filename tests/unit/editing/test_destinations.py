"""What is typed into 转到 is read in every way it can be meant, and says how."""

import pytest
import shapely
from desk import EAST, NORTH

from geohazard_desktop.editing.destinations import Gazetteer


@pytest.fixture
def places(desk):
    desk.put("district", shapely.box(EAST - 3000, NORTH - 3000, EAST + 3000, NORTH + 3000), name="示例区")
    desk.put("place", shapely.Point(EAST + 10, NORTH + 20), name="苏海图")
    desk.put("evacuation_route", shapely.LineString([(EAST, NORTH), (EAST + 1500, NORTH)]), id="SL-L-0003", name="东路")
    desk.put(
        "danger_zone", shapely.box(EAST, NORTH, EAST + 9, NORTH + 9), id="SL-W-0001", name="重山", hazard_type="滑坡"
    )
    return Gazetteer(desk.ws)


def first(places, text):
    return places.destinations(text)[0]


@pytest.mark.parametrize(("text", "number"), [("1:5000", 5000), ("1：1万", 10000), ("比例尺 1/25 000", 25000)])
def test_scales(places, text, number):
    assert first(places, text).denominator == number


def test_a_scale_out_of_reach_says_so(places):
    found = first(places, "1:3")
    assert not found.usable
    assert "1:50" in found.words


@pytest.mark.parametrize("text", ["苏海图", "sht", "suhai", "海图"])
def test_names_and_pinyin(places, text):
    assert first(places, text).words == "苏海图"


@pytest.mark.parametrize("text", ["zs", "cs", "sl-w-0001", "重山"])
def test_zones_by_number_and_by_every_reading(places, text):
    assert first(places, text).key[0] == "danger_zone"


@pytest.mark.parametrize("text", ["SL-L-0003 第 200 米", "东路 K0+200", "东路0.2千米处", "dl 200m"])
def test_a_place_along_a_line(places, text):
    found = next(one for one in places.destinations(text) if one.place)
    assert found.place == pytest.approx((EAST + 200, NORTH))
    assert "第 200 米处（K0+200）" in found.words


def test_farther_than_the_line_is_long(places):
    found = first(places, "东路 1600米")
    assert not found.usable
    assert "只有 1500 米长" in found.words


def test_gauss_in_both_orders_says_which(places):
    north_first = first(places, f"{NORTH + 5:.0f} {EAST + 7:.0f}")
    east_first = first(places, f"{EAST + 7:.0f} {NORTH + 5:.0f}")
    assert north_first.place == pytest.approx(east_first.place)
    assert (north_first.note, east_first.note) == ("", "Y（东）写在前面")


def test_degrees_offer_where_a_phone_would_have_meant(places):
    found = places.destinations("106.7, 39.45")
    assert "十进制度" in found[0].words


def test_a_phone_s_map_is_some_hundred_metres_off(desk):
    desk.put("district", shapely.box(EAST - 9000, NORTH - 9000, EAST + 9000, NORTH + 9000), name="示例区")
    from geohazard_desktop.analysis.measures import to_geographic

    longitude, latitude = to_geographic(desk.ws.epsg).transform(EAST, NORTH)
    found = Gazetteer(desk.ws).destinations(f"{longitude:.6f}, {latitude:.6f}")
    hints = [one for one in found if "火星坐标" in one.words]
    assert len(hints) == 1
    metres = ((hints[0].place[0] - EAST) ** 2 + (hints[0].place[1] - NORTH) ** 2) ** 0.5
    assert 200 < metres < 900


def test_what_is_no_coordinate_says_the_accepted_forms(places):
    found = first(places, "1, 2")
    assert not found.usable
    assert "看不懂坐标" in found.words


def test_nothing_typed_leads_nowhere(places):
    assert places.destinations("  ") == []


def test_a_route_is_found_by_what_the_map_calls_it(desk):
    desk.put("evacuation_route", shapely.LineString([(EAST, NORTH), (EAST + 500, NORTH)]), number="3")
    found = Gazetteer(desk.ws).destinations("路线 3 第 200 米")
    assert found[0].place == pytest.approx((EAST + 200, NORTH))
