"""Every place where a stroke crosses itself is found, also in a stroke of many corners."""

import pytest
from shapely import Polygon

from geohazard_desktop.editing.judgement import judge


def test_two_crossings_are_two_places():
    found = judge("polygon", [(0, 0), (100, 0), (100, 50), (50, -30), (0, 50)], 4524)
    assert found.fault
    assert len(found.faults) == 2
    for place in found.faults:
        assert place[1] == pytest.approx(0)


def test_a_long_stroke_that_crosses_itself_once():
    corners = [(float(step), float(step % 2)) for step in range(300)]
    corners += [(300.0, 100.0), (150.0, -50.0)]
    found = judge("polygon", corners, 4524)
    assert not Polygon(corners).is_valid
    assert 1 <= len(found.faults) <= 20
