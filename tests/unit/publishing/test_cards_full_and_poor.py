"""What the register has much of, and what it lacks, keeps its place on the cards."""

import pypdfium2
import pytest
from notice_village import PHONES, add, build, change, flat, only, pages_of, smallest

from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.form_fields import LINE

# As the official forms word them.
WORK_LABELS = (
    "编号 灾害基本情况 灾害位置 灾害类型 灾害规模 诱发因素 威胁对象 监测预报 监测负责人 联系电话 监测的主要迹象 "
    "监测的主要手段和方法 临灾预报的判据 应急避险撤离 预定避灾地点 预定报警信号 预定疏散路线 疏散命令发布人 值班电话 "
    "抢险、排险 治安保卫 医疗救护 单位 负责人 本卡发放单位（盖章） 持卡单位或个人 日期"
)
HOUSEHOLD_LABELS = (
    "编号 户主姓名 家庭人数 房屋类别 家庭住址 家庭成员情况 姓名 性别 年龄 灾害基本情况 灾害类型 灾害规模 "
    "灾害体与本住户的位置关系 灾害诱发因素 本住户注意事项 监测与预警 监测人 联系电话 预警信号 预警信号发布人 "
    "撤离与安置 撤离路线 安置单位 地点 负责人 救护单位 本卡发放单位（盖章） 户主签名 日期"
)


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_the_work_card_names_people_and_property_that_the_words_do_not(village, tmp_path):
    """It has no cells of its own for them, as the plan table has."""
    change(
        village,
        only(village, "hazard_point"),
        threatened_objects="便道",
        threatened_people=112,
        threatened_property_wan=2825.5,
    )

    def threatened(folder: str) -> str:
        (card,) = publish_cards(village, tmp_path / folder, kind="work").files
        assert smallest(card, "990101040001") >= 9
        page = flat(pages_of(card)[0])
        assert [one for one in WORK_LABELS.split() if one not in page] == []
        return page.partition("威胁对象")[2].partition("监测负责人")[0]

    assert threatened("都写").endswith("；共112人，财产2825.5万元")
    change(village, only(village, "hazard_point"), threatened_objects="住户和厂区 112 人", threatened_property_wan=None)
    assert "共112人" not in threatened("写过")
    assert "财产" not in threatened("又")
    change(village, only(village, "hazard_point"), threatened_objects="住户和厂区 1112 人")
    assert threatened("别的数").endswith("；共112人")


def test_lines_to_write_on_stay_in_their_cell_and_whole(village, tmp_path):
    """Two shelters of which nothing is known: what is to be written by hand is no reason for a further sheet."""
    (zone,) = village.table("danger_zone")
    (route,) = village.table("evacuation_route")
    change(village, only(village, "shelter"), name="五虎山社区广场", contact="李示例", phone=PHONES[0])
    poor = add(village, "shelter", only(village, "shelter").geometry, name="五虎山街道文化站院子")
    add(village, "evacuation_route", route.geometry, number="2", danger_zone=zone.uid, shelter=poor.uid)
    (card,) = publish_cards(village, tmp_path, kind="work").files
    with pypdfium2.PdfDocument(card) as document:
        (page,) = [one.get_textpage().get_text_range() for one in document]
    assert page.count(LINE) == 3  # room, keeper, telephone; a line broken in two would be found in parts


def test_who_finds_no_row_on_the_front_is_announced_there(village, tmp_path):
    house = only(village, "household")
    change(village, house, people=12)
    for number in range(12):
        mobility = "缓行" if number in (0, 11) else "正常"
        add(village, "household_member", household=house.uid, name=f"赵{number:02d}例", sex="女", mobility=mobility)
    (card,) = publish_cards(village, tmp_path, kind="household").files
    front, _back, more = map(flat, pages_of(card))
    assert [one for one in HOUSEHOLD_LABELS.split() if one not in front] == []
    assert "12人另2人见续页" in front
    assert min(smallest(card, words) for words in ("另2人见续页", "缓行")) >= 9
    assert "赵10例女正常" in more
    assert "赵11例女缓行" in more
