"""A shelter's form counts as check and papers do; who has no goal when shelters close is told with numbers."""

import pytest
from put_in import added as add
from shapely import LineString, Point, box

from geohazard_desktop.analysis.counted_today import residents_in
from geohazard_desktop.analysis.shelter_load import displaced, shelter_load
from geohazard_desktop.analysis.shelter_room import Sent, sent_to
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


def change(ws: Workspace, feature: Feature, **values) -> None:
    now = ws.feature(feature.layer, feature.uid)
    assert now is not None
    ws.apply(change_values(ws.definitions, [now], values))


@pytest.fixture
def village(workspace: Workspace) -> dict[str, Feature]:
    """Two routes to the square, one past the school as well; a house outside the zone is led through it."""
    ws = workspace
    zone = add(ws, "danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡")
    square = add(ws, "shelter", Point(E + 600, N + 100), name="广场", capacity=9)
    school = add(ws, "shelter", Point(E + 300, N + 400), name="学校", capacity=6)
    first = add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]),
                number="1", danger_zone=zone.uid, shelter=square.uid)  # fmt: skip
    second = add(ws, "evacuation_route", LineString([(E + 150, N + 20), (E + 600, N + 100)]),
                 number="2", danger_zone=zone.uid, shelter=square.uid)  # fmt: skip
    third = add(ws, "evacuation_route", LineString([(E + 120, N + 150), (E + 300, N + 400)]),
                number="3", danger_zone=zone.uid, shelter=school.uid)  # fmt: skip
    homes = [
        add(ws, "household", Point(E + 100 + 9 * number, N + 100 - 9 * number), people=people,
            evacuation_route=route.uid)
        for number, (people, route) in enumerate([(4, first), (3, first), (None, second), (5, third)])
    ]  # fmt: skip
    barred = add(ws, "household", Point(E - 60, N + 100), people=7, evacuation_route=first.uid)
    return {"square": square, "school": school, "first": first, "barred": barred, "fourth": homes[3]}


def test_a_form_says_by_route_who_comes_and_who_is_kept_away(workspace, village):
    load = shelter_load(workspace, village["square"])
    assert [(one.route.text("number"), one.sent) for one in load.routes] == [("1", Sent(2, 7)), ("2", Sent(1, 0, 1))]
    assert all(one.zone is not None and one.zone.text("name") == "东坡" for one in load.routes)
    assert [one.uid for one in load.kept_away] == [village["barred"].uid]
    assert (load.places, load.too_many) == (9, 0)
    change(workspace, village["square"], capacity=5)
    square = workspace.feature("shelter", village["square"].uid)
    assert shelter_load(workspace, square).too_many == 2


def test_the_count_is_that_of_check_and_papers(workspace, village):
    for name in ("square", "school"):
        shelter = village[name]
        sent = sent_to(workspace, {shelter.uid: shelter}, residents_in(workspace))
        assert shelter_load(workspace, shelter).sent == sent[shelter.uid]


def test_nobody_comes_to_a_closed_shelter_and_nobody_to_one_without_routes(workspace, village):
    change(workspace, village["square"], closed_on="2026-01-01", closed_reason="改作工地")
    load = shelter_load(workspace, workspace.feature("shelter", village["square"].uid))
    assert load.sent == Sent()
    assert len(load.kept_away) == 4
    assert shelter_load(workspace, add(workspace, "shelter", Point(E, N - 300), name="新的")).routes == ()


def test_before_a_shelter_closes_it_is_told_who_has_another_way_and_whether_there_is_room(workspace, village):
    found = displaced(workspace, [village["square"]])
    assert found.everybody == Sent(3, 7, 1)
    assert found.nowhere == Sent(), "all three have the route to the school before their door"
    assert [(shelter.text("name"), sent) for shelter, sent in found.goals] == [("学校", Sent(3, 7, 1))]
    assert found.overfull == ("避险安置点学校可容 6 人，他们都去就是 12 人，坐不下。",)
    both = displaced(workspace, [village["square"], village["school"]])
    assert (both.elsewhere, both.nowhere, both.goals) == (Sent(), Sent(4, 12, 1), ())


def test_who_moved_away_and_who_was_never_sent_is_not_displaced(workspace, village):
    change(workspace, village["fourth"], moved_out_on="2026-01-01")
    assert displaced(workspace, [village["school"]]).everybody == Sent()
    assert village["barred"].uid not in {one.uid for one in shelter_load(workspace, village["square"]).homes}
