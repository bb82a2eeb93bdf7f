"""Others' data on what is handed out: only where they are ticked, with their source, and never with a person."""

import json
from pathlib import Path

import pypdfium2
import pytest

from geohazard_desktop.desktop.imports.work import NEW_REFERENCE, Wish, look, store
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.web.page import publish_web
from geohazard_desktop.workspace.clean_copy import clean_copy
from geohazard_desktop.workspace.edits.layer_words import print_layer
from geohazard_desktop.workspace.workspace import Workspace

OWNER, MINE, SOURCE = "李示例", "示例一矿", "示例市矿权登记簿"


@pytest.fixture
def office(demo_path: Path, tmp_path: Path):
    """The demo with a mine in the middle of the district, whose owner is a person."""
    path = tmp_path / "采矿权.geojson"
    ring = [[106.70, 39.48], [106.76, 39.48], [106.76, 39.53], [106.70, 39.53], [106.70, 39.48]]
    mine = {
        "type": "Feature",
        "properties": {"矿山名称": MINE, "权利人": OWNER, "联系电话": "139 0000 0001"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [mine]}), encoding="utf-8")
    with Workspace.open(demo_path) as ws:
        found = look(ws.path, Wish(path, NEW_REFERENCE, origin=SOURCE))
        store(ws, [found])
        ws.poll()
        yield ws


def words_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_a_sheet_names_it_with_its_source_where_it_is_ticked(office: Workspace, tmp_path: Path):
    out = {use: tmp_path / f"{use}.pdf" for use in ("internal", "public")}
    publish_map(office, out["internal"], profile="internal")
    assert SOURCE not in words_of(out["internal"])
    office.apply(print_layer(office, "reference_001", "internal"))
    for use, path in out.items():
        publish_map(office, path, profile=use)
    assert f"采矿权（{SOURCE}）" in words_of(out["internal"])
    assert SOURCE not in words_of(out["public"])
    office.apply(print_layer(office, "reference_001", "public"))
    publish_map(office, out["public"], profile="public")
    assert f"采矿权（{SOURCE}）" in words_of(out["public"])
    assert OWNER not in words_of(out["public"]) + words_of(out["internal"])


def test_the_public_page_has_the_mine_and_not_its_owner(office: Workspace, tmp_path: Path):
    page = tmp_path / "page.html"
    publish_web(office, page, profile="public")
    assert MINE not in page.read_text(encoding="utf-8")
    office.apply(print_layer(office, "reference_001", "public"))
    publish_web(office, page, profile="public")
    text = page.read_text(encoding="utf-8")
    assert MINE in text
    assert SOURCE in text
    assert OWNER not in text
    assert "139 0000 0001" not in text
    assert "13900000001" not in text


def test_a_clean_copy_keeps_the_layer_without_its_persons(office: Workspace, tmp_path: Path):
    office.apply(print_layer(office, "reference_001", "internal"))
    target = tmp_path / "移交.gpkg"
    clean_copy(office.path, target)
    assert OWNER.encode() not in target.read_bytes()
    with Workspace.open(target, read_only=True) as ws:
        definition = ws.definitions["reference_001"]
        assert (definition.source, definition.paper, definition.reference) == (SOURCE, "internal", True)
        (mine,) = ws.table("reference_001")
        assert mine["name"] == MINE
