"""Marks over the map: what is being drawn, what is selected, what the pointer snaps to (look.md section 6).

Everything has a white casing, so that it holds on any ground. Lines are cut to the window first: a dashed line that
runs a thousand screens far would take seconds.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.drawing.snap_marks import marker
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import Place, Preview
from geohazard_desktop.workspace.feature import Feature

_MOST_OUTLINES = 1500
_ROUND = (Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def paint_selection(painter: QPainter, viewport: Viewport, features: Sequence[Feature]) -> None:
    colour = QColor(MARKS.selection)
    for feature in features[:_MOST_OUTLINES]:
        if feature.geometry is not None and not feature.geometry.is_empty:
            paint_outline(painter, viewport, feature.geometry, colour, fill=True)


def paint_outline(
    painter: QPainter, viewport: Viewport, geometry: BaseGeometry, colour: QColor, *, fill: bool = False
) -> None:
    box = _around(viewport)
    if geometry.geom_type.endswith("Point"):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for east, north in shapely.get_coordinates(geometry):
            centre = QPointF(*viewport.to_screen(east, north))
            for ink, width in ((QColor(MARKS.casing), 5.0), (colour, 2.4)):
                painter.setPen(QPen(ink, width))
                painter.drawEllipse(centre, 13, 13)
        return
    polygon = geometry.geom_type.endswith("Polygon")
    if fill and polygon:
        soft = QColor(colour)
        soft.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        try:
            inside = shapely.clip_by_rect(geometry, *box)
        except shapely.errors.GEOSException:  # an invalid outline has an edge to show, but no inside
            inside = shapely.Polygon()
        painter.drawPath(_path(inside, viewport))
    path = edge_path(viewport, geometry)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(MARKS.casing), 5.0), (colour, 2.4)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, *_ROUND))
        painter.drawPath(path)


def paint_preview(painter: QPainter, viewport: Viewport, preview: Preview, covered: QRectF | None = None) -> None:
    """`covered` is what floats over the map: the label beside the pointer keeps off it."""
    drawing = preview.kind in ("polygon", "line", "point", "measure", "shape")
    colour = QColor(MARKS.drawn if preview.kind == "polygon" else MARKS.route if preview.kind == "line" else MARKS.ink)
    if preview.kind == "measure":
        colour = QColor(MARKS.selection)
    for one in preview.outlines:
        paint_outline(painter, viewport, one, QColor(MARKS.drawn), fill=preview.kind == "shape")
    if drawing and preview.drawn:
        _paint_stroke(painter, viewport, preview, colour)
    if preview.guide:
        dashed(painter, viewport, preview.guide, colour, 1.4, [4, 3])
    crowded = preview.kind == "corners"  # many corners side by side: smaller marks, or they hide the border
    ink = colour if drawing else QColor(MARKS.selection)
    for place in preview.handles:
        _square(painter, viewport, place, 6 if crowded else 8, ink, solid=False)
    if drawing and preview.handles and preview.kind == "polygon":
        _square(painter, viewport, preview.handles[0], 11, colour, solid=True)
    for place in preview.chosen:
        _square(painter, viewport, place, 3 if crowded else 10, QColor(MARKS.selection), solid=True)
    for place in preview.faults:
        paint_ring(painter, viewport, place)
    if preview.rectangle is not None:
        paint_box(painter, viewport, preview.rectangle)
    if preview.boxes or preview.leader is not None:
        paint_name(painter, viewport, preview)
    if preview.snap is not None:
        _paint_snap(painter, viewport, preview.snap)
    lines = [text for text in ((preview.snap.words if preview.snap else ""), *preview.label.split("\n")) if text]
    if lines and preview.pointer is not None:
        away = preview.drawn[-1] if preview.drawn else None
        paint_label(painter, viewport, preview.pointer, lines, away, covered)


def _paint_stroke(painter: QPainter, viewport: Viewport, preview: Preview, colour: QColor) -> None:
    ahead = preview.rubber[1:]
    places = [*preview.drawn, *ahead]
    if preview.kind == "polygon" and len(places) >= 3:
        hatch = QColor(colour)
        hatch.setAlphaF(0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(_polygon(places, viewport))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(preview.drawn) > 1:
        path = _path(shapely.clip_by_rect(shapely.LineString(preview.drawn), *_around(viewport)), viewport)
        for ink, width in ((QColor(MARKS.casing), 5.6), (colour, 2.8)):
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, *_ROUND))
            painter.drawPath(path)
    dashed(painter, viewport, preview.rubber, colour, 2.4, [8 / 2.4, 5 / 2.4])
    dashed(painter, viewport, preview.closing, colour, 2.0, [1.0, 2.5])


def dashed(
    painter: QPainter, viewport: Viewport, places: Sequence[Place], colour: QColor, width: float, dash: list[float]
) -> None:
    if len(places) < 2 or places[0] == places[-1]:
        return
    path = _path(shapely.clip_by_rect(shapely.LineString(places), *_around(viewport, 60)), viewport)
    painter.setPen(QPen(QColor(255, 255, 255, 200), width + 2.4, Qt.PenStyle.SolidLine, *_ROUND))
    painter.drawPath(path)
    pen = QPen(colour, width)
    pen.setDashPattern(dash)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawPath(path)


def _square(painter: QPainter, viewport: Viewport, place: Place, side: float, colour: QColor, *, solid: bool) -> None:
    x, y = viewport.to_screen(*place)
    if not (-20 < x < viewport.width + 20 and -20 < y < viewport.height + 20):
        return
    painter.setPen(QPen(QColor(MARKS.casing) if solid and side > 6 else colour, 1.6))
    painter.setBrush(colour if solid else QColor(MARKS.casing))
    painter.drawRect(QRectF(x - side / 2, y - side / 2, side, side))


def paint_ring(painter: QPainter, viewport: Viewport, place: Place) -> None:
    """A place that a finding or a fault points at."""
    centre = QPointF(*viewport.to_screen(*place))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(MARKS.casing), 6.0), (QColor(MARKS.warning_ring), 3.0)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(centre, 20, 20)


def paint_box(painter: QPainter, viewport: Viewport, box: tuple[float, float, float, float]) -> None:
    """A box that is being drawn; its corners are metres."""
    left, bottom = viewport.to_screen(box[0], box[1])
    right, top = viewport.to_screen(box[2], box[3])
    soft = QColor(MARKS.selection)
    soft.setAlphaF(0.10)
    painter.setBrush(soft)
    painter.setPen(QPen(QColor(MARKS.selection), 1.2, Qt.PenStyle.DashLine))
    painter.drawRect(QRectF(left, top, right - left, bottom - top))


def paint_name(painter: QPainter, viewport: Viewport, preview: Preview) -> None:
    """A name that can be taken hold of; carried (with a leader, or beside the pointer), it stands out more."""
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)  # boxes overlap: one band, not a ladder
    for west, south, east, north in preview.boxes:
        left, top = viewport.to_screen(west, north)
        right, bottom = viewport.to_screen(east, south)
        outline.addRect(QRectF(left - 2, top - 2, right - left + 4, bottom - top + 4))
    outline = outline.simplified()
    colour = QColor(MARKS.selection)
    soft = QColor(colour)
    soft.setAlphaF(0.16 if preview.label else 0.06)
    painter.fillPath(outline, soft)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(MARKS.casing), 4.0), (colour, 1.8 if preview.label else 1.2)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, *_ROUND))
        painter.drawPath(outline)
        if preview.leader is not None:
            painter.drawLine(*(QPointF(*viewport.to_screen(*place)) for place in preview.leader))


def _paint_snap(painter: QPainter, viewport: Viewport, snap: Snap) -> None:
    for guide in (snap.guide, snap.second):
        if guide is not None:
            dashed(painter, viewport, guide, QColor(MARKS.snap), 1.6, [4.0, 3.0])
    path = marker(snap.kind).translated(*viewport.to_screen(snap.east, snap.north))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(MARKS.casing), 5.4), (QColor(MARKS.snap), 2.4)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.MiterJoin))
        painter.drawPath(path)


def paint_label(
    painter: QPainter,
    viewport: Viewport,
    pointer: Place,
    lines: Sequence[str],
    away: Place | None,
    covered: QRectF | None = None,
) -> None:
    """Dark plate beside the pointer, on the side away from what is drawn, inside the window and not under `covered`."""
    x, y = viewport.to_screen(*pointer)
    font = theme().font("table")
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(text) for text in lines) + 18
    height = len(lines) * (metrics.height() + 2) + 10
    from_x = viewport.to_screen(*away)[0] if away else x
    sides = [x - width - 18, x + 18] if from_x > x + 4 else [x + 18, x - width - 18]
    boxes = [
        QRectF(min(max(6.0, left), viewport.width - width - 6), top, width, height)
        for top in (y - height - 16, y + 22)
        for left in sides
        if 6 <= top <= viewport.height - height - 6
    ] or [QRectF(6.0, 6.0, width, height)]
    free = (one for one in boxes if covered is None or not covered.intersects(one))
    left, top = (box := next(free, boxes[0])).left(), box.top()
    painter.setPen(Qt.PenStyle.NoPen)
    ground = QColor(MARKS.label_ground)
    ground.setAlphaF(0.94)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(left, top, width, height), 5, 5)
    painter.setFont(font)
    for index, text in enumerate(lines):
        painter.setPen(QColor(MARKS.label_text if index == 0 else MARKS.label_text2))
        base = top + 5 + index * (metrics.height() + 2) + metrics.ascent()
        painter.drawText(QPointF(left + 9, base), text)


def _around(viewport: Viewport, pixels: float = 40) -> tuple[float, float, float, float]:
    return viewport.grown(pixels).bounds


def edge_path(viewport: Viewport, geometry: BaseGeometry) -> QPainterPath:
    """A line or an area's rings as they lie on the screen, cut to what is in sight."""
    return _path(shapely.clip_by_rect(_edges(geometry), *_around(viewport)), viewport)


