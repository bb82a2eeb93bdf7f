"""Names in a legend are read from the distance that the sheet is for, however long they are."""

import pypdfium2
import pytest
from hostile_village import add
from notice_village import smallest
from shapely import LineString, Point, box

from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import change_style

E, N = 36_400_000.0, 4_370_000.0
RIVER = "季节性河道（平时没有水，大雨时水来得快）"
CLASSES = ("少于 10 人", "10 到 30 人", "30 到 100 人", "100 人以上")
CLASSED = (("hazard_point", "threatened_people"), ("subsidence_area", "depth_m"), ("open_pit", "depth_m"))


@pytest.fixture
def classed(workspace):
    """A district with long classes of its own in three layers, and with many layers beside them."""
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 9000), name="示例区")
    for number in range(4):
        place = Point(E + 1000 + 900 * number, N + 2000)
        add(ws, "hazard_point", place, hazard_type="崩塌", status="在册", threatened_people=number)
        for row, layer in enumerate(("subsidence_area", "open_pit", "waste_heap")):
            east, north = E + 900 * number, N + 3000 + 900 * row
            depth = {} if layer == "waste_heap" else {"depth_m": float(number)}
            add(ws, layer, box(east, north, east + 500, north + 500), **depth)
    for layer in ("road", "railway", "river", "haul_road", "ground_fissure"):
        add(ws, layer, LineString([(E, N + 500), (E + 7000, N + 7000)]), name="示例")
    for layer, field in CLASSED:
        own = dict(ws.style(layer))
        rules = [
            {**own["rule"][0], "label": label, "where": {"field": field, "minimum": n, "maximum": n + 1}}
            for n, label in enumerate(CLASSES)
        ]
        ws.apply(change_style(ws, layer, {**own, "rule": rules}))
    own = dict(ws.style("river"))
    ws.apply(change_style(ws, "river", {**own, "rule": [{"symbol": own["rule"][-1]["symbol"], "label": RIVER}]}))
    return ws


@pytest.mark.parametrize(
    ("paper", "profile", "least"), [("A3", "internal", 8.0), ("A4", "internal", 6.8), ("A3", "public", 9.0)]
)
def test_no_name_of_the_legend_gets_smaller_than_its_paper_allows(classed, tmp_path, paper, profile, least):
    publish_map(classed, tmp_path / "图.pdf", sheet=paper, profile=profile)
    form = WarningSheet(classed, SheetSpec(paper, profile)).form
    labels = [item.label for group in form.legend for item in group.items]
    long = [one for one in labels if one.endswith((*CLASSES, RIVER))]
    assert len(long) == (13 if profile == "internal" else 1), labels
    sizes = {one: smallest(tmp_path / "图.pdf", one) for one in long}
    assert min(sizes.values()) >= least - 0.01, sizes


def test_a_class_s_share_does_not_break_its_name(classed, tmp_path):
    """On a slide they have room for each other one below the other alone."""
    for number, name in enumerate(("中易发区", "低易发区", "不发育区")):
        east = E + 2600 * number
        add(classed, "susceptibility_zone", box(east, N, east + 2600, N + 9000), **{"class": name})
    publish_map(classed, tmp_path / "图.pdf", sheet="slide", profile="internal")
    with pypdfium2.PdfDocument(tmp_path / "图.pdf") as document:
        lines = document[0].get_textpage().get_text_range().splitlines()
    found = [one for one in lines if "易发区" in one or "33.33" in one]
    assert "中易发区" in "".join(found[:1]), lines
    assert any("33.33" in one for one in found)


def test_a_public_sheet_of_a_point_shows_and_explains_that_point_alone(classed):
    """Public maps leave points off by the office's settings; a sheet without what it is of warns of nothing."""
    point = classed.table("hazard_point").feature(1)
    for paper in ("A3", "slide"):
        sheet = WarningSheet(classed, SheetSpec(paper, "public", point.layer, point.uid))
        assert [one.uid for one in sheet.features if one.layer == point.layer] == [point.uid]
        labels = [item.label for group in sheet.form.legend for item in group.items]
        assert [one for one in labels if one.endswith(CLASSES)] == [f"隐患点 威胁人数 {CLASSES[1]}"]


def test_a_slide_without_anything_to_explain_is_printed(workspace, tmp_path):
    add(workspace, "district", box(E, N, E + 8000, N + 9000), name="示例区")
    assert not WarningSheet(workspace, SheetSpec("slide", "public")).form.legend
    assert publish_map(workspace, tmp_path / "图.pdf", sheet="slide", profile="public").files
