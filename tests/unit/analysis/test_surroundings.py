"""What stands around one way, of all that stands in a district."""

from shapely import LineString, Point, box

from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder, place_of, route_way
from geohazard_desktop.analysis.surroundings import Neighbourhood, Surroundings
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def feature(layer: str, geometry, name: str) -> Feature:
    return Feature(layer, f"uid-{name}", geometry, {"name": name})


def test_what_is_near_stays_in_its_order_and_what_is_nowhere_goes():
    far = [feature("landmark", Point(20_000 + number, 0), f"远{number}") for number in range(50)]
    whole = Surroundings(
        zones=[feature("danger_zone", box(-50, -50, 50, 50), "近"), feature("danger_zone", None, "没画")],
        landmarks=[feature("landmark", Point(39, 0), "树"), *far, feature("landmark", Point(0, 20), "店")],
    )
    near = Neighbourhood(whole).around(LineString([(0, 0), (0, 100)]), None)
    assert [one.text("name") for one in near.landmarks] == ["树", "店"]
    assert [one.text("name") for one in near.zones] == ["近"]
    assert near.bridges == near.corridors == []


def test_around_nothing_there_is_nothing():
    whole = Surroundings(landmarks=[feature("landmark", Point(0, 0), "树")])
    assert Neighbourhood(whole).around(None, LineString()) == Surroundings()


def test_every_household_of_the_demo_is_told_what_the_whole_district_tells(demo_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        whole = Surroundings(
            zones=in_force(ws, list(ws.table("danger_zone"))),
            corridors=list(ws.table("river_corridor")),
            bridges=list(ws.table("bridge")),
            landmarks=list(ws.table("landmark")),
        )
        finder = WayFinder(ws)
        ways = 0
        for household in ws.table("household"):
            found = finder.way(household)
            if not isinstance(found, HouseholdWay):
                continue
            again = route_way(
                place_of(household), found.route, found.shelter, epsg=ws.epsg, around=whole,
                door_note=household.text("door_note"),
            )  # fmt: skip
            assert isinstance(again, HouseholdWay)
            assert [one.words for one in found.steps] == [one.words for one in again.steps]
            assert found.warnings == again.warnings
            ways += 1
        assert ways > 5
