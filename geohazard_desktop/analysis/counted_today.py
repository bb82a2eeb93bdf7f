"""Who counts today: households in residence and shelters in use. The one place that decides it.

A household counts until its 迁出日期, a shelter until its 停用日期; a day that lies ahead changes nothing before it has
come. What is over stays in the file with its papers and its history.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np

from geohazard_desktop.domain.dates import has_come
from geohazard_desktop.domain.endings import ENDED_ON
from geohazard_desktop.workspace.feature import Feature, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

HOUSEHOLDS, SHELTERS = "household", "shelter"


def counts_today(feature: Feature, today: date | None = None) -> bool:
    """Whether a feature counts on a day (default: this one). Layers that know no end count always."""
    field = ENDED_ON.get(feature.layer)
    return field is None or not has_come(feature.values.get(field), today)


def counted(features: Iterable[Feature], today: date | None = None) -> list[Feature]:
    """Those of `features` that count: households in residence, shelters in use, and whatever else is among them."""
    return [one for one in features if counts_today(one, today)]


def counted_table(table: FeatureTable, today: date | None = None) -> FeatureTable:
    """The rows of a layer's table that count; the table itself where all do."""
    days = table.columns.get(ENDED_ON.get(table.layer, ""), ())
    over = [has_come(one, today) for one in days] if days else []
    if not any(over):
        return table
    kept = np.flatnonzero(~np.asarray(over))
    return FeatureTable.of(table.layer, [table.feature(int(index)) for index in kept])


def residents_in(ws: Workspace, today: date | None = None) -> list[Feature]:
    """Every household in residence, in file order; none where there is no such layer."""
    return counted(ws.table(HOUSEHOLDS), today) if HOUSEHOLDS in ws.definitions else []


def residence_count(ws: Workspace, today: date | None = None) -> int:
    """How many households are in residence."""
    return _count(ws, HOUSEHOLDS, today)


def _count(ws: Workspace, layer: str, today: date | None) -> int:
    field = ENDED_ON[layer]
    if layer not in ws.definitions:
        return 0
    if field not in ws.definitions[layer].by_name:
        return ws.count(layer)
    ids, _uids = ws.all_rows(layer)
    _there, table = ws.cells(layer, ids, [field])
    return sum(not has_come(one, today) for one in table.column(field))


def shelters_in_use(ws: Workspace, today: date | None = None) -> list[Feature]:
    """Every shelter in use, in file order."""
    return counted(ws.table(SHELTERS), today) if SHELTERS in ws.definitions else []


def closed_shelters(ws: Workspace, today: date | None = None) -> dict[str, Feature]:
    """By uid the shelters that are closed, without their places."""
    found = ws.attributes(SHELTERS) if SHELTERS in ws.definitions else ()
    return {one.uid: one for one in found if not counts_today(one, today)}
