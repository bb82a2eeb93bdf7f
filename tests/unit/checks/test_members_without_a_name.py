"""Somebody of whom a list said only how they walk counts, and the check asks who it is."""

import shapely

from geohazard_desktop.checks.run import check
from geohazard_desktop.workspace.edits import create_feature


def test_a_member_without_a_name_is_asked_about(workspace):
    for layer, geometry, values in (
        ("household", shapely.Point(36_400_000, 4_370_000), {"head": "严示例", "people": 2}),
        ("household_member", None, {"mobility": "卧床"}),
    ):
        house = workspace.table("household").uids
        told = {"household": house[0]} if house else {}
        workspace.apply(create_feature(workspace.definitions, layer, geometry, {**values, **told}))
    (found,) = [one for one in check(workspace) if one.rule == "household_members"]
    assert "有 1 名家庭成员没有姓名（卧床），请问清是谁" in found.sentence
