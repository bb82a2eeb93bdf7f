"""The office's own sheets: nothing is too small to be read in the hand, and room that is left makes letters larger."""

import pytest
from notice_village import E, N, add, build, change, only
from shapely import box
from test_public_signs import sizes_by_letter

from geohazard_desktop.publishing.sheets.papers import paper_of, sheet_layout
from geohazard_desktop.publishing.sheets.products import publish_map, publish_sheets
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    add(ws, "subdistrict", box(E - 2000, N - 2000, E + 2500, N + 2000), name="示例街道")
    return ws


def printed(sizes):
    """Sizes by character without those that only a search finds: names along lines once more, unseen, 2.8 pt."""
    return {letter: [one for one in found if one > 3] for letter, found in sizes.items()}


@pytest.mark.parametrize("paper", ["A3", "A4", "A4L"])
@pytest.mark.parametrize("layer", ["danger_zone", "hazard_point", "subdistrict"])
def test_nothing_is_set_under_six_points(demo_path, tmp_path, paper, layer):
    with Workspace.open(demo_path) as ws:
        some = {"danger_zone": ("WD-W-0003", "WD-W-0005"), "hazard_point": ("WD-D-0003",)}.get(layer)
        uids = [one.uid for one in ws.table(layer) if some is None or one.text("id") in some][:3]
        for pdf in publish_sheets(ws, tmp_path, layer=layer, uids=uids, paper=paper).files:
            found = printed(sizes_by_letter(pdf))
            small = {letter: min(sizes) for letter, sizes in found.items() if sizes and min(sizes) < 5.95}
            assert small == {}, pdf.name


def test_a_short_legend_is_set_large(village, tmp_path):
    """Below a few lines stood a column of white."""
    (pdf,) = publish_sheets(village, tmp_path, layer="subdistrict").files
    assert max(sizes_by_letter(pdf)["图"]) >= 12
    assert max(sizes_by_letter(pdf)["警"]) >= 11.5, "警示标志 in the legend"


def test_a_street_without_routes_says_so_and_no_walking_speeds(village, tmp_path):
    add(village, "subdistrict", box(E + 2500, N - 2000, E + 2900, N + 2000), name="空街道")
    (uid,) = [one.uid for one in village.table("subdistrict") if one.text("name") == "空街道"]
    (pdf,) = publish_sheets(village, tmp_path, layer="subdistrict", uids=[uid]).files
    found = sizes_by_letter(pdf)
    assert min(found["记"]) >= 11.9, "没有登记撤离路线"
    assert "速" not in found


def test_a_walls_map_is_larger_beside_panels_than_an_enlarged_a3(village):
    a3 = sheet_layout(paper_of("A3"), "internal", 9)
    for key in ("A1", "A0"):
        wall = sheet_layout(paper_of(key), "internal", 9)
        share = wall.picture[2] * wall.picture[3] / (wall.width * wall.height)
        assert share > 1.15 * a3.picture[2] * a3.picture[3] / (a3.width * a3.height)
        assert 9.5 * wall.map_factor >= 16, "a zone's name, read from two metres"


def test_names_on_a_walls_map_are_read_from_two_metres(village, tmp_path):
    change(village, only(village, "danger_zone"), name="东坡沟")
    report = publish_map(village, tmp_path / "a1.pdf", sheet="A1")
    assert max(sizes_by_letter(report.files[0])["沟"]) >= 16
