"""All colours of the window by role, light and dark: the one table, from which QSS, icons and canvas marks are made.

Contrast (WCAG 2): text at least 4.5 on its ground, controls and map marks at least 3. The test computes it.
Map colours come from the layer styles, the same for screen and paper, and don't stand here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB. `on_x` is what is written upon `x`."""

    name: str
    ground: str  # title, menu, stages
    panel: str  # panels, fields, toolbar
    quiet: str  # table heads, footers
    hairline: str  # parts lines, decoration only
    border: str  # edge of a control
    text: str
    text2: str  # labels, explanations
    text3: str  # counts, placeholders, units
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    soft: str  # active tool, chip
    hover: str
    selected: str
    error: str
    error_ground: str
    reminder: str
    reminder_ground: str
    reminder_sign: str
    done: str
    done_ground: str
    desk: str  # what lies behind a sheet of paper
    sign_glyph: str  # the mark inside a filled severity sign
    reminder_glyph: str
    dim: int  # alpha (0 to 255) of the black veil over the map


LIGHT = Palette(
    name="light",
    ground="#EEF1F4",
    panel="#FFFFFF",
    quiet="#F7F9FA",
    hairline="#DCE1E7",
    border="#808A96",
    text="#1A222B",
    text2="#46525F",
    text3="#566270",
    disabled="#77818C",
    accent="#1A56A6",
    on_accent="#FFFFFF",
    accent_hover="#154687",
    soft="#E5EEF9",
    hover="#E9EDF2",
    selected="#D6E5F8",
    error="#B3261E",
    error_ground="#FBEAE8",
    reminder="#8A5300",
    reminder_ground="#FFF4DB",
    reminder_sign="#F5B73D",
    done="#1F7347",
    done_ground="#E5F3EB",
    desk="#D3D7DF",
    sign_glyph="#FFFFFF",
    reminder_glyph="#1A222B",
    dim=0,
)

DARK = Palette(
    name="dark",
    ground="#1B2026",
    panel="#232930",
    quiet="#1F252B",
    hairline="#363F49",
    border="#7A8693",
    text="#E9EDF1",
    text2="#BCC5CF",
    text3="#A6B0BB",
    disabled="#86919C",
    accent="#7DB2F5",
    on_accent="#10202F",
    accent_hover="#9CC5F8",
    soft="#22384F",
    hover="#2D353E",
    selected="#274463",
    error="#F28B82",
    error_ground="#46292A",
    reminder="#F2C36B",
    reminder_ground="#3D3320",
    reminder_sign="#F2B94B",
    done="#6CC797",
    done_ground="#1F3A2E",
    desk="#14181C",
    sign_glyph="#232930",
    reminder_glyph="#1A222B",
    dim=36,
)

PALETTES = {one.name: one for one in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True)
class CanvasMarks:
    """Marks over the map: the same in both themes, because the map keeps its paper colours in both."""

    snap: str = "#B5007C"
    selection: str = "#0B57D0"
    drawn: str = "#D7000F"
    route: str = "#1B6E45"
    casing: str = "#FFFFFF"
    ink: str = "#1A222B"
    label_ground: str = "#1A222B"
    label_text: str = "#FFFFFF"
    label_text2: str = "#D5DCE3"
    paper: str = "#FFFFFF"
    warning_ring: str = "#B5007C"
    grid: str = "#7C8893"
    graticule: str = "#8A5A00"


MARKS = CanvasMarks()


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colours, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
