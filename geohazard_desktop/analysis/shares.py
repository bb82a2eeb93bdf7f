"""How much of the district each susceptibility class takes, and whether that agrees with the district's plan.

A share is a class's geodesic area in percent of the sum of all classes, as the plan reckons. The plan's own figures are
the workspace's settings `share.<class>`; the tolerance stands in resources/rules/checks.toml with its source.
"""

from dataclasses import dataclass

from geohazard_desktop.analysis.measures import geodesic_areas
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

LAYER = "susceptibility_zone"
_ROUNDING = 1e-9  # 22.73 + 0.05 is not exactly 22.78 in binary


@dataclass(frozen=True, slots=True)
class Share:
    """One class. `percent` is of the sum; `difference` is in percentage points. None: the plan has no figure."""

    name: str
    km2: float
    percent: float
    planned_percent: float | None
    difference: float | None
    agrees: bool | None


def susceptibility_shares(ws: Workspace, table: FeatureTable | None = None) -> list[Share]:
    """Shares by class in the definition's order; classes that are neither drawn nor planned are left out. None where
    nothing is drawn: 0 % beside the plan's 74.15 % is no finding, only noise. `table` is the whole layer where the
    caller has it already."""
    table = ws.table(LAYER) if table is None else table
    areas = geodesic_areas(table.geometries, ws.epsg)
    found: dict[str, float] = dict.fromkeys(ws.definition(LAYER).by_name["class"].values, 0.0)
    for name, area in zip(table.columns.get("class", []), areas, strict=False):
        key = str(name or "")
        found[key] = found.get(key, 0.0) + float(area)
    total = sum(found.values())
    if not total:
        return []
    tolerance = parameter("susceptibility_shares", "tolerance_points")
    settings = ws.settings()
    shares = []
    for name, area in found.items():
        planned = _number(settings.get(f"share.{name}", ""))
        if not area and planned is None:
            continue
        percent = 100.0 * area / total
        difference = None if planned is None else percent - planned
        agrees = None if difference is None else abs(difference) <= tolerance + _ROUNDING
        shares.append(Share(name, area / 1e6, percent, planned, difference, agrees))
    return shares


def share_words(share: Share) -> str:
    """中易发区占 22.73 %（49.94 km²），预案 22.73 %，相符."""
    words = _("{name}占 {percent:.2f} %（{km2:.2f} km²）").format(name=share.name, percent=share.percent, km2=share.km2)
    if share.planned_percent is None:
        return words
    verdict = _("相符") if share.agrees else _("相差 {points:+.2f} 个百分点").format(points=share.difference)
    return words + _("，预案 {percent:.2f} %，{verdict}").format(percent=share.planned_percent, verdict=verdict)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("%％"))
    except ValueError:
        return None
