"""Append-only registers: steps of the zones, patrols, reports, cards issued, exports. Every row is invented."""

# ruff: noqa: E501 - tables of data keep a row on a line

from authoring.hazards import SIGNAL
from authoring.output import Drawing

SOURCE = "示意：虚构的登记，不是真实公文"
_STEPS = ("拟划", "已划定", "已公告", "已设警示")
_DATES = {
    "W1": ("2025-05-12", "2025-05-28", "2025-06-05", "2025-06-24"),
    "W2": ("2025-05-14", "2025-05-28", "2025-06-05", ""),
    "W3": ("2025-05-15", "2025-05-28", "2025-06-06", "2025-06-26"),
    "W4": ("2025-05-20", "2025-06-10", "", ""),
    "W5": ("2025-07-08", "", "", ""),
    "W6": ("2025-05-22", "2025-06-10", "2025-06-18", "2025-07-03"),
    "W7": ("2025-07-15", "", "", ""),
    "W8": ("2025-04-10", "2025-04-22", "2025-04-29", "2025-05-09"),
}


def add_registers(drawing: Drawing) -> None:
    """All registers."""
    _events(drawing)
    _patrols(drawing)
    _reports(drawing)
    _cards(drawing)
    _exports(drawing)
    drawing.add("setting", "signal.text", None, "示意：演示用的信号，请本单位核定后改写", name="预警信号", value=SIGNAL)
    people = "示意：人物和号码都是虚构的"
    drawing.add("setting", "issuer.contact", None, people, name="发放单位负责人", person="赵范例")
    drawing.add("setting", "issuer.phone", None, people, name="发放单位联系电话", phone="139 0000 0002")


def _events(drawing: Drawing) -> None:
    number = 0
    for zone, dates in _DATES.items():
        name = drawing.values("danger_zone", zone)["name"]
        for step, date in zip(_STEPS, dates, strict=True):
            if not date:
                continue
            government = step in {"已划定", "已公告"}
            number += government
            values = {
                "danger_zone": zone, "step": step, "date": date,
                "document_no": f"乌区政发〔2025〕示例{number}号" if government else None,
                "actor": "乌达区人民政府" if government else "乌达区自然资源分局",
                "text": f"划定{name}危险区，任何单位和个人不得在区内进行可能引发地质灾害的活动（示意）。" if step == "已公告" else None,
            }  # fmt: skip
            drawing.add("zone_event", f"{zone}-{step}", None, SOURCE, **values)
    for step, date in (("撤离", "2025-07-27"), ("返回", "2025-07-28")):
        drawing.add("zone_event", f"W3-{step}", None, SOURCE, danger_zone="W3", step=step, date=date,
                    actor="三道坎街道办事处", text="上游强降雨，组织两岸住户撤离（示意演练）。" if step == "撤离" else None,
                    found_by="示例专家组" if step == "返回" else None,
                    finding="雨停水位回落，现场核查安全（示意演练）。" if step == "返回" else None)  # fmt: skip
    drawing.add("zone_event", "W8-已撤销", None, SOURCE, danger_zone="W8", step="已撤销", date="2025-10-20",
                document_no="乌区政发〔2025〕示例21号", actor="乌达区人民政府",
                finding="治理工程验收合格，边坡稳定，险情已消除（示意）。", text="撤销运煤大通道路堑滑坡危险区（示意）。")  # fmt: skip


def _patrols(drawing: Drawing) -> None:
    rows = (
        ("W1", "2025-07-02T09:10:00", "晴", False, "贴片未断，塌坑边线无变化。", ""),
        ("W1", "2025-07-26T16:40:00", "中雨", True, "西横巷地坪裂缝加宽约 3 mm。", "加密观测，每天 2 次，通知住户。"),
        ("W2", "2025-07-03T10:00:00", "多云", False, "裂缝桩距无变化。", ""),
        ("W3", "2025-07-26T18:20:00", "中雨", True, "上游来水变浑，水位上涨约 0.4 m。", "沟口值守，通知两岸住户做好准备。"),
        ("W3", "2025-07-28T08:30:00", "晴", False, "水位回落，沟道淤积约 0.2 m。", "联系清淤。"),
        ("W4", "2025-07-26T17:30:00", "小雨", False, "沟水清，无异常。", ""),
        ("W5", "2025-07-10T15:20:00", "晴", True, "坎顶拉张裂缝长约 25 m，宽约 2 cm。", "拉警戒线，劝离坎边活动。"),
        ("W6", "2025-07-12T09:40:00", "晴", True, "东帮有掉块，坡顶裂缝加宽。", "停用坑边便道南段。"),
        ("W7", "2025-07-16T11:00:00", "多云", True, "渣堆东侧冒烟，坡脚有掉块。", "禁止坡脚停留，联系矿方灭火。"),
        ("D8", "2025-07-26T15:50:00", "小雨", False, "桥下过水断面通畅。", ""),
    )  # fmt: skip
    for number, (key, when, weather, abnormal, finding, measures) in enumerate(rows, 1):
        point = drawing.values("hazard_point", key)
        values = {
            "danger_zone": key if key.startswith("W") else None, "hazard_point": key, "patrolled_at": when,
            "patrolled_by": point["monitor"], "weather": weather, "abnormal": abnormal, "finding": f"{finding}（示意）",
            "measures": measures,
        }  # fmt: skip
        drawing.add("patrol", f"巡查{number}", None, SOURCE, **values)


