"""发卡签收表 as a product."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.map_products import MAPS
from geohazard_desktop.publishing.product import Option, Product
from geohazard_desktop.publishing.single_sheet_products import DOCUMENTS, NOTICES

# Whatever is issued and goes to no household.
HANDED_OUT = tuple(
    (one.key, one.title) for one in (*MAPS, *NOTICES, *DOCUMENTS) if one.registers and one.key != "stickers_household"
)
RECEIPTS: tuple[Product, ...] = (
    Product(
        "receipts",
        "documents",
        _("发卡签收表"),
        _("发出去的卡一张一行，按走访的先后排，带去签名。有姓名和住址，内部用。"),
        "geohazard_desktop.publishing.receipts:publish_receipts",
        _("发卡签收表.pdf"),
        options=(
            Option(
                "kind",
                _("哪种卡"),
                "choice",
                "household",
                (
                    ("household", _("防灾避险明白卡")),
                    ("large", _("避险明白卡（大字版）")),
                    ("work", _("防灾工作明白卡")),
                    ("sticker", _("门贴（每户）")),
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
        _("发出去的图、牌、公告、表册一份一行，写明版次和核对码；交给谁、贴在哪里手写，签名。没有个人信息。"),
        "geohazard_desktop.publishing.distribution:publish_distribution",
        _("图件分发表.pdf"),
        options=(Option("kind", _("哪一种"), "choice", "", (("", _("全部")), *HANDED_OUT)),),
        icon="receipts",
        caption=_("分发表"),
    ),
)
