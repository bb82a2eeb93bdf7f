"""发卡签收表 as a product."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.papers.single_sheet_products import DOCUMENTS, NOTICES
from geohazard_desktop.publishing.product import Option, Product
from geohazard_desktop.publishing.sheets.map_products import MAPS

# Whatever is issued and goes to no household.
HANDED_OUT = tuple(
    (one.key, one.title) for one in (*MAPS, *NOTICES, *DOCUMENTS) if one.registers and one.key != "stickers_household"
)
# What goes to a household or post, and is signed for there.
SIGNED_FOR = ("cards_household", "cards_large", "stickers_household", "cards_work")
RECEIPTS: tuple[Product, ...] = (
    Product(
        "receipts",
        "documents",
        _("发卡签收表"),
        _("发出去的卡一户一行（避险卡、大字版、门贴签一次），按走访的先后排，带去签名。有姓名和住址，内部用。"),
        "geohazard_desktop.publishing.issues.receipts:publish_receipts",
        _("发卡签收表.pdf"),
        options=(
            Option(
                "kind",
                _("给谁的"),
                "choice",
                "household",
                (
                    ("household", _("各户：避险卡、大字版、门贴")),
                    ("work", _("单位：防灾工作明白卡")),
                    ("large", _("各户：只有大字版")),
                    ("sticker", _("各户：只有门贴")),
                ),
            ),
            Option(
                "part", _("只出"), "text", "", note=_("危险区或隐患点的编号、名称，或街道、社区的全名；空着就是全部。")
            ),
            Option("unsigned", _("只列没签收的"), "switch", True),
        ),
        icon="receipts",
        caption=_("签收表"),
    ),
    Product(
        "distribution",
        "documents",
        _("图件分发表"),
        _(
            "发出去的图、牌、公告、表册一份一行，写明版次和核对码；交给谁、贴在哪里手写，签名。各户的卡只写张数。没有个人信息。"
        ),
        "geohazard_desktop.publishing.issues.distribution:publish_distribution",
        _("图件分发表.pdf"),
        options=(Option("kind", _("哪一种"), "choice", "", (("", _("全部")), *HANDED_OUT)),),
        icon="receipts",
        caption=_("分发表"),
    ),
)
