"""Routes that nobody may be sent along unasked: every paper of the danger zone says so, and the office is told why."""

from datetime import date

import pytest
from notice_village import E, N, add, build, change, flat, only, pages_of
from shapely import LineString, Point, Polygon, box

from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker, publish_door_stickers
from geohazard_desktop.publishing.papers.drill_script import DrillMaker, publish_drill_scripts
from geohazard_desktop.publishing.papers.plan_table import publish_plan_tables
from geohazard_desktop.publishing.papers.sign_board import publish_sign_boards
from geohazard_desktop.publishing.papers.zone_notice import publish_zone_notices
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.products import publish_map, publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet

ASKED = "先打电话问清再走"


@pytest.fixture
def village(workspace):
    """Route 4 leaves the zone and comes back into it; route 3 is a good one."""
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    zone, shelter = only(ws, "danger_zone"), only(ws, "shelter")
    bent = LineString([(E + 100, N + 150), (E + 100, N + 300), (E + 150, N + 300), (E + 150, N + 60), (E + 600, N + 60),
                       (E + 600, N + 100)])  # fmt: skip
    add(ws, "evacuation_route", bent, number="4", danger_zone=zone.uid, shelter=shelter.uid, start="村北井台")
    return ws


def route(ws, number):
    return next(one for one in ws.table("evacuation_route") if one.text("number") == number)


def test_a_route_that_comes_back_into_its_zone_asks_first_and_another_does_not(village):
    ways = DoubtfulWays(village)
    assert (ways.asking(route(village, "3")), ways.asking(route(village, "4"))) == (None, ASKED)
    (told,) = ways.told(village.table("evacuation_route"))
    assert "走路线 4 会再次走进危险区东坡。" in told
    assert "请改画路线" in told


@pytest.mark.parametrize("why", ["another zone", "channel", "no walking", "shelter in a zone"])
def test_whatever_a_household_would_have_to_ask_about_is_asked_about_here(village, why):
    if why == "another zone":
        add(
            village, "danger_zone", Polygon(box(E + 300, N, E + 400, N + 200).exterior), name="南沟", hazard_type="崩塌"
        )
    if why == "channel":
        add(village, "river_corridor", box(E + 300, N - 200, E + 340, N + 400), name="示例河")
    if why == "no walking":
        change(village, route(village, "3"), passable="车辆")
    if why == "shelter in a zone":
        add(village, "danger_zone", box(E + 590, N + 90, E + 650, N + 150), name="广场坑", hazard_type="崩塌")
    assert DoubtfulWays(village).asking(route(village, "3")) == ASKED


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_a_sheet_marks_it_in_its_row_and_on_the_map_instead_of_minutes(village, tmp_path, profile):
    zone = only(village, "danger_zone")
    sheet = WarningSheet(village, SheetSpec("A3", profile, "danger_zone", zone.uid))
    assert [(one.number, one.ask) for one in sheet.form.routes] == [("3", None), ("4", ASKED)]
    if profile == "public":
        badges = {one.number: one.words for one in sheet.form.map.marks if one.kind == "badge"}
        assert badges["4"] == "先问再走"
        assert "分钟" in badges["3"]
    report = publish_sheets(village, tmp_path, layer="danger_zone", profile=profile)
    text = flat("".join(pages_of(report.files[0])))
    assert text.count(ASKED if profile == "public" else "先问再走") == 1
    assert any("会再次走进危险区东坡" in one for one in report.problems)


def test_sticker_sign_and_notice_mark_it_too(village, tmp_path):
    reports = [
        publish_door_stickers(village, tmp_path / "a", per="zone", size="A6"),
        publish_sign_boards(village, tmp_path / "b", per="zone"),
        publish_zone_notices(village, tmp_path / "c"),
    ]
    for report in reports:
        assert flat("".join(pages_of(report.files[0]))).count(ASKED) == 1
        assert any("会再次走进危险区东坡" in one for one in (*report.notes, *report.problems))


def test_where_every_route_is_doubtful_nobody_is_ordered_to_go(village, tmp_path):
    change(village, route(village, "3"), passable="车辆")
    zone = only(village, "danger_zone")
    assert StickerMaker(village, date(2026, 6, 1)).of_zone(zone).at_signal == "听到信号，先打电话问清再走"
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public").files
    text = flat("".join(pages_of(pdf)))
    assert "听到信号，先打电话问清再走" in text
    assert "听到信号就走" not in text


