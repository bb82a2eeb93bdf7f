"""Which column goes into which field."""

import pytest

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.mapping import base_and_unit, match_fields
from geohazard_desktop.workspace.definition import read_definitions

LAYERS = read_definitions()


def match(layer: str, *headings: str, values=("1",), **words) -> dict[str, str]:
    found = match_fields(LAYERS[layer], {one: list(values) for one in headings}, "甲.shp", **words)
    return {one.field.name: one.source for one in found.matches}


def test_by_name_title_and_alias():
    assert match("susceptibility_zone", "CLASS") == {"class": "CLASS"}
    assert match("susceptibility_zone", "易发程度") == {"class": "易发程度"}
    assert match("susceptibility_zone", "易发性等级", "主要灾种") == {"class": "易发性等级", "hazard_types": "主要灾种"}
    assert match("hazard_point", " 灾害 类型 * ", "威胁人口（人）") == {
        "hazard_type": " 灾害 类型 * ",
        "threatened_people": "威胁人口（人）",
    }


def test_a_helper_comes_with_the_telephone_beside_it():
    """A telephone alone would stand on a card as that of somebody nobody knows."""
    pairs = [("转移帮扶人", "转移帮扶人电话"), ("帮扶人", "帮扶人电话"), ("转移责任人", "转移责任人电话")]
    for person, phone in [*pairs, ("包户转移人", "包户转移人电话"), ("转移包保人", "转移包保人电话")]:
        assert match("household", person, phone) == {"helper": person, "helper_phone": phone}


def test_the_better_name_wins():
    assert match("household", "姓名", "户主")["head"] == "户主"


def test_of_a_name_in_two_languages_the_chinese_one_is_taken_and_its_gaps_are_told():
    columns = {"name": ["Wuhai", "Shizuishan", "Huang"], "name_zh": ["乌海", "", "黄河"], "name_en": ["a", "b", "c"]}
    found = match_fields(LAYERS["place"], columns, "甲.gpkg")
    assert [(one.field.name, one.source) for one in found.matches] == [("name", "name_zh")]
    assert [one.sentence for one in found.evidence if one.doubt] == [
        "“名称”取中文的“name_zh”列，那里有 1 个空着，“name”列里有。请核对，或改选“name”。"
    ]
    assert set(found.unused) == {"name", "name_en"}
    same = match_fields(LAYERS["place"], {"name": ["乌海"], "name_zh": ["乌海"]}, "甲.gpkg")
    assert [one.source for one in same.matches] == ["name"]


def test_names_that_dbf_cut_to_ten_bytes():
    # GBK: five hanzi. UTF-8: three hanzi and a torn one, which is dropped.
    assert match("hazard_point", "地质灾害类", cut_names=True) == {"hazard_type": "地质灾害类"}
    assert match("household", "evacuation", cut_names=True) == {"evacuation_route": "evacuation"}
    assert match("hazard_point", "地质灾害类") == {}


def test_a_cut_name_that_fits_several_fields_is_not_guessed():
    assert match("hazard_point", "threatened", cut_names=True) == {}


def test_units_in_headings():
    assert base_and_unit("威胁财产（万元）") == ("威胁财产", "万元")
    assert base_and_unit("采深_m") == ("采深", "m")
    assert base_and_unit("X（北）") == ("x", "")
    found = match_fields(LAYERS["hazard_point"], {"面积（亩）": [3]}, "甲.shp")
    assert found.matches[0].field.name == "area_m2"
    assert found.matches[0].scale == pytest.approx(2000 / 3)
    assert any("换算成 m²" in one.sentence for one in found.evidence)


def test_a_heading_in_another_measure_is_no_match():
    assert match("hazard_point", "体积（万元）") == {}


def test_table_name_in_front():
    assert match("district", "district_name", "district_adcode", "province_name") == {
        "name": "district_name",
        "code": "district_adcode",
    }


def test_what_is_asked_wins_and_titles_are_understood():
    found = match("susceptibility_zone", "易发程度", "等级2024", mapping={"易发程度": "等级2024"})
    assert found == {"class": "等级2024"}


def test_asking_for_what_is_not_there_is_refused_with_what_is():
    with pytest.raises(ImportRefused, match=r"没有字段 grade.*class（易发程度）"):
        match("susceptibility_zone", "易发程度", mapping={"grade": "易发程度"})
    with pytest.raises(ImportRefused, match=r"甲\.shp 里没有“等级”这一列.*易发程度"):
        match("susceptibility_zone", "易发程度", mapping={"class": "等级"})


def test_a_constant_names_its_field_without_brackets_too():
    found = match_fields(LAYERS["household"], {"a": [1]}, "甲.csv", constants={"街道": "示例街道", "社区": "示例社区"})
    assert found.constants == {"subdistrict": "示例街道", "community": "示例社区"}


def test_constants_are_checked():
    found = match_fields(LAYERS["susceptibility_zone"], {"a": [1]}, "甲.shp", constants={"class": "中"})
    assert found.constants == {"class": "中易发区"}
    with pytest.raises(ImportRefused, match=r"极高.*高易发区"):
        match_fields(LAYERS["susceptibility_zone"], {"a": [1]}, "甲.shp", constants={"class": "极高"})


def test_row_numbers_of_software_are_no_numbers_for_people():
    assert match("danger_zone", "Id", values=(1, 2, 3)) == {}
    assert match("danger_zone", "编号", values=("A1", "A1", "A1")) == {}
    assert match("danger_zone", "编号", values=("A1", "A2", "A3")) == {"id": "编号"}
    assert match("danger_zone", "Id", values=(1, 2), mapping={"id": "Id"}) == {"id": "Id"}


def test_unused_columns_are_told():
    found = match_fields(LAYERS["river"], {"名称": ["a"], "备用": ["b"], "空列": [None]}, "甲.shp")
    assert found.unused == ["备用"]


def test_the_things_name_in_front():
    assert match("hazard_point", "隐患点名称", "隐患点编号") == {"name": "隐患点名称", "unified_code": "隐患点编号"}
    assert match("shelter", "安置点名称", "避险安置点编号", values=("A1",)) == {
        "name": "安置点名称",
        "id": "避险安置点编号",
    }
