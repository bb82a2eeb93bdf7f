"""The cards of a workspace: values from the register or the drawing, blanks where nothing is known, nothing lost."""

import re
import threading
from datetime import date
from math import dist
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from put_in import added as add
from shapely import LineString, Point, Polygon

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.cards import printing as printing_of_cards
from geohazard_desktop.publishing.cards.forms import HouseholdCard, WorkCard
from geohazard_desktop.publishing.cards.printing import volumes
from geohazard_desktop.publishing.cards.publish import CardMaker, publish_cards
from geohazard_desktop.publishing.form_fields import Emphasised, texts_in
from geohazard_desktop.publishing.typeset import typesetting
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.press import printing
from geohazard_desktop.workspace.edits import change_geometry, change_values, move_features
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
TODAY = date(2026, 11, 28)


def change(ws: Workspace, feature: Feature, **values) -> None:
    ws.apply(change_values(ws.definitions, [feature], values))


@pytest.fixture
def village(workspace):
    """A zone with its hazard point, a route to a shelter, and one household in it."""
    ws = workspace
    point = add(ws, "hazard_point", Point(E + 50, N + 50), name="东坡崩塌", unified_code="990101020001",
                hazard_type="崩塌", scale_class="小型", volume_m3=8600.0, causes="降雨、切坡", monitor="李示例",
                order_giver="王示例")  # fmt: skip
    zone = add(ws, "danger_zone", Polygon([(E, N), (E + 200, N), (E + 200, N + 200), (E, N + 200)]),
               name="东坡", id="SL-W-0001", hazard_type="崩塌", hazard_point=point.uid, state="已划定")  # fmt: skip
    shelter = add(ws, "shelter", Point(E + 600, N + 100), name="广场", area_m2=900.0, area_per_person=1.5)
    route = add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), number="3",
                danger_zone=zone.uid, shelter=shelter.uid)  # fmt: skip
    house = add(ws, "household", Point(E + 120, N + 60), id="SL-H-0017", head="赵𠮷例", people=2,
                evacuation_route=route.uid, phone="139 0000 0001")  # fmt: skip
    add(ws, "household_member", household=house.uid, name="赵𠮷例", sex="男", birth_year=1950, mobility="缓行")
    return ws


def household_form(ws: Workspace) -> HouseholdCard:
    maker = CardMaker(ws, TODAY)
    (house,) = ws.table("household")
    form = maker.household_card(house).form
    assert isinstance(form, HouseholdCard)
    return form


def plain(words) -> str:
    return words.text if isinstance(words, Emphasised) else words or ""


def text_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_household_card_tells_place_way_and_times(village):
    form = household_form(village)
    assert form.card_number == "990101020001-B017"
    assert form.hazard_scale == "小型（体积 8600 m³）"
    assert plain(form.position_relation) == "位于东坡危险区范围内，距边缘约 60 米"
    assert form.members[0].age == 76
    assert form.shelter == "广场"
    assert form.back is not None
    assert form.back.shelter_capacity == 600
    assert plain(form.back.headline) == "听到信号，走 3 号路线到广场"
    assert (form.back.door_metres, form.back.route_metres, form.back.total_metres) == (40, 480, 520)
    assert [one.minutes for one in form.back.times] == [9, 11, 18]
    assert sum(step.metres or 0 for step in form.back.steps) == form.back.total_metres
    assert "广场" in plain(form.evacuation_route)


def test_who_answers_for_the_cards_stands_on_both(village):
    (point,) = village.table("hazard_point")
    assert {"发放单位负责人", "发放单位联系电话"} <= {*CardMaker(village, TODAY).work_card(point).form.empty_labels()}
    add(village, "setting", key="issuer.contact", person="吴示例")
    add(village, "setting", key="issuer.phone", phone="139 0000 0008")
    for form in (household_form(village), CardMaker(village, TODAY).work_card(point).form):
        assert (form.issuer_contact, form.issuer_phone) == ("吴示例", "139 0000 0008")
        assert not {"发放单位负责人", "发放单位联系电话"} & {*form.empty_labels()}


