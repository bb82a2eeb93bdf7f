import dataclasses
import json
import math
from datetime import date
from itertools import pairwise

import pytest

from geohazard_desktop.publishing.cards.forms import (
    PERSON_ROWS,
    HouseholdBack,
    HouseholdCard,
    Member,
    Team,
    WorkCard,
    cards_data,
)
from geohazard_desktop.publishing.form_fields import Emphasised, Issue, texts_in
from geohazard_desktop.publishing.sheets.map_forms import MapSheet, MapWay


def labels(form: type) -> set[str]:
    return {one.metadata["label"] for one in dataclasses.fields(form) if one.metadata}


# The official field lists, group by group.
WORK_LABELS = (
    "街道（镇） 社区（村） 组 编号 灾害位置 灾害类型 灾害规模 诱发因素 威胁对象 监测负责人 监测负责人联系电话 "
    "监测的主要迹象 监测的主要手段和方法 临灾预报的判据 预定避灾地点 预定报警信号 预定疏散路线 疏散命令发布人 "
    "疏散值班电话 本卡发放单位 发放单位负责人 发放单位联系电话 发放日期 持卡单位或个人 持卡人联系电话 持卡日期"
)
HOUSEHOLD_LABELS = (
    "街道（镇） 社区（村） 编号 户主姓名 家庭人数 房屋类别 家庭住址 家庭成员情况 灾害类型 灾害规模 "
    "灾害体与本住户的位置关系 灾害诱发因素 本住户注意事项 监测人 监测人联系电话 预警信号 预警信号发布人 "
    "预警信号发布人联系电话 撤离路线 安置单位地点 安置单位负责人 安置单位联系电话 救护单位 救护单位负责人 "
    "救护单位联系电话 本卡发放单位 发放单位负责人 发放单位联系电话 户主联系电话 签收日期"
)


def test_every_label_of_the_official_forms_is_a_field():
    assert set(WORK_LABELS.split()) <= labels(WorkCard)
    assert set(HOUSEHOLD_LABELS.split()) <= labels(HouseholdCard)
    assert labels(Member) == {"姓名", "性别", "年龄", "行动能力"}
    assert labels(Team) == {"单位", "负责人", "值班电话"}
    assert PERSON_ROWS == 10


def test_an_empty_form_invents_nothing():
    for form in (WorkCard(), HouseholdCard(back=HouseholdBack()), MapSheet()):
        said = [text for _path, text in texts_in(form.to_json())]
        assert set(said) <= {"internal", "top-left", "bottom"}  # a choice of layout, nothing of the world


def test_missing_values_are_named_and_quiet_ones_are_not():
    card = WorkCard(hazard_type="崩塌", rescue=Team(unit="消防救援大队"))
    empty = card.empty_labels()
    assert "灾害类型" not in empty
    assert "灾害位置" in empty
    assert "抢险、排险负责人" in empty
    assert "抢险、排险单位" not in empty
    assert "持卡日期" not in empty  # written by hand when the card is handed over
    assert "撤离路线图" in HouseholdCard(back=HouseholdBack()).empty_labels()
    assert "撤离路线图" not in HouseholdCard().empty_labels()


def test_personal_fields_are_marked():
    assert {"monitoring_lead", "monitoring_phone", "order_giver", "holder"} <= set(WorkCard.personal_fields())
    assert {"head", "address", "members", "head_phone"} <= set(HouseholdCard.personal_fields())
    assert Issue.personal_fields() == []
    assert "warning_signal" not in HouseholdCard.personal_fields()


def test_data_are_json_with_text_as_written():
    name = "#strong $x$ \\u{41} <script> 𠮷㐂"
    data = cards_data([HouseholdCard(head=name, people=0, members=(Member(name="李示例", age=0),))])
    again = json.loads(json.dumps(data, ensure_ascii=False))["cards"][0]
    assert again["head"] == name
    assert again["people"] == 0  # nobody lives there: that is a value, not a gap
    assert again["members"][0] == {"name": "李示例", "sex": None, "age": 0, "mobility": None}
    assert again["address"] is None


def test_dates_are_written_in_words():
    assert WorkCard(issued_on=date(2026, 11, 2)).to_json()["issued_on"] == "2026 年 11 月 2 日"
    assert WorkCard(issued_on="").to_json()["issued_on"] is None


def test_emphasised_words_keep_the_text():
    words = Emphasised("走 220 米到卫生室，再到卫生室东门", ("卫生室", "卫生室东门", ""))
    runs = words.runs()
    assert "".join(run["t"] for run in runs) == words.text
    assert [run["t"] for run in runs if run["b"]] == ["卫生室", "卫生室东门"]
    assert Emphasised("").runs() == []


def test_an_unknown_kind_of_value_is_refused():
    with pytest.raises(TypeError, match="object"):
        HouseholdCard(head=object()).to_json()


def test_a_way_stops_short_of_the_shelter_and_points_along_itself():
    way = MapWay(kind="route", points=((0, 0), (50, 0), (50, 60)), width_mm=2.6, stop_short_mm=3.7).to_json()
    tip = way["head"][0]
    assert tip == pytest.approx([50, 60 - 3.7])
    assert way["line"][0] == [0, 0]
    assert way["line"][-1][1] < tip[1]
    first, last = way["chevrons"][0], way["chevrons"][-1]
    assert first[1][0] > first[0][0]  # to the right, then down
    assert last[1][1] > last[0][1]
    places = [chevron[1] for chevron in way["chevrons"]]
    assert all(math.dist(one, two) < 18 for one, two in pairwise(places))


def test_a_very_short_way_has_no_head_but_a_line():
    way = MapWay(kind="route", points=((10, 10), (10, 10), (12, 10)), stop_short_mm=3.7).to_json()
    assert way["head"] is None
    assert way["line"] == [[10, 10], [12, 10]]
    door = MapWay(kind="door", points=((1, 1), (30, 1))).to_json()
    assert door["chevrons"] == []
    assert door["line"][-1] == [30, 1]


def test_a_way_of_one_place_is_only_a_point():
    way = MapWay(kind="route", points=((10, 10), (10, 10))).to_json()
    assert way["line"] == [[10, 10]]
    assert way["head"] is None
