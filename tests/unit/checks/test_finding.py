"""A finding's key, and how many findings there are of each severity."""

import pickle
from dataclasses import replace

from geohazard_desktop.checks.finding import Finding, counted


def test_a_finding_makes_its_key_once_and_keeps_it_wherever_it_goes():
    one = Finding("danger_zone_gap", "danger_zone", "SL-W-0001", "a", "error", "gap", others=("b",), about="name")
    assert one.key == "danger_zone_gap|danger_zone|a|name|b"
    assert one.key is one.key
    assert pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(one)).key == one.key
    assert replace(one, about="reason").key == "danger_zone_gap|danger_zone|a|reason|b"


def test_findings_are_counted_by_severity():
    errors = [Finding("geometry", "river", "", str(n), "error", "") for n in range(2)]
    assert counted([*errors, Finding("geometry", "river", "", "c", "info", "")]) == {"error": 2, "info": 1}