def test_the_report_says_what_is_written_once_for_all_cards(village, tmp_path):
    told = "预定报警信号、发放单位负责人、发放单位联系电话在单位设置里填，填一次每张都印。"
    assert told in publish_cards(village, tmp_path, kind="work").notes


def test_what_nobody_registered_stays_blank(village):
    form = household_form(village)
    empty = form.empty_labels()
    for label in ("家庭住址", "监测人联系电话", "预警信号", "预警信号发布人联系电话", "安置单位负责人", "救护单位"):
        assert label in empty
    assert form.signal_giver == "王示例"
    assert form.signal_giver_phone is None


def test_a_phone_comes_from_the_register_of_persons_only_when_the_name_is_alone(village):
    add(village, "person", name="王示例", phone="139 0000 0002")
    assert household_form(village).signal_giver_phone == "139 0000 0002"
    add(village, "person", name="王示例", phone="139 0000 0003")
    assert household_form(village).signal_giver_phone is None


def test_a_zone_without_a_document_is_a_draft_whatever_its_field_says(village):
    """The field says 已划定, the register has no document number: every page says 拟划."""
    assert household_form(village).issue.drafts == ("东坡",)
    (zone,) = village.table("danger_zone")
    add(village, "zone_event", danger_zone=zone.uid, step="已划定", document_no="示政发〔2026〕1号", date="2026-06-01",
        actor="示例区人民政府")  # fmt: skip
    assert household_form(village).issue.drafts == ()


def test_a_draft_says_so_on_every_page(village, tmp_path):
    report = publish_cards(village, tmp_path)
    assert len(report.files) == 2
    pages = [page for path in report.files for page in text_of(path)]
    assert len(pages) == 3
    assert all("拟划" in page for page in pages)


def test_anything_schematic_marks_the_card(village):
    assert household_form(village).issue.schematic is False
    (shelter,) = village.table("shelter")
    change(village, shelter, schematic=True)
    assert household_form(village).issue.schematic is True


def test_names_on_the_map_are_set_once_also_with_an_office_frame_that_sets_none(village, tmp_path):
    add(village, "landmark", Point(E + 400, N + 170), name="百货商店", kind="超市")
    publish_cards(village, tmp_path / "新", kind="household")
    frame = OfficeTemplates().text("parts/map_frame.typ").replace("if m.names.len() > 0 { _names(m.names) }", "")
    with printing(templates=OfficeTemplates({"parts/map_frame.typ": frame.encode()})):
        publish_cards(village, tmp_path / "旧", kind="household")
    for folder in ("新", "旧"):
        (card,) = (tmp_path / folder).glob("*.pdf")
        assert text_of(card)[1].count("百货商店") == 1


@pytest.mark.parametrize("code", [False, True])
def test_the_code_of_the_card_stays_in_its_box(village, tmp_path, code):
    (card,) = publish_cards(village, tmp_path, kind="household", code=code).files
    page = pypdfium2.PdfDocument(card)[1].get_textpage()
    issued = next(iter(village.table("card_issue")))
    found = page.search(issued.text("check_code"))
    places = []
    while (at := found.get_next()) is not None:
        boxes = [page.get_charbox(number) for number in range(at[0], at[0] + at[1])]
        places.append((min(one[0] for one in boxes), max(one[2] for one in boxes), max(one[3] for one in boxes)))
    left, right, _top = max(places, key=lambda one: one[2])  # the other one stands in the imprint below
    mm = 25.4 / 72
    assert 246 < left * mm < right * mm < 284