def test_where_every_route_is_doubtful_signs_of_danger_send_to_the_telephone_and_no_sentence_to_the_route(
    village, tmp_path
):
    change(village, only(village, "danger_zone"), signs="裂缝加宽")
    texts = all_texts(village, tmp_path / "one")
    assert all("不等信号就走：裂缝加宽" in one for one in texts), "route 3 can be walked"
    assert "听到信号，马上撤离，不回头取东西；要先问的路线，先打电话。" in texts[-1]
    change(village, route(village, "3"), passable="车辆")
    texts = all_texts(village, tmp_path / "none")
    assert ["不等信号就打电话：裂缝加宽" in one for one in texts] == [True] * 4
    assert not any("就走" in one or "马上" in one for one in texts)
    assert "听到信号，先打电话问清再走，不回头取东西。" in texts[-1]
    change(village, only(village, "shelter"), closed_on="2026-01-01")  # then no route is left at all
    texts = all_texts(village, tmp_path / "closed")
    assert ["不等信号就打电话：裂缝加宽" in one for one in texts] == [True] * 4
    assert not any("就走" in one or "马上" in one for one in texts)
    report = publish_door_stickers(village, tmp_path / "told", per="zone", size="A6")
    assert any("门贴上写的是先打电话问清再走" in one for one in report.problems)
    assert not any("留了横线" in one and "撤离路线" in one for one in (*report.notes, *report.problems))
    assert all("示例广场已经停用，不要再去" in one and ASKED in one for one in texts)
    (pdf,) = publish_drill_scripts(village, tmp_path / "drill").files
    script = flat("".join(pages_of(pdf)))
    assert "示例广场已经停用，不要再去。往哪里走，先打值班电话问清。" in script
    assert "先打电话问清往哪里走，问清再离家" in script
    assert "还没有画撤离路线" not in script
    assert "沿路线步行" not in script
    (pdf,) = publish_plan_tables(village, tmp_path / "plan").files
    assert "示例广场已经停用，不要再去。听到信号，先打电话问清再走" in flat("".join(pages_of(pdf)))


def test_a_drill_sends_nobody_along_a_way_that_its_own_papers_ask_about(village):
    zone, house = only(village, "danger_zone"), only(village, "household")
    form = DrillMaker(village, date(2026, 6, 1)).form(zone)
    assert [(one.name, one.ask, bool(one.minutes)) for one in form.routes] == [
        ("路线 3", None, True),
        ("路线 4", ASKED, False),
    ]
    assert any("卡上写先打电话的，先打电话问清再走" in one.words for one in form.minutes)
    add(village, "household_member", household=house.uid, mobility="卧床")
    change(village, route(village, "4"), passable="车辆")
    change(village, house, evacuation_route=route(village, "4").uid, helper="庚示例", helper_phone="139 0000 0007")
    form = DrillMaker(village, date(2026, 6, 1)).form(zone)
    assert form.fetched == ("SL-H-0017 由 庚示例 139 0000 0007 接（往哪里走先打电话问清）",)
    assert "有 1 户算不出要走多久" in form.walk_note
    change(village, route(village, "3"), passable="车辆")
    form = DrillMaker(village, date(2026, 6, 1)).form(zone)
    assert any("问清再离家" in one.words for one in form.minutes)
    assert form.minutes[-1].minute is None, "nobody can be timed"


def test_a_zone_without_a_way_left_is_told_by_its_name_beside_the_ways_of_others(village, tmp_path):
    zone = only(village, "danger_zone")
    far = add(village, "danger_zone", box(E - 900, N - 100, E - 700, N + 100), name="西坡", hazard_type="崩塌")
    old = add(village, "shelter", Point(E - 600, N), name="旧广场", closed_on="2026-01-01")
    line = LineString([(E - 800, N), (E - 600, N)])
    add(village, "evacuation_route", line, number="5", danger_zone=far.uid, shelter=old.uid)
    told = "旧广场已经停用，不要再去；危险区西坡的人先打电话问清再走"
    assert closed_ways_words(village, None) == told
    assert closed_ways_words(village, {far.uid}) == "旧广场已经停用，不要再去"
    assert closed_ways_words(village, {zone.uid}) is None
    for paper in ("A3", "slide"):
        (pdf,) = publish_map(village, tmp_path / f"{paper}.pdf", sheet=paper, profile="public").files
        pages = [flat(one) for one in pages_of(pdf)]
        assert any(told in one for one in pages), paper


def test_a_zone_for_which_nobody_drew_a_way_asks_first_on_its_public_sheet_as_at_home(village, tmp_path):
    change(village, only(village, "danger_zone"), signs="裂缝加宽")
    for number in ("3", "4"):
        change(village, route(village, number), danger_zone=None)
    change(village, only(village, "household"), evacuation_route=None)
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public").files
    text = flat("".join(pages_of(pdf)))
    assert "撤离路线还没有定。先打电话问清再走" in text
    assert "不等信号就打电话：裂缝加宽" in text
    assert "就走" not in text
    card = CardMaker(village, date(2026, 6, 1)).household_card(only(village, "household")).form
    assert card.back.ask_first == ASKED


