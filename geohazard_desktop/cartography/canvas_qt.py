"""Simple shapes and labels through a QPainter: screen, picture, printer.

Text and symbols are drawn by a painter whose unit is a millimetre. Areas and lines are brought to device units before:
under a painter that scales, Qt outlines every thin line by itself, which takes five times as long.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPaintEngine, QPainter, QPainterPath, QPen, QTransform

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.primitives import Dots, Fill, Primitive, Stamps, Stroke
from geohazard_desktop.cartography.strips import FEATURES_A_PATH, Strips, painter_paths
from geohazard_desktop.cartography.texture import discs

if TYPE_CHECKING:  # a map without markers and names, and the first picture of any map, waits for nothing of theirs
    from PySide6.QtSvg import QSvgRenderer

    from geohazard_desktop.cartography.label_text import Glyphs

_CAPS = {"flat": Qt.PenCapStyle.FlatCap, "round": Qt.PenCapStyle.RoundCap, "square": Qt.PenCapStyle.SquareCap}
_SMOOTH_FROM_PX = 1.1  # thinner outlines need no round joins: nobody sees them, and they cost the most


# The rasteriser works through a path in bands of some 40 rows, each time through all of it: one path is no higher.
_NARROWEST_PX, _WIDEST_PX, _HIGH_PX = 8.0, 64.0, 40.0
_HAIRS_A_PATH = 200  # lines that it draws without filling their outline
_COLUMNS_FROM = 8  # strips; fewer gain nothing


class QtCanvas:
    """Draws in mm on a painter, `units_per_mm` of whose units make a millimetre. `problems` collects sentences."""

    def __init__(self, painter: QPainter, units_per_mm: float) -> None:
        self.painter = painter
        self.units_per_mm = units_per_mm
        self.device_per_mm = units_per_mm * painter.deviceTransform().m11()
        self.problems: list[str] = []
        engine = painter.paintEngine()
        self._raster = engine is not None and engine.type() == QPaintEngine.Type.Raster
        self._units = painter.worldTransform()
        painter.scale(units_per_mm, units_per_mm)
        self._millimetres = painter.worldTransform()

    def draw(self, primitive: Primitive) -> Iterator[None]:
        """Draw in small pieces; between two of them the caller may look at the clock."""
        painter = self.painter
        if isinstance(primitive, Fill):
            colour = QColor(primitive.color)
            colour.setAlphaF(primitive.opacity)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour))
            yield from self._paths(primitive.areas)
        elif isinstance(primitive, Stroke):
            painter.setPen(self._pen(primitive))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            hair = primitive.width * self.device_per_mm <= 1.0
            yield from self._paths(primitive.lines, features_a_path=_HAIRS_A_PATH if hair else 0)
        elif isinstance(primitive, Dots):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(primitive.color))
            yield from self._paths(discs(primitive.centres, primitive.diameter), features_a_path=400)
        else:
            yield from self._stamps(primitive)

    def _paths(self, strips: Strips, features_a_path: int = 0) -> Iterator[None]:
        self.painter.setWorldTransform(self._units)
        try:
            # Fill and outline of a layer share their strips, and so does the next picture of the same view.
            key = self.units_per_mm, self._raster
            made = strips.paths.get(key)
            if made is not None:
                for path in made:
                    self.painter.drawPath(path)
                    yield
                return
            kept: list[QPainterPath] = []
            for path in self._made(strips, features_a_path):
                self.painter.drawPath(path)
                kept.append(path)
                yield
            strips.paths[key] = kept
        finally:
            self.painter.setWorldTransform(self._millimetres)

    def _made(self, strips: Strips, features_a_path: int) -> Iterator[QPainterPath]:
        scaled = strips.scaled(self.units_per_mm)
        if not self._raster or len(strips) < _COLUMNS_FROM:
            return painter_paths(scaled, features_a_path or FEATURES_A_PATH)
        # Found by trial from 5 to 640 pixels a feature: columns half as wide, paths of what lies below each other.
        width, height = scaled.mean_size()
        columns = scaled.in_columns(min(_WIDEST_PX, max(_NARROWEST_PX, width / 2)))
        return painter_paths(columns, features_a_path or max(1, min(FEATURES_A_PATH, round(_HIGH_PX / max(height, 1)))))

    def _pen(self, stroke: Stroke) -> QPen:
        colour = QColor(stroke.color)
        colour.setAlphaF(stroke.opacity)
        pen = QPen(colour, stroke.width * self.units_per_mm)
        thin = stroke.width * self.device_per_mm < _SMOOTH_FROM_PX
        pen.setCapStyle(_CAPS[stroke.cap] if not thin else Qt.PenCapStyle.FlatCap)
        round_ = stroke.join == "round" and not thin
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if round_ else Qt.PenJoinStyle.BevelJoin)
        return pen

    def _stamps(self, stamps: Stamps) -> Iterator[None]:
        from geohazard_desktop.cartography.symbol_files import symbol_or_question

        symbol, problem = symbol_or_question(stamps.name)
        if problem and problem not in self.problems:
            self.problems.append(problem)
        svg, wide, high = symbol.picture(stamps.size, stamps.halo)
        if not self._raster:
            renderer = _renderer(svg)
            for x, y in stamps.centres.tolist():
                renderer.render(self.painter, QRectF(x - wide / 2, y - high / 2, wide, high))
            yield
            return
        whole = self.painter.deviceTransform()
        image = stamp_image(svg, wide, high, whole.m11())
        # Set to whole pixels, so that every copy is equally sharp.
        self.painter.save()
        self.painter.setWorldTransform(self.painter.worldTransform() * whole.inverted()[0])
        for number, (x, y) in enumerate(stamps.centres.tolist()):
            place = whole.map(QPointF(x, y))
            left = round(place.x() - image.width() / 2)
            self.painter.drawImage(left, round(place.y() - image.height() / 2), image)
            if number % 200 == 199:
                yield
        self.painter.restore()
        yield

    def text(self, glyphs: "Glyphs", color: str, halo: float) -> None:
        """One line of text with a white halo of `halo` mm on each side."""
        path = QPainterPath()
        for run in glyphs.runs:
            part = fonts.outline(run.text, glyphs.family, glyphs.bold)
            path.addPath(run_transform(run.x, run.y, run.angle, glyphs.size / 100, glyphs.slant).map(part))
        path.setFillRule(Qt.FillRule.WindingFill)
        if halo > 0:
            pen = QPen(QColor("white"), 2 * halo)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self.painter.strokePath(path, pen)
        self.painter.fillPath(path, QColor(color))

    def plate(self, box: tuple[float, float, float, float], color: str) -> None:
        """What the words of a label stand on, with round ends."""
        left, top, right, bottom = box
        shape = QPainterPath()
        shape.addRoundedRect(left, top, right - left, bottom - top, (bottom - top) / 2, (bottom - top) / 2)
        self.painter.fillPath(shape, QColor(color))
        self.painter.strokePath(shape, QPen(QColor("white"), 0.35))

    def leader(self, x0: float, y0: float, x1: float, y1: float, color: str) -> None:
        """From a label to what it names, with a dot there."""
        line = QPainterPath()
        line.moveTo(x0, y0)
        line.lineTo(x1, y1)
        self.painter.strokePath(line, QPen(QColor("white"), 0.8))
        self.painter.strokePath(line, QPen(QColor(color), 0.3))
        dot = QPainterPath()
        dot.addEllipse(x1 - 0.45, y1 - 0.45, 0.9, 0.9)
        self.painter.fillPath(dot, QColor(color))


def run_transform(x: float, y: float, angle: float, scale: float, slant: float) -> QTransform:
    """Glyph units to mm: scaled, leaning by `slant` degrees (right is positive), turned by `angle` (clockwise)."""
    transform = QTransform()
    transform.translate(x, y)
    transform.rotate(angle)
    if slant:
        transform.shear(-float(np.tan(np.radians(slant))), 0.0)
    transform.scale(scale, scale)
    return transform


@lru_cache(maxsize=64)
def _renderer(svg: str) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(maxsize=128)
def stamp_image(svg: str, wide: float, high: float, per_mm: float) -> QImage:
    """The symbol at device resolution, drawn once and copied to each place."""
    image = QImage(
        max(1, round(wide * per_mm)), max(1, round(high * per_mm)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(svg).render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    return image
