"""Which coordinate system, and what is done when it is missing or can't be right."""

import numpy as np
import pytest
from look_alikes import EAST, NORTH, TO_DEGREES
from pyproj import CRS

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.area import Area, area_of
from geohazard_desktop.exchange.crs import guesses, label_of, settle

TARGET = CRS.from_epsg(4524)
AREA = Area("示例区", (EAST, NORTH, EAST + 10_000, NORTH + 10_000), True)
CORNERS = np.array([[EAST + 500, NORTH + 500], [EAST + 9000, NORTH + 8000]])
DEGREES = np.column_stack(TO_DEGREES.transform(CORNERS[:, 0], CORNERS[:, 1]))
ESRI_PRJ = (
    'PROJCS["CGCS2000_3_Degree_GK_Zone_36",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",36500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",108.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
XIAN = CRS.from_epsg(2360)  # Xian 1980, 3-degree zone 36


def go(coordinates, stated=None, **words):
    return settle("甲.shp", coordinates, len(coordinates), TARGET, AREA, stated=stated, **words)


@pytest.mark.parametrize(
    ("coordinates", "code"),
    [
        (CORNERS, 4524),
        (CORNERS - [36_000_000, 0], 4545),
        (DEGREES, 4490),
    ],
)
def test_a_missing_crs_is_refused_with_the_one_that_fits(coordinates, code):
    with pytest.raises(ImportRefused, match=f"甲.shp 没有坐标系。按数值看，像是 EPSG:{code}") as refusal:
        go(coordinates)
    assert "--crs" in refusal.value.remedy


def test_six_degree_zones_are_told_apart():
    there = CRS.from_epsg(4496)  # 6° zone 18, CM 105, the zone's number in front
    from pyproj import Transformer

    moved = np.column_stack(Transformer.from_crs(TARGET, there, always_xy=True).transform(*CORNERS.T))
    assert guesses(moved, TARGET, AREA)[0].epsg == 4496


def test_asked_and_stated():
    found = go(CORNERS - [36_000_000, 0], asked_epsg=4545)
    assert np.allclose(found.move(CORNERS - [36_000_000, 0]), CORNERS)
    found = go(DEGREES, stated=CRS.from_epsg(4326), stated_sentence="GeoJSON 写的")
    assert np.allclose(found.move(DEGREES), CORNERS, atol=1e-4)
    assert found.label == "EPSG:4326"


def test_what_is_asked_wins_over_the_file_and_is_said():
    found = go(CORNERS - [36_000_000, 0], stated=TARGET, asked_epsg=4545)
    assert "文件自己写的是 EPSG:4524" in found.evidence[0].sentence


def test_esri_names_are_known_by_their_parameters():
    assert label_of(CRS.from_wkt(ESRI_PRJ)) == "EPSG:4524"
    assert label_of(CRS.from_epsg(4496)) == "EPSG:4496"


def test_swapped_axes_are_put_right_and_told():
    for coordinates, stated in ((CORNERS[:, ::-1], TARGET), (DEGREES[:, ::-1], CRS.from_epsg(4326))):
        found = go(coordinates, stated=stated)
        assert np.allclose(found.move(coordinates), CORNERS, atol=1e-4)
        assert found.problems[0].kind == "repaired"
        assert "对调" in found.problems[0].sentence


def test_metres_that_say_they_are_degrees_are_refused():
    with pytest.raises(ImportRefused, match=r"按 EPSG:4326 换算后.*像是 EPSG:4524"):
        go(CORNERS, stated=CRS.from_epsg(4326))


def test_the_wrong_zone_is_refused_with_the_right_one():
    with pytest.raises(ImportRefused, match="像是 EPSG:4524"):
        go(CORNERS, stated=CRS.from_epsg(4545))


def test_elsewhere_is_refused_unless_the_user_says_so():
    far = np.array([[113.8, 22.5], [114.2, 22.7]])
    with pytest.raises(ImportRefused, match="没有一个要素落在示例区附近"):
        go(far, stated=CRS.from_epsg(4326))
    found = go(far, asked_epsg=4326)
    assert found.problems[0].kind == "note"


def test_old_datums_are_not_moved_without_a_word():
    coordinates = CORNERS
    with pytest.raises(ImportRefused, match=r"1980 西安坐标系.*没有公开的转换参数"):
        go(coordinates, stated=XIAN)
    found = go(coordinates, asked_epsg=2360)
    assert "1980 西安坐标系" in found.mark
    assert any("一百多米" in one.sentence for one in found.problems)


def test_unknown_codes_are_refused():
    with pytest.raises(ImportRefused, match="没有 EPSG:999999"):
        go(CORNERS, asked_epsg=999999)
    with pytest.raises(ImportRefused, match="不是平面坐标系"):
        go(CORNERS, asked_epsg=5737)


def test_gcj02_is_taken_back():
    from geohazard_desktop.exchange.gcj02 import gcj02_from_wgs84

    shifted = np.column_stack(gcj02_from_wgs84(DEGREES[:, 0], DEGREES[:, 1]))
    found = go(shifted, stated=CRS.from_epsg(4326), shift="gcj02")
    assert np.allclose(found.move(shifted), CORNERS, atol=0.001)
    assert "移动约 4" in found.evidence[0].sentence
    with pytest.raises(ImportRefused, match="不会是火星坐标"):
        go(CORNERS, shift="gcj02")


def test_without_a_district_the_zone_is_the_area(empty):
    area = area_of(empty)
    assert area.share(CORNERS) == 1
    assert area.share(CORNERS - [3_000_000, 0]) == 0


def test_a_first_district_in_another_zone_is_refused(empty, tmp_path):
    from look_alikes import frame
    from shapely import box

    from geohazard_desktop.exchange.importer import import_file

    frame({"名称": ["远方"]}, [box(120.0, 30.0, 120.1, 30.1)], crs=4490).to_file(tmp_path / "甲.gpkg")
    with pytest.raises(ImportRefused, match="没有一个要素落在 EPSG:4524 的适用范围附近"):
        import_file(empty, tmp_path / "甲.gpkg", "district")
