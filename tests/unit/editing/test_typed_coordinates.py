"""Typed coordinates: every accepted form leads to the same place; what can't be read is refused with the forms."""

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.constraint import parse_bearing, parse_length
from geohazard_desktop.editing.coordinates import looks_like_coordinates, read_coordinates

BOUNDS = (36_379_000.0, 4_366_000.0, 36_397_000.0, 4_391_000.0)
EAST, NORTH = 36_389_901.055, 4_374_796.445  # 106.72°E 39.50°N, reckoned independently of this program


@pytest.mark.parametrize(
    "text",
    [
        "106.72, 39.50",
        "39.50 106.72",
        "106.72E，39.50N",
        "106°43′12.00″E 39°30′00.00″N",
        "E106°43'12\" N39°30'0\"",
        "106°43’12” 39°30’00”",
        "东经106度43分12秒 北纬39度30分0秒",
        "106 43 12 39 30 0",
        "106°43.2′ 39°30′",
        "106°43′12 39°30′00",
        "东经106度43分12，北纬39度30分0",
        "106° 43′ 12″ 39° 30′ 0″",
        "106.4312 39.3000",
        "4374796.445, 36389901.055",
        "36389901.055 4374796.445",
        "X=4374796.445 Y=389901.055",
        "X（北）4374796.445　Y（东）36389901.055",
        "４３７４７９６．４４５ ３６３８９９０１．０５５",
        "4 374 796.445  36 389 901.055",
        "4\u2009374\u2009796.445  36\u2009389\u2009901.055",
        "4,374,796.445 36,389,901.055",
        "4375426.864 18647947.371",
        "4375426.864 647947.371",
    ],
)
def test_every_form_leads_to_the_same_place(text):
    first = read_coordinates(text, 4524, bounds=BOUNDS)[0]
    assert (first.east, first.north) == pytest.approx((EAST, NORTH), abs=0.02)
    assert first.near
    assert "106°43′12.0" in first.words


def test_two_readings_are_both_offered_the_near_one_first():
    near, far = read_coordinates("106.4312 39.3000", 4524, bounds=BOUNDS)
    assert (near.form, far.form) == ("度.分秒", "十进制度")
    assert "在本区范围外" in far.words


def test_a_workspace_without_zone_number_takes_both():
    for text in ("4374796.445 389901.055", "4374796.445 36389901.055"):
        assert read_coordinates(text, 4545)[0].east == pytest.approx(389_901.055, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "胜利街",
        "12",
        "500 600",
        "106°70′0″ 39°30′0″",
        "106° 43′ 12 39° 30′ 0",
        "106°43′12″ 39°30′ 5",
        "106°43′70 39°30′00",
        "1e400 2",
        "4374796.445 99389901.055",
    ],
)
def test_what_can_not_be_read_is_refused_with_the_accepted_forms(text):
    with pytest.raises(EditRefused, match=r"可以写.*106\.7079"):
        read_coordinates(text, 4524)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("106.72 39.5", True), ("X 4374796 Y 36389901", True), ("WD-W-0003", False), ("胜利街12号", False)],
)
def test_what_a_search_box_takes_for_coordinates(text, answer):
    assert looks_like_coordinates(text) is answer


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("94.5", 94.5), ("94°30′", 94.5), ("94度30分36秒", 94.51), ("94 30 36", 94.51), ("360", 0.0), ("-90", 270.0)],
)
def test_bearings(text, degrees):
    assert parse_bearing(text) == pytest.approx(degrees)


@pytest.mark.parametrize("text", ["", "东", "94°70′", "400"])
def test_no_bearing(text):
    with pytest.raises(EditRefused, match="方位角"):
        parse_bearing(text)


def test_lengths():
    assert parse_length("１２０．５ 米") == 120.5
    assert parse_length("1.2千米") == 1200
    for text in ("0", "-5", "很远"):
        with pytest.raises(EditRefused, match="距离"):
            parse_length(text)
