"""Scale and notes on the canvas: nothing is cut where the map is narrow."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps import furniture

NOTE = "？路线 1 条问清再走　×路线 1 条不能再用"


@pytest.mark.parametrize("width", [380, 1000])
def test_a_note_is_never_cut_at_the_edge_of_the_map(width: int):
    image = QImage(width, 460, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    viewport = Viewport(36_400_000.0, 4_370_000.0, 198_000.0, width, 460)
    furniture.paint(painter, viewport, schematic=True, note=NOTE)
    painter.end()
    inked = np.frombuffer(image.constBits(), np.uint8).reshape(460, width, 4)[300:, :, 3] > 0
    assert inked.any()
    assert not inked[:, -4:].any()
    low = inked[:, :60].any(axis=1).nonzero()[0]
    covered = furniture.boxes(viewport, note=NOTE)[1]
    assert covered[1] - 300 <= low[0] + 4, "names on the map keep off all of it"
