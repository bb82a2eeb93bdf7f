"""Sizes of a meeting's words: nothing that the room reads is smaller than 1/36 of the picture's height. The desk's
large type makes them larger as far as all of them still stand on the screen."""

from geohazard_desktop.desktop.theme import theme

READABLE = 36  # the picture's height over this: letters that the last row reads
_ROWS, _LARGE = 33, 15.5
_MOST, _MOST_FIGURES, _MOST_PRESSED = 28, 13, 30  # the height over these: no larger, whatever the desk's type
_MAGNIFIED, _FOR = 1.7, 720  # how much larger the map's words and symbols are in a window of that height


def readable(height: int) -> int:
    """Pixels of the smallest words in a window of that height; as the desk reads them where they have room."""
    return max(-(-height // READABLE), min(theme().px(17), height // _MOST))


def pressed(height: int) -> int:
    """Pixels of the words on buttons, which nobody in the room has to read."""
    return max(12, min(theme().px(16), height // _MOST_PRESSED))


def magnified(height: int) -> float:
    """How much larger words and symbols of the map are in a window of that height: a name of 9 points can be read."""
    return max(_MAGNIFIED, _MAGNIFIED * height / _FOR)


def _figures(height: int) -> int:
    return max(round(height / _LARGE), min(theme().px(34), height // _MOST_FIGURES))


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
        f"QPushButton {{ font-size: {pressed(height)}px; min-height: {round(pressed(height) * 1.9)}px;"
        f" padding: 0 {round(pressed(height) * 0.7)}px; }}"
        f"QLineEdit, QComboBox {{ min-height: {round(rows * 1.5)}px; }}"
        "QFrame#blackout { background: black; }"
    )
