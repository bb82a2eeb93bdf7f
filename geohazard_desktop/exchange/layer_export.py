"""A layer as a file for others: read, written in a folder of its own, put in its place when it is whole.

`write_layer` may run in a process of its own, which may be ended at any moment; only `put_in_place` touches what lies
where the file goes. What has to be known about the data lies beside them as a text.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS

from geohazard_desktop.common.errors import ExportRefused, UsageWrong
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import drafts, put_in_place
from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.exchange.dbf_names import COMPANION, FULL_TEXTS
from geohazard_desktop.exchange.layer_dxf import write_dxf
from geohazard_desktop.exchange.layer_kml import write_kml
from geohazard_desktop.exchange.layer_look import is_others, write_look
from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport, Progress, fits, silent
from geohazard_desktop.exchange.layer_rows import Leaving, leaving
from geohazard_desktop.exchange.layer_table import write_table
from geohazard_desktop.exchange.layer_vector import write_geojson, write_geopackage, write_shapefile
from geohazard_desktop.exchange.style_classes import style_classes
from geohazard_desktop.workspace.clean_copy import COVERED_TEXTS
from geohazard_desktop.workspace.workspace import Workspace

ABOUT = "_说明.txt"
WRITERS = {"gpkg": write_geopackage, "shp": write_shapefile, "shp-utf8": write_shapefile, "geojson": write_geojson}


def export_layer(ws: Workspace, order: LayerOrder, path: Path, progress: Progress = silent) -> LayerReport:
    """Write what `order` asks for to `path`, whole or not at all. `progress` may raise to stop: nothing is left.

    Raises ExportRefused for data that must not leave, an order without features, a place that can't be written and a
    file that is a workspace; UsageWrong for a format or a system that does not fit the layer.
    """
    refuse_place(ws, path)
    with drafts(path) as folder:
        report, names = write_layer(ws, order, str(folder / path.name), progress=progress)
        report.files = finish(folder, names, path)
    return report


def finish(folder: Path, names: Sequence[str], path: Path) -> list[Path]:
    """Put the drafts in their place. A style that somebody made for the file stays; what would belong to the file that
    lay there before (whole names of its columns, a spatial index, a journal) goes. Raises ExportRefused."""
    kept = [one for one in names if not (one.endswith(".qml") and is_others(path.with_name(one)))]
    beside = {
        ".shp": [*(f"{path.stem}{one}" for one in (COMPANION, FULL_TEXTS, ".qix", ".sbn", ".sbx"))],
        ".gpkg": [*(f"{path.name}{one}" for one in ("-wal", "-shm", "-journal"))],
    }
    return put_in_place(folder, kept, path, [one for one in beside.get(path.suffix.lower(), ()) if one not in kept])


def write_layer(
    ws: Workspace, order: LayerOrder, draft: str, *, progress: Progress = silent
) -> tuple[LayerReport, list[str]]:
    """Write to `draft` and beside it; what was written is named, the file itself last."""
    path = Path(draft)
    definition = ws.definition(order.layer)
    report = LayerReport(definition.title)
    form = order.format
    if not fits(form, definition):
        raise UsageWrong(
            _("“{title}”没有图形，不能导出成 {format}。").format(title=definition.title, format=form.title),
            _("请导出成 Excel、CSV 或 GeoPackage。"),
        )
    target = target_crs(ws, order)
    found = leaving(ws, order, target, report, progress)
    count = len(found)
    progress(count, count, _("正在写"))
    report.coordinates = definition.geometry != "none" and form.suffix not in (".xlsx", ".csv")
    missing = int(shapely.is_missing(found.shapes).sum()) if definition.geometry != "none" else 0
    about = _about(ws, order, found, report)
    if form.key in ("kml", "dxf"):
        classes = style_classes(ws.style(order.layer), definition.title)
        write = write_kml if form.key == "kml" else write_dxf
        names = write(found, path, report, classes)
        if missing:
            report.notes.append(_("{count} 个没有图形的没有写。").format(count=missing))
        if not report.features:
            raise ExportRefused(
                _("要导出的 {count} 个都没有图形，写不成 {format}。").format(count=count, format=form.title),
                _("请导出成 Excel、CSV 或 GeoPackage。"),
            )
    elif form.suffix in (".xlsx", ".csv"):
        names = write_table(found, order, path, report, about)
    else:
        names = WRITERS[form.key](found, order, path, report)
        if definition.geometry != "none":
            names = [*write_look(ws, found, order, path, found.called), *names]
    if report.covered:
        report.notes.append(COVERED_TEXTS.format(count=report.covered))
    # The ending is part of the name: the same layer may lie beside itself in several formats.
    beside = path.with_name(f"{path.stem}_{path.suffix.lstrip('.')}{ABOUT}")
    lines = [*about, "", *_told(report)]
    beside.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    return report, [beside.name, *names]


def target_crs(ws: Workspace, order: LayerOrder) -> CRS:
    """The system of the file. Raises UsageWrong for one that the format has no place for, or that is unknown."""
    form = order.format
    epsg = form.epsg or order.epsg
    if epsg is None or epsg == ws.epsg:
        return ws.crs
    if form.epsg is not None and order.epsg not in (None, form.epsg):
        raise UsageWrong(
            _("{format} 按标准只写 EPSG:{epsg}。").format(format=form.title, epsg=form.epsg),
            _("请不写坐标系，或换一种格式。"),
        )
    from geohazard_desktop.exchange.crs import crs_of_code

    crs = crs_of_code(epsg)
    if form.plane and not crs.is_projected:
        raise UsageWrong(_("CAD 图用米，不能写经纬度。"), _("请选一个投影坐标系，如工作文件自己的。"))
    return crs


def refuse_place(ws: Workspace, path: Path) -> None:
    """A workspace is nobody's export: neither the open one nor another."""
    if path.is_dir():
        raise ExportRefused(_("{name} 是文件夹。").format(name=path.name), _("请写一个文件名。"))
    if not path.exists():
        return
    if path.samefile(ws.path) or (path.suffix.lower() == ".gpkg" and _is_workspace(path)):
        raise ExportRefused(_("{name} 是工作文件，不能盖掉。").format(name=path.name), _("请换一个文件名或文件夹。"))


