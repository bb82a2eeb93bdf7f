"""Icons of the window: our own SVG drawings, tinted at load, crisp at every device pixel ratio.

A drawing uses `currentColor` for its strokes. Filled signs of severity use `white` for the mark inside.
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from geohazard_desktop.common.places import resource


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


_made: dict[tuple[str, str], QIcon] = {}
# Device pixels an icon is rendered at: 20 at 100, 125, 150 and 200 %; Qt picks the fitting one.
_SIZES = (16, 20, 25, 30, 40)


def icon(name: str, role: str = "text") -> QIcon:
    """An icon in the theme's colour of `role`; accent when switched on, pale when disabled."""
    from geohazard_desktop.desktop.theme import theme

    key = (name, role)
    if key not in _made:
        palette = theme().palette
        made = QIcon()
        states = (
            (getattr(palette, role), QIcon.Mode.Normal, QIcon.State.Off),
            (palette.accent if role == "text" else getattr(palette, role), QIcon.Mode.Normal, QIcon.State.On),
            (palette.disabled, QIcon.Mode.Disabled, QIcon.State.Off),
        )
        for colour, mode, state in states:
            for size in _SIZES:
                made.addPixmap(pixmap(name, colour, size), mode, state)
        _made[key] = made
    return _made[key]


_folder: QTemporaryDir | None = None


def tinted_file(name: str, colour: str) -> str:
    """A tinted copy on disk with forward slashes, because a style sheet can name files only."""
    global _folder
    if _folder is None:
        _folder = QTemporaryDir()
    path = Path(_folder.path()) / f"{name}-{colour.lstrip('#')}.svg"
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
