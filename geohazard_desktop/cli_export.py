"""`main.py export`: a layer as a file for others, from the command line."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import ExportRefused, GeohazardError, UsageWrong
from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport
    from geohazard_desktop.workspace.workspace import Workspace


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words behind `main.py export WORKSPACE`."""
    parser.add_argument("layer", metavar="LAYER", help=_("哪个图层，例如 danger_zone 或 危险区"))
    parser.add_argument(
        "out", metavar="OUT", type=Path, help=_("写到哪个文件；后缀定格式：gpkg、shp、geojson、kml、dxf、xlsx、csv")
    )
    parser.add_argument(
        "--profile",
        metavar="public|internal",
        choices=["public", "internal"],
        default="public",
        help=_("public 公开（不含个人信息，不写就是它），internal 内部"),
    )
    parser.add_argument("--public", action="store_const", const="public", dest="profile", help=_("同 --profile public"))
    parser.add_argument("--crs", metavar="EPSG", help=_("写成哪个坐标系，如 4490、4545；不写用工作文件自己的"))
    parser.add_argument("--encoding", metavar="NAME", help=_("Shapefile 和 CSV 的文字编码：GB18030 或 UTF-8"))
    parser.add_argument("--only", metavar="ID", action="append", help=_("只导出这个编号的，可以写几次"))
    parser.add_argument("--field-names", action="store_true", help=_("列名用英文字段名，不用中文名称"))
    parser.add_argument("--overwrite", action="store_true", help=_("文件已在时盖掉它"))
    parser.add_argument("--recipient", metavar="TEXT", default="", help=_("给哪个单位，记进导出登记"))


def export(options: argparse.Namespace, layer: str, epsg: int | None) -> int:
    """Do it; 0, or 1 where something could not be written."""
    from geohazard_desktop.analysis.shape_columns import measures_to_tell
    from geohazard_desktop.analysis.zone_states import states_to_tell
    from geohazard_desktop.exchange.layer_export import export_layer
    from geohazard_desktop.exchange.layer_order import LayerOrder, format_of
    from geohazard_desktop.workspace.workspace import Workspace

    form = format_of(options.out, options.encoding)
    with Workspace.open(options.workspace) as ws:
        ws.definition(layer)
        if options.out.exists() and not options.overwrite:
            raise ExportRefused(
                _("{name} 已经有了，没有盖掉。").format(name=options.out.name), _("请换一个文件名，或加 --overwrite。")
            )
        order = LayerOrder(
            layer,
            form.key,
            options.profile,
            uids=_uids(ws, layer, options.only) if options.only else None,
            epsg=epsg,
            titles=not options.field_names,
            instead=states_to_tell(ws, layer),
            measures=measures_to_tell(ws, layer),
        )
        report = export_layer(ws, order, options.out)
        for sentence in told(report):
            print(sentence)
        sentence = _entered(ws, order, report, options.recipient)
        if sentence:
            print("  " + sentence)
    return 0


def told(report: "LayerReport") -> list[str]:
    """What was done, in sentences; the first names the file."""
    from geohazard_desktop.exchange.layer_order import personal_words

    found = [_("已导出 {count} 个要素到 {path}。").format(count=report.features, path=report.files[-1])]
    if report.crs:
        found.append("  " + _("坐标系：{crs}。").format(crs=report.crs))
    return found + ["  " + one for one in [*report.notes, *personal_words(report.left_out, report.personal)]]


def _uids(ws: "Workspace", layer: str, numbers: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for number in numbers:
        these = [one.uid for one in ws.find(layer, "id", number)]
        if not these:
            title = ws.definition(layer).title
            raise UsageWrong(
                _("{layer}里没有编号 {number}。").format(layer=title, number=number),
                _("请核对编号，什么也没有写出。"),
            )
        found += these
    return tuple(found)


def _entered(ws: "Workspace", order: "LayerOrder", report: "LayerReport", recipient: str) -> str:
    """Enter it in 导出登记; why not, where the workspace can't be written: the file lies there all the same."""
    from geohazard_desktop.exchange.layer_entry import layer_entry
    from geohazard_desktop.workspace.edits.export_entry import digest_of

    if ws.read_only:
        return _("工作文件只能看，这次导出没有记进导出登记。")
    edit = layer_entry(ws, order, report, recipient, digest_of(report.files[-1:]))
    try:
        if edit is not None:
            ws.apply(edit)
    except GeohazardError as error:
        return _("这次导出没有记进导出登记：{why}").format(why=error)
    return ""
