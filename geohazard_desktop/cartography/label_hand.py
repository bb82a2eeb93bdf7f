"""Names placed by hand: whose they are, from where their offsets count, and how they keep clear of what they name."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.edits.labels import LABELS, SHEETS, sheet_named
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:  # the window asks for the offsets alone
    from geohazard_desktop.cartography.label_text import Box

Offsets = Mapping[tuple[str, str], tuple[float, float]]  # (layer, uid): metres east and north of the anchor
_TRIES = 3


@lru_cache(maxsize=256)
def label_anchor(geometry: BaseGeometry) -> tuple[float, float]:
    """The place (east, north) from which a hand-moved label's offset counts: the point; a line's middle; an area's
    widest place. It depends on the feature alone, never on the view."""
    dimension = shapely.get_dimensions(geometry)
    if dimension == 2:
        from geohazard_desktop.cartography.label_places import widest_place

        east, north, _radius = widest_place(geometry)
        return east, north
    if dimension == 1:
        longest = max(shapely.get_parts(geometry), key=lambda one: one.length)
        point = longest.interpolate(0.5, normalized=True)
        return point.x, point.y
    point = shapely.get_parts(geometry)[0]
    return point.x, point.y


def manual_positions(ws: Workspace, sheet: str | None = None) -> dict[tuple[str, str], tuple[float, float]]:
    """Labels moved by hand, from the label_position layer: those for every sheet, those of `sheet` (its uid) on top.
    What was moved and is deleted since has no place here: it has no label either."""
    result: dict[tuple[str, str], tuple[float, float]] = {}
    rows = list(ws.table(LABELS)) if LABELS in ws.definitions else []
    for row in sorted(rows, key=lambda one: bool(one.text("sheet"))):
        if row.text("sheet") in {"", sheet or ""}:
            east, north = row["east"], row["north"]
            if isinstance(east, int | float) and isinstance(north, int | float):
                result[row.text("target_layer"), row.text("target_uid")] = (float(east), float(north))
    return result


def sheet_positions(
    ws: Workspace, paper: str, profile: str, subject: tuple[str, str] = ("", "")
) -> dict[tuple[str, str], tuple[float, float]]:
    """`manual_positions` of a sheet known by its paper, use and subject: ("A3", "internal", ("", ""))."""
    sheet = sheet_named(ws.table(SHEETS), paper, profile, subject) if SHEETS in ws.definitions else None
    return manual_positions(ws, None if sheet is None else sheet.uid)


def hand_foot(shape: BaseGeometry, anchor: tuple[float, float], box: "Box") -> tuple[float, float]:
    """Where the leader of a name in `box` ends: the point; the nearest place of a line; a little inside an area's
    nearest edge. In the units of `shape` (mm down or metres up)."""
    if shapely.get_dimensions(shape) < 1:
        return anchor
    try:
        line = shapely.shortest_line(shapely.box(*box), shape)
    except shapely.errors.GEOSException:  # a self-crossing ring
        line = None
    if line is None or line.is_empty:
        return anchor
    x, y = (float(one) for one in line.coords[-1])
    if shapely.get_dimensions(shape) < 2:
        return x, y
    return x + (anchor[0] - x) * 0.25, y + (anchor[1] - y) * 0.25


def clear_of_point(offset: tuple[float, float], size: tuple[float, float], radius: float) -> tuple[float, float]:
    """`offset` (mm) of a name of `size` from a symbol of `radius`, farther out the same way where the name would hide
    the symbol: what was 8 mm beside it on a large-scale map may be 1 mm beside it on a sheet."""
    across, down = size[0] / 2 + radius, size[1] / 2 + radius
    if abs(offset[0]) >= across or abs(offset[1]) >= down:
        return offset
    ways = [room / abs(one) for one, room in zip(offset, (across, down), strict=True) if abs(one) > 1e-9]
    if not ways:
        return offset  # put over the symbol itself, on purpose
    out = min(ways)
    return offset[0] * out, offset[1] * out


def clear_of_boxes(box: "Box", blocked: "Sequence[Box]", inner: "Box") -> "Box | None":
    """`box` moved inside `inner` and off what lies over the map, by the least way; None where there is no way."""
    from geohazard_desktop.cartography.label_text import overlap

    box = _within(box, inner)
    for _try in range(_TRIES):
        hit = next((one for one in blocked if overlap(box, one)), None)
        if hit is None:
            return box
        ways = [(hit[0] - box[2], 0.0), (hit[2] - box[0], 0.0), (0.0, hit[1] - box[3]), (0.0, hit[3] - box[1])]
        moved = [_moved(box, *way) for way in ways]
        free = [
            (abs(way[0]) + abs(way[1]), one) for way, one in zip(ways, moved, strict=True) if _within(one, inner) == one
        ]
        if not free:
            return None
        box = min(free)[1]
    return None


def _within(box: "Box", inner: "Box") -> "Box":
    wide, high = box[2] - box[0], box[3] - box[1]
    left = min(max(box[0], inner[0]), max(inner[2] - wide, inner[0]))
    top = min(max(box[1], inner[1]), max(inner[3] - high, inner[1]))
    return left, top, left + wide, top + high


def _moved(box: "Box", right: float, down: float) -> "Box":
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down