def _reports(drawing: Drawing) -> None:
    zone, point = drawing.values("danger_zone", "W3"), drawing.values("hazard_point", "W3")
    shared = {
        "reporting_unit": "乌达区自然资源分局", "received_at": "2025-07-27T19:05:00", "occurred_at": "2025-07-27T18:50:00",
        "place": "三道坎街道富强社区乌尔特河两岸（示意）", "subdistrict": "三道坎街道", "hazard_point": "W3", "danger_zone": "W3",
        "hazard_type": "山洪泥石流", "scale_class": "小型", "volume_m3": 3000.0, "area_m2": 12_000.0, "danger_grade": "中型",
        "threatened_households": point["threatened_households"], "threatened_people": point["threatened_people"],
        "must_move_people": zone["must_move_people"], "potential_loss_wan": zone["potential_loss_wan"],
        "deaths": 0, "missing": 0, "injured": 0, "direct_loss_wan": 0.0, "causes": "降雨",
        "recipients": "乌达区人民政府", "author": "赵范例", "reviewer": "赵范例", "signer": "孙范例",
    }  # fmt: skip
    drawing.add("report", "速报1", None, SOURCE, report_no="示例2025-001", kind="首报", version=1,
                reported_at="2025-07-27T20:10:00", trend="上游仍在降雨，可能继续发展。",
                measures="已发信号，两岸住户撤到应急广场和产业园北停车场。", advice="继续值守，雨停水落前不返回。", **shared)  # fmt: skip
    drawing.add("report", "速报2", None, SOURCE, report_no="示例2025-001-续1", kind="续报", version=2, previous="速报1",
                reported_at="2025-07-28T09:30:00", trend="雨停，水位回落，趋于稳定。",
                measures="专家现场核查后组织住户返回。", advice="清理沟道淤积物，恢复贴片观测。", **shared)  # fmt: skip


def _cards(drawing: Drawing) -> None:
    homes = drawing.features["household"]
    for number, row in enumerate([homes[0], homes[1], homes[14]], 1):
        given = row["properties"]
        point = drawing.values("hazard_point", given["hazard_point"])
        values = {
            "card_no": f"{point['unified_code']}-B{number:03d}", "kind": "防灾避险明白卡", "household": row["key"],
            "hazard_point": given["hazard_point"], "danger_zone": given.get("danger_zone"),
            "evacuation_route": given["evacuation_route"], "version": 1, "issued_at": "2025-06-25T10:00:00",
            "issued_by": "乌达区自然资源分局", "operator": "赵范例", "holder": given["head"], "holder_phone": given["phone"],
            "signed_on": "2025-06-27", "copies": 3, "reason": "首次发卡（示意）",
        }  # fmt: skip
        drawing.add("card_issue", f"发卡{number}", None, SOURCE, **values)
    point = drawing.values("hazard_point", "W1")
    drawing.add("card_issue", "发卡4", None, SOURCE, card_no=f"{point['unified_code']}-G01", kind="防灾工作明白卡",
                hazard_point="W1", danger_zone="W1", version=1, issued_at="2025-06-25T09:30:00",
                issued_by="乌达区自然资源分局", operator="赵范例", holder="五虎山街道办事处",
                holder_phone=drawing.values("person", "钱范例")["phone"], signed_on="2025-06-25", copies=3,
                reason="首次发卡（示意）")  # fmt: skip


def _exports(drawing: Drawing) -> None:
    drawing.add("export_log", "导出1", None, SOURCE, exported_at="2025-06-20T15:00:00", exported_by="赵范例", kind="警示图",
                profile="内部", file_name="乌达区地质灾害警示图（示意）.pdf", layers="danger_zone、evacuation_route、shelter、hazard_point",
                features=40, personal_data=False, coordinates=True, version="第 1 版", recipient="乌达区应急管理局")  # fmt: skip
    drawing.add("sheet", "图幅1", None, SOURCE, title="乌达区地质灾害警示图", paper="A3", profile="内部", denominator=100_000,
                edition="第 1 版", made_on="2025-06-20")  # fmt: skip
