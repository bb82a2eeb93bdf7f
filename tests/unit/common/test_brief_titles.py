"""Titles as people type them, where that means one thing."""

from geohazard_desktop.common.brief_titles import brief, called_briefly


def test_brackets_of_either_width_are_left_out():
    assert brief("街道（镇）") == brief("街道(镇)") == brief(" 街 道 ") == "街道"
    assert called_briefly("街道", ["社区（村）", "街道（镇）"], str) == "街道（镇）"


def test_what_might_be_two_things_is_neither():
    assert called_briefly("财产", ["财产（万元）", "财产（户）"], str) is None
    assert called_briefly("", ["（空）"], str) is None
    assert called_briefly("镇", ["街道（镇）"], str) is None