def _edges(geometry: BaseGeometry) -> BaseGeometry:
    """Rings and lines as lines, also of an invalid polygon (whose `boundary` would be noded)."""
    if not geometry.geom_type.endswith("Polygon"):
        return geometry
    rings = [ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)]
    return shapely.MultiLineString([ring.coords for ring in rings if not ring.is_empty])


def _polygon(places: Sequence[Place], viewport: Viewport) -> QPolygonF:
    # Far corners are pulled in: the raster engine gives up beyond ±32 000 pixels.
    limit = 20_000.0
    points = []
    for place in places:
        x, y = viewport.to_screen(*place)
        points.append(QPointF(max(-limit, min(limit, x)), max(-limit, min(limit, y))))
    return QPolygonF(points)


def _path(geometry: BaseGeometry, viewport: Viewport) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            coordinates = shapely.get_coordinates(ring)
            if not len(coordinates):
                continue
            x = viewport.width / 2 + (coordinates[:, 0] - viewport.east) / viewport.pixel
            y = viewport.height / 2 - (coordinates[:, 1] - viewport.north) / viewport.pixel
            if not (np.isfinite(x).all() and np.isfinite(y).all()):
                continue
            path.addPolygon(QPolygonF([QPointF(*pair) for pair in zip(x.tolist(), y.tolist(), strict=True)]))
    return path
