"""发卡签收表 as a product."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option, Product

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
)
