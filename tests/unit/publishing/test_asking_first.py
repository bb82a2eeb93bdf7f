"""A way through a danger zone on the papers of a household: nobody is told to go and told that it is dangerous."""

import re
from datetime import date

import pypdfium2
import pytest
from notice_village import ODD, PHONES, E, N, add, build, change, flat, only, pages_of
from shapely import LineString, MultiLineString, Point, Polygon

from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.issuing import reprint
from geohazard_desktop.publishing.issues.receipts import publish_receipts
from geohazard_desktop.publishing.papers.calling_list import CallingMaker
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker, publish_door_stickers
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.workspace.edits import change_geometry, change_values
from geohazard_desktop.workspace.feature import Delta, Edit

TODAY = date(2026, 11, 28)
ORDERS = ("马上走", "号路线", "走这个号", "示例广场", "沿箭头")


@pytest.fixture
def village(workspace):
    return build(workspace)


@pytest.fixture
def beyond(village):
    """The house stands on the far side of the zone, and its route leads from the middle of the zone to the shelter."""
    village.apply(_moved(village, Point(E - 100, N + 100)))
    return village


def _moved(ws, place):
    return change_geometry(ws.definitions, only(ws, "household"), place)


def papers(ws, folder) -> dict[str, str]:
    """The text of each page of the household's papers."""
    card = publish_cards(ws, folder / "card", kind="household")
    large = publish_cards(ws, folder / "large", kind="large")
    sticker = publish_door_stickers(ws, folder / "sticker", size="A6")
    for report in (card, large, sticker):
        assert sum("SL-H-0017" in one for one in report.problems) == 1, report.problems
    front, back, *more = map(flat, pages_of(card.files[0]))
    (big,) = map(flat, pages_of(large.files[0]))
    (small,) = map(flat, pages_of(sticker.files[0]))
    return {"front": "".join([front, *more]), "back": back, "large": big, "sticker": small}


def test_who_lives_outside_is_sent_through_no_zone_by_any_paper(beyond, tmp_path):
    for name, text in papers(beyond, tmp_path).items():
        assert "先打电话问清再走" in text, name
        assert "登记的路线要穿过危险区东坡，不要走" in text, name
        assert "0000-0000000" in text, name
        assert "现场核实" not in text, name
        for order in ORDERS:
            assert order not in text, (name, order)
    made = CardMaker(beyond, TODAY).household_card(only(beyond, "household"))
    assert made.form.back.map.ways == ()
    assert made.leads == {}


def test_a_barred_household_reads_the_number_to_ask_first_and_no_empty_promise(beyond, tmp_path):
    """The duty line that its text names comes before and above whoever fetches, with help in the house and without."""
    duty, monitor = "0000-0000000", flat(PHONES[0])
    change(beyond, only(beyond, "household"), phone=PHONES[3])  # the monitor lives elsewhere
    house = only(beyond, "household")
    for mobility in ("", "需搀扶"):
        if mobility:
            add(beyond, "household_member", household=house.uid, name="李老例", mobility=mobility)
        found = papers(beyond, tmp_path / (mobility or "无"))
        large = found["large"]
        assert large.index(f"问路打值班电话{duty}") < large.index(monitor)
        for blank in ("老人走", "到这里等", "接应", "分钟"):
            assert blank not in large, blank
        for blank in ("老人走", "可容", "负责人", "分钟"):
            assert blank not in found["back"], blank
        assert f"问路打值班电话{duty}" in found["back"]
        report = publish_cards(beyond, tmp_path / f"又{mobility}", kind="large")
        with pypdfium2.PdfDocument(report.files[0]) as document:
            text = document[0].get_textpage()
            letters = text.get_text_range()
            high = [
                text.get_charbox(one.start())[3] - text.get_charbox(one.start())[1]
                for one in re.finditer(r"0000-0000000|139 ", letters)
            ]
        assert high[0] == max(high)
        assert high.count(high[0]) == 1


def test_the_report_names_the_household_and_what_to_do(beyond, tmp_path):
    (problem,) = publish_cards(beyond, tmp_path, kind="household").problems
    assert problem.startswith("住户 SL-H-0017 在危险区外，指定的路线 3 要穿过危险区东坡")
    assert "另选一条不穿过危险区的撤离路线" in problem


def test_a_note_that_clears_nothing_is_said_in_the_report_and_not_on_paper(beyond, tmp_path):
    change(beyond, only(beyond, "household"), door_note="绕过东坡走到大路")
    (problem,) = publish_cards(beyond, tmp_path / "again", kind="household").problems
    assert "写了“到路口的走法”也不算" in problem
    assert "请把绕开的路画成路线" in problem
    assert all("也不算" not in text for text in papers(beyond, tmp_path).values())


