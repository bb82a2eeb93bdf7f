"""One value as others write it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.exchange.coordinate_text import ordered, parse_degrees
from geohazard_desktop.exchange.units import parse_number
from geohazard_desktop.exchange.values import convert, match_word
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits.values import value_fault

GRADES = ["高易发区", "中易发区", "低易发区", "不发育区"]
TYPES = ["崩塌", "滑坡", "泥石流", "山洪泥石流", "地面塌陷", "地裂缝", "地面沉降", "不稳定斜坡"]


def of(kind: str, **words) -> FieldDefinition:
    return FieldDefinition("a", "甲", kind, **words)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-6-1", "2024-06-01"),
        ("2024年6月1日", "2024-06-01"),
        ("2024/06/01", "2024-06-01"),
        ("2024.6.1", "2024-06-01"),
        ("２０２４－６－１", "2024-06-01"),
        ("20240601", "2024-06-01"),
        (45444, "2024-06-01"),
        (45444.0, "2024-06-01"),
        ("45444", "2024-06-01"),
        ("2024-06-01 09:30:00", "2024-06-01"),
        ("2024-06-01T09:30:00", "2024-06-01"),
        (datetime.datetime(2024, 6, 1), "2024-06-01"),
        (datetime.date(2024, 6, 1), "2024-06-01"),
    ],
)
def test_dates(written, date):
    made = convert(of("date"), written)
    assert (made.value, made.fault) == (date, "")


@pytest.mark.parametrize("written", ["2024年6月", "2024-13-01", "2024-02-30", "去年", "6月1日", 3])
def test_what_is_no_whole_date_is_never_made_one(written):
    made = convert(of("date"), written)
    assert made.value is None
    assert "不是完整的日期" in made.fault


def test_a_moment_keeps_its_time():
    assert convert(of("datetime"), "2024年6月1日 9:30").value == "2024-06-01T09:30:00"


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("1,200", "m", 1200.0),
        ("１２００", "m", 1200.0),
        ("1200 米", "m", 1200.0),
        ("1.2km", "m", 1200.0),
        ("30亩", "m²", 20000.0),
        ("1.5公顷", "m²", 15000.0),
        ("1.2万立方米", "m³", 12000.0),
        ("1.2万m³", "m³", 12000.0),
        ("1.2万", "m³", 12000.0),
        ("80万元", "万元", 80.0),
        ("80万", "万元", 80.0),
        ("300000元", "万元", 30.0),
        ("-3.5e2", "", -350.0),
        (12, "人", 12.0),
    ],
)
def test_numbers(written, unit, value):
    made = convert(of("real", unit=unit), written)
    assert made.fault == ""
    assert made.value == pytest.approx(value)


@pytest.mark.parametrize("written", ["很多", "3-5", "30亩", "12.3.4", "三十", True])
def test_what_is_no_number_of_people_is_said(written):
    made = convert(of("integer", unit="人"), written)
    assert made.value is None
    assert "不是整数" in made.fault


def test_about_is_taken_and_said():
    made = convert(of("integer", unit="人"), "约300余人")
    assert made.value == 300
    assert "约300余人" in made.note
    assert parse_number("30多户", "户") == (30.0, False)


def test_a_number_out_of_range_is_refused():
    assert "不能大于" in convert(of("integer", unit="岁", maximum=130), "721岁").fault
    assert "不是整数" in convert(of("integer", unit="人"), 2.5).fault


@pytest.mark.parametrize(
    ("written", "year"), [("1952年3月", 1952), ("1952-03-08", 1952), ("195203", 1952), (1952, 1952)]
)
def test_a_year_of_birth_comes_from_a_date(written, year):
    assert convert(of("integer", unit="年"), written).value == year


@pytest.mark.parametrize(
    ("written", "values", "word"),
    [
        ("高", GRADES, "高易发区"),
        ("高易发", GRADES, "高易发区"),
        (" 中 易发区", GRADES, "中易发区"),
        ("Low", GRADES, "低易发区"),
        ("非易发区", GRADES, "不发育区"),
        ("塌陷", TYPES, "地面塌陷"),
        ("泥石流", TYPES, "泥石流"),
        ("小", ["小型", "中型", "大型", "特大型"], "小型"),
        ("男性", ["男", "女"], "男"),
        ("缓", ["正常", "缓行", "需搀扶", "卧床"], "缓行"),
        ("搀扶", ["正常", "缓行", "需搀扶", "卧床"], "需搀扶"),
    ],
)
def test_short_forms_mean_the_allowed_word(written, values, word):
    assert match_word(written, values) == word


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("易发区", GRADES),
        ("不正常", ["正常", "缓行", "需搀扶", "卧床"]),
        ("非在册", ["在册", "治理", "销号"]),
        ("稳定", ["活动", "趋于稳定", "已稳沉", "已治理"]),
        ("公告", ["拟划", "已划定", "已公告", "已撤销"]),
        ("山洪", TYPES),
    ],
)
def test_nothing_is_guessed_that_could_turn_the_meaning(written, values):
    assert match_word(written, values) is None


def test_lists_take_every_separator_and_say_what_is_unknown():
    field = of("list", values=("降雨", "采矿", "切坡"))
    assert convert(field, "降雨,采矿；切坡").value == "降雨、采矿、切坡"
    made = convert(field, "降雨、外星人")
    assert made.value == "降雨"
    assert "外星人" in made.fault


def test_yes_and_no():
    assert [convert(of("boolean"), one).value for one in ("是", "√", "Y", 1, "否", "无", 0, False)] == [True] * 4 + [
        False
    ] * 4
    assert "看不出" in convert(of("boolean"), "大概").fault


def test_telephones_stay_text():
    assert convert(of("text"), 13900000001.0).value == "13900000001"
    assert convert(of("text"), "139 0000 0001").value == "139 0000 0001"


def test_blanks_are_absent():
    assert [convert(of("text"), one).value for one in ("", "  ", "—", "/", None, float("nan"), "NULL")] == [None] * 7


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.text("0123456789.-年月日/ ,万元亩约m²³°′", max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.binary(max_size=4),
)
FIELDS = [
    of("text"),
    of("text", values=tuple(GRADES)),
    of("list", values=("降雨", "采矿")),
    of("integer", unit="人", minimum=0),
    of("integer", unit="年", minimum=1880, maximum=2100),
    of("real", unit="m²"),
    of("boolean"),
    of("date"),
    of("datetime"),
]


@given(st.sampled_from(FIELDS), ANYTHING)
def test_whatever_stands_in_a_cell_it_is_a_sound_value_or_a_sentence(field, raw):
    made = convert(field, raw)
    assert value_fault(field, made.value) is None
    assert not (made.fault and field.type != "list" and made.value is not None)


@given(ANYTHING)
def test_whatever_stands_for_a_coordinate_is_a_number_or_nothing(raw):
    number = parse_degrees(raw)
    assert number is None or isinstance(number, float)
    if number is not None:
        ordered(number, number)
        ordered(number, 39.5)
