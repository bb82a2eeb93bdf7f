"""The program without a window: the same work, the same sentences, on a machine with no display.

Exit status: 0 done (repairs are listed), 1 done but features were left out or checks found errors, 2 refused and
nothing changed. One clear sentence goes to stderr, never a traceback.
"""

import argparse
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from geohazard_desktop import __version__
from geohazard_desktop.common.chinese_arguments import ChineseParser
from geohazard_desktop.common.errors import GeohazardError, UsageWrong
from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    from geohazard_desktop.exchange.report import ImportReport
    from geohazard_desktop.workspace.workspace import Workspace

log = logging.getLogger(__name__)
DONE, DONE_WITH_FAULTS, REFUSED = 0, 1, 2
Command = Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str]) -> int:
    """Parse and do one command; returns the exit status."""
    try:
        options = _parser().parse_args(list(arguments))
        command: Command = options.command
        status = command(options)
        sys.stdout.flush()
        return status
    except GeohazardError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    except KeyboardInterrupt:
        print(_("已停下。"), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # `publish --list | head`
        # What Python holds back would be written at its end, to nobody, and end in another error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(_("没有谁再读输出的内容，已停下。"), file=sys.stderr)
        return REFUSED
    except Exception as error:
        log.debug("unforeseen failure", exc_info=True)
        print(
            _("程序出了没有料到的错（{kind}：{reason}），没有改动数据。请把这句话告诉维护人员。").format(
                kind=type(error).__name__, reason=error
            ),
            file=sys.stderr,
        )
        return REFUSED


# -- commands ----------------------------------------------------------------------------------------------------------


def _new(options: argparse.Namespace) -> int:
    from geohazard_desktop.cartography.new_workspace import new_workspace
    from geohazard_desktop.domain.district import read_district

    with new_workspace(options.workspace, read_district(options.district), demo=options.demo) as workspace:
        features = sum(workspace.count(layer) for layer in workspace.definitions if layer != "setting")
        print(
            _("已建立 {name}：{district}，EPSG:{epsg}，{count} 个要素。").format(
                name=options.workspace,
                district=workspace.setting("district.name"),
                epsg=workspace.epsg,
                count=features,
            )
        )
    return DONE


def _import(options: argparse.Namespace) -> int:
    from geohazard_desktop.exchange.importer import import_file
    from geohazard_desktop.workspace.identity import at_command_line
    from geohazard_desktop.workspace.workspace import Workspace

    if options.all:
        return _import_all(options)
    layer = _layer_of(options.layer)
    mapping = _pairs(options.map, "--map")
    constants = _pairs(options.set, "--set")
    epsg, shift = _crs(options.crs)
    with Workspace.open(options.workspace, identity=at_command_line()) as workspace:
        report = import_file(
            workspace,
            options.file,
            layer,
            source_layer=options.source_layer,
            epsg=epsg,
            shift=shift,
            encoding=options.encoding,
            mapping=mapping,
            constants=constants,
            only=_pairs(options.only, "--only"),
            within=options.within,
        )
        if options.json:
            _print_json(report.to_json())
        else:
            _tell_import(workspace, layer, report)
    return DONE_WITH_FAULTS if report.skipped else DONE


def _import_all(options: argparse.Namespace) -> int:
    from geohazard_desktop.exchange.all_tables import import_all
    from geohazard_desktop.workspace.identity import at_command_line
    from geohazard_desktop.workspace.workspace import Workspace

    of_one_table = ("--source-layer", "--map", "--set", "--only", "--within")
    written = next((one for one in of_one_table if getattr(options, one[2:].replace("-", "_"))), None)
    if written:
        raise UsageWrong(
            _("--all 是把整个文件一起导入，{option} 只管一张表，不能一起写。").format(option=written),
            _("要写它的，一张表一张表地导入（--layer 图层）。"),
        )
    epsg, shift = _crs(options.crs)
    with Workspace.open(options.workspace, identity=at_command_line()) as workspace:
        tables = import_all(workspace, options.file, epsg=epsg, shift=shift, encoding=options.encoding)
        if options.json:
            _print_json([one.to_json() for one in tables])
        for one in () if options.json else tables:
            if one.table:
                print(_("“{table}”：").format(table=one.table))
            if one.why:
                print("  " + one.why)
            else:
                _tell_import(workspace, one.layer, one.report)
    return DONE_WITH_FAULTS if any(one.rows != 0 or one.report.skipped for one in tables) else DONE


def _tell_import(workspace: "Workspace", layer: str, report: "ImportReport") -> None:
    print(
        _("已导入 {imported} 个到“{layer}”，其中修复 {repaired} 个，跳过 {skipped} 个。").format(
            imported=report.imported,
            layer=workspace.definition(layer).title,
            repaired=report.repaired,
            skipped=report.skipped,
        )
    )
    for one in report.evidence:
        print("  " + one.sentence)
    for problem in report.problems:
        print("  " + problem.sentence)


def _export(options: argparse.Namespace) -> int:
    from geohazard_desktop.cli_export import export

    epsg, shift = _crs(options.crs)
    if shift is not None:
        raise UsageWrong(_("不能导出成火星坐标。"), _("--crs 请写坐标系代码，如 4490。"))
    return export(options, _layer_of(options.layer), epsg)


def _layers(options: argparse.Namespace) -> int:
    from geohazard_desktop.analysis.measures import layer_area_km2
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(options.workspace, read_only=True) as workspace:
        rows = [
            {
                "layer": one.table,
                "title": one.title,
                "geometry": one.geometry,
                "features": workspace.count(one.table),
                "area_km2": layer_area_km2(workspace, one.table) if one.geometry == "polygon" else None,
            }
            for one in workspace.definitions.values()
            if not one.helper
        ]
        for sentence in workspace.verify_history():
            print(sentence, file=sys.stderr)
    if options.json:
        _print_json(rows)
        return DONE
    for row in rows:
        area = "" if row["area_km2"] is None else f"  {row['area_km2']:.2f} km²"
        print(f"{row['title']}（{row['layer']}）  {row['features']}{area}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from geohazard_desktop.analysis.shares import share_words, susceptibility_shares
    from geohazard_desktop.checks.run import check
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(options.workspace, read_only=True) as workspace:
        findings = check(workspace)
        shares = susceptibility_shares(workspace)
        history = workspace.verify_history()
    errors = sum(one.severity == "error" for one in findings)
    warnings = sum(one.severity == "warning" for one in findings)
    if options.json:
        rows = [
            {"rule": one.rule, "layer": one.layer, "id": one.id, "severity": one.severity, "sentence": one.sentence}
            for one in findings
        ]
        _print_json({"errors": errors, "warnings": warnings, "findings": rows})
    else:
        for one in findings:
            print({"error": "✕ ", "warning": "! "}.get(one.severity, "i ") + one.sentence)
        for share in shares:
            print(share_words(share))
        print(_("{errors} 个错误，{warnings} 个提醒。").format(errors=errors, warnings=warnings))
    for sentence in history:
        print(sentence, file=sys.stderr)
    return DONE_WITH_FAULTS if errors else DONE


def _map(options: argparse.Namespace) -> int:
    return _product(options, f"map_{options.profile}", {"paper": options.sheet})


_KINDS = ("work", "household", "large")


def _cards(options: argparse.Namespace) -> int:
    from geohazard_desktop.publishing.cards.order import publish_both
    from geohazard_desktop.workspace.identity import at_command_line
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(options.workspace, identity=at_command_line()) as workspace:
        return _told(publish_both(workspace, options.out, options.kind))


def _web(options: argparse.Namespace) -> int:
    return _product(options, "web_public" if options.profile == "public" else "web", {})


def _product(options: argparse.Namespace, key: str, given: dict[str, str]) -> int:
    """A command of its own for a product of the registry: its report says what `publish` says."""
    from geohazard_desktop.publishing.ordering import place_called
    from geohazard_desktop.publishing.products import PRODUCTS
    from geohazard_desktop.workspace.identity import at_command_line
    from geohazard_desktop.workspace.workspace import Workspace

    product = PRODUCTS[key]
    opened = Workspace.open(options.workspace, read_only=not product.registers, identity=at_command_line())
    with opened as workspace:
        out = place_called(product, options.out, workspace.setting("district.name"), product.chosen(given))
        return _told(product.publish(workspace, out, given))


def _publish(options: argparse.Namespace) -> int:
    from geohazard_desktop.publishing.ordering import options_called, place_called, product_called, subjects_called
    from geohazard_desktop.workspace.identity import at_command_line
    from geohazard_desktop.workspace.workspace import Workspace

    product = product_called(options.product)
    given = options_called(product, _pairs(options.set, "--set"))
    opened = Workspace.open(options.workspace, read_only=not product.registers, identity=at_command_line())
    with opened as workspace:
        uids = subjects_called(workspace, product, options.only) if options.only else None
        out = place_called(product, options.out, workspace.setting("district.name"), given)
        return _told(product.publish(workspace, out, given, uids=uids))


class _ListProducts(argparse.Action):
    """Ends like --help, so that nobody needs a workspace to see what there is."""

    def __call__(self, parser: argparse.ArgumentParser, *_words: object) -> NoReturn:
        print(_products())
        parser.exit()


def _products() -> str:
    from geohazard_desktop.publishing.ordering import product_lines

    return "\n".join(product_lines())


def _template(options: argparse.Namespace) -> int:
    from geohazard_desktop.exchange.lists import write_template
    from geohazard_desktop.workspace.definition import read_definitions

    write_template(options.kind, options.out, read_definitions())
    print(_("已写出空表 {name}。").format(name=options.out))
    return DONE


def _told(report: Any) -> int:
    """Say what a publishing step made and what it lacked. `report` is a publishing.report.PublishReport."""
    for path in report.files:
        print(_("已写出 {name}").format(name=path))
    for sentence in report.notes:
        print("  " + sentence)
    for sentence in report.problems:
        print(sentence, file=sys.stderr)
    return DONE_WITH_FAULTS if report.problems else DONE


def _layer_of(name: str) -> str:
    """A layer's table, given that or its Chinese title, in full or without its brackets."""
    from geohazard_desktop.common.brief_titles import called_briefly
    from geohazard_desktop.workspace.definition import read_definitions

    layers = read_definitions().values()
    found = next((one for one in layers if name in (one.table, one.title)), None)
    found = found or called_briefly(name, layers, lambda one: one.title)
    return name if found is None else found.table


def _pairs(words: Sequence[str] | None, option: str) -> dict[str, str]:
    found = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise UsageWrong(
                _("{option} 后面的“{word}”不对。").format(option=option, word=word),
                _("请写成 字段=内容，例如 {option} class=中易发区。").format(option=option),
            )
        found[name] = value
    return found


def _crs(word: str | None) -> tuple[int | None, str | None]:
    if word is None:
        return None, None
    shift = word.lower().replace("-", "")
    if shift in {"gcj02", "bd09"}:
        return 4490, shift
    number = re.fullmatch(r"(?:EPSG:)?(\d{4,6})", word.upper())
    if number is None:
        raise UsageWrong(
            _("--crs 后面的“{word}”不是坐标系代码。").format(word=word), _("请写 EPSG 代码，如 4524，或 GCJ02。")
        )
    return int(number.group(1)), None


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


# -- the command line's words ------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(
        prog="main.py",
        description=_("地质灾害防治工作台。不写命令时打开窗口：main.py，或 main.py 工作文件.gpkg。"),
        epilog=_("结果代码：0 完成；1 完成，但有要素没有导入或检查有错误；2 没有做，什么也没改。"),
    )
    parser.add_argument("--version", action="version", version=f"geohazard_desktop {__version__}", help=_("显示版本"))
    commands = parser.add_subparsers(title=_("命令"), metavar="", required=True, dest="命令")

    def command(name: str, does: Command, words: str, workspace: bool = True) -> ChineseParser:
        found = commands.add_parser(name, help=words, description=words)
        found.set_defaults(command=does)
        if workspace:
            found.add_argument("workspace", metavar="WORKSPACE", type=Path, help=_("工作文件（*.gpkg）"))
        return found

    new = command("new", _new, _("新建工作文件"))
    new.add_argument("--demo", action="store_true", help=_("装入示例数据（全部是示意数据）"))
    new.add_argument("--district", metavar="区划", help=_("行政区代码或设置文件，不写用自带的"))

    add = command("import", _import, _("把数据文件导入一个图层，或整个文件一起导入"))
    add.add_argument(
        "file", metavar="FILE", type=Path, help=_("GeoPackage、Shapefile、GeoJSON、KML、GPX、DXF、Excel 或 CSV 文件")
    )
    where = add.add_mutually_exclusive_group(required=True)
    where.add_argument("--layer", metavar="NAME", help=_("写入哪个图层，例如 danger_zone"))
    where.add_argument("--all", action="store_true", help=_("文件里的表一起导入，各写到认得出的图层，算一步"))
    add.add_argument("--source-layer", metavar="S", help=_("文件里有几个图层时，读哪一个"))
    add.add_argument("--crs", metavar="EPSG", help=_("数据的坐标系代码，如 4524；火星坐标写 GCJ02，百度坐标写 BD09"))
    add.add_argument("--encoding", metavar="NAME", help=_("文字编码，如 GBK、UTF-8"))
    add.add_argument("--map", metavar="FIELD=SOURCE", action="append", help=_("图层字段取自文件的哪一列，可以写几次"))
    add.add_argument("--set", metavar="FIELD=VALUE", action="append", help=_("统一填写的内容，可以写几次"))
    add.add_argument("--within", action="store_true", help=_("只导入碰到本区的要素，区界外的不要"))
    add.add_argument("--only", metavar="COLUMN=TEXT", action="append", help=_("只读某一列是某个内容的要素"))
    add.add_argument("--json", action="store_true", help=_("结果按 JSON 输出"))

    from geohazard_desktop.cli_export import add_words

    add_words(command("export", _export, _("把一个图层导出成别的程序能用的文件")))

    for name, does, words in (("layers", _layers, _("列出图层")), ("check", _check, _("检查数据"))):
        command(name, does, words).add_argument("--json", action="store_true", help=_("结果按 JSON 输出"))

    sheet = command("map", _map, _("出警示图（PDF）"))
    sheet.add_argument("--out", metavar="FILE.pdf", type=Path, required=True, help=_("写到哪个文件"))
    sheet.add_argument("--sheet", metavar="A3", choices=["A3"], default="A3", help=_("纸张，现有 A3"))
    _add_profile(sheet)

    cards = command("cards", _cards, _("出防灾工作明白卡和避险明白卡（PDF）"))
    cards.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("写到哪个文件夹"))
    cards.add_argument("--kind", metavar="work|household|large", choices=_KINDS, help=_("只出一种；large 是大字版"))

    any_product = command("publish", _publish, _("出任何一种图、卡、单据"))
    any_product.add_argument("product", metavar="PRODUCT", help=_("哪一种：名称或代号，例如 街道警示图 或 map_street"))
    any_product.add_argument(
        "--out", metavar="PATH", type=Path, required=True, help=_("写到哪个文件或文件夹；文件不写后缀的自动加上")
    )
    any_product.add_argument(
        "--only", metavar="ID", action="append", help=_("只给这一个出：编号、代码或名称，例如 五虎山街道；可以写几次")
    )
    any_product.add_argument(
        "--set",
        metavar="OPTION=VALUE",
        action="append",
        help=_("选项，例如 纸张=A4 或 paper=A4；可以写几次"),
    )
    any_product.further_help = _products
    any_product.add_argument("--list", action=_ListProducts, nargs=0, help=_("列出全部图、卡、单据和各自的选项"))

    web = command("web", _web, _("出不联网也能看的网页地图"))
    web.add_argument("--out", metavar="FILE.html", type=Path, required=True, help=_("写到哪个文件"))
    _add_profile(web)

    blank = command("template", _template, _("写出空的登记表，填好后可以导入"), workspace=False)
    blank.add_argument("kind", metavar="LAYER", help=_("hazard_point、household、shelter 或 person"))
    blank.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True, help=_("写到哪个文件"))
    return parser


def _add_profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile",
        metavar="internal|public",
        choices=["internal", "public"],
        default="internal",
        help=_("internal 内部用图，public 公开图（不含个人信息）"),
    )
