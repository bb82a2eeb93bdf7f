"""Who can't leave alone reads on every paper of the household whom to phone, and how long it takes on an arm."""

from datetime import date

import pypdfium2
import pytest
from copier import copies, one_bit
from hostile_village import outside
from notice_village import LONG, ODD, PHONES, add, build, change, flat, only, pages_of, points_of, smallest

from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker, publish_door_stickers

TODAY = date(2026, 11, 28)
MONITOR, DUTY = flat(PHONES[0]), "0000-0000000"


@pytest.fixture
def village(workspace):
    """The monitor lives elsewhere: the household's own telephone is another one."""
    ws = build(workspace)
    change(ws, only(ws, "household"), phone=PHONES[3])
    return ws


def lives_there(ws, mobility: str, *, people: int = 2) -> None:
    house = only(ws, "household")
    change(ws, house, people=people)
    add(ws, "household_member", household=house.uid, name="李老例", mobility=mobility)


def texts(ws, folder) -> dict[str, str]:
    """Front and back of the card, large print and sticker."""
    (card,) = publish_cards(ws, folder / "卡", kind="household").files
    (large,) = publish_cards(ws, folder / "大字版", kind="large").files
    (sticker,) = publish_door_stickers(ws, folder / "门贴", size="A6").files
    front, back = map(flat, pages_of(card))
    return {"front": front, "back": back, "large": flat(pages_of(large)[0]), "sticker": flat(pages_of(sticker)[0])}


def test_where_nobody_needs_help_card_and_large_print_name_one_number(village, tmp_path):
    found = texts(village, tmp_path)
    assert f"走不动：敲盆、喊人，打给李示例{MONITOR}" in found["back"]
    assert f"走不动找李示例{MONITOR}有险情、打不通打值班电话{DUTY}" in found["large"]
    assert "听到信号，马上走" in found["large"]
    assert "老人走11分钟" in found["large"]
    assert MONITOR not in found["sticker"]
    assert DUTY in found["sticker"]


def test_who_has_to_be_carried_phones_first_and_the_others_leave(village, tmp_path):
    lives_there(village, "卧床")
    found = texts(village, tmp_path)
    assert f"打给李示例{MONITOR}" in found["back"]
    assert f"走不动的人：先打电话，等人来接李示例{MONITOR}" in found["large"]
    assert f"走不动的人：先打{MONITOR}，等人来接" in found["sticker"]
    for paper in ("large", "sticker"):
        assert "听到信号，能走的马上走" in found[paper]
        assert "老人走" in found[paper]
    assert found["large"].count(MONITOR) == 1
    assert f"有险情、打不通打值班电话{DUTY}" in found["large"]


def test_who_walks_on_an_arm_reads_the_time_of_the_arm(village, tmp_path):
    lives_there(village, "需搀扶")
    found = texts(village, tmp_path)
    # 41 m to the route and 480 m along it at 0.5 m/s
    assert "搀扶慢行18分钟" in found["back"]
    assert "搀扶慢行18分钟" in found["large"]
    assert "搀扶慢行约18分钟" in found["sticker"]
    assert "老人走" not in found["large"] + found["sticker"]
    assert f"扶不动：打电话，等人来接李示例{MONITOR}" in found["large"]
    assert f"扶不动：打{MONITOR}，等人来接" in found["sticker"]
    assert all("听到信号，扶着马上走" in found[paper] for paper in ("large", "sticker"))


@pytest.mark.parametrize(("people", "first"), [(2, "听到信号，能走的马上走"), (1, "听到信号，先打电话，等人来接")])
def test_what_only_a_remark_says_orders_what_the_register_would(village, tmp_path, people, first):
    change(village, only(village, "household"), people=people, remark="轮椅，须两人抬")
    found = texts(village, tmp_path)
    for paper in ("large", "sticker"):
        assert first in found[paper]
        assert "听到信号，马上走" not in found[paper]
    assert ("听到信号，能走的走" if people == 2 else first) in found["back"]
    assert ("来接的人走" in found["front"]) is (people == 1)
    assert f"走不动的人：先打{MONITOR}，等人来接" in found["sticker"]
    for note in (
        publish_cards(village, tmp_path / "再出", kind="household").notes,
        publish_door_stickers(village, tmp_path / "再贴", size="A6").notes,
    ):
        assert any("1 户只在备注里写着有人走不动，先当作要人帮印的：" in one for one in note)


def test_where_nobody_hears_the_papers_wait_for_who_comes_not_for_a_signal(village, tmp_path):
    house = only(village, "household")
    change(village, house, people=1)
    add(village, "household_member", household=house.uid, name="李老例", mobility="正常", hearing="听不见")
    found = texts(village, tmp_path)
    assert all("有人来叫，马上走" in found[paper] for paper in ("large", "sticker"))
    assert "有人来叫，走" in found["back"]
    assert not any("听到信号" in one for one in found.values())
    change(village, only(village, "household"), people=2)  # somebody else hears it
    assert "听到信号，马上走" in texts(village, tmp_path / "两个人")["large"]


