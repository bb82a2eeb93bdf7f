"""Icons of the window: our own SVG drawings, tinted at load, crisp at every device pixel ratio.

A drawing uses `currentColor` for its strokes. Filled signs of severity use `white` for the mark inside.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from geohazard_desktop.common.places import resource
from geohazard_desktop.common.scratch import scratch


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str, inner: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour).replace('"white"', f'"{inner}"')
    return QSvgRenderer(QByteArray(text.encode("utf-8")))


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, colour: QColor | str, inner: QColor | str = "#FFFFFF"
) -> None:
    """Draw an icon into `rect` (logical pixels)."""
    renderer = _renderer(name, QColor(colour).name(), QColor(inner).name())
    renderer.render(painter, rect)


def pixmap(name: str, colour: QColor | str, size: int = 20, ratio: float = 1.0, inner: str = "#FFFFFF") -> QPixmap:
    """A square pixmap of `size` logical pixels for a screen of device pixel ratio `ratio`."""
    device = max(1, round(size * ratio))
    image = QImage(device, device, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, name, QRectF(0, 0, device, device), colour, inner)
    painter.end()
    result = QPixmap.fromImage(image)
    result.setDevicePixelRatio(ratio)
    return result


class _Drawing(QIconEngine):
    """Draws when a size is asked for: the window has more icons than it ever shows, in more states and sizes."""

    def __init__(self, name: str, colours: tuple[str, str, str]) -> None:
        super().__init__()
        self._name, self._colours = name, colours
        self._drawn: dict[tuple[int, int, str], QPixmap] = {}

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        plain, switched_on, disabled = self._colours
        if mode == QIcon.Mode.Disabled:
            return disabled
        return switched_on if state == QIcon.State.On else plain

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, square, self._colour(mode, state))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in device pixels."""
        colour = self._colour(mode, state)
        key = (size.width(), size.height(), colour)
        if key not in self._drawn:
            self._drawn[key] = pixmap(self._name, colour, min(size.width(), size.height()))
        found = QPixmap(self._drawn[key])
        found.setDevicePixelRatio(scale)
        return found

    def clone(self) -> QIconEngine:
        made = _Drawing(self._name, self._colours)
        _engines.append(made)
        return made


_made: dict[tuple[str, str], QIcon] = {}
_engines: list[_Drawing] = []  # Qt holds them without counting


def icon(name: str, role: str = "text") -> QIcon:
    """An icon in the theme's colour of `role`; accent when switched on, pale when disabled."""
    from geohazard_desktop.desktop.theme import theme

    key = (name, role)
    if key not in _made:
        palette = theme().palette
        own = getattr(palette, role)
        engine = _Drawing(name, (own, palette.accent if role == "text" else own, palette.disabled))
        _engines.append(engine)
        _made[key] = QIcon(engine)
    return _made[key]


def tinted_file(name: str, colour: str) -> str:
    """A tinted copy on disk with forward slashes, because a style sheet can name files only."""
    path = scratch() / f"{name}-{colour.lstrip('#')}.svg"
    if not path.exists():
        path.write_text(_source(name).replace("currentColor", colour), encoding="utf-8")
    return path.as_posix()


def forget() -> None:
    """Drop all tinted icons: the palette has changed."""
    _made.clear()


SEVERITY_ICONS = {"error": "sign-error", "warning": "sign-warning", "info": "sign-info", "done": "sign-done"}


def severity_pixmap(severity: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Octagon (error), triangle (warning), ring (info), disc with tick (done): the shape carries the meaning."""
    from geohazard_desktop.desktop.theme import theme

    palette = theme().palette
    colour, inner = {
        "error": (palette.error, palette.sign_glyph),
        "warning": (palette.reminder_sign, palette.reminder_glyph),
        "info": (palette.text2, palette.panel),
        "done": (palette.done, palette.sign_glyph),
    }[severity]
    return pixmap(SEVERITY_ICONS[severity], colour, size, ratio, inner)