def test_without_a_route_the_card_says_so_and_invents_no_way(village, tmp_path):
    (house,) = village.table("household")
    change(village, house, evacuation_route=None)
    form = household_form(village)
    assert "撤离路线" in form.empty_labels()
    assert form.back is not None
    assert plain(form.evacuation_route).startswith(plain(form.back.headline))
    assert plain(form.back.headline) == plain(form.back.ask_first) == "先打电话问清再走"
    assert form.back.steps == ()
    assert form.back.times == ()
    assert form.back.map is not None  # the house is still marked
    assert "打值班电话" in plain(form.back.avoid)
    report = publish_cards(village, tmp_path, kind="household")
    assert len(report.files) == 1
    assert "SL-H-0017" in report.problems[0]
    assert "撤离路线" in report.problems[0]


def test_the_scale_bar_stands_where_it_hides_nothing_of_the_zone(village):
    (zone,) = village.table("danger_zone")
    below = Polygon([(E - 900, N - 900), (E + 1500, N - 900), (E + 1500, N + 150), (E - 900, N + 150)])
    village.apply(change_geometry(village.definitions, zone, below))
    back = household_form(village).back
    assert back is not None
    assert back.map is not None
    assert back.map.furniture.startswith("bottom")  # 拟划 is written over the upper left corner
    add(village, "zone_event", danger_zone=zone.uid, step="已划定", document_no="示政发〔2026〕1号", date="2026-06-01",
        actor="示例区人民政府")  # fmt: skip
    back = household_form(village).back
    assert back is not None
    assert back.map is not None
    assert back.map.furniture == "top-left"


def test_a_house_at_the_shelters_door_is_told_to_go_straight_there_on_all_its_pages(village, tmp_path):
    (house,), (shelter,) = village.table("household"), village.table("shelter")
    goal, door = shelter.geometry.centroid, house.geometry.centroid
    village.apply(move_features(village.definitions, [house], goal.x + 12 - door.x, goal.y + 1 - door.y))
    (house,) = village.table("household")
    form = household_form(village)
    assert form.back is not None
    assert plain(form.evacuation_route) == "安置点就在门前，出门向西 10 米（直线）到广场。老人走 1 分钟。"
    assert plain(form.back.headline) == "听到信号，直接到广场"
    large = CardMaker(village, TODAY).large_card(house).form
    assert isinstance(large, HouseholdCard)
    assert large.back is not None
    assert large.back.route_number is None
    (card,) = publish_cards(village, tmp_path / "卡", kind="household").files
    (big,) = publish_cards(village, tmp_path / "大", kind="large").files
    front, back, page = ["".join(one.split()) for one in (*text_of(card), *text_of(big))]
    assert "出门向西10米（直线）到广场。老人走1分钟。" in front
    assert "安置点就在门前：出门向西走约10米（直线），到广场" in back
    assert "出门到安置点约10米（直线）" in back
    assert "0米" not in back.replace("10米", "").replace("20米", "").replace("40米", "")
    assert "老人走1分钟" in page
    assert "号路线" not in front + back + page
    # one step is set as large as its frame holds it
    with pypdfium2.PdfDocument(card) as document:
        words = document[1].get_textpage()
        at, _count = words.search("就在门前").get_next()
        _left, bottom, _right, top = words.get_charbox(at, loose=True)
    assert top - bottom > 24 * 0.95


def test_a_house_without_a_place_gets_a_card_without_a_map(village, tmp_path):
    (house,) = village.table("household")
    village.apply(_without_place(village, house))
    form = household_form(village)
    assert form.position_relation is None
    assert form.back is not None
    assert form.back.map is None
    assert "打值班电话" in plain(form.back.map_missing)
    assert len(publish_cards(village, tmp_path, kind="household").files) == 1


def _without_place(ws, house):
    from geohazard_desktop.workspace.feature import Edit, changed

    return Edit("去掉位置", [changed(house, house.with_geometry(None))])


def test_no_other_household_is_shown_or_named(village):
    add(village, "household", Point(E + 130, N + 70), id="SL-H-0018", head="钱邻居", name="钱邻居")
    maker = CardMaker(village, TODAY)
    made = next(maker.household_card(one) for one in village.table("household") if one.text("id") == "SL-H-0017")
    said = [text for _path, text in texts_in(made.form.to_json())] + list(made.images.values())
    assert not any("钱邻居" in text for text in said)
    assert "household" not in {picture.layer for picture in maker.layers.pictures}


