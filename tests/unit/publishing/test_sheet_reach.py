"""A sheet says what of its subject is beyond the frame, and whose the rest within the frame is."""

import pypdfium2
import pytest
from put_in import add
from shapely import LineString, Point, box

from geohazard_desktop.analysis.street_register import streets
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.issues.paper_standings import paper_standings
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.papers import PAPERS, public_layouts
from geohazard_desktop.publishing.sheets.products import publish_map, publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import change_values, delete_features
from geohazard_desktop.workspace.edits.labels import new_sheet
from geohazard_desktop.workspace.edits.sheet_extent import set_extent
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
WEST, EAST = (E + 1000, N + 3000), (E + 7000, N + 3000)


@pytest.fixture
def village(workspace):
    """Two streets, each with a zone that is only 拟划 and a route; the table of the district has both."""
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 6000), name="示例区")
    add(ws, "susceptibility_zone", box(E, N, E + 8000, N + 6000), **{"class": "中易发区"})
    for number, (name, (east, north)) in enumerate((("西", WEST), ("东", EAST)), 1):
        left = E + (0 if number == 1 else 4000)
        add(ws, "subdistrict", box(left, N, left + 4000, N + 6000), name=f"{name}街道")
        zone = add(ws, "danger_zone", box(east, north, east + 300, north + 300), name=f"{name}坡", id=f"W{number}")
        shelter = add(ws, "shelter", Point(east + 700, north), name=f"{name}广场", capacity=300)
        add(ws, "evacuation_route", LineString([(east + 100, north), (east + 700, north)]), number=str(number),
            danger_zone=zone, shelter=shelter)  # fmt: skip
    return ws


def framed(ws: Workspace, profile: str, centre, denominator: float = 10_000.0) -> None:
    ws.apply(set_extent(ws.definitions, new_sheet("A3", profile, "警示图"), (*centre, denominator)))


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_a_part_of_the_district_says_so_and_keeps_what_is_on_it(village, tmp_path, profile):
    framed(village, profile, WEST)
    sheet = WarningSheet(village, SheetSpec(profile=profile))
    form = sheet.form
    assert form.title == "示例区地质灾害警示图（局部）"
    assert [one.number for one in form.routes] == ["1"]
    assert form.drafts == ("西坡",)
    assert form.reach == ("图外另有 1 个危险区、1 条撤离路线，见全区图。",)
    assert all(item.note is None for group in form.legend for item in group.items)
    if profile == "internal":
        assert form.inset_title == "在示例区的位置"
        assert "#D7000F" in sheet.images["inset"]  # the red frame
    publish_map(village, tmp_path / "图.pdf", profile=profile)
    with pypdfium2.PdfDocument(tmp_path / "图.pdf") as document:
        lines = "".join(page.get_textpage().get_text_range() for page in document)
    words = lines.replace("\r\n", "")
    assert "拟\r\n划" not in lines
    assert "（局部）" in words
    assert "图外另有 1 个危险区、1 条撤离路线，见全区图。" in words
    assert "东广场" not in words


def test_a_frame_without_any_zone_has_no_row_and_no_stamp(village):
    framed(village, "internal", (E + 4000, N + 5500), 5000.0)
    form = WarningSheet(village, SheetSpec()).form
    assert (form.routes, form.drafts) == ((), ())
    assert form.reach == ("图外另有 2 个危险区、2 条撤离路线，见全区图。",)
    framed(village, "public", (E + 4000, N + 5500), 5000.0)
    assert WarningSheet(village, SheetSpec(profile="public")).form.no_routes == "本图范围内没有撤离路线。"


def test_a_row_whose_zone_is_off_the_map_is_still_stamped(village):
    """The row says 拟划, so the sheet does."""
    framed(village, "internal", (WEST[0] + 1000, WEST[1]), 5000.0)
    sheet = WarningSheet(village, SheetSpec())
    assert [one.draft for one in sheet.form.routes] == [True]
    assert "danger_zone" not in {one.layer for one in sheet.features}
    assert sheet.form.drafts == ("西坡",)
    framed(village, "public", (EAST[0] + 700, EAST[1]), 1000.0)
    sheet = WarningSheet(village, SheetSpec(profile="public"))
    assert sheet.form.drafts == ("东坡",)
    assert ("drafts",) in [one.panels for one in sheet.layout.columns], "the bar that names it has its room"


def test_the_whole_district_says_nothing_of_the_kind(village):
    form = WarningSheet(village, SheetSpec()).form
    assert form.title == "示例区地质灾害警示图"
    assert form.reach == ()
    assert len(form.routes) == 2


