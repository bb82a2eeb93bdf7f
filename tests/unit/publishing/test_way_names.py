"""Routes, zones and shelters are named on every map about evacuation; what found no room is told by kind and number."""

import re

import pytest
from hostile_village import add
from notice_village import E, N
from shapely import LineString, Point, box

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.pictures.picture import publish_picture
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.publishing.sheets.way_names import ways_first

ROUTES = 9


@pytest.fixture
def district_of_many(workspace):
    """Nine zones of 150 m with a way and a shelter each, in a district of 26 km by 26 km: on A4 at 1:200 000."""
    add(workspace, "district", box(E, N, E + 26_000, N + 26_000), name="示例区")
    for number in range(1, ROUTES + 1):
        east, north = E + 9_000 + number % 3 * 1_500, N + 9_000 + number // 3 * 1_500
        zone = add(workspace, "danger_zone", box(east, north, east + 150, north + 150), name=f"示例沟{number}泥石流")
        shelter = add(workspace, "shelter", Point(east + 600, north), name=f"示例广场{number}", capacity=500)
        add(
            workspace, "evacuation_route", LineString([(east + 75, north + 75), (east + 600, north)]),
            number=str(number), danger_zone=zone.uid, shelter=shelter.uid,
        )  # fmt: skip
    add(workspace, "river", LineString([(E + 2_000, N + 10_500), (E + 24_000, N + 10_500)]), name="示例河")
    return workspace


def names_of(sheet):
    (found,) = sheet.report.maps
    return [(one.layer, one.text) for one in found.labels]


def test_every_route_and_every_shelter_of_the_table_is_on_the_small_map(district_of_many):
    sheet = WarningSheet(district_of_many, SheetSpec("A4"))
    assert sheet.view.denominator > 150_000
    names = names_of(sheet)
    numbers = {text for layer, text in names if layer == "evacuation_route"}
    assert numbers == {str(one.number) for one in sheet.form.routes}
    assert {text for layer, text in names if layer == "shelter"} == {f"示例广场{n}" for n in range(1, ROUTES + 1)}
    assert not [one for one in sheet.report.problems if "没有地方写" in one]


def test_numbers_are_white_on_green_plates_as_in_the_table(district_of_many):
    svg = WarningSheet(district_of_many, SheetSpec("A4")).images["map"]
    plates = re.findall(r'<rect [^>]*rx="[^"]+" fill="#0E4A2D"', svg)
    assert len(plates) == ROUTES


def test_routes_without_room_are_told_by_kind_and_number(district_of_many):
    # Fifty shelters on one spot: a name each is more than the paper holds.
    for number in range(50):
        add(district_of_many, "shelter", Point(E + 10_000, N + 10_000), name=f"示例中学南操场与体育馆{number}")
    report = WarningSheet(district_of_many, SheetSpec("A4")).report
    told = next(one for one in report.notes if "没有地方写" in one)
    assert re.match(r"\d+ 个避险安置点的名称没有地方写，图上没有：示例", told)
    assert "请把图放大" in told
    assert not [one for one in report.problems if "路线的编号" in one]  # a number is not given up for a name


def test_a_route_hardly_longer_than_its_name_has_its_number_alone(district_of_many):
    sheet = WarningSheet(district_of_many, SheetSpec("A4"))
    texts = {}
    for denominator in (5_000.0, 40_000.0):  # on paper a route of 530 m is 106 and 13 mm long
        view = MapView((E + 10_500, N + 10_500), denominator, 200.0, 120.0)
        named = ways_first(sheet.pictures, view)
        texts[denominator] = next(one.style.label.text for one in named if one.layer == "evacuation_route")
    assert texts == {5_000.0: "路线 {number}", 40_000.0: "{number}"}


def test_a_lifted_zone_makes_room_for_those_in_force(district_of_many):
    zone = next(iter(district_of_many.table("danger_zone")))
    sheet = WarningSheet(district_of_many, SheetSpec("A4"))
    rules = next(one.style.rules for one in sheet.layers.pictures if one.layer == "danger_zone")
    assert any(one.where and one.where.values == (lifted(),) for one in rules)  # what the lesser weight hangs on
    assert ("danger_zone", zone.text("name")) in names_of(sheet)


def test_a_picture_says_what_it_has_no_room_for(district_of_many, tmp_path):
    for number in range(60):
        add(district_of_many, "place", Point(E + 12_000, N + 12_000), name=f"示例地名{number}")
    report = publish_picture(district_of_many, tmp_path / "图.png", dpi=60.0, profile="internal")
    assert [one for one in report.notes if "个名称没有地方写" in one]
