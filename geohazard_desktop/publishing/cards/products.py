"""The cards as products: what can be chosen about them."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.last_copies import AS_LAST
from geohazard_desktop.publishing.product import CHANGED_ONLY, Option, Product

_CARDS = "geohazard_desktop.publishing.cards.publish:publish_cards"

_PART = Option(
    "part",
    _("只出"),
    "text",
    "",
    note=_("危险区、街道等的名称或编号"),
)
_COPIES = Option(
    "copies",
    _("份数"),
    "choice",
    AS_LAST,
    (
        (AS_LAST, _("和上次发的一样（没发过的一份）")),
        ("1", _("一份")),
        ("3", _("一式三份，每份写明由谁保存")),
    ),
    note=_("重出的卡替换旧卡：上次一式三份的，照样三份，村里和单位留的那份也换掉。"),
)
_TOGETHER = Option(
    "together", _("合成一个文件"), "switch", False, note=_("按街道、社区和走访的先后排；一册最多 100 张。")
)
_CODE = Option(
    "code", _("背面印二维码"), "switch", False, note=_("二维码里只有隐患点、路线的编号和版次、日期，没有个人信息。")
)

CARDS = (
    Product(
        "cards_work",
        "cards",
        _("防灾工作明白卡"),
        _("每个隐患点一张，发给责任单位和监测人。"),
        _CARDS,
        _("工作明白卡"),
        "hazard_point",
        {"kind": "work"},
        (_PART, _COPIES, _TOGETHER, CHANGED_ONLY),
        progress=True,
        registers=True,
        joins={"together": (True,)},
        icon="card-work",
        caption=_("工作明白卡"),
    ),
    Product(
        "cards_household",
        "cards",
        _("防灾避险明白卡"),
        _("每户一张，背面是这一户沿画好的路线撤离的图、米数和三种步行时间。"),
        _CARDS,
        _("避险明白卡"),
        "household",
        {"kind": "household"},
        (_PART, _COPIES, _TOGETHER, _CODE, CHANGED_ONLY),
        progress=True,
        registers=True,
        joins={"together": (True,)},
        icon="card-household",
        caption=_("避险明白卡"),
    ),
    Product(
        "cards_large",
        "cards",
        _("避险明白卡（大字版）"),
        _("给眼神不好的老人，每户一张 A4 竖页：信号、一步一步怎么走、到哪里等、打什么电话。只用黑色，不用地图。"),
        _CARDS,
        _("避险明白卡大字版"),
        "household",
        {"kind": "large"},
        (_PART, _TOGETHER, CHANGED_ONLY),
        progress=True,
        registers=True,
        joins={"together": (True,)},
        icon="card-large",
        caption=_("大字版"),
    ),
)
