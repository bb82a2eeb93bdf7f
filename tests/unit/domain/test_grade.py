"""险情, 灾情 and 规模 are three judgements with their bounds in the rule file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain.grade import (
    danger_grade,
    disaster_grade,
    grades,
    roman,
    scale_class,
)
from geohazard_desktop.domain.hazard import hazard_types


def test_grades_from_low_to_high():
    assert grades() == ("小型", "中型", "大型", "特大型")
    assert [roman(one) for one in grades()] == ["Ⅳ", "Ⅲ", "Ⅱ", "Ⅰ"]


@pytest.mark.parametrize(
    ("people", "loss", "grade"),
    [
        (0, 0, "小型"),
        (99, 499.99, "小型"),
        (100, 0, "中型"),
        (0, 500, "中型"),
        (499, 4999, "中型"),
        (500, 0, "大型"),
        (0, 5000, "大型"),
        (1000, 0, "特大型"),
        (0, 10000, "特大型"),
        (99, 10000, "特大型"),
        (1000, 1, "特大型"),
    ],
)
def test_danger_takes_the_higher_of_people_and_loss(people, loss, grade):
    assert danger_grade(people, loss).grade == grade


@pytest.mark.parametrize(
    ("deaths", "loss", "grade"),
    [
        (2, 99, "小型"),
        (3, 0, "中型"),
        (0, 100, "中型"),
        (10, 0, "大型"),
        (0, 500, "大型"),
        (30, 0, "特大型"),
        (0, 1000, "特大型"),
    ],
)
def test_disaster_takes_the_higher_of_deaths_and_loss(deaths, loss, grade):
    assert disaster_grade(deaths, loss).grade == grade


def test_missing_people_are_not_counted_as_dead_unless_the_rules_say_so():
    assert disaster_grade(2, 0, missing=30).grade == "小型"


def test_the_reason_is_said():
    assert danger_grade(128, 60).reason == "需转移人数 128 人 ≥ 100 人，为中型"
    assert danger_grade(12, 60).reason == "需转移人数 12 人 < 100 人，潜在经济损失 60 万元 < 500 万元，为小型"


def test_nothing_known_is_no_grade_and_half_known_says_so():
    assert danger_grade() is None
    assert disaster_grade(None, None) is None
    half = danger_grade(12, None)
    assert (half.grade, half.complete) == ("小型", False)
    assert "潜在经济损失没有填，等级可能更高" in half.reason
    assert danger_grade(2000, None).complete


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(0, 50_000), st.floats(0, 50_000))
def test_more_people_or_more_loss_never_lowers_a_grade(people, more_people, loss, more_loss):
    before = danger_grade(people, loss).grade
    after = danger_grade(people + more_people, loss + more_loss).grade
    assert grades().index(after) >= grades().index(before)


@pytest.mark.parametrize("value", [-1, float("nan")])
def test_impossible_numbers_are_refused(value):
    with pytest.raises(ValueError, match="0 or more"):
        danger_grade(value, 0)


@pytest.mark.parametrize(
    ("hazard", "size", "grade"),
    [
        ("滑坡", {"volume_m3": 99_999}, "小型"),
        ("滑坡", {"volume_m3": 100_000}, "中型"),
        ("滑坡", {"volume_m3": 10_000_000}, "特大型"),
        ("崩塌", {"volume_m3": 12_000}, "中型"),
        ("泥石流", {"volume_m3": 500_000}, "特大型"),
        ("山洪泥石流", {"volume_m3": 19_999}, "小型"),
        ("地面塌陷", {"area_m2": 150_000}, "中型"),
    ],
)
def test_scale_by_the_quantity_of_the_type(hazard, size, grade):
    found = scale_class(hazard, **size)
    assert found.grade == grade
    assert found.source.words


def test_scale_is_not_guessed():
    assert scale_class("地裂缝", volume_m3=1e6, area_m2=1e6) is None
    assert scale_class("地面塌陷", volume_m3=1e6) is None
    assert scale_class("滑坡") is None
    assert scale_class("不稳定斜坡", volume_m3=1e6, area_m2=1e6) is None


def test_unverified_classes_are_marked():
    assert scale_class("滑坡", volume_m3=1).source.verified
    assert not scale_class("崩塌", volume_m3=1).source.verified


def test_every_scaled_type_is_a_known_hazard():
    scaled = {one.name for one in hazard_types() if scale_class(one.name, volume_m3=1.0, area_m2=1.0)}
    assert scaled == {
        "滑坡",
        "崩塌",
        "泥石流",
        "山洪泥石流",
        "地面塌陷",
    }
