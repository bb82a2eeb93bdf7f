"""What a name looks like on paper does not depend on what the process painted before."""

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from geohazard_desktop.cartography import fonts

SIGNS = "路线3危险区A"


def corners(text: str, *, bold: bool) -> list[tuple[float, float]]:
    fonts.outline.cache_clear()
    path = fonts.outline(text, "hei", bold)
    elements = [path.elementAt(number) for number in range(path.elementCount())]
    return [(one.x, one.y) for one in elements]


def paint(size: float, *, bold: bool, italic: bool, hinting: QFont.HintingPreference) -> None:
    """As a window writes on its screen."""
    screen = QImage(400, 200, QImage.Format.Format_ARGB32)
    screen.fill(QColor("#FFFFFF"))
    painter = QPainter(screen)
    font = QFont(fonts.family("hei"))
    font.setPointSizeF(size)
    font.setBold(bold)
    font.setItalic(italic)
    font.setHintingPreference(hinting)
    painter.setFont(font)
    painter.drawText(20, 100, "路线 3 abc 东坡 危险区")
    painter.end()


@pytest.mark.parametrize("bold", [False, True])
def test_an_outline_is_the_same_whatever_was_painted_before(bold):
    before = {sign: corners(sign, bold=bold) for sign in (*SIGNS, SIGNS)}
    assert all(before.values())
    for size in (9.0, 12.5, 17.3, 60.0):
        for hinting in (QFont.HintingPreference.PreferNoHinting, QFont.HintingPreference.PreferDefaultHinting):
            for italic in (False, True):
                paint(size, bold=bold, italic=italic, hinting=hinting)
                assert {sign: corners(sign, bold=bold) for sign in (*SIGNS, SIGNS)} == before


def test_an_outline_is_as_large_as_the_character():
    box = fonts.outline("口", "hei", False).boundingRect()
    assert 50 < box.width() < 100
    assert 50 < box.height() < 100
    assert -100 < box.top() < -60
    assert 0 <= box.left() < 25