def _is_workspace(path: Path) -> bool:
    """By its bytes, so that a file which is open elsewhere or broken is judged too."""
    with path.open("rb") as stream:
        return b"layer_definition" in stream.read(1 << 20)


# -- what is told ----------------------------------------------------------------------------------------------------


def handover_sentence(profile: str) -> str:
    """What the law says of data that leave; from `resources/rules/handover.toml`."""
    return read_rules("handover.toml").table(profile).text("sentence")


def extent_sentence(km2: float) -> str:
    """What the list of secrets says of an area this large; "" below."""
    rule = read_rules("handover.toml").table("extent")
    return (
        rule.text("sentence").format(area=f"{km2:.0f}", limit=f"{rule.number('km2'):g}")
        if km2 > rule.number("km2")
        else ""
    )


def _about(ws: Workspace, order: LayerOrder, found: Leaving, report: LayerReport) -> list[str]:
    """Where the data come from, in which system they are, who may have them, and what each column means."""
    definition = found.definition
    internal = order.profile == "internal"
    lines = [
        _("{office}　{title}").format(office=ws.setting("office.name"), title=definition.title),
        _("导出时间：{moment:%Y-%m-%d %H:%M}").format(moment=datetime.now()),
        _("用途：{use}").format(use=_("内部") if internal else _("公开（不含个人信息）")),
        _("要素：{count} 个{part}").format(count=len(found), part=_part(order)),
    ]
    if report.crs:
        lines.append(_("坐标系：{crs}").format(crs=report.crs))
    lines.append(handover_sentence(order.profile))
    if definition.geometry != "none":
        large = extent_sentence(_extent_km2(found))
        lines += [large] if large else []
        report.notes += [large] if large and report.coordinates else []
    if found.stored.columns.get("schematic") and any(found.stored.columns["schematic"]):
        count = sum(bool(one) for one in found.stored.columns["schematic"])
        lines.append(_("其中 {count} 个是示意数据，不能用来量距离和划界。").format(count=count))
    if internal and report.personal:
        lines.append(_("含个人信息：{titles}。").format(titles="、".join(report.personal)))
    lines += ["", _("各列："), *(f"{one.heading}　{one.name}" for one in found.columns)]
    return lines


def _part(order: LayerOrder) -> str:
    if order.uids is not None:
        return _("（选中的，不是整层）")
    return _("（图上所见的，不是整层）") if order.bounds is not None else ""


def _extent_km2(found: Leaving) -> float:
    """Of the hull around all shapes, on the plane of the workspace."""
    places = shapely.get_coordinates(found.stored.geometries)
    places = places[np.isfinite(places).all(axis=1)]
    return float(shapely.convex_hull(shapely.multipoints(places)).area) / 1e6 if len(places) else 0.0


def _told(report: LayerReport) -> Sequence[str]:
    left = _("没有写个人信息：{titles}。").format(titles="、".join(report.left_out))
    return [*report.notes, *([left] if report.left_out else [])]
