"""Looking again at what an edit touched gives what a whole run would give."""

import pytest
from shapely import Point, box
from test_rules import FAULTS, TODAY, E, N, office  # noqa: F401

from geohazard_desktop.checks.focus import touched_by
from geohazard_desktop.checks.run import check, check_near, merged
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Edit, changed

WAIT_FOR_A_WHOLE_RUN = {"schematic"}


@pytest.mark.parametrize("rule", sorted(set(FAULTS) - WAIT_FOR_A_WHOLE_RUN))
def test_after_an_edit_the_list_is_as_a_whole_run_would_make_it(office, rule):  # noqa: F811
    ws = office.ws
    findings = check(ws, today=TODAY)
    deltas = []
    unsubscribe = ws.subscribe(deltas.extend)
    for step in (lambda: FAULTS[rule](office), ws.undo):
        deltas.clear()
        step()
        findings = merged(findings, check_near(ws, touched_by(deltas, ws.definitions), today=TODAY))
        assert _told(findings) == _told(check(ws, today=TODAY))
    unsubscribe()


def test_a_number_given_twice_is_found_among_many_neighbours_too(office):  # noqa: F811
    """With few numbers in question each is looked up, with many the layer is gone through once."""
    ws = office.ws
    for number in range(9):
        office.put(
            "shelter", Point(E + 700 + number, N + 430), name=f"空地{number}", id=f"SL-A-1{number:03}", capacity=50
        )
    far = office.put("shelter", Point(E - 2000, N - 2000), name="远处", id="SL-A-2000", capacity=50)
    findings = check(ws, today=TODAY)
    deltas = []
    unsubscribe = ws.subscribe(deltas.extend)
    near = ws.find("shelter", "name", "空地3")[0]
    ws.apply(Edit("改", [changed(near, near.with_values(id=far.text("id")))]))
    unsubscribe()
    again = merged(findings, check_near(ws, touched_by(deltas, ws.definitions), today=TODAY))
    assert "duplicate_id" in {one.rule for one in again}
    assert _told(again) == _told(check(ws, today=TODAY))


def _told(findings):
    return {(one.key, one.sentence, one.fix, one.street) for one in findings}


def test_what_is_far_away_is_left_alone(office):  # noqa: F811
    office.change("shelter", capacity=1)
    findings = check(office.ws, today=TODAY)
    steps = []
    unsubscribe = office.ws.subscribe(steps.extend)
    office.put("key_area", FAR)
    unsubscribe()
    again = check_near(office.ws, touched_by(steps, office.ws.definitions), today=TODAY)
    assert {layer for layer, _uid in again.judged} == {"key_area", "susceptibility_zone", "district"}
    assert again.complete
    assert [one.rule for one in merged(findings, again)] == ["shelter_capacity"]


def test_who_is_fetched_elsewhere_is_not_asked_again(office):  # noqa: F811
    office.change("household_member", mobility="卧床")
    far = office.put("danger_zone", FAR, hazard_type="崩塌", must_move_people=0)
    steps = []
    unsubscribe = office.ws.subscribe(steps.extend)
    office.ws.apply(change_values(office.ws.definitions, [far], {"patrol_phone": "139 0000 0008"}))
    unsubscribe()
    again = check_near(office.ws, touched_by(steps, office.ws.definitions), today=TODAY)
    assert "household" not in {layer for layer, _uid in again.judged}


def test_whose_remark_alone_says_that_he_lies_in_bed_is_asked_about_where_the_monitors_number_goes(office):  # noqa: F811
    office.put("person", name="王示例", phone="139 0000 0009")
    office.change("household", remark="老伴卧床")
    office.change("danger_zone", patrol_phone=None)
    office.change("hazard_point", monitor_phone=None)
    findings = check(office.ws, today=TODAY)
    steps = []
    unsubscribe = office.ws.subscribe(steps.extend)
    office.remove("person")
    unsubscribe()
    again = check_near(office.ws, touched_by(steps, office.ws.definitions), today=TODAY)
    assert _told(merged(findings, again)) == _told(check(office.ws, today=TODAY))
    rules = {one.rule for one in merged(findings, again)}
    assert {"household_remarks", "household_not_fetched"} <= rules


FAR = box(E - 2000, N - 2000, E - 1900, N - 1900)
