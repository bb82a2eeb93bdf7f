"""Everything that can be published, group by group, in the order of the window's list."""

from collections.abc import Mapping

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.products import CARDS
from geohazard_desktop.publishing.issues.receipt_products import RECEIPTS
from geohazard_desktop.publishing.papers.single_sheet_products import DOCUMENTS, NOTICES
from geohazard_desktop.publishing.pictures.picture_products import MEETING, PICTURES
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.sheets.map_products import MAPS

_WEB = "geohazard_desktop.publishing.web.page:publish_web"

_PICTURES = (
    Product(
        "web",
        "pictures",
        _("网页地图（内部）"),
        _("一个网页文件，不联网也能看。内部用，带住户和个人信息，不得外传。"),
        _WEB,
        _("{district}地质灾害防治图（内部）.html"),
        fixed={"profile": "internal"},
        icon="web",
        caption=_("网页地图"),
    ),
    Product(
        "web_public",
        "pictures",
        _("网页地图（公开）"),
        _("一个网页文件，不联网也能看。不含个人信息和坐标；没有审图号时写“待批”。"),
        _WEB,
        _("{district}地质灾害防治图（公开）.html"),
        fixed={"profile": "public"},
        icon="web",
        caption=_("公开网页"),
    ),
)

PRODUCTS: Mapping[str, Product] = {
    one.key: one for one in (*MAPS, *MEETING, *CARDS, *NOTICES, *RECEIPTS, *DOCUMENTS, *PICTURES, *_PICTURES)
}
