"""Base maps lie where they belong, to half a pixel, in the map's own CRS; what they can't show is a sentence."""

import math
import os
import pickle
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import rasterio
from made_rasters import EAST, EPSG, NORTH, TO_LONLAT, picture, spotted, write_folder, write_mbtiles, write_raster
from PySide6.QtGui import QImage
from rasterio import Affine

from geohazard_desktop.cartography.base_maps import rough
from geohazard_desktop.cartography.base_maps.painting import base_map_image
from geohazard_desktop.cartography.base_maps.rough import FOLDER
from geohazard_desktop.cartography.base_maps.sampling import words_of
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.cartography.base_maps.tiles import columns_and_rows, to_tiles
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.user_folders import cache_folder

WIDE = 400.0  # pixels


def view(pixel: float, east: float = EAST, north: float = NORTH, dpi: float = 96.0) -> MapView:
    """400 by 400 pixels of `pixel` metres around a place."""
    mm = WIDE / (dpi / 25.4)
    return MapView((east, north), pixel * 1000 * dpi / 25.4, mm, mm, dpi)


def shown(one: BaseMap, seen: MapView, seconds: float = 300.0):
    """Waits longer than paper does: a busy machine is slow, not wrong."""
    return base_map_image(seen, [one], EPSG, dpi=seen.dpi, seconds=seconds)


def raster(path: Path, kind: str = "raster", **words) -> BaseMap:
    return BaseMap("b1", "影像", kind, str(path), **words)


def centre_of(image: QImage) -> tuple[float, float]:
    """Middle of what is red in a picture, in pixels."""
    words = words_of(image)
    weight = ((words >> 16) & 255).astype(float) - ((words >> 8) & 255)
    weight = np.where(weight > 8, weight, 0.0)
    assert weight.any(), "nothing red is to be seen"
    rows, columns = np.indices(weight.shape)
    return ((columns + 0.5) * weight).sum() / weight.sum(), ((rows + 0.5) * weight).sum() / weight.sum()


