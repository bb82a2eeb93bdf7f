"""One way through a meeting: the district, each 街道, in it zone after zone."""

import pytest
from shapely import box

from geohazard_desktop.analysis.meeting_steps import MeetingSteps
from geohazard_desktop.analysis.street_meeting import StreetPage, ZoneLine

SHAPE = box(0, 0, 10, 10)


def zone(name: str) -> ZoneLine:
    return ZoneLine(name, name, "", "拟划", 1, SHAPE.bounds)


def page(name: str, *zones: str) -> StreetPage:
    return StreetPage(name, (0, 0, 100, 100), tuple(zone(one) for one in zones), (), ())


@pytest.fixture
def steps() -> MeetingSteps:
    district = page("", "西沟", "北坡", "东沟", "边上")
    return MeetingSteps([district, page("空街道"), page("西街道", "西沟", "北坡"), page("东街道", "东沟", "西沟")])


def names(steps: MeetingSteps) -> tuple[str, str]:
    return steps.page.name, steps.page.zones[0].name if steps.page.zone else ""


def test_the_clicker_goes_through_everything_and_back(steps):
    way = [names(steps)]
    while steps.on(1):
        way.append(names(steps))
    assert way == [
        ("", ""), ("", "边上"), ("西街道", ""), ("西街道", "西沟"), ("西街道", "北坡"),
        ("东街道", ""), ("东街道", "东沟"), ("东街道", "西沟"), ("空街道", ""),
    ]  # fmt: skip
    back = [names(steps)]
    while steps.on(-1):
        back.append(names(steps))
    assert back == way[::-1]


def test_keys_for_zones_skip_streets_and_keys_for_streets_skip_zones(steps):
    assert steps.to_zone(1)
    assert names(steps) == ("", "边上")
    assert steps.to_zone(1)
    assert steps.to_zone(1)
    assert names(steps) == ("西街道", "北坡")
    assert steps.zone_number() == (2, 2)
    assert steps.to_street(-1)
    assert names(steps) == ("西街道", "")
    assert steps.to_street(1)
    assert names(steps) == ("东街道", "")
    assert steps.to_zone(-1)
    assert names(steps) == ("西街道", "北坡")
    steps.go(99)
    assert names(steps) == ("空街道", "")
    assert not steps.to_street(1)
    assert not steps.to_zone(1)
    assert names(steps) == ("空街道", ""), "at the end one stays"


def test_a_zone_on_two_sides_is_shown_on_the_side_that_is_spoken_of(steps):
    steps.go(2)
    assert steps.show("西沟")
    assert names(steps) == ("东街道", "西沟")
    steps.go(0)
    assert steps.show("西沟")
    assert names(steps) == ("西街道", "西沟")
    assert not steps.show("没有")
    assert names(steps) == ("西街道", "西沟")


def test_the_meeting_stays_where_it_is_when_the_data_change(steps):
    steps.show("东沟")
    steps.renew([page("", "东沟"), page("新街道", "新沟"), page("东街道", "东沟")])
    assert names(steps) == ("东街道", "东沟")
    steps.renew([page(""), page("东街道")])
    assert names(steps) == ("东街道", "")
    steps.renew([page("")])
    assert names(steps) == ("", "")
