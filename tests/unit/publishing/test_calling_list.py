"""叫人名单: every door once, with telephones, who can't leave alone, own notes and way; and no name goes public."""

import io
from datetime import date

import pypdfium2
import pytest
from copier import copies, dark_share
from notice_village import LONG, ODD, PHONES, E, N, add, build, change, flat, only, pages_of, personal_in
from openpyxl import load_workbook
from shapely import LineString, Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.domain.calling import Person, ages, help_words, helped_counts, how_to_call
from geohazard_desktop.publishing.papers.calling_list import CallingMaker, publish_calling_lists
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import delete_features

TODAY = date(2026, 11, 28)
HOME = "白天家里没有人，钥匙在邻居家。"


@pytest.fixture
def village(workspace):
    """The house of the plain village, and three more: one without a telephone, one moved away, one of no zone."""
    ws = build(workspace)
    house, route = only(ws, "household"), only(ws, "evacuation_route")
    change(ws, house, notes=HOME, address="东坡 1 号", subdistrict="示例街道", community="示例社区")
    for name, mobility, born in (("甲示例", "正常", 1990), ("乙示例", "需搀扶", 1946), ("丙示例", "卧床", 1940),
                                 ("丁示例", "正常", 2020), ("戊示例", "", 1958)):  # fmt: skip
        add(ws, "household_member", household=house.uid, name=name, mobility=mobility, birth_year=born)
    zone = only(ws, "danger_zone")
    change(ws, zone, subdistrict="示例街道")
    add(ws, "household", Point(E + 30, N + 30), id="SL-H-0018", head="孙示例", people=1, danger_zone=zone.uid,
        evacuation_route=route.uid, address="东坡 2 号", subdistrict="示例街道", community="示例社区")  # fmt: skip
    add(ws, "household", Point(E + 40, N + 40), id="SL-H-0019", head="周示例", moved_out_on="2026-01-01",
        danger_zone=zone.uid)  # fmt: skip
    add(ws, "household", Point(E - 900, N), id="SL-H-0020", head="赵示例", people=3, subdistrict="示例街道")
    return ws


def rows_of(form):
    return [row for group in form.groups for row in group.rows]


def texts(path):
    return flat("".join(pages_of(path)))


def test_a_door_says_who_comes_to_fetch_them(village, tmp_path):
    house = next(iter(village.find("household", "id", "SL-H-0017")))
    change(village, house, helper="庚示例", helper_phone="139 0000 0007")
    row = next(one for one in rows_of(CallingMaker(village, TODAY).form(only(village, "danger_zone"))) if one.help)
    assert row.help[-1] == "庚示例 139 0000 0007 来接"
    (pdf,) = publish_calling_lists(village, tmp_path, form="pdf").files
    assert "庚示例13900000007来接" in texts(pdf)


def test_a_door_says_whom_to_call_who_cannot_walk_and_that_nobody_is_home_by_day(village):
    form = CallingMaker(village, TODAY).form(only(village, "danger_zone"))
    by_number = {row.number: row for row in rows_of(form)}
    assert set(by_number) == {"SL-H-0017", "SL-H-0018"}  # who moved away is not called
    row = by_number["SL-H-0017"]
    assert (row.head, row.phone, row.address, row.people) == ("李示例", PHONES[0], "东坡 1 号", 2)
    assert row.help == (
        "丙示例 86 岁 卧床，要抬",
        "乙示例 80 岁 需搀扶",
        "老人 68 岁",
        "孩子 6 岁",
        "1 人行动能力没登记",
        f"赵示例 {PHONES[1]} 来接",  # the monitor is this household itself
    )
    assert row.note == HOME.rstrip("。")
    assert (row.route, row.shelter) == ("路线 3", "示例广场")
    assert not by_number["SL-H-0018"].registered  # nobody said who lives there: a line, not "no help needed"
    assert [(one.role, one.person, one.phone) for one in form.callers] == [
        ("监测人", "李示例", PHONES[0]),
        ("巡查人", "赵示例", PHONES[1]),
    ]
    assert [(one.role, one.person) for one in form.keepers] == [("示例广场", "周示例")]
    assert form.total == "2 户 3 人，其中要帮的 2 人"
    assert form.signal == "铜锣急敲"


