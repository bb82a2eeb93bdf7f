"""A small map of what would be imported over the district's outline: wrong systems show at a glance."""

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.canvas_marks import paint_outline
from geohazard_desktop.desktop.palette import LIGHT, MARKS
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.feature import Feature

_MOST = 3000


class ImportMap(QWidget):
    """Paper, in every theme: what is painted and said on it has the colours of the light one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setMinimumHeight(theme().px(140))
        self.setAccessibleName(_("导入预览图"))
        ws = session.workspace
        district = ws.table("district") if "district" in ws.definitions else None
        self._outline = [one for one in district.geometries if one is not None] if district is not None else []
        self._shapes: list[BaseGeometry] = []
        self._count = 0

    def show_features(self, features: Sequence[Feature]) -> None:
        shapes = [one.geometry for one in features if one.geometry is not None and not one.geometry.is_empty]
        self._count = len(shapes)
        self._shapes = shapes[:: max(1, len(shapes) // _MOST)]
        self.update()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(MARKS.paper))
        painter.setPen(QPen(QColor(LIGHT.hairline), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        everything = [*self._outline, *self._shapes]
        if not everything:
            painter.setPen(QColor(LIGHT.text3))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("没有图形可以看"))
            return
        above = self._tell(painter)
        painter.translate(0, above)  # words on paper beside the map, not over a part of it
        bounds = shapely.total_bounds(everything)
        viewport = Viewport(0, 0, 1, self.width(), max(1, self.height() - above))
        viewport = viewport.fitted(tuple(map(float, bounds)), margin=0.06)
        for one in self._shapes:
            if one.geom_type.endswith("Point"):
                painter.setPen(QPen(QColor(MARKS.casing), 1))
                painter.setBrush(QColor(MARKS.selection))
                for east, north in shapely.get_coordinates(one):
                    painter.drawEllipse(QPointF(*viewport.to_screen(east, north)), 4, 4)
            else:
                paint_outline(painter, viewport, one, QColor(MARKS.selection), fill=True)
        for one in self._outline:  # above: it is what the rest is held against
            paint_outline(painter, viewport, one, QColor(LIGHT.text3))

    def _tell(self, painter: QPainter) -> int:
        """How much lies inside, in words at the top; returns the height that they take."""
        if not self._outline or not self._shapes:
            return 0
        area = shapely.union_all(self._outline)
        shapely.prepare(area)
        inside = int(shapely.intersects(area, self._shapes).sum())
        good = inside == len(self._shapes)
        if good:
            text = _("有图形的 {count} 个都在区界内，或碰到区界").format(count=self._count)
        else:
            share = 100 * inside / len(self._shapes)
            text = _("有图形的 {count} 个里，{share:.0f} % 在区界内，或碰到区界").format(count=self._count, share=share)
        painter.setFont(theme().font("table", bold=True))
        room = self.rect().adjusted(18, 13, -18, 0)
        lines = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(LIGHT.done if good else LIGHT.reminder))
        painter.drawText(room, lines, text)
        return painter.fontMetrics().boundingRect(room, lines, text).bottom()
