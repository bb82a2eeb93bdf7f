"""Of a moved map only what came into sight is painted anew, and nobody can tell."""

import numpy as np
import pytest
from map_layers_by_hand import picture, rule
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.map_process.ground import ground_painting
from geohazard_desktop.cartography.view import MM_PER_INCH, MapView

E, N = 36_400_000.0, 4_370_000.0
PIXEL = 10_000 / 1000 * MM_PER_INCH / 96
STYLE = {
    "opacity": 0.7,
    "rule": [
        rule(
            {"kind": "fill", "color": "#D9CCEE", "opacity": 0.62},
            {"kind": "crosses", "color": "#5B3E96", "width": 0.24, "size": 1.1, "spacing": 3.4},
            {"kind": "hatch", "color": "#D7000F", "width": 0.2, "spacing": 1.7, "angle": 45.0},
            {"kind": "stroke", "color": "#D7000F", "width": 0.75, "casing": 1.0, "dash": [2.0, 1.0]},
        )
    ],
}
LINE = {
    "rule": [
        rule(
            {"kind": "stroke", "color": "#1B6E45", "width": 1.15},
            {"kind": "arrows", "color": "#1B6E45", "size": 4.0, "spacing": 25.0},
        )
    ]
}
MARK = {"rule": [rule({"kind": "marker", "name": "shelter", "size": 6.0, "halo": 0.3})]}


@pytest.fixture
def pictures():
    ensure_application()
    rng = np.random.default_rng(3)
    areas = [box(x, y, x + 400, y + 250) for x, y in rng.uniform(-1500, 1500, (40, 2))]
    lines = [LineString([(x, y), (x + 700, y + 300), (x + 900, y - 200)]) for x, y in rng.uniform(-1500, 1500, (12, 2))]
    points = [Point(x, y) for x, y in rng.uniform(-1500, 1500, (50, 2))]
    return [picture(areas, STYLE, "a"), picture(lines, LINE, "b"), picture(points, MARK, "c")]


def view(dx=0, dy=0, denominator=10_000.0):
    return MapView((E + dx * PIXEL, N - dy * PIXEL), denominator, 300 * MM_PER_INCH / 96, 200 * MM_PER_INCH / 96, 96.0)


def done(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def pixels(ground):
    image = ground.image
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)[:, :, :3].astype(int)


@pytest.mark.parametrize("way", [(40, 0), (0, 25), (-70, 33), (120, -90), (1000, 0)])
def test_a_moved_map_is_the_map_painted_there(pictures, way):
    first = done(ground_painting(None, view(), "k", pictures, ()))
    moved = done(ground_painting(first, view(*way), "k", pictures, ()))
    anew = done(ground_painting(None, view(*way), "k", pictures, ()))
    difference = np.abs(pixels(moved) - pixels(anew))
    assert difference.mean() < 0.05
    assert np.count_nonzero(difference.max(axis=2) > 40) < 20


def test_only_the_strip_that_came_into_sight_is_painted(pictures, monkeypatch):
    from geohazard_desktop.cartography.map_process import ground as module

    seen = []
    painting = module.painting
    monkeypatch.setattr(
        module,
        "painting",
        lambda painter, part, *rest, **more: seen.append(part) or painting(painter, part, *rest, **more),
    )
    first = done(ground_painting(None, view(), "k", pictures, ()))
    seen.clear()
    done(ground_painting(first, view(30, 0), "k", pictures, ()))
    assert [(round(one.width), round(one.height)) for one in seen] == [(30, 200)]


@pytest.mark.parametrize("other", [view(0.4, 0), view(denominator=5_000.0)], ids=["part of a pixel", "another scale"])
def test_what_does_not_fit_is_painted_whole(pictures, other):
    first = done(ground_painting(None, view(), "k", pictures, ()))
    moved = done(ground_painting(first, other, "k", pictures, ()))
    assert np.array_equal(pixels(moved), pixels(done(ground_painting(None, other, "k", pictures, ()))))


def test_another_key_is_another_map(pictures):
    first = done(ground_painting(None, view(), "k", pictures, ()))
    fewer = done(ground_painting(first, view(), "other", pictures[:1], ()))
    assert np.array_equal(pixels(fewer), pixels(done(ground_painting(None, view(), "k", pictures[:1], ()))))


def test_where_something_changed_it_is_painted_anew(pictures):
    first = done(ground_painting(None, view(), "k", pictures, ()))
    here = box(-100, -100, 100, 100)
    more = [*pictures, picture([here], {"rule": [rule({"kind": "fill", "color": "#000000"})]}, "d")]
    dirty = [(E - 100, N - 100, E + 100, N + 100)]
    changed = done(ground_painting(first, view(), "k", more, dirty))
    anew = done(ground_painting(None, view(), "k", more, ()))
    difference = np.abs(pixels(changed) - pixels(anew))
    assert difference.mean() < 0.05
    assert np.abs(pixels(changed) - pixels(first)).max() > 100
