"""What stands in the band around a sheet's map: 方里网 and 经纬网, as the template takes them."""

from pyproj import CRS

from geohazard_desktop.cartography.graticule import graticule_ticks
from geohazard_desktop.cartography.grid import grid_ticks
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.sheets.map_forms import GraticuleMark, GridLine


def grid_forms(view: MapView) -> tuple[GridLine, ...]:
    return tuple(
        GridLine(axis="east" if one.axis == "east" else "north", at=one.at, number=one.number, prefix=one.prefix)
        for one in grid_ticks(view)
    )


def graticule_forms(view: MapView, crs: CRS) -> tuple[GraticuleMark, ...]:
    return tuple(GraticuleMark(side=one.side, at=one.at, label=one.label) for one in graticule_ticks(view, crs))
