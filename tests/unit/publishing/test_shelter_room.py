"""A shelter smaller than the people sent there is told wherever papers send them: cards, stickers, sheets, a batch."""

from datetime import date

import pytest
from notice_village import E, N, add, build, change, only
from shapely import LineString, MultiLineString, Point

from geohazard_desktop.analysis.shelter_room import Sent, places_of, sent_to, shelter_words
from geohazard_desktop.checks.run import check
from geohazard_desktop.publishing.batch import Batch, BatchLine, run_batch
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.papers.door_sticker import publish_door_stickers
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.workspace.edits import change_geometry
from geohazard_desktop.workspace.feature import Delta, Edit

TOLD = "避险安置点示例广场可容 8 人，路线叫 2 户 11 人去那里，坐不下。请分一部分住户到别的安置点，再重印。"


@pytest.fixture
def village(workspace):
    """Eight places, eleven people; a second shelter that has room."""
    ws = build(workspace)
    change(ws, only(ws, "shelter"), capacity=8)
    route = only(ws, "evacuation_route")
    add(ws, "household", Point(E + 140, N + 60), id="SL-H-0018", head="王示例", people=9, evacuation_route=route.uid)
    return ws


def test_people_are_counted_by_the_shelter_that_their_route_names_or_reaches(village):
    shelter = only(village, "shelter")
    routes = list(village.table("evacuation_route"))
    sent = sent_to(village, {shelter.uid: shelter}, village.table("household"))
    assert (places_of(shelter), sent[shelter.uid]) == (8, Sent(2, 11))
    change(village, routes[0], shelter=None)  # its drawn end still reaches the shelter
    add(village, "household", Point(E + 150, N + 60), head="赵示例", evacuation_route=routes[0].uid)
    sent = sent_to(village, {shelter.uid: shelter}, village.table("household"))
    assert sent[shelter.uid].words() == "3 户 11 人（其中 1 户没填人数）"


def test_who_moved_away_and_who_goes_elsewhere_leaves_room(village):
    shelter = only(village, "shelter")
    assert shelter_words(village, {shelter.uid}) == [TOLD]
    assert shelter_words(village, set()) == []
    other = add(village, "shelter", Point(E - 500, N), name="示例学校", capacity=100)
    line = LineString([(E + 100, N + 100), (E - 500, N)])
    route = add(village, "evacuation_route", line, number="4", shelter=other.uid)
    large = next(one for one in village.table("household") if one["people"] == 9)
    change(village, large, evacuation_route=route.uid)
    assert shelter_words(village, {shelter.uid, other.uid}) == []
    village.undo()
    change(village, large, moved_out_on="2026-01-01")
    assert shelter_words(village, {shelter.uid}) == []


def test_a_shelter_that_will_be_closed_is_told_while_papers_still_name_it(village, tmp_path):
    change(village, only(village, "shelter"), closed_on="2099-12-20", capacity=20)
    told = (
        "避险安置点示例广场 2099 年 12 月 20 日起停用，路线现在叫 2 户 11 人去那里，写着它的纸到那天就不能用了。"
        "请先另选安置点，那天以前重印，换下旧的。"
    )
    assert shelter_words(village, {only(village, "shelter").uid}) == [told]
    assert told in publish_cards(village, tmp_path, kind="large").problems
    assert shelter_words(village, {only(village, "shelter").uid}, date(2099, 12, 20)) == [], "then it is closed"


def test_whoever_is_told_not_to_go_that_way_takes_no_place(village):
    """A house outside the zone whose route leads through it, and one whose route is broken: their papers say to ask."""
    shelter = only(village, "shelter")
    large = next(one for one in village.table("household") if one["people"] == 9)
    village.apply(change_geometry(village.definitions, large, Point(E - 100, N + 100)))
    assert sent_to(village, {shelter.uid: shelter}, village.table("household"))[shelter.uid] == Sent(1, 2)
    assert shelter_words(village, {shelter.uid}) == []
    assert [one for one in check(village) if one.rule == "shelter_capacity"] == []
    village.undo()
    assert shelter_words(village, {shelter.uid}) == [TOLD]
    apart = [[(E + 100, N + 100), (E + 200, N + 100)], [(E + 300, N + 100), (E + 600, N + 100)]]
    village.apply(change_geometry(village.definitions, only(village, "evacuation_route"), MultiLineString(apart)))
    assert shelter_words(village, {shelter.uid}) == []
    village.undo()
    village.apply(Edit("导入", [Delta("household", large.uid, large, large.with_geometry(None))]))
    assert shelter_words(village, {shelter.uid}) == [TOLD]  # the calling list sends a house without a place there


def test_the_check_calls_it_an_error(village):
    (one,) = [one for one in check(village) if one.rule == "shelter_capacity"]
    assert (one.severity, one.layer) == ("error", "shelter")
    assert "可容 8 人，路线叫 2 户 11 人去那里" in one.sentence


def test_cards_stickers_and_sheets_tell_it(village, tmp_path):
    zone = only(village, "danger_zone")
    for report in (
        publish_cards(village, tmp_path / "a", kind="household"),
        publish_cards(village, tmp_path / "b", kind="large", together=True),
        publish_door_stickers(village, tmp_path / "c"),
        publish_door_stickers(village, tmp_path / "d", size="A6"),
        publish_sheets(village, tmp_path / "e", layer="danger_zone", uids=[zone.uid], paper="A4", profile="public"),
    ):
        assert report.problems.count(TOLD) == report.general.count(TOLD) == 1


def test_a_card_of_another_shelter_says_nothing_of_it(village, tmp_path):
    other = add(village, "shelter", Point(E - 500, N), name="示例学校", capacity=100)
    line = LineString([(E + 100, N + 100), (E - 500, N)])
    route = add(village, "evacuation_route", line, number="4", shelter=other.uid)
    house = add(village, "household", Point(E + 99, N + 99), head="赵示例", people=3, evacuation_route=route.uid)
    report = publish_cards(village, tmp_path, kind="household", uids=[house.uid])
    assert report.general == []


def test_a_batch_tells_it_once_and_hangs_it_at_no_single_paper(village, tmp_path):
    lines = (BatchLine("cards_household", {}, None), BatchLine("stickers_household", {"size": "A6"}, None))
    report = run_batch(village, tmp_path, Batch(lines))
    assert report.problems.count(TOLD) == 1
    assert report.problems[0] == TOLD
    assert all(TOLD not in row.problems for row in report.rows)
    assert all(row.state == "made" for row in report.rows)
