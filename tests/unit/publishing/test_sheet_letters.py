"""Public sheets are read from some metres: what stands beside and over their maps is set as large as there is room."""

import re

import pytest
from notice_village import E, N, add, build, change, flat, only, pages_of
from shapely import LineString, box
from test_public_signs import sizes_by_letter

from geohazard_desktop.publishing.sheets.papers import PAPERS, paper_of, sheet_layout
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    zone, shelter = only(ws, "danger_zone"), only(ws, "shelter")
    change(ws, shelter, name="示例街道文化活动中心广场")
    for number in "456":
        line = LineString([(E + 150, N + 20 * int(number)), (E + 600, N + 100)])
        add(ws, "evacuation_route", line, number=number, danger_zone=zone.uid, shelter=shelter.uid, start=f"{number}巷")
    return ws


@pytest.mark.parametrize("paper", ["A3", "A1", "A0"])
def test_four_routes_stand_in_large_letters_and_say_where_each_begins(village, tmp_path, paper):
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public", paper=paper).files
    factor = sheet_layout(paper_of(paper), "public", 4).factor
    assert min(sizes_by_letter(pdf)["心"]) >= 17.9 * factor
    text = flat("".join(pages_of(pdf)))
    assert "老人从4巷走，约" in text
    assert "老人从6巷走，约" in text


def test_a_list_of_many_routes_breaks_no_name_that_fits_on_a_line(village, tmp_path):
    zone, shelter = only(village, "danger_zone"), only(village, "shelter")
    line = LineString([(E + 150, N + 150), (E + 600, N + 100)])
    add(
        village, "evacuation_route", line, number="7", danger_zone=zone.uid, shelter=shelter.uid, start="矿山路西横巷口"
    )
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public").files
    (page,) = pages_of(pdf)
    assert page.count("示例街道文化活动中心广场") >= 5, "a broken one is copied out in two lines"
    assert min(sizes_by_letter(pdf)["心"]) >= 11


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda one: one.key)
def test_the_title_keeps_its_distance_from_what_stands_below(paper):
    layout = sheet_layout(paper, "public", 2, signs=True)
    below = layout.title[1] + layout.title[3]
    assert min(layout.map[1], *(one.box[1] for one in layout.columns)) == pytest.approx(below + 3.0)


@pytest.mark.parametrize("paper", ["A3", "A4", "slide", "A1"])
def test_the_drafts_are_named_above_the_map_and_not_on_it(village, paper):
    for spec in (
        SheetSpec(paper, "public"),
        SheetSpec(paper, "public", "danger_zone", only(village, "danger_zone").uid),
    ):
        layout = WarningSheet(village, spec).layout
        (bar,) = [one.box for one in layout.columns if one.panels == ("drafts",)]
        assert bar[1] + bar[3] < layout.map[1]
        assert bar[3] < 10, "a slim one"
    zone = only(village, "danger_zone")
    add(village, "zone_event", danger_zone=zone.uid, step="已划定", document_no="示〔2026〕1号", date="2026-06-01",
        actor="示例区人民政府")  # fmt: skip
    layout = WarningSheet(village, SheetSpec(paper, "public")).layout
    assert not [one for one in layout.columns if one.panels == ("drafts",)], "the map has its room where there are none"


def test_what_is_said_of_neighbours_can_be_read(village, tmp_path):
    add(village, "subdistrict", box(E - 2000, N - 2000, E + 2500, N + 2000), name="示例街道")
    street = only(village, "subdistrict")
    zone = add(village, "danger_zone", box(E + 2600, N, E + 2800, N + 200), name="邻沟", hazard_type="崩塌")
    add(village, "evacuation_route", LineString([(E + 2700, N + 100), (E + 2900, N + 900)]), number="9",
        danger_zone=zone.uid)  # fmt: skip
    report = publish_sheets(village, tmp_path, layer="subdistrict", uids={street.uid}, profile="public")
    assert "不属于“示例街道”的" in flat("".join(pages_of(report.files[0])))
    assert min(sizes_by_letter(report.files[0])["属"]) >= 10


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_no_name_lies_over_the_arrow_head_of_a_way(workspace, paper):
    ws = build(workspace)
    sheet = WarningSheet(ws, SheetSpec(paper, "public", "danger_zone", only(ws, "danger_zone").uid))
    found = re.search(
        r'<text x="([\d.]+)" y="([\d.]+)"[^>]*font-size="([\d.]+)"[^>]*>示例广场<', sheet.images["map-over"]
    )
    assert found is not None
    x, y, size = map(float, found.groups())
    name = box(x, y - 0.88 * size, x + 4 * size, y + 0.12 * size)
    unit = sheet.layout.unit
    for way in sheet.form.map.ways:
        line = LineString([(x * unit, y * unit) for x, y in way.points])
        assert not name.intersects(line.interpolate(line.length - 10.0 * unit).buffer(1.0))
