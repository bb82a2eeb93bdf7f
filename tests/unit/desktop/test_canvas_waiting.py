"""A map whose first picture does not come says so: a busy machine took twelve seconds for an empty, silent one."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from geohazard_desktop.desktop.maps import canvas as canvas_module
from geohazard_desktop.desktop.maps.canvas import MapCanvas


def inked(canvas: MapCanvas) -> int:
    """Dark pixels at the top in the middle, where what the map waits for is said."""
    image = QImage(QSize(canvas.width(), 60), QImage.Format.Format_Grayscale8)
    image.fill(255)
    canvas.render(image)
    middle = range(canvas.width() // 2 - 60, canvas.width() // 2 + 60)
    return sum(image.pixelColor(x, y).lightness() < 100 for x in middle for y in range(60))


def test_a_first_picture_that_does_not_come_is_said_to_be_under_way(application, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(canvas_module, "_LATE_MS", 1)
    canvas = MapCanvas()
    monkeypatch.setattr(canvas.maker, "start", lambda *_view: None)
    canvas.resize(600, 400)
    canvas.map_shown = True
    before = inked(canvas)
    canvas.redraw_now()
    QTest.qWait(20)
    assert inked(canvas) > before + 50
    canvas.maker.refused.emit("读不了。")
    assert inked(canvas) == before, "it is under way no longer"
