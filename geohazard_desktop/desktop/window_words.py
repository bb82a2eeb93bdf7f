"""What the window says about a whole workspace: the state of each stage, a line for the recent files, the CRS."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS, residence_count
from geohazard_desktop.checks.finding import Finding, counted
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.zones import stage as zone_stage
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pyproj import CRS


def summary(ws: Workspace) -> str:
    """8 个危险区 · 9 条路线 · 60 户."""
    parts = []
    for layer, unit in (("danger_zone", _("个危险区")), ("evacuation_route", _("条路线")), ("household", _("户"))):
        if layer in ws.definitions:
            count = residence_count(ws) if layer == HOUSEHOLDS else ws.count(layer)
            parts.append(f"{count} {unit}")
    return " · ".join(parts)


def stage_states(
    ws: Workspace,
    findings: Sequence[Finding],
    *,
    drawn: str,
    publishing: bool,
    whole: bool = True,
    outdated: bool = False,
    doubtful: int = 0,
) -> dict[str, tuple[str, str]]:
    """By stage: its words and its severity ("" for none). `drawn` is the layer under the pen; `whole` says that the
    findings are of a run over everything, not of what was touched alone, `outdated` that more was changed since than
    could be judged; `doubtful` counts the routes that nobody may be sent along unasked."""
    shown = [one for one in ws.definitions.values() if not one.helper and one.geometry != "none"]
    filled = sum(ws.count(one.table) > 0 for one in shown)
    states = {"layers": (_("{count} 层有数据").format(count=filled), "")}
    routes = _("{count} 条").format(count=ws.count("evacuation_route")) if "evacuation_route" in ws.definitions else ""
    if doubtful:
        routes += _(" · {count} 条先别走").format(count=doubtful)
    for layer, key, unit, (told, severity) in (
        ("danger_zone", "zones", _("个"), zone_stage.stage_words(ws)),
        ("evacuation_route", "routes", _("条"), (routes, "warning" if doubtful else "")),
    ):
        states[key] = (told + (_(" · 正在画 1 {unit}").format(unit=unit) if drawn == layer else ""), severity)
    states["checks"] = checks_state(findings, whole=whole, outdated=outdated)
    states["publish"] = (_("正在出图") if publishing else _("警示图、明白卡、网页"), "")
    return states


def checks_state(findings: Sequence[Finding], *, whole: bool, outdated: bool) -> tuple[str, str]:
    """The words and the severity of the stage 检查 alone: see `stage_states`."""
    if not findings:
        nothing = _("要再查一遍") if outdated else _("没有发现问题")
        return (nothing if whole else _("找出会印错的地方"), "")
    counts = counted(findings)
    errors, warnings = counts["error"], counts["warning"]
    told = _("{errors} 错误 · {warnings} 提醒").format(errors=errors, warnings=warnings)
    if not whole:
        told = _("{told}（只查了改动处）").format(told=told)
    elif outdated:
        told = _("{told}（要再查一遍）").format(told=told)
    return told, "error" if errors else "warning" if warnings else ""


def crs_words(crs: "CRS") -> tuple[str, str]:
    """2000 国家大地坐标系 · 3° 带第 36 带, and a short form."""
    code = crs.to_epsg()
    operation = crs.coordinate_operation
    params = {one.name: one.value for one in operation.params} if operation else {}
    zone = int(float(params.get("False easting", 0)) // 1_000_000)
    meridian = float(params.get("Longitude of natural origin", 0))
    long = _("2000 国家大地坐标系 · 3° 带第 {zone} 带").format(zone=zone)
    if not zone:
        long = _("2000 国家大地坐标系 · 中央经线 {meridian:g}°").format(meridian=meridian)
    return f"{long}（EPSG:{code}）", f"EPSG:{code}"
