"""Pictures of the map among what can be published."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option, Product
from geohazard_desktop.publishing.sheets.paper_sizes import PAPERS
from geohazard_desktop.publishing.typeset.bilingual_option import BILINGUAL

_PROFILES = (("public", _("公开（没有住户、人名、坐标）")), ("internal", _("内部（全部图层，没有住户）")))
_DPI = Option("dpi", _("每英寸点数"), "number", 300.0, minimum=96.0, maximum=600.0, note=_("只对 A4、A3 有用。"))

_SHEET_OPTIONS = (
    Option(
        "paper",
        _("纸张"),
        "choice",
        "A3",
        tuple((one.key, one.title) for one in PAPERS.values()),
        note=_("放幻灯片选“幻灯片 16∶9”，144 点就是 1920×1080。"),
    ),
    Option(
        "form",
        _("格式"),
        "choice",
        "png",
        (("png", _("PNG 图片")), ("svg", _("SVG 矢量图")), ("pdf", _("GeoPDF（带坐标，只有内部图）"))),
    ),
    Option(
        "dpi",
        _("每英寸点数"),
        "number",
        200.0,
        minimum=96.0,
        maximum=600.0,
        note=_("只对 PNG 有用。微信 150 到 200 够清楚，印刷 300 以上。"),
    ),
    Option(
        "profile",
        _("给谁看"),
        "choice",
        "public",
        (("public", _("公开张贴的那一张")), ("internal", _("内部用的那一张"))),
    ),
    BILINGUAL,
)


def _sheet_pictures(key: str, title: str, note: str, layer: str) -> Product:
    """The sheet of each feature of a layer as a picture."""
    make = "geohazard_desktop.publishing.sheets.picture:publish_sheet_pictures"
    return Product(
        key,
        "pictures",
        title,
        note,
        make,
        title,
        layer,
        {"layer": layer},
        _SHEET_OPTIONS,
        progress=True,
        icon="picture",
        caption=title,
        pdf=False,
    )


PICTURES = (
    Product(
        "picture",
        "pictures",
        _("地图图片"),
        _("现在看到的地图或全区，发微信、放幻灯片、给别的软件用（PNG、SVG、GeoPDF、GeoTIFF）。不画住户，不写人名。"),
        "geohazard_desktop.publishing.pictures.picture:publish_picture",
        _("{district}地图.png"),
        options=(
            Option("ground", _("范围"), "ground", ""),
            Option(
                "form",
                _("格式"),
                "choice",
                "png",
                (
                    ("png", _("PNG 图片（微信、幻灯片、文档）")),
                    ("svg", _("SVG 矢量图（放大不糊，可再编辑）")),
                    ("pdf", _("GeoPDF（带坐标，QGIS 能叠）")),
                    ("world", _("PNG 加坐标文件（.pgw、.prj）")),
                    ("tif", _("GeoTIFF（带坐标的影像）")),
                ),
            ),
            Option(
                "size",
                _("大小"),
                "choice",
                "wechat",
                (
                    ("wechat", _("微信、朋友圈　1080×1440")),
                    ("square", _("方图　1080×1080")),
                    ("slide", _("幻灯片 16:9　1920×1080")),
                    ("a4", _("A4 横")),
                    ("a4_upright", _("A4 竖")),
                    ("a3", _("A3 横")),
                    ("own", _("自定像素")),
                ),
            ),
            _DPI,
            Option("width", _("宽（自定像素）"), "number", 1920.0, minimum=400.0, maximum=12_000.0, unit=_("像素")),
            Option("height", _("高（自定像素）"), "number", 1080.0, minimum=400.0, maximum=12_000.0, unit=_("像素")),
            Option("profile", _("给谁看"), "choice", "public", _PROFILES),
            Option("larger", _("字和符号放大 1.6 倍"), "switch", False),
            Option("legend", _("带图例"), "switch", True),
            Option("furniture", _("带图名、比例尺、署名"), "switch", True),
        ),
        icon="picture",
        caption=_("地图图片"),
    ),
    Product(
        "sheet_picture",
        "pictures",
        _("警示图图片（全区）"),
        _("整张全区警示图，出成 PNG、SVG 或 GeoPDF，不打印也能看。"),
        "geohazard_desktop.publishing.sheets.picture:publish_sheet_picture",
        _("{district}地质灾害警示图.png"),
        options=_SHEET_OPTIONS,
        icon="picture",
        caption=_("警示图图片"),
        told_apart={  # the internal one does not replace the public one
            "paper": {one.key: f"_{one.title}" for one in PAPERS.values()},
            "profile": {"public": _("_公开"), "internal": _("_内部")},
        },
    ),
    _sheet_pictures("picture_street", _("街道警示图图片"), _("每个街道（镇）一张。"), "subdistrict"),
    _sheet_pictures("picture_zone", _("危险区警示图图片"), _("每个危险区一张，发到楼栋群里。"), "danger_zone"),
    _sheet_pictures("picture_point", _("隐患点警示图图片"), _("每个隐患点一张。"), "hazard_point"),
    _sheet_pictures("picture_area", _("重点防控区警示图图片"), _("每个重点防控区一张。"), "key_area"),
)

MEETING = (
    Product(
        "meeting_sheet",
        "maps",
        _("会议意见图（A3，内部）"),
        _("现在看到的地图，意见是带号的圈，旁边列意见、危险区和路线；不画住户，不写人名。"),
        "geohazard_desktop.publishing.sheets.meeting_sheet:publish_meeting_sheet",
        _("{district}意见图.pdf"),
        options=(
            Option("ground", _("范围"), "ground", ""),
            Option("street", _("街道（镇）"), "text", "", note=_("空着是全区。")),
            Option("zone", _("危险区"), "text", "", note=_("一个危险区的标识（uid）；空着是全部。")),
        ),
        icon="meeting",
        caption=_("意见图"),
    ),
)
