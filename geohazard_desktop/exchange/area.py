"""Where a workspace's data can plausibly lie: the district with a margin, or its projection's zone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

Floats = NDArray[np.float64]
NEAR = 5_000.0  # metres: what an office surveys reaches a little over its border
FAR = 100_000.0  # metres: neighbours and context still make sense, another province does not


@dataclass(frozen=True, slots=True)
class Area:
    """A box in the workspace's CRS (metres, east and north) and what to call it."""

    name: str
    box: tuple[float, float, float, float]
    of_district: bool

    def inside(self, east: Floats, north: Floats, margin: float = FAR) -> NDArray[np.bool_]:
        """Elementwise; infinite and NaN coordinates are outside. The margin is ignored where only the zone is known."""
        margin = margin if self.of_district else 0.0
        west, south, east_max, north_max = self.box
        within = (east >= west - margin) & (east <= east_max + margin)
        return np.asarray(within & (north >= south - margin) & (north <= north_max + margin), dtype=bool)

    def share(self, coordinates: Floats, margin: float = FAR) -> float:
        """The share (0 to 1) of an (n, 2) array of east, north that lies inside."""
        if not len(coordinates):
            return 0.0
        return float(self.inside(coordinates[:, 0], coordinates[:, 1], margin).mean())


def area_of(ws: Workspace) -> Area:
    box = own_district_bounds(ws)
    if box:
        return Area(ws.setting("district.name") or _("本区"), box, True)
    use = ws.crs.area_of_use
    if use is None:
        return Area(_("坐标系"), (-np.inf, -np.inf, np.inf, np.inf), False)
    # Half a degree over the zone's edge: districts do not end where zones do.
    to_metres = Transformer.from_crs("EPSG:4490", ws.crs, always_xy=True)
    zone = to_metres.transform_bounds(use.west - 0.5, use.south - 0.5, use.east + 0.5, use.north + 0.5)
    return Area(_("EPSG:{epsg} 的适用范围").format(epsg=ws.epsg), zone, False)
