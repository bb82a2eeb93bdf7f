"""Who and what lies inside an area: households, people, buildings, facilities."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.workspace.feature import Feature, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exposure:
    """Counts inside an area, its edge included; households in residence alone.

    `people` is the sum of the households' 家庭人数 where it is known; `households_without_people` says how many
    households have none, so that nobody takes the sum for whole. `property_wan` is in 万元.
    """

    households: tuple[Feature, ...]
    people: int
    households_without_people: int
    buildings: int
    facilities: tuple[Feature, ...]
    facility_people: int
    property_wan: float

    @property
    def household_count(self) -> int:
        return len(self.households)


def exposure(ws: Workspace, area: BaseGeometry) -> Exposure:
    """What lies inside `area` (metres of the workspace's CRS). Buildings count when any part of them is inside."""
    households = counted(features_inside(ws, "household", area))
    facilities = features_inside(ws, "facility", area)
    counts = [one["people"] for one in households]
    return Exposure(
        households=tuple(households),
        people=sum(int(one) for one in counts if isinstance(one, int | float)),
        households_without_people=sum(one is None for one in counts),
        buildings=len(features_inside(ws, "building", area)),
        facilities=tuple(facilities),
        facility_people=sum(int(one["people"] or 0) for one in facilities),
        property_wan=sum(float(one["property_wan"] or 0) for one in (*households, *facilities)),
    )


def features_inside(ws: Workspace, layer: str, area: BaseGeometry) -> list[Feature]:
    """Features of `layer` that meet `area`, in file order; empty where the workspace has no such layer."""
    if layer not in ws.definitions or area.is_empty:
        return []
    return _meeting(ws.table(layer, bounds=area.bounds), area)


def _meeting(table: FeatureTable, area: BaseGeometry) -> list[Feature]:
    shapely.prepare(area)
    hits = shapely.intersects(area, table.geometries)
    return [table.feature(index) for index, hit in enumerate(hits) if hit]
