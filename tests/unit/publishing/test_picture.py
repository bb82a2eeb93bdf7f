"""Pictures of the map: the size asked for, on the ground to the metre, no person on them, whole or not at all."""

import json
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from put_in import add
from pyproj import Transformer
from shapely import LineString, Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.pictures.picture import PictureMaker, publish_picture
from geohazard_desktop.publishing.pictures.picture_files import MOST_PIXELS, pixels_of
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.papers import PAPERS
from geohazard_desktop.publishing.sheets.picture import publish_sheet_picture
from geohazard_desktop.workspace.edits import change_style

E, N = 36_400_000.0, 4_370_000.0
VIEW = Ground((E + 2500, N + 2500, E + 5500, N + 4500))
HOSTILE = "#let $x$ \\ <script>alert(1)</script> 㐂𠮷"


@pytest.fixture
def drawn(workspace):
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 12000), name="示例区")
    zone = add(ws, "danger_zone", box(E + 3000, N + 3000, E + 3600, N + 3600), name=HOSTILE, hazard_type="崩塌")
    shelter = add(ws, "shelter", Point(E + 4500, N + 3300), name="广场", contact="王联系", phone="139 0000 0009")
    add(ws, "evacuation_route", LineString([(E + 3300, N + 3300), (E + 4500, N + 3300)]), number="1",
        danger_zone=zone, shelter=shelter)  # fmt: skip
    add(ws, "household", Point(E + 3200, N + 3200), head="李示例", name="李示例", phone="139 0000 0001")
    return ws


def corners(view: tuple[float, float, float, float], size: tuple[float, float]):
    """East min and north max of a map that holds all of `view` in a frame of `size`."""
    wide, high = view[2] - view[0], view[3] - view[1]
    metres = max(wide / size[0], high / size[1])
    return (view[0] + view[2] - metres * size[0]) / 2, (view[1] + view[3] + metres * size[1]) / 2, metres


@pytest.mark.parametrize(
    ("size", "pixels"), [("wechat", (1080, 1440)), ("square", (1080, 1080)), ("slide", (1920, 1080))]
)
def test_a_picture_for_a_screen_has_exactly_its_pixels(drawn, tmp_path, size, pixels):
    (path,) = publish_picture(drawn, tmp_path / "图.png", size=size, ground=VIEW.text()).files
    assert Image.open(path).size == pixels


def test_dots_an_inch_hold_for_paper_and_larger_words_leave_the_pixels_as_they_are(drawn, tmp_path):
    (path,) = publish_picture(drawn, tmp_path / "图.png", size="a4", dpi=96, larger=True).files
    assert Image.open(path).size == (1123, 794)


def test_what_does_not_fit_into_memory_is_refused_with_what_would(drawn, tmp_path):
    with pytest.raises(ExportRefused, match="内存放不下"):
        publish_picture(drawn, tmp_path / "图.png", size="a3", dpi=600)
    assert list(tmp_path.glob("图*")) == []
    assert pixels_of("a4", 600, 0, 0).wide * pixels_of("a4", 600, 0, 0).high < MOST_PIXELS
    with pytest.raises(ExportRefused, match="太小"):
        pixels_of("own", 300, 300, 300)


def test_the_choices_of_the_window_are_those_that_can_be_made():
    from geohazard_desktop.publishing.pictures.picture_files import FORMS, SIZES

    options = {one.key: one for one in PRODUCTS["picture"].options}
    assert dict(options["form"].values) == FORMS
    assert dict(options["size"].values) == SIZES


