"""A copy for others: no history, no personal value in any byte of it, everything else as it was."""

import sqlite3
from pathlib import Path

import pytest
from shapely import Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.workspace.clean_copy import COVER, clean_copy
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

HEAD, OLD_HEAD, PHONE, OLD_PHONE = "甲某某", "乙旧某", "139 0000 0001", "139 0000 0002"
# Who answered and answers for the cards, and their numbers, one of them an office's landline.
ISSUERS = ("辛旧局", "壬某局", "139 0000 0005", "0000-7654321")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    ws = workspace

    def add(layer: str, geometry, **values) -> Feature:
        edit = create_feature(ws.definitions, layer, geometry, values)
        ws.apply(edit)
        return ws.feature(layer, edit.deltas[0].uid)

    house = add("household", Point(5, 5), id="SL-H-0001", head=OLD_HEAD, phone=OLD_PHONE, remark=f"找{OLD_HEAD}要钥匙")
    ws.apply(change_values(ws.definitions, [house], {"head": HEAD, "phone": PHONE}))
    add("danger_zone", box(0, 0, 9, 9), id="SL-W-0001", name="南沟", patrol_person=HEAD, remark=f"由{HEAD}巡查")
    add("place", Point(1, 1), name="示例村")
    gone = add("shelter", Point(2, 2), id="SL-A-0001", contact="丙已删某")
    ws.apply(delete_features(ws.definitions, [gone]))
    person = Feature("person", new_uid(), None, {"name": "丁某某"})
    event = Feature("zone_event", new_uid(), None, {"step": "拟划", "text": f"{HEAD}到场"})
    ws.apply(Edit("登记", [inserted(person), inserted(event)]))
    for key, column, old, new in (("contact", "person", *ISSUERS[:2]), ("phone", "phone", *ISSUERS[2:])):
        row = add("setting", None, key=f"issuer.{key}", name=f"发放单位 {key}", source="本单位", **{column: old})
        ws.apply(change_values(ws.definitions, [row], {column: new}))
    ws.keep_file(b"photo of a person")
    return ws


def test_no_personal_value_is_left_in_any_byte(filled: Workspace, tmp_path: Path):
    target = tmp_path / "脱敏.gpkg"
    report = clean_copy(filled.path, target)
    data = target.read_bytes()
    for value in (HEAD, OLD_HEAD, PHONE, OLD_PHONE, "丙已删某", "丁某某", "photo of a person", *ISSUERS):
        assert value.encode() not in data, value
        assert value.encode() in filled.path.read_bytes(), value
    assert report.rows == 1
    assert report.values >= 3
    assert report.covered == 2  # the remark of a household is personal as a whole
    assert report.searched >= 10
    with Workspace.open(target, read_only=True) as copy:
        rows = [one for one in copy.table("setting") if one.text("key").startswith("issuer.")]
        assert [(one.text("source"), one["person"], one["phone"]) for one in rows] == [("本单位", None, None)] * 2


def test_everything_else_is_there_and_the_copy_is_a_workspace(filled: Workspace, tmp_path: Path):
    target = tmp_path / "脱敏.gpkg"
    clean_copy(filled.path, target)
    with Workspace.open(target) as ws:
        assert [one.words for one in ws.history()] == ["另存为脱敏副本"]
        assert ws.verify_history() == []
        assert ws.notices == []
        (zone,) = ws.table("danger_zone")
        (before,) = filled.table("danger_zone")
        assert (zone["name"], zone["patrol_person"]) == ("南沟", None)
        assert zone["remark"] == f"由{COVER}巡查"
        assert zone.geometry.equals_exact(before.geometry, 0)
        assert zone.uid == before.uid
        assert ws.deleted() == []
        ws.apply(change_values(ws.definitions, [zone], {"name": "北沟"}))
        ws.undo()
        with pytest.raises(sqlite3.IntegrityError):
            ws._sql.execute("DELETE FROM zone_event")
    assert [one.name for one in tmp_path.iterdir() if one.suffix != ".gpkg"] == []


def test_the_original_is_as_it_was(filled: Workspace, tmp_path: Path):
    before = filled.path.read_bytes()
    clean_copy(filled.path, tmp_path / "脱敏.gpkg")
    assert filled.path.read_bytes() == before


def test_a_place_name_as_an_address_stays_a_place_name(filled: Workspace, tmp_path: Path):
    (house,) = filled.table("household")
    filled.apply(change_values(filled.definitions, [house], {"address": "示例村"}))
    report = clean_copy(filled.path, tmp_path / "脱敏.gpkg")
    assert "示例村" in report.kept
    with Workspace.open(tmp_path / "脱敏.gpkg", read_only=True) as ws:
        assert [one["name"] for one in ws.table("place")] == ["示例村"]