def test_whoever_cannot_walk_and_has_nobody_comes_first_and_who_has_no_telephone_is_knocked_for(village, tmp_path):
    zone = only(village, "danger_zone")
    far = add(
        village, "household", Point(E + 190, N + 10), id="SL-H-0030", head="吴示例", people=1, danger_zone=zone.uid
    )
    add(village, "household_member", household=far.uid, name="吴示例", mobility="需搀扶")
    form = CallingMaker(village, TODAY).form(zone)
    assert (form.groups[0].title, form.groups[0].total) == ("先接走不动的", "2 户 3 人，其中要帮的 3 人")
    numbers = [row.number for row in rows_of(form)]
    # SL-H-0017 has as many who can't walk as people: nobody at home; in the order of the walk. Then who walks.
    assert (sorted(numbers[:2]), numbers[2:]) == (["SL-H-0017", "SL-H-0030"], ["SL-H-0018"])
    change(village, far, helper="庚示例", helper_phone="139 0000 0007")
    assert [row.number for row in rows_of(CallingMaker(village, TODAY).form(zone))][:2] == ["SL-H-0017", "SL-H-0030"]
    row = rows_of(CallingMaker(village, TODAY).form(zone))[2]
    assert (row.phone or None, row.no_phone) == (None, "没登记电话，先敲门")
    text = texts(publish_calling_lists(village, tmp_path, form="pdf").files[0])
    assert text.index("先接走不动的") < text.index("SL-H-0030") < text.index("示例街道示例社区")
    assert text.count("没登记电话，先敲门") == 2


def test_help_is_told_from_the_worst_and_by_the_ages_of_the_rules():
    old, child = ages().old_from, ages().child_below
    people = [Person("甲", old, "正常"), Person("乙", old - 1, "正常"), Person("丙", child, "正常")]
    assert help_words(people) == (f"老人 {old} 岁",)
    assert help_words([Person("丁", child - 1, "正常")]) == (f"孩子 {child - 1} 岁",)
    assert help_words([Person("甲", 70, "缓行"), Person("", None, "卧床")]) == ("卧床，要抬", "甲 70 岁 缓行")
    assert help_words([]) == ()


def test_who_walks_slowly_is_named_but_counts_as_helped_on_no_paper(village):
    """As on card, large print and sticker, which count on those who walk slowly to leave by themselves."""
    walkers = [Person("己", 70, "缓行"), Person("庚", 60, "需搀扶"), Person("辛", 50, "拄双拐")]
    assert help_words(walkers) == ("庚 60 岁 需搀扶", "辛 50 岁 拄双拐", "己 70 岁 缓行")
    assert helped_counts(walkers) == {"需搀扶": 1, "拄双拐": 1}
    house = next(iter(village.find("household", "id", "SL-H-0017")))
    add(village, "household_member", household=house.uid, name="己示例", mobility="缓行", birth_year=1956)
    zone = only(village, "danger_zone")
    assert CallingMaker(village, TODAY).form(zone).total == "2 户 3 人，其中要帮的 2 人"
    (row,) = [one for way in DrillMaker(village, TODAY).form(zone).routes for one in way.households if one.help]
    assert row.help == "卧床 1 人、需搀扶 1 人"


def test_the_paper_is_in_order_with_cells_to_tick_and_says_it_is_internal(village, tmp_path):
    report = publish_calling_lists(village, tmp_path)
    pdf, book = report.files  # the paper first: it is what the window shows
    assert (pdf.name, book.name) == ("叫人名单_SL-W-0001.pdf", "叫人名单_SL-W-0001.xlsx")
    text = texts(pdf)
    order = ["东坡叫人名单", "示例街道示例社区", "户号户主、联系人电话住址", "叫到走了没应答", "SL-H-00", "叫完时刻"]
    found = [text.index(one) for one in order]
    assert found[0] == min(found)
    for one in (*("内部使用，含个人信息不得张贴、外传", "拟划未经批准：东坡", "路线3到示例广场", flat(PHONES[0])),
                *(flat(HOME).rstrip("。"), "丙示例86岁卧床，要抬", *map(flat, how_to_call()))):  # fmt: skip
        assert one in text, one
    assert "周示例1" in text  # who opens the shelter
    assert "SL-H-0019" not in text
    assert [one for one in report.notes if "没有登记电话：SL-H-0018" in one]
    assert [one for one in report.notes if "1 户不在这些名单上：SL-H-0020" in one]
    assert "共 1 份。" in report.notes


