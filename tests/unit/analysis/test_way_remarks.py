"""One judgement of a household's way: whom it bars, who has to ask first, and that each reader gets their own words."""

import shapely
from shapely import LineString, Point

from geohazard_desktop.analysis.channels import channels
from geohazard_desktop.analysis.evacuation import BarredWay, HouseholdWay, Surroundings, WayFinder, route_way
from geohazard_desktop.analysis.way_words import zone_name
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Feature

E, N = 36_389_000.0, 4_372_000.0


def feature(layer: str, geometry, **values) -> Feature:
    return Feature(layer, f"uid-{layer}-{values.get('name', '')}", geometry, values)


def area(west: float, south: float, east: float, north: float, name: str) -> Feature:
    return feature("danger_zone", shapely.box(E + west, N + south, E + east, N + north), name=name)


SHELTER = feature("shelter", Point(E + 700, N), name="广场")
ROUTE = feature("evacuation_route", LineString([(E, N), (E + 700, N)]), number="3")


def remarks(door: tuple[float, float], **around):
    note, shelter, route = around.pop("note", ""), around.pop("shelter", SHELTER), around.pop("route", ROUTE)
    place = Point(E + door[0], N + door[1])
    found = route_way(place, route, shelter, epsg=4524, around=Surroundings(**around), door_note=note)
    assert isinstance(found, HouseholdWay)
    return found


def test_a_way_out_of_ones_own_zone_is_no_crossing():
    found = remarks((50, 20), zones=[area(-50, -100, 200, 100, "北坡")])
    assert found.remarks == ()
    assert not found.ask_first


def test_a_way_through_a_zone_from_outside_is_barred_by_its_leg_and_by_its_route():
    for zone in (area(-50, 50, 200, 100, "北坡"), area(300, -50, 400, 50, "北坡")):
        (one,) = remarks((50, 150), zones=[zone]).remarks
        assert one.barred
        assert one.ask
        assert one.zone is zone


def test_a_way_back_into_a_zone_or_into_another_is_asked_about_but_not_barred():
    home = area(-50, -100, 200, 100, "北坡")
    (other,) = remarks((50, 20), zones=[home, area(300, -50, 400, 50, "南沟")]).remarks
    assert (other.ask, other.barred, other.household) == (True, False, "这条路要穿过危险区南沟")
    bent = feature(
        "danger_zone", shapely.union(home.geometry, shapely.box(E + 150, N + 40, E + 400, N + 90)), name="北坡"
    )
    tongue = shapely.box(E + 380, N - 50, E + 400, N + 90)
    bent = bent.with_geometry(shapely.union(bent.geometry, tongue))
    (again,) = remarks((50, 20), zones=[bent]).remarks
    assert (again.ask, again.barred, again.household) == (True, False, "这条路出了危险区北坡又走进去")


def test_a_channel_without_a_bridge_a_shelter_in_a_zone_and_a_road_for_cars_are_asked_about():
    channel = feature("river_corridor", shapely.box(E + 300, N - 50, E + 340, N + 50), name="支沟")
    (one,) = remarks((50, 20), corridors=[channel]).remarks
    assert (one.ask, one.household) == (True, "这条路横穿支沟，那里没有桥，发水时过不去")
    (one,) = remarks(
        (50, 20), zones=[area(701, -5, 720, 5, "南沟")], shelter=feature("shelter", Point(E + 710, N), name="广场")
    ).remarks
    assert (one.ask, one.household) == (True, "避险安置点广场在危险区南沟里面")
    cars = feature("evacuation_route", ROUTE.geometry, number="3", passable="车辆")
    (one,) = remarks((50, 20), route=cars).remarks
    assert (one.ask, one.household) == (True, "这条路不能步行")


def test_the_straight_line_from_the_door_crosses_no_channel_unseen():
    channel = feature("river_corridor", shapely.box(E - 100, N + 40, E + 400, N + 80), name="支沟")
    (one,) = remarks((50, 120), corridors=[channel]).remarks
    assert (one.ask, one.officer) == (True, "家门到路线 3 的直线横穿支沟，那里没有桥，汛期过不去。")
    assert remarks((50, 120), corridors=[channel], note="过桥到路口").remarks == (), "how one walks there is known"
    assert remarks((50, 60), corridors=[channel]).remarks == (), "who lives in it can't but start in it"


