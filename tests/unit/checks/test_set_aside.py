"""A reminder can be set aside with a reason; it is listed, comes back when the facts change, and can be taken back."""

from datetime import datetime

import pytest
from test_rules import TODAY, office  # noqa: F401

from geohazard_desktop.checks.run import check
from geohazard_desktop.checks.set_aside import asides_of, parted, set_aside, take_back
from geohazard_desktop.common.errors import EditRefused

WHEN = datetime(2026, 7, 18, 14, 5)


def _shown(ws):
    return [one.rule for one in parted(check(ws, today=TODAY), asides_of(ws))[0]]


def test_a_reminder_set_aside_is_listed_and_can_be_taken_back(office):  # noqa: F811
    office.change("danger_zone", must_move_people=1)
    (finding,) = office.found("danger_zone_people")
    office.ws.apply(set_aside(office.ws, finding, " 临时加了 帐篷 ", "乌示例", WHEN))
    assert _shown(office.ws) == []
    ((kept, record),) = parted(check(office.ws, today=TODAY), asides_of(office.ws))[1]
    assert kept.key == finding.key
    assert (record.reason, record.who, record.when) == ("临时加了 帐篷", "乌示例", "2026-07-18 14:05")
    assert "临时加了 帐篷" in office.ws.undo_words()
    office.ws.apply(take_back(office.ws, [record]))
    assert _shown(office.ws) == ["danger_zone_people"]
    office.ws.undo()
    assert _shown(office.ws) == []


def test_it_comes_back_when_the_facts_have_changed(office):  # noqa: F811
    office.change("danger_zone", must_move_people=1)
    office.ws.apply(set_aside(office.ws, office.found("danger_zone_people")[0], "够用", "甲", WHEN))
    office.change("danger_zone", must_move_people=0)
    assert _shown(office.ws) == ["danger_zone_people"]
    office.ws.apply(set_aside(office.ws, office.found("danger_zone_people")[0], "还是够用", "甲", WHEN))
    assert _shown(office.ws) == []
    assert len(asides_of(office.ws)) == 1


def test_errors_and_reminders_without_a_reason_are_refused(office):  # noqa: F811
    office.change("danger_zone", hazard_type=None)
    with pytest.raises(EditRefused, match="错误不能搁置"):
        set_aside(office.ws, office.found("required_fields")[0], "急", "甲", WHEN)
    office.change("danger_zone", must_move_people=1)
    with pytest.raises(EditRefused, match="没有写理由"):
        set_aside(office.ws, office.found("danger_zone_people")[0], "  ", "甲", WHEN)