def test_the_workbook_has_the_same_doors_with_telephones_as_text(village, tmp_path):
    report = PRODUCTS["calling_zone"].publish(village, tmp_path, {})
    (path,) = [one for one in report.files if one.suffix == ".xlsx"]
    (pdf,) = [one for one in report.files if one.suffix == ".pdf"]
    sheet = load_workbook(io.BytesIO(path.read_bytes())).active
    head = [one.value for one in sheet[3]]
    rows = [dict(zip(head, (one.value for one in line), strict=True)) for line in sheet.iter_rows(4, 5)]
    assert [row["编号"] for row in rows] == [row.number for row in rows_of(CallingMaker(village).form(
        only(village, "danger_zone")))]  # fmt: skip
    house = next(row for row in rows if row["编号"] == "SL-H-0017")
    assert house["电话"] == PHONES[0]
    assert house["要帮的人"].startswith("丙示例 86 岁 卧床，要抬；")
    assert house["谁去叫"] == f"监测人 李示例 {PHONES[0]}；巡查人 赵示例 {PHONES[1]}"
    assert "内部使用" in sheet["A2"].value
    code = sheet["A2"].value.partition("核对码 ")[2]
    assert code
    assert code in texts(pdf)


def test_a_street_calls_by_zone_and_whoever_has_none_last(village, tmp_path):
    report = publish_calling_lists(village, tmp_path, layer="subdistrict", form="pdf")
    (pdf,) = report.files
    text = texts(pdf)
    assert text.index("东坡SL-W-0001") < text.index("谁去叫：监测人李示例") < text.index("没有登记危险区的")
    assert text.index("SL-H-0017") < text.index("没有登记危险区的") < text.index("SL-H-0020")
    assert "信号：铜锣急敲" in text
    far = next(iter(village.find("household", "id", "SL-H-0020")))
    add(village, "setting", None, name="预警信号", key="signal.text", value="敲钟")
    street = add(village, "subdistrict", box(E - 2000, N - 2000, E + 2000, N + 2000), name="示例街道")
    assert CallingMaker(village, TODAY).form(street).groups[-1].signal == "敲钟"
    scar = add(village, "hazard_point", Point(E - 950, N), name="西崖", hazard_type="崩塌", warning_signal="吹哨")
    change(village, far, hazard_point=scar.uid)
    assert CallingMaker(village, TODAY).form(street).groups[-1].signal == "吹哨", "as on their cards"
    add(village, "household", Point(E - 990, N), id="SL-H-0021", head="李示例", people=1, subdistrict="示例街道")
    assert CallingMaker(village, TODAY).form(street).groups[-1].signal == "西崖的户：吹哨；其余的户：敲钟"


def test_a_point_without_a_zone_calls_those_who_name_it_and_a_works_camp_is_called_too(village, tmp_path):
    zone, point = only(village, "danger_zone"), only(village, "hazard_point")
    add(village, "facility", Point(E + 150, N + 150), id="SL-S-0001", name="示例工棚", kind="工棚", people=18,
        contact="王示例", phone=PHONES[3])  # fmt: skip
    rows = rows_of(CallingMaker(village, TODAY).form(zone))
    assert (rows[-1].number, rows[-1].head, rows[-1].phone, rows[-1].people) == ("SL-S-0001", "王示例", PHONES[3], 18)
    assert CallingMaker(village, TODAY).form(zone).total.endswith("；单位、工棚 1 处 18 人")
    far = add(village, "hazard_point", Point(E - 900, N + 30), id="SL-D-0002", name="西坡", monitor="孙示例")
    (house,) = [one for one in village.table("household") if one.text("id") == "SL-H-0020"]
    change(village, house, hazard_point=far.uid)
    maker = CallingMaker(village, TODAY)
    assert [row.number for row in rows_of(maker.form(far))] == ["SL-H-0020"]
    assert [one.person for one in maker.form(far).callers] == ["孙示例"]
    assert {row.number for row in rows_of(maker.form(point))} == {"SL-H-0017", "SL-H-0018", "SL-S-0001"}


