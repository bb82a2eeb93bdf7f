"""Text as placed runs: what both canvases draw, and what collision looks at. Millimetres, y down, angles clockwise."""

from dataclasses import dataclass

from geohazard_desktop.cartography import fonts

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm
ASCENT, DESCENT = 0.86, 0.14  # of CJK glyphs, in ems: what ink really takes, not the font's generous line


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text whose baseline starts at (x, y), turned by `angle`."""

    text: str
    x: float
    y: float
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One line: its runs, and how they look. `size` in mm. `text` is what somebody who copies or searches gets."""

    text: str
    runs: tuple[Run, ...]
    size: float
    family: str
    bold: bool
    slant: float = 0.0

    @property
    def curved(self) -> bool:
        """Set character by character along a line."""
        return len(self.runs) > 1 or (bool(self.runs) and self.runs[0].angle != 0.0)


def text_width(text: str, points: float, family: str, bold: bool) -> float:
    """mm."""
    return fonts.width_em(text, family, bold) * points * fonts.MM_PER_POINT


def straight(text: str, left: float, baseline: float, points: float, family: str, bold: bool, slant: float) -> Glyphs:
    """A horizontal line of text."""
    return Glyphs(text, (Run(text, left, baseline),), points * fonts.MM_PER_POINT, family, bold, slant)


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
