"""Sheets of key areas: everything of them on one page, and no box over a zone."""

import pypdfium2
import pytest

from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet, sheet_layers
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace


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
        assert len(document) == 1
        assert "图签" in document[0].get_textpage().get_text_range()
