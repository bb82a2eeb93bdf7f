"""警示牌 artwork: size and bleed, the phrase, law apart from advice, the map turned to its reader, no person."""

from datetime import date

import numpy as np
import pytest
from copier import copies, dark_share, window
from notice_village import LONG, ODD, PHONES, E, N, add, build, change, flat, only, pages_of, personal_in, sizes_of
from shapely import Point, Polygon

from geohazard_desktop.publishing.papers.sign_board import SignMaker, publish_sign_boards
from geohazard_desktop.publishing.papers.single_sheets import NoPaper
from geohazard_desktop.publishing.papers.zone_map import facing
from geohazard_desktop.publishing.products import PRODUCTS

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_a_sign_tells_facts_bans_and_advice_apart(village, tmp_path):
    (pdf,) = publish_sign_boards(village, tmp_path).files
    (page,) = map(flat, pages_of(pdf))
    for one in (
        *(
            "塌陷危险",
            "请勿入内绕道走",
            "东坡危险区",
            "SL-W-0001",
            "铜锣急敲",
            "示例广场（容600人）",
            "0000-0000000",
            "示例区政府",
        ),
        *("住户4户", "爆破、削坡", "第十九条", "第四十三条", "不自己填坑围缝", "您在此处", "拟划未经批准"),
    ):
        assert one in page, one
    assert page.index("爆破") < page.index("第四十三条") < page.index("不进入")
    assert pdf.name == "警示牌_SL-J-0001_1500mm_1比5.pdf"


@pytest.mark.parametrize(
    ("size", "scale", "page"),
    [
        ("1500", "fifth", (328, 228)),
        ("1200", "fifth", (268, 188)),
        ("1500", "full", (1640, 1140)),
        ("1200", "full", (1340, 940)),
    ],
)
def test_the_page_is_the_board_with_bleed_and_room_for_crop_marks(village, tmp_path, size, scale, page):
    (pdf,) = publish_sign_boards(village, tmp_path, per="zone", size=size, scale=scale).files
    assert sizes_of(pdf) == [page]


def test_red_runs_into_the_bleed_and_crop_marks_stand_outside_it(village, tmp_path):
    (page,) = copies(publish_sign_boards(village, tmp_path).files[0])
    red = page.inked("#C8000F")
    assert red[window(11.5, 11.5, 316.5, 90)].mean() > 0.6
    assert not red[window(0, 0, 328, 10)].any()
    assert not red[window(0, 95, 10, 228)].any()
    marks = page.copy[window(0, 13.5, 9.5, 14.5)]
    assert dark_share(marks) > 0.1


def test_the_map_is_turned_to_where_the_reader_looks(village):
    made = SignMaker(village, TODAY).of_sign(only(village, "warning_sign"))
    assert not isinstance(made, NoPaper)
    assert made.form.turned
    assert made.form.map is not None
    # The sign stands at the east edge, its reader looks west: north is to his right.
    assert made.form.map.north_degrees % 360 == pytest.approx(90, abs=10)
    (here,) = made.form.map.marks
    assert here.at[1] > 30  # what lies before him is above
    assert here.box is not None
    ways = [point for way in made.form.map.ways for point in way.points]
    assert not [x for x, y in ways if abs(x - here.box[0]) < 10 and abs(y - here.box[1]) < 3]
    upright = SignMaker(village, TODAY, turned=False).of_sign(only(village, "warning_sign"))
    assert not isinstance(upright, NoPaper)
    assert upright.form.map is not None
    assert upright.form.map.north_degrees == pytest.approx(0, abs=2)


def test_the_look_into_a_large_area_is_that_of_its_near_edge():
    area = Polygon([(0, 0), (10_000, 0), (10_000, 400), (0, 400)])
    assert (facing(Point(1000, 0), area) + 90) % 360 == pytest.approx(90, abs=1)
    assert facing(Point(1000, 400), area) == pytest.approx(180, abs=1)


def test_no_person_and_no_private_phone_is_on_a_sign(village, tmp_path):
    sign = only(village, "warning_sign")
    change(village, sign, text=f"听到铜锣快走\n找李示例 {PHONES[0]}")
    report = publish_sign_boards(village, tmp_path / "out")
    publish_sign_boards(village, tmp_path / "out", per="zone")
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert personal_in(tmp_path / "out") == []
    assert "听到铜锣快走" in flat(pages_of(report.files[0])[0])
    assert any("手机号" in one for one in report.problems)


def test_signs_without_a_zone_or_of_a_lifted_one_are_left_out_and_said(village, tmp_path):
    add(village, "warning_sign", Point(E, N), id="SL-J-0002")
    report = publish_sign_boards(village, tmp_path)
    assert len(report.files) == 1
    assert any("SL-J-0002" in one and "没有指定危险区" in one for one in report.problems)
    zone = only(village, "danger_zone")
    for step, number in (("已划定", "1 号"), ("已撤销", "2 号")):
        add(
            village,
            "zone_event",
            danger_zone=zone.uid,
            step=step,
            date="2026-01-02",
            document_no=number,
            finding="险情消除",
        )
    report = publish_sign_boards(village, tmp_path / "b", per="zone")
    assert report.files == []
    assert any("已撤销" in one for one in report.problems)


def test_odd_names_and_nothing_at_all(village, tmp_path):
    zone = only(village, "danger_zone")
    change(village, zone, name=ODD, warning_signal=LONG)
    change(village, only(village, "shelter"), name=LONG)
    add(village, "danger_zone", Polygon([(E, N), (E, N + 90), (E + 90, N)]), id="SL-W-0002")
    report = publish_sign_boards(village, tmp_path, per="zone")
    texts = ["".join(map(flat, pages_of(one))) for one in report.files]
    assert flat(ODD) in texts[0]
    assert LONG in texts[0]
    assert "地灾危险" in texts[1]
    assert any("横线" in one for one in report.notes)
    shapeless = SignMaker(village, TODAY).of_zone(zone.with_geometry(None))
    assert not isinstance(shapeless, NoPaper)
    assert shapeless.form.map is None
    assert "画不出来" in shapeless.problem


def test_the_phrase_and_the_zone_stay_legible_on_a_copier(village, tmp_path):
    (page,) = copies(publish_sign_boards(village, tmp_path, per="zone").files[0])
    phrase = page.copy[window(100, 20, 300, 66)]
    assert 0.3 < dark_share(phrase) < 0.9  # white on what is dark
    picture = page.copy[window(192, 100, 299, 190)]
    assert 0.02 < dark_share(picture) < 0.5
    assert float(np.quantile(picture, 0.9)) > 0.9


def test_the_ways_have_the_colour_of_the_other_papers_unless_red_is_asked_for(village):
    for colour, maker in ((False, SignMaker(village, TODAY)), (True, SignMaker(village, TODAY, red=True))):
        made = maker.of_sign(only(village, "warning_sign"))
        assert not isinstance(made, NoPaper)
        assert made.form.map is not None
        assert [one.red for one in made.form.map.ways] == [colour]
    assert {option.key: option.default for option in PRODUCTS["signs"].options}["arrows"] == "green"
