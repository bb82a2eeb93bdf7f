"""A district is data: the shipped one, and any other office's file."""

import pytest

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.domain.district import District, Setting, available_districts, place_in, read_district
from geohazard_desktop.workspace.workspace import Workspace

FACTS = {
    "district.name": "示例旗",
    "district.code": "990102",
    "district.prefix": "SLQ",
    "district.parent": "示例盟",
    "district.epsg": 4513,
    "office.name": "示例旗自然资源局",
    "duty.phone": "",
    "season.start": "11-15",
    "season.end": "03-31",
    "share.高易发区": 12.5,
    "administrative.units": ["东镇", "西苏木"],
}


def toml(facts: dict[str, object], source: str = "测试") -> str:
    lines = []
    for key, value in facts.items():
        shown = value if isinstance(value, int | float | list) else f'"{value}"'
        lines.append(f'[[setting]]\nkey = "{key}"\ntitle = "{key}"\nvalue = {shown}\nsource = "{source}"\n')
    return "\n".join(lines).replace("'", '"')


@pytest.fixture
def write(tmp_path):
    def written(text: str, encoding: str = "utf-8"):
        path = tmp_path / "示例旗.toml"
        path.write_text(text, encoding=encoding)
        return path

    return written


def test_the_shipped_district_holds_the_facts_of_its_plan():
    district = read_district("150304")
    assert (district.name, district.code, district.prefix, district.epsg) == ("乌达区", "150304", "WD", 4524)
    assert district.text("duty.phone") == "0473-3666525"
    assert district.shares == {"中易发区": 22.73, "低易发区": 3.12, "不发育区": 74.15}
    assert sum(district.shares.values()) == pytest.approx(100.0)
    assert len(district.units) == 8
    assert sum(name.endswith("镇") for name in district.units) == 1
    assert (district.text("season.start"), district.text("season.end")) == ("06-01", "10-31")


def test_the_shipped_district_says_where_it_lies(write):
    longitude, latitude = place_in(read_district("150304").text("district.place"))
    assert 106.6 < longitude < 106.8
    assert 39.43 < latitude < 39.64
    assert place_in("") is None
    with pytest.raises(DefinitionInvalid, match="东经和北纬"):
        read_district(write(toml({**FACTS, "district.place": "乌达"})))


def test_what_no_source_gives_stays_empty():
    district = read_district("150304")
    assert district.text("signal.text") == ""
    assert district.text("review.number") == ""
    assert all(setting.source for setting in district.settings.values())


def test_one_shipped_district_is_the_default_and_the_template_is_none():
    assert available_districts() == [("150304", "乌达区")]
    assert read_district() == read_district("150304")


def test_the_template_is_a_valid_file_with_every_key_of_the_shipped_one():
    template = read_district(resource("districts", "template.toml"))
    shipped = read_district("150304")
    plain = {key for key in shipped.settings if not key.startswith("share.")}
    assert plain <= set(template.settings)
    assert template.name == "示例区"


def test_another_districts_file_makes_a_workspace_by_its_data_alone(write, tmp_path):
    district = read_district(write(toml(FACTS)))
    assert district.units == ("东镇", "西苏木")
    with Workspace.create(tmp_path / "示例旗.gpkg", district) as ws:
        assert ws.epsg == 4513
        assert ws.setting("district.name") == "示例旗"
        assert ws.setting("share.高易发区") == "12.5"
        assert ws.next_number("danger_zone") == "SLQ-W-0001"


def test_a_file_with_a_byte_order_mark_from_windows_is_read(write):
    assert read_district(write(toml(FACTS), "utf-8-sig")).name == "示例旗"


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("district.code", "15030", "六位数字"),
        ("district.prefix", "wd", "大写字母"),
        ("district.epsg", "高斯", "四到六位数字"),
        ("season.start", "6月1日", "06-01"),
        ("season.end", "13-01", "10-31"),
        ("share.高易发区", "很多", "百分数"),
        ("administrative.units", "东镇、西镇", "一列名称"),
        ("duty.phone", [1, 2], "文字或数字"),
        ("district.name", "", "必须有"),
    ],
)
def test_a_wrong_value_is_refused_with_file_and_key(write, key, value, part):
    with pytest.raises(DefinitionInvalid) as refused:
        read_district(write(toml({**FACTS, key: value})))
    assert "示例旗.toml" in refused.value.sentence
    assert key in refused.value.sentence
    assert part in refused.value.sentence
    assert refused.value.remedy.endswith("。")


@pytest.mark.parametrize("key", ["district.name", "district.code", "district.prefix", "district.epsg"])
def test_a_missing_fact_is_refused(write, key):
    with pytest.raises(DefinitionInvalid, match=key):
        read_district(write(toml({name: value for name, value in FACTS.items() if name != key})))


def test_a_fact_without_source_or_given_twice_is_refused(write):
    with pytest.raises(DefinitionInvalid, match="source"):
        read_district(write(toml(FACTS, source="")))
    with pytest.raises(DefinitionInvalid, match="写了两次"):
        read_district(write(toml(FACTS) + toml({"duty.phone": "1"})))
    with pytest.raises(DefinitionInvalid, match="value"):
        read_district(write('[[setting]]\nkey = "a"\ntitle = "b"\nsource = "c"\n'))
    with pytest.raises(DefinitionInvalid, match=r"\[\[setting\]\]"):
        read_district(write('[setting]\nkey = "a"\n'))


def test_an_unreadable_or_unknown_file_is_refused_with_a_remedy(write, tmp_path):
    with pytest.raises(DefinitionInvalid, match="读不懂"):
        read_district(write("district = 乌达"))
    with pytest.raises(DefinitionInvalid, match="UTF-8"):
        read_district(write(toml(FACTS), "gbk"))
    for unknown in ("999999", tmp_path / "没有.toml"):
        with pytest.raises(DefinitionInvalid) as refused:
            read_district(unknown)
        assert "150304 乌达区" in refused.value.remedy
    folder = tmp_path / "夹.toml"
    folder.mkdir()
    with pytest.raises(DefinitionInvalid, match="打不开"):
        read_district(folder)


def test_a_district_of_few_facts_says_nothing_it_does_not_know():
    district = District({"district.name": Setting("district.name", "名", "甲区", "测试")})
    assert district.parent == ""
    assert district.units == ()
    assert district.shares == {}
