"""How far a danger zone reaches, in the words of a notice: 东至卫生室西侧约 120 米, by what stands near on the map."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.measures import bearing, geodesic_distance, measurable
from geohazard_desktop.analysis.relation import compass, rounded_metres
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_LAYERS = ("landmark", "road", "railway", "shelter", "place", "river")
_NEAR_M = 400.0  # farther off nobody can follow the words on the ground
_AT_M = 5.0  # nearer than this it is the thing itself
_END = 0.02  # of the extent: corners this near to the farthest make the end together
_SIDES = ("东", "南", "西", "北")


def extent_words(ws: Workspace, shape: BaseGeometry) -> list[tuple[str, str | None]]:
    """(东, words) and so on for 南, 西, 北; None where nothing with a name is near: a line to write on."""
    west, south, east, north = shape.bounds
    around = (west - _NEAR_M, south - _NEAR_M, east + _NEAR_M, north + _NEAR_M)
    named = [
        one
        for layer in _LAYERS
        if layer in ws.definitions
        for one in ws.table(layer, bounds=around)
        if one.text("name") and one.geometry is not None and measurable(one.geometry)
    ]
    corners = shapely.get_coordinates(shape)
    ends = (
        _end(corners, corners[:, 0], east - _END * (east - west)),
        _end(corners, -corners[:, 1], -south - _END * (north - south)),
        _end(corners, -corners[:, 0], -west - _END * (east - west)),
        _end(corners, corners[:, 1], north - _END * (north - south)),
    )
    return [(_(side), _told(end, named, ws.epsg)) for side, end in zip(_SIDES, ends, strict=True)]


def _end(corners: NDArray[np.float64], along: NDArray[np.float64], least: float) -> Point:
    """The middle of the corners that reach farthest along a direction."""
    east, north = corners[along >= least].mean(axis=0).tolist()
    return Point(east, north)


def _told(end: Point, named: Sequence[Feature], epsg: int) -> str | None:
    best: tuple[float, Feature, Point] | None = None
    for one in named:
        shape = one.geometry if one.geometry is not None and one.geometry.length > 0 else place_of(one)
        if shape is None or shape.is_empty:
            continue
        near = nearest_points(shape, end)[0]
        metres = geodesic_distance((near.x, near.y), (end.x, end.y), epsg)
        if metres <= _NEAR_M and (best is None or metres < best[0]):
            best = (metres, one, near)
    if best is None:
        return None
    metres, feature, near = best
    if metres < _AT_M:
        return feature.text("name")
    side = compass(bearing((near.x, near.y), (end.x, end.y)))
    return _("{name}{side}侧约 {metres} 米处").format(
        name=feature.text("name"), side=side, metres=rounded_metres(metres)
    )
