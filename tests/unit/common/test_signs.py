from geohazard_desktop.common.signs import one_line, prints


def test_what_no_paper_can_show_is_known():
    assert [one for one in "字\x07\u202e\ud800\u2067\u200d\n" if prints(one)] == ["字", "\u200d"]


def test_a_name_of_several_lines_is_one_line():
    assert one_line("第一行\n第二行\t尾\u202e反\x07响") == "第一行 第二行 尾反响"
    assert one_line("东坡 1 号") == "东坡 1 号"
    assert one_line("\n") == " "
