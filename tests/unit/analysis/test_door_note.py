"""The first direction out of a door is taken from a note only where the note says for sure that one walks there."""

import pytest

from geohazard_desktop.analysis.door_note import first_side, says_leaving


@pytest.mark.parametrize(
    ("note", "side"),
    [
        ("出门向左到沟边小路", "左"),
        ("出门左转", "左"),
        ("出院门右拐，到水泥路", "右"),
        ("右手边走 20 米", "右"),
        ("出大门后往右，过小桥", "右"),
        ("走出院子，先向左走", "左"),
        ("向左沿墙根到大路", "左"),
        ("出院门向东，过小卖部右转到水泥路", "东"),
        ("出门往西北走到老榆树", "西北"),
        ("出门向南100米", "南"),
        ("出门\n向右", "右"),
    ],
)
def test_the_first_direction_of_a_note(note, side):
    assert first_side(note) == side


@pytest.mark.parametrize(
    "note",
    [
        "",
        "出院门走到南巷，再上路线",
        "穿过小巷到大路",
        "出门左边是水塔，向右走",
        "出门不要向左走",
        "出门向北巷走",
        "出门向东街走，再右转",
        "出门向左前方走",
        "出门右边的路塌了",
        "左邻家门口会合",
        "左转弯处是水塔",
        "出门左手边转角有井",
        "出门右行道树",
        "先到东头，再向左",
    ],
)
def test_where_a_note_is_not_sure_nothing_is_pointed_at(note):
    assert first_side(note) == ""


def test_a_note_that_leaves_the_house_by_itself_is_known():
    assert says_leaving("出门向左")
    assert says_leaving("走出院子")
    assert not says_leaving("向左")
    assert not says_leaving("穿过出口")
