"""A sound office has no findings; each fault put into it is found by its rule, with a sentence and a place."""

import datetime
import re

import pytest
import shapely
from fresh import fresh_workspace
from shapely import LineString, Point, Polygon

from geohazard_desktop.analysis.parameters import severity
from geohazard_desktop.checks.run import RULES, check
from geohazard_desktop.common.places import resource
from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_389_000.0, 4_372_000.0
TODAY = datetime.date(2026, 7, 18)


class Office:
    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.made: dict[str, Feature] = {}

    def put(self, layer: str, geometry=None, **values) -> Feature:
        if self.ws.definition(layer).letter:
            values.setdefault("id", self.ws.next_number(layer))
        edit = create_feature(self.ws.definitions, layer, geometry, values)
        self.ws.apply(edit)
        found = self.ws.feature(layer, edit.deltas[0].uid)
        assert found is not None
        self.made[layer] = found
        return found

    def change(self, layer: str, **values) -> None:
        """Change the last feature of a layer as another program might: without our edits' judgement."""
        before = self.ws.feature(layer, self.made[layer].uid)
        assert before is not None
        self.ws.apply(Edit("改", [changed(before, before.with_values(**values))]))

    def reshape(self, layer: str, geometry) -> None:
        before = self.ws.feature(layer, self.made[layer].uid)
        assert before is not None
        self.ws.apply(change_geometry(self.ws.definitions, before, geometry))

    def remove(self, layer: str) -> None:
        before = self.ws.feature(layer, self.made[layer].uid)
        assert before is not None
        self.ws.apply(Edit("删", [deleted(before)]))

    def found(self, rule: str):
        return [one for one in check(self.ws, today=TODAY) if one.rule == rule]


