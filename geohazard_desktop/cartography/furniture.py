"""What stands around and on a map: 方里网, graticule, scale bar, north, coordinate note, inset. Shared by screen and
sheet; the numbers here are measures of the map, the drawing of panels is the sheet's."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, ceil, degrees, floor

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.grid import GridTick, grid_step, grid_ticks, round_number
from geohazard_desktop.cartography.label_places import widest_place
from geohazard_desktop.cartography.label_text import straight, text_width
from geohazard_desktop.cartography.primitives import Fill, Stroke
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.svg import SvgCanvas
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.common.texts import _

__all__ = ["GridTick", "grid_step", "grid_ticks"]

_INSET_POINTS, _INSET_EDGE_MM = 7.5, 2.0


@dataclass(frozen=True, slots=True)
class GraticuleTick:
    """A tick on the frame's side ("top", "bottom", "left", "right") `at` mm from its left or upper end."""

    side: str
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """`metres` long on the ground, `length` mm on paper; labels at 0, half, end; unit 米 or 千米."""

    metres: float
    length: float
    labels: tuple[str, str, str]
    unit: str


def graticule_ticks(view: MapView, crs: CRS) -> list[GraticuleTick]:
    """Ticks of longitude and latitude where they cut the frame, at whole minutes (or their round multiples)."""
    to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    ticks = []
    east_min, north_min, east_max, north_max = view.bounds
    sides = {
        "bottom": ((east_min, north_min), (east_max, north_min), 0),
        "top": ((east_min, north_max), (east_max, north_max), 0),
        "left": ((east_min, north_max), (east_min, north_min), 1),
        "right": ((east_max, north_max), (east_max, north_min), 1),
    }
    for side, (start, end, which) in sides.items():
        east = np.linspace(start[0], end[0], 65)
        north = np.linspace(start[1], end[1], 65)
        values = np.asarray(to_degrees.transform(east, north)[which]) * 60.0
        length = view.width_mm if which == 0 else view.height_mm
        low, high = float(values.min()), float(values.max())
        step = next(one for one in (1 / 60, 1 / 12, 1 / 4, 1, 2, 5, 10, 30, 60, 300, 600) if (high - low) / one <= 6)
        order = np.argsort(values)
        for number in range(ceil(low / step), floor(high / step) + 1):
            at = float(np.interp(number * step, values[order], np.linspace(0, length, 65)[order]))
            ticks.append(GraticuleTick(side, at, _minutes(number * step)))
    return ticks


def _minutes(minutes: float) -> str:
    seconds = round(minutes * 60)
    whole, rest = divmod(seconds, 3600)
    text = f"{whole}°{rest // 60:02d}′"
    return text if rest % 60 == 0 else f"{text}{rest % 60:02d}″"


def scale_bar(view: MapView, longest_mm: float = 45.0) -> ScaleBar:
    """The longest bar of round length that fits into `longest_mm`."""
    metres = round_number(longest_mm / view.mm_per_metre)
    kilometres = metres >= 1000
    shown = [part * metres / (1000 if kilometres else 1) for part in (0.0, 0.5, 1.0)]
    first, half, end = (f"{one:g}" for one in shown)
    return ScaleBar(metres, metres * view.mm_per_metre, (first, half, end), _("千米") if kilometres else _("米"))


def true_north(crs: CRS, east: float, north: float) -> float:
    """Degrees clockwise from grid north to true north at a place: minus the 子午线收敛角.

    Measured along the meridian by the projection itself, so that it holds for any projected CRS.
    """
    forward = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    longitude, latitude = forward.transform(east, north, direction="INVERSE")
    east_1, north_1 = forward.transform(longitude, latitude + 1e-3)
    return degrees(atan2(east_1 - east, north_1 - north))


def coordinate_notes(view: MapView, crs: CRS, *, height_datum: str = "", grid: bool = True) -> list[tuple[str, str]]:
    """(label, words) for 说明: coordinate system, projection, grid, convergence; the height datum where one is told."""
    epsg = crs.to_epsg()
    notes = [(_("坐标系"), _system_name(crs) + (f"（EPSG:{epsg}）" if epsg else ""))]
    parameters = {one.name: one.value for one in crs.coordinate_operation.params} if crs.coordinate_operation else {}
    meridian = parameters.get("Longitude of natural origin")
    if meridian is not None:
        words = _("高斯-克吕格投影，中央经线 {meridian:g}°").format(meridian=meridian)
        false_east = float(parameters.get("False easting", 0.0))
        if false_east > 1_000_000:
            words += _("，带号 {zone}").format(zone=int(false_east // 1_000_000))
        notes.append((_("投影"), words))
    if height_datum:
        notes.append((_("高程"), height_datum))
    if grid:
        step = grid_step(view.denominator)
        notes.append((_("方里网"), f"{step / 1000:g} km" if step >= 1000 else f"{step:g} m"))
    angle = -true_north(crs, *view.centre)
    side = _("偏西") if angle > 0 else _("偏东")
    notes.append(
        (
            _("子午线收敛角"),
            _("约 {angle:+.1f}°（真北在坐标北{side}）").format(angle=angle, side=side).replace("-", "−"),
        )
    )
    return notes


def _system_name(crs: CRS) -> str:
    name = crs.geodetic_crs.name if crs.geodetic_crs else crs.name
    return _("2000 国家大地坐标系") if "2000" in name and "China" in name else name


def inset_svg(
    outlines: Sequence[BaseGeometry],
    here: BaseGeometry,
    width_mm: float,
    height_mm: float,
    *,
    names: Sequence[str] = (),
    frame: Bounds | None = None,
) -> str:
    """位置图: `outlines` (neighbours, metres) in white with their `names`, `here` (the district) in colour, `frame` (a
    sheet's bounds) as a red box."""
    everything = shapely.union_all([*(shapely.make_valid(one) for one in outlines), here])
    view = MapView.fitting(everything.bounds, width_mm, height_mm, 300.0, 0.06)
    canvas = SvgCanvas(width_mm, height_mm)
    tolerance = view.metres_per_pixel
    for shapes, colour, edge in ((list(outlines), "#FFFFFF", 0.15), ([here], "#E6B8D3", 0.3)):
        if not shapes:
            continue
        simple = np.asarray(shapely.simplify(np.array(shapes, dtype=object), tolerance), dtype=object)
        east_min, _north_min, _east_max, north_max = view.bounds
        strips = Strips.of_areas(simple, np.arange(len(simple))).in_mm(east_min, north_max, view.mm_per_metre)
        canvas.draw(Fill(strips, colour))
        canvas.draw(Stroke(strips, "#7A1F5C" if edge > 0.2 else "#555555", edge))
    ground = shapely.box(*view.grown_bounds(-_INSET_EDGE_MM))
    for outline, name in zip(outlines, names, strict=False):
        seen = shapely.intersection(shapely.make_valid(outline), ground)
        if name and not seen.is_empty:
            east, north, _radius = widest_place(seen)
            x, y = view.to_mm(east, north)
            wide = text_width(name, _INSET_POINTS, "song", False)
            x = min(max(x - wide / 2, 0.5), width_mm - wide - 0.5)
            below = y + _INSET_POINTS * fonts.MM_PER_POINT * 0.36
            canvas.line_of_text(straight(name, x, below, _INSET_POINTS, "song", False, 0.0), "#333333", 0.4)
    if frame is not None:
        left, bottom = view.to_mm(frame[0], frame[1])
        right, top = view.to_mm(frame[2], frame[3])
        ring = np.array([[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]])
        canvas.draw(Stroke(Strips.of_segments(ring), "#D7000F", 0.4))
    return canvas.text()
