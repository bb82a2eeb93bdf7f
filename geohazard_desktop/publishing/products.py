"""Everything that can be published, group by group, in the order of the window's list."""

from collections.abc import Mapping

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.card_products import CARDS
from geohazard_desktop.publishing.picture_products import PICTURES
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.single_sheet_products import DOCUMENTS, NOTICES

_SHEET = "geohazard_desktop.publishing.sheet:publish_map"
_WEB = "geohazard_desktop.publishing.web:publish_web"

_MAPS = (
    Product(
        "map_internal",
        "maps",
        _("A3 警示图（内部）"),
        _("内部用图，全部图层，带方里网和坐标；不画住户，不印个人信息。"),
        _SHEET,
        _("{district}地质灾害警示图（内部）.pdf"),
        fixed={"sheet": "A3", "profile": "internal"},
        icon="map-print",
        caption=_("内部警示图"),
        shortcut="Ctrl+P",
    ),
    Product(
        "map_public",
        "maps",
        _("A3 警示图（公开）"),
        _("张贴用图，去掉个人信息；没有审图号时印“待批　未批准不得张贴”。"),
        _SHEET,
        _("{district}地质灾害警示图（公开）.pdf"),
        fixed={"sheet": "A3", "profile": "public"},
        icon="map-public",
        caption=_("公开警示图"),
    ),
)

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
    one.key: one for one in (*_MAPS, *CARDS, *NOTICES, *DOCUMENTS, *PICTURES, *_PICTURES)
}