def colour(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(int(x), int(y)).name()


@pytest.mark.parametrize(
    ("crs", "step"), [("EPSG:4524", 2.0), ("EPSG:4326", 2.0e-5), ("EPSG:3857", 2.0), ("EPSG:32648", 2.0)]
)
@pytest.mark.parametrize("pixel", [0.7, 2.0, 6.5])
def test_a_raster_of_any_crs_lies_where_it_belongs(tmp_path, crs, step, pixel):
    """A red spot on white: its place in the picture against pyproj's, to half a pixel."""
    from pyproj import Transformer

    to_crs = Transformer.from_crs(EPSG, crs, always_xy=True)
    x, y = to_crs.transform(EAST + 40, NORTH - 25)
    bands = np.full((3, 1500, 1500), 255, dtype=np.uint8)
    bands[1:, 745:755, 745:755] = 0
    path = write_raster(
        tmp_path / "斑点.tif", bands, 1.0, crs=crs, transform=Affine(step, 0, x - 750 * step, 0, -step, y + 750 * step)
    )
    seen = view(pixel)
    image, report = shown(raster(path), seen)
    assert report.problems == {}
    assert centre_of(image) == pytest.approx(seen.to_device(EAST + 40, NORTH - 25), abs=0.5)


@pytest.mark.parametrize("matrix", ["w", "c"])
@pytest.mark.parametrize("pixel", [3.0, 4.6, 14.0])
def test_tiles_of_both_matrices_lie_where_they_belong(tmp_path, matrix, pixel):
    zoom = 15
    longitude, latitude = TO_LONLAT.transform(EAST, NORTH)
    column, row = (float(one) * 2**zoom for one in to_tiles(matrix, np.float64(longitude), np.float64(latitude)))
    left, top = math.floor(column), math.floor(row)
    tiles = {(zoom, left + i, top + j): picture("#FFFFFF") for i in range(-3, 4) for j in range(-3, 4)}
    spot = (128, 120)
    tiles[zoom, left, top] = spotted("#FFFFFF", spot)
    path = write_folder(tmp_path / "瓦片", tiles)
    seen = view(pixel)
    image, report = shown(BaseMap("b1", "瓦片", "folder", str(path), matrix=matrix), seen)
    assert report.problems == {}
    # Where the middle of the spot's pixel lies on the ground, by pyproj alone.
    x, y = ((left + (spot[0] + 0.5) / 256) / 2**zoom, (top + (spot[1] + 0.5) / 256) / 2**zoom)
    if matrix == "c":
        lonlat = (x * 360 - 180, 90 - y * 360)
    else:
        from pyproj import Transformer

        half = 20037508.342789244
        lonlat = Transformer.from_crs(3857, 4326, always_xy=True).transform(x * 2 * half - half, half - y * 2 * half)
    place = TO_LONLAT.transform(*lonlat, direction="INVERSE")
    assert centre_of(image) == pytest.approx(seen.to_device(*place), abs=0.5)


def test_the_matrix_of_degrees_is_tianditus():
    """Zoom 1 of set c is two tiles of 180°; 乌海 lies in the eastern one."""
    assert columns_and_rows("c", 1) == (2, 1)
    x, y = to_tiles("c", np.float64(106.7), np.float64(39.5))
    assert (int(x * 2), int(y * 2)) == (1, 0)
    assert columns_and_rows("w", 3) == (8, 8)


def test_no_seam_shows_between_tiles_nor_between_blocks(tmp_path):
    """One grey over many tiles and blocks stays one grey to the last pixel."""
    zoom = 14
    longitude, latitude = TO_LONLAT.transform(EAST, NORTH)
    left, top = (int(float(one) * 2**zoom) for one in to_tiles("w", np.float64(longitude), np.float64(latitude)))
    tiles = {(zoom, left + i, top + j): picture("#808080") for i in range(-4, 5) for j in range(-4, 5)}
    path = write_mbtiles(tmp_path / "灰.mbtiles", tiles)
    for pixel in (1.3, 7.1):
        image, _report = shown(BaseMap("b1", "瓦片", "mbtiles", str(path)), view(pixel))
        assert set(np.unique(words_of(image))) == {0xFF808080}


def test_a_pan_keeps_the_ground_in_place(tmp_path):
    rng = np.random.default_rng(1)
    path = write_raster(tmp_path / "噪声.tif", rng.integers(0, 255, (3, 600, 600), dtype=np.uint8), 3.0)
    one, seen = raster(path), view(2.5)
    first = words_of(shown(one, seen)[0])
    moved = words_of(shown(one, seen.panned(37, -12))[0])
    assert np.array_equal(first[20:, :-40], moved[8:-12, 37:-3])


def test_mbtiles_and_folders_count_rows_from_either_side(tmp_path):
    zoom = 12
    longitude, latitude = TO_LONLAT.transform(EAST, NORTH)
    left, top = (int(float(one) * 2**zoom) for one in to_tiles("w", np.float64(longitude), np.float64(latitude)))
    tiles = {(zoom, left, top): picture("#00FF00"), (zoom, left, top + 1): picture("#0000FF")}
    for one in (
        BaseMap("a", "包", "mbtiles", str(write_mbtiles(tmp_path / "a.mbtiles", tiles))),
        BaseMap("b", "夹", "folder", str(write_folder(tmp_path / "xyz", tiles))),
        BaseMap("c", "夹", "folder", str(write_folder(tmp_path / "tms", tiles, tms=True)), tms=True),
    ):
        image, report = shown(one, view(1.0))
        assert report.problems == {}
        assert colour(image, 200, 200) == "#00ff00"


def test_a_coarser_tile_stands_in_for_one_that_lacks(tmp_path):
    longitude, latitude = TO_LONLAT.transform(EAST, NORTH)
    place = to_tiles("w", np.float64(longitude), np.float64(latitude))
    tiles = {}
    for zoom, tint in ((12, "#00FF00"), (15, "#0000FF")):
        column, row = (int(float(one) * 2**zoom) for one in place)
        tiles[zoom, column, row] = picture(tint)
    image, _report = shown(BaseMap("a", "包", "mbtiles", str(write_mbtiles(tmp_path / "a.mbtiles", tiles))), view(3.7))
    assert colour(image, 200, 200) == "#0000ff"
    assert "#00ff00" in {colour(image, x, y) for x in (5, 395) for y in (5, 395)}


def _sparse(path: Path, side: int, pixel: float) -> Path:
    """A huge file with a grey square in its middle."""
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "crs": "EPSG:4524",
        "tiled": True, "blockxsize": 512, "blockysize": 512, "sparse_ok": True, "compress": "deflate",
        "transform": Affine(pixel, 0, EAST - side * pixel / 2, 0, -pixel, NORTH + side * pixel / 2), "bigtiff": "yes",
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as made:
        window = rasterio.windows.Window(side // 2 - 400, side // 2 - 400, 800, 800)
        made.write(np.full((3, 800, 800), 200, dtype=np.uint8), window=window)
    return path


def test_a_huge_raster_opens_at_once_and_fills_no_memory(tmp_path):
    """100 000 by 100 000 pixels: 30 GB of colours. Without overviews it names the scale at which it shows."""
    path = _sparse(tmp_path / "大.tif", 100_000, 0.2)
    tracemalloc.start()
    image, report = shown(raster(path), view(0.2))
    assert report.problems == {}
    assert colour(image, 200, 200) == "#c8c8c8"
    _image, report = shown(raster(path), view(30.0), seconds=0.3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.problems["b1"].startswith("大.tif 没有金字塔，正在读全图做一张小图（")
    assert report.problems["b1"].endswith("放大到 1:2000 以内现在就能看。")
    assert report.pending
    assert peak < 200_000_000
    _image, report = shown(raster(path), view(0.9))
    assert report.problems == {}


def test_a_raster_without_overviews_gets_a_small_picture_once(tmp_path):
    """Made in the background, kept, and in the right place; another state of the file gets another one."""
    path = tmp_path / "无塔.tif"
    side = 7000
    bands = np.full((3, side, side), 255, dtype=np.uint8)
    bands[1:, 3400:3600, 3000:3200] = 0
    place = Affine(0.5, 0, EAST - side / 4, 0, -0.5, NORTH + side / 4)
    write_raster(path, bands, 0.5, transform=place, tiled=True, compress="deflate")
    seen = view(8.0)
    image, report = shown(raster(path), seen)
    assert (report.problems, report.pending) == ({}, False)
    spot = EAST - side / 4 + 3100 * 0.5, NORTH + side / 4 - 3500 * 0.5
    assert centre_of(image) == pytest.approx(seen.to_device(*spot), abs=0.5)
    kept = list((cache_folder() / FOLDER).glob("*"))
    assert [one.suffix for one in kept] == [".tif"]
    made = kept[0].stat().st_ino
    for pixel in (9.0, 60.0, 300.0):
        image, report = shown(raster(path), view(pixel))
        assert (report.problems, report.pending) == ({}, False)
        assert image.pixelColor(200, 200).alpha() == 255
    assert [one.stat().st_ino for one in (cache_folder() / FOLDER).glob("*")] == [made]


def test_a_small_picture_is_there_although_an_old_one_can_not_go(tmp_path, monkeypatch):
    """Another window shows the oldest: Windows takes no file away that is open."""
    monkeypatch.setattr(rough, "KEPT", 1)
    old = cache_folder() / FOLDER / "old.tif"
    old.parent.mkdir()
    old.touch()
    os.utime(old, (0, 0))
    unlink = Path.unlink

    def held(path, missing_ok=False):
        if path == old:
            raise PermissionError(13, "held", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    path = tmp_path / "无塔.tif"
    bands = np.full((3, 5000, 5000), 120, dtype=np.uint8)
    write_raster(path, bands, 1.0, tiled=True, compress="deflate", photometric="rgb")
    image, report = shown(raster(path), view(12.0))
    assert (report.problems, report.pending) == ({}, False)
    assert image.pixelColor(200, 200).alpha() == 255


@pytest.mark.parametrize("how", ["nodata", "alpha", "mask"])
def test_a_small_picture_is_transparent_where_the_raster_is(tmp_path, how):
    path = tmp_path / "无塔.tif"
    side = 5000
    bands = np.full((4 if how == "alpha" else 3, side, side), 120, dtype=np.uint8)
    bands[3:] = 255
    bands[:, :, : side // 2] = 0
    words = {"nodata": {"nodata": 0}, "alpha": {"alpha": "yes"}, "mask": {}}[how]
    write_raster(path, bands, 1.0, tiled=True, compress="deflate", photometric="rgb", **words)
    if how == "mask":
        with rasterio.open(path, "r+") as made:
            made.write_mask(bands[0] > 0)
    image, report = shown(raster(path), view(12.0))
    assert report.problems == {}
    assert image.pixelColor(120, 200).alpha() == 0
    assert image.pixelColor(280, 200).name() == "#787878"


def test_where_no_small_picture_can_be_kept_the_scale_is_named(tmp_path, monkeypatch):
    path = _sparse(tmp_path / "大.tif", 40_000, 0.2)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOHAZARD_HOME", str(blocked))
    _image, report = shown(raster(path), view(15.0))
    assert report.problems["b1"] == (
        "大.tif 没有金字塔，缩得这样小画不动，没有画。请放大到 1:2000 以内，或在 QGIS 里给它构建金字塔。"
    )


@pytest.mark.parametrize("levels", [[2, 4, 8, 16, 32], [50]])
def test_overviews_are_read_where_the_map_is_zoomed_out(tmp_path, levels):
    """Also one that is finer or coarser than the view by a hair: GDAL alone would read the whole file then."""
    path = _sparse(tmp_path / "大.tif", 12_000, 0.5)
    with rasterio.open(path, "r+") as made:
        made.build_overviews(levels, rasterio.enums.Resampling.average)
    begun = time.perf_counter()
    with rasterio.open(path) as all_of_it:
        all_of_it.read()
    whole = time.perf_counter() - begun
    for pixel in (0.5, 4.1, 12.0, 25.0):
        begun = time.perf_counter()
        image, report = shown(raster(path), view(pixel))
        assert time.perf_counter() - begun < whole
        assert report.problems == {}
        assert image.pixelColor(200, 200).red() == pytest.approx(200, abs=45)


def test_nodata_is_transparent_and_figures_are_stretched(tmp_path):
    heights = np.linspace(1000, 1500, 200, dtype=np.float32)[None, :].repeat(200, axis=0)[None]
    heights = heights.copy()
    heights[0, :40] = -9999
    path = write_raster(tmp_path / "高程.tif", heights, 10.0, nodata=-9999)
    image, report = shown(raster(path), view(5.0))
    assert report.problems == {}
    assert image.pixelColor(200, 10).alpha() == 0
    assert image.pixelColor(2, 300).lightness() < 15
    assert image.pixelColor(397, 300).lightness() > 240


def test_nan_is_transparent(tmp_path):
    heights = np.full((1, 100, 100), 7.0, dtype=np.float32)
    heights[0, :50] = np.nan
    image, _report = shown(raster(write_raster(tmp_path / "a.tif", heights, 20.0)), view(5.0))
    assert image.pixelColor(200, 10).alpha() == 0
    assert image.pixelColor(200, 390).alpha() == 255


def test_16_bit_colours_are_stretched_band_by_band(tmp_path):
    bands = np.zeros((3, 100, 100), dtype=np.uint16)
    for number, top in enumerate((500, 3000, 60_000)):
        bands[number] = np.linspace(100, top, 100, dtype=np.uint16)[None, :]
    image, _report = shown(raster(write_raster(tmp_path / "a.tif", bands, 20.0)), view(5.0))
    right = image.pixelColor(398, 200)
    assert min(right.red(), right.green(), right.blue()) > 240


def test_a_palette_gives_its_colours(tmp_path):
    path = tmp_path / "分类.tif"
    numbers = np.zeros((1, 100, 100), dtype=np.uint8)
    numbers[0, :, 50:] = 3
    write_raster(path, numbers, 20.0, photometric="palette")
    with rasterio.open(path, "r+") as made:
        made.write_colormap(1, {0: (10, 20, 30, 255), 3: (200, 100, 50, 255)})
    image, _report = shown(raster(path), view(5.0))
    assert (colour(image, 50, 200), colour(image, 350, 200)) == ("#0a141e", "#c86432")


def test_a_picture_with_a_world_file_beside_it(tmp_path):
    """Offices put a .tfw beside a .png, where GDAL looks for .pgw."""
    path = tmp_path / "扫描图.png"
    path.write_bytes(spotted("#FFFFFF", (128, 128)))
    (tmp_path / "扫描图.TFW").write_text(f"2.0\n0\n0\n-2.0\n{EAST - 255}\n{NORTH + 255}\n", encoding="ascii")
    seen = view(2.0)
    image, report = shown(raster(path, epsg=4524), seen)
    assert report.problems == {}
    assert centre_of(image) == pytest.approx(seen.to_device(EAST + 1, NORTH - 1), abs=0.5)
    _image, report = shown(raster(path), seen)
    assert report.problems["b1"] == "扫描图.png 没有说明自己的坐标系。请问提供的人，再在添加底图时填上它的 EPSG 编号。"


def test_what_can_not_be_shown_is_said_and_the_others_are_painted(tmp_path):
    good = raster(write_raster(tmp_path / "好.tif", np.full((3, 100, 100), 90, dtype=np.uint8), 20.0))
    broken = tmp_path / "坏.tif"
    broken.write_bytes(b"II*\x00" + bytes(64))
    plain = tmp_path / "没坐标.png"
    plain.write_bytes(picture("#FFFFFF"))
    plain.with_suffix(".tif").write_bytes(picture("#FFFFFF"))
    torn = write_raster(tmp_path / "断.tif", np.random.default_rng(0).integers(0, 255, (3, 900, 900), np.uint8), 2.0)
    torn.write_bytes(torn.read_bytes()[:400_000])
    ecw = tmp_path / "老影像.ecw"
    ecw.write_bytes(b"\x65\x02" + bytes(200))
    maps = [
        good,
        BaseMap("gone", "没了", "raster", str(tmp_path / "没了.tif")),
        BaseMap("broken", "坏", "raster", str(broken)),
        BaseMap("plain", "没坐标", "raster", str(plain)),
        BaseMap("bare", "没坐标", "raster", str(plain.with_suffix(".tif"))),
        BaseMap("torn", "断", "raster", str(torn)),
        BaseMap("pack", "包", "mbtiles", str(broken)),
        BaseMap("folder", "夹", "folder", str(tmp_path)),
        BaseMap("row", "设置", "raster", ""),
        BaseMap("ecw", "老影像", "raster", str(ecw)),
    ]
    image, report = base_map_image(view(5.0), maps, EPSG, dpi=96)
    assert colour(image, 200, 200) == "#5a5a5a" or report.problems["torn"]
    starts = {
        "gone": f"找不到底图文件 {tmp_path / '没了.tif'}。",
        "broken": "坏.tif 打不开，不是栅格文件，或已经损坏。",
        "plain": "没坐标.png 里没有坐标，旁边也没有坐标文件（.pgw、.tfw）。",
        "bare": "没坐标.tif 里没有坐标，旁边也没有坐标文件（.tfw、.tifw）。",
        "torn": "断.tif 有一部分读不出来，文件可能损坏，那里空着。",
        "pack": "坏.tif 打不开，不是 MBTiles 瓦片包，或已经损坏。",
        "folder": f"文件夹 {tmp_path.name} 里没有按 级/列/行 排的瓦片。",
        "row": "底图“设置”的设置读不懂。",
        "ecw": "老影像.ecw 是 ECW 格式，本程序读不了。请向提供的人要 GeoTIFF",
    }
    assert set(report.problems) == set(starts)
    for key, start in starts.items():
        assert report.problems[key].startswith(start)


def test_a_raster_elsewhere_is_no_problem_and_has_no_credit(tmp_path):
    path = write_raster(tmp_path / "好.tif", np.full((3, 100, 100), 90, dtype=np.uint8), 20.0)
    image, report = shown(raster(path), view(5.0, east=EAST + 50_000))
    assert (report.problems, report.attributions, report.pending) == ({}, [], False)
    assert not words_of(image).any()


def test_relief_is_lit_from_the_north_west_and_says_what_it_is(tmp_path):
    columns = np.indices((200, 200))[1]
    ridge = 200.0 - np.abs(columns - 100) * 2.0
    path = write_raster(tmp_path / "dem.tif", ridge.astype(np.float32)[None], 10.0)
    image, report = shown(raster(path, "relief", attribution="某测绘院 2024"), view(5.0))
    west, east = image.pixelColor(130, 200), image.pixelColor(270, 200)
    assert west.lightness() > east.lightness() + 20
    assert report.attributions == ["某测绘院 2024（高程渲染，2 到 198（原始数据的单位））"]
    grey = write_raster(tmp_path / "灰.tif", ridge.astype(np.uint8)[None], 10.0)
    _image, report = shown(raster(grey, "relief"), view(5.0))
    assert report.attributions == ["影像（高程渲染只示相对高低，不是米）"]


def test_opacity_and_order_count(tmp_path):
    black = raster(write_raster(tmp_path / "黑.tif", np.zeros((3, 100, 100), dtype=np.uint8), 20.0))
    white = raster(write_raster(tmp_path / "白.tif", np.full((3, 100, 100), 255, dtype=np.uint8), 20.0), opacity=0.5)
    image, _report = base_map_image(view(5.0), [black, white], EPSG, dpi=96)
    assert image.pixelColor(200, 200).red() == pytest.approx(127, abs=2)
    hidden = BaseMap("h", "收起", "raster", white.source, visible=False)
    image, _report = base_map_image(view(5.0), [black, hidden], EPSG, dpi=96)
    assert image.pixelColor(200, 200).red() == 0


def test_an_old_datum_is_drawn_and_doubted(tmp_path):
    path = write_raster(tmp_path / "老.tif", np.full((3, 100, 100), 90, dtype=np.uint8), 20.0, crs="EPSG:2360")
    _image, report = shown(raster(path), view(5.0))
    assert report.problems["b1"].startswith("老.tif 是1980 西安坐标系，没有公开的转换参数")


def test_a_base_map_goes_to_another_process_and_shows_no_key():
    one = BaseMap("a", "天地图", "service", "https://example.com/{z}/{x}/{y}?tk={key}", key="SECRET")
    assert pickle.loads(pickle.dumps(one)) == one
    assert "SECRET" not in repr(one)
