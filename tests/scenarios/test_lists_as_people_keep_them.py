"""A list as a street's secretary keeps it becomes a register of people at the window, and nothing of it is lost."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from geohazard_desktop.desktop.imports.dialog import ImportDialog

pytestmark = pytest.mark.window


def opened(hands: Hands, source: Path, layer: str = "household") -> ImportDialog:
    dialog = ImportDialog(hands.window, hands.window.session, source, layer)
    dialog.show()
    until(lambda: not dialog.busy, "the file read")
    return dialog


def listed(path: Path, heading: str, *rows: str) -> Path:
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


def choose(dialog: ImportDialog, box: QComboBox, text: str) -> None:
    """With the keys of a hand that walks down the list."""
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _step in range(box.count()):
        if box.currentText() == text:
            break
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text
    until(lambda: not dialog.busy, "the list judged anew")


def sentences(dialog: ImportDialog) -> list[str]:
    return [dialog.problems.item(one).text() for one in range(dialog.problems.count())]


def store(dialog: ImportDialog) -> None:
    until(dialog.go_button.isEnabled, "the promise")
    QTest.mouseClick(dialog.go_button, LEFT)
    until(lambda: not dialog.isVisible(), "the import")


def test_who_cannot_walk_in_a_family_is_kept_and_whose_it_is_may_be_said(hands: Hands, work: Path, tmp_path: Path):
    (east, north), (far, _north) = at(2100, 400), at(2200, 400)
    unknown = [f"ONLY_IN_THIS_LIST_{number}" for number in range(9)]  # what a file of CAD or GIS brings
    rows = [f"严示例,2,{east},{north},轮椅,1", f"姜示例,3,{far},{north},需搀扶,2"]
    head = ",".join(["户主姓名,家庭人口,X,Y,行动能力,喜好", *unknown])
    dialog = opened(hands, listed(tmp_path / "沟口.csv", head, *(one + ",1" * len(unknown) for one in rows)))
    assert dialog.target.currentText() == "住户"  # though 行动能力 is of its members
    assert dialog.whose.isVisible()
    assert "2 户不止一个人" in dialog.whose.words.text()
    assert "没有用到的列 11 个：行动能力、喜好" in dialog._fields_title.text()
    assert dialog._fields_title.width() < dialog.width() * 0.6, "long names leave the columns in sight"
    choose(dialog, dialog.meanings.boxes["轮椅"], "卧床")
    assert sum("户里有一人" in one and "没写是谁" in one for one in sentences(dialog)) == 2
    choose(dialog, dialog.whose.way, "户主的")
    assert not any("没写是谁" in one for one in sentences(dialog))
    choose(dialog, dialog.whose.way, "户里的一个人，是谁以后再填（记成没有姓名的家庭成员）")
    store(dialog)
    assert [(one["name"], one["mobility"]) for one in on_disk(work, "household_member")] == [
        (None, "卧床"),
        (None, "需搀扶"),
    ]


def test_a_list_of_a_street_without_coordinates_says_so_and_comes_in(hands: Hands, work: Path, tmp_path: Path):
    known = len(on_disk(work, "household"))
    rows = ["甲示例,139 0000 0011,2,红旗村1号", "乙示例,139 0000 0012,3,红旗村2号"]
    dialog = opened(hands, listed(tmp_path / "街道.csv", "户主,联系电话,人口,住址", *rows), "danger_zone")
    assert dialog.target.currentText() == "住户"
    assert "“住户”：2 个（2 户没有位置）" in dialog.promise.text()
    assert any("放到地图上" in one.text() for one in dialog.evidence.findChildren(QLabel))
    store(dialog)
    new = on_disk(work, "household")[known:]
    assert [(one["head"], one.geometry) for one in new] == [("甲示例", None), ("乙示例", None)]


def test_what_a_remark_means_is_asked_and_stands_in_the_register(hands: Hands, work: Path, tmp_path: Path):
    (east, north), (far, _north), (last, _north) = at(2100, 400), at(2200, 400), at(2300, 400)
    rows = [
        f"严示例,1,{east},{north},独居，聋哑",
        f"姜示例,3,{far},{north},夜班，晚上没人",
        f"戚示例,2,{last},{north},夜班",
    ]
    dialog = opened(hands, listed(tmp_path / "沟口.csv", "户主姓名,家庭人口,X,Y,备注", *rows))
    (deaf, night) = dialog.meanings.boxes
    assert dialog.meanings.boxes[night].isVisible()
    assert not any(box.currentData() for box in dialog.meanings.boxes.values())  # nothing is chosen for anybody
    choose(dialog, dialog.meanings.boxes[deaf], "听不见（多半是这个）")
    choose(dialog, dialog.meanings.boxes[night], "夜里没人（多半是这个）")
    store(dialog)
    heads = {one.uid: one["head"] for one in on_disk(work, "household")}
    assert {one["head"]: one["at_home"] for one in on_disk(work, "household") if one["at_home"]} == {
        "姜示例": "夜里没人",
        "戚示例": "夜里没人",
    }
    (member,) = on_disk(work, "household_member")
    assert (heads[member["household"]], member["name"], member["hearing"]) == ("严示例", "严示例", "听不见")


def test_who_is_called_as_a_household_there_is_asked_about_before_anything_comes_in(
    hands: Hands, work: Path, tmp_path: Path
):
    (east, north), (far, _north) = at(2100, 400), at(2400, 400)
    first = ["甲示例,139 0000 0011,2,{},{}", "乙示例,139 0000 0012,3,{},{}"]
    rows = [one.format(east + 30 * number, north) for number, one in enumerate(first)]
    store(opened(hands, listed(tmp_path / "一.csv", "户主,联系电话,人口,X,Y", *rows)))
    known = len(on_disk(work, "household"))
    again = [f"甲示例,4,{east + 20},{north}", f"乙示例,1,{far},{north}"]
    dialog = opened(hands, listed(tmp_path / "二.csv", "户主,人口,X,Y", *again))
    assert dialog.namesakes.isVisible()
    assert dialog.namesakes.words.text() == "同名 2 户：是登记里的那一户吗（还有 2 户没有选）"
    assert "同名 2 户是不是登记里的那一户" in dialog.promise.text()
    assert not dialog.go_button.isEnabled()
    choose(dialog, dialog.namesakes.boxes["第 2 行（甲示例）"], "是同一户，更新登记里的")
    assert not dialog.go_button.isEnabled()
    choose(dialog, dialog.namesakes.boxes["第 3 行（乙示例）"], "另一户，添加")
    assert dialog.go_button.text() == "导入 1 个，更新 1 个"
    choose(dialog, dialog.namesakes.all, "都不导入")
    assert not dialog.go_button.isEnabled(), "there would be nothing to import"
    choose(dialog, dialog.namesakes.all, "都是同一户，更新登记里的")
    store(dialog)
    found = {one["head"]: one for one in on_disk(work, "household")}
    assert len(on_disk(work, "household")) == known
    assert (found["甲示例"]["people"], found["甲示例"]["phone"]) == (4, "139 0000 0011")
    assert found["乙示例"]["people"] == 1