def test_file_names_hold_no_name_of_a_person(village, tmp_path):
    report = publish_cards(village, tmp_path)
    assert sorted(path.name for path in report.files) == [
        "工作明白卡_990101020001-G01.pdf",
        "避险明白卡_990101020001-B017.pdf",
    ]


def test_rare_characters_and_numbers_are_copied_right(village, tmp_path):
    (card,) = publish_cards(village, tmp_path, kind="household").files
    front = text_of(card)[0]
    assert "赵𠮷例" in front
    assert "SL-W-0001" in front
    assert "139 0000 0001" in front


def test_a_name_that_no_font_can_print_leaves_out_one_card_and_says_which(village, tmp_path):
    add(village, "household", Point(E + 130, N + 70), id="SL-H-0018", head="李\ue000")
    report = publish_cards(village, tmp_path, kind="household")
    assert len(report.files) == 1
    assert any("U+E000" in problem and "SL-H-0018"[-3:] in problem for problem in report.problems)


def test_a_work_card_names_the_route_and_leaves_the_holder_to_be_written(village):
    maker = CardMaker(village, TODAY)
    (point,) = village.table("hazard_point")
    form = maker.work_card(point).form
    assert isinstance(form, WorkCard)
    assert form.card_number == "990101020001-G01"
    assert plain(form.evacuation_route) == "路线 3：到广场，约 500 米。"
    assert form.holder is None
    assert not {"持卡单位或个人", "持卡人联系电话", "发放日期"} & {*form.empty_labels()}, (
        "written when it is handed over"
    )


def test_a_closed_point_says_so(village, tmp_path):
    (point,) = village.table("hazard_point")
    change(village, point, status="销号")
    (card,) = publish_cards(village, tmp_path, kind="work").files
    assert "已销号" in text_of(card)[0]


