"""The products of the groups 公告和标牌 and 表册和文件: papers for one feature each."""

from datetime import date

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.papers.thin_option import THIN
from geohazard_desktop.publishing.product import Option, Product
from geohazard_desktop.publishing.typeset.bilingual_option import BILINGUAL

_STICKER = "geohazard_desktop.publishing.papers.door_sticker:publish_door_stickers"
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

_SIGN = "geohazard_desktop.publishing.papers.sign_board:publish_sign_boards"
_SIGN_SIZE = Option(
    "size",
    _("成品尺寸"),
    "choice",
    "1500",
    (("1500", _("1500 × 1000 毫米")), ("1200", _("1200 × 800 毫米"))),
)
_SIGN_SCALE = Option(
    "scale",
    _("画多大"),
    "choice",
    "fifth",
    (("fifth", _("1 : 5 小样")), ("full", _("足尺，交制作单位"))),
    note=_("两种都带出血和裁切线，都是矢量。"),
)
_SIGN_ARROWS = Option(
    "arrows",
    _("撤离箭头"),
    "choice",
    "green",
    (("green", _("绿色，和别的图一样")), ("red", _("红色"))),
)
_SIGN_TURNED = Option(
    "turned", _("示意图转到看牌人的方向"), "switch", True, note=_("图的上方就是看牌人的正前方；关掉则北在上。")
)

_NOTICE = "geohazard_desktop.publishing.papers.zone_notice:publish_zone_notices"
_NOTICE_OPTIONS = (
    Option("table", _("附拐点坐标表"), "switch", True, note=_("张贴、公开的一份是否带坐标，由本单位决定。")),
    Option("degrees", _("坐标表加经纬度"), "switch", False),
    THIN,
    BILINGUAL,
)

NOTICES: tuple[Product, ...] = (
    Product(
        "zone_notice",
        "notices",
        _("危险区划定公告"),
        _("公文格式，附拐点坐标表和示意图；没有登记文号的留空，每页印“拟划”。"),
        _NOTICE,
        _("划定公告"),
        "danger_zone",
        {"kind": "delimit"},
        _NOTICE_OPTIONS,
        progress=True,
        registers=True,
        public=True,
        series=("table",),
        icon="zone-notice",
        caption=_("划定公告"),
    ),
    Product(
        "lift_notice",
        "notices",
        _("危险区撤销公告"),
        _("给已登记撤销的危险区；要先拟稿，选中那个危险区再出。"),
        _NOTICE,
        _("撤销公告"),
        "danger_zone",
        {"kind": "lift"},
        _NOTICE_OPTIONS,
        progress=True,
        registers=True,
        public=True,
        series=("table",),
        icon="zone-notice",
        caption=_("撤销公告"),
    ),
    Product(
        "signs",
        "notices",
        _("警示牌（每块标志）"),
        _("每个警示标志一块，带“您在此处”；牌上没有个人信息，只留值班电话。"),
        _SIGN,
        _("警示牌"),
        "warning_sign",
        {"per": "sign"},
        (_SIGN_SIZE, _SIGN_SCALE, _SIGN_TURNED, _SIGN_ARROWS, BILINGUAL),
        progress=True,
        registers=True,
        public=True,
        icon="sign",
        caption=_("警示牌"),
    ),
    Product(
        "signs_zone",
        "notices",
        _("警示牌（每个危险区）"),
        _("每个危险区一块，北在上；还没有在图上放警示标志时用。"),
        _SIGN,
        _("危险区警示牌"),
        "danger_zone",
        {"per": "zone"},
        (_SIGN_SIZE, _SIGN_SCALE, _SIGN_ARROWS, BILINGUAL),
        progress=True,
        registers=True,
        public=True,
        icon="sign",
        caption=_("危险区警示牌"),
    ),
    Product(
        "stickers_household",
        "notices",
        _("门贴（每户）"),
        _(
            "撤离信号、路线号、安置点和值班电话，贴在门后；不印姓名、住址和电话，只有家里有人走不动的，印来接的人的电话。"
        ),
        _STICKER,
        _("门贴"),
        "household",
        {"per": "household"},
        (_STICKER_SIZE, BILINGUAL),
        joins={"size": ("A6x4", "A5x2")},
        progress=True,
        registers=True,
        public=True,
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
        (_STICKER_SIZE, BILINGUAL),
        joins={"size": ("A6x4", "A5x2")},
        progress=True,
        registers=True,
        public=True,
        icon="door-sticker",
        caption=_("危险区门贴"),
    ),
)

