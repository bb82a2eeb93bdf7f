"""Thirteen hazard points, the zones' own values and the registers. All people, dates and documents are invented."""

# ruff: noqa: E501 - tables of data keep a row on a line

from dataclasses import dataclass

from shapely.geometry import Point

from authoring.build_sites import INVENTED, Built
from authoring.curves import Pair
from authoring.output import Drawing
from authoring.people import People

SIGNAL = "铜锣急敲，喇叭连喊“快撤”"
DUTY_PHONE = "0473-3666525"  # the plan's public 24-hour line
DUTY_OFFICE = "乌达区应急管理局"


@dataclass(frozen=True)
class Kind:
    """Words of one hazard type for the official forms."""

    signs: str
    methods: str
    criterion: str
    advice: str
    geology: str


KINDS = {
    "地面塌陷": Kind(
        "地面下沉、塌坑；房屋墙体、地坪开裂；门窗变形卡住；井水突降或变浑",
        "定期巡视；裂缝贴片、埋桩简易量测；地面沉降观测点",
        "24 小时裂缝加宽超过 5 mm，或出现新塌坑、地下响动、房屋突然倾斜",
        "划定警戒范围，回填塌坑和裂缝，住户逐步搬迁",
        "煤系地层，浅部有老采空区，上覆松散层薄，地下水位受采矿影响（示意）",
    ),
    "地裂缝": Kind(
        "裂缝加宽、延长、两侧错台；冒热气；墙体开裂", "裂缝两侧埋桩量测；贴片；定期巡视",
        "24 小时裂缝加宽超过 5 mm，或降雨后出现新裂缝", "及时夯填裂缝、疏排地表水，住户逐步搬迁",
        "采空区边缘，薄层黄土状土覆盖在砂页岩上，地表拉张（示意）",
    ),
    "泥石流": Kind(
        "上游强降雨；沟水突然变浑或断流；沟内轰鸣", "雨量观测；汛期沟口值守；沟道巡视",
        "短时强降雨，或沟水突然断流、变浑、轰鸣", "清理沟道弃渣，修建拦挡和导流堤，沟口不建房",
        "山前冲沟，沟道纵坡大，两岸弃渣和松散堆积物多，汛期有短时强降雨（示意）",
    ),
    "崩塌": Kind(
        "坡顶裂缝加宽；掉块增多；坡脚鼓胀、渗水", "坡顶裂缝埋桩量测；定期巡视；雨后加密",
        "坡顶裂缝 24 小时加宽超过 10 mm，或小崩小落不断", "清除危岩，坡顶截排水，坡脚禁止开挖，设警示标志",
        "陡立岸坎和采坑边帮，砂岩夹泥岩，节理、卸荷裂隙发育（示意）",
    ),
    "滑坡": Kind(
        "后缘裂缝加宽；坡面鼓胀；挡墙变形、渗水", "裂缝量测；挡墙变形巡视；雨后加密",
        "后缘裂缝 24 小时加宽超过 10 mm，或坡脚剪出、鼓胀", "削坡减载，修建挡墙和截排水沟",
        "路堑切坡，砂泥岩互层顺坡倾斜，坡面土层松散（示意）",
    ),
    "不稳定斜坡": Kind(
        "渣堆表面裂缝、鼓胀、掉块；坡脚渗水；冒烟", "渣堆裂缝巡视；坡脚位移桩；测温",
        "渣堆表面裂缝 24 小时加宽超过 20 mm，或坡脚明显鼓胀", "停止堆渣，削坡放缓，灭火，坡脚工棚搬迁",
        "煤矸石、弃土堆积的高陡渣坡，结构松散，局部自燃（示意）",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Hazard:
    """One hazard point; `site` is the danger zone that surrounds it, "" for none."""

    key: str
    code: str
    name: str
    kind: str
    subdistrict: str
    community: str
    place: Pair
    scale: str
    volume: float | None
    area: float | None
    causes: str
    objects: str
    property_wan: float
    stability: str
    trend: str
    before: str
    status: str = "在册"
    people: int = 0


FREE: tuple[Hazard, ...] = (
    Hazard("D2", "150304040002", "黄白茨采空塌陷", "地面塌陷", "苏海图街道", "黄白茨社区", (-6720, 3980), "中型", None, 265_000,
           "采矿", "矿区便道 400 m、草场", 45, "欠稳定", "趋于稳定", "2019 年 8 月（示意）"),
    Hazard("D3", "150304040003", "苏海图采空塌陷", "地面塌陷", "苏海图街道", "振华社区", (-7860, 5640), "中型", None, 186_000,
           "采矿、煤层自燃", "输电线路 300 m、矿区便道", 80, "欠稳定", "缓慢发展", "2021 年 7 月（示意）"),
    Hazard("D5", "150304050002", "五虎山北地裂缝", "地裂缝", "五虎山街道", "五虎山社区", (-6180, 480), "小型", None, 3_200,
           "采矿、降雨", "矿区便道 250 m", 12, "欠稳定", "缓慢发展", "2022 年 9 月（示意）"),
    Hazard("D8", "150304030003", "梁家沟泥石流", "泥石流", "梁家沟街道", "梁家沟社区", (-3180, 2440), "小型", 12_000, 26_000,
           "降雨、弃渣堆载", "沟口道路 200 m、桥 1 座", 60, "潜在不稳定", "缓慢发展", "2018 年 7 月（示意）"),
    Hazard("D13", "150304020003", "华银三矿采坑崩塌", "崩塌", "五虎山街道", "五虎山社区", (-8810, 1300), "中型", 28_000, 5_200,
           "采矿、风化", "停用坑内道路 180 m", 20, "欠稳定", "治理中", "2023 年 4 月（示意）", status="治理"),
)  # fmt: skip
LINKED: dict[str, Hazard] = {
    "W1": Hazard("W1", "150304040001", "五虎山东采空塌陷", "地面塌陷", "五虎山街道", "五虎山社区", (0, 0), "中型", None, 128_000,
                 "采矿、降雨、地下水", "", 0, "欠稳定", "缓慢发展", "2023 年 7 月（示意）"),
    "W2": Hazard("W2", "150304050001", "黄白茨地裂缝", "地裂缝", "苏海图街道", "黄白茨社区", (0, 0), "小型", None, 6_400,
                 "采矿、降雨", "", 0, "欠稳定", "缓慢发展", "2022 年 8 月（示意）"),
    "W3": Hazard("W3", "150304030001", "乌尔特河泥石流", "泥石流", "三道坎街道", "富强社区", (0, 0), "中型", 64_000, 240_000,
                 "降雨、弃渣堆载", "", 2600, "不稳定", "汛期可能发生", "2012 年 7 月（示意）", people=120),
    "W4": Hazard("W4", "150304030002", "苏海图沟泥石流", "泥石流", "苏海图街道", "兴华社区", (0, 0), "小型", 15_000, 82_000,
                 "降雨、弃渣堆载", "", 0, "潜在不稳定", "汛期可能发生", "2016 年 8 月（示意）"),
    "W5": Hazard("W5", "150304020001", "三道坎沿岸崩塌", "崩塌", "三道坎街道", "胡杨社区", (0, 0), "小型", 8_600, 5_400,
                 "河流冲刷、降雨、冻融", "", 0, "欠稳定", "缓慢发展", "2020 年 3 月（示意）"),
    "W6": Hazard("W6", "150304020002", "建安采坑东帮崩塌", "崩塌", "五虎山街道", "五虎山社区", (0, 0), "中型", 46_000, 9_800,
                 "采矿、爆破、降雨", "", 180, "不稳定", "加速发展", "2024 年 6 月（示意）", people=26),
    "W7": Hazard("W7", "150304000001", "苏海图渣堆不稳定斜坡", "不稳定斜坡", "苏海图街道", "振华社区", (0, 0), "中型", 120_000,
                 21_000, "弃渣堆载、降雨、煤层自燃", "", 60, "欠稳定", "缓慢发展", "2024 年 8 月（示意）", people=18),
    "W8": Hazard("W8", "150304010001", "运煤大通道路堑滑坡", "滑坡", "五虎山街道", "五虎山社区", (0, 0), "小型", 32_000, 14_000,
                 "切坡、降雨", "运煤大通道 300 m", 150, "稳定", "已治理", "2021 年 9 月（示意）", status="销号"),
}  # fmt: skip
PLACES = {
    "W1": "矿山路西段南北两侧", "W2": "一巷、二巷", "W3": "乌尔特河两岸，北岸路至南岸路", "W4": "沟沿巷南侧沟道",
    "W5": "河湾巷东侧河岸", "W6": "建安煤矿采坑东帮", "W7": "苏海图煤矿渣堆东南坡脚", "W8": "运煤大通道路堑西侧",
    "D2": "黄白茨煤矿采空区", "D3": "苏海图煤矿采空区", "D5": "五虎山煤矿北采空区", "D8": "梁家沟中段", "D13": "华银三矿采坑东帮",
}  # fmt: skip
SHELTERS = {
    "D2": "黄白茨社区活动中心", "D3": "苏海图矿职工食堂前广场", "D5": "五虎山社区广场", "D13": "建安矿调度楼前广场",
}  # fmt: skip
OBJECTS = {"W3": "东源科技厂区、北岸路 900 m", "W6": "工棚 4 栋、矿区道路 300 m", "W7": "工棚、矿区道路 200 m"}


def add_hazard_points(drawing: Drawing, sites: list[Built], people: People) -> None:
    """Points of the zones and five more without a zone; counts come from the households drawn."""
    for built in sites:
        base = LINKED[built.site.key]
        place = Point(built.site.frame.at(*built.site.point))
        _point(drawing, base, place, people, built)
    for one in FREE:
        _point(drawing, one, Point(one.place), people, None)


def threatened(drawing: Drawing, key: str) -> tuple[int, int, float]:
    """Households, people and property (万元) of a hazard point's households."""
    rows = [row["properties"] for row in drawing.features["household"] if row["properties"]["hazard_point"] == key]
    return len(rows), sum(row["people"] for row in rows), sum(row["property_wan"] for row in rows)


def _point(drawing: Drawing, one: Hazard, place: Point, people: People, built: Built | None) -> None:
    homes, residents, property_wan = threatened(drawing, one.key)
    objects = "、".join(
        part for part in (f"住户 {homes} 户 {residents} 人" if homes else "", OBJECTS.get(one.key, "")) if part
    )
    kind = KINDS[one.kind]
    lead, lead_phone = people.who("监测负责人", one.subdistrict, one.community)
    watcher_unit = "建安" if one.key == "W6" else one.community
    monitor, monitor_phone = people.who("监测人", one.subdistrict, watcher_unit)
    giver, _giver_phone = people.who("疏散命令发布人", one.subdistrict)
    rescue, _phone = people.who("抢险排险", one.subdistrict)
    guard, _phone = people.who("治安保卫", one.subdistrict)
    medic, _phone = people.who("医疗救护", one.subdistrict)
    shelter = built.site.shelters[0].name if built and built.site.shelters else SHELTERS.get(one.key)
    values = {
        "name": one.name, "unified_code": one.code, "field_code": f"SY-{one.code[6:8]}-{one.code[-2:]}",
        "subdistrict": one.subdistrict, "community": one.community,
        "group": "1组", "address": f"乌达区{one.subdistrict}{one.community}{PLACES[one.key]}（示意）",
        "hazard_type": one.kind, "scale_class": one.scale, "volume_m3": one.volume, "area_m2": one.area,
        "causes": one.causes, "threatened_objects": one.objects or objects, "threatened_households": homes,
        "threatened_people": residents + one.people, "threatened_property_wan": round(property_wan + one.property_wan, 1),
        "geology": kind.geology, "stability": one.stability, "trend": one.trend, "happened_before": one.before,
        "monitoring_lead": lead, "monitoring_phone": lead_phone, "monitor": monitor, "monitor_phone": monitor_phone,
        "signs": kind.signs, "monitoring_methods": kind.methods,
        "monitoring_cycle": "汛期每天 1 次，雨天加密；非汛期每 10 天 1 次", "criterion": kind.criterion,
        "alarm_method": "敲铜锣、手持喇叭，逐户通知，电话补通知", "warning_signal": SIGNAL,
        "order_giver": giver, "duty_phone": DUTY_PHONE,
        "rescue_unit": "乌达区消防救援大队", "rescue_person": rescue, "rescue_phone": "119",
        "security_unit": "乌海市公安局乌达分局", "security_person": guard, "security_phone": "110",
        "medical_unit": "乌达区卫生健康委员会（120 急救）", "medical_person": medic, "medical_phone": "120",
        "treatment_advice": kind.advice, "status": one.status,
        "closed_on": "2025-10-20" if one.status == "销号" else None,
        "closed_reason": "削坡、挡墙和截排水工程完工，专家核查险情已消除（示意）" if one.status == "销号" else None,
        "danger_zone": built.site.key if built else None, "shelter": shelter,
    }  # fmt: skip
    drawing.add("hazard_point", one.key, place, INVENTED, **values)


REASONS = {
    "W1": "采空区上方地面持续下沉，房屋开裂，危及住户", "W2": "裂缝加宽并穿过住户院落，危及住户",
    "W3": "流域内弃渣多，强降雨时山洪夹带渣石，危及厂区和两岸住户", "W4": "沟道堆渣束窄，强降雨时泥石流可漫入沟沿住户",
    "W5": "黄河岸坎受冲刷后退，坎顶出现拉张裂缝，危及沿岸住户", "W6": "采坑东帮陡立，坡顶裂缝发育，危及坑边工棚和道路",
    "W7": "渣堆坡度过陡且有自燃，坡脚有工棚", "W8": "路堑边坡切坡后变形，危及过往车辆（已治理）",
}  # fmt: skip


def add_zones(drawing: Drawing, sites: list[Built], people: People) -> None:
    """危险区 with what the card and the sheet need; people to move are those who live inside."""
    for built in sites:
        site = built.site
        inside = [
            row["properties"]
            for row in drawing.features["household"]
            if row["properties"].get("danger_zone") == site.key
        ]
        base = LINKED[site.key]
        patrol, phone = people.who("巡查责任人", site.subdistrict, "建安" if site.key == "W6" else site.community)
        values = {
            "name": site.name, "hazard_type": site.hazard, "hazard_point": site.key, "reason": REASONS[site.key],
            "signs": KINDS[base.kind].signs, "subdistrict": site.subdistrict,
            "must_move_people": sum(row["people"] for row in inside) + base.people,
            "potential_loss_wan": round(sum(row["property_wan"] for row in inside) + base.property_wan, 1),
            "warning_signal": SIGNAL, "patrol_person": patrol, "patrol_phone": phone, "state": site.state,
        }  # fmt: skip
        drawing.add("danger_zone", site.key, built.zone, INVENTED, **values)


def add_facilities(drawing: Drawing, sites: dict[str, Built], people: People) -> None:
    """Plants, schools, sheds in and near the zones."""
    rows: tuple[tuple[str, str, str, Pair, int, float, str], ...] = (
        ("东源科技厂区", "厂区", "W3", (-320, 372), 120, 2600, "东源科技"),
        ("北岸泵房", "供水供电", "W3", (648, 246), 0, 40, "公用事业发展中心"),
        ("三道坎小学", "学校", "W5", (-240, -263), 210, 900, "三道坎小学"),
        ("五虎山街道文化站", "其他", "W1", (352, 250), 12, 160, "五虎山街道办事处"),
        ("五虎山社区服务站", "政府机关", "W1", (300, -292), 9, 80, "五虎山社区居委会"),
        ("黄白茨供水站", "供水供电", "W2", (66, 96), 3, 120, "公用事业发展中心"),
        ("苏海图街道办事处", "政府机关", "W4", (262, 520), 35, 420, "苏海图街道办事处"),
        ("建安矿坑边工棚", "工棚", "W6", (-82, 54), 26, 30, "建安煤矿"),
        ("建安矿调度楼", "厂区", "W6", (492, -110), 15, 180, "建安煤矿"),
        ("苏海图渣堆工棚", "工棚", "W7", (-70, 22), 18, 20, "苏海图煤矿"),
    )
    for name, kind, key, place, count, value, unit in rows:
        site = sites[key].site
        contact, phone = people.who("包联领导", site.subdistrict)
        values = {
            "name": name, "kind": kind, "people": count, "property_wan": float(value), "unit": unit,
            "contact": contact, "phone": phone, "remark": "人数和价值为示意",
        }  # fmt: skip
        drawing.add("facility", name, Point(site.frame.at(*place)), INVENTED, **values)
