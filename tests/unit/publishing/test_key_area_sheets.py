"""Sheets of key areas: everything of them on one page, and no box over a zone."""

import pypdfium2
import pytest

from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet, sheet_layers
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace

VEIL = 'fill="#D4D4D4"'


@pytest.fixture
def demo(demo_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        yield ws


def test_the_title_block_stands_on_the_page_of_the_map(demo):
    layers = sheet_layers(demo, "internal", "key_area")
    area = max(demo.table("key_area"), key=lambda one: one.geometry.area)
    sheet = WarningSheet(demo, SheetSpec("A4", "internal", "key_area", area.uid), layers)
    pdf = typeset(MAP_SHEET, sheet.form.data(), sheet.images, title=sheet.title)

    with pypdfium2.PdfDocument(pdf) as document:
        words = [page.get_textpage().get_text_range() for page in document]
    assert ["图签" in one for one in words] == [True] + [False] * (len(words) - 1)


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_the_area_stands_out_from_what_lies_around_and_the_legend_says_so(demo, profile):
    area = next(one for one in demo.table("key_area") if one.text("name") == "黄河沿岸")
    sheet = WarningSheet(demo, SheetSpec("A3", profile, "key_area", area.uid))
    labels = [item.label for group in sheet.form.legend for item in group.items]
    assert labels.count("本图的重点防控区，灰的是区外") == 1
    assert VEIL in sheet.images["map"]
    district = WarningSheet(demo, SheetSpec("A3", profile))
    assert VEIL not in district.images["map"]


def test_what_a_narrow_area_leaves_of_the_frame_is_in_one_piece_for_its_enlargement(demo):
    area = next(one for one in demo.table("key_area") if one.text("name") == "黄河沿岸")
    sheet = WarningSheet(demo, SheetSpec("A3", "public", "key_area", area.uid))
    west, _south, east, _north = area.geometry.bounds
    left, right = west - sheet.view.bounds[0], sheet.view.bounds[2] - east
    assert left > 4 * right > 0
    ((box_left, _top, box_right, _bottom),) = [one.box for one in sheet.enlargements.placed]
    assert box_left < box_right < left * sheet.view.mm_per_metre