def test_people_of_a_works_camp_are_counted_and_have_the_way_of_their_zone(village, tmp_path):
    zone = only(village, "danger_zone")
    add(village, "facility", Point(E + 150, N + 150), id="SL-S-0001", name="示例工棚", kind="工棚", people=26)
    village.apply(delete_features(village.definitions, list(village.table("household_member"))))
    village.apply(delete_features(village.definitions, list(village.table("household"))))
    form = CallingMaker(village, TODAY).form(zone)
    (row,) = rows_of(form)
    assert form.total == "没有登记住户；单位、工棚 1 处 26 人"
    assert [one.total for one in form.groups] == ["单位、工棚 1 处 26 人"]
    assert (row.route, row.shelter, [one.role for one in form.keepers]) == ("路线 3", "示例广场", ["示例广场"])
    drill = DrillMaker(village, TODAY).form(zone)
    assert drill.scope == "没有登记住户；单位、工棚 1 处 26 人"
    ((signs,),) = [one.households for one in drill.routes]
    assert (signs.number, signs.people) == ("SL-S-0001 示例工棚", 26)
    other = add(village, "shelter", Point(E - 500, N + 100), name="示例学校", id="SL-A-0002")
    line = LineString([(E + 100, N + 100), (E - 500, N + 100)])
    add(village, "evacuation_route", line, number="4", danger_zone=zone.uid, shelter=other.uid)
    (row,) = rows_of(CallingMaker(village, TODAY).form(zone))
    assert (row.route, row.shelter) == ("路线 3 或 路线 4", "示例广场 或 示例学校")
    drill = DrillMaker(village, TODAY).form(zone)
    assert [one.households for one in drill.routes] == [(), ()]
    assert [one.number for one in drill.choosing] == ["SL-S-0001 示例工棚"]
    text = texts(publish_calling_lists(village, tmp_path, form="pdf").files[0])
    assert "路线3或路线4到示例广场或示例学校" in text


def test_a_note_of_many_doors_is_said_once_for_all(village):
    zone = only(village, "danger_zone")
    for number in range(30, 33):
        add(
            village,
            "household",
            Point(E + number, N + 90),
            id=f"SL-H-00{number}",
            danger_zone=zone.uid,
            notes="离开裂缝。",
        )
    form = CallingMaker(village, TODAY).form(zone)
    assert form.common == ("3 户登记的注意事项相同：离开裂缝。",)
    assert [row.note for row in rows_of(form) if row.note] == [HOME.rstrip("。")]


def test_people_whom_only_the_form_counts_stand_at_the_head_of_the_list(village, tmp_path):
    zone, point = only(village, "danger_zone"), only(village, "hazard_point")
    change(village, point, threatened_objects="东坡的示例厂区。")
    change(village, zone, must_move_people=90)
    zone = only(village, "danger_zone")
    listed = sum(row.people or 0 for row in rows_of(CallingMaker(village, TODAY).form(zone)))
    assert 0 < listed < 90
    (told,) = CallingMaker(village, TODAY).form(zone).beyond
    assert told == (
        f"东坡　SL-W-0001：另有约 {90 - listed} 人不在名单上：需转移 90 人，登记了的 {listed} 人。"
        "威胁对象填的是“东坡的示例厂区”。先打值班电话问清他们在哪里、谁去叫。"
    )
    for layer in ("danger_zone", "hazard_point", "subdistrict"):
        report = publish_calling_lists(village, tmp_path / layer, layer=layer)
        pdf, book = sorted(report.files, key=lambda one: one.suffix)
        text, words = texts(pdf), "".join(told.split())
        assert words in text
        assert text.index("名单以外") < text.index("要叫的")
        assert any(words in "".join(note.split()) for note in report.notes), report.notes
        assert any(told in str(cell.value) for row in load_workbook(book).active.rows for cell in row)
    change(village, zone, must_move_people=listed)
    assert CallingMaker(village, TODAY).form(only(village, "danger_zone")).beyond == ()


