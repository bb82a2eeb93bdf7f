"""What stands around and on a map: scale bar, north, coordinate note, inset; 方里网 and 经纬网 have their own rooms.
Shared by screen and sheet; the numbers here are measures of the map, the drawing of panels is the sheet's."""

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, degrees

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.grid import GridTick, grid_step, grid_ticks
from geohazard_desktop.cartography.label_places import widest_place
from geohazard_desktop.cartography.label_text import straight, text_width
from geohazard_desktop.cartography.primitives import Fill, Stroke
from geohazard_desktop.cartography.scale_bar import ScaleBar, scale_bar
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.svg import SvgCanvas
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.common.texts import _

__all__ = ["GridTick", "ScaleBar", "grid_step", "grid_ticks", "scale_bar"]

_INSET_POINTS, _INSET_EDGE_MM = 7.5, 2.0
_INSET_REACH = 1.0  # times the district's own size on each side: beside a 旗 of 80 000 km² it would be a dot
_INSET_NAME_ROOM = 1.6  # mm: a neighbour of which less is seen has no room for its name


@lru_cache(maxsize=256)
@lru_cache(maxsize=8)
def _from_geodetic(crs: str) -> Transformer:
    """Made once for a batch of maps: making one takes longer than a hundred uses."""
    plane = CRS.from_user_input(crs)
    return Transformer.from_crs(plane.geodetic_crs, plane, always_xy=True)


def true_north(crs: CRS, east: float, north: float) -> float:
    """Degrees clockwise from grid north to true north at a place: minus the 子午线收敛角.

    Measured along the meridian by the projection itself, so that it holds for any projected CRS.
    """
    forward = _from_geodetic(crs.srs)
    longitude, latitude = forward.transform(east, north, direction="INVERSE")
    east_1, north_1 = forward.transform(longitude, latitude + 1e-3)
    return degrees(atan2(east_1 - east, north_1 - north))


NORTHS_DIFFER = 0.02  # degrees: below, the two norths are one for any hand and eye


def north_words(angle: float) -> str:
    """真北偏西 0°46′, for the angle that `true_north` gives; "" where the two norths are one."""
    if abs(angle) < NORTHS_DIFFER:
        return ""
    minutes = round(abs(angle) * 60)
    side = _("偏西") if angle < 0 else _("偏东")
    return _("真北{side} {degrees}°{minutes:02d}′").format(side=side, degrees=minutes // 60, minutes=minutes % 60)


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
    sheet's bounds) as a red box. Of neighbours the part around the district is drawn."""
    outlines = [shapely.make_valid(one) for one in outlines]
    everything = shapely.union_all([*outlines, here])
    if frame is None:
        west, south, east, north = here.bounds
        reach = _INSET_REACH * max(east - west, north - south)
        near = shapely.intersection(everything, shapely.box(west - reach, south - reach, east + reach, north + reach))
        everything = near if near.area > 0 else here
    if frame is not None and not shapely.box(*everything.bounds).covers(shapely.box(*frame)):
        everything = shapely.union(everything, shapely.box(*frame))  # a frame that leaves the district is seen to
    view = MapView.fitting(everything.bounds, width_mm, height_mm, 300.0, 0.06)
    canvas = SvgCanvas(width_mm, height_mm)
    tolerance = view.metres_per_pixel
    # Cut a little outside the picture, so that no cut is drawn as a border.
    outlines = [shapely.intersection(one, shapely.box(*view.grown_bounds(_INSET_EDGE_MM))) for one in outlines]
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
        seen = shapely.intersection(outline, ground)
        if name and seen.area > 0:
            east, north, radius = widest_place(seen)
            if radius * view.mm_per_metre < _INSET_NAME_ROOM:
                continue
            x, y = view.to_mm(east, north)
            wide = text_width(name, _INSET_POINTS, "song", False)
            x = min(max(x - wide / 2, 0.5), width_mm - wide - 0.5)
            below = y + _INSET_POINTS * fonts.MM_PER_POINT * 0.36
            canvas.words([(straight(name, x, below, _INSET_POINTS, "song", False, 0.0), "#333333", 0.4)])
    if frame is not None:
        left, bottom = view.to_mm(frame[0], frame[1])
        right, top = view.to_mm(frame[2], frame[3])
        ring = np.array([[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]])
        canvas.draw(Stroke(Strips.of_segments(ring), "#D7000F", 0.4))
    return canvas.text()