def test_an_image_with_coordinates_lies_where_the_map_lies(drawn, tmp_path):
    import rasterio

    report = publish_picture(drawn, tmp_path / "图.png", form="tif", profile="internal", ground=VIEW.text(), dpi=100)
    with rasterio.open(report.files[0]) as raster:
        size = raster.width, raster.height
        west, north, metres = corners(VIEW.bounds, size)
        assert raster.crs.to_epsg() == 4524
        assert raster.transform.c == pytest.approx(west, abs=1.0)
        assert raster.transform.f == pytest.approx(north, abs=1.0)
        assert raster.transform.a == pytest.approx(metres, rel=1e-4)
        # The zone's red outline is where the zone's corner is.
        row, column = raster.index(E + 3600, N + 3600)
        window = raster.read()[:, row - 3 : row + 4, column - 3 : column + 4].reshape(3, -1).T
        assert any(red > 180 and green < 90 for red, green, _blue in window.tolist())
    world = publish_picture(drawn, tmp_path / "世界.png", form="world", profile="internal", ground=VIEW.text(), dpi=100)
    assert [one.suffix for one in world.files] == [".png", ".pgw", ".prj"]
    lines = [float(one) for one in world.files[1].read_text().split()]
    assert lines[4] == pytest.approx(west + metres / 2, abs=1.0)
    assert lines[5] == pytest.approx(north - metres / 2, abs=1.0)


def gpts_of(pdf: Path) -> tuple[list[float], list[float]]:
    with pikepdf.open(pdf) as document:
        assert not document.check_pdf_syntax()
        (viewport,) = document.pages[0].VP
        assert int(viewport.Measure.GCS.EPSG) == 4524
        return [float(one) for one in viewport.BBox], [float(one) for one in viewport.Measure.GPTS]


def test_a_geopdf_tells_its_ground_within_a_metre(drawn, tmp_path):
    report = publish_picture(drawn, tmp_path / "图.png", form="pdf", profile="internal", ground=VIEW.text())
    bounds, degrees = gpts_of(report.files[0])
    size = bounds[2] - bounds[0], bounds[3] - bounds[1]
    west, north, metres = corners(VIEW.bounds, size)
    back = Transformer.from_crs(4490, 4524, always_xy=True)
    found = [back.transform(degrees[number + 1], degrees[number]) for number in range(0, 8, 2)]
    south, east = north - metres * size[1], west + metres * size[0]
    for (x, y), wanted in zip(found, [(west, south), (west, north), (east, north), (east, south)], strict=True):
        assert (x, y) == pytest.approx(wanted, abs=1.0)


@pytest.mark.skipif(not Path("/usr/bin/gdalinfo").exists(), reason="no gdalinfo here")
def test_gdal_reads_the_ground_of_the_sheet(drawn, tmp_path):
    (path,) = publish_sheet_picture(drawn, tmp_path / "警示图.png", form="pdf", profile="internal").files
    told = subprocess.run(["gdalinfo", str(path)], capture_output=True, encoding="utf-8", check=True).stdout
    assert 'ID["EPSG",4524]' in told
    ring = told.split("NEATLINE=POLYGON ((")[1].split("))")[0]
    found = [tuple(map(float, one.split())) for one in ring.split(",")]
    # 224 by 244 mm at 1:60 000 around the district's middle.
    wanted = (E + 4000 - 6720, N + 6000 - 7320)
    assert min(x for x, _y in found) == pytest.approx(wanted[0], abs=1.0)
    assert min(y for _x, y in found) == pytest.approx(wanted[1], abs=1.0)


def test_the_public_never_gets_coordinates(drawn, tmp_path):
    for form in ("pdf", "world", "tif"):
        with pytest.raises(ExportRefused, match="公开的图不带坐标"):
            publish_picture(drawn, tmp_path / "图.png", form=form)
    with pytest.raises(ExportRefused, match="公开的图不带坐标"):
        publish_sheet_picture(drawn, tmp_path / "图.png", form="pdf")
    assert list(tmp_path.glob("图*")) == []


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_no_person_is_on_a_picture(drawn, tmp_path, profile):
    shelter = drawn.find("shelter", "name", "广场")[0]
    own = {**drawn.style("shelter"), "label": {"text": "{name} · {contact} {phone}"}}
    drawn.apply(change_style(drawn, "shelter", own))
    made = PictureMaker(drawn, profile, (297.0, 210.0), VIEW)
    told = json.dumps(made.form().data(), ensure_ascii=False) + "".join(made.images.values())
    assert "广场" in told
    assert HOSTILE.split("<", maxsplit=1)[0].strip() in told.replace("\\\\", "\\")  # as it is written
    for word in ("李示例", shelter.text("contact"), "0000 0001", "0000 0009"):
        assert word not in told


