"""演练脚本: who does what at which minute, routes step by step, lists to sign; lines where the register lacks."""

from datetime import date

import pytest
from copier import copies, dark_share
from notice_village import LONG, ODD, PHONES, E, N, add, build, change, flat, only, pages_of, personal_in
from shapely import LineString, Point

from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.drill_script import DrillMaker, publish_drill_scripts
from geohazard_desktop.workspace.edits import delete_features

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_the_script_reckons_its_minutes_from_the_drawn_route(village):
    form = DrillMaker(village, TODAY).form(only(village, "danger_zone"))
    (route,) = form.routes
    assert (route.metres, route.minutes) == (500, ("常人走 9 分钟", "老人走 11 分钟", "搀扶慢行 17 分钟"))
    # Signal at 10, five minutes to get going; first after 9 minutes of walking, last after 18: from its door the
    # household walks 520 m, as its card says, more than the drawn route.
    assert [one.minute for one in form.minutes][-6:] == [15, 24, 33, 38, 43, 48]
    assert "最远的是 SL-H-0017，520 米，搀扶慢行 18 分钟" in form.walk_note
    card = CardMaker(village, TODAY).household_card(only(village, "household")).form
    assert card.back.times[-1].minutes == 18
    assert route.steps[-1].endswith("到示例广场")
    assert [one.number for one in route.households] == ["SL-H-0017"]


def test_roles_lists_and_record_are_printed(village, tmp_path):
    add(village, "person", name="王示例", unit="示例街道办", phone=PHONES[3])
    house = only(village, "household")
    for mobility in ("需搀扶", "卧床", "正常"):
        add(village, "household_member", household=house.uid, name="李示例", mobility=mobility)
    report = publish_drill_scripts(village, tmp_path)
    text = flat("".join(pages_of(report.files[0])))
    for one in (
        *("东坡地质灾害应急撤离演练脚本", "铜锣急敲", "裂缝一天加宽5mm", "疏散命令发布人示例街道办王示例139"),
        *(
            "户号户主电话应到需要帮助",
            f"SL-H-0017李示例{flat(PHONES[0])}2卧床1人、需搀扶1人",
            "安置点负责人示例广场周示例",
            "医疗救护组",
            "签到表",
            "演练记录",
            "+10",
            "拟划未经批准",
        ),
    ):
        assert one in text, one
    assert any("抢险排险组" in one for one in report.notes)


def test_the_script_says_who_fetches_whom_and_what_a_household_has_told(village, tmp_path):
    house = only(village, "household")
    change(village, house, notes="白天家里没有人；钥匙在邻居家", helper="庚示例", helper_phone="139 0000 0007")
    add(village, "household_member", household=house.uid, name="李示例", mobility="需搀扶")
    zone = only(village, "danger_zone")
    assert DrillMaker(village, TODAY).form(zone).fetched == ("SL-H-0017 由 庚示例 139 0000 0007 接",)
    text = flat("".join(pages_of(publish_drill_scripts(village, tmp_path).files[0])))
    assert "注：白天家里没有人；钥匙在邻居家" in text
    assert "走不动的，信号一响就去接：SL-H-0017由庚示例13900000007接。" in text
    for place in (20, 30):  # what stands at three doors is nobody's own
        add(village, "household", Point(E + place, N + 20), danger_zone=zone.uid, notes="白天家里没有人；钥匙在邻居家")
    assert not [row.note for row in DrillMaker(village, TODAY).form(zone).routes[0].households if row.note]
    bare = DrillMaker(village, TODAY, people=False).form(zone)
    assert "庚示例" not in str(bare)
    assert bare.routes[0].households[0].note is None


def test_a_script_without_names_has_no_person(village, tmp_path):
    publish_drill_scripts(village, tmp_path / "out", people=False)
    assert personal_in(tmp_path / "out") == []
    publish_drill_scripts(village, tmp_path / "own")
    assert personal_in(tmp_path / "own")


