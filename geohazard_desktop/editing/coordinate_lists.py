"""Lists of coordinates as they come from Excel, a survey's text file or a document.

One corner a line, with or without a number in front, in any form that `read_coordinates` understands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.coordinates import Reading, read_coordinates
from geohazard_desktop.editing.tool import Bounds, Place, rounded


@dataclass(frozen=True, slots=True)
class CoordinateList:
    """What was read: places (east, north; metres of the workspace's CRS) and how ("高斯，不带带号，按本区的带")."""

    places: tuple[Place, ...]
    form: str


def read_list(text: str, epsg: int, *, bounds: Bounds | None = None) -> CoordinateList:
    """The corners of a list. A heading (a line without two numbers before the first corner) is passed over.

    Raises EditRefused naming the first line that can't be read; nothing is left out silently.
    """
    places: list[Place] = []
    form = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        reading = _line(line, epsg, bounds)
        if reading is None:
            if not places and len(re.findall(r"\d+\.?\d*", line)) < 2:
                continue
            raise EditRefused(
                _("第 {number} 行“{line}”不是坐标，一个点都没有取。").format(number=number, line=_short(line)),
                _("请每行写一个点，如“4372020.00 36388840.00”（X 北 Y 东），前面可以有点号。"),
            )
        places.append(rounded((reading.east, reading.north)))
        form = form or reading.form
    if not places:
        raise EditRefused(_("没有找到坐标。"), _("请复制每行一个点的坐标，如“4372020.00 36388840.00”。"))
    return CoordinateList(tuple(places), form)


def _line(line: str, epsg: int, bounds: Bounds | None) -> Reading | None:
    for words in _ways(line):
        try:
            return read_coordinates(words, epsg, bounds=bounds)[0]
        except EditRefused:
            continue
    return None


def _ways(line: str) -> Sequence[str]:
    """The columns that may hold the coordinates: after a number or name of the point, at the beginning, or all."""
    for mark in ("\t", ";", "；", ",", "，", None):
        cells = [one.strip() for one in line.split(mark) if one.strip()]
        if len(cells) >= 3:
            return [" ".join(cells[1:3]), " ".join(cells[:2]), line]
        if len(cells) == 2 and mark is not None:
            break
    return [line]


def _short(line: str) -> str:
    plain = " ".join(line.split())
    return plain if len(plain) <= 30 else plain[:30] + "…"
