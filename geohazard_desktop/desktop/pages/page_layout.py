"""Where the pages of a PDF lie, one below the other or two and two, and which place of which page is meant."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

_GAP = 12.0


class PageLayout:
    """`boxes` in pixels of the content, from its upper left corner; `sizes` of the pages in points; `scale` pixels a
    point. Each row of two is as high as its higher page."""

    gap = _GAP

    def __init__(self, sizes: Sequence[QSizeF], scale: float, *, two: bool = False) -> None:
        self.scale = scale
        self.boxes: list[QRectF] = []
        across = 2 if two and len(sizes) > 1 else 1
        rows = [sizes[start : start + across] for start in range(0, len(sizes), across)]
        width = max((sum(one.width() for one in row) * scale + _GAP * (len(row) - 1) for row in rows), default=0.0)
        top = _GAP
        for row in rows:
            left = _GAP + (width - sum(one.width() for one in row) * scale - _GAP * (len(row) - 1)) / 2
            for one in row:
                self.boxes.append(QRectF(left, top, one.width() * scale, one.height() * scale))
                left += one.width() * scale + _GAP
            top += max(one.height() for one in row) * scale + _GAP
        self.size = QSizeF(width + 2 * _GAP, top)

    def nearest(self, y: float, now: int = 0) -> int:
        """The page at a height; `now` when it lies in the same row."""
        if not self.boxes:
            return 0
        found = min(self.boxes, key=lambda box: 0.0 if box.top() <= y <= box.bottom() else abs(box.center().y() - y))
        if 0 <= now < len(self.boxes) and self.boxes[now].top() == found.top():
            return now
        return self.boxes.index(found)

    def at(self, point: QPointF) -> tuple[int, QPointF] | None:
        """The page under a place of the content (else the nearest) and the place on it, in points."""
        if not self.boxes:
            return None
        page = min(range(len(self.boxes)), key=lambda number: _away(self.boxes[number], point))
        return page, self.on_page(page, point)

    def on_page(self, page: int, point: QPointF) -> QPointF:
        """A place of the content on a page, in points, held within it."""
        box = self.boxes[page]
        x = max(0.0, min(box.width(), point.x() - box.x()))
        y = max(0.0, min(box.height(), point.y() - box.y()))
        return QPointF(x / self.scale, y / self.scale)

    def place(self, page: int, point: QPointF) -> QPointF:
        return self.boxes[page].topLeft() + point * self.scale


def _away(box: QRectF, point: QPointF) -> float:
    x = max(box.left() - point.x(), 0.0, point.x() - box.right())
    y = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
    return float(x + y)
