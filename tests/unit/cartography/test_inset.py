"""The small map of where the district lies among its neighbours."""

import re

import shapely

from geohazard_desktop.cartography.furniture import inset_svg

HERE = shapely.box(0, 0, 10_000, 10_000)


def across(svg: str) -> float:
    """How wide the coloured district is drawn, in millimetres."""
    (drawn,) = re.findall(r'fill="#E6B8D3"[^>]* d="M\d+ \d+l0-\d+(-?\d+)', svg)
    return abs(int(drawn)) / 100


def test_beside_a_neighbour_as_large_as_a_province_the_district_is_no_dot():
    large, far = shapely.box(-200_000, -200_000, 0, 200_000), shapely.box(150_000, 0, 160_000, 10_000)
    svg = inset_svg([large, far], HERE, 36, 36, names=["大旗", "远县"])
    assert across(svg) > 8
    assert ">大旗<" in svg
    assert "远县" not in svg, "nothing of it is in the picture"


def test_a_neighbour_of_which_a_strip_is_seen_is_not_named_over_the_others():
    strip, wide = shapely.box(10_000, -5_000, 10_600, 15_000), shapely.box(10_600, -5_000, 20_000, 15_000)
    svg = inset_svg([strip, wide], HERE, 36, 36, names=["窄区", "宽区"])
    assert ">宽区<" in svg
    assert "窄区" not in svg
