"""Warning signs on a danger zone's boundary: which stand there, how many are advised (条例 art. 19).

All geometry is in metres of the workspace's CRS.
"""

import math

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.domain.lifecycle import sign_days, sign_spacing
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

SIGNS = "warning_sign"
DAYS_SETTING = "zone.sign_days"


def signs_on_boundary(ws: Workspace, shape: BaseGeometry | None) -> list[Feature]:
    """The signs that stand on the boundary or within the rule's distance of it, whatever zone they name."""
    if shape is None or shape.is_empty or SIGNS not in ws.definitions:
        return []
    near = parameter("danger_zone_sign", "sign_distance_m")
    west, south, east, north = shape.bounds
    around = (west - near, south - near, east + near, north + near)
    edge = shape.boundary
    return [
        one
        for one in ws.table(SIGNS, bounds=around)
        if one.geometry is not None and not one.geometry.is_empty and edge.distance(one.geometry) <= near
    ]


def signs_advised(shape: BaseGeometry | None) -> int:
    """How many signs a boundary of this length had better have; at least 1."""
    if shape is None or shape.is_empty:
        return 1
    return max(1, math.floor(float(shape.length) / sign_spacing()[0]))


def days_for_signs(ws: Workspace) -> int:
    """The office's own number of days for setting up signs, else the rule's."""
    told = ws.setting(DAYS_SETTING).strip()
    return int(told) if told.isdecimal() and int(told) > 0 else sign_days()[0]