@pytest.fixture
def office(tmp_path):
    facts = {
        "district.name": "示例区",
        "district.code": "990101",
        "district.prefix": "SL",
        "district.epsg": 4524,
        "office.name": "示例分局",
        "issuer.contact": "郑示例",
        "issuer.phone": "139 0000 0006",
        "duty.phone": "0473-2000000",
        "signal.text": "连续敲锣",
        "share.中易发区": "100",
        "season.start": "06-01",
        "review.number": "示S（2026）001号",
    }
    district = District({key: Setting(key, key, value, "测试") for key, value in facts.items()})
    with fresh_workspace(tmp_path / "a.gpkg", district) as ws:
        made = Office(ws)
        made.put("district", shapely.box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
        made.put("susceptibility_zone", shapely.box(E - 3000, N - 3000, E + 3000, N + 3000), **{"class": "中易发区"})
        point = made.put(
            "hazard_point", Point(E + 150, N + 100), name="北坡", unified_code="990101010001", hazard_type="滑坡",
            monitoring_lead="李示例", monitoring_phone="139 0000 0001", monitor="王示例", monitor_phone="13900000002",
        )  # fmt: skip
        zone = made.put(
            "danger_zone",
            shapely.box(E, N, E + 300, N + 200),
            name="北坡",
            hazard_type="滑坡",
            hazard_point=point.uid,
            must_move_people=2,
        )
        made.put("warning_sign", Point(E + 305, N + 100), danger_zone=zone.uid)
        shelter = made.put("shelter", Point(E + 700, N + 420), name="胜利广场", capacity=100)
        route = made.put(
            "evacuation_route",
            LineString([(E + 250, N + 100), (E + 400, N + 100), (E + 400, N + 300), (E + 700, N + 420)]),
            number="1", danger_zone=zone.uid, shelter=shelter.uid,
        )  # fmt: skip
        house = made.put(
            "household", Point(E + 100, N + 50), head="张示例", people=2, phone="139 0000 0003",
            danger_zone=zone.uid, evacuation_route=route.uid,
        )  # fmt: skip
        for name, mobility in (("张示例", None), ("赵示例", "正常")):
            made.put("household_member", household=house.uid, name=name, mobility=mobility)
        yield made


def test_a_sound_office_has_no_findings(office):
    assert [(one.rule, one.sentence) for one in check(office.ws, today=TODAY)] == []


def test_a_note_that_clears_no_way_of_a_zone_is_said(office):
    office.reshape("household", Point(E - 100, N + 50))
    (plain,) = office.found("household_crosses_zone")
    office.change("household", door_note="绕过北坡到路口")
    (noted,) = office.found("household_crosses_zone")
    assert noted.sentence.startswith(plain.sentence)
    assert "写了“到路口的走法”也不算" in noted.sentence


def test_an_empty_workspace_has_only_what_is_missing_in_its_settings(tmp_path, district):
    with fresh_workspace(tmp_path / "b.gpkg", district) as ws:
        assert {one.rule for one in check(ws)} <= {"office_settings", "public_map"}


def box(east: float, north: float, size: float) -> Polygon:
    return shapely.box(E + east, N + north, E + east + size, N + north + size)


def doubled() -> Polygon:
    return Polygon([(E, N), (E + 9, N), (E + 9.001, N), (E + 9, N + 9), (E, N + 9)])


def two_roads(office: "Office") -> None:
    office.put("road", LineString([(E, N - 500), (E + 100, N - 500)]), name="一路")
    office.put("road", LineString([(E + 101, N - 600), (E + 101, N - 400)]), name="二路")


def two_classes(office: "Office") -> None:
    office.reshape("susceptibility_zone", shapely.box(E - 3000, N - 3000, E, N + 3000))
    office.put("susceptibility_zone", shapely.box(E + 0.5, N - 3000, E + 3000, N + 3000), **{"class": "低易发区"})


def in_bed(office: "Office", *phones: str) -> None:
    """Who has to be carried; of the two telephones that bring somebody, `phones` are taken away."""
    office.change("household_member", mobility="卧床")
    for one in phones:
        office.change(one, **{"monitor_phone" if one == "hazard_point" else "patrol_phone": None})


def streets(office: "Office") -> None:
    office.put("subdistrict", shapely.box(E - 3000, N - 3000, E + 3000, N + 3000), name="河滨街道")
    office.change("danger_zone", subdistrict="邻街")


def two_signals(office: "Office") -> None:
    office.change("danger_zone", subdistrict="河滨街道")
    office.put("danger_zone", box(900, 900, 50), name="西沟", subdistrict="河滨街道", warning_signal="吹“长”哨")


FAULTS = {
    "inside_district": lambda o: o.reshape("hazard_point", Point(E + 260_000, N)),
    "required_fields": lambda o: o.change("danger_zone", hazard_type=None),
    "field_values": lambda o: o.change("danger_zone", hazard_type="雪崩"),
    "one_district": lambda o: o.put("district", box(4000, 0, 500), name="邻近区", code="990102"),
    "missing_id": lambda o: o.change("shelter", id=None),
    "dangling_reference": lambda o: o.change("hazard_point", shelter="0" * 32),
    "dates": lambda o: o.change("shelter", surveyed_on="2026-07-19"),
    "danger_zone_hazard_point": lambda o: o.change("danger_zone", hazard_point=None),
    "signal_differs": two_signals,
    "signal_missing": lambda o: o.change_setting("signal.text", ""),
    "danger_zone_sign": lambda o: o.reshape("warning_sign", Point(E + 150, N + 100)),
    "danger_zone_events": lambda o: o.change("danger_zone", state="已划定"),
    "route_shelter": lambda o: o.change("evacuation_route", shelter=None),
    "route_start": lambda o: o.change("evacuation_route", danger_zone=None),
    "shelter_capacity": lambda o: o.change("shelter", capacity=1),
    "household_route": lambda o: o.change("household", evacuation_route=None),
    "household_crosses_zone": lambda o: o.reshape("household", Point(E - 100, N + 50)),
    "household_door": lambda o: o.reshape("household", Point(E - 200, N + 50)),
    "danger_zone_people": lambda o: o.change("danger_zone", must_move_people=1),
    "danger_zone_point_numbers": lambda o: o.change("hazard_point", threatened_people=9),
    "danger_zone_unregistered": lambda o: o.change("danger_zone", must_move_people=40),
    "household_zone": lambda o: o.change("household", danger_zone=None),
    "household_phone": lambda o: o.change("household", phone=None),
    "household_members": lambda o: o.change("household", people=5),
    "household_remarks": lambda o: o.change("household", remark="老伴坐轮椅"),
    "household_twice": lambda o: o.put(
        "household", Point(E + 120, N + 60), head="张示例", people=2, phone="13900000003"
    ),
    "mobility_unknown": lambda o: o.change("household_member", mobility=None),
    "household_not_fetched": lambda o: in_bed(o, "hazard_point"),
    "household_helper": in_bed,
    "hazard_point_responsible": lambda o: o.change("hazard_point", monitor=None),
    "hazard_point_closed": lambda o: o.change("hazard_point", status="销号"),
    "unified_code": lambda o: o.change("hazard_point", unified_code="99010101"),
    "phone_form": lambda o: o.change("household", phone="1390000003"),
    "schematic": lambda o: o.change("shelter", schematic=True),
    "route_crosses_channel": lambda o: o.put("river_corridor", box(410, 0, 40).union(box(410, 0, 400)), name="支沟"),
    "susceptibility_overlap": lambda o: o.put("susceptibility_zone", box(0, 0, 50), **{"class": "低易发区"}),
    "shelter_in_danger_zone": lambda o: o.put("danger_zone", box(690, 410, 20), hazard_type="崩塌"),
    "shelter_place": lambda o: o.put("subsidence_area", box(690, 410, 20), name="老窑"),
    "danger_zone_overlap": lambda o: o.put("danger_zone", box(200, -100, 150), hazard_type="崩塌"),
    "danger_zone_route": lambda o: o.put("danger_zone", box(-900, 0, 100), hazard_type="崩塌"),
    "route_through_zone": lambda o: o.put("danger_zone", box(380, 180, 40), hazard_type="崩塌", name="南沟"),
    "duplicate_id": lambda o: o.put("shelter", Point(E + 900, N), id="SL-A-0001"),
    "susceptibility_shares": lambda o: o.put("susceptibility_zone", box(4000, 0, 900), **{"class": "不发育区"}),
    "office_settings": lambda o: o.change_setting("duty.phone", ""),
    "coordinates_swapped": lambda o: o.reshape("hazard_point", Point(N + 100, E + 150)),
    "duplicate_corners": lambda o: o.put("key_area", doubled()),
    "duplicate_features": lambda o: o.put("shelter", Point(E + 700, N + 420), name="胜利广场", capacity=100),
    "sliver": lambda o: o.put("key_area", shapely.box(E, N, E + 100, N + 0.3)),
    "dangle": two_roads,
    "danger_zone_gap": lambda o: o.put("danger_zone", box(300.6, 0, 150), hazard_type="崩塌"),
    "danger_zone_grade": lambda o: o.change("danger_zone", must_move_people=None),
    "susceptibility_gap": two_classes,
    "place_names": streets,
    "sign_zone": lambda o: o.change("warning_sign", danger_zone=None),
    "route_time": lambda o: o.reshape(
        "evacuation_route", LineString([(E + 250, N + 100), (E + 250, N - 900), (E + 700, N + 420)])
    ),
    "route_crosses_building": lambda o: o.put("building", box(390, 150, 20)),
    "route_landmarks": lambda o: o.change(
        "evacuation_route", landmarks=o.put("landmark", Point(E, N), name="水塔").text("name")
    ),
    "scale_class": lambda o: o.change("hazard_point", volume_m3=250_000.0, scale_class="小型"),
    "shelter_closed": lambda o: o.change("shelter", closed_on="2026-07-01", closed_reason="改作工地"),
    "shelter_area": lambda o: o.change("shelter", kind="短期", area_per_person=1.5),
    "personal_data": lambda o: o.change("danger_zone", reason="找老王 139 0000 0009"),
    "unseen_signs": lambda o: o.change("household", head="张\u202e示\u200b例"),
    "people_in_settings": lambda o: o.change_setting("signal.text", "敲锣，问 139 0000 0009"),
    "report_deadline": lambda o: o.put(
        "report", danger_grade="中型", received_at="2026-07-01T08:00:00", reported_at="2026-07-01T11:00:00"
    ),
    "season": lambda o: o.change_setting("season.start", "13-01"),
    "public_map": lambda o: o.change_setting("review.number", ""),
    "geometry": lambda o: o.put_raw("key_area", Polygon([(E, N), (E + 9, N + 9), (E + 9, N), (E, N + 9)])),
}


def change_setting(self, key, value) -> None:
    (one,) = self.ws.find("setting", "key", key)
    self.ws.apply(Edit("改设置", [changed(one, one.with_values(value=value))]))


def put_raw(self, layer, geometry) -> None:
    self.ws.apply(Edit("添加", [inserted(Feature(layer, new_uid(), geometry, {"name": "坏面"}))]))


Office.change_setting = change_setting
Office.put_raw = put_raw


def test_every_rule_has_a_fault_here_and_a_severity_there():
    names = [rule.RULE for rule in RULES]
    assert sorted(names) == sorted(FAULTS)
    assert all(severity(name) in ("error", "warning", "info") for name in names)
    files = {path.stem for path in (resource("rules").parent.parent / "geohazard_desktop/checks/rules").glob("*.py")}
    assert files - {"__init__"} == set(names)


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found(office, rule):
    FAULTS[rule](office)
    found = office.found(rule)
    assert found
    for one in found:
        assert one.severity == severity(rule)
        assert re.fullmatch(r".{6,}。", one.sentence)
        assert "示例" not in one.sentence.replace("示例区", "")  # no person's name leaves the form
        if one.uid and office.ws.definition(one.layer).geometry != "none":
            assert one.place is not None


def test_digits_in_what_the_program_wrote_itself_are_no_telephone(office):
    digest, uid = "904e4e2334f11772e8f44eafa80c0a19988315a3c30234ac5e72b18377023760", "70c1196436be44c13900000001f5050f"
    row = {"step": "发放", "kind": "防灾避险明白卡", "card_no": "SL-1"}
    office.put("card_issue", **row, inputs_hash=digest, kept=digest, subject=uid, options=f'{{"uids": ["{uid}"]}}')
    assert office.found("personal_data") == []
    office.put("card_issue", **row, inputs_hash=digest, reason=f"{uid} 门牌写错，问 139 0000 0009")
    (one,) = office.found("personal_data")
    assert one.about == "reason"


def test_a_registered_name_in_a_public_field_is_found_with_its_field(office):
    office.change("evacuation_route", start="张示例家门口")
    (one,) = office.found("personal_data")
    assert (one.layer, one.about, one.opens) == ("evacuation_route", "start", "start")
    assert "起点（集合点）里有人名“张示例”" in one.sentence
    office.change("evacuation_route", start="东门口", source="张示例量的", remark="问张示例")  # stay in the office
    assert office.found("personal_data") == []
    office.put("patrol", patrolled_at="2026-07-01T08:00:00", finding="和张示例看了裂缝")
    assert office.found("personal_data") == []
    office.change("danger_zone", reason="张示例家屋后开裂，电话139-0000-0003")
    (one,) = office.found("personal_data")
    assert "人名“张示例”、手机号" in one.sentence


def test_a_landline_of_a_household_is_found_that_of_the_office_is_not(office):
    office.change("household", phone="0473-3000001")
    office.change("danger_zone", reason="险情打 0473-2000000", signs="找 0473 3000001")
    (one,) = office.found("personal_data")
    assert (one.about, "住户或责任人的电话" in one.sentence) == ("signs", True)


def test_the_duty_line_may_be_a_mobile_but_names_nobody(office):
    office.change_setting("duty.phone", "139 0000 0009")
    assert office.found("people_in_settings") == []
    office.put("setting", key="duty.office", value="值班 王示例")
    (one,) = office.found("people_in_settings")
    assert (one.about, "值班单位有人名“王示例”" in one.sentence) == ("duty.office", True)


def test_who_comes_for_those_who_can_not_walk(office):
    office.put("person", name="王示例", phone="139 0000 0009")
    in_bed(office)
    (one,) = office.found("household_helper")
    assert "信号一响他要挨家敲门" in one.sentence
    office.change("hazard_point", monitor_phone=None)
    assert office.found("household_not_fetched") == []  # 责任人 knows the monitor's number
    office.remove("person")
    assert len(office.found("household_not_fetched")) == 1
    assert office.found("household_helper") == []
    office.change("danger_zone", patrol_person="孙示例", patrol_phone="139 0000 0008")
    assert office.found("household_not_fetched") == []
    office.change("household", helper="周示例", helper_phone="139 0000 0007")
    assert office.found("household_helper") == []


def test_who_walks_on_an_arm_has_somebody_to_phone_and_alone_a_helper(office):
    office.change("household_member", mobility="需搀扶")
    assert office.found("household_helper") == []  # the other one lends an arm, the monitor has a telephone
    office.change("hazard_point", monitor_phone=None)
    assert "家里有人要搀扶" in office.found("household_helper")[0].sentence
    assert office.found("household_not_fetched") == []
    office.change("hazard_point", monitor_phone="139 0000 0002")
    office.change("household", people=1)
    (first, _second) = office.ws.table("household_member")
    office.ws.apply(Edit("删", [deleted(first)]))
    assert "只有要人搀扶的人" in office.found("household_helper")[0].sentence


def test_outside_every_zone_nobody_is_asked_who_fetches(office):
    in_bed(office, "hazard_point")
    office.change("household", danger_zone=None, evacuation_route=None)
    office.reshape("household", Point(E - 900, N - 900))
    assert office.found("household_not_fetched") + office.found("household_helper") == []


def test_who_was_given_a_zones_route_is_called_by_its_signal_and_has_to_be_fetched(office):
    in_bed(office, "hazard_point")
    office.change("household", danger_zone=None)
    office.reshape("household", Point(E - 900, N - 900))
    assert len(office.found("household_not_fetched")) == 1


def test_a_household_without_a_head_count_is_nobody_less(office):
    """It takes as much room as the others do, and the sentence says that its number is missing."""
    house = office.made["household"]
    office.change("shelter", capacity=3)
    assert office.found("shelter_capacity") == []
    told = {name: house[name] for name in ("danger_zone", "evacuation_route")}
    office.put("household", Point(E + 110, N + 60), head="王示例", phone="139 0000 0004", **told)
    (found,) = office.found("shelter_capacity")
    assert "可容 3 人，路线叫 2 户 2 人（其中 1 户没填人数）去那里，没填的按户均人数算坐不下" in found.sentence
    office.change("shelter", capacity=4)
    assert office.found("shelter_capacity") == []


def test_errors_come_first(office):
    office.change("shelter", surveyed_on="2026-07-19")
    office.change("danger_zone", hazard_type=None)
    office.change_setting("review.number", "")
    severities = [one.severity for one in check(office.ws, today=TODAY)]
    assert severities == ["error", "warning", "info"]


def test_where_the_route_meets_the_channel_is_said_in_metres(office):
    FAULTS["route_crosses_channel"](office)
    (one,) = office.found("route_crosses_channel")
    assert one.sentence == "撤离路线 SL-L-0001 走到第 361 米处进入河道走廊 支沟，那里没有桥，汛期过不去，请改道。"
    assert one.place.x == pytest.approx(E + 410.5, abs=1)


def test_a_stream_that_is_only_a_centre_line_is_crossed_like_a_corridor(office):
    office.put("river", LineString([(E + 410, N - 100), (E + 410, N + 900)]), name="红沟")
    (one,) = office.found("route_crosses_channel")
    assert one.severity == "error"
    assert "进入河道中心线 红沟，那里没有桥，汛期过不去，请改道。" in one.sentence


def test_a_wrong_zone_number_is_told_from_a_slip_over_the_edge(office):
    office.reshape("hazard_point", Point(E + 260_000, N))
    assert "坐标系或带号可能不对" in office.found("inside_district")[0].sentence
    office.reshape("hazard_point", Point(E + 3100, N))
    assert office.found("inside_district")[0].sentence == "隐患点 北坡 SL-D-0001 在本区范围外 100 米，请核对位置。"


def test_an_outline_drawn_along_the_boundary_is_no_fault(office):
    office.reshape("susceptibility_zone", shapely.box(E - 3020, N - 3000, E + 3000, N + 3000))
    assert office.found("inside_district") == []
    office.reshape("susceptibility_zone", shapely.box(E - 3500, N - 3000, E + 3000, N + 3000))
    assert len(office.found("inside_district")) == 1


def test_a_state_rests_on_an_event_with_a_document_number(office):
    zone = office.made["danger_zone"]
    office.change("danger_zone", state="已划定")
    office.put("zone_event", danger_zone=zone.uid, step="已划定", date="2026-05-02")
    assert "没有文号" in office.found("danger_zone_events")[0].sentence
    office.put("zone_event", danger_zone=zone.uid, step="已划定", date="2026-05-02", document_no="示政发〔2026〕1号")
    assert office.found("danger_zone_events") == []
    office.put("zone_event", danger_zone=zone.uid, step="已公告", date="2026-04-01", document_no="示政告〔2026〕1号")
    assert "按登记只能算已公告" in office.found("danger_zone_events")[0].sentence
    office.change("danger_zone", state="已公告")
    assert "日期早于" in office.found("danger_zone_events")[0].sentence


def test_a_zone_that_the_register_lifted_asks_for_nothing(office):
    made = office.put("danger_zone", box(-900, 0, 100), hazard_type="崩塌", state="已撤销")
    rules = {one.rule for one in check(office.ws, today=TODAY)}
    assert {"danger_zone_events", "danger_zone_sign"} <= rules, "a field alone lifts nothing"
    paper = {"date": "2026-05-02", "document_no": "示政发〔2026〕1号", "finding": "示例"}
    for step in ("已划定", "已撤销"):
        office.put("zone_event", danger_zone=made.uid, step=step, **paper)
    assert [one for one in check(office.ws, today=TODAY) if one.uid == made.uid] == []


def test_who_moved_away_is_still_in_the_typed_numbers(office):
    (zone,), (point,) = office.ws.table("danger_zone"), office.ws.table("hazard_point")
    second = office.put("household", Point(E + 120, N + 60), people=3, danger_zone=zone.uid, head="示例户")
    office.change("hazard_point", threatened_households=2, threatened_people=5)
    office.change("danger_zone", must_move_people=5)
    assert office.found("danger_zone_people") == office.found("danger_zone_unregistered") == []
    office.ws.apply(change_values(office.ws.definitions, [second], {"moved_out_on": "2026-05-01"}))
    (one,) = office.found("danger_zone_people")
    assert one.sentence == (
        "危险区 北坡 SL-W-0001 填的需转移人数是 5 人，隐患点 北坡 SL-D-0001 填的是威胁 2 户 5 人；"
        "登记住户 1 户 2 人，另有 1 户 3 人已迁出。请核对后改；"
        "多出来的是工人、学生的，请在区内的重要设施里填人数，或者在检查里搁置这一条。"
    )
    assert one.others == (point.uid,)
    assert office.found("danger_zone_unregistered") == []
    office.change("danger_zone", must_move_people=2)
    office.change("hazard_point", threatened_households=1, threatened_people=2)
    assert office.found("danger_zone_people") == []


def test_a_flooded_bridge_is_no_bridge(office):
    FAULTS["route_crosses_channel"](office)
    office.put("bridge", Point(E + 450, N + 320), name="漫水桥", flooded=True)
    assert office.found("route_crosses_channel")
    office.change("bridge", flooded=False)
    assert not office.found("route_crosses_channel")


def test_a_route_that_ends_short_of_its_shelter(office):
    office.reshape("evacuation_route", LineString([(E + 250, N + 100), (E + 500, N + 300)]))
    assert "还有 233 米" in office.found("route_shelter")[0].sentence


@pytest.mark.parametrize(
    "phone",
    ["13900000001", "139 0000 0001", "0473-2000000", "+86 13900000001", "110", "13900000001、0473-2000000", "12379"],
)
def test_phones_that_can_be_dialled(office, phone):
    office.change("household", phone=phone)
    assert office.found("phone_form") == []


@pytest.mark.parametrize("phone", ["1390000001", "139000000011", "电话在村部", "13900000001、139"])
def test_phones_that_can_not(office, phone):
    office.change("household", phone=phone)
    assert len(office.found("phone_form")) == 1
    assert phone not in office.found("phone_form")[0].sentence


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("", "没有统一编号"),
        ("99010101001", "不是通常的写法"),
        ("150304010001", "不是本区的"),
        ("990101020001", "类型是崩塌"),
    ],
)
def test_unified_codes(office, code, part):
    office.change("hazard_point", unified_code=code)
    assert part in office.found("unified_code")[0].sentence


def test_a_finding_about_a_missing_shape_has_no_place(office):
    office.put_raw("key_area", None)
    (one,) = office.found("geometry")
    assert one.place is None
    assert "没有图形" in one.sentence
