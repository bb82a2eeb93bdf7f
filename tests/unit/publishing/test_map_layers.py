"""With a lifted zone its routes and shelters are over on every paper, page and count, unless others need them."""

import pytest
from notice_village import E, N, add, build, change, only
from shapely import LineString, Point, box

from geohazard_desktop.analysis.evacuation import NoWay, household_way
from geohazard_desktop.analysis.street_meeting import street_pages
from geohazard_desktop.analysis.ways_in_force import ways_over
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.pictures.picture import publish_picture
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.publishing.web.page import publish_web


@pytest.fixture
def village(workspace):
    """The zone 西沟 with route and shelter is lifted, 东坡 holds."""
    ws = build(workspace)
    add(ws, "district", box(E - 1000, N - 1000, E + 2000, N + 2000), name="示例区")
    zone = add(ws, "danger_zone", box(E + 1000, N, E + 1200, N + 200), name="西沟", id="SL-W-0002")
    shelter = add(ws, "shelter", Point(E + 1500, N + 100), name="旧粮库", id="SL-A-0002")
    add(ws, "evacuation_route", LineString([(E + 1100, N + 100), (E + 1500, N + 100)]), number="8",
        id="SL-L-0008", danger_zone=zone.uid, shelter=shelter.uid)  # fmt: skip
    for step in ("已划定", "已撤销"):
        add(ws, "zone_event", danger_zone=zone.uid, step=step, document_no=f"示〔2026〕{step}", date="2026-06-01",
            actor="示例区人民政府", finding="险情已经消除")  # fmt: skip
    return ws


def called(ws):
    over = ways_over(ws)
    rows = [*ws.table("evacuation_route"), *ws.table("shelter")]
    return {one.text("name") or one.text("number") for one in rows if one.uid in over}


def route_8(ws):
    return next(one for one in ws.table("evacuation_route") if one.text("number") == "8")


def test_map_table_and_counts_agree(village):
    sheet = WarningSheet(village, SheetSpec())
    assert [one.number for one in sheet.form.routes] == ["3"]
    assert any("1 条撤离路线" in one for one in sheet.report.notes)
    assert "1 条撤离路线、1 个避险安置点" in sheet.form.map.alt
    assert "旧粮库" not in sheet.images["map"]


def test_page_picture_and_meeting_leave_them_out(village, tmp_path):
    (page,) = publish_web(village, tmp_path / "网页.html").files
    assert "旧粮库" not in page.read_text(encoding="utf-8")
    (picture,) = publish_picture(village, tmp_path / "图片", form="svg").files
    assert "旧粮库" not in picture.read_text(encoding="utf-8")
    assert [one.number for one in street_pages(village)[0].routes] == ["3"]
    assert [one.name for one in street_pages(village)[0].shelters] == ["示例广场"]


def test_no_card_sends_anybody_along_a_route_that_is_over(village):
    route = route_8(village)
    change(village, only(village, "household"), evacuation_route=route.uid, danger_zone=route.text("danger_zone"))
    found = household_way(village, only(village, "household"))
    assert isinstance(found, NoWay)
    assert found.sentence == "住户 SL-H-0017 指定的路线 8 属于已撤销的危险区。"
    card = CardMaker(village).household_card(only(village, "household"))
    assert card.form.evacuation_route.text.startswith("先打电话问清再走")
    assert card.form.shelter is None
    assert "已撤销" in card.problem


def test_whoever_else_needs_them_keeps_them(village):
    assert called(village) == {"8", "旧粮库"}
    change(village, only(village, "hazard_point"), shelter=route_8(village).text("shelter"))
    assert called(village) == {"8"}
    change(village, only(village, "household"), evacuation_route=route_8(village).uid)
    assert called(village) == set()  # a household of a zone in force takes it
    change(village, only(village, "household"), danger_zone=None)
    assert called(village) == set()  # it lies in a zone in force


def test_a_shelter_to_which_no_route_ever_led_holds(village):
    add(village, "shelter", Point(E, N + 900), name="新学校", id="SL-A-0009")
    assert "新学校" not in called(village)
