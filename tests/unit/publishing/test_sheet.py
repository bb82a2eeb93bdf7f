"""The district's 警示图: what stands on it is what the map shows, and it says what the data are."""

import pypdfium2
import pytest
from put_in import add
from shapely import LineString, Point, Polygon, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.map_layers import Padding, emptiest_corner, fitted_view, round_denominator
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def drawn(workspace):
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 12000), name="示例区")
    zone = add(ws, "danger_zone", box(E + 3000, N + 3000, E + 3600, N + 3600), name="东坡", id="SL-W-0001",
               hazard_type="崩塌", state="已划定")  # fmt: skip
    shelter = add(ws, "shelter", Point(E + 4500, N + 3300), name="广场", capacity=300)
    add(ws, "evacuation_route", LineString([(E + 3300, N + 3300), (E + 4500, N + 3300)]), number="1",
        danger_zone=zone, shelter=shelter)  # fmt: skip
    add(ws, "household", Point(E + 3200, N + 3200), head="李示例", name="李示例", phone="139 0000 0001")
    return ws


def text_of(path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_table_has_the_route_with_metres_times_and_room(drawn):
    (row,) = WarningSheet(drawn, SheetSpec()).form.routes
    assert (row.number, row.zone_name, row.shelter) == ("1", "东坡", "广场")
    assert row.metres == 1200
    assert row.minutes == (20, 25, 40)
    assert row.capacity == 300
    assert row.draft is True  # no document number in the register


def test_the_legend_names_what_is_drawn_and_nothing_more(drawn):
    groups = WarningSheet(drawn, SheetSpec()).form.legend
    labels = [item.label for group in groups for item in group.items]
    assert labels == ["拟划的危险区", "撤离路线", "避险安置点", "区界"]


def test_scale_is_round_and_the_whole_district_is_in_the_frame(drawn):
    sheet = WarningSheet(drawn, SheetSpec())
    assert sheet.view.denominator == 60_000
    assert Polygon.from_bounds(*sheet.view.bounds).contains(box(E, N, E + 8000, N + 12000))


def test_internal_and_public_sheets_say_what_they_are(drawn, tmp_path):
    publish_map(drawn, tmp_path / "内部.pdf")
    internal = text_of(tmp_path / "内部.pdf")
    for words in ("示例区地质灾害警示图", "内部用图", "拟划", "1200", "60 000", "SL-W-0001", "图例"):
        assert words in internal
    assert "示意数据" not in internal
    report = publish_map(drawn, tmp_path / "公开.pdf", profile="public")
    public = text_of(tmp_path / "公开.pdf")
    assert "未批准不得张贴" in public
    assert any("审图号" in note for note in report.notes)
    for words in ("内部用图", "高斯", "李示例", "139 0000 0001"):
        assert words not in public
    assert "李示例" not in internal


def test_public_sheet_has_no_grid_and_no_coordinates(drawn):
    form = WarningSheet(drawn, SheetSpec(profile="public")).form
    assert form.map is not None
    assert form.map.grid == ()
    assert form.notes == ()
    assert form.inset is None


def test_a_lifted_zone_is_not_on_the_public_sheet(drawn):
    (zone,) = drawn.table("danger_zone")
    for step in ("已划定", "已撤销"):
        add(drawn, "zone_event", danger_zone=zone.uid, step=step, document_no=f"示〔2026〕{step}", date="2026-06-01",
            actor="示例区人民政府", finding="险情已经消除")  # fmt: skip
    assert WarningSheet(drawn, SheetSpec(profile="public")).layers.features("danger_zone") == []
    internal = WarningSheet(drawn, SheetSpec())
    assert "已撤销的危险区" in [item.label for group in internal.form.legend for item in group.items]
    assert internal.form.routes == ()
    assert internal.form.drafts == ()


def test_a_broken_route_leaves_its_numbers_open_and_is_said(drawn):
    from shapely import MultiLineString

    add(drawn, "evacuation_route", MultiLineString([[(E, N), (E + 10, N)], [(E + 500, N), (E + 600, N)]]), number="2",
        id="SL-L-0002")  # fmt: skip
    sheet = WarningSheet(drawn, SheetSpec())
    assert [(row.number, row.metres) for row in sheet.form.routes] == [("1", 1200), ("2", None)]
    assert any("SL-L-0002" in problem for problem in sheet.report.problems)
    assert "路线 2 没有登记避险安置点，图上的“到”留空。" in sheet.report.problems


def test_an_empty_workspace_has_no_map(workspace, tmp_path):
    with pytest.raises(ExportRefused, match="还没有可以上图"):
        publish_map(workspace, tmp_path / "图.pdf")
    assert not (tmp_path / "图.pdf").exists()


def test_an_unknown_paper_is_refused(drawn, tmp_path):
    with pytest.raises(ExportRefused, match="A9"):
        publish_map(drawn, tmp_path / "图.pdf", sheet="A9")


@pytest.mark.parametrize(("needed", "found"), [(1000, 1000), (1001, 1250), (7400, 7500), (93_000, 100_000), (640, 750)])
def test_scales_are_round(needed, found):
    assert round_denominator(needed) == found


def test_the_subject_keeps_clear_of_the_padding():
    view = fitted_view((E, N, E + 100, N + 100), (200, 200), Padding(50, 20, 0, 0), least=100)
    left, top = view.to_mm(E, N + 100)
    right, bottom = view.to_mm(E + 100, N)
    assert left >= 50 - 1e-6
    assert top >= 20 - 1e-6
    assert right <= 200 + 1e-6
    assert bottom <= 200 + 1e-6


def test_boxes_stand_where_they_hide_least():
    view = fitted_view((E, N, E + 1000, N + 1000), (200, 200), Padding())
    upper_left = box(E, N + 500, E + 500, N + 1000)
    corners = ("top-left", "bottom-right")
    assert emptiest_corner(view, corners, (50, 50), [upper_left]) == "bottom-right"


def test_among_corners_that_hide_nothing_of_the_way_the_one_without_a_zone_s_edge_is_taken():
    view = fitted_view((-100, -100, 100, 100), (200, 200), Padding(), least=1000)
    edge = box(-100, -100, -60, -60).boundary
    way = LineString([(-20, 0), (20, 0)])
    assert emptiest_corner(view, ("bottom-left", "bottom-right"), (50, 50), [way]) == "bottom-left"
    assert emptiest_corner(view, ("bottom-left", "bottom-right"), (50, 50), [way], [edge]) == "bottom-right"
    below = LineString([(60, -90), (90, -90)])
    assert emptiest_corner(view, ("bottom-left", "bottom-right"), (50, 50), [below], [edge]) == "bottom-left"
    zone = box(-100, -100, 100, -10)
    three = ("bottom-left", "bottom-right", "top-left")
    assert emptiest_corner(view, three, (50, 50), [way], []) == "bottom-left"
    assert emptiest_corner(view, three, (50, 50), [way], [], [zone]) == "top-left"
