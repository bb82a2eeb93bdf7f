"""Drawing by numbers: a fixed bearing or length for the next side, and the right angle held with Shift."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.measures import at_bearing, bearing, planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import Place

RIGHT_ANGLE_STEP = 90.0
FREE_STEP = 45.0


@dataclass(frozen=True, slots=True)
class Constraint:
    """For the next side only: `bearing_degrees` from grid north clockwise, `length_m` on the plane. None is free."""

    bearing_degrees: float | None = None
    length_m: float | None = None

    @property
    def free(self) -> bool:
        return self.bearing_degrees is None and self.length_m is None

    @property
    def complete(self) -> bool:
        return self.bearing_degrees is not None and self.length_m is not None

    def applied(self, start: Place, pointer: Place) -> Place:
        """Where the next corner goes when the pointer is at `pointer`."""
        if self.bearing_degrees is None:
            if self.length_m is None or start == pointer:
                return pointer
            return at_bearing(start, bearing(start, pointer), self.length_m)
        length = self.length_m
        if length is None:
            ahead = at_bearing((0.0, 0.0), self.bearing_degrees, 1.0)
            # A pointer behind the start gives no side at all rather than one in the opposite direction.
            length = max(0.0, (pointer[0] - start[0]) * ahead[0] + (pointer[1] - start[1]) * ahead[1])
        return at_bearing(start, self.bearing_degrees, length)


def right_angle(places: Sequence[Place], pointer: Place) -> Constraint:
    """The bearing that keeps the next side at right angles to the last one (or in line with it).

    The first side is held to the eight directions of the compass. `places` are the corners so far, at least one.
    """
    start = places[-1]
    wanted = bearing(start, pointer)
    if len(places) < 2:
        return Constraint(round(wanted / FREE_STEP) * FREE_STEP % 360.0)
    base = bearing(places[-2], start)
    return Constraint((base + round((wanted - base) / RIGHT_ANGLE_STEP) * RIGHT_ANGLE_STEP) % 360.0)


def square_closing(places: Sequence[Place]) -> Place | None:
    """The corner that closes an outline with right angles at the last corner and at itself: the foot of the first
    corner on the line square to the last side. None where that is one of both corners already."""
    last, first = places[-1], places[0]
    ahead = at_bearing((0.0, 0.0), bearing(places[-2], last) + 90.0, 1.0)
    metres = (first[0] - last[0]) * ahead[0] + (first[1] - last[1]) * ahead[1]
    corner = last[0] + metres * ahead[0], last[1] + metres * ahead[1]
    if min(planar_distance(corner, first), abs(metres)) < 0.01:
        return None
    return corner


_DEGREES = re.compile(
    r"^\s*(-?\d+(?:\.\d+)?)\s*(?:°|度|d)?\s*(?:(\d+(?:\.\d+)?)\s*(?:′|'|分|m)?)?\s*(?:(\d+(?:\.\d+)?)\s*(?:″|\"|''|秒|s)?)?\s*$"
)


def parse_bearing(text: str) -> float:
    """Degrees from what a user typed as 方位角: 94.5, 94°30′, 94度30分12秒, 94 30 12. Raises EditRefused."""
    found = _DEGREES.match(_plain(text))
    parts = [float(one) if one else 0.0 for one in found.groups()] if found else []
    if not parts or parts[1] >= 60 or parts[2] >= 60 or abs(parts[0]) > 360:
        raise EditRefused(
            _("“{text}”不是方位角。").format(text=text.strip()), _("请写成 94.5、94°30′ 或 94 30 12，从正北顺时针量。")
        )
    sign = -1.0 if _plain(text).strip().startswith("-") else 1.0
    return sign * (abs(parts[0]) + parts[1] / 60.0 + parts[2] / 3600.0) % 360.0


_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(m|米|km|千米|公里)?\s*$", re.IGNORECASE)


def parse_length(text: str) -> float:
    """Metres from what a user typed as 距离: 120, 120.5米, 1.2千米. Raises EditRefused."""
    found = _LENGTH.match(_plain(text).replace(",", ""))
    if not found or float(found.group(1)) <= 0:
        raise EditRefused(_("“{text}”不是距离。").format(text=text.strip()), _("请写大于零的米数，如 120 或 35.5。"))
    unit = (found.group(2) or "").lower()
    return float(found.group(1)) * (1000.0 if unit in ("km", "千米", "公里") else 1.0)


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text).replace("′′", "″").replace("’", "′").replace("”", "″")


def side_words(start: Place, end: Place) -> str:
    """方位角 94°56′　距离 120.00 米 of a side, for the label beside the pointer."""
    minutes = round(bearing(start, end) * 60.0) % 21_600
    return _("方位角 {degrees}°{minutes:02d}′  距离 {metres:.2f} 米").format(
        degrees=minutes // 60, minutes=minutes % 60, metres=planar_distance(start, end)
    )
