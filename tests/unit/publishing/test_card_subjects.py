"""Who gets a card, and in which order somebody walks."""

import pytest
from shapely import LineString, Point, Polygon

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.subjects import away_note, subjects_of
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def villages(workspace):
    def add(layer, geometry, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return edit.deltas[0].uid

    point = add("hazard_point", Point(E, N), name="东坡崩塌", unified_code="990101020001", id="SL-D-0001")
    add("danger_zone", Polygon([(E - 5, N - 5), (E + 45, N - 5), (E + 45, N + 5), (E - 5, N + 5)]), name="东坡",
        id="SL-W-0001", hazard_point=point)  # fmt: skip
    for number, (x, street) in enumerate(
        [(30, "甲街道"), (0, "甲街道"), (20, "甲街道"), (500, "乙街道"), (10, "甲街道")]
    ):
        add("household", Point(E + x, N), id=f"SL-H-{number}", head=f"户{number}", subdistrict=street)
    nowhere = Feature("household", new_uid(), None, {"id": "SL-H-9", "head": "户9", "subdistrict": "甲街道"})
    workspace.apply(Edit("另一个程序写的一户", [inserted(nowhere)]))
    return workspace


def ids(ws, **chosen):
    return [one.text("id")[-1] for one in subjects_of(CardMaker(ws).facts, "household", **chosen)]


def test_a_walk_goes_street_by_street_and_always_on_to_the_nearest(villages):
    assert ids(villages) == ["3", "1", "4", "2", "0", "9"]


@pytest.mark.parametrize("part", ["SL-W-0001", "东坡", "990101020001", "东坡崩塌", " 东坡 "])
def test_a_zone_or_its_point_is_asked_for_by_name_or_number(villages, part):
    assert ids(villages, part=part) == ["1", "4", "2", "0"]


def test_a_street_is_asked_for_by_name(villages):
    assert ids(villages, part="乙街道") == ["3"]


def test_a_part_that_nobody_belongs_to_is_refused(villages):
    with pytest.raises(ExportRefused, match="没有一个属于“丙街道”"):
        ids(villages, part="丙街道")


def test_chosen_ones_are_put_in_order_too(villages):
    chosen = [one.uid for one in villages.table("household") if one.text("id")[-1] in "01"]
    assert ids(villages, uids=chosen) == ["1", "0"]


def test_the_walk_begins_at_the_office_of_the_street_and_does_one_group_after_the_other(villages):
    office = {"kind": "政府机关", "name": "甲街道办事处"}
    villages.apply(create_feature(villages.definitions, "subdistrict", Point(E, N).buffer(900), {"name": "甲街道"}))
    villages.apply(create_feature(villages.definitions, "facility", Point(E + 24, N), office))
    assert ids(villages) == ["3", "2", "0", "4", "1", "9"]
    (far,) = [one for one in villages.table("household") if one.text("id") == "SL-H-2"]
    villages.apply(change_values(villages.definitions, [far], {"community": "南社区", "group": "2组"}))
    assert ids(villages) == ["3", "2", "0", "4", "1", "9"], "a group of one is left for the next"
    (near,) = [one for one in villages.table("household") if one.text("id") == "SL-H-1"]
    villages.apply(change_values(villages.definitions, [near], {"community": "南社区", "group": "2组"}))
    assert ids(villages) == ["3", "2", "1", "4", "0", "9"], "the far end of a group comes before the next one"


def tied(ws, number, **values):
    """The household of that number, with these fields."""
    (home,) = [one for one in ws.table("household") if one.text("id") == number]
    ws.apply(change_values(ws.definitions, [home], values))
    return home


@pytest.fixture
def follower(villages):
    """The household 500 m away, tied to the zone by its route alone."""
    (zone,) = villages.table("danger_zone")
    way = LineString([(E + 500, N), (E + 700, N)])
    values = {"number": "1", "danger_zone": zone.uid}
    route = create_feature(villages.definitions, "evacuation_route", way, values)
    villages.apply(route)
    tied(villages, "SL-H-3", evacuation_route=route.deltas[0].uid)
    return villages


@pytest.mark.parametrize("part", ["SL-W-0001", "东坡", "990101020001", "东坡崩塌"])
def test_who_leaves_with_a_zone_from_outside_gets_its_papers(follower, part):
    assert ids(follower, part=part) == ["3", "1", "4", "2", "0"]


def test_what_such_a_household_gets_speaks_of_the_zone_whose_signal_calls_it(follower):
    facts = CardMaker(follower).facts
    (home,) = [one for one in follower.table("household") if one.text("id") == "SL-H-3"]
    assert facts.zone_of(home).text("id") == "SL-W-0001"
    told = away_note(facts, "东坡", subjects_of(facts, "household", part="东坡"))
    assert told == ["“东坡”其中 1 户在区外、归本区撤离：SL-H-3。"]
    assert away_note(facts, "乙街道", subjects_of(facts, "household", part="乙街道")) == []


def test_a_household_of_another_zone_that_takes_the_route_is_called_by_both(follower):
    around = Polygon([(E + 490, N - 5), (E + 510, N - 5), (E + 510, N + 5)])
    other = create_feature(follower.definitions, "danger_zone", around, {"id": "SL-W-0002"})
    follower.apply(other)
    tied(follower, "SL-H-3", danger_zone=other.deltas[0].uid)
    assert ids(follower, part="SL-W-0002") == ["3"]
    assert "3" in ids(follower, part="SL-W-0001")
