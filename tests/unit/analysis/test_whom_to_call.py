"""Whom a household phones: its own helper, the point's monitor, who patrols the zone, the duty line; never itself."""

import pytest

from geohazard_desktop.analysis.whom_to_call import whom_to_call
from geohazard_desktop.workspace.feature import Feature

DUTY = {"duty.phone": "0000-0000000"}


def one(layer: str, **values: str) -> Feature:
    return Feature(layer, layer, None, dict(values))


POINT = one("hazard_point", monitor="李示例", monitor_phone="139 0000 0001")
ZONE = one("danger_zone", patrol_person="赵示例", patrol_phone="139 0000 0002")


@pytest.mark.parametrize(
    ("house", "zone", "point", "who", "phone", "named"),
    [
        ({"helper": "周示例", "helper_phone": "139 0000 0005"}, ZONE, POINT, "周示例", "139 0000 0005", True),
        ({}, ZONE, POINT, "李示例", "139 0000 0001", True),
        ({"phone": "13900000001"}, ZONE, POINT, "赵示例", "139 0000 0002", True),  # the monitor's own house
        ({"phone": "139 0000 0007、139 0000 0001"}, ZONE, POINT, "赵示例", "139 0000 0002", True),  # his second number
        (
            {"phone": "0473-2000000转801"},
            None,
            one("hazard_point", monitor="李示例", monitor_phone="0473-2000000转802"),
            "李示例",
            "0473-2000000转802",
            True,
        ),  # another room of the same exchange
        (
            {"phone": "139 0000 0001、1"},
            None,
            one("hazard_point", monitor="李示例", monitor_phone="139 0000 00011"),
            "李示例",
            "139 0000 00011",
            True,
        ),  # two cells are no one row of digits
        ({}, ZONE, None, "赵示例", "139 0000 0002", True),
        ({}, None, one("hazard_point", monitor_phone="139 0000 0001"), "监测人", "139 0000 0001", True),
        ({}, None, one("hazard_point", monitor="孙示例"), "孙示例", "139 0000 0009", True),  # 责任人 has the number
        ({}, None, one("hazard_point", monitor="无号码"), "值班电话", "0000-0000000", False),
        ({"helper": "周示例", "helper_phone": "无"}, ZONE, POINT, "李示例", "139 0000 0001", True),
        ({"helper": "孙示例", "helper_phone": "没有电话"}, ZONE, POINT, "孙示例", "139 0000 0009", True),
        ({"helper": "周示例", "helper_phone": "无"}, None, None, "值班电话", "0000-0000000", False),
    ],
)
def test_the_first_who_has_a_telephone(house, zone, point, who, phone, named):
    found = whom_to_call(one("household", **house), zone, point, DUTY, {"孙示例": "139 0000 0009"}.get)
    assert (found.who, found.phone, found.named) == (who, phone, named)


def test_nobody_is_invented():
    assert whom_to_call(one("household"), None, None, {}) is None
    assert whom_to_call(one("household", helper="周示例", helper_phone="无"), None, None, {"duty.phone": "无"}) is None


def test_a_point_that_says_there_is_no_number_does_not_hide_who_patrols():
    house = one("household", helper="赵示例", helper_phone="139 0000 0002")
    assert whom_to_call(house, ZONE, one("hazard_point", monitor_phone="无"), {}).busy