@pytest.mark.parametrize(
    ("mobility", "first"), [("卧床", "等人来接"), ("需搀扶", "等人来接"), ("", "有人来叫，马上走")]
)
def test_who_hears_nothing_and_has_nobody_named_keeps_the_signal(village, mobility, first):
    house = only(village, "household")
    change(village, house, people=1)
    add(village, "household_member", household=house.uid, name="李老例", mobility=mobility, hearing="听不见")
    assert CardMaker(village, TODAY).household_card(only(village, "household")).form.back.at_signal == first
    for layer, fields in (
        ("hazard_point", ("monitor", "monitor_phone")),
        ("danger_zone", ("patrol_person", "patrol_phone")),
    ):
        change(village, only(village, layer), **dict.fromkeys(fields))
    assert (
        CardMaker(village, TODAY)
        .household_card(only(village, "household"))
        .form.back.at_signal.startswith("听到信号，")
    )


def test_a_remark_that_denies_it_orders_nothing(village, tmp_path):
    change(village, only(village, "household"), remark="无行动不便人员，没有卧床、失能的")
    assert "听到信号，马上走" in texts(village, tmp_path)["large"]


def test_who_lies_in_bed_alone_is_not_told_to_walk(village, tmp_path):
    lives_there(village, "卧床", people=1)
    found = texts(village, tmp_path)
    for paper in ("back", "large", "sticker"):
        assert "听到信号，先打电话，等人来接" in found[paper]
        assert "马上走" not in found[paper]
    for paper in ("large", "sticker"):
        assert "老人走" not in found[paper]
        assert "动身" not in found[paper]


@pytest.mark.parametrize(
    ("mobility", "people", "order"),
    [
        ("", 2, ("听到信号，马上走", "听到信号，走3号路线到示例广场")),
        ("需搀扶", 2, ("听到信号，扶着马上走", "听到信号，扶着走3号路线到示例广场")),
        ("卧床", 2, ("听到信号，能走的马上走", "听到信号，能走的走3号路线到示例广场；走不动的等人来接")),
        ("需搀扶", 1, ("听到信号，先打电话，等人来接", "听到信号，先打电话，等人来接；来接的人走3号路线到示例广场")),
        ("卧床", 1, ("听到信号，先打电话，等人来接", "听到信号，先打电话，等人来接；来接的人走3号路线到示例广场")),
    ],
)
def test_the_three_papers_of_a_household_give_one_order(village, tmp_path, mobility, people, order):
    lives_there(village, mobility, people=people)
    found = texts(village, tmp_path)
    first, headline = order
    assert first in found["large"]
    assert first in found["sticker"]
    assert headline in found["back"]
    assert ("来接的人走：" in found["front"]) == (people == 1)
    assert ("老人、孩子先走" in found["back"]) == (people > 1), "who waits goes nowhere first"
    for paper, waits in (("large", "到这里等"), ("sticker", "号路线，到"), ("back", "老人走")):
        told_to_walk = mobility == "需搀扶" if paper == "back" and people == 1 else people > 1
        assert (waits in found[paper]) == told_to_walk, paper
    for paper, fetches in (("large", "送到这里"), ("sticker", "来接的人走，到"), ("back", "来接的人怎么走")):
        assert (fetches in found[paper]) == (people == 1), paper


@pytest.mark.parametrize("mobility", ["", "需搀扶", "卧床"])
@pytest.mark.parametrize("monitor", [True, False])
def test_without_a_telephone_the_large_print_says_how_to_be_heard_as_the_card_does(
    village, tmp_path, mobility, monitor
):
    lives_there(village, mobility)
    if not monitor:
        change(village, only(village, "hazard_point"), monitor_phone="")
        change(village, only(village, "danger_zone"), patrol_phone="")
    change(village, only(village, "household"), phone="")
    (large,) = publish_cards(village, tmp_path / "无", kind="large").files
    assert "敲盆、喊人" in flat(pages_of(large)[0])
    change(village, only(village, "household"), phone=PHONES[3])
    (large,) = publish_cards(village, tmp_path / "有", kind="large").files
    assert "敲盆" not in flat(pages_of(large)[0])