def test_a_zone_of_which_nobody_is_registered_gets_its_list_where_its_form_counts_people(village, tmp_path):
    village.apply(delete_features(village.definitions, list(village.table("household_member"))))
    village.apply(delete_features(village.definitions, list(village.table("household"))))
    report = publish_calling_lists(village, tmp_path, form="pdf")
    assert "另有约12人不在名单上" in texts(report.files[0])


def test_whoever_has_nobody_to_call_gets_lines_to_write_on_and_a_sentence(village, tmp_path):
    empty = add(village, "danger_zone", box(E + 5000, N, E + 5100, N + 100), id="SL-W-0009", name="无人沟")
    report = publish_calling_lists(village, tmp_path, uids=[empty.uid])
    assert "要叫的住户和单位" in texts(next(one for one in report.files if one.suffix == ".pdf"))
    assert report.problems == ["危险区无人沟没有登记要叫的住户和单位，叫人名单是空表，留线手写。请先登记住户。"]
    assert {"户号", "户主", "电话"} <= set(report.lacking[empty.uid])
    assert not [one for one in publish_calling_lists(village, tmp_path / "全部").files if "0009" in one.name]
    village.apply(delete_features(village.definitions, list(village.table("household_member"))))
    village.apply(delete_features(village.definitions, list(village.table("household"))))
    change(
        village,
        next(one for one in village.table("danger_zone") if one.text("id") == "SL-W-0001"),
        must_move_people=None,
    )
    with pytest.raises(ExportRefused, match="叫人名单是空的"):
        publish_calling_lists(village, tmp_path)


def test_odd_and_long_values_are_printed_whole(village, tmp_path):
    house = next(one for one in village.table("household") if one.text("id") == "SL-H-0017")
    change(village, house, head=ODD, notes=LONG * 2, address=LONG, phone=f"{PHONES[0]}、{PHONES[1]}")
    text = texts(publish_calling_lists(village, tmp_path, form="pdf").files[0])
    assert flat(ODD) in text
    assert text.count(LONG[:17]) == 21
    assert flat(PHONES[1]) in text


def test_no_file_name_tells_a_person_and_no_public_paper_has_one(village, tmp_path):
    """There is no public list; what is public stays clean by text and by bytes beside it."""
    for key in ("calling_zone", "calling_street", "calling_point"):
        assert not any("public" in str(value) for one in PRODUCTS[key].options for value in one.values)
        PRODUCTS[key].publish(village, tmp_path / key, {})
        assert personal_in(tmp_path / key)
        assert not [one for one in (tmp_path / key).iterdir() if "示例" in one.stem.replace("示例街道", "")]
    assert {one.stem for one in (tmp_path / "calling_street").iterdir()} == {"街道叫人名单_示例街道"}
    PRODUCTS["map_zone"].publish(village, tmp_path / "公开", {"profile": "public"})
    PRODUCTS["web_public"].publish(village, tmp_path / "公开" / "图.html", {})
    PRODUCTS["distribution"].publish(village, tmp_path / "公开" / "分发表.pdf", {})  # names the lists, and nobody
    assert personal_in(tmp_path / "公开") == []


def test_the_list_stays_legible_on_a_copier(village, tmp_path):
    pages = copies(publish_calling_lists(village, tmp_path, form="pdf").files[0])
    assert all(0.005 < dark_share(one.copy) < 0.25 for one in pages)


@pytest.mark.parametrize(
    "phones", ["13900001007/13900001008", "139 0000 3008;0473-3660099", "13900001007；13900001008"]
)
def test_two_telephones_in_one_cell_stay_in_their_column(village, tmp_path, phones):
    house = next(iter(village.find("household", "id", "SL-H-0017")))
    change(village, house, phone=phones)
    (pdf,) = publish_calling_lists(village, tmp_path, form="pdf").files
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    text = page.get_text_range()
    at = text.index(phones[-6:])  # the end of the second number, and the address in the next column
    right = page.get_charbox(at + 5)[2]
    left = page.get_charbox(text.index("东坡 1 号"))[0]
    assert right < left
    assert phones.replace(" ", "") in flat(text)  # printed as written, broken between the numbers alone


