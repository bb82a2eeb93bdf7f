"""The products of the groups 公告和标牌 and 表册和文件: papers for one feature each."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option, Product

_STICKER = "geohazard_desktop.publishing.door_sticker:publish_door_stickers"
_STICKER_SIZE = Option(
    "size",
    _("纸张"),
    "choice",
    "A6x4",
    (
        ("A6x4", _("A6 门贴，四张拼一页 A4")),
        ("A5x2", _("A5 门贴，两张拼一页 A4")),
        ("A6", _("A6，一张一个文件")),
        ("A5", _("A5，一张一个文件")),
    ),
)

NOTICES: tuple[Product, ...] = (
    Product(
        "stickers_household",
        "notices",
        _("门贴（每户）"),
        _("撤离信号、路线号、安置点和值班电话，贴在门后；不印姓名、住址和个人电话。"),
        _STICKER,
        _("门贴"),
        "household",
        {"per": "household"},
        (_STICKER_SIZE,),
        progress=True,
        icon="door-sticker",
        caption=_("门贴"),
    ),
    Product(
        "stickers_zone",
        "notices",
        _("门贴（每个危险区）"),
        _("一个危险区一张，列出区内各条路线；没有逐户登记时用。"),
        _STICKER,
        _("危险区门贴"),
        "danger_zone",
        {"per": "zone"},
        (_STICKER_SIZE,),
        progress=True,
        icon="door-sticker",
        caption=_("危险区门贴"),
    ),
)

DOCUMENTS: tuple[Product, ...] = ()
