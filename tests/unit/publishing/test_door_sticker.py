"""门贴: what to listen for, where to go, whom to call; nothing of a person."""

from datetime import date

import pytest
from copier import PER_MM, copies, dark_share, window
from notice_village import LONG, ODD, E, N, add, build, change, flat, only, pages_of, personal_in, sizes_of
from shapely import LineString, Point

from geohazard_desktop.publishing.cards.subjects import visiting_order
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker, publish_door_stickers
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import move_features


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_a_households_sticker_tells_signal_route_shelter_and_minutes(village):
    form = StickerMaker(village, date(2026, 11, 28)).of_household(only(village, "household"))
    (way,) = form.ways
    assert (form.number, form.warning_signal, way.number, way.shelter) == ("SL-H-0017", "铜锣急敲", "3", "示例广场")
    # 41 m to the route and 480 m along it at 0.8 m/s.
    assert (way.who, way.minutes) == ("老人走", 11)
    assert form.issue.drafts == ("东坡",)
    assert form.empty_labels() == []


@pytest.mark.parametrize(
    ("size", "page", "pages"),
    [("A6", (148, 105), 1), ("A5", (210, 148), 1), ("A6x4", (297, 210), 2), ("A5x2", (210, 297), 3)],
)
def test_stickers_come_on_the_paper_that_was_chosen(village, tmp_path, size, page, pages):
    for number in range(4):
        add(village, "household", Point(E + 130, N + 10 + number), id=f"SL-H-010{number}", head="王示例")
    report = publish_door_stickers(village, tmp_path, size=size)
    assert [sizes_of(one) for one in report.files] == [[page] * pages] * len(report.files)
    assert len(report.files) == (5 if "x" not in size else 1)
    assert sum(text.count("铜锣急敲") for one in report.files for text in pages_of(one)) == 5
    assert len(report.problems) == 4  # four households have no route
    assert "值班电话0000-0000000" in flat(pages_of(report.files[0])[0]).replace("24小时", "")


def test_nothing_of_a_person_is_on_a_sticker_or_in_its_name(village, tmp_path):
    publish_door_stickers(village, tmp_path / "out" / "a", size="A6")
    publish_door_stickers(village, tmp_path / "out" / "b")
    publish_door_stickers(village, tmp_path / "out" / "c", per="zone", size="A5")
    assert len(list(tmp_path.rglob("*.pdf"))) == 3
    assert personal_in(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("note", "heading", "turn", "said"),
    [
        ("", 0, None, "出门向北直线40米"),
        ("出门向左到李示例家门口", None, -90, "出门向左直线40米"),
        ("出院门往东到大路", 90, None, "出门向东直线40米"),
        ("从王示例家后面绕过去", None, None, None),
    ],
)
def test_a_sticker_says_which_way_out_of_the_door_and_nothing_of_the_note(village, tmp_path, note, heading, turn, said):
    change(village, only(village, "household"), door_note=note or None)
    (way,) = StickerMaker(village, date(2026, 11, 28)).of_household(only(village, "household")).ways
    out = way.out
    assert (out and out.heading, out and out.turn) == (heading, turn)
    (page,) = pages_of(publish_door_stickers(village, tmp_path, size="A6").files[0])
    text = flat(page)
    assert said in text if said else "出门" not in text
    assert "示例家" not in text
    assert "3号路线，到" in text


def test_at_the_shelters_door_the_sticker_leads_straight_to_it_and_sends_along_no_route(village, tmp_path):
    house, shelter = only(village, "household"), only(village, "shelter")
    goal, door = shelter.geometry.centroid, house.geometry.centroid
    village.apply(move_features(village.definitions, [house], goal.x + 12 - door.x, goal.y + 1 - door.y))
    (way,) = StickerMaker(village, date(2026, 11, 28)).of_household(only(village, "household")).ways
    assert way.direct
    (page,) = pages_of(publish_door_stickers(village, tmp_path, size="A6").files[0])
    assert "直接到" in flat(page)
    assert "号路线" not in flat(page)
    assert "出门向西直线10米" in flat(page)
    assert "老人走约1分钟" in flat(page)


def test_which_way_out_lies_clear_of_what_stands_beside_it_and_can_be_read_from_a_copy(village, tmp_path):
    house = only(village, "household")
    village.apply(move_features(village.definitions, [house], -60.0, 90.0))  # north-west of the start of the route
    (page,) = copies(publish_door_stickers(village, tmp_path, size="A6").files[0])
    text = "".join(one.text for one in page.letters)
    assert "出门向东南" in text
    metres = next(one.box for one in page.letters[text.index("出门向东南") :] if one.text == "米")
    going = page.letters[text.index("动身")].box
    assert metres[2] < going[0], "the distance runs into the time to get going"
    left, top, _right, foot = page.letters[text.index("出门向东南")].box
    dial = page.copy[top - 20 : foot + 20, left - round(11 * PER_MM) : left - 4]
    assert 0.1 < dark_share(dial) < 0.5