def test_who_has_to_phone_before_leaving_is_not_sent_off_by_the_notes(village, tmp_path):
    change(village, only(village, "danger_zone"), hazard_type="泥石流", signs=SIGNS)
    assert "马上避让" in texts(village, tmp_path / "一")["front"]
    change(village, only(village, "household"), evacuation_route="")
    found = texts(village, tmp_path / "二")
    front = found["front"]
    assert "有迹象先打电话" in front
    assert "走不动：敲盆、喊人，打给" in found["back"]
    assert "先走" not in found["back"]
    lives_there(village, "卧床", people=1)
    found = texts(village, tmp_path / "三")
    assert all("来接的人先打电话问清再走" in one for one in found.values()), "who lies in bed asks no way"
    for sent_off in ("马上避让", "早走"):
        assert sent_off not in front


def test_without_a_monitor_every_paper_names_the_duty_line(village, tmp_path):
    change(village, only(village, "hazard_point"), monitor_phone="")
    change(village, only(village, "danger_zone"), patrol_phone="")
    lives_there(village, "卧床")
    found = texts(village, tmp_path)
    assert f"打给值班电话{DUTY}" in found["back"]
    assert f"先打电话，等人来接值班电话{DUTY}" in found["large"]
    assert "走不动的人：先打值班电话，等人来接" in found["sticker"]
    assert "帮扶人" not in "".join(publish_cards(village, tmp_path / "又", kind="household").notes)


def test_getting_going_stands_beside_the_time(village, tmp_path):
    found = texts(village, tmp_path)
    assert all("夜里走得更慢；动身另加白天5、夜里15分钟" in found[paper] for paper in ("large", "sticker"))


SIGNS = "沟水突然断流或变浑、听见轰隆声"
STANDARD = "新裂缝、地下响、地面下沉、门窗卡住、裂缝冒水冒气：马上出屋。"


def test_own_notes_come_first_and_replace_nothing(village, tmp_path):
    change(village, only(village, "household"), notes="白天家里没有人，钥匙在邻居家")
    change(village, only(village, "danger_zone"), signs=SIGNS)
    front = texts(village, tmp_path)["front"]
    assert f"白天家里没有人，钥匙在邻居家。迹象：{SIGNS}。{STANDARD}" in front
    assert "不在划定的范围里开车、放牧。" in front


def test_long_notes_go_on_a_further_sheet_whole(village, tmp_path):
    change(village, only(village, "household"), notes=LONG * 2)
    change(village, only(village, "danger_zone"), signs=SIGNS)
    (card,) = publish_cards(village, tmp_path, kind="household").files
    front, _back, more = map(flat, pages_of(card))
    assert "内容较长，见续页" in front
    assert f"{LONG * 2}。迹象：{SIGNS}。{STANDARD}" in more


@pytest.mark.parametrize("mobility", ["", "卧床"])
def test_the_large_print_tells_the_signs_in_short(village, tmp_path, mobility):
    """Under a short signal; the household that phones is told to phone."""
    lives_there(village, mobility, people=1)
    change(village, only(village, "danger_zone"), signs=f"{SIGNS}\n")
    what = "打电话" if mobility else "走"
    assert f"有这些迹象，不等信号就{what}：{SIGNS}" in texts(village, tmp_path)["large"]
    (large,) = (tmp_path / "大字版").glob("*.pdf")
    for words in ("铜锣急敲", "不回头取东西", "没通知不回家", DUTY):
        assert smallest(large, words) >= 30, words
    assert max(points_of(large, "示例广场")) >= 42
    others = ["不等信号就", "有险情、打不通", "老人走"] if not mobility else ["不等信号就", "等人来接"]
    assert min(smallest(large, words) for words in others) >= 18
    if not mobility:
        assert smallest(large, "夜里走得更慢；动身另加") >= 18


def test_a_long_name_of_a_zone_has_a_line_of_its_own_on_the_large_print(village, tmp_path):
    name = "东坡西侧老采空区上方地面塌陷和地裂缝（一期）"
    change(village, only(village, "danger_zone"), name=name)
    texts(village, tmp_path)
    (large,) = (tmp_path / "大字版").glob("*.pdf")
    assert smallest(large, name) >= 13


@pytest.mark.parametrize("mobility", ["", "需搀扶", "卧床"])
def test_the_large_print_drops_no_signs_that_three_lines_hold(village, tmp_path, mobility):
    lives_there(village, mobility)
    signs = "坡顶裂缝加宽、掉块增多、坡脚鼓胀、坡脚渗水、树木歪斜、墙体开裂、门窗卡住、井水变浑、牲畜惊慌不进圈"
    change(village, only(village, "danger_zone"), signs=signs, warning_signal="连续急促敲锣，同时手摇警报器")
    report = publish_cards(village, tmp_path, kind="large")
    (page,) = map(flat, pages_of(report.files[0]))
    assert f"有这些迹象，不等信号就走：{signs}" in page
    assert "连续急促敲锣，同时手摇警报器" in page
    assert not any("前兆迹象太长" in one for one in report.notes)


