"""Sizes of a meeting's words: nothing that the room reads is smaller than 1/36 of the picture's height."""

from geohazard_desktop.desktop.theme import theme

READABLE = 36  # the picture's height over this: letters that the last row reads
_ROWS, _LARGE = 33, 15.5
_MAGNIFIED, _FOR = 1.7, 720  # how much larger the map's words and symbols are in a window of that height


def readable(height: int) -> int:
    """Pixels of the smallest words in a window of that height; never below what the desk reads."""
    return max(theme().px(17), -(-height // READABLE))


def magnified(height: int) -> float:
    """How much larger words and symbols of the map are in a window of that height: a name of 9 points can be read."""
    return max(_MAGNIFIED, _MAGNIFIED * height / _FOR)


def _figures(height: int) -> int:
    return max(theme().px(34), round(height / _LARGE))


def title_size(height: int) -> int:
    """Pixels of the title, where it is short."""
    return round(_figures(height) * 0.85)


def meeting_style(height: int) -> str:
    """The style sheet of a meeting's window of that height."""
    least = readable(height)
    rows, figures = max(least, round(height / _ROWS)), _figures(height)
    return (
        f"QWidget {{ font-size: {rows}px; }} QLabel[role=title] {{ font-size: {title_size(height)}px; }}"
        f"QLabel[role=figure] {{ font-size: {figures}px; }} QLabel[role=note] {{ font-size: {least}px; }}"
        f"QPushButton {{ font-size: {theme().px(16)}px; }}"
        "QFrame#blackout { background: black; }"
    )