def test_the_second_slide_with_the_signals_sends_nobody_off_who_is_to_ask(village, tmp_path):
    for number, one in enumerate(("3", "4")):
        change(village, route(village, one), passable="车辆")
        west = E - 900 - 300 * number
        signal = "哨子一长两短，喇叭连喊" + "快撤" * (8 + number)
        ground = box(west, N, west + 200, N + 100)
        other = add(village, "danger_zone", ground, name=f"西坡{one}", hazard_type="崩塌", warning_signal=signal)
        line = LineString([(west + 100, N + 50), (E - 600, N + 600)])
        add(village, "evacuation_route", line, number=f"7{one}", danger_zone=other.uid, passable="车辆")
    (pdf,) = publish_map(village, tmp_path / "片.pdf", sheet="slide", profile="public").files
    pages = [flat(one) for one in pages_of(pdf)]
    assert "各危险区的信号不一样，见下一张" in pages[0]
    assert "听到信号，先打电话问清再走" in pages[1]
    assert not any("听到信号就走" in one for one in pages)


def test_whoever_prints_a_paper_of_the_zone_hears_which_shelter_closes_and_when(village, tmp_path):
    change(village, only(village, "shelter"), closed_on="2099-03-01")
    for key in ("zone_notice", "drill_script", "signs_zone", "stickers_zone", "plan_table"):
        report = PRODUCTS[key].publish(village, tmp_path / key, {})
        assert sum("示例广场 2099 年 3 月 1 日起停用" in one for one in report.problems) == 1, key


@pytest.mark.parametrize("profile", ["public", "internal"])
@pytest.mark.parametrize("paper", ["A3", "A4", "slide"])
def test_where_one_of_two_shelters_is_closed_the_sheet_says_not_to_go_there_beside_the_other_route(
    village, tmp_path, profile, paper
):
    old = add(village, "shelter", Point(E + 100, N + 600), name="停用广场", closed_on="2026-01-01")
    change(village, route(village, "4"), shelter=old.uid)
    report = publish_sheets(village, tmp_path, layer="danger_zone", profile=profile, paper=paper)
    text = flat("".join(pages_of(report.files[0])))
    assert "停用广场已经停用，不要再去" in text
    assert "示例广场" in text, "the other route stands there"


def all_texts(village, folder):
    """What the public sheet, the sticker, the sign and the notice of the zone say."""
    reports = [
        publish_sheets(village, folder, layer="danger_zone", profile="public"),
        publish_door_stickers(village, folder / "a", per="zone", size="A6"),
        publish_sign_boards(village, folder / "b", per="zone"),
        publish_zone_notices(village, folder / "c"),
    ]
    return [flat("".join(pages_of(one.files[0]))) for one in reports]


def test_a_sticker_of_many_routes_loses_none_and_says_where_the_rest_stand(village, tmp_path):
    zone, shelter = only(village, "danger_zone"), only(village, "shelter")
    for number in ("5", "6", "7", "10", "8"):
        add(village, "evacuation_route", LineString([(E + 20, N + 20), (E + 600, N + 100)]), number=number,
            danger_zone=zone.uid, shelter=shelter.uid, start=f"第{number}棵树")  # fmt: skip
    report = publish_door_stickers(village, tmp_path, per="zone", size="A6")
    text = flat(pages_of(report.files[0])[0])
    assert "7从第7棵树到示例广场" in text
    assert "另有8、10号路线，见危险区公告，或打值班电话问" in text
    assert any("写不下全部 7 条路线" in one for one in report.notes)
    change(village, zone, signs="裂缝加宽")
    made = StickerMaker(village, date(2026, 6, 1)).of_zone(only(village, "danger_zone"))
    assert [one.number for one in made.ways] == ["3", "4", "5", "6"]
    assert "7、8、10" in made.more_ways


def test_a_route_that_only_its_drawn_end_leads_to_a_shelter_is_told_as_its_households_are_told(village, tmp_path):
    change(village, route(village, "3"), shelter=None)
    zone = only(village, "danger_zone")
    sheet = WarningSheet(village, SheetSpec("A3", "public", "danger_zone", zone.uid))
    assert [one.shelter for one in sheet.form.routes] == ["示例广场", "示例广场"]
    assert sheet.report.problems == DoubtfulWays(village).told([route(village, "4")])
    assert [one.shelter for one in StickerMaker(village, date(2026, 6, 1)).of_zone(zone).ways] == [
        "示例广场",
        "示例广场",
    ]
    (pdf,) = publish_zone_notices(village, tmp_path).files
    assert "3号路线从村口老榆树到示例广场" in flat("".join(pages_of(pdf)))


def test_routes_to_one_shelter_say_where_each_begins_on_the_public_sheet(village, tmp_path):
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public").files
    assert "老人从村口老榆树走，约11分钟" in flat("".join(pages_of(pdf)))


def test_the_work_card_and_the_plan_table_mark_it_and_the_report_says_why(village, tmp_path):
    made = CardMaker(village).work_card(only(village, "hazard_point"))
    three, four = made.form.evacuation_route.split("；")
    assert ASKED not in three
    assert four.endswith(f"{ASKED}。")
    assert "会再次走进危险区东坡" in made.note
    report = publish_plan_tables(village, tmp_path)
    assert flat("".join(pages_of(report.files[0]))).count(ASKED) == 1
    assert any("会再次走进危险区东坡" in one for one in report.notes)
