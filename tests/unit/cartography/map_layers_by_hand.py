"""Small layers made by hand for the tests of the painter."""

from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.definition import FieldDefinition, GeometryKind, LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable

E, N = 36_400_000.0, 4_370_000.0
FIELDS = tuple(FieldDefinition(name, name, "text") for name in ("id", "name", "kind"))
KIND: dict[str, GeometryKind] = {"Polygon": "polygon", "LineString": "line", "Point": "point"}


def picture(
    shapes: list[BaseGeometry], style: dict[str, Any], layer: str = "layer", **columns: list[Any]
) -> LayerPicture:
    """A layer of `shapes`, which lie in metres from (E, N)."""
    from shapely.affinity import translate

    geometries = np.empty(len(shapes), dtype=object)
    geometries[:] = [translate(one, E, N) for one in shapes]
    kind = KIND[shapes[0].geom_type.removeprefix("Multi")] if shapes else "polygon"
    definition = LayerDefinition(layer, layer, kind, FIELDS)
    table = FeatureTable(layer, [f"{layer}-{number}" for number in range(len(shapes))], geometries, dict(columns))
    return LayerPicture(definition, Style.parse(style, layer), table)


def view(width: float = 100.0, height: float = 100.0, denominator: float = 1000.0, dpi: float = 96.0) -> MapView:
    """A frame whose lower left corner is (E, N); at 1:1000 a metre is a millimetre."""
    metres = denominator / 1000.0
    return MapView((E + width * metres / 2, N + height * metres / 2), denominator, width, height, dpi)


def rule(*symbols: dict[str, Any], label: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "symbol": list(symbols), **more}
