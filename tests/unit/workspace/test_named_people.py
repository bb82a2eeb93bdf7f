"""Names of people are found in texts as names: not within the name of a road, nor within another word."""

import pytest

from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.named_people import NamedPeople, names_of, people_of

COMMON = ("id", "source", "remark")  # of every layer; in a layer that is personal as a whole they are too
PEOPLE = NamedPeople(
    [
        "王示例（户主）、李示例",
        "高山",
        "安康",
        "胡杨林",
        "阿拉坦·其木格",
        "Alice Wang",
        "𠮷示例",
        "ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ",
        "村委会",
        "待定",
    ],
    ["4733000001", "13900000001"],
    ["安康社区", "胜利街道"],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王示例家门口", ["王示例"]),
        ("从 王 示 例、李示例 两家之间过", ["王示例", "李示例"]),
        ("王\u200b示例门口", ["王示例"]),
        ("由高山负责", ["高山"]),
        ("到高山家", ["高山"]),
        ("高山", ["高山"]),
        ("𠮷示例家", ["𠮷示例"]),
        ("阿拉坦其木格家", ["阿拉坦其木格"]),
        ("阿拉坦•其木格家", ["阿拉坦·其木格"]),
        ("alice  WANG 的门口", ["alice wang"]),
        ("ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ ᠭᠡᠷ", ["ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ"]),
        ("高山路口", []),
        ("翻过两座高山地带", []),
        ("安康社区门口", []),
        ("胡杨林路东口", []),
        ("村委会门口，人待定", []),
        ("王家庄", []),
        ("malice wangs", []),
        ("", []),
    ],
)
def test_names_in_a_text(text, names):
    assert PEOPLE.names_in(text) == names


def test_numbers_are_known_by_their_digits():
    assert PEOPLE.numbers_in("找 139-0000 0001，或 0473-3000001") == ["139-0000 0001"]
    assert NamedPeople([], ["04733000001"]).numbers_in("打（０４７３）３００－０００１") == []  # brackets part numbers
    assert NamedPeople([], ["04733000001"]).numbers_in("打０４７３－３００ ０００１") == ["0473-300 0001"]


def test_what_a_field_for_names_holds():
    assert names_of("张示例(长子)/李 示") == ["张示例", "李示"]
    assert names_of("王建会") == ["王建会"]
    assert names_of("街道值班室") == names_of("电力公司") == names_of("1 号楼") == []
    assert names_of("#panic(1) <script>") == names_of("x = y") == []
    assert names_of("J. O'Neil-Example") == ["J O Neil Example"]
    assert names_of("说明写在后面的那一栏里了") == []
    assert names_of("赵示例家") == ["赵示例"]


def test_people_of_a_workspace_are_those_of_now(workspace):
    edit = create_feature(workspace.definitions, "household_member", None, {"name": "周示例"})
    workspace.apply(edit)
    assert people_of(workspace).names_in("周示例家门口") == ["周示例"]
    workspace.undo()
    assert not people_of(workspace).names_in("周示例家门口")


def test_every_personal_text_is_known_as_a_name_or_as_none():
    listed = read_rules("people.toml").table("names")
    known = {*listed.texts("fields"), *listed.texts("others")}
    found = {
        f"{layer.table}.{field.name}"
        for layer in read_definitions().values()
        for field in layer.fields
        if field.name not in COMMON
        and layer.is_personal(field.name)
        and field.type in ("text", "list")
        and field.role != "phone"
    }
    assert found <= known