def test_a_copy_that_is_not_clean_is_not_handed_out(filled: Workspace, tmp_path: Path):
    other = sqlite3.connect(filled.path)
    other.execute("CREATE TABLE foreign_notes (text TEXT)")
    other.execute("INSERT INTO foreign_notes VALUES (?)", (f"{HEAD}的电话",))
    other.commit()
    other.close()
    target = tmp_path / "脱敏.gpkg"
    with pytest.raises(ExportRefused, match="还查得到 1 项"):
        clean_copy(filled.path, target)
    assert not target.exists()


def test_public_bodies_stay_though_people_who_work_there_are_registered(filled: Workspace, tmp_path: Path):
    ws = filled
    brigade, desk, own = "示例区消防救援大队", "0000-1234567", "13900000009"
    people = [
        {"name": "戊某某", "unit": brigade, "post": "大队长", "phone": f"{desk}、{own}"},
        {"name": "安康", "unit": "安康社区居委会", "phone": "119"},
        {"name": "己某某", "phone": "139 0000 0008"},
    ]
    rows = [inserted(Feature("person", new_uid(), None, one)) for one in people]
    point = {
        "hazard_type": "滑坡",
        "community": "富强社区",
        "rescue_unit": brigade,
        "rescue_phone": desk,
        "security_phone": "139-0000-0008",  # somebody's mobile in a public field
        "medical_phone": "139 0000 0007",  # a doctor's, who is nowhere registered
        "duty_phone": "13900000006",  # what everybody is meant to call
        "remark": f"戊某某（{brigade}大队长）说：打 119 或 139 00000009；安康住在安康社区居委会旁",
    }
    rows.append(inserted(Feature("hazard_point", new_uid(), Point(3, 3), point)))
    rows.append(inserted(Feature("household", new_uid(), Point(4, 4), {"head": "庚某某", "address": "富强社区"})))
    rows.append(inserted(Feature("setting", new_uid(), None, {"key": "duty.phone", "value": "139 0000 0006"})))
    ws.apply(Edit("登记", rows))
    target = tmp_path / "脱敏.gpkg"
    report = clean_copy(ws.path, target)
    data = target.read_bytes()
    for gone in ("戊某某", own, "139 0000 0007", "139 00000009", "139-0000-0008", "139 0000 0008", "庚某某"):
        assert gone.encode() not in data, gone
    assert data.replace("安康社区居委会".encode(), b"").count("安康".encode()) == 0
    with Workspace.open(target, read_only=True) as copy:
        (told,) = copy.table("hazard_point")
    assert (told["rescue_unit"], told["rescue_phone"], told["community"]) == (brigade, desk, "富强社区")
    assert (told["security_phone"], told["medical_phone"], told["duty_phone"]) == (COVER, COVER, "13900000006")
    assert told["remark"] == f"{COVER}（{brigade}大队长）说：打 119 或 {COVER}；{COVER}住在安康社区居委会旁"
    assert "安康社区居委会" in report.kept, "a name inside a body's name is told"


def test_the_demos_public_bodies_are_in_the_copy_byte_by_byte(demo_path: Path, tmp_path: Path):
    target = tmp_path / "脱敏.gpkg"
    clean_copy(demo_path, target)
    public = ("rescue_unit", "security_unit", "medical_unit", "duty_phone", "rescue_phone", "unit", "mine", "owner")
    data = target.read_bytes()
    with Workspace.open(demo_path, read_only=True) as ws, Workspace.open(target, read_only=True) as copy:
        for definition in ws.definitions.values():
            names = [one for one in (*public, "name", "actor") if one in definition.by_name]
            for name in names:
                if definition.is_personal(name):
                    continue
                before, after = ws.attributes(definition.table), copy.attributes(definition.table)
                assert before.columns[name] == after.columns[name], (definition.table, name)
                assert all(str(one).encode() in data for one in before.columns[name] if one)
        people = list(ws.attributes("person"))
    assert len(people) > 5
    assert not any(one.text("name").encode() in data for one in people)
    assert not any(one.text("phone").encode() in data for one in people if len(one.text("phone")) > 8)


def test_the_demo_has_a_clean_copy(demo_path: Path, tmp_path: Path):
    report = clean_copy(demo_path, tmp_path / "脱敏.gpkg")
    assert report.searched > 10
    with Workspace.open(tmp_path / "脱敏.gpkg", read_only=True) as ws:
        assert ws.count("danger_zone") > 0
        assert ws.verify_history() == []
