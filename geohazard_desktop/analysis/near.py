"""Features around a place, read once and kept while the pen stays there: asking again costs no reading."""

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.channels import RIVERS, bank_m
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES, in_force
from geohazard_desktop.workspace.feature import Delta, Feature, FeatureTable
from geohazard_desktop.workspace.rows import Bounds
from geohazard_desktop.workspace.workspace import Workspace


class TooMany(Exception):
    """More features around than may be read while somebody draws."""


class Near:
    """`most`: so many features of a layer are read at most. Call `close` when done."""

    def __init__(self, ws: Workspace, most: int) -> None:
        self._ws, self._most = ws, most
        self._kept: dict[str, tuple[Bounds, FeatureTable | None]] = {}
        self._members: dict[str, list[Feature]] | None = None
        self._bank_m: float | None = None
        self._holding: dict[str, bool] = {}  # by the uid of a danger zone
        self._unsubscribe: Callable[[], None] = ws.subscribe(self._follow)

    def close(self) -> None:
        self._unsubscribe()
        self._kept.clear()

    @property
    def ws(self) -> Workspace:
        return self._ws

    def table(self, layer: str, bounds: Bounds) -> FeatureTable:
        """Features of `layer` in `bounds` (metres) and around. Raises TooMany; empty where there is no such layer."""
        if layer not in self._ws.definitions:
            return FeatureTable.of(layer, [])
        kept = self._kept.get(layer)
        if kept is None or not _within(bounds, kept[0]):
            more = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
            for region in (_grown(bounds, more), bounds):
                table = None
                if len(self._ws.row_ids(layer, region)) <= self._most:
                    table = self._ws.table(layer, bounds=region)
                    break
            kept = self._kept[layer] = (region, table)
        if kept[1] is None:
            raise TooMany(layer)
        return kept[1]

    def met(self, layer: str, area: BaseGeometry) -> tuple[FeatureTable, NDArray[np.bool_]]:
        """Those around and which of them `area` meets, its edge included. Raises TooMany."""
        table = self.table(layer, area.bounds)
        shapely.prepare(area)
        return table, np.asarray(shapely.intersects(area, table.geometries), dtype=bool)

    def inside(self, layer: str, area: BaseGeometry) -> list[Feature]:
        """Features that `area` meets, its edge included. Raises TooMany."""
        table, hit = self.met(layer, area)
        return [table.feature(int(index)) for index in np.flatnonzero(hit)]

    def zones_in_force(self, area: BaseGeometry) -> list[Feature]:
        """Danger zones that hold by their register and that `area` meets. Raises TooMany."""
        met = self.inside(ZONES, area)
        unknown = [one for one in met if one.uid not in self._holding]
        holding = {one.uid for one in in_force(self._ws, unknown)}
        self._holding |= {one.uid: one.uid in holding for one in unknown}
        return [one for one in met if self._holding[one.uid]]

    @property
    def bank_m(self) -> float:
        """As `channels.bank_m`."""
        if self._bank_m is None:
            self._bank_m = bank_m(self._ws)
        return self._bank_m

    def members(self, household: str) -> Sequence[Feature]:
        """The people of a household that are known one by one."""
        if self._members is None:
            self._members = {}
            if "household_member" in self._ws.definitions:
                for one in self._ws.table("household_member"):
                    self._members.setdefault(one.text("household"), []).append(one)
        return self._members.get(household, ())

    def _follow(self, deltas: Sequence[Delta]) -> None:
        for layer in {one.layer for one in deltas}:
            self._kept.pop(layer, None)
            if layer == "household_member":
                self._members = None
            if layer == RIVERS:
                self._bank_m = None
            if layer in (ZONES, EVENTS):
                self._holding.clear()


def _within(inner: Bounds, outer: Bounds) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _grown(box: Bounds, more: float) -> Bounds:
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more
