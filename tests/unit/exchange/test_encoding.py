"""Which encoding a text is in, and why."""

import pytest

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.encoding import choose, unscrambled

WORDS = ["乌尔特河", "示例煤矿", "趋于稳定", "东岸第三示例"]
GBK = [one.encode("gbk") for one in WORDS]
UTF8 = [one.encode() for one in WORDS]


def test_gbk_without_a_word_about_it():
    found = choose(GBK, [], None, "甲.shp")
    assert found.title == "GBK"
    assert "没有写明编码" in found.sentence
    assert "4 处汉字" in found.sentence
    assert "坏字" in found.sentence


def test_a_wrong_cpg_is_not_believed():
    found = choose(GBK, [("UTF-8", ".cpg 文件")], None, "甲.shp")
    assert found.title == "GBK"
    assert ".cpg 文件写的是 UTF-8" in found.sentence


def test_latin_says_nothing_about_hanzi():
    assert choose(UTF8, [("ISO-8859-1", ".cpg 文件")], None, "甲.shp").title == "UTF-8"
    assert choose(GBK, [("cp1252", "属性表头")], None, "甲.shp").title == "GBK"


@pytest.mark.parametrize("word", ["936", "GBK", "gb2312", "ANSI 936", "OEM 936", "cp936"])
def test_a_right_cpg_is_believed_in_every_spelling(word):
    assert choose(GBK, [(word, ".cpg 文件")], None, "甲.shp").title == "GBK"


def test_rare_characters_need_gb18030():
    assert choose([*GBK, "𠮷示例".encode("gb18030")], [], None, "甲.csv").title == "GB18030"


def test_ascii_is_any_encoding():
    assert "英文和数字" in choose([b"abc"], [], None, "甲.csv").sentence


def test_a_character_cut_by_a_full_field_is_no_fault():
    cut = "示例煤矿采空塌陷区".encode()[:-1]
    assert choose([*UTF8, cut], [], None, "甲.shp").title == "UTF-8"


def test_what_the_user_asks_for_is_tried_and_refused_where_it_does_not_fit():
    assert choose(GBK, [], "gbk", "甲.csv").title == "GBK"
    with pytest.raises(ImportRefused, match=r"甲\.csv 按 utf-8 读有 \d 处坏字"):
        choose(GBK, [], "utf-8", "甲.csv")
    with pytest.raises(ImportRefused, match="不认识编码"):
        choose(GBK, [], "火星文", "甲.csv")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ImportRefused, match="看不出是哪种编码"):
        choose([b"\xff\xfe\xfd\x80\x81\xff" * 3], [], None, "甲.csv")


@pytest.mark.parametrize(
    "broken",
    [
        [one.encode("gbk").decode("latin-1") for one in WORDS],
        [one.encode().decode("latin-1") for one in WORDS],
        [one.encode().decode("gb18030") for one in ["乌海示例", "矿山示例"]],
    ],
)
def test_mojibake_is_undone(broken):
    found = unscrambled(broken)
    assert found is not None
    assert found[0][0] in ("乌尔特河", "乌海示例")


@pytest.mark.parametrize("sound", [WORDS, ["Wuhai", "abc"], ["Café", "Zürich"], ["𠮷示例", "囍"], []])
def test_sound_text_is_left_alone(sound):
    assert unscrambled(sound) is None
