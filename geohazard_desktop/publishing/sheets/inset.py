"""The 位置图 of an internal sheet: where the district lies among its neighbours, or the frame in the district."""

import shapely

from geohazard_desktop.analysis.street_register import STREETS
from geohazard_desktop.cartography.drawn_from import digest_of, marked
from geohazard_desktop.cartography.furniture import inset_svg
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.workspace.own_district import own_districts
from geohazard_desktop.workspace.workspace import Workspace


def inset_picture(
    ws: Workspace, layers: MapLayers, view: MapView, size: tuple[float, float], framed: bool
) -> str | None:
    """Its SVG; `framed`: with the sheet's frame in the district. None where neither is known."""
    here = [one.geometry for one in own_districts(ws) if one.geometry is not None]
    around = layers.features(STREETS if framed else "neighbour")
    drawn = [one for one in around if one.geometry is not None]
    outlines = [one.geometry for one in drawn if one.geometry is not None]
    if not here or (not outlines and not framed):
        return None
    names = () if framed else [one.text("name") for one in drawn]
    frame = view.bounds if framed else None
    inset = inset_svg(outlines, shapely.union_all(here), *size, names=names, frame=frame)
    return marked(inset, digest_of(*outlines, *here, names, frame))