def test_a_streets_sheet_calls_its_neighbours_by_name(village):
    west = next(one.uid for one in village.table("subdistrict") if one.text("name") == "西街道")
    row = new_sheet("A3", "internal", "西街道", ("subdistrict", west))
    village.apply(set_extent(village.definitions, row, (E + 4000, N + 3000, 30_000.0)))
    sheet = WarningSheet(village, SheetSpec("A3", "internal", "subdistrict", west))
    assert [one.number for one in sheet.form.routes] == ["1"]
    assert sheet.form.drafts == ("西坡", "东坡（邻近）")
    assert sheet.form.reach == ("图上邻近的、不属于“西街道”的：危险区 东坡；路线 2。",)
    assert any(
        "1 个危险区，1 条撤离路线。图上邻近的另有 1 个危险区、1 条撤离路线。" in one for one in sheet.report.notes
    )
    labels = [item.label for group in sheet.form.legend for item in group.items]
    assert "西街道，灰的是邻近" in labels
    assert sheet.images["map"] != WarningSheet(village, SheetSpec()).images["map"]


def test_a_streets_own_routes_stay_in_its_table_when_the_frame_leaves_them(village):
    west = next(one.uid for one in village.table("subdistrict") if one.text("name") == "西街道")
    row = new_sheet("A3", "internal", "西街道", ("subdistrict", west))
    village.apply(set_extent(village.definitions, row, (E + 500, N + 500, 5000.0)))
    form = WarningSheet(village, SheetSpec("A3", "internal", "subdistrict", west)).form
    assert form.title == "西街道地质灾害警示图（局部）"
    assert [one.number for one in form.routes] == ["1"]
    assert form.reach == ("不在这张图上的有“西街道”的 1 个危险区、路线 1。",)


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_a_street_without_an_outline_is_drawn_as_the_register_has_it(village, tmp_path, profile):
    """No outline is invented: the map reaches as far as its zones, points and ways, and says so."""
    rows = {one.text("name"): one for one in village.table("danger_zone")}
    west = village.find("subdistrict", "name", "西街道")
    village.apply(delete_features(village.definitions, west))
    village.apply(change_values(village.definitions, [rows["西坡"]], {"subdistrict": "西街道"}))
    add(village, "hazard_point", Point(E + 3500, N + 5000), name="远坡", hazard_type="崩塌", subdistrict="西街道")
    report = publish_sheets(village, tmp_path, layer="subdistrict", profile=profile)
    assert [one.name.split("_")[1] for one in report.files] == ["东街道", "西街道"]
    assert "西街道：西街道界线未载入，范围按登记的隐患点和危险区。" in report.notes
    assert not any(one.startswith("东街道：") and "界线未载入" in one for one in report.notes)
    shown = report.maps[1].view.bounds
    assert shown[0] < WEST[0]
    assert shown[1] < WEST[1]
    assert shown[2] > E + 3750
    assert shown[3] > N + 5250
    with pypdfium2.PdfDocument(report.files[1]) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    assert "西街道界线未载入，范围按登记的隐患点和危险区。" in words
    assert "本图范围" not in words, "no ground is told as its own"


def test_a_street_of_which_nothing_has_a_place_is_refused_by_name(village, tmp_path):
    add(village, "household", Point(E, N), head="李示例", subdistrict="北镇")
    north = next(one.uid for one in streets(village) if one.text("name") == "北镇")
    with pytest.raises(ExportRefused, match="“北镇”的界线没有载入，登记里也没有属于它、有位置的危险区和隐患点"):
        publish_sheets(village, tmp_path, layer="subdistrict", uids=[north])


def test_papers_of_a_street_without_an_outline_are_known_again_until_there_is_one(village, tmp_path):
    village.apply(delete_features(village.definitions, village.find("subdistrict", "name", "西街道")))
    west = [one for one in village.table("danger_zone") if one.text("name") == "西坡"]
    village.apply(change_values(village.definitions, west, {"subdistrict": "西街道"}))
    product = PRODUCTS["map_street"]
    own = next(one.uid for one in streets(village) if one.text("name") == "西街道")
    product.publish(village, tmp_path, {}, uids=[own])
    (last,) = paper_standings(village, product, uids=[own])
    assert (last.state, last.subdistrict) == (State.LATEST, "西街道")
    west = village.find("danger_zone", "name", "西坡")
    village.apply(change_values(village.definitions, west, {"name": "西坡上段"}))
    assert paper_standings(village, product, uids=[own])[0].state == State.CHANGED
    add(village, "subdistrict", box(E, N, E + 4000, N + 6000), name="西街道")
    (last,) = paper_standings(village, product, uids=[own])
    assert (last.state, last.changes) == (State.WITHDRAWN, ("西街道的界线已经载入，请按界线重出一张",))


def test_the_line_about_a_streets_own_land_has_its_room_beside_ways_and_shelters(village):
    """Planned one line short, the legend was laid over a shelter of the street's own."""
    for street in village.table("subdistrict").uids:
        sheet = WarningSheet(village, SheetSpec(profile="public", layer="subdistrict", uid=street))
        printed = [item.label for group in sheet.form.legend for item in group.items]
        assert [one for one in printed if "灰的是邻近" in one]
        assert sheet.layout in list(public_layouts(PAPERS["A3"], len(sheet.routes), signs=False,
                                                   drafts=bool(sheet.form.drafts), legend=printed))  # fmt: skip
