"""Meridians and parallels stand where the projection sets them."""

from itertools import pairwise

import pytest
from pyproj import CRS, Transformer

from geohazard_desktop.cartography.furniture import north_words, scale_bar, true_north
from geohazard_desktop.cartography.graticule import angle_words, graticule_lines, graticule_step, graticule_ticks
from geohazard_desktop.cartography.view import MapView

CRS_4524 = CRS.from_epsg(4524)  # CGCS2000, 3 degrees, zone 36, central meridian 108°
FORWARD = Transformer.from_crs(CRS_4524.geodetic_crs, CRS_4524, always_xy=True)
CENTRE = FORWARD.transform(106.70, 39.50)


def sheet(denominator: float = 100_000.0) -> MapView:
    return MapView(CENTRE, denominator, 224.0, 244.0, 300.0)


def seconds(label: str) -> float:
    degrees, rest = label.split("°")
    minutes, rest = rest.split("′")
    return int(degrees) * 3600 + int(minutes) * 60 + int(rest.rstrip("″") or 0)


@pytest.mark.parametrize("denominator", [500.0, 5_000.0, 25_000.0, 100_000.0, 500_000.0])
def test_each_labelled_tick_stands_on_its_meridian_or_parallel(denominator):
    view = sheet(denominator)
    labelled = [one for one in graticule_ticks(view, CRS_4524) if one.label]
    assert labelled
    for one in labelled:
        x, y = {
            "top": (one.at, 0.0),
            "bottom": (one.at, view.height_mm),
            "left": (0.0, one.at),
            "right": (view.width_mm, one.at),
        }[one.side]
        longitude, latitude = FORWARD.transform(*view.from_mm(x, y), direction="INVERSE")
        measured = (longitude if one.side in {"top", "bottom"} else latitude) * 3600.0
        # a hundredth of a millimetre on paper, in seconds of arc
        assert measured == pytest.approx(seconds(one.label), abs=0.01 / view.mm_per_metre / 24.0)


def test_the_district_s_sheet_has_ticks_every_minute_and_labels_every_five():
    ticks = [one for one in graticule_ticks(sheet(), CRS_4524) if one.side == "bottom"]
    apart = [two.at - one.at for one, two in pairwise(ticks)]
    minute = FORWARD.transform(106.70 + 1 / 60, 39.50)[0] - CENTRE[0]
    assert apart == pytest.approx([minute * sheet().mm_per_metre] * len(apart), rel=0.01)
    assert [one.label for one in ticks if one.label] == ["106°35′", "106°40′", "106°45′"]


@pytest.mark.parametrize("denominator", [200.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0, 5_000_000.0])
def test_labels_are_few_and_there_is_at_least_one_line_each_way(denominator):
    lines = graticule_lines(sheet(denominator), CRS_4524)
    for axis in ("longitude", "latitude"):
        assert 1 <= len([one for one in lines if one.axis == axis]) <= 7
    label, tick = graticule_step(sheet(denominator), CRS_4524)
    assert label % tick == 0


def test_lines_follow_the_projection():
    view = sheet()
    for one in graticule_lines(view, CRS_4524):
        which = 0 if one.axis == "longitude" else 1
        for x, y in one.points[::16]:
            found = FORWARD.transform(*view.from_mm(x, y), direction="INVERSE")[which] * 3600
            assert found == pytest.approx(seconds(one.label), abs=1e-4)


def test_angles_in_words():
    assert angle_words(106 * 3600 + 42 * 60) == "106°42′"
    assert angle_words(39 * 3600 + 5) == "39°00′05″"
    assert angle_words(-3600) == "−1°00′"


def test_true_north_lies_to_the_right_west_of_the_central_meridian():
    """子午线收敛角: about (λ − λ0) sin φ; west of it the meridian leans to the right."""
    angle = true_north(CRS_4524, *CENTRE)
    assert angle == pytest.approx(1.30 * 0.6361, abs=0.005)
    assert north_words(angle) == "真北偏东 0°50′"
    assert north_words(-angle) == "真北偏西 0°50′"
    on_meridian = FORWARD.transform(108.0, 39.5)
    assert north_words(true_north(CRS_4524, *on_meridian)) == ""


def test_the_scale_bar_is_round_and_as_long_as_there_is_room():
    bar = scale_bar(sheet(), 45.0)
    assert (bar.metres, bar.length, bar.labels, bar.unit) == (4000.0, 40.0, ("0", "2", "4"), "千米")
