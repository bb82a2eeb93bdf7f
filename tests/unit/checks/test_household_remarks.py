"""What the remarks of a first list say is asked for until the register has it."""

import pytest
import shapely

from geohazard_desktop.checks.repair import repair_of
from geohazard_desktop.checks.run import check
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def said(workspace: Workspace):
    def about(remark: str) -> list[str]:
        made = create_feature(
            workspace.definitions,
            "household",
            shapely.Point(36_400_000, 4_370_000),
            {"head": "严示例", "people": 2, "remark": remark},
        )
        workspace.apply(made)
        return [one.sentence for one in check(workspace) if one.rule == "household_remarks"]

    return about


def test_who_cannot_walk_by_the_remark_is_asked_for_until_a_member_is_entered(workspace, said):
    (sentence,) = said("老伴坐轮椅，须两人抬")
    assert "备注里写着“轮椅”、“抬”，登记里没有记谁走不动：现在卡、门贴和叫人名单先按备注印" in sentence
    (house,) = workspace.table("household")
    told = {"household": house.uid, "mobility": "卧床"}
    workspace.apply(create_feature(workspace.definitions, "household_member", None, told))
    assert [one for one in check(workspace) if one.rule == "household_remarks"] == []


def test_who_does_not_hear_by_his_own_remark_gets_it_into_the_register_by_the_repair(workspace, said):
    said("院里养狗")
    (house,) = workspace.table("household")
    for name, remark in (("严示例", "耳聋"), ("严小例", "")):
        row = {"household": house.uid, "name": name, "remark": remark}
        workspace.apply(create_feature(workspace.definitions, "household_member", None, row))
    (finding,) = [one for one in check(workspace) if one.rule == "household_remarks"]
    assert "只有叫人名单按备注印" in finding.sentence
    repair = repair_of(workspace, finding)
    assert repair is not None
    assert repair.price == "严示例：听不见"
    workspace.apply(repair.edit)
    assert {one.text("name"): one.text("hearing") for one in workspace.table("household_member")} == {
        "严示例": "听不见",
        "严小例": "",
    }
    assert [one for one in check(workspace) if one.rule == "household_remarks"] == []


def test_no_repair_says_of_a_member_what_may_be_of_another(workspace, said):
    assert "耳聋" in said("老伴耳聋")[0]
    (finding,) = [one for one in check(workspace) if one.rule == "household_remarks"]
    assert repair_of(workspace, finding) is None


def test_who_lives_there_no_more_by_the_remark_is_asked_about(workspace, said):
    (sentence,) = said("已搬到城里，房子空着")
    assert "备注里写着“已搬”、“搬到”、“房子空”，还算在户数、人数里" in sentence
    (house,) = workspace.table("household")
    workspace.apply(change_values(workspace.definitions, [house], {"moved_out_on": "2026-01-01"}))
    assert [one for one in check(workspace) if one.rule == "household_remarks"] == []


def test_other_remarks_are_no_fault(said):
    assert said("院里养狗，先喊人") == []