def test_a_house_without_a_place_reads_that_its_place_is_missing_and_whom_to_ask(village, tmp_path):
    """It has a route: that none was set would be untrue."""
    house = only(village, "household")
    village.apply(Edit("导入住户", [Delta("household", house.uid, house, house.with_geometry(None))]))
    for name, text in papers(village, tmp_path).items():
        assert "这一户的位置还没有登记，画不出撤离路线" in text, name
        assert "请现在就打值班电话，问清往哪里走" in text, name
        assert "撤离路线还没有定" not in text, name


def test_a_house_without_a_route_reads_that_none_is_set_and_one_with_a_broken_one_that_it_is_not_whole(village):
    house = only(village, "household")
    broken = MultiLineString([[(E + 100, N + 100), (E + 200, N + 100)], [(E + 300, N + 100), (E + 600, N + 100)]])
    village.apply(change_geometry(village.definitions, only(village, "evacuation_route"), broken))
    told = CardMaker(village, TODAY).household_card(house).form.back.avoid
    assert told == "登记的撤离路线没有画完整，不能照着走。请现在就打值班电话，问清往哪里走。"
    change(village, house, evacuation_route=None)
    told = CardMaker(village, TODAY).household_card(only(village, "household")).form.back.avoid
    assert told == "撤离路线还没有定。请现在就打值班电话，问清往哪里走。"


def test_who_lives_inside_keeps_the_steps_and_asks_first_on_every_paper(village, tmp_path):
    add(village, "danger_zone", Polygon([(E + 300, N), (E + 300, N + 200), (E + 400, N + 200), (E + 400, N)]),
        name="南沟", id="SL-W-0002", hazard_type="崩塌", warning_signal="铜锣急敲")  # fmt: skip
    texts = papers(village, tmp_path)
    for name, text in texts.items():
        assert "先打电话问清再走" in text, name
        assert "这条路要穿过危险区南沟" in text, name
        assert "示例广场" in text, name
        assert "马上走" not in text, name
        assert "听到信号，走" not in text, name
    assert "沿箭头" in texts["back"]
    (problem,) = publish_cards(village, tmp_path / "again", kind="household").problems
    assert problem == "住户 SL-H-0017：走路线 3 要穿过危险区南沟。卡上写的是先打电话问清再走，请改画路线或另选一条。"


def test_what_an_officer_has_to_look_at_is_in_the_report_and_on_no_paper(village, tmp_path):
    village.apply(_moved(village, Point(E + 300, N + 350)))
    report = publish_cards(village, tmp_path, kind="household")
    assert report.problems == []
    assert any(
        one.startswith("住户 SL-H-0017：家门到路线 3 的直线有 250 米，中间怎么走要现场核实") for one in report.notes
    )
    text = "".join(flat(one) for one in pages_of(report.files[0]))
    assert "现场核实" not in text
    assert "从家门到路线这一段还没有量过" in text
    assert "听到信号，走3号路线到示例广场" in text


def test_a_route_that_is_mended_makes_the_papers_other_ones(beyond):
    house = only(beyond, "household")
    before = StickerMaker(beyond, TODAY).of_household(house)
    shelter = only(beyond, "shelter")
    around = add(beyond, "evacuation_route", LineString([(E - 120, N + 120), (E - 120, N + 400), (E + 600, N + 100)]),
                 number="4", shelter=shelter.uid)  # fmt: skip
    change(beyond, house, evacuation_route=around.uid)
    after = StickerMaker(beyond, TODAY).of_household(only(beyond, "household"))
    assert (before.ask_first, after.ask_first) == ("先打电话问清再走", None)
    assert [one.number for one in after.ways] == ["4"]


def test_a_zone_with_an_odd_and_long_name_is_printed_as_written(beyond, tmp_path):
    name = f"{ODD}𠮷{'塌陷' * 40}"
    change(beyond, only(beyond, "danger_zone"), name=name)
    for paper, text in papers(beyond, tmp_path).items():
        assert flat(name) in text, paper


def test_whoever_knocks_sends_nobody_through_a_zone_and_no_drill_does(beyond):
    zone = only(beyond, "danger_zone")
    ((row,),) = [group.rows for group in CallingMaker(beyond, TODAY).form(zone).groups]
    assert (row.route, row.shelter) == (None, None)
    assert row.ask == "先问值班：登记的路线要穿过危险区东坡，不要叫他们走"
    script = DrillMaker(beyond, TODAY).form(zone)
    assert [one.number for one in script.without_route] == ["SL-H-0017"]
    assert [one.households for one in script.routes] == [()]