def test_households_without_a_route_and_a_zone_without_one_are_told(village, tmp_path):
    add(village, "household", Point(E + 20, N + 20), id="SL-H-0018", head="赵示例")
    report = publish_drill_scripts(village, tmp_path)
    assert any("1 户（处）没有能走的" in one for one in report.problems)
    assert "没有能走的本区路线的住户" in flat("".join(pages_of(report.files[0])))
    village_zone = only(village, "danger_zone")
    route = only(village, "evacuation_route")
    change(village, route, danger_zone=None)
    for one in village.table("household"):
        change(village, one, evacuation_route=None)
    form = DrillMaker(village, TODAY).form(village_zone)
    assert form.routes == ()
    assert form.minutes[-1].minute is None
    assert any("问清再离家" in one.words for one in form.minutes), "as the households' cards say"


def test_the_far_away_household_on_a_route_of_the_zone_signs_and_is_waited_for(village):
    change(village, only(village, "danger_zone"), must_move_people=2)
    zone, route = only(village, "danger_zone"), only(village, "evacuation_route")
    assert DrillMaker(village, TODAY).form(zone).scope == "登记住户 1 户 2 人"
    add(village, "household", Point(E + 300, N - 700), id="SL-H-0020", people=3, evacuation_route=route.uid)
    add(village, "household", Point(E + 20, N + 20), id="SL-H-0021", people=1)
    form = DrillMaker(village, TODAY).form(zone)
    assert [one.number for one in form.routes[0].households] == ["SL-H-0017", "SL-H-0020"]
    assert form.scope == ("登记住户 3 户 6 人（其中 1 户在区外、归本区撤离）")
    # 800 m from the door and 300 along the route at 0.5 m/s.
    assert [one.minute for one in form.minutes if "走得最慢" in one.words] == [15 + 37]
    assert "有 1 户算不出要走多久，没有算在内：SL-H-0021" in form.walk_note


def test_a_zone_of_workers_without_households_says_how_many_must_leave(village):
    (house,) = village.table("household")
    village.apply(delete_features(village.definitions, [house]))
    form = DrillMaker(village, TODAY).form(only(village, "danger_zone"))
    assert form.scope == "没有登记住户；危险区需转移 12 人"
    change(village, only(village, "danger_zone"), must_move_people=None)
    assert DrillMaker(village, TODAY).form(only(village, "danger_zone")).scope is None


def test_a_broken_route_is_a_line_to_write_on(village, tmp_path):
    zone = only(village, "danger_zone")
    add(village, "evacuation_route", LineString([(E, N), (E - 50, N)]), number="8", danger_zone=zone.uid)
    form = DrillMaker(village, TODAY).form(zone)
    assert "安置点" in form.empty_labels()
    assert len(form.routes[1].steps) == 1


def test_odd_and_long_values(village, tmp_path):
    change(village, only(village, "danger_zone"), name=ODD)
    change(village, only(village, "hazard_point"), criterion=LONG * 5, monitor=LONG)
    (pdf,) = publish_drill_scripts(village, tmp_path).files
    text = flat("".join(pages_of(pdf)))
    assert flat(ODD) in text
    assert text.count(LONG[:17]) == 42


def test_the_script_stays_legible_on_a_copier(village, tmp_path):
    pages = copies(publish_drill_scripts(village, tmp_path).files[0])
    assert all(0.005 < dark_share(one.copy) < 0.25 for one in pages)


def test_where_no_monitor_is_named_who_patrols_the_zone_gives_the_signal(village):
    def monitor():
        roles = DrillMaker(village, TODAY, people=True).form(only(village, "danger_zone")).roles
        return next((one.person, one.phone) for one in roles if one.role == "监测人")

    assert monitor() == ("李示例", "139 0000 0001")
    change(village, only(village, "hazard_point"), monitor=None, monitor_phone=None)
    assert monitor() == ("赵示例", "139 0000 0002")
