"""The band around a sheet's map: grid, graticule and both norths inside the office, nothing of them outside."""

import pytest
from shapely import Point, box

from geohazard_desktop.cartography.furniture import true_north
from geohazard_desktop.cartography.graticule import graticule_ticks
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import create_feature, delete_features

EAST, NORTH = 36_388_000.0, 4_372_000.0


@pytest.fixture
def drawn(workspace):
    for layer, geometry in (
        ("district", box(EAST, NORTH, EAST + 9000, NORTH + 9000)),
        ("place", Point(EAST + 4000, NORTH + 4000)),
    ):
        workspace.apply(create_feature(workspace.definitions, layer, geometry, {"name": "示例"}))
    return workspace


def test_the_internal_sheet_has_grid_graticule_and_both_norths(drawn):
    sheet = WarningSheet(drawn, SheetSpec())
    frame = sheet.form.map
    assert frame is not None
    ticks = graticule_ticks(sheet.view, drawn.crs)
    assert [(one.side, one.at, one.label) for one in frame.graticule] == [(t.side, t.at, t.label) for t in ticks]
    for side, size in (("top", 224.0), ("bottom", 224.0), ("left", 244.0), ("right", 244.0)):
        own = [one for one in frame.graticule if one.side == side]
        assert any(one.label for one in own)
        assert all(0 <= one.at <= size for one in own)
    assert {one.axis for one in frame.grid} == {"east", "north"}
    assert frame.north_degrees == pytest.approx(true_north(drawn.crs, *sheet.view.centre))
    assert frame.north_words == "真北偏东 0°48′"


def test_the_public_sheet_tells_no_coordinates(drawn):
    frame = WarningSheet(drawn, SheetSpec(profile="public")).form.map
    assert frame is not None
    assert not frame.graticule
    assert not frame.grid
    assert frame.north_words is None


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_the_names_of_a_sheet_are_told_with_their_places(drawn, profile):
    (sheet,) = WarningSheet(drawn, SheetSpec(profile=profile)).report.maps
    assert (sheet.paper, sheet.profile) == ("A3", profile)
    label = next(one for one in sheet.labels if one.layer == "place")
    left, top, right, bottom = label.boxes[0]
    assert 0 < left < right < sheet.view.width_mm
    assert 0 < top < bottom < sheet.view.height_mm


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_the_legend_of_each_sheet_is_made_of_what_it_shows(drawn, profile):
    before = WarningSheet(drawn, SheetSpec(profile=profile)).form.legend
    place = next(iter(drawn.table("place")))
    drawn.apply(delete_features(drawn.definitions, [place]))
    after = WarningSheet(drawn, SheetSpec(profile=profile)).form.legend
    gone = {item.label for group in before for item in group.items} - {i.label for group in after for i in group.items}
    assert len(gone) == 1
    assert after
