"""Whole features turned or made larger about a base point. Corners are kept to the millimetre: what was shared by two
features is shared by both afterwards."""

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import change_geometry
from geohazard_desktop.workspace.edits.wording import Definitions, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

Place = tuple[float, float]
Array = NDArray[np.float64]


def turned(geometry: BaseGeometry, base: Place, degrees: float) -> BaseGeometry:
    """Turned clockwise about `base`, as bearings run."""
    angle = np.radians(degrees)
    cos, sin = np.cos(angle), np.sin(angle)

    def turn(corners: Array) -> Array:
        east, north = (corners - base).T
        return np.column_stack([east * cos + north * sin, north * cos - east * sin]) + base

    return _transformed(geometry, turn)


def scaled(geometry: BaseGeometry, base: Place, factor: float) -> BaseGeometry:
    """Every corner `factor` times as far from `base`."""
    return _transformed(geometry, lambda corners: (corners - base) * factor + base)


def _transformed(geometry: BaseGeometry, change: Callable[[Array], Array]) -> BaseGeometry:
    result: BaseGeometry = shapely.transform(geometry, lambda corners: np.round(change(corners), 3))
    return result


def rotate_features(definitions: Definitions, features: Sequence[Feature], base: Place, degrees: float) -> Edit:
    """Turn clockwise by `degrees` about `base` (east, north). Raises EditRefused for a shape that would be faulty."""
    names = _names(definitions, features)
    way = _("顺时针") if degrees >= 0 else _("逆时针")
    words = _("把{names}{way}旋转 {degrees:g}°").format(names=names, way=way, degrees=round(abs(degrees), 4))
    return Edit(words, _deltas(definitions, features, lambda geometry: turned(geometry, base, degrees)))


def scale_features(definitions: Definitions, features: Sequence[Feature], base: Place, factor: float) -> Edit:
    """Make `factor` times as large about `base` (east, north). Raises EditRefused for a shape that would be faulty."""
    if not 0.001 <= factor <= 1000:
        raise EditRefused(_("缩放 {factor:g} 倍不合理。").format(factor=factor), _("请写 0.001 到 1000 之间的倍数。"))
    words = _("把{names}缩放为 {factor:g} 倍").format(names=_names(definitions, features), factor=round(factor, 6))
    return Edit(words, _deltas(definitions, features, lambda geometry: scaled(geometry, base, factor)))


def _names(definitions: Definitions, features: Sequence[Feature]) -> str:
    if not any(one.geometry is not None for one in features):
        raise EditRefused(_("选中的要素没有图形，不能改。"), _("请先选中地图上的要素。"))
    return followed(led(called_all(definitions, features)))


def _deltas(
    definitions: Definitions, features: Sequence[Feature], change: Callable[[BaseGeometry], BaseGeometry]
) -> list[Delta]:
    found: list[Delta] = []
    for one in features:
        if one.geometry is not None:
            found += change_geometry(definitions, one, change(one.geometry)).deltas
    return found