def test_longer_signs_stay_on_the_card_and_the_large_print_and_the_report_say_so(village, tmp_path):
    change(village, only(village, "danger_zone"), signs="墙体开裂" * 15)
    found = texts(village, tmp_path)
    assert "有另一张明白卡（带表格的）上写的迹象，不等信号就走" in found["large"]
    (note,) = [one for one in publish_cards(village, tmp_path / "又", kind="large").notes if "前兆迹象太长" in one]
    assert note.startswith("住户 SL-H-0017：")
    assert "墙体开裂" not in found["large"]
    assert f"迹象：{'墙体开裂' * 15}。" in found["front"]
    assert "铜锣急敲" in found["large"]


def test_the_work_card_watches_for_the_signs_of_the_zone(village, tmp_path):
    change(village, only(village, "danger_zone"), signs=SIGNS)
    report = publish_cards(village, tmp_path, kind="work")
    assert f"监测的主要迹象{SIGNS}" in flat(pages_of(report.files[0])[0])
    assert any("监测的主要迹象取危险区的前兆迹象" in one for one in report.notes)
    change(village, only(village, "hazard_point"), signs="裂缝加宽")
    (card,) = publish_cards(village, tmp_path / "又", kind="work").files
    assert "监测的主要迹象裂缝加宽" in flat(pages_of(card)[0])


def test_a_telephone_on_stickers_is_told(village, tmp_path):
    report = publish_door_stickers(village, tmp_path / "一")
    assert not any("屋里" in one for one in report.notes)
    assert not any("屋里" in page for page in pages_of(report.files[0]))
    lives_there(village, "卧床")
    report = publish_door_stickers(village, tmp_path / "二")
    assert "1 张门贴印了来接走不动的人的电话，请贴在屋里。" in report.notes
    (page,) = pages_of(report.files[0])
    assert "请贴在屋里" in page, "whoever hangs it up has not read the report"


@pytest.mark.parametrize("size", ["A6", "A5", "A6x4", "A5x2"])
@pytest.mark.parametrize("name", [ODD, LONG])
def test_whoever_is_called_whatever_is_whole_on_its_paper(village, tmp_path, size, name):
    lives_there(village, "卧床")
    change(village, only(village, "hazard_point"), monitor=name, monitor_phone="139 0000 0001、0000-0000001 转 8123")
    (sticker,) = publish_door_stickers(village, tmp_path / "门贴", size=size).files
    assert "先打13900000001、0000-0000001转8123，等人来接" in flat(pages_of(sticker)[0])
    assert outside(sticker.read_bytes()) == []
    if size == "A6":
        (large,) = publish_cards(village, tmp_path / "大字版", kind="large").files
        assert flat(name) in flat(pages_of(large)[0])
        assert "13900000001、0000-0000001转8123" in flat(pages_of(large)[0])
        assert outside(large.read_bytes()) == []


@pytest.mark.parametrize("name", ["李示例", ODD, LONG])
def test_the_telephone_of_the_large_print_is_one_line_and_black_on_a_copier(village, tmp_path, name):
    lives_there(village, "卧床")
    change(village, only(village, "hazard_point"), monitor=name, monitor_phone="139 0000 0006")
    (page,) = copies(publish_cards(village, tmp_path, kind="large").files[0])
    text = "".join(one.text for one in page.letters)
    number = page.letters[text.index("13900000006") :][:11]
    assert len({one.box[1] // 8 for one in number}) <= 2  # upper edges, in pixels
    black = one_bit(page)
    for left, top, right, bottom in (one.box for one in number):
        assert 0.05 < black[top:bottom, left:right].mean() < 0.95


def test_forms_without_a_way_still_say_whom_to_call(village):
    change(village, only(village, "household"), evacuation_route="")
    back = CardMaker(village, TODAY).household_card(only(village, "household")).form.back
    assert (back.helper, back.helper_phone, back.helper_named) == ("李示例", PHONES[0], True)
    lives_there(village, "需搀扶")
    assert StickerMaker(village, TODAY).of_household(only(village, "household")).unable == (
        f"扶不动：打 {PHONES[0]}，等人来接"
    )


def test_what_is_known_of_somebody_without_a_name_stands_on_no_line(village, tmp_path):
    add(village, "household_member", household=only(village, "household").uid, mobility="卧床")
    (card,) = publish_cards(village, tmp_path, kind="household").files
    with pypdfium2.PdfDocument(card) as document:
        page = document[0]
        text = page.get_textpage()
        at, _count = text.search("卧床").get_next()
        _left, bottom, right, _top = text.get_charbox(at + 1)
        ink = page.render(scale=4).to_numpy()
        foot = round((page.get_height() - bottom) * 4)
    assert ink[foot - 8 : foot + 8, round(right * 4) + 2 : round(right * 4) + 10].min() > 200  # beside its last sign