@pytest.mark.parametrize(
    "fault",
    [
        lambda ws: change_geometry(
            ws.definitions,
            only(ws, "evacuation_route"),
            MultiLineString([[(E + 100, N + 100), (E + 200, N + 100)], [(E + 300, N + 100), (E + 600, N + 100)]]),
        ),
        lambda ws: change_values(ws.definitions, [only(ws, "shelter")], {"closed_on": "2026-01-01"}),
    ],
    ids=["a broken line", "a closed shelter"],
)
def test_whoever_knocks_names_no_route_that_the_card_does_not_tell(village, fault):
    village.apply(fault(village))
    card = CardMaker(village, TODAY).household_card(only(village, "household")).form
    assert (card.back.ask_first, card.back.steps) == ("先打电话问清再走", ())
    ((row,),) = [group.rows for group in CallingMaker(village, TODAY).form(only(village, "danger_zone")).groups]
    assert (row.route, row.shelter) == (None, None)
    assert row.ask == "先问值班：他们的卡上没有印路线，写的是先打电话问清再走"
    script = DrillMaker(village, TODAY).form(only(village, "danger_zone"))
    assert [one.number for one in script.without_route] == ["SL-H-0017"]
    assert not [one for way in script.routes for one in way.households]


def test_a_list_to_sign_hands_out_no_card_that_leads_to_a_closed_shelter(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    assert publish_receipts(village, tmp_path / "1.pdf").problems == []
    change(village, only(village, "shelter"), closed_on="2026-01-01")
    report = publish_receipts(village, tmp_path / "2.pdf")
    assert "1 户的纸上写着去已经停用的示例广场" in report.problems[0]
    assert "安置点停用，勿发，先重印" in flat("".join(pages_of(report.files[0])))
    publish_cards(village, tmp_path / "new", kind="household")  # the new card says to ask
    assert publish_receipts(village, tmp_path / "3.pdf").problems == []


def _bridge_less_river(ws):
    """A river across the route, and no bridge: nobody may walk it unasked."""
    add(ws, "river", LineString([(E + 300, N - 300), (E + 300, N + 500)]), name="示例河")


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (lambda ws: ws.apply(_moved(ws, Point(E - 100, N + 100))), "东坡"),
        (_bridge_less_river, "示例河"),
        (lambda ws: change(ws, only(ws, "household"), evacuation_route=None), "没有指定撤离路线"),
    ],
    ids=["now through a zone", "now over a river", "taken away"],
)
def test_a_list_to_sign_hands_out_no_card_whose_way_nobody_may_walk_any_more(village, tmp_path, since, why):
    publish_cards(village, tmp_path, kind="household")
    publish_cards(village, tmp_path, kind="large")
    assert publish_receipts(village, tmp_path / "1.pdf").problems == []
    since(village)
    report = publish_receipts(village, tmp_path / "2.pdf")
    assert report.problems[0].startswith("1 户的纸上写的撤离路线现在不能照着走，")
    assert report.problems[1].startswith("住户 SL-H-0017")
    assert why in report.problems[1]
    assert flat("".join(pages_of(report.files[0]))).count("路线有变，勿发，先重印") == 2, "card and large print"
    publish_cards(village, tmp_path / "new", kind="household")  # the new ones say to ask
    publish_cards(village, tmp_path / "new", kind="large")
    assert publish_receipts(village, tmp_path / "3.pdf").problems == []


def test_a_house_that_a_list_brought_without_a_place_is_called_to_the_route_that_it_was_given(village):
    house = only(village, "household")
    village.apply(Edit("导入住户", [Delta("household", house.uid, house, house.with_geometry(None))]))
    ((row,),) = [group.rows for group in CallingMaker(village, TODAY).form(only(village, "danger_zone")).groups]
    assert (row.route, row.shelter, row.note) == ("路线 3", "示例广场", "位置、住址都没有登记，打电话问在哪里")
    change(village, only(village, "household"), phone=None)
    ((row,),) = [group.rows for group in CallingMaker(village, TODAY).form(only(village, "danger_zone")).groups]
    assert row.note == "位置、住址、电话都没有登记，问邻居、监测人在哪里"
    change(village, only(village, "household"), address="东坡 1 号")
    ((row,),) = [group.rows for group in CallingMaker(village, TODAY).form(only(village, "danger_zone")).groups]
    assert row.note == "位置没有登记，按住址找"


def test_a_reprint_is_the_paper_that_was_issued_whatever_its_way_became(beyond, tmp_path):
    (issued,) = publish_cards(beyond, tmp_path, kind="household").files
    before, code = issued.read_bytes(), next(iter(beyond.table("card_issue"))).text("check_code")
    beyond.apply(_moved(beyond, Point(E + 120, N + 60)))
    assert reprint(beyond, code) == before
    (again,) = publish_cards(beyond, tmp_path / "again", kind="household").files
    assert "先打电话问清再走" not in flat("".join(pages_of(again)))