def test_a_route_that_begins_in_a_river_corridor_and_leaves_it_on_its_own_bank_is_not_asked_about():
    bank = feature("river_corridor", shapely.box(E - 40, N - 50, E + 30, N + 50), name="示例沟走廊")
    assert remarks((0, 0), corridors=[bank]).remarks == (), "the zone's papers go by the route's start"
    stream = feature("river", shapely.box(E + 10, N - 50, E + 14, N + 50), name="示例沟")
    (one,) = remarks((0, 0), corridors=[bank, stream]).remarks
    assert (one.ask, one.household) == (True, "这条路横穿示例沟，那里没有桥，发水时过不去")


def test_a_long_straight_leg_is_the_officers_to_look_at_unless_one_wrote_how_to_walk():
    found = remarks((50, 350))
    (one,) = found.remarks
    assert found.warnings == ("家门到路线 3 的直线有 350 米，中间怎么走要现场核实。",)
    assert not one.ask
    assert "现场核实" not in one.household
    assert remarks((50, 350), note="出门向左到大路").remarks == ()


def test_an_officer_is_told_that_a_note_clears_no_way_of_a_zone():
    """Nobody can judge words: the straight line decides, and that is said where somebody wrote how to walk."""
    across = [area(-50, 50, 200, 100, "北坡")]
    (plain,), (noted,) = (remarks((50, 150), zones=across, note=note).remarks for note in ("", "绕过北坡到路口"))
    assert plain.officer == "走路线 3 要穿过危险区北坡。"
    assert noted.officer == plain.officer + noted.aside
    assert noted.aside.startswith("写了“到路口的走法”也不算")
    assert (noted.barred, noted.household) == (plain.barred, plain.household)
    (on_the_route,) = remarks((50, 20), zones=[area(300, -50, 400, 50, "北坡")], note="绕过北坡到路口").remarks
    assert on_the_route.aside == "", "the route itself leads through it, however one comes to it"


def test_a_zone_is_not_called_one_twice():
    assert zone_name(area(0, 0, 1, 1, "东沟危险区")) == "东沟危险区"
    assert zone_name(area(0, 0, 1, 1, "东沟")) == "危险区东沟"


def test_a_stream_without_a_name_is_a_river_and_no_corridor():
    stream = feature("river", LineString([(E + 300, N - 50), (E + 300, N + 50)]), width_m=None)
    (one,) = remarks((50, 0), corridors=channels([], [stream])).remarks
    assert one.household == "这条路横穿河道，那里没有桥，发水时过不去"
    (bank,) = remarks(
        (50, 0), corridors=[feature("river_corridor", shapely.box(E + 290, N - 50, E + 310, N + 50))]
    ).remarks
    assert bank.household.startswith("这条路横穿河道走廊，")


def put(ws, layer, geometry, **values) -> Feature:
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return ws.feature(layer, edit.deltas[0].uid)


def test_the_shortest_way_that_leads_through_no_zone_is_found_and_else_none(workspace):
    ws = workspace
    put(ws, "danger_zone", shapely.box(E - 50, N - 100, E + 200, N + 100), name="北坡", hazard_type="崩塌")
    shelter = put(ws, "shelter", Point(E + 700, N), name="广场")
    through = put(ws, "evacuation_route", ROUTE.geometry, number="3", shelter=shelter.uid)
    house = put(ws, "household", Point(E + 50, N + 150), id="SL-H-0001", head="李示例", evacuation_route=through.uid)
    found = WayFinder(ws).way(house)
    assert isinstance(found, BarredWay)
    assert found.sentence.startswith("住户 SL-H-0001 在危险区外，指定的路线 3 要穿过危险区北坡")
    assert [one.text("name") for one in found.zones] == ["北坡"]
    assert WayFinder(ws).clear_way(house) is None
    for number, north in (("5", 900), ("4", 300)):
        line = LineString([(E + 50, N + 200), (E + 300, N + north), (E + 700, N)])
        put(ws, "evacuation_route", line, number=number, shelter=shelter.uid)
    assert WayFinder(ws).clear_way(house).route.text("number") == "4"
    far = put(ws, "household", Point(E + 50, N + 2500), head="王示例", evacuation_route=through.uid)
    assert isinstance(WayFinder(ws).way(far), BarredWay)
    assert WayFinder(ws).clear_way(far) is None
