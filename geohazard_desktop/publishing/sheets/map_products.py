"""警示图 as products: of the district, and one for each 街道, danger zone, hazard point, key area."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option, Product
from geohazard_desktop.publishing.sheets.paper_sizes import PAPERS
from geohazard_desktop.publishing.typeset.bilingual_option import BILINGUAL

_SHEET = "geohazard_desktop.publishing.sheets.products:publish_district"
_SHEETS = "geohazard_desktop.publishing.sheets.products:publish_sheets"

_PAPER = Option("paper", _("纸张"), "choice", "A3", tuple((one.key, one.title) for one in PAPERS.values()))
_PROFILE = Option(
    "profile",
    _("用途"),
    "choice",
    "internal",
    (("internal", _("内部用图")), ("public", _("公开张贴"))),
    note=_("公开图去掉方里网、坐标和个人信息；没有审图号时印“待批　未批准不得张贴”。"),
)
_TILES = Option(
    "tiles",
    _("挂图分幅"),
    "choice",
    "",
    (("", _("不分")), ("A4", _("另出 A4 拼图")), ("A3", _("另出 A3 拼图"))),
    note=_("没有绘图仪时用：挂图分成小张打印，按第 1 页的示意图涂胶拼接。"),
)
_OVERLAP = Option("overlap", _("相邻两张重叠"), "number", 15.0, minimum=5.0, maximum=40.0, unit="mm", beside="tiles")
_OBJECTIONS = Option(
    "objections",
    _("画上会议上的意见"),
    "switch",
    False,
    note=_("只画在内部用图上。给户里的卡、公告、标牌和公开图从来不画意见。"),
)
_TOLD_APART = {"paper": {one.key: f" {one.title}" for one in PAPERS.values() if one.key != _PAPER.default}}
_OPTIONS = (_PAPER, _TILES, _OVERLAP, BILINGUAL)


def _sheets(key: str, title: str, note: str, layer: str, icon: str) -> Product:
    """A sheet for each feature of a layer."""
    options = (_PAPER, _PROFILE, _TILES, _OVERLAP, BILINGUAL, _OBJECTIONS)
    return Product(
        key, "maps", title, note, _SHEETS, title, layer, {"layer": layer}, options, True, True, ("paper", "profile"),
        icon=icon, caption=title,
    )  # fmt: skip


MAPS = (
    Product(
        "map_internal",
        "maps",
        _("全区警示图（内部）"),
        _("内部用图，全部图层，带方里网和坐标；不画住户，不印个人信息。"),
        _SHEET,
        _("{district}地质灾害警示图（内部）.pdf"),
        fixed={"profile": "internal"},
        registers=True,
        series=("paper",),
        options=(*_OPTIONS, _OBJECTIONS),
        icon="map-print",
        caption=_("内部警示图"),
        told_apart=_TOLD_APART,
        shortcut="Ctrl+P",
    ),
    Product(
        "map_public",
        "maps",
        _("全区警示图（公开）"),
        _("张贴用图，去掉个人信息；没有审图号时印“待批　未批准不得张贴”。"),
        _SHEET,
        _("{district}地质灾害警示图（公开）.pdf"),
        fixed={"profile": "public"},
        registers=True,
        series=("paper",),
        options=_OPTIONS,
        icon="map-public",
        caption=_("公开警示图"),
        told_apart=_TOLD_APART,
    ),
    _sheets("map_street", _("街道警示图"), _("每个街道（镇）一张，比例尺按它的大小取整。"), "subdistrict", "map-print"),
    _sheets("map_zone", _("危险区警示图"), _("每个危险区一张，连同它的撤离路线和安置点。"), "danger_zone", "map-print"),
    _sheets("map_point", _("隐患点警示图"), _("每个隐患点一张，连同它的危险区。"), "hazard_point", "map-print"),
    _sheets("map_area", _("重点防控区警示图"), _("每个重点防控区一张。"), "key_area", "map-print"),
)
