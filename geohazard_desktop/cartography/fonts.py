"""The fonts of the map: 黑 (sans) and 宋 (serif), the same for measuring, screen and paper.

Noto CJK first, then what Windows, 麒麟 and 统信 bring along; the order is that of the paper's text.
"""

import os
import sys
from functools import cache, lru_cache
from math import floor

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPainterPath, QRawFont

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.texts import _

CANDIDATES = {
    "hei": (
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "思源黑体",
        "Source Han Sans CN",
        "Microsoft YaHei",
        "微软雅黑",
        "DengXian",
        "等线",
        "SimHei",
        "黑体",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ),
    "song": (
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "思源宋体",
        "Source Han Serif CN",
        "SimSun",
        "宋体",
        "NSimSun",
        "STSong",
        "华文宋体",
        "FangSong",
        "AR PL UMing CN",
    ),
}
# What Typst calls a family that Windows lists under its Chinese name.
ENGLISH = {
    "思源黑体": "Source Han Sans SC",
    "微软雅黑": "Microsoft YaHei",
    "等线": "DengXian",
    "黑体": "SimHei",
    "思源宋体": "Source Han Serif SC",
    "宋体": "SimSun",
    "华文宋体": "STSong",
}
MM_PER_POINT = 25.4 / 72
_PIXELS = 100  # text is measured and outlined at this size and scaled: the same at every resolution
_OUTLINE_EM = 100.0
_kept: list[QCoreApplication] = []


def ensure_application() -> None:
    """Qt's fonts need an application object; the command line has none until it draws its first map."""
    if QCoreApplication.instance() is not None:
        return
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a display Qt would abort the process
    _kept.append(QGuiApplication(["geohazard_desktop"]))


@cache
def family(kind: str) -> str:
    """The installed family for "hei" or "song". Raises FontMissing: nothing is drawn with tofu."""
    ensure_application()
    installed = set(QFontDatabase.families())
    for name in CANDIDATES[kind]:
        if name in installed:
            return name
    if kind == "song":
        return family("hei")  # every character is still there, only its look differs
    raise FontMissing(
        _("这台电脑没有可用的中文字体，地图上的文字画不出来。"),
        _("请安装字体 Noto Sans CJK SC（Debian、麒麟、统信装软件包 fonts-noto-cjk），再打开程序。"),
    )


def refuse_without_chinese() -> None:
    """Raises FontMissing where no font of the machine has Chinese: a window would show boxes alone."""
    ensure_application()
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        raise FontMissing(
            _("这台电脑没有中文字体，窗口上的字都会是方框，没有打开。"),
            _("请安装字体 Noto Sans CJK SC（Debian、麒麟、统信装软件包 fonts-noto-cjk），再打开程序。"),
        )


def paper_family(kind: str) -> str:
    """The family's name as Typst knows it."""
    name = family(kind)
    return ENGLISH.get(name, name)


@lru_cache(maxsize=16)
def _font(kind: str, bold: bool) -> QFont:
    font = QFont(family(kind))
    font.setPixelSize(_PIXELS)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=16)
def _metrics(kind: str, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(_font(kind, bold))


@lru_cache(maxsize=8192)
def width_em(text: str, kind: str, bold: bool) -> float:
    """Advance width of `text`, in ems."""
    return float(_metrics(kind, bold).horizontalAdvance(text)) / _PIXELS


def has(character: str, kind: str, bold: bool) -> bool:
    """Whether the family itself has the character; others are lent by a font that paper may not choose alike."""
    return bool(_metrics(kind, bold).inFontUcs4(ord(character)))


@lru_cache(maxsize=16)
def _font_of_units(kind: str, bold: bool) -> tuple[QFont, float]:
    """The font at a pixel for each of its own units, and how many of these an em has."""
    font = QFont(_font(kind, bold))
    units = round(QRawFont.fromFont(font).unitsPerEm()) or 10 * _PIXELS  # a font of pixels alone tells none
    font.setPixelSize(units)
    return font, float(units)


@lru_cache(maxsize=4096)
def outline(text: str, kind: str, bold: bool) -> QPainterPath:
    """The outline of `text` at 100 units an em, baseline at 0; scale it by size_mm / 100.

    Below Qt a font keeps the part of a pixel by which the text painted last stood beside its pixel, and outlines are
    moved by it: the same name would be another one in another process. In units of the font that is less than one,
    and the corners are whole ones, so that it falls away."""
    font, units = _font_of_units(kind, bold)
    path = QPainterPath()
    path.addText(0.0, 0.0, font, text)
    share = _OUTLINE_EM / units
    for number in range(path.elementCount()):
        corner = path.elementAt(number)
        # The stubs of Qt leave out the two members of an element.
        across, up = corner.x, -corner.y  # type: ignore[attr-defined]
        path.setElementPositionAt(number, floor(across) * share, -floor(up) * share)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
