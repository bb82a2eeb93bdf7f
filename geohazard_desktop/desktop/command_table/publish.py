"""Menu 出图: a row for each product."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command
from geohazard_desktop.publishing.products import PRODUCTS

_PRODUCTS: Sequence[Command] = tuple(
    Command(
        f"publish.{one.key}",
        _("{title}…").format(title=one.title),
        "publish",
        one.icon,
        one.shortcut,
        "workspace",
        one.note,
        {"publish": 1},
        caption=one.caption,
        family=f"publish.{one.group}",
    )
    for one in PRODUCTS.values()
)
COMMANDS: Sequence[Command] = (
    *_PRODUCTS,
    Command(
        "publish.print",
        _("打印…"),
        "publish",
        "print",
        "Ctrl+Shift+P",
        "workspace",
        _("打印正在看的这一份，或这次出的全部；纸张、单双面和份数按页面预先选好。"),
        {"publish": 2},
        caption=_("打印"),
    ),
    Command(
        "publish.export_view",
        _("把现在看到的地图出成图片…"),
        "publish",
        "",
        "Ctrl+Alt+P",
        "workspace",
        _("PNG、SVG、GeoPDF 或 GeoTIFF；不画住户，不写人名。"),
    ),
    Command(
        "publish.copy_view",
        _("复制现在看到的地图"),
        "publish",
        "copy",
        "Ctrl+Alt+C",
        "workspace",
        _("地图连同比例尺、指北针放到剪贴板，粘贴到文档或幻灯片里；内部用。"),
    ),
    Command(
        "publish.bilingual",
        _("蒙古文…"),
        "publish",
        "bilingual",
        "",
        "workspace",
        _("图名、公告标题、警示牌和门贴上的蒙古文：填、贴、看竖排的样子；由本单位填，程序不翻译。"),
    ),
    Command(
        "publish.templates",
        _("模板…"),
        "publish",
        "template",
        "",
        "workspace",
        _("改卡和图上印的字、颜色、徽标、版面；边改边看。"),
        {"publish": 2},
    ),
)

_ISSUES = (
    Command(
        "publish.issue_register",
        _("发卡登记"),
        "publish",
        "issue-register",
        "",
        "workspace",
        _("发给谁了、谁签收了、哪些要重印；登记签收，照原样重印。"),
        {"publish": 2},
    ),
    Command(
        "publish.zone_papers",
        _("这个危险区的纸"),
        "publish",
        "issue-register",
        "",
        "selection",
        _("选中的危险区（或它的户、路线、标志）发过哪些纸：图、牌、公告、各户的卡。"),
    ),
    Command(
        "publish.check_code",
        _("核对"),
        "publish",
        "check-code",
        "Ctrl+Shift+K",
        "workspace",
        _("输入或扫描图和卡上的核对码，说它还有没有效、被哪一版代替。"),
        {"publish": 2},
    ),
)
COMMANDS = (*COMMANDS, *_ISSUES)

# Entries that open a new section of the menu: the first of each group, and what is made of the view.
SECTIONS = (
    *{one.group: f"publish.{one.key}" for one in reversed(list(PRODUCTS.values()))}.values(),
    "publish.print",
    "publish.export_view",
    "publish.bilingual",
    "publish.issue_register",
)