def test_the_text_of_a_geopdf_is_that_of_the_map(drawn, tmp_path):
    report = publish_picture(drawn, tmp_path / "图.png", form="pdf", profile="internal", ground=VIEW.text())
    with pypdfium2.PdfDocument(report.files[0]) as document:
        text = document[0].get_textpage().get_text_range()
    for word in (HOSTILE, "广场", "内部用图", "示例区地质灾害防治图", "示例区自然资源分局", "拟划"):
        assert word in text.replace("\r\n", "")


def test_layers_that_are_out_of_sight_stay_away_and_an_empty_place_is_said(drawn, tmp_path):
    nothing = Ground((E + 6000, N + 9000, E + 6500, N + 9300), ("danger_zone",))
    report = publish_picture(drawn, tmp_path / "图.png", ground=nothing.text())
    assert any("图是空的" in one for one in report.problems)


def test_a_ground_is_a_text_that_comes_back():
    ground = Ground((1.0, 2.5, 3.0, 4.0), ("danger_zone", "shelter"))
    assert Ground.parse(ground.text()) == ground
    for broken in ("", "1,2,3", "a,b,c,d", "3,2,1,4", "nan,0,1,1", "view"):
        assert Ground.parse(broken) is None


def test_the_sheet_as_a_picture_is_the_sheet(drawn, tmp_path):
    (path,) = publish_sheet_picture(drawn, tmp_path / "警示图.png", dpi=96).files
    assert Image.open(path).size == (1587, 1123)
    assert path.name == "警示图.png"
    with pytest.raises(ExportRefused, match="内存放不下（最多 550）"):
        publish_sheet_picture(drawn, tmp_path / "大.png", dpi=600)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda one: one.key)
def test_every_paper_becomes_a_picture_of_its_size(drawn, tmp_path, paper):
    (path, *_more) = publish_sheet_picture(
        drawn, tmp_path / "图.png", paper=paper.key, dpi=96, profile="internal"
    ).files
    wide, high = Image.open(path).size
    assert (wide, high) == pytest.approx((paper.width / 25.4 * 96, paper.height / 25.4 * 96), abs=1)


@pytest.mark.parametrize("key", ["picture_street", "picture_zone", "picture_point", "picture_area"])
def test_every_subject_becomes_a_picture_with_a_name_that_sorts(drawn, tmp_path, key):
    product = PRODUCTS[key]
    shape = {"hazard_point": Point(E + 3300, N + 3300)}.get(product.subjects, box(E, N, E + 3000, N + 3000))
    for number in (2, 1):
        add(drawn, product.subjects, shape, id=f"SL-X-{number:04d}", name=f"第{number}处")
    report = product.publish(drawn, tmp_path, {"dpi": 96.0, "paper": "slide"})
    names = [one.name for one in report.files]
    assert names == sorted(names)
    assert [name for name in names if "第1处" in name or "第2处" in name] == [
        "SL-X-0001_第1处_幻灯片 16∶9_公开.png",
        "SL-X-0002_第2处_幻灯片 16∶9_公开.png",
    ]
    assert {Image.open(one).size for one in report.files} == {(1280, 720)}
    assert set(report.made.values()) == set(report.files)
    with pytest.raises(ExportRefused, match="公开的图不带坐标"):
        product.publish(drawn, tmp_path, {"form": "pdf"})
