"""地质灾害隐患点防灾预案表: every label of the official grid, values from the register, lines where it has none."""

from datetime import date

import pytest
from copier import copies, dark_share, window
from notice_village import LONG, ODD, E, N, add, build, change, flat, only, pages_of, personal_in
from shapely import LineString, Point

from geohazard_desktop.publishing.papers.plan_table import PlanMaker, PlanTable, publish_plan_tables

TODAY = date(2026, 11, 28)
LABELS = (
    *("名称", "野外编号", "统一编号", "坐标X", "经度", "纬度", "隐患点类型", "规模及规模等级", "威胁人口", "威胁财产"),
    *("曾经发生灾害时间", "地质环境条件", "变形特征及活动历史", "稳定性分析", "引发因素", "潜在危害", "临灾状态预测"),
    *("监测方法", "监测周期", "监测责任人", "群测群防人员", "报警方法", "报警信号", "报警人", "预定避灾地点"),
    *("人员撤离路线", "防治建议", "调查负责人", "填表人", "审核人", "填表日期", "调查单位", "电话"),
)


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_every_label_of_the_grid_is_printed_and_filled_from_the_register(village, tmp_path):
    (pdf,) = publish_plan_tables(village, tmp_path).files
    (page,) = map(flat, pages_of(pdf))
    assert [one for one in LABELS if one not in page] == []
    for value in ("东坡塌陷", "990101040001", "小型（面积4.00公顷）", "采矿、降雨", "铜锣急敲", "4370050.0", "孙示例"):
        assert value in page, value
    assert "路线3：到示例广场，约500米。" in page
    assert "拟划未经批准：东坡" in page
    assert pdf.name == "防灾预案表_990101040001.pdf"


def test_what_is_not_known_is_a_line_and_no_grade_is_guessed(village):
    form, _drawn = PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert not form.setting
    assert form.grade is None
    assert {"地质环境条件", "险情等级"} <= set(form.empty_labels())
    change(village, only(village, "danger_zone"), potential_loss_wan=600.0)
    change(village, only(village, "hazard_point"), geology="薄层黄土覆盖在砂页岩上")
    form, _drawn = PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert (form.grade, form.setting) == ("中型", "薄层黄土覆盖在砂页岩上")
    assert not {"地质环境条件", "险情等级"} & set(form.empty_labels())


def test_every_shelter_that_a_route_leads_to_is_named_with_its_room_and_keeper(village):
    point, zone = only(village, "hazard_point"), only(village, "danger_zone")
    assert PlanMaker(village, TODAY).form(point)[0].shelter == "示例广场（可容 600 人，负责人周示例 139 0000 0003）"
    school = add(village, "shelter", Point(E - 500, N + 100), name="示例小学", id="SL-A-0002", capacity=90)
    add(village, "evacuation_route", LineString([(E + 90, N + 100), (E - 500, N + 100)]), number="12",
        danger_zone=zone.uid, shelter=school.uid)  # fmt: skip
    form, _drawn = PlanMaker(village, TODAY).form(point)
    line = "＿＿＿＿＿＿"
    assert form.shelter == (
        "路线 3 到示例广场（可容 600 人，负责人周示例 139 0000 0003）；"
        f"路线 12 到示例小学（可容 90 人，负责人{line} {line}）"
    )
    assert "预定避灾地点" in form.empty_labels()
    posted, _drawn = PlanMaker(village, TODAY, people=False).form(point)
    assert posted.shelter == "路线 3 到示例广场（可容 600 人）；路线 12 到示例小学（可容 90 人）"


def test_the_address_is_not_said_twice(village):
    point = only(village, "hazard_point")
    change(village, point, subdistrict="示例街道", community="东坡社区", address="东坡社区西头")
    form, _drawn = PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert form.place == "示例区示例街道东坡社区西头"


def test_the_posted_table_holds_no_person(village, tmp_path):
    publish_plan_tables(village, tmp_path / "out", people=False)
    assert personal_in(tmp_path / "out") == []
    publish_plan_tables(village, tmp_path / "own")
    assert personal_in(tmp_path / "own")
    assert "lead" in PlanTable.personal_fields()


def test_long_and_odd_values_continue_on_further_pages_and_nothing_is_cut(village, tmp_path):
    point = only(village, "hazard_point")
    change(village, point, name=ODD, signs=LONG * 30, threatened_objects=LONG, stability=ODD)
    (pdf,) = publish_plan_tables(village, tmp_path).files
    pages = [flat(one) for one in pages_of(pdf)]
    assert len(pages) >= 3
    assert "内容较长，见续页" in pages[0]
    assert "".join(pages).count(LONG[:17]) >= 7 * 30
    assert flat(ODD) in "".join(pages)
    assert all("拟划未经批准" in one for one in pages[:2])


def test_a_point_without_a_zone_and_one_that_is_closed(village, tmp_path):
    add(village, "hazard_point", Point(E + 900, N + 900), id="SL-D-0002", name="远处", status="销号")
    report = publish_plan_tables(village, tmp_path)
    text = flat("".join(pages_of(report.files[1])))
    assert "远处（已销号）" in text
    assert any("已销号" in one for one in report.notes)


def test_map_and_table_stay_legible_on_a_copier(village, tmp_path):
    page = copies(publish_plan_tables(village, tmp_path).files[0])[0]
    assert 0.01 < dark_share(page.copy[window(20, 184, 198, 266)]) < 0.4
    assert max(one.points for one in page.letters) > 12


def test_a_signal_of_three_lines_stays_in_its_cell(village, tmp_path):
    change(village, only(village, "danger_zone"), warning_signal="手摇报警器连续响三分钟，铜锣连敲，广播喊话")
    (page,) = map(flat, pages_of(publish_plan_tables(village, tmp_path).files[0]))
    assert "手摇报警器连续响三分钟，铜锣连敲，广播喊话" in page
    assert "见续页" not in page


def test_the_usual_way_of_alarm_stays_in_its_cell(village, tmp_path):
    # As the demo has it: these words sent every table to a second page that held nothing else.
    change(village, only(village, "hazard_point"), alarm_method="敲铜锣、手持喇叭，逐户通知，电话补通知")
    (page,) = map(flat, pages_of(publish_plan_tables(village, tmp_path).files[0]))
    assert "敲铜锣、手持喇叭，逐户通知，电话补通知" in page
    assert "见续页" not in page