def test_two_points_of_one_number_do_not_overwrite_each_other(village, tmp_path):
    add(village, "hazard_point", Point(E, N), name="重号", unified_code="990101020001", hazard_type="滑坡")
    assert len({path.name for path in publish_cards(village, tmp_path, kind="work").files}) == 2
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_progress_reaches_the_end(village, tmp_path):
    told: list[tuple[int, int]] = []
    publish_cards(village, tmp_path, progress=lambda done, total, _words: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_nothing_to_print_is_refused(workspace, tmp_path):
    with pytest.raises(ExportRefused, match="没有可以出卡"):
        publish_cards(workspace, tmp_path)


def test_a_place_that_can_not_be_written_is_said(village, tmp_path):
    (tmp_path / "文件").write_text("x")
    with pytest.raises(ExportRefused, match="没有写成"):
        publish_cards(village, tmp_path / "文件" / "卡")


def test_every_font_of_a_card_is_embedded(village, tmp_path):
    import pikepdf

    (card,) = publish_cards(village, tmp_path, kind="household").files
    with pikepdf.open(card) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        descriptors = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
    assert fonts
    assert descriptors
    assert all(any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")) for one in descriptors)


def test_no_card_holds_a_raster(village, tmp_path):
    for path in publish_cards(village, tmp_path).files:
        with pypdfium2.PdfDocument(path) as document:
            assert not [one for page in document for one in page.get_objects(filter=(3,), max_depth=12)]
    assert re.match(r"%PDF-1\.\d", path.read_bytes()[:8].decode())


def test_numbers_stand_at_the_door_and_where_the_way_is_joined_and_nothing_hides_them(village):
    """The route lies north of the house, where the callout would stand."""
    form = household_form(village)
    assert form.back is not None
    assert form.back.map is not None
    marks = form.back.map.marks
    home = next(one for one in marks if one.kind == "home")
    steps = [one for one in marks if one.kind == "step"]
    assert home.box is not None
    route, door = (next(one for one in form.back.map.ways if one.kind == kind) for kind in ("route", "door"))
    first = steps[0].foot or steps[0].at
    assert 0 < dist(home.at, first) < 9  # out of the door, not behind the house
    assert dist(home.at, first) + dist(first, door.points[-1]) == pytest.approx(dist(home.at, door.points[-1]))
    ahead = [b - a for a, b in zip(home.at, door.points[-1], strict=True)]
    assert sum(one * (b - a) for one, a, b in zip(ahead, home.at, steps[0].at, strict=True)) > 0
    assert (steps[1].foot or steps[1].at) == pytest.approx(route.points[0])
    for place in (route.points[0], *(one.at for one in steps)):
        assert abs(place[0] - home.box[0]) > 8 or abs(place[1] - home.box[1]) > 4


def test_three_copies_say_who_keeps_each_on_both_sides(village, tmp_path):
    (card,) = publish_cards(village, tmp_path, kind="household", copies="3").files
    pages = text_of(card)
    assert len(pages) == 6
    for name, two in zip(("住户联", "村（居）委会联", "发放单位联"), (pages[:2], pages[2:4], pages[4:]), strict=True):
        assert all(name in page for page in two)
    assert "住户联" not in "".join(text_of(publish_cards(village, tmp_path / "一份", kind="household").files[0]))


def test_all_in_one_file_hold_each_household_with_a_map_of_its_own(village, tmp_path):
    (route,) = village.table("evacuation_route")
    add(village, "household", Point(E + 180, N + 190), id="SL-H-0018", head="钱示例", evacuation_route=route.uid)
    (volume,) = publish_cards(village, tmp_path, kind="household", together=True).files
    assert volume.name == "避险明白卡.pdf"
    pages = text_of(volume)
    assert ["钱示例" in page for page in pages] == [True, False, False, False]  # she lives farther north-west
    assert "赵𠮷例" in pages[2]
    with pypdfium2.PdfDocument(volume) as document:
        first, second = (document[number].render(scale=0.5).to_numpy() for number in (1, 3))
    assert (first != second).any()


def test_a_name_that_no_font_can_print_leaves_out_one_card_of_a_file(village, tmp_path):
    add(village, "household", Point(E + 130, N + 70), id="SL-H-0018", head="李\ue000")
    report = publish_cards(village, tmp_path, kind="household", together=True)
    assert report.pages == 2
    assert any("U+E000" in problem and "B018" in problem for problem in report.problems)


def test_many_cards_become_numbered_files(village, tmp_path, monkeypatch):
    monkeypatch.setattr("geohazard_desktop.publishing.cards.printing.VOLUME", 2)
    monkeypatch.setattr("geohazard_desktop.publishing.cards.printing.ALONE", 4)
    for number in range(18, 22):
        add(village, "household", Point(E + 130, N + number), id=f"SL-H-{number:04d}", head="李示例")
    freed: list[int] = []  # empty runs, by which Typst forgets
    forget = typesetting.forget
    monkeypatch.setattr(typesetting, "BATCH_BYTES", 0)
    monkeypatch.setattr(typesetting, "forget", lambda runs: (freed.append(runs), forget(runs)))
    monkeypatch.setattr(printing_of_cards, "forget", lambda: (freed.append(99), forget()))
    report = publish_cards(village, tmp_path, kind="household", together=True)
    for one in threading.enumerate():
        if one.name == "forget":
            one.join()
    names = [f"避险明白卡_第{number:03d}册.pdf" for number in (1, 2, 3)]
    assert [one.name for one in report.files] == names
    assert not any("以前出的" in one for one in report.problems)
    # What volumes have in common is kept from one to the next, and nothing after the last. None is another one for it.
    assert freed[:3] == [typesetting._MOST_RUNS] * 3
    assert freed[3:] == [99]
    monkeypatch.setattr(typesetting, "_MOST_RUNS", typesetting._ALL_RUNS)
    anew = publish_cards(village, tmp_path / "anew", kind="household", together=True)
    assert [one.read_bytes() for one in anew.files] == [one.read_bytes() for one in report.files]
    monkeypatch.setattr("geohazard_desktop.publishing.cards.printing.ALONE", 5)
    report = publish_cards(village, tmp_path, kind="household", together=True)
    assert [one.name for one in report.files] == ["避险明白卡.pdf"]
    told = f"文件夹里还有以前出的 {'、'.join(names)}，不在这次的里面，请不要再打印。"
    assert told in report.problems


@pytest.mark.parametrize(
    ("cards", "copies", "sizes"),
    [
        (0, 1, []),
        (100, 1, [100]),
        (33, 3, [33]),
        (101, 1, [50, 50, 1]),
        (230, 1, [50] * 4 + [30]),
        (34, 3, [16, 16, 2]),
    ],
)
def test_what_one_file_can_hold_is_one_file_and_more_are_cut_alike(cards, copies, sizes):
    card = SimpleNamespace(form=SimpleNamespace(copies=copies))
    made = list(volumes(((card, number) for number in range(cards)), "卡"))
    assert [len(held) for _name, held in made] == sizes
    assert [one for _name, held in made for _card, one in held] == list(range(cards))
    names = [f"卡_第{number:03d}册" for number in range(1, len(sizes) + 1)]
    assert [name for name, _held in made] == (names if len(sizes) > 1 else ["卡"] * len(sizes))


def test_the_first_of_many_files_begins_with_its_last_card_when_it_is_known_that_there_are_many():
    card = SimpleNamespace(form=SimpleNamespace(copies=1))
    given: list[int] = []

    def cards():
        for number in range(230):
            given.append(number)
            yield card, number

    made = volumes(cards(), "卡", least=230)
    assert len(next(made)[1]) == 50
    assert len(given) == 50
    assert [len(held) for _name, held in made] == [50, 50, 50, 30]


def test_a_card_kept_as_data_prints_the_same_bytes_again(village):
    import json

    from geohazard_desktop.publishing.typeset.typesetting import typeset

    maker = CardMaker(village, TODAY, copies=3, code=True)
    (house,) = village.table("household")
    made = maker.household_card(house)
    kept = json.loads(json.dumps(dict(made.data), ensure_ascii=False))
    assert typeset(made.template, kept, made.images, title=made.title) == made.pdf()


def test_the_large_print_tells_the_same_way_as_the_card(village, tmp_path):
    from geohazard_desktop.publishing.cards.maker import LARGE_PRINT

    add(village, "landmark", Point(E + 595, N + 110), name="老榆树", kind="树")
    maker = CardMaker(village, TODAY)
    (house,) = village.table("household")
    official, large = maker.household_card(house), maker.large_card(house)
    assert large.template == LARGE_PRINT
    assert [(one.metres, one.words) for one in large.form.back.steps] == [
        (one.metres, one.words) for one in official.form.back.steps
    ]
    assert large.form.donts == ("不回头取东西", "不到坡下、沟里去", "没通知不回家")
    (page,) = text_of(publish_cards(village, tmp_path, kind="large").files[0])
    words = page.replace("\r\n", "")
    for one in official.form.back.steps:
        assert f"{one.metres} 米" in words
    assert "直线 40 米" in words
    assert "老人走 11 分钟" in words
    assert "不到坡下、沟里去" in words


def test_the_arrows_of_the_large_print_point_where_the_steps_go(village):
    """From the house northward to the way and along it eastward; from north of the way southward."""
    (house,) = village.table("household")
    headings = [one.heading for one in CardMaker(village, TODAY).large_card(house).form.back.steps]
    assert headings == [0, 90]
    village.apply(move_features(village.definitions, [house], 0.0, 80.0))
    (house,) = village.table("household")
    first, _along = CardMaker(village, TODAY).large_card(house).form.back.steps
    assert (first.direction, first.heading) == ("南", 180)
