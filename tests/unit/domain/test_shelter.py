"""How many people a shelter takes."""

import pytest

from geohazard_desktop.domain.shelter import capacity


@pytest.mark.parametrize(
    ("typed", "area", "each", "people"),
    [
        (600, None, None, 600),
        (600, 10, 2, 600),
        (0, 900, 1.5, 0),
        (None, 900, 1.5, 600),
        (None, 899, 1.5, 599),
        (None, 0.3, 0.1, 3),
        (None, 900, None, None),
        (None, None, 1.5, None),
        (None, 900, 0, None),
        (None, 900, -1, None),
    ],
)
def test_capacity(typed, area, each, people):
    assert capacity(typed, area, each) == people
