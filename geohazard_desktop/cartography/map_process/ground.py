"""The map without its labels, kept from frame to frame: of a moved map only what came into sight is painted anew."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography.painter import painting
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import MM_PER_INCH, Bounds, MapView

_WORTH_KEEPING = 0.3  # of the picture: less in common, and all is painted
_OFF_GRID = 0.01  # pixels


@dataclass(frozen=True, slots=True)
class Ground:
    """A painted picture; `key` stands for everything but the place that decides how it looks."""

    image: QImage
    view: MapView
    key: object
    problems: tuple[str, ...]


def ground_painting(
    former: Ground | None,
    view: MapView,
    key: object,
    pictures: Sequence[LayerPicture],
    dirty: Sequence[Bounds],
    *,
    see_through: bool = False,
) -> Generator[None, None, Ground]:
    """Paint in small pieces. `dirty` boxes (metres) of the former picture are no longer right. `see_through`: on
    nothing rather than on white, so that base maps can lie below."""
    for picture in pictures:
        yield from picture.prepare(view)
    width, height = round(view.width), round(view.height)
    kind = QImage.Format.Format_ARGB32_Premultiplied if see_through else QImage.Format.Format_RGB32
    image = QImage(width, height, kind)
    whole = QRect(0, 0, width, height)
    rects = [whole]
    problems: list[str] = []
    shift = None if former is None or former.key != key else _shift(former.view, view)
    if former is not None and shift is not None:
        kept = former.image.rect().translated(*shift) & whole
        if kept.width() * kept.height() >= _WORTH_KEEPING * width * height:
            painter = QPainter(image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(kept.topLeft(), former.image, kept.translated(-shift[0], -shift[1]))
            painter.end()
            reach = max((one.style.reach for one in pictures), default=0.0)
            rects = [*_around(kept, whole), *(rect for box in dirty if (rect := _rect(view, box, reach) & whole))]
            problems = list(former.problems) if not dirty else []
    for rect in rects:
        found = yield from _part(image, view, rect, pictures)
        problems += [one for one in found if one not in problems]
    return Ground(image, view, key, tuple(problems))


def _part(
    image: QImage, view: MapView, rect: QRect, pictures: Sequence[LayerPicture]
) -> Generator[None, None, list[str]]:
    part = part_of(view, rect.x(), rect.y(), rect.width(), rect.height())
    painter = QPainter(image)
    try:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(rect, Qt.GlobalColor.transparent if image.hasAlphaChannel() else Qt.GlobalColor.white)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setClipRect(rect)
        painter.translate(rect.x(), rect.y())
        report = yield from painting(painter, part, pictures, labels=False)
    finally:
        painter.end()
    return report.problems


def part_of(view: MapView, x: int, y: int, width: int, height: int) -> MapView:
    """The view of a rectangle of pixels of `view`."""
    east, north = view.to_map(x + width / 2, y + height / 2)
    mm = MM_PER_INCH / view.dpi
    return replace(view, centre=(east, north), width_mm=width * mm, height_mm=height * mm)


def _shift(former: MapView, view: MapView) -> tuple[int, int] | None:
    """Where the former picture's upper left corner lies in the new one, in whole pixels; None: it is of no use."""
    if (former.denominator, former.dpi) != (view.denominator, view.dpi):
        return None
    east_min, _north_min, _east_max, north_max = former.bounds
    x, y = view.to_device(east_min, north_max)
    if abs(x - round(x)) > _OFF_GRID or abs(y - round(y)) > _OFF_GRID:
        return None
    return round(x), round(y)


def _around(kept: QRect, whole: QRect) -> list[QRect]:
    """What of `whole` lies outside of `kept`: strips above, below, left, right."""
    strips = [
        QRect(0, 0, whole.width(), kept.top()),
        QRect(0, kept.bottom() + 1, whole.width(), whole.height() - kept.bottom() - 1),
        QRect(0, kept.top(), kept.left(), kept.height()),
        QRect(kept.right() + 1, kept.top(), whole.width() - kept.right() - 1, kept.height()),
    ]
    return [one for one in strips if not one.isEmpty()]


def _rect(view: MapView, box: Bounds, reach_mm: float) -> QRect:
    """A box on the ground in pixels, with what its symbols reach beyond."""
    more = view.mm_to_device(reach_mm) + 2
    left, top = view.to_device(box[0], box[3])
    right, bottom = view.to_device(box[2], box[1])
    limit = 1e6
    numbers = [max(-limit, min(limit, one)) for one in (left - more, top - more, right + more, bottom + more)]
    x0, y0, x1, y1 = (int(one) for one in numbers)
    return QRect(x0, y0, x1 - x0 + 1, y1 - y0 + 1)
