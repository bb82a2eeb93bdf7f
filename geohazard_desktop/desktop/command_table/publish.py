"""Menu 出图."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command(
        "publish.map_internal",
        _("A3 警示图（内部）…"),
        "publish",
        "map-print",
        "Ctrl+P",
        "workspace",
        _("内部用的 A3 警示图，PDF。"),
        {"publish": 1},
        caption=_("内部警示图"),
    ),
    Command(
        "publish.map_public",
        _("A3 警示图（公开）…"),
        "publish",
        "map-public",
        "",
        "workspace",
        _("张贴用的 A3 警示图，不含个人信息；没有审图号时印“待批”。"),
        {"publish": 1},
        caption=_("公开警示图"),
    ),
    Command(
        "publish.cards_work",
        _("防灾工作明白卡…"),
        "publish",
        "card-work",
        "",
        "workspace",
        _("每个隐患点一张，发给责任单位和监测人。"),
        {"publish": 1},
        caption=_("工作明白卡"),
    ),
    Command(
        "publish.cards_household",
        _("防灾避险明白卡…"),
        "publish",
        "card-household",
        "",
        "workspace",
        _("每户一张，背面是这一户的撤离路线图。"),
        {"publish": 1},
        caption=_("避险明白卡"),
    ),
    Command(
        "publish.web",
        _("网页地图…"),
        "publish",
        "web",
        "",
        "workspace",
        _("一个不用联网就能看的网页文件。"),
        {"publish": 1},
        caption=_("网页地图"),
    ),
    Command(
        "publish.web_public",
        _("网页地图（公开）…"),
        "publish",
        "",
        "",
        "workspace",
        _("给群众看的网页文件：不含个人信息和坐标；没有审图号时写“待批”。"),
    ),
)

# Entries that open a new section of the menu.
SECTIONS = ("publish.cards_work", "publish.web")