DOCUMENTS: tuple[Product, ...] = (
    Product(
        "hazard_list",
        "documents",
        _("隐患点一览表"),
        _("年度防治方案附表，A3 横，另出 Excel；栏目按条例第十八条。"),
        "geohazard_desktop.publishing.papers.hazard_list:publish_hazard_list",
        _("隐患点一览表"),
        "hazard_point",
        options=(
            Option(
                "form",
                _("文件"),
                "choice",
                "both",
                (("both", _("PDF 和 Excel")), ("pdf", _("只要 PDF")), ("xlsx", _("只要 Excel"))),
            ),
            Option("people", _("带责任人姓名和电话"), "switch", True, note=_("公开的关掉，不印这两栏。")),
            Option("closed", _("列出已销号的"), "switch", True),
        ),
        registers=True,
        series=("people",),
        joins={"form": ("both", "pdf", "xlsx")},
        icon="list",
        caption=_("一览表"),
    ),
    Product(
        "yearly_plan",
        "documents",
        _("年度地质灾害防治方案"),
        _("草稿：章节按条例第十八条，带图、表和附表；不知道的、要人定的写〔请填写〕。"),
        "geohazard_desktop.publishing.yearly.plan:publish_yearly_plan",
        _("年度防治方案"),
        options=(
            Option("year", _("哪一年的"), "number", float(date.today().year), minimum=2000, maximum=2100, unit=_("年")),
            Option(
                "form",
                _("文件"),
                "choice",
                "both",
                (("both", _("Word 和 PDF")), ("docx", _("只要 Word（接着写）")), ("pdf", _("只要 PDF"))),
            ),
            Option(
                "profile",
                _("给谁看"),
                "choice",
                "internal",
                (("internal", _("内部（带责任人姓名和电话）")), ("public", _("公开（没有人名、电话、坐标）"))),
            ),
        ),
        progress=True,
        icon="yearly-plan",
        caption=_("年度方案"),
    ),
    Product(
        "plan_table",
        "documents",
        _("隐患点防灾预案表"),
        _("每个隐患点一张，附撤离路线示意图；没有登记的栏目留线手写。"),
        "geohazard_desktop.publishing.papers.plan_table:publish_plan_tables",
        _("防灾预案表"),
        "hazard_point",
        options=(Option("people", _("印责任人姓名和电话"), "switch", True, note=_("要张贴的关掉，留线手写。")),),
        progress=True,
        registers=True,
        series=("people",),
        icon="plan-table",
        caption=_("防灾预案表"),
    ),
    Product(
        "drill_script",
        "documents",
        _("应急撤离演练脚本"),
        _("每个危险区一份：时间表、分工、按路线的走法、签到表和记录表。"),
        "geohazard_desktop.publishing.papers.drill_script:publish_drill_scripts",
        _("演练脚本"),
        "danger_zone",
        options=(Option("people", _("印姓名和电话"), "switch", True, note=_("关掉则留线手写，可以发给参演单位。")),),
        progress=True,
        registers=True,
        series=("people",),
        icon="drill-script",
        caption=_("演练脚本"),
    ),
    *(
        Product(
            key,
            "documents",
            title,
            _("要叫的每一户：电话、要帮的人、本户情况、走哪条路线，按走访的先后排，带打勾的格。有个人信息，内部用。"),
            "geohazard_desktop.publishing.papers.calling_list:publish_calling_lists",
            title.partition("（")[0] + folder,
            layer,
            {"layer": layer},
            (Option("form", _("文件"), "choice", "both", (("both", _("PDF 和 Excel")), ("pdf", _("只要 PDF")))),),
            progress=True,
            registers=True,
            icon="calling-list",
            caption=caption,
        )
        for key, title, folder, layer, caption in (
            ("calling_zone", _("叫人名单（每个危险区）"), "", "danger_zone", _("叫人名单")),
            ("calling_street", _("叫人名单（每个街道）"), _("（街道）"), "subdistrict", _("街道叫人名单")),
            ("calling_point", _("叫人名单（每个隐患点）"), _("（隐患点）"), "hazard_point", _("隐患点叫人名单")),
        )
    ),
)
