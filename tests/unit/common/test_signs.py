from geohazard_desktop.common.signs import one_line, prints, unseen, without_unseen


def test_what_no_paper_can_show_is_known():
    assert [one for one in "字\x07\u202e\ud800\u2067\u200d\n" if prints(one)] == ["字", "\u200d"]


def test_what_nobody_sees_is_known_and_joiners_are_not_among_it():
    assert unseen("张\u202e示\u200b例\ufeff") == ["\u202e", "\u200b", "\ufeff"]
    assert without_unseen("张\u202e示\u200b例\ufeff") == "张示例"
    for whole in ("张示例", "两行\n文字", "🏃\u200d♂️", "ᠮᠣᠩᠭᠣᠯ\u180eᠠ", "张　示"):
        assert unseen(whole) == []
        assert without_unseen(whole) == whole


def test_a_name_of_several_lines_is_one_line():
    assert one_line("第一行\n第二行\t尾\u202e反\x07响") == "第一行 第二行 尾反响"
    assert one_line("东坡 1 号") == "东坡 1 号"
    assert one_line("\n") == " "
