"""The theme in force: palette, type sizes and lengths at the user's font size; applied to the whole application."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop import icons
from geohazard_desktop.desktop.palette import LIGHT, PALETTES, Palette
from geohazard_desktop.desktop.qss import sheet

FAMILIES = [
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "WenQuanYi Micro Hei",
    "sans-serif",
]

# Points at 96 dpi when the system's base font has its usual 9 points; see `Theme.points`.
TYPE = {
    "heading": 21.0,
    "figure": 15.0,
    "title": 12.0,
    "stage": 11.25,
    "body": 10.5,
    "table": 9.75,
    "label": 9.5,
    "small": 9.0,
    "grid": 8.0,
}

SIZES = (100, 110, 125, 150, 175, 200)
_BASE_POINTS = 9.0


class Theme(QObject):
    """One per application. `changed` is sent after a new palette or size has been applied."""

    changed = Signal()

    def __init__(self, system_points: float = _BASE_POINTS) -> None:
        super().__init__()
        # The system's own size is the user's wish; implausible values (0, -1 for pixel fonts) fall back.
        self._base = system_points if 7.0 <= system_points <= 16.0 else _BASE_POINTS
        self.palette: Palette = LIGHT
        self.percent = 100

    def points(self, role: str) -> float:
        """Size in points of a type role at the system's base size and the user's percentage."""
        return TYPE[role] * self._base / _BASE_POINTS * self.percent / 100

    def px(self, length: float) -> int:
        """A length given in pixels at 100 %, grown with the font."""
        return max(1, round(length * self._base / _BASE_POINTS * self.percent / 100))

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        font = QFont(FAMILIES)
        font.setPointSizeF(self.points(role))
        font.setBold(bold)
        # Chinese punctuation and digits of equal width need no kerning tricks; hinting off keeps 125 % even.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def colour(self, role: str) -> QColor:
        return QColor(getattr(self.palette, role))

    def set(self, *, name: str | None = None, percent: int | None = None) -> None:
        if name is not None:
            self.palette = PALETTES.get(name, LIGHT)
        if percent is not None:
            self.percent = min(200, max(100, percent))
        self.apply()

    def apply(self) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        text = sheet(self)
        if app.styleSheet() == text:
            return  # every widget would be dressed anew, as it is already
        icons.forget()
        app.setFont(self.font())
        app.setPalette(self._qt_palette())
        app.setStyleSheet(text)
        self.changed.emit()

    def _qt_palette(self) -> QPalette:
        """For what QSS does not reach: selection in text, links, placeholder text, native item views."""
        roles = QPalette.ColorRole
        table = {
            roles.Window: "ground",
            roles.WindowText: "text",
            roles.Base: "panel",
            roles.AlternateBase: "quiet",
            roles.Text: "text",
            roles.Button: "panel",
            roles.ButtonText: "text",
            roles.BrightText: "error",
            roles.Highlight: "selected",
            roles.HighlightedText: "text",
            roles.Link: "accent",
            roles.LinkVisited: "accent",
            roles.PlaceholderText: "text3",
            roles.ToolTipBase: "text",
            roles.ToolTipText: "panel",
            roles.Mid: "hairline",
            roles.Light: "panel",
            roles.Dark: "border",
        }
        palette = QPalette()
        for role, name in table.items():
            palette.setColor(role, self.colour(name))
        for role in (roles.Text, roles.ButtonText, roles.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette


_theme: Theme | None = None


def theme() -> Theme:
    """The application's theme; made at first use."""
    global _theme
    if _theme is None:
        app = QApplication.instance()
        points = app.font().pointSizeF() if isinstance(app, QApplication) else _BASE_POINTS
        _theme = Theme(points)
    return _theme
