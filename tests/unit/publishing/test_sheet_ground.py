"""Base maps on paper: under the map of the internal sheet with their credit, never on a public one."""

import base64
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from rasterio import Affine

from geohazard_desktop.cartography.base_maps.spec import BaseMap, add_base_maps, base_maps_of, change_base_map
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def ws(demo_path: Path, tmp_path: Path):
    """The demo with a reddish image over all of its district."""
    with Workspace.open(demo_path) as found:
        west, _south, _east, north = found.bounds("district")
        bands = np.full((3, 400, 400), 40, dtype=np.uint8)
        bands[0] = 220
        words = {"driver": "GTiff", "width": 400, "height": 400, "count": 3, "dtype": "uint8", "crs": "EPSG:4524"}
        path = tmp_path / "正射.tif"
        with rasterio.open(path, "w", transform=Affine(100, 0, west - 8000, 0, -100, north + 8000), **words) as made:
            made.write(bands)
        found.apply(
            add_base_maps(found, [BaseMap("", "正射", "raster", str(path), attribution="某院 2025 年正射影像")])
        )
        yield found


def picture_under(svg: str) -> QImage | None:
    found = re.search(r'^<svg [^>]*><image [^>]*href="data:image/jpeg;base64,([^"]+)"/>', svg)
    return QImage.fromData(QByteArray(base64.b64decode(found.group(1)))) if found else None


def test_the_internal_sheet_carries_it_under_everything_and_names_it(ws, tmp_path):
    sheet = WarningSheet(ws, SheetSpec())
    image = picture_under(sheet.images["map"])
    assert image is not None
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.red() == pytest.approx(237, abs=6)  # half as strong as the image: lines must stand out on it
    assert middle.green() == pytest.approx(147, abs=6)
    assert image.width() == pytest.approx(sheet.view.width_mm / 25.4 * 200, abs=1)
    assert [one.words for one in sheet.form.notes if one.label == "底图"] == ["某院 2025 年正射影像"]
    assert "图下垫了底图，印得淡，免得盖过图上的线：某院 2025 年正射影像。" in sheet.report.notes
    report = publish_map(ws, tmp_path / "图.pdf")
    assert report.files == [tmp_path / "图.pdf"]


@pytest.mark.skipif(shutil.which("pdfimages") is None, reason="poppler is not installed")
def test_the_pdf_holds_the_picture(ws, tmp_path):
    publish_map(ws, tmp_path / "图.pdf")
    done = subprocess.run(
        ["pdfimages", "-list", tmp_path / "图.pdf"], capture_output=True, encoding="utf-8", check=True
    )
    assert "jpeg" in done.stdout


def test_areas_are_seen_through_only_where_there_is_a_base_map(ws):
    with_map = WarningSheet(ws, SheetSpec()).images["map"]
    ws.apply(change_base_map(ws, base_maps_of(ws)[0].id, visible=False))
    without = WarningSheet(ws, SheetSpec()).images["map"]
    assert picture_under(without) is None
    assert re.search(r'fill="#FFFFFF" fill-opacity="0\.12"', with_map)
    assert not re.search(r'fill="#FFFFFF" fill-opacity="0\.12"', without)


def test_a_public_sheet_never_carries_one_and_says_so(ws):
    sheet = WarningSheet(ws, SheetSpec(profile="public"))
    assert picture_under(sheet.images["map"]) is None
    assert "<image" not in sheet.images["map"]
    assert "公开图不带底图：影像和网络地图没有经过审核。" in sheet.report.notes


def test_what_is_not_to_be_printed_is_not(ws):
    ws.apply(change_base_map(ws, base_maps_of(ws)[0].id, printed=False))
    sheet = WarningSheet(ws, SheetSpec())
    assert picture_under(sheet.images["map"]) is None
    assert not [one for one in sheet.report.notes if "底图" in one]


def test_a_base_map_that_can_not_be_had_is_a_problem_and_the_sheet_is_made(ws, tmp_path):
    ws.apply(add_base_maps(ws, [BaseMap("", "没了", "raster", str(tmp_path / "没了.tif"))]))
    report = publish_map(ws, tmp_path / "图.pdf")
    assert report.files
    assert [one for one in report.problems if one.startswith("底图：找不到底图文件")]