def test_a_remark_that_speaks_of_somebody_who_cannot_walk_brings_the_door_to_the_head(village):
    zone = only(village, "danger_zone")
    add(village, "household", Point(E + 35, N + 20), id="SL-H-0031", head="吴示例", people=2, danger_zone=zone.uid,
        remark="老伴卧床。")  # fmt: skip
    add(village, "household", Point(E + 36, N + 20), id="SL-H-0032", head="郑示例", people=1, danger_zone=zone.uid,
        remark="夜班")  # fmt: skip
    form = CallingMaker(village, TODAY).form(zone)
    first = form.groups[0]
    assert first.title.startswith("先接走不动的")
    (row,) = [one for one in first.rows if one.number == "SL-H-0031"]
    assert "可能走不动：老伴卧床" in row.help
    assert row.note is None
    member = add(village, "household_member", household=next(iter(village.find("household", "id", "SL-H-0032"))).uid,
                 name="郑老例", remark="卧床多年")  # fmt: skip
    (told,) = [one for one in CallingMaker(village, TODAY).form(zone).groups[0].rows if one.number == "SL-H-0032"]
    assert "可能走不动：卧床多年" in told.help
    village.apply(delete_features(village.definitions, [member]))
    (walks,) = [one for one in rows_of(form) if one.number == "SL-H-0032"]
    assert walks not in first.rows
    assert walks.note == "夜班"


def test_a_helper_who_has_to_give_the_signal_is_nobody_who_comes(village):
    zone = only(village, "danger_zone")
    far = add(village, "household", Point(E + 190, N + 10), id="SL-H-0030", head="吴示例", people=1,
              danger_zone=zone.uid, helper="李示例", helper_phone=PHONES[0])  # fmt: skip
    add(village, "household_member", household=far.uid, name="吴示例", mobility="需搀扶")
    assert CallingMaker(village, TODAY).doors.urgency(far) == 0  # the monitor
    change(village, far, helper="庚示例", helper_phone="139 0000 0007")
    assert CallingMaker(village, TODAY).doors.urgency(village.feature("household", far.uid)) == 1


def test_who_does_not_hear_is_called_early_and_when_nobody_is_home_stands_there(village, tmp_path):
    zone = only(village, "danger_zone")
    known = {}
    for number, (people, at_home, remark) in {
        "SL-H-0041": (1, "夜里没人", ""),
        "SL-H-0042": (2, "全天有人", "独居，聋哑。"),
        "SL-H-0043": (2, "平时不住", "平时不住"),
    }.items():
        known[number] = add(village, "household", Point(E + 35, N + 20), id=number, head="吴示例", people=people,
                            danger_zone=zone.uid, at_home=at_home, remark=remark,
                            phone=None if number == "SL-H-0043" else PHONES[0])  # fmt: skip
    add(village, "household_member", household=known["SL-H-0041"].uid, name="吴老例", birth_year=1950, mobility="正常",
        hearing="听不见")  # fmt: skip
    maker = CallingMaker(village, TODAY)
    form = maker.form(zone)
    by_number = {row.number: row for row in rows_of(form)}
    assert by_number["SL-H-0041"].help[0] == "吴老例 76 岁 听不见，进屋叫、打手电"
    assert by_number["SL-H-0041"].note == "夜里没人，打电话找"
    assert by_number["SL-H-0042"].help[0] == "可能听不见，进屋叫、打手电：独居，聋哑"
    assert by_number["SL-H-0042"].note is None
    assert by_number["SL-H-0043"].note == "平时不住，问邻居、监测人"  # once, and no number to call
    assert by_number["SL-H-0043"].no_phone == "没登记电话，先敲门"
    first = form.groups[0]
    assert first.title == "先接走不动的、先叫听不见的"
    assert {"SL-H-0041", "SL-H-0042"} <= {row.number for row in first.rows}
    assert "SL-H-0043" not in {row.number for row in first.rows}
    assert "听不见的 1 人" in form.total
    printed = "".join(texts(one) for one in publish_calling_lists(village, tmp_path, form="pdf").files)
    assert "听不见，进屋叫、打手电" in printed
    assert "夜里没人，打电话找" in printed
