"""Menu 文件."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command("file.new", _("新建工作文件…"), "file", "plus", "Ctrl+N", tip=_("选一个区县，建一个新的工作文件。")),
    Command("file.open", _("打开工作文件…"), "file", "open", "Ctrl+O", tip=_("打开已有的工作文件（gpkg）。")),
    Command("file.demo", _("打开示例"), "file", "play", tip=_("打开示例的副本，可以随便改。")),
    Command(
        "file.import",
        _("导入数据…"),
        "file",
        "import",
        "Ctrl+I",
        "writable",
        _("把 gpkg、shp、geojson、kml、kmz、gpx、dxf、xlsx、csv 导入到一个图层。"),
        {"layers": 1},
        caption=_("导入"),
    ),
    Command(
        "file.export",
        _("导出图层…"),
        "file",
        "export",
        "",
        "layer_features",
        _("把左边选中的图层导出成 gpkg、shp、geojson、kml、dxf、xlsx 或 csv，给别的程序用。"),
        {"layers": 1},
        caption=_("导出"),
    ),
    Command(
        "file.template",
        _("写出空白登记表…"),
        "file",
        "table",
        "",
        "",
        _("写出隐患点、住户、安置点、责任人的空白表，填好后再导入。"),
        {"layers": 1},
        caption=_("空白表"),
    ),
    Command(
        "file.settings",
        _("单位设置…"),
        "file",
        "",
        "",
        "writable",
        _("单位名称、值班电话、撤离信号、重点防范期、审图号。"),
    ),
    Command("file.copy", _("另存副本…"), "file", "save", "", "workspace", _("连同历史另存一份，打开的是副本。")),
    Command(
        "file.copy_clean",
        _("另存脱敏副本…"),
        "file",
        "",
        "",
        "workspace",
        _("不带历史和个人信息的一份，可以交给别的单位；存完逐一查过。"),
    ),
    Command(
        "file.export_history",
        _("导出历史…"),
        "file",
        "",
        "",
        "workspace",
        _("把每一步改动存成 Excel 或 CSV 表。"),
    ),
    Command("file.backup", _("立即备份"), "file", "", "", "workspace", _("在“备份”文件夹里存一份，工作不停。")),
    Command(
        "file.backups",
        _("备份与恢复…"),
        "file",
        "",
        "",
        "workspace",
        _("定时备份的间隔和位置；从备份的列表里恢复。"),
    ),
    Command("file.close", _("关闭工作文件"), "file", "close", "Ctrl+W", "workspace", _("回到开始页。没有要保存的。")),
    Command("file.quit", _("退出"), "file", "", "Ctrl+Q"),
)

# Entries that open a new section of the menu.
SECTIONS = ("file.import", "file.backup", "file.close")
