"""Grid and graticule over the canvas: nothing until switched on, then lines where the map's coordinates say."""

import numpy as np
import pytest
from pyproj import CRS, Transformer
from PySide6.QtGui import QColor, QImage, QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.nets import Nets
from geohazard_desktop.desktop.palette import MARKS

CRS_4524 = CRS.from_epsg(4524)
VIEWPORT = Viewport(36_388_000.0, 4_374_000.0, 100_000.0, 900.0, 600.0)


def painted(nets: Nets, viewport: Viewport = VIEWPORT) -> np.ndarray:
    image = QImage(round(viewport.width), round(viewport.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    nets.paint(painter, viewport)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


def of_colour(picture: np.ndarray, colour: str) -> np.ndarray:
    wanted = QColor(colour)
    return (picture == (wanted.red(), wanted.green(), wanted.blue())).all(axis=2)


@pytest.fixture
def nets() -> Nets:
    made = Nets()
    made.set_crs(CRS_4524)
    return made


def test_nothing_is_painted_until_it_is_switched_on(nets):
    assert (painted(nets) == 255).all()


def test_grid_lines_stand_at_full_kilometres(nets):
    nets.grid = True
    lines = of_colour(painted(nets), MARKS.grid)
    x, _y = VIEWPORT.to_screen(36_390_000.0, 4_374_000.0)
    _x, y = VIEWPORT.to_screen(36_388_000.0, 4_372_000.0)
    assert lines[400, round(x) - 1 : round(x) + 2].any()
    assert not lines[410, round(x) + 10 : round(x) + 30].any()
    assert lines[round(y) - 1 : round(y) + 2, 300].any()


def test_a_meridian_stands_where_the_projection_sets_it(nets):
    nets.graticule = True
    lines = of_colour(painted(nets), MARKS.graticule)
    to_metres = Transformer.from_crs(CRS_4524.geodetic_crs, CRS_4524, always_xy=True)
    latitude = to_metres.transform(VIEWPORT.east, VIEWPORT.north, direction="INVERSE")[1]
    hit = 0
    for step in np.linspace(-0.02, 0.02, 41):
        x, y = VIEWPORT.to_screen(*to_metres.transform(106.0 + 40.0 / 60.0, latitude + step))
        hit += bool(lines[round(y), round(x) - 2 : round(x) + 3].any())
    assert hit > 15, "a dashed line: it is there for more than half of its length"


def test_true_north_is_told_where_it_differs(nets):
    assert nets.north(VIEWPORT).startswith("真北偏东 0°5")
    assert Nets().north(VIEWPORT) == ""
