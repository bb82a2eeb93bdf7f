"""Papers are told apart: two danger zones that are called alike and have no number yet, a code however it is typed."""

from pathlib import Path

import pytest
from shapely import LineString, Point, box

from geohazard_desktop.desktop.papers.issue_rows import IssueModel, rows_of
from geohazard_desktop.desktop.papers.subject_model import rows_of as subject_rows
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.subject_parts import Parts
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def slopes(workspace: Workspace) -> Workspace:
    def add(layer: str, geometry, **values) -> str:
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return edit.deltas[0].uid

    add("district", box(E - 900, N - 900, E + 2500, N + 1500), name="示例区")
    for number, east in enumerate((E, E + 1000), 1):
        zone = add("danger_zone", box(east, N, east + 200, N + 200), name="东坡", hazard_type="崩塌")
        shelter = add("shelter", Point(east + 600, N + 100), name=f"广场{number}")
        way = LineString([(east + 100, N + 100), (east + 600, N + 100)])
        route = add("evacuation_route", way, number=f"{number}", danger_zone=zone, shelter=shelter)
        add("household", Point(east + 110, N + 60), id=f"SL-H-000{number}", head=f"赵示例{number}",
            danger_zone=zone, evacuation_route=route)  # fmt: skip
    return workspace


def zones(ws: Workspace) -> list[Feature]:
    return list(ws.table("danger_zone"))


def test_the_sheet_of_one_is_not_written_over_that_of_the_other(slopes, tmp_path: Path):
    made = [PRODUCTS["map_zone"].publish(slopes, tmp_path, {}, uids=[one.uid]).files for one in zones(slopes)]
    assert len({one.name for files in made for one in files}) == len(list(tmp_path.rglob("*.pdf"))) == 2
    slopes.apply(change_values(slopes.definitions, zones(slopes), {"id": "SL-W-0001"}))
    assert len({one.name for one in PRODUCTS["map_zone"].publish(slopes, tmp_path / "同号", {}).files}) == 2


def test_the_folders_of_a_batch_hold_the_cards_of_one_zone_each(slopes):
    parts = Parts(slopes)
    folders = [parts.part(one, "zone") for one in slopes.table("household")]
    assert len(set(folders)) == 2
    assert all(one.startswith("东坡 ") for one in folders)
    numbered = change_values(slopes.definitions, zones(slopes)[:1], {"id": "SL-W-0001"})
    slopes.apply(numbered)
    parts = Parts(slopes)
    assert [parts.part(one, "zone") for one in slopes.table("household")] == ["SL-W-0001 东坡", "东坡"]


def test_a_code_is_found_in_the_register_however_it_is_typed(slopes, tmp_path: Path):
    PRODUCTS["cards_household"].publish(slopes, tmp_path, {})
    model = IssueModel()
    register = read_register(slopes)
    model.take(rows_of(slopes, register, {}))
    code = register.papers[0].code
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ").lower(), wide, code[2:7]):
        model.sift(kind="", street="", zone="", case="", words=f" {typed} ")
        assert [one.uid for one in model.rows] == [register.papers[0].subject], typed


def test_register_and_list_of_subjects_sift_by_the_zone_and_not_by_its_name(slopes, tmp_path: Path):
    PRODUCTS["cards_household"].publish(slopes, tmp_path, {})
    model = IssueModel()
    model.take(rows_of(slopes, read_register(slopes), {}))
    homes = [one.uid for one in slopes.table("household")]
    for zone, home in zip(zones(slopes), homes, strict=True):
        model.sift(kind="", street="", zone=zone.uid, case="", words="")
        assert [one.uid for one in model.rows] == [home]
        assert [one.uid for one in subject_rows(slopes, "household") if one.zone_uid == zone.uid] == [home]