def test_a_zones_sticker_lists_its_routes(village, tmp_path):
    zone = only(village, "danger_zone")
    add(village, "evacuation_route", LineString([(E, N), (E - 300, N)]), number="4", danger_zone=zone.uid)
    (pdf,) = (report := publish_door_stickers(village, tmp_path, per="zone", size="A6")).files
    text = flat(pages_of(pdf)[0])
    assert pdf.name == "门贴_SL-W-0001.pdf"
    assert text.index("3") < text.index("示例广场") < text.index("4")
    assert "拟划未经批准" in text
    assert any("SL-W-0001" in one for one in report.problems)  # route 4 leads nowhere
    assert any("安置点" in one for one in report.notes)


def test_odd_and_long_names_are_printed_as_written(village, tmp_path):
    change(village, only(village, "shelter"), name=ODD)
    change(village, only(village, "danger_zone"), warning_signal=LONG, name=LONG)
    (pdf,) = publish_door_stickers(village, tmp_path, size="A6").files
    text = flat(pages_of(pdf)[0])
    assert flat(ODD) in text
    assert LONG in text


def test_a_long_route_number_is_not_cut(village, tmp_path):
    change(village, only(village, "evacuation_route"), number="12345678")
    (page,) = copies(publish_door_stickers(village, tmp_path, size="A6").files[0])
    text = "".join(one.text for one in page.letters)
    at = text.index("12345678")
    boxes = [one.box for one in page.letters[at : at + 8]]
    assert min(one[0] for one in boxes) >= 11 * PER_MM
    assert max(one[2] for one in boxes) <= 36 * PER_MM


def test_a_character_without_a_font_keeps_back_its_own_sticker_only(village, tmp_path):
    shelter = add(village, "shelter", Point(E - 500, N), name="广场\U000f1234")
    route = add(village, "evacuation_route", LineString([(E, N), (E - 500, N)]), number="9", shelter=shelter.uid)
    add(village, "household", Point(E + 9, N + 9), id="SL-H-0099", head="王示例", evacuation_route=route.uid)
    report = publish_door_stickers(village, tmp_path)
    assert pages_of(report.files[0])[0].count("铜锣急敲") == 1
    assert any("SL-H-0099" in one and "U+F1234" in one for one in report.problems)


def test_the_sticker_stays_legible_on_a_copier(village, tmp_path):
    (pdf,) = publish_door_stickers(village, tmp_path, size="A6").files
    (page,) = copies(pdf)
    assert 0.03 < dark_share(page.copy[window(60, 47, 138, 70)]) < 0.5  # the shelter's name
    assert 0.4 < dark_share(page.copy[window(10, 74, 138, 88)]) < 0.9  # the phone, white on black


def test_stickers_lie_in_the_order_of_the_walk_as_the_cards_do(village, tmp_path):
    for number, east in ((1, 60), (2, 20), (3, 40)):
        add(village, "household", Point(E + 130 + east, N + 10), id=f"SL-H-010{number}", head="王示例")
    walked = [one.text("id") for one in visiting_order(list(village.table("household")))]
    assert walked != sorted(walked)
    (pdf,) = publish_door_stickers(village, tmp_path).files
    text = "".join(pages_of(pdf))
    assert sorted(walked, key=text.index) == walked


def test_a_sheet_of_some_households_has_its_own_name_and_leaves_what_lies_there(village, tmp_path):
    for number in range(3):
        add(village, "household", Point(E + 130, N + 10 + number), id=f"SL-H-010{number}", head="王示例")
    stickers = PRODUCTS["stickers_household"]
    (whole,) = stickers.publish(village, tmp_path, {}).files
    assert whole.name == "门贴_住户_A4_A6x4.pdf"
    before = whole.read_bytes()
    change(village, only(village, "evacuation_route"), number="7")
    (part,) = stickers.publish(village, tmp_path, {"changed_only": True}).files
    assert part.name == "门贴_住户_SL-H-0017_A4_A6x4.pdf"
    assert whole.read_bytes() == before
    uids = [one.uid for one in village.table("household") if one.text("id") != "SL-H-0017"]
    (some,) = stickers.publish(village, tmp_path, {}, uids=uids[:2]).files
    assert "等2份_A4_A6x4" in some.name
    first = part.read_bytes()
    change(village, only(village, "evacuation_route"), number="8")
    report = stickers.publish(village, tmp_path, {"changed_only": True})
    assert [one.name for one in report.files] == ["门贴_住户_SL-H-0017_A4_A6x4_2.pdf"]
    assert part.read_bytes() == first
    assert any("没有覆盖" in one and report.files[0].name in one for one in report.notes)
